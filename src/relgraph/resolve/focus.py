"""The pair or group that each sentence is about, followed through the discourse.

A sentence that names two sides sets the pair; one that names a side of the current pair keeps it; one that names none inherits it within its
paragraph and, with a plural ('both leaders', 'bilateral'), across paragraphs; a third side replaces the partner of the anchor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from relgraph.model import Article
from relgraph.resolve.parties import View

_REGIONS = frozenset({"Central Asia", "South Caucasus", "Caspian littoral states", "Fergana Valley"})


def set_focus(article: Article, views: Sequence[View]) -> tuple[str, ...]:
    """Fill `explicit` and `focus` of each view; return the article's main pair, empty when there is none."""
    counts: Counter[str] = Counter()
    for view in views:
        view.explicit = _sides(view)
        weight = 3 if view.sentence.paragraph <= 1 else 1
        for side in view.explicit:
            counts[side] += weight
    states = [s for s, _ in counts.most_common()]
    lead = [s for v in views if v.sentence.paragraph <= 1 for s in v.explicit]
    anchor = states[0] if states else None
    partner = next((s for s in states if s != anchor), None)
    main: tuple[str, ...] = ()
    if anchor and partner:
        third = counts[states[2]] if len(states) > 2 else 0
        if counts[partner] > third or (lead and partner in lead and (len(states) < 3 or states[2] not in lead)):
            main = tuple(sorted((anchor, partner)))
    current: tuple[str, ...] = ()
    paragraph = -1
    for view in views:
        here = view.explicit
        plural = any(m.kind == "plural" for m in view.mentions)
        if len(here) == 2:
            view.focus, view.focus_reason = tuple(sorted(here)), "both-named"
        elif len(here) > 2:
            view.focus, view.focus_reason = tuple(sorted(here)), "group-named"
        elif len(here) == 1:
            side = here[0]
            if side in current and len(current) == 2:
                view.focus, view.focus_reason = current, "side-of-the-pair"
            elif side in main:
                view.focus, view.focus_reason = main, "side-of-the-main-pair"
            elif anchor and side != anchor:
                view.focus, view.focus_reason = tuple(sorted((anchor, side))), "with-the-anchor"
        elif current and (plural or view.sentence.paragraph == paragraph):
            view.focus, view.focus_reason = current, "inherited"
        elif 2 <= len(current) <= 4:
            view.focus, view.focus_reason = current, "inherited-across"
        elif main:
            view.focus, view.focus_reason = main, "main-pair"
        if view.focus and view.sentence.index > 0:
            current = view.focus
        paragraph = view.sentence.paragraph
    return main


def _sides(view: View) -> tuple[str, ...]:
    """The states (and organisations that act like one) that a sentence names, directly or by their persons, in order."""
    found: dict[str, None] = {}
    for party in view.parties:
        if party.kind == "person":
            if party.state:
                found[party.state] = None
        elif party.kind == "state" and party.state not in _REGIONS:
            found[party.name] = None
    return tuple(found)
