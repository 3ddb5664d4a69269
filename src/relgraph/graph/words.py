"""Facts in plain English words, for the labels of claims and fact nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relgraph.model import (
    AnyFact,
    BodyFact,
    EventFact,
    IndicatorFact,
    OfficeFact,
    RelationFact,
    TargetFact,
    TopicFact,
    TreatyFact,
)

# What the participants did, what they are to do, and the word before the others when the first one acts on them.
_DEEDS: dict[str, tuple[str, str, str | None]] = {
    "meeting": ("met", "meet", ""), "phone call": ("spoke by phone", "speak by phone", "with"), "video call": ("spoke by video link", "speak by video link", "with"),
    "message": ("sent a message", "send a message", "to"), "aid": ("gave aid", "give aid", "to"), "sanction": ("took a measure", "take a measure", "against"),
    "protest": ("protested", "protest", "to"), "summit": ("gathered at a summit", "gather at a summit", None), "signing": ("signed documents", "sign documents", None),
    "statement": ("adopted a statement", "adopt a statement", None), "exercise": ("held a military exercise", "hold a military exercise", None),
    "forum": ("took part in a forum", "take part in a forum", None), "incident": ("were in an incident", "be in an incident", None),
    "appointment": ("was appointed", "be appointed", None), "opening": ("opened a facility", "open a facility", None),
}  # fmt: skip
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_PARTS = {"H1": "first half of", "H2": "second half of", "Q1": "first quarter of", "Q2": "second quarter of", "Q3": "third quarter of", "Q4": "fourth quarter of"}
_MOST_TITLES = 3
"""With more participants than this, titles would hide who they are."""


def described(fact: AnyFact, titles: Mapping[str, str]) -> str:
    """Return a fact as one readable line with the offices of its persons, who says so, and why it is not asserted.

    Args:
        fact: Any fact.
        titles: Offices by person: 'president of Tajikistan'.
    """
    said = plain(fact, titles)
    if fact.attributed_to:
        said += f" (according to {fact.attributed_to})"
    return f"{fact.modality.capitalize()}: {said}" if fact.modality else said


def plain(fact: AnyFact, titles: Mapping[str, str] | None = None) -> str:
    """Return a fact as one readable line."""
    match fact:
        case OfficeFact():
            return f"{fact.person}, {fact.office} of {fact.of}"
        case EventFact():
            return _event(fact, titles or {})
        case BodyFact():
            return f"{fact.name} of {listed(fact.members)}"
        case TreatyFact():
            steps = [(s.status, s.date, s.by) for s in fact.steps] or [(fact.status or "mentioned", fact.date, None)]
            life = "; ".join(f"{status}{f' by {by}' if by else ''}{f' {day(date)}' if date else ''}" for status, date, by in steps)
            return f"{fact.name} between {listed(fact.parties)}: {life}"
        case TargetFact():
            return f"Target: {_figure(fact)}{f' by {day(fact.by)}' if fact.by else ''}"
        case IndicatorFact():
            said = _figure(fact)
            return f"{said[:1].upper()}{said[1:]}{f', {day(fact.period)}' if fact.period else ''}"
        case RelationFact(kind="membership" | "observer"):
            return f"{fact.between[0]}: {'member' if fact.kind == 'membership' else 'observer'} of {listed(fact.between[1:])}"
        case RelationFact():
            return f"{fact.kind.capitalize()} between {listed(fact.between)}"
        case TopicFact():
            return f"{'Dispute' if fact.stance == 'dispute' else 'Cooperation'} of {listed(fact.between)} on {fact.topic}"


def listed(names: Sequence[str]) -> str:
    """Return 'A, B and C'."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def amount(value: float, unit: str, bound: str | None = None, maximum: float | None = None) -> str:
    """Return an amount with scale words.

    >>> amount(1_200_000_000, "USD", "more than")
    'more than 1.2 billion USD'
    """
    said = _scaled(value) + (f" to {_scaled(maximum)}" if maximum is not None else "")
    return f"{bound + ' ' if bound else ''}{said}{'' if unit == 'count' else '%' if unit == '%' else ' ' + unit}"


def day(iso: str) -> str:
    """Return a date or period in words.

    >>> day("2025-10-09"), day("2025-H1"), day("2023-05-04/2023-05-05"), day("2025-01/2025-07")
    ('9 October 2025', 'first half of 2025', '4-5 May 2023', 'January-July 2025')
    """
    first, _, last = iso.partition("/")
    if not last:
        year, _, part = iso.partition("-")
        return f"{_PARTS[part]} {year}" if part in _PARTS else " ".join(_words(iso))
    one, other = _words(first), _words(last)
    if len(one) == len(other) > 1 and one[1:] == other[1:]:
        return f"{one[0]}-{' '.join(other)}"
    return f"{day(first)} - {day(last)}"


def _words(iso: str) -> list[str]:
    parts = iso.split("-")
    if len(parts) > 1 and all(p.isdigit() for p in parts) and 1 <= int(parts[1]) <= 12:
        return [*([str(int(parts[2]))] if len(parts) == 3 else []), _MONTHS[int(parts[1]) - 1], parts[0]]
    return [iso]


def _event(fact: EventFact, titles: Mapping[str, str]) -> str:
    people = fact.visitor if fact.kind == "visit" else fact.participants
    shown = [f"{p} ({titles[p]})" if p in titles and len(people) <= _MOST_TITLES else p for p in people]
    where = (f", {day(fact.date)}" if fact.date else "") + (f", {fact.place}" if fact.place else "")
    if fact.kind == "visit":
        level = f" ({fact.level} visit)" if fact.level else ""
        return f"{listed(shown)} {_done('visited', 'visit', len(shown), fact.planned)} {fact.host}{level}{where}"
    if fact.kind not in _DEEDS:
        return f"{fact.kind.capitalize()}{' (planned)' if fact.planned else ''}: {listed(shown)}{where}"
    past, infinitive, link = _DEEDS[fact.kind]
    # Three or more who meet or talk did so together; of a sender or giver only the first acts.
    together = link is None or len(shown) < 2 or (len(shown) > 2 and link in ("", "with"))
    subject, others = (shown, []) if together else (shown[:1], shown[1:])
    verb = _done(past, infinitive, len(subject), fact.planned)
    if len(subject) == 1 and not fact.planned:
        verb = verb.replace("were ", "was ", 1)
    if len(subject) > 1 and not fact.planned:
        verb = verb.replace("was ", "were ", 1)
    return " ".join(filter(None, [listed(subject), verb, *([link, listed(others)] if others else [])])) + where


def _done(past: str, infinitive: str, count: int, planned: bool) -> str:
    return f"{'are' if count > 1 else 'is'} to {infinitive}" if planned else past


def _figure(fact: IndicatorFact | TargetFact) -> str:
    sides = f"from {fact.source or 'unknown'} to {fact.to or 'unknown'}" if fact.source or fact.to else f"of {listed(fact.between)}"
    return f"{fact.kind} {sides}: {amount(fact.value, fact.unit, fact.bound, fact.max)}"


def _scaled(value: float) -> str:
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            return f"{value / size:.3f}".rstrip("0").rstrip(".") + word
    return f"{value:,.2f}".rstrip("0").rstrip(".")
