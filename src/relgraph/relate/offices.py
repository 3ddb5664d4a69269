"""Facts of type office: the titles that the text gives to persons."""

from __future__ import annotations

from relgraph.model import OfficeFact
from relgraph.relate.candidates import Bench, span


def find_offices(bench: Bench) -> None:
    """Add a fact for each person, office and state or organisation; the first sentence that says so is the evidence."""
    seen: set[tuple[str, str, str]] = set()
    bare: dict[str, set[str]] = {}
    for title in bench.resolved.titles:
        if title.of:
            bare.setdefault(title.person, set()).add(title.office)
    for title in bench.resolved.titles:
        of, of_id, confidence = title.of, title.of_id, title.confidence
        if of is None:
            state = bench.resolved.states.get(title.person)
            if state is None or title.office in ("minister", "head", "chief", "director", "chairman"):
                continue
            of, of_id, confidence = state, bench.resolved.ids.get(state), 0.7
        if title.office in ("minister", "deputy minister") and len(bare.get(title.person, ())) > 1:
            continue
        key = (title.person, title.office, of)
        if key in seen:
            continue
        view = next((v for v in bench.resolved.views if v.sentence.start <= title.start < v.sentence.end), None)
        if view is None or (view.sentence.index == 0 and title.reason == "title-with-known-tenure" and len(bench.resolved.titles) > 1 and title.person not in view.text):
            continue
        seen.add(key)
        ids = bench.ids([title.person, of]) | ({of: of_id} if of_id else {})
        bench.facts.append(OfficeFact(person=title.person, office=title.office, of=of, evidence=bench.evidence(view), spans=(span("office", title.start, title.end),),
                                      rule=f"office.{title.reason}", confidence=confidence, ids=ids))  # fmt: skip
