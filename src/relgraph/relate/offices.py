"""Facts of type office: the titles that the text gives to persons."""

from __future__ import annotations

from relgraph.model import OfficeFact
from relgraph.relate.candidates import Bench, span


def find_offices(bench: Bench) -> None:
    """Add a fact for each person, office and state or organisation; the first sentence that says so is the evidence."""
    seen: set[tuple[str, str, str]] = set()
    titled: set[str] = set()
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
        titled.add(title.person)
        ids = bench.ids([title.person, of]) | ({of: of_id} if of_id else {})
        bench.facts.append(OfficeFact(person=title.person, office=title.office, of=of, evidence=bench.evidence(view), spans=(span("office", title.start, title.end),),
                                      rule=f"office.{title.reason}", confidence=confidence, ids=ids))  # fmt: skip
    _implied(bench, titled)


_HIGHEST = ("president", "prime minister", "foreign minister", "chairman of the cabinet of ministers", "supreme leader", "chancellor", "secretary-general", "king", "emir")


def _implied(bench: Bench, titled: set[str]) -> None:
    """A person whom the text names without a title and who held one of the highest offices at its date: the text plainly implies it."""
    date = bench.article.published or bench.resolved.year
    if date is None:
        return
    reference = bench.knowledge.reference
    for view in bench.resolved.views:
        for party in view.parties:
            if party.kind != "person" or not party.id or party.name in titled:
                continue
            titled.add(party.name)
            held = [t for t in reference.offices_of(party.id, date) if t.office in _HIGHEST and covers_well(t.start, date)]
            if held:
                of = reference.name(held[0].of)
                bench.facts.append(OfficeFact(person=party.name, office=held[0].office, of=of, evidence=bench.evidence(view), spans=(span("person", party.start, party.end),),
                                              rule="office.known-tenure", confidence=0.7, ids=bench.ids([party.name, of]) | {of: held[0].of}))  # fmt: skip


def covers_well(start: str | None, date: str) -> bool:
    """Whether a tenure began surely before a date: in the year of a change the text must say the title itself."""
    return bool(start) and (len(date) >= 10 or (start or "")[:4] < date[:4])
