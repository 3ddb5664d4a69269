"""Time to derive what follows from one more article, at 1,000 and at 20,000 articles: the second within twice the first.

    run.py [--sizes 1000 20000] [--more 15] [--a-month 120] [--folder DIR]

The articles are made up: facts, not texts, about pairs of the five states. Dates grow with the number of articles, so that a pair has as many
events in a month in a large store as in a small one. Each has a meeting that three articles report, a visit or signing, the two presidents'
offices, a figure of trade and a treaty; leaders are those of the reference at the date. One more article is one of the next month, written and
derived alone, after one that warms up; medians are printed. `--folder` is where the store goes, by default a temporary one.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad

from relgraph.graph import facts_to_quads
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.model import (
    Article,
    ArticleFacts,
    EventFact,
    Evidence,
    IndicatorFact,
    OfficeFact,
    TreatyFact,
    TreatyStep,
    with_id,
)
from relgraph.pipeline import refresh, write_background
from relgraph.store import open_store

STATES = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]
PAIRS = list(itertools.combinations(STATES, 2))
CAPITALS = {"Kazakhstan": "Astana", "Kyrgyzstan": "Bishkek", "Tajikistan": "Dushanbe", "Turkmenistan": "Ashgabat", "Uzbekistan": "Tashkent"}
FIELDS = ["transport", "water", "energy", "customs", "education", "health", "tourism", "farming", "science", "mining"]
START = datetime.date(2009, 1, 1)
QUOTE = "They met and talked."


def presidents(knowledge: Knowledge) -> dict[str, list[tuple[str, str, str, str]]]:
    """Return by state who was president from when to when: start, end, name, id."""
    found: dict[str, list[tuple[str, str, str, str]]] = {}
    for person in knowledge.reference.persons:
        for tenure in person.tenures:
            if tenure.office == "president" and tenure.start:
                found.setdefault(knowledge.reference.name(tenure.of), []).append((tenure.start, tenure.end or "9999", person.name, person.id))
    return {state: sorted(terms) for state, terms in found.items()}


def article(number: int, a_month: int, knowledge: Knowledge, terms: dict[str, list[tuple[str, str, str, str]]]) -> tuple[str, list[Quad], str]:
    """Return one made-up article as the store takes it."""
    chance = random.Random(number // 3)
    one, other = chance.choice(PAIRS)
    day = START + datetime.timedelta(days=int(number // 3 * 3 * 30.4 / a_month))
    date, ids = day.isoformat(), {s: f"state:{s.lower()}" for s in STATES} | {c: f"place:{c.lower()}" for c in CAPITALS.values()}
    leaders = []
    for state in (one, other):
        start, _, name, person = next(t for t in reversed(terms[state]) if t[0] <= date)
        ids[name] = person
        leaders.append((name, state, start))
    common = {"evidence": (Evidence(0, len(QUOTE), QUOTE),), "rule": "made-up", "confidence": 0.9, "ids": ids}
    names = (leaders[0][0], leaders[1][0])
    field = chance.choice(FIELDS)
    facts = [
        EventFact(kind="meeting", participants=names if number % 3 else (one, other), date=date, place=CAPITALS[other] if number % 2 else None, **common),
        EventFact(kind="visit", visitor=(names[0],), host=other, date=date, **common) if number % 3 else EventFact(kind="signing", participants=(one, other), date=date, **common),
        *(OfficeFact(person=name, office="president", of=state, **common) for name, state, _ in leaders),
        IndicatorFact(kind="trade turnover", between=(one, other), value=float(chance.randint(100, 900) * 10**6 + number % 3 * 10**7), unit="USD", period=f"{day:%Y-%m}", **common),
        TreatyFact(name=f"agreement on {field} for {day.year}", parties=(one, other), status="signed", steps=(TreatyStep(status="signed", date=date),), **common),
    ]  # fmt: skip
    name = f"a{number:06d}"
    words = random.Random(number).choices(["talks", "trade", "border", "water", "power", "road", "rail", "visit", "council", "treaty", "leaders", "growth"], k=90)
    text = Article(id=name, text=f"{QUOTE}\n\n{' '.join(words)}", title=QUOTE, body_start=len(QUOTE), published=date)
    said = ArticleFacts(id=name, language="en", title=QUOTE, publisher=None, published=date, url=None, facts=tuple(with_id(f, name) for f in facts))
    return name, facts_to_quads(text, said, knowledge.reference), "k"


def articles(first: int, last: int, a_month: int, knowledge: Knowledge) -> Iterator[tuple[str, list[Quad], str]]:
    """Yield made-up articles by number."""
    terms = presidents(knowledge)
    return (article(n, a_month, knowledge, terms) for n in range(first, last))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 20000])
    parser.add_argument("--more", type=int, default=15)
    parser.add_argument("--a-month", type=int, default=120)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    knowledge = load_knowledge()
    medians: list[float] = []
    with tempfile.TemporaryDirectory() as temporary:
        store = open_store(given.folder or Path(temporary) / "store", create=True)
        write_background(store, knowledge)
        done = 0
        for size in sorted(given.sizes):
            started = time.perf_counter()
            rest = articles(done, size, given.a_month, knowledge)
            while part := list(itertools.islice(rest, 200)):
                store.replace_articles(part)
            written = time.perf_counter()
            refresh(store)
            print(f"{size:,} articles: {written - started:.0f} s to make and write, {time.perf_counter() - written:.0f} s to derive", flush=True)
            done = size + given.more + 1
            spent = []
            for item in articles(size, done, given.a_month, knowledge):
                begun = time.process_time()
                store.replace_articles([item])
                refresh(store)
                spent.append(time.process_time() - begun)
            medians.append(statistics.median(spent[1:]))
            print(f"  one more: {medians[-1] * 1000:.0f} ms of processor time (median of {given.more}; {min(spent[1:]) * 1000:.0f} to {max(spent[1:]) * 1000:.0f})", flush=True)
        store.close()
    if len(medians) > 1:
        print(f"one more article at {max(given.sizes):,} takes {medians[-1] / medians[0]:.2f} times what it takes at {min(given.sizes):,} (wanted: at most 2)")


if __name__ == "__main__":
    main()
