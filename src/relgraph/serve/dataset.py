"""The dataset of a query: the store's own, or graphs that the request or the query names, merged without repeating a triple.

Oxigraph gives a triple once for each default graph that holds it (upstream issue 1919), so several are merged into a store in memory first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyoxigraph as ox

from relgraph.errors import QueryError
from relgraph.graph.iris import PREFIXES
from relgraph.query.lexer import Token, meaningful
from relgraph.store import OxigraphStore

MOST_MERGED = 2_000_000
"""Triples that are merged for one query at most."""


def named_in(sparql: str) -> tuple[list[str], list[str]]:
    """Return the graphs after FROM and after FROM NAMED, as IRIs.

    >>> named_in("SELECT * FROM <http://a/> FROM NAMED rg:b { ?s ?p ?o }")
    (['http://a/'], ['https://w3id.org/relgraph/ontology#b'])
    """
    found = list(meaningful(sparql))
    prefixes = dict(PREFIXES)
    default: list[str] = []
    named: list[str] = []
    for i, token in enumerate(found):
        word = token.text.casefold()
        if token.text == "{":
            break  # a dataset is named before the pattern; a CONSTRUCT template holds no FROM
        if word == "prefix" and token.kind == "word" and i + 2 < len(found):
            prefixes[found[i + 1].text.split(":")[0]] = found[i + 2].text[1:-1]
        if word == "from" and token.kind == "word" and i + 1 < len(found):
            into, after = (named, found[i + 2]) if found[i + 1].text.casefold() == "named" and i + 2 < len(found) else (default, found[i + 1])
            iri = _iri(after, prefixes)
            if iri is not None:
                into.append(iri)
    return default, named


def _iri(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + local if token.kind == "name" and prefix in prefixes else None


class Dataset:
    """A store of which a query sees some graphs only; what `open_result` asks.

    Args:
        store: The store as it is.
        default: Graphs to merge into the default graph. Empty with `named` given: an empty default graph (SPARQL 1.1 Query, section 13.2).
        named: Graphs that GRAPH may see.

    Raises:
        QueryError: The graphs are too large to be merged for one query.
    """

    def __init__(self, store: OxigraphStore, default: Sequence[str], named: Sequence[str]) -> None:
        self._store, self._merged = store, ox.Store() if len(default) > 1 else None
        graphs: Any = ox.NamedNode(default[0]) if default else []  # an empty list: a default graph without triples
        self._options = {"default_graph": graphs, "named_graphs": [ox.NamedNode(iri) for iri in named]}
        if self._merged is not None:
            self._copy(default, into_default=True)
            self._copy(named, into_default=False)

    def query(self, sparql: str) -> Any:
        """Run a query over the dataset; raises as the store does."""
        if self._merged is None:
            return self._store.query(sparql, **self._options)
        # FROM in the text has been read already and would hide what was merged
        return self._merged.query(sparql, prefixes=PREFIXES, default_graph=ox.DefaultGraph(), named_graphs=list(self._merged.named_graphs()))

    def _copy(self, graphs: Iterable[str], *, into_default: bool) -> None:
        merged = self._merged
        assert merged is not None  # noqa: S101  only called when there is one
        for iri in graphs:
            for part in _batched(self._store.quads(iri), 50_000):
                merged.extend([ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) if into_default else q for q in part])
                if len(merged) > MOST_MERGED:
                    raise QueryError(f"the graphs named hold more than {MOST_MERGED:,} triples together", hint="name fewer graphs, or none: the default graph merges all of them")


def dataset_of(store: OxigraphStore, default: Sequence[str], named: Sequence[str]) -> Any:
    """Return what a query that names these graphs asks: the store itself where it names none."""
    return Dataset(store, default, named) if default or named else store


def _batched(quads: Iterable[ox.Quad], size: int) -> Iterator[list[ox.Quad]]:
    """Yield lists of at most `size`; itertools.batched is newer than the oldest Python we run on."""
    rest = iter(quads)
    while part := list(islice(rest, size)):
        yield part
