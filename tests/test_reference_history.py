"""Who headed the five states and their foreign ministries from independence to 2026, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from relgraph.knowledge.reference import Reference, load_reference
from relgraph.periods import bounds

INDEPENDENCE = {"kazakhstan": "1991-12-16", "kyrgyzstan": "1991-08-31", "tajikistan": "1991-09-09", "turkmenistan": "1991-10-27", "uzbekistan": "1991-08-31"}
KNOWN_UNTIL = "2026-07-01"
ROLES = {
    "head of state": ("president", "chairman of the Supreme Soviet"),
    "head of government": ("prime minister",),
    "foreign minister": ("foreign minister",),
}
# Days that nobody is given for, and why. A gap may close, none may open.
ALLOWED = {
    ("kazakhstan", "head of government"): {
        ("2003-06-12", "2003-06-12"),  # between two cabinets
        ("2007-01-09", "2007-01-09"),  # between two cabinets
    },
    ("kyrgyzstan", "head of government"): {("2020-10-07", "2020-10-09")},  # contested between two cabinets
    ("turkmenistan", "head of government"): {("1992-05-19", KNOWN_UNTIL)},  # no such office: the president heads the cabinet
    ("uzbekistan", "head of government"): {("1991-08-31", "1992-01-07")},  # the office was made on 1992-01-08
}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def gaps(reference: Reference, state: str, offices: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return the spans of days on which nobody may have held any of the offices; a date known to the month or year covers all of it."""
    spans = []
    for person in reference.persons:
        for tenure in person.tenures:
            if tenure.of == f"state:{state}" and tenure.office in offices:
                first, last = bounds(tenure.start or ""), bounds(tenure.end or KNOWN_UNTIL)
                assert first is not None, f"{person.id}: {tenure.office} has no start"
                assert last is not None
                spans.append((date.fromisoformat(str(first[0])), date.fromisoformat(str(last[1]))))
    found, day, end = set(), date.fromisoformat(INDEPENDENCE[state]), date.fromisoformat(KNOWN_UNTIL)
    for start, last in sorted(spans):
        if start > day:
            found.add((day.isoformat(), (start - timedelta(1)).isoformat()))
        day = max(day, last + timedelta(1))
    if day <= end:
        found.add((day.isoformat(), end.isoformat()))
    return found


@pytest.mark.parametrize("state", sorted(INDEPENDENCE))
@pytest.mark.parametrize("role", sorted(ROLES))
def test_somebody_is_known_for_every_day(reference: Reference, state: str, role: str) -> None:
    assert gaps(reference, state, ROLES[role]) == ALLOWED.get((state, role), set())


@pytest.mark.parametrize(
    ("office", "state", "day", "person"),
    [
        ("president", "kyrgyzstan", "2010-05-01", "roza-otunbayeva"),
        ("president", "kyrgyzstan", "2020-12-01", "talant-mamytov"),
        ("president", "tajikistan", "1992-10-01", "akbarsho-iskandrov"),
        ("president", "turkmenistan", "2007-01-10", "gurbanguly-berdimuhamedow"),
        ("president", "uzbekistan", "2016-09-05", "nigmatilla-yuldashev"),
        ("president", "kazakhstan", "2019-03-21", "kassym-jomart-tokayev"),
        ("prime minister", "kyrgyzstan", "1992-01-01", "andrei-iordan"),
        ("prime minister", "kyrgyzstan", "2007-12-01", "iskenderbek-aidaraliyev"),
        ("prime minister", "tajikistan", "1991-12-01", "izatullo-khayoyev"),
        ("foreign minister", "uzbekistan", "2003-03-20", "sodiq-safoyev"),
        ("foreign minister", "uzbekistan", "2011-06", "elyor-ganiyev"),
        ("foreign minister", "kyrgyzstan", "2009-06", "kadyrbek-sarbayev"),
        ("foreign minister", "kazakhstan", "1993", "tuleutai-suleimenov"),
        ("foreign minister", "turkmenistan", "2000-12", "batyr-berdyev"),
    ],
)
def test_who_it_was(reference: Reference, office: str, state: str, day: str, person: str) -> None:
    assert [p.id for p in reference.holders(office, f"state:{state}", day)] == [f"person:{person}"]


def test_acting_holders_are_marked_and_not_only_noted(reference: Reference) -> None:
    noted = [(p.id, t.office) for p in reference.persons for t in p.tenures if not t.acting and (t.note or "").startswith("acting") and "at first" not in (t.note or "")]
    assert noted == []


@pytest.mark.parametrize("state", sorted(INDEPENDENCE))
def test_every_unsure_date_is_marked(reference: Reference, state: str) -> None:
    """A tenure whose source is memory alone and which is known to the year only does not pass as checked."""
    for person in reference.persons:
        for tenure in person.tenures:
            source = tenure.source or person.source
            if tenure.of == f"state:{state}" and source == "general knowledge" and tenure.start and len(tenure.start) == 4 and tenure.office in ("president", "prime minister", "foreign minister"):
                assert not (tenure.sure and person.sure), f"{person.id}: {tenure.office} from {tenure.start}"
