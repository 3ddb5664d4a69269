"""Facts of type office: the titles that the text gives to persons."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from relgraph.knowledge.entities import Tenure
from relgraph.knowledge.lexicon import Lexicon
from relgraph.knowledge.reference import Reference
from relgraph.model import OfficeFact
from relgraph.recognise.mentions import DateValue
from relgraph.relate.candidates import Bench, span
from relgraph.resolve import View, view_at


def find_offices(bench: Bench) -> None:
    """Add a fact for each person, office and state or organisation; the first sentence that says so is the evidence."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    unplaced, vague = (lexicon.words(name) if lexicon is not None else frozenset() for name in ("unplaced_titles", "vague_titles"))
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
            if state is None or title.office in unplaced:
                continue
            of, of_id, confidence = state, bench.resolved.ids.get(state), 0.7
        if title.office in unplaced and title.office not in vague and str(of_id).startswith("state:"):
            continue  # nobody is just the head of a state
        if title.office in vague and len(bare.get(title.person, ())) > 1:
            continue
        key = (title.person, title.office, of)
        if key in seen:
            continue
        view = view_at(bench.resolved.views, title.start)
        if view is None or (view.sentence.index == 0 and title.reason == "title-with-known-tenure" and len(bench.resolved.titles) > 1 and title.person not in view.text):
            continue
        seen.add(key)
        titled.add(title.person)
        ids = bench.ids([title.person, of]) | ({of: of_id} if of_id else {})
        bench.facts.append(OfficeFact(person=title.person, office=title.office, of=of, evidence=bench.evidence(view), spans=(span("office", title.start, title.end),),
                                      rule=f"office.{title.reason}", confidence=confidence, ids=ids))  # fmt: skip
    _implied(bench, titled)


_HIGHEST = ("president", "prime minister", "foreign minister", "supreme leader", "secretary-general", "king", "emir")
_YEAR = re.compile(r"(?:19|20)(?<!\w..)\d\d\b")  # a year as a word; beginning with a digit, it is looked for only at digits


def _implied(bench: Bench, titled: set[str]) -> None:
    """A person whom the text names without a title and who held an office of the reference at its date: the text plainly implies it.

    An article without a date counts by the latest year it names in which the person held one of the highest offices.
    """
    date = bench.article.published or bench.resolved.year
    dates = [date] if date else sorted(set(_YEAR.findall(bench.article.text)), reverse=True)
    reference, lexicon = bench.knowledge.reference, bench.knowledge.lexicon(bench.article.language)
    forms = _forms(lexicon) if lexicon is not None else {}
    seat = _seat(lexicon) if lexicon is not None else "\0"
    for view in sorted(bench.resolved.views, key=lambda v: v.sentence.index == 0):  # the body says it better than the title
        for party in view.parties:
            if party.kind != "person" or not party.id or party.name in titled:
                continue
            titled.add(party.name)
            tenure = next((t for day in dates for t in _held(reference, party.id, day, known_date=date is not None)), None) or _then(reference, party.id, view, date)
            if tenure is None:
                continue
            of, of_id = reference.name(tenure.of), str(tenure.of)
            office = forms.get((tenure.note or "").casefold(), tenure.office)
            own = next((i for i in reference.find(office.partition(seat)[2]) if i.startswith("organisation:")), None) if seat in office else None
            if own is not None:  # 'president of the European Commission'
                office, of, of_id = office.partition(seat)[0], reference.name(own), own
            bench.facts.append(OfficeFact(person=party.name, office=office, of=of, evidence=bench.evidence(view), spans=(span("person", party.start, party.end),),
                                          rule="office.known-tenure", confidence=0.7 if date else 0.66, ids=bench.ids([party.name, of]) | {of: of_id}))  # fmt: skip


def _then(reference: Reference, person: str, view: View, date: str | None) -> Tenure | None:
    """The highest office that a person out of office by now held at a date that the sentence names, else the presidency that he left before the article."""
    said = sorted({m.value.iso.partition("/")[0] for m in view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso and (not date or m.value.iso[:4] <= date[:4])})
    for day in said:
        held = [t for t in reference.offices_of(person, day) if t.office in _HIGHEST and t.start]
        if held:
            return min(held, key=lambda t: _HIGHEST.index(t.office))
    left = [t for t in reference.offices_of(person, None) if t.office == _HIGHEST[0] and t.start and t.end and date and t.end[:10] < date[:10]]
    return max(left, key=lambda t: str(t.end)) if left else None


def _seat(lexicon: Lexicon) -> str:
    """What joins an office and the organisation that it is of in a name: 'president of the European Commission'."""
    return " ".join(["", str(lexicon.lists.get("name_joins", {}).get("office", "")), *sorted(lexicon.words("articles"))[:1], ""])


@functools.lru_cache(maxsize=8)
def _forms(lexicon: Lexicon) -> Mapping[str, str]:
    """The office that each form of a lexicon stands for."""
    return {form: str(entry.fields["office"]) for entry in lexicon.section("offices") for form in entry.forms}


def _held(reference: Reference, person: str, date: str, *, known_date: bool) -> list[Tenure]:
    """The offices a person surely held at a date, the highest first; in the year of a change the text must say the title itself."""
    held = [t for t in reference.offices_of(person, date) if t.start and (len(date) >= 10 or t.start[:4] < date[:4])]
    high = [t for t in held if t.office in _HIGHEST]
    return [*sorted(high, key=lambda t: _HIGHEST.index(t.office)), *(t for t in held if known_date and t not in high)]
