"""The original of a text is the earliest that is alike, whatever came first; and of many copies few are looked at."""

from __future__ import annotations

import base64
import random
import struct

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from relgraph.derive import reprints as module
from relgraph.derive.index import Index
from relgraph.derive.reprints import SAME, Reprints
from relgraph.graph import iris
from relgraph.graph.fingerprint import bands, enough_bands, shared
from relgraph.graph.terms import rg
from relgraph.store import META, OxigraphStore, Store

Texts = dict[str, tuple[str | None, tuple[int, ...] | None]]
"""By article: day of publication, and fingerprint."""


def put(store: OxigraphStore, name: str, day: str | None, found: tuple[int, ...] | None) -> None:
    node, graph = NamedNode(iris.article(name)), NamedNode(iris.article_graph(name))
    said = [("fingerprint", "minhash64:" + base64.b64encode(struct.pack("<64I", *found)).decode())] if found else []
    said += [("published", day)] if day else []
    store.replace_article(name, [Quad(node, rg(term), Literal(value), graph) for term, value in said], "k")


def expected(texts: Texts) -> dict[str, str]:
    ranks = sorted((day or "9999", iris.article(name), found) for name, (day, found) in texts.items() if found)
    links = dict[str, str]()
    for number, (_, article, found) in enumerate(ranks):
        alike = next((a for _, a, other in ranks[:number] if shared(found, other) >= SAME), None)
        links |= {article: alike} if alike else {}
    return links


def linked(store: OxigraphStore) -> dict[str, str]:
    return {q.subject.value: q.object.value for q in store.match(None, rg("reprintOf"), None, iris.OCCURRENCES)}  # type: ignore[union-attr]


def family(chance: random.Random) -> list[tuple[int, ...]]:
    """Texts that differ from one in up to 40 of 64 numbers, so that some are alike to each other and some nearly."""
    first = [chance.randrange(2**32) for _ in range(64)]
    found = []
    for _ in range(12):
        other = list(first)
        for place in chance.sample(range(64), chance.choice([0, 1, 8, 12, 16, 17, 20, 40])):
            other[place] = chance.randrange(4)
        found.append(tuple(other))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_original_is_the_earliest_alike_after_any_changes(seed: int) -> None:
    chance = random.Random(seed)
    prints = [*family(chance), *family(chance), None]
    days = ["2001-05-02", "2003-01-01", "2003-06-30", "2007-12-31", "2008-01-01", None]
    store, texts = OxigraphStore(), Texts()
    for _ in range(40):
        changed = set()
        for _ in range(chance.choice([1, 1, 4])):
            name = f"a{chance.randrange(25)}"
            if name in texts and chance.random() < 0.3:
                store.remove_article(name)
                del texts[name]
            else:
                texts[name] = (chance.choice(days), chance.choice(prints))
                put(store, name, *texts[name])
            changed.add(iris.article(name))
        Reprints(store, Index(store)).link(changed)
        assert linked(store) == expected(texts)
    fresh = OxigraphStore()
    for name in sorted(texts, reverse=True):
        put(fresh, name, *texts[name])
    Reprints(fresh, Index(fresh)).link({iris.article(name) for name in texts})
    notes = [{str(q) for q in s.quads(META.value) if q.predicate.value.endswith("/in")} for s in (store, fresh)]
    assert notes[0] == notes[1]
    assert linked(fresh) == linked(store)


def test_texts_that_are_alike_share_one_of_any_so_many_bands() -> None:
    chance, first = random.Random(1), tuple(range(64))
    for _ in range(200):
        other = list(first)
        for place in chance.sample(range(64), 16):
            other[place] = 99
        assert shared(first, tuple(other)) == SAME
        some = chance.sample(range(len(bands(first))), enough_bands(SAME))
        assert any(bands(first)[i] == bands(tuple(other))[i] for i in some)


@pytest.mark.parametrize("changed", [6, 24])
def test_of_a_thousand_copies_few_are_looked_at(changed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether they are reprints of each other (6 of 64 numbers differ) or share words that make none of them a reprint (24 differ)."""
    chance, first = random.Random(2), list(range(64))
    store, names = OxigraphStore(), [f"a{i}" for i in range(1001)]
    for name in names:
        other = list(first)
        for place in chance.sample(range(64), changed):
            other[place] = chance.randrange(2**32)
        put(store, name, f"{chance.randrange(2000, 2020)}-{chance.randrange(1, 13):02d}-01", tuple(other))
    Reprints(store, Index(store)).link({iris.article(name) for name in names[:-1]})
    read, fingerprint_of = set[str](), module.fingerprint_of

    def noted(store: Store, article: str) -> str | None:
        read.add(article)
        return fingerprint_of(store, article)

    monkeypatch.setattr(module, "fingerprint_of", noted)
    Reprints(store, Index(store)).link({iris.article(names[-1])})
    assert len(read) < 150
