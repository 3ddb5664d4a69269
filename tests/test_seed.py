"""The seed article, asked by SPARQL: everything the first issue promises of it, and the same for a changed seed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from relgraph.evaluate import score_article
from relgraph.extract import extract
from relgraph.knowledge import load_knowledge
from relgraph.model import EventFact, IndicatorFact, OfficeFact
from relgraph.pipeline import build
from relgraph.read import article_from_text
from relgraph.store import OxigraphStore

STATES = {"Tajikistan", "Kyrgyzstan", "Kazakhstan", "Turkmenistan"}
TOPICS = """Tajikistan Kyrgyzstan security culture humanitarian
Tajikistan Kazakhstan trade energy industry investment green-technology culture education
Tajikistan Turkmenistan energy industry agriculture green-technology trade infrastructure transport investment culture humanitarian"""


@pytest.fixture(scope="module")
def seed(gold_dir: Path) -> Iterator[OxigraphStore]:
    store = OxigraphStore()
    report = build([str(gold_dir / "en" / "seed-caspian-post.txt")], store)
    assert report.added == ["seed-caspian-post"]
    yield store


def rows(store: OxigraphStore, sparql: str) -> set[tuple[str, ...]]:
    return {tuple(value.value if value is not None else "" for value in row) for row in store.query(sparql)}


def test_presidents_and_states(seed: OxigraphStore) -> None:
    """The four presidents hold their offices, each by a claim of the article with its sentence."""
    found = rows(seed, """SELECT ?name ?state WHERE { ?claim rg:claimType "office" ; rg:asserts ?t ; rg:passage/rg:exact ?sentence .
        ?t rg:holder/rdfs:label ?name ; rg:office ?o . ?o rg:function <https://w3id.org/relgraph/vocab/function/president> ; rg:officeOf/rdfs:label ?state .
        FILTER(LANG(?name) = "en" && LANG(?state) = "en") }""")
    assert {(n.split()[-1][:6], s) for n, s in found} == {("Rahmon", "Tajikistan"), ("Japaro", "Kyrgyzstan"), ("Tokaye", "Kazakhstan"), ("Berdim", "Turkmenistan")}


def test_three_meetings_with_the_right_pairs(seed: OxigraphStore) -> None:
    """Three meetings, each of exactly two presidents."""
    found = rows(seed, """SELECT ?m (GROUP_CONCAT(?s; separator=" ") AS ?pair) WHERE { { SELECT ?m ?s WHERE {
        ?m a rg:Meeting ; rg:onBehalfOf/rdfs:label ?s FILTER(LANG(?s) = "en") } ORDER BY ?m ?s } } GROUP BY ?m""")
    assert sorted(pair for _, pair in found) == ["Kazakhstan Tajikistan", "Kyrgyzstan Tajikistan", "Tajikistan Turkmenistan"]


def test_bodies_each_of_its_pair(seed: OxigraphStore) -> None:
    """The two bodies with Kyrgyzstan and the commission with Kazakhstan, each of that pair and no other."""
    found = rows(seed, """SELECT ?name ?member WHERE { ?claim rg:claimType "body" ; rg:asserts ?b ; rg:passage ?p . ?b a rg:BilateralBody ; rdfs:label|skos:altLabel ?name ;
        rg:bodyMember/rdfs:label ?member . FILTER(LANG(?name) = "en" && LANG(?member) = "en") }""")
    members: dict[str, set[str]] = {}
    for name, member in found:
        members.setdefault(name, set()).add(member)
    assert members["Intergovernmental Coordination Council"] == {"Tajikistan", "Kyrgyzstan"}
    assert members["Council for Trade and Economic Cooperation"] == {"Tajikistan", "Kyrgyzstan"}
    assert members["Intergovernmental Commission on Trade and Economic Cooperation"] == {"Tajikistan", "Kazakhstan"}


def test_treaty_with_its_two_parties(seed: OxigraphStore) -> None:
    """The Treaty on Allied Relations is the one between Tajikistan and Kazakhstan."""
    found = rows(seed, """SELECT ?party WHERE { ?claim rg:claimType "treaty" ; rg:asserts ?t . ?t a rg:Treaty ; skos:altLabel "Treaty on Allied Relations"@en ;
        rg:party/rdfs:label ?party FILTER(LANG(?party) = "en") }""")
    assert found == {("Tajikistan",), ("Kazakhstan",)}


def test_turnover_leads_to_its_sentence(seed: OxigraphStore) -> None:
    """670 million US dollars in the first half of 2025, with the sentence that says so."""
    found = rows(seed, """SELECT ?value ?unit ?period ?sentence WHERE { ?o a rg:Observation ; rg:indicator <https://w3id.org/relgraph/vocab/indicator/trade-turnover> ;
        rg:value ?value ; rg:unit/skos:prefLabel ?unit ; rg:period ?period ; rg:between <https://w3id.org/relgraph/id/state/tajikistan> , <https://w3id.org/relgraph/id/state/kazakhstan> .
        ?c rg:asserts ?o ; rg:passage/rg:exact ?sentence FILTER(LANG(?unit) = "en") }""")
    assert len(found) == 1
    value, unit, period, sentence = found.pop()
    assert (float(value), unit, period) == (670_000_000, "USD", "2025-H1")
    assert "$670 million" in sentence


def test_alliance_and_partnership(seed: OxigraphStore) -> None:
    """Both relations of Tajikistan and Kazakhstan."""
    found = rows(seed, """SELECT ?kind WHERE { ?c rg:claimType "relation" ; rg:asserts ?r . ?r rg:relationKind/skos:prefLabel ?kind ;
        rg:between <https://w3id.org/relgraph/id/state/tajikistan> , <https://w3id.org/relgraph/id/state/kazakhstan> FILTER(LANG(?kind) = "en") }""")
    assert found == {("alliance",), ("strategic partnership",)}


def test_topics(seed: OxigraphStore) -> None:
    """At least 14 of the 20 topics of the gold file."""
    wanted = {(a, b, topic) for line in TOPICS.split("\n") for a, b, *topics in [line.split()] for topic in topics}
    found = rows(seed, """SELECT ?a ?b ?topic WHERE { ?c rg:claimType "topic" ; rg:asserts ?e . ?e rg:topic ?topic ; rg:between/rdfs:label ?a ; rg:between/rdfs:label ?b
        FILTER(LANG(?a) = "en" && LANG(?b) = "en" && ?a != ?b) }""")
    assert len(wanted & {(a, b, topic.rsplit("/", 1)[-1]) for a, b, topic in found}) >= 14


def test_hardly_anything_that_the_gold_does_not_hold(gold_dir: Path) -> None:
    """At most two tuples of facts beyond the gold ones and the doubtful ones."""
    article = article_from_text((gold_dir / "en" / "seed-caspian-post.txt").read_text("utf-8"), id="seed-caspian-post")
    facts = [msgspec.to_builtins(f) for f in extract(article, load_knowledge()).facts]
    gold = json.loads((gold_dir / "en" / "seed-caspian-post.json").read_text("utf-8"))
    wrong = [m for m in score_article("seed-caspian-post", gold, facts).mistakes if m.verdict == "fp"]
    assert len(wrong) <= 2, wrong


CHANGES = [
    ("Sadyr Japarov", "Shavkat Mirziyoyev"), ("Kyrgyz ", "Uzbek "), ("Kyrgyzstan", "Uzbekistan"), ("$670 million", "$815 million"), ("first half of 2025", "first half of 2024"),
]  # fmt: skip


def test_a_changed_seed_gives_the_changed_graph(gold_dir: Path) -> None:
    """Other leaders, states and figures in its sentences, and the meetings in another order, give the correspondingly changed facts."""
    text = (gold_dir / "en" / "seed-caspian-post.txt").read_text("utf-8")
    for old, new in CHANGES:
        assert old in text
        text = text.replace(old, new)
    paragraphs = text.strip().split("\n\n")
    first = next(i for i, p in enumerate(paragraphs) if p.startswith("During his meeting"))
    second = next(i for i, p in enumerate(paragraphs) if p.startswith("In a separate meeting"))
    third = next(i for i, p in enumerate(paragraphs) if p.startswith("President Rahmon also met"))
    moved = [*paragraphs[:first], *paragraphs[second:third], *paragraphs[first:second], *paragraphs[third:]]
    article = article_from_text("\n\n".join(moved), id="changed")
    facts = extract(article, load_knowledge()).facts
    meetings = {frozenset(name.split()[-1][:6] for name in f.participants) for f in facts if isinstance(f, EventFact) and f.kind == "meeting"}
    assert meetings == {frozenset({"Rahmon", "Mirziy"}), frozenset({"Rahmon", "Tokaye"}), frozenset({"Rahmon", "Berdim"})}
    offices = {(f.person, f.of) for f in facts if isinstance(f, OfficeFact)}
    assert ("Shavkat Mirziyoyev", "Uzbekistan") in offices
    assert not any(person == "Sadyr Japarov" for person, _ in offices)
    figures = {(f.value, f.period) for f in facts if isinstance(f, IndicatorFact)}
    assert figures == {(815_000_000, "2024-H1")}
