"""Step 9: the store as a network of actors, with every fact and its sentence attached.

In: a store. Out: a `Projection` of plain frozen values, which layout, viewer, pyvis and networkx models are made from.
The same triples give the same projection, whatever the order in which the store answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from relgraph.errors import EntityNameError

Standing = Literal["stated", "inferred", "planned", "reference"]


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An article that facts were read from. `urls` holds http and https addresses only."""

    id: str
    title: str
    publisher: str = ""
    published: str = ""
    urls: tuple[str, ...] = ()
    reprint_of: int = -1
    """The position of the article whose text this one repeats."""


class Concept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A topic, or a kind of event, relation, figure or step, from the vocabularies."""

    id: str
    label: str
    label_ru: str = ""


class Conflict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Facts that can't all be true, by their positions, as a rule found; `difference` is the share by which figures lie apart."""

    id: str
    kind: str
    facts: tuple[int, ...]
    text: str = ""
    difference: float = 0.0


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """A matched word in a sentence. Offsets count UTF-16 units within the sentence: what a browser counts in."""

    start: int
    end: int
    role: str


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A quoted sentence; `source` indexes `Projection.sources`."""

    source: int
    text: str


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence behind a fact, by its index, with the words that the rule matched."""

    sentence: int
    marks: tuple[Mark, ...] = ()


class FactLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One fact in plain words with what it rests on. `about` indexes nodes; days are ISO, empty when the fact has no date of its own."""

    id: str
    type: str
    text: str
    about: tuple[int, ...] = ()
    cited: tuple[Cited, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    first_day: str = ""
    last_day: str = ""
    planned: bool = False
    modality: str = ""
    """Set on what an article does not assert: denied, cancelled, hypothetical ..."""
    attribution: str = ""
    origin: str = ""
    """Set on background: the source that the reference data names."""
    through: tuple[str, ...] = ()
    """Why states stand here for the persons named: 'Emomali Rahmon is president of Tajikistan (said in this article)'."""
    kind: int = -1
    """Indexes concepts: 'meeting', 'trade turnover' ..."""
    topics: tuple[int, ...] = ()
    """Index concepts: the topics of the fact and of the sentences that it stands in."""
    what: int = -1
    """Facts with the same number are reports of one thing: an occurrence, a treaty, a body."""
    share: float = 1.0
    """What the fact says of each pair: a gathering of ten says less of each than a meeting of two."""
    sources: int = 0
    """How many independent texts report it, where that was worked out; else count the articles cited."""
    premises: tuple[str, ...] = ()
    """What an inferred fact rests on, in words."""


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An actor, body, treaty, event or place. `facts` indexes `Projection.facts`; `start` says that it is drawn at first."""

    id: str
    iri: str
    kind: str
    label: str
    label_ru: str = ""
    aliases: tuple[str, ...] = ()
    facts: tuple[int, ...] = ()
    start: bool = False


class Edge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What joins two nodes. `kind` 'pair' gathers all facts between two actors; `weight` is what its width shows."""

    id: str
    source: int
    target: int
    kind: str
    standing: Standing
    facts: tuple[int, ...] = ()
    weight: float = 1.0
    lifted: tuple[int, ...] = ()
    """Those of its facts that reach an end only through an office that a person holds."""


class Projection(msgspec.Struct, frozen=True, kw_only=True):
    """The network and its evidence. Edges, facts and sentences refer by position, so nothing is said twice."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    facts: tuple[FactLine, ...]
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    concepts: tuple[Concept, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def find_node(projection: Projection, name: str) -> int:
    """Return the position of the node that a name, alias, code, id or IRI means.

    Raises:
        EntityNameError: No node has the name, or several have.
    """
    wanted = name.casefold().strip()
    for exact in (True, False):
        found = [
            number
            for number, node in enumerate(projection.nodes)
            if (wanted in {node.iri.casefold(), node.id.casefold(), node.label.casefold(), node.label_ru.casefold()} - {""} if exact
                else any(wanted == alias.casefold() for alias in node.aliases) or (node.kind == "person" and wanted == node.label.casefold().split()[-1:][0]))
        ]  # fmt: skip
        if len(found) == 1:
            return found[0]
        if found:
            labels = tuple(projection.nodes[n].label for n in found)
            raise EntityNameError(f"'{name}' may mean several things in this graph", candidates=labels, hint="give one of these names, or an IRI")
    raise EntityNameError(f"nothing in this graph is called '{name}'", hint="look it up with: relgraph find NAME")


def around(projection: Projection, focus: str, hops: int | None = None) -> Projection:
    """Return what lies within `hops` edges of the node that `focus` names (1 by default), with all edges among it.

    Raises:
        EntityNameError: No node has the name, or several have.
    """
    kept = {find_node(projection, focus)}
    for _ in range(1 if hops is None else hops):
        kept |= {end for edge in projection.edges if edge.source in kept or edge.target in kept for end in (edge.source, edge.target)}
    return restrict(projection, kept)


def restrict(projection: Projection, kept: set[int]) -> Projection:
    """Return the projection with these nodes only, renumbered, and the facts, sentences and sources that they still need."""
    edges = [e for e in projection.edges if e.source in kept and e.target in kept]
    facts = sorted({f for n in kept if projection.nodes[n].kind != "state" for f in projection.nodes[n].facts} | {f for e in edges for f in e.facts})
    if len(kept) == 1:
        facts = sorted({f for n in kept for f in projection.nodes[n].facts})
    sentences = sorted({c.sentence for f in facts for c in projection.facts[f].cited})
    sources = sorted({projection.sentences[s].source for s in sentences})
    sources = sorted({*sources, *(projection.sources[s].reprint_of for s in sources)} - {-1})
    node_at, fact_at, sentence_at, source_at = (_renumbered(sorted(kept)), _renumbered(facts), _renumbered(sentences), _renumbered(sources))
    replace = msgspec.structs.replace
    return Projection(
        nodes=tuple(replace(projection.nodes[n], facts=_moved(projection.nodes[n].facts, fact_at), start=True if len(kept) <= 80 else projection.nodes[n].start) for n in sorted(kept)),
        edges=tuple(replace(e, source=node_at[e.source], target=node_at[e.target], facts=_moved(e.facts, fact_at), lifted=_moved(e.lifted, fact_at)) for e in edges),
        facts=tuple(
            replace(projection.facts[f], about=_moved(projection.facts[f].about, node_at),
                    cited=tuple(replace(c, sentence=sentence_at[c.sentence]) for c in projection.facts[f].cited))
            for f in facts
        ),
        sentences=tuple(replace(projection.sentences[s], source=source_at[projection.sentences[s].source]) for s in sentences),
        sources=tuple(replace(projection.sources[s], reprint_of=source_at.get(projection.sources[s].reprint_of, -1)) for s in sources),
        concepts=projection.concepts,
        conflicts=tuple(replace(c, facts=_moved(c.facts, fact_at)) for c in projection.conflicts if sum(f in fact_at for f in c.facts) > 1),
    )  # fmt: skip


def _renumbered(kept: list[int]) -> dict[int, int]:
    return {old: new for new, old in enumerate(kept)}


def _moved(positions: tuple[int, ...], new: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(new[p] for p in positions if p in new)
