"""Facts in plain English words, for labels of claims."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.model import AnyFact, BodyFact, EventFact, IndicatorFact, OfficeFact, RelationFact, TargetFact, TopicFact, TreatyFact

_VERBS = {"meeting": "met", "phone call": "spoke by phone", "video call": "spoke by video link", "signing": "signed", "statement": "adopted a joint statement",
          "exercise": "held exercises", "incident": "had an incident", "message": "sent a message", "summit": "gathered at a summit", "forum": "took part in a forum"}  # fmt: skip
_MONTHS = "January February March April May June July August September October November December".split()


def plain(fact: AnyFact) -> str:
    """Return a fact as one readable line."""
    match fact:
        case OfficeFact():
            return f"{fact.person} is {fact.office} of {fact.of}"
        case EventFact(kind="visit"):
            verb = "is to visit" if fact.planned else "visited"
            return f"{listed(fact.visitor)} {verb} {fact.host}{_level(fact)}{_where(fact)}"
        case EventFact():
            verb = _VERBS.get(fact.kind, fact.kind)
            if len(fact.participants) == 2 and fact.kind == "meeting":
                said = f"{fact.participants[0]} {'is to meet' if fact.planned else 'met'} {fact.participants[1]}"
            elif fact.kind in _VERBS:
                said = f"{listed(fact.participants)} {verb}" + (" (planned)" if fact.planned else "")
            else:
                said = f"{fact.kind.capitalize()}: {listed(fact.participants)}" + (" (planned)" if fact.planned else "")
            return said + _where(fact)
        case BodyFact():
            return f"{fact.name}: a standing body of {listed(fact.members)}"
        case TreatyFact():
            date = f", {day(fact.date)}" if fact.date else ""
            return f"{fact.name} between {listed(fact.parties)}: {fact.status or 'mentioned'}{date}"
        case TargetFact():
            by = f" by {fact.by}" if fact.by else ""
            return f"Target: {fact.kind} of {listed(fact.between)} to reach {amount(fact.value, fact.unit, fact.bound, fact.max)}{by}"
        case IndicatorFact():
            period = f", {period_text(fact.period)}" if fact.period else ""
            return f"{fact.kind.capitalize()} of {listed(fact.between)}: {amount(fact.value, fact.unit, fact.bound, fact.max)}{period}"
        case RelationFact():
            return f"{fact.kind.capitalize()} between {listed(fact.between)}" if fact.kind not in ("membership", "observer") else f"{fact.between[0]}: {fact.kind} of {listed(fact.between[1:])}"
        case TopicFact():
            return f"{'Dispute' if fact.stance == 'dispute' else 'Cooperation'} of {listed(fact.between)} on {fact.topic}"


def listed(names: Sequence[str]) -> str:
    """Return 'A, B and C'."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def amount(value: float, unit: str, bound: str | None = None, maximum: float | None = None) -> str:
    """Return an amount with scale words: 'more than 1.2 billion USD'."""
    said = _scaled(value) + (f" to {_scaled(maximum)}" if maximum is not None else "")
    return f"{bound + ' ' if bound else ''}{said}{'' if unit == 'count' else '%' if unit == '%' else ' ' + unit}"


def _scaled(value: float) -> str:
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            return f"{value / size:.3f}".rstrip("0").rstrip(".") + word
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def day(iso: str) -> str:
    """Return '9 October 2025' for an ISO day, 'October 2025' for a month; intervals with a dash."""
    first, _, last = iso.partition("/")
    if last:
        return f"{day(first)} - {day(last)}"
    parts = iso.split("-")
    if len(parts) > 1 and parts[1].isdigit() and 1 <= int(parts[1]) <= 12:
        name = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
        return f"{int(parts[2])} {name}" if len(parts) == 3 else name
    return iso


def period_text(iso: str) -> str:
    """Return a period in words."""
    year, _, part = iso.partition("-")
    names = {"H1": "first half of ", "H2": "second half of ", "Q1": "first quarter of ", "Q2": "second quarter of ", "Q3": "third quarter of ", "Q4": "fourth quarter of "}
    return f"{names[part]}{year}" if part in names else day(iso)


def _level(fact: EventFact) -> str:
    return f" ({fact.level} visit)" if fact.level else ""


def _where(fact: EventFact) -> str:
    return (f", {day(fact.date)}" if fact.date else "") + (f", {fact.place}" if fact.place else "")
