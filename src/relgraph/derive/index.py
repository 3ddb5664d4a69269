"""Where to look again: which nodes an article holds, and which blocks a node stands in. Kept in the store's own notes, outside of every answer.

A block holds what may have to do with each other: the meetings of a pair in a month, the figures of one indicator, pair and period.
When an article changes, only its old and new blocks are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from relgraph.store import META, Store

_HOLDS, _IN = NamedNode(f"{META.value}/holds"), NamedNode(f"{META.value}/in")


class Index:
    """The blocks of a store's nodes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def held(self, article: str) -> set[str]:
        """Return the nodes that an article held when the index was last written."""
        return {q.object.value for q in self._store.match(NamedNode(article), _HOLDS, None, META.value) if isinstance(q.object, NamedNode)}

    def holders(self, node: str) -> set[str]:
        """Return the articles that hold a node."""
        return {q.subject.value for q in self._store.match(None, _HOLDS, NamedNode(node), META.value) if isinstance(q.subject, NamedNode)}

    def blocks(self, node: str) -> set[str]:
        """Return the blocks that a node stands in."""
        return {q.object.value for q in self._store.match(NamedNode(node), _IN, None, META.value) if isinstance(q.object, Literal)}

    def nodes(self, block: str) -> set[str]:
        """Return the nodes of a block."""
        return set(self.each(block))

    def each(self, block: str) -> Iterator[str]:
        """Yield the nodes of a block, each when it is asked for."""
        return (q.subject.value for q in self._store.match(None, _IN, Literal(block), META.value) if isinstance(q.subject, NamedNode))

    def change(self, gone: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> None:
        """Take nodes out of blocks and put nodes into blocks, given as pairs of node and block; their other blocks stay."""
        self._store.change_derived(*({Quad(NamedNode(n), _IN, Literal(b), META) for n, b in pairs} for pairs in (gone, new)))

    def write(self, held: Mapping[str, Iterable[str]], blocks: Mapping[str, Iterable[str]]) -> None:
        """Set the nodes of these articles and the blocks of these nodes; an empty list takes them away."""
        new = {Quad(NamedNode(a), _HOLDS, NamedNode(n), META) for a, nodes in held.items() for n in nodes}
        new |= {Quad(NamedNode(n), _IN, Literal(b), META) for n, keys in blocks.items() for b in keys}
        old = {q for a in held for q in self._store.match(NamedNode(a), _HOLDS, None, META.value)}
        old |= {q for n in blocks for q in self._store.match(NamedNode(n), _IN, None, META.value)}
        self._store.change_derived(old - new, new - old)

    def clear(self) -> None:
        """Forget everything."""
        self._store.change_derived([q for verb in (_HOLDS, _IN) for q in self._store.match(None, verb, None, META.value)], ())
