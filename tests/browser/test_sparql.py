"""The query behind the view: run against the store, it finds the claims that the view shows, no more and no fewer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

import relgraph as rg
from relgraph.graph.iris import BASE

from .conftest import ARTICLES, Opener, Watched

pytestmark = pytest.mark.browser

TJ, KZ, KG, RAHMON = "state/tajikistan", "state/kazakhstan", "state/kyrgyzstan", "person/emomali-rahmon"


@pytest.fixture(scope="module")
def kg() -> Iterator[rg.KnowledgeGraph]:
    """The sample articles."""
    with rg.build(ARTICLES) as built:
        yield built


@pytest.fixture(scope="module")
def page(kg: rg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Their viewer."""
    return kg.view().save(tmp_path_factory.mktemp("sparql") / "graph.html").as_uri()


def asked(seen: Watched) -> str:
    """The query that the button shows."""
    seen.page.locator("header .menu > summary").first.click()
    seen.page.click("#sparql")
    query = seen.page.locator("#copy-text").input_value()
    seen.page.keyboard.press("Escape")
    return query


def found(kg: rg.KnowledgeGraph, query: str) -> set[str]:
    frame: Any = kg.query(query)
    return {str(row[0]).removeprefix(f"{BASE}id/") for row in frame.rows}


def spoken_of(seen: Watched) -> set[str]:
    return {fact for fact in seen.page.evaluate("relgraph.spokenOf()") if fact.startswith("claim/")}


@pytest.mark.parametrize(
    "address",
    [
        "", f"node={TJ}", f"node={RAHMON}", "node=place/dushanbe", "node=place/astana", "kinds=event&node=EVENT", "node=BODY", "node=TREATY", f"edge={KZ}|pair|{TJ}", f"edge={KG}|pair|{TJ}",
        f"edge={KG}|pair|{TJ}&standings=stated", f"edge={KG}|pair|{TJ}&standings=inferred", "edge=OFFICE", "edge=MEMBER", "edge=PARTY", "edge=PLACE", "edge=TOOK_PART", "fact=EVENT_FACT", f"around={KG}&hops=1", f"around={RAHMON}&hops=1",
        f"around={TJ}&hops=2", f"path={TJ},{KZ}", f"common={TJ},{KG}", "from=2024-01-01&to=2024-12-31", "from=2024-01-01&undated=0", f"node={TJ}&types=event,treaty&confidence=70", "standings=stated,inferred",
        f"node={TJ}&publishers=PUBLISHER", f"node={KG}&topics=TOPIC",
    ],
)  # fmt: skip
def test_the_query_finds_what_the_view_shows(opened: Opener, kg: rg.KnowledgeGraph, page: str, address: str) -> None:
    """For each kind of node, line and narrowed view, with filters; the sets of claims are equal."""
    seen = opened(page)
    kind = "(kind) => relgraph.graph.edges.find((edge) => edge.id.split('|')[1] === kind && edge.facts.some((at) => relgraph.graph.facts[at].id.startsWith('claim/'))).id"
    places = {
        "EVENT_FACT": "relgraph.passing().find((id) => id.includes('-event-'))", "EVENT": "relgraph.graph.nodes.find((node) => node.kind === 'event').id", "BODY": "relgraph.graph.nodes.find((node) => node.kind === 'body').id",
        "TREATY": "relgraph.graph.nodes.find((node) => node.kind === 'treaty').id", "OFFICE": f"({kind})('president of Tajikistan')", "MEMBER": f"({kind})('member of')", "PARTY": f"({kind})('party to')",
        "PLACE": f"({kind})('took place in')", "TOOK_PART": f"({kind})('took part')", "PUBLISHER": "relgraph.graph.sources.find((source) => source.publisher).publisher", "TOPIC": "relgraph.graph.concepts.find((one) => one.id.includes('topic')).id",
    }  # fmt: skip
    for name, script in places.items():
        if name in address:
            # items of lists are encoded by themselves, too
            value = seen.page.evaluate(script)
            address = address.replace(name, quote(quote(value, safe="") if f"s={name}" in address else value, safe=""))
    seen = opened(f"{page}#{address.replace('|', '%7C')}")
    shown = spoken_of(seen)
    assert shown
    if address:
        assert len(shown) < seen.page.evaluate("relgraph.graph.facts.filter((fact) => fact.id.startsWith('claim/')).length")
    assert found(kg, asked(seen)) == shown
    assert seen.errors == []


def test_what_no_claim_says_is_asked_for_as_it_is(opened: Opener, kg: rg.KnowledgeGraph, page: str) -> None:
    """A statement of the reference or of a rule, chosen by itself, is shown with its properties."""
    seen = opened(page)
    others = seen.page.evaluate("Object.fromEntries(relgraph.graph.facts.filter((fact) => !fact.id.startsWith('claim/')).map((fact) => [fact.type, fact.id]))")
    assert others
    for kind, fact in others.items():
        table: Any = kg.query(asked(opened(f"{page}#fact={quote(fact, safe='')}")))
        assert {"inferred": "inferredSubject", "reference": "holder"}[kind] in {str(row[0]).rpartition("#")[2] for row in table.rows}
