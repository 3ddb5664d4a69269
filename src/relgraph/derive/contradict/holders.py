"""Who holds an office: articles against the reference, articles against each other, and the reference against itself."""

from __future__ import annotations

import datetime
import difflib
import functools
import re
from collections.abc import Iterable, Iterator

from relgraph.derive.contradict.found import Found, Limits
from relgraph.derive.reading import (
    Days,
    Tenure,
    claims_of,
    concept,
    days,
    label,
    literals,
    nodes,
    subjects,
    tenures_of_office,
)
from relgraph.graph import iris
from relgraph.periods import bounds
from relgraph.store import Store

_SPELLING = 0.88
"""Names at least so alike are spellings of one: 'Abdullah' and 'Abdulla Aripov'."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def office_block(store: Store, tenure: str) -> set[str]:
    """Return the block of an article's tenure: office and month; none when its day is not known or the office may have several holders."""
    office, on = next(iter(nodes(store, tenure, "office")), None), attested(store, tenure)
    if office is None or on is None or (on[1] - on[0]).days > 31:
        return set()
    return {f"office|{office}|{on[0]:%Y-%m}"}


def attested(store: Store, tenure: str) -> Days | None:
    """Return the days on which an article may have given the office."""
    said = literals(store, tenure, "attestedOn")
    found = bounds(said[0]) if said else None
    return (datetime.date.fromisoformat(found[0]), datetime.date.fromisoformat(found[1])) if found and found[0] and found[1] else None


def disagreeing_holders(store: Store, office: str, tenures: Iterable[str], limits: Limits) -> Iterator[Found]:
    """Yield what does not fit among the tenures that articles of one month give, and with the reference."""
    if not _single(store, office, limits):
        return
    known = tenures_of_office(store, office)
    by_holder: dict[str, list[str]] = {}
    for tenure in sorted(tenures):
        for holder in nodes(store, tenure, "holder"):
            if _covered(known, holder, attested(store, tenure), limits) or not _told_as_past(store, tenure, known, limits):
                by_holder.setdefault(holder, []).append(tenure)
    unknown: set[str] = set()
    for holder, told in sorted(by_holder.items()):
        outside = [t for t in told if not _covered(known, holder, attested(store, t), limits)]
        found = list(_outside(store, office, holder, outside, known)) if outside else []
        if outside and not found:
            unknown.add(holder)  # the reference can't say, so that articles may still contradict each other
        yield from found
    for one in sorted(by_holder):
        for other in sorted(by_holder):
            if one < other and (one in unknown or other in unknown):
                claims = tuple(c for holder in (one, other) for t in by_holder[holder] for c in claims_of(store, t))
                said = f"{label(store, one)} and {label(store, other)} are both called {label(store, office)} in one month"
                yield Found(kind="two holders", said=said, conflicting=claims, concerns=(office, one, other))


def _outside(store: Store, office: str, holder: str, told: list[str], known: list[Tenure]) -> Iterator[Found]:
    on = attested(store, told[0])
    if on is None:
        return
    others = [t for t in known if t.holder != holder and t.days[0] <= on[1] and on[0] <= t.days[1] and not t.acting]
    own = [t for t in known if t.holder == holder]
    if not others and not own:
        return  # the reference has a gap here, which contradicts nothing
    if any(_one_name(label(store, holder), label(store, t.holder)) for t in others):
        return  # another spelling of the holder's name: an alias that the reference lacks
    against = others or own
    # an entry without an end whose office somebody else is given later, or an end that the holder has outlived
    stale = [t for t in others if t.open and t.days[0] <= on[0]] or [t for t in own if t.days[1] < on[0] and not others]
    names = " and ".join(f"{label(store, t.holder)} ({_term(t)})" for t in against)
    said = f"{label(store, holder)} is called {label(store, office)} on {on[0].isoformat()}; by the reference the office is held by {names}"
    claims = tuple(c for t in told for c in claims_of(store, t))
    yield Found(kind="out of tenure", said=said, conflicting=(*claims, *(t.iri for t in against)), concerns=(office, holder), stale=stale[-1].iri if stale else None)


def reference_holders(store: Store, limits: Limits) -> Iterator[Found]:
    """Yield where the reference itself gives an office to two persons at once; a handover day belongs to both, an acting holder stands in."""
    for office in sorted({o for function in limits.single_holder for o in subjects(store, "function", iris.concept("function", function), iris.REFERENCE)}):
        known = [t for t in tenures_of_office(store, office) if not t.acting]
        for number, one in enumerate(known):
            for other in known[number + 1 :]:
                # days of a month or year may mean any of them: only what overlaps in any case counts
                if one.holder != other.holder and _surely_overlap(store, one, other):
                    said = f"{label(store, one.holder)} ({_term(one)}) and {label(store, other.holder)} ({_term(other)}) are both {label(store, office)} by the reference"
                    yield Found(kind="two holders", said=said, conflicting=(one.iri, other.iri), concerns=(office, one.holder, other.holder), stale=one.iri if one.open else None)


def _surely_overlap(store: Store, one: Tenure, other: Tenure) -> bool:
    starts, ends = [], []
    for tenure in (one, other):
        begin, end = _bounds(store, tenure, "from"), _bounds(store, tenure, "to")
        if begin is None:
            return False  # a start that nobody knows contradicts nothing
        starts.append(begin[1])
        ends.append(end[0] if end else "9999-12-31")
    return max(starts) < min(ends)


def _bounds(store: Store, tenure: Tenure, term: str) -> tuple[str, str] | None:
    said = literals(store, tenure.iri, term)
    found = bounds(said[0]) if said else None
    return (found[0], found[1]) if found and found[0] and found[1] else None


def _single(store: Store, office: str, limits: Limits) -> bool:
    return any(concept(f) in limits.single_holder for f in nodes(store, office, "function"))


def _covered(known: list[Tenure], holder: str, on: Days | None, limits: Limits) -> bool:
    grace = datetime.timedelta(days=limits.days_of_grace)
    return on is not None and any(t.holder == holder and t.days[0] <= on[1] and on[0] <= (t.days[1] if t.open else t.days[1] + grace) for t in known)


def _told_as_past(store: Store, tenure: str, known: list[Tenure], limits: Limits) -> bool:
    """Whether an article gives the office for an earlier time: by a word of its sentence, an earlier year in it, or an event of that time that it tells.

    Never for a holder whose terms all begin later by the reference.
    """
    on, holders = attested(store, tenure), nodes(store, tenure, "holder")
    own = [t for t in known if t.holder in holders]
    if on is None or (own and all(t.days[0] > on[1] for t in own)):
        return False
    for passage in {p for claim in claims_of(store, tenure) for p in nodes(store, claim, "passage")}:
        said = " ".join(literals(store, passage, "exact"))
        if _past(limits.past_words).search(said) or any(int(year) < on[0].year for year in _YEAR.findall(said)):
            return True
        told = (days(store, fact) for claim in subjects(store, "passage", passage) for fact in nodes(store, claim, "asserts"))
        if any(t is not None and (on[0] - t[1]).days > limits.days_of_news for t in told):
            return True
    return False


@functools.lru_cache(maxsize=1)
def _past(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)


def _one_name(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _SPELLING


def _term(tenure: Tenure) -> str:
    start = "?" if tenure.days[0].year == datetime.MINYEAR else tenure.days[0].isoformat()
    return f"since {start}" if tenure.open else f"{start} to {tenure.days[1].isoformat()}"
