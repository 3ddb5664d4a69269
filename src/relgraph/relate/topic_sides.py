"""Whose a topic is: the pair in focus, or the many that gathered in the sentences before."""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.relate.candidates import Bench
from relgraph.resolve import View

_MANY = 3
"""A gathering of as many states has no pair."""
_BACK = 3
"""Sentences within which what was discussed may still be what a gathering discussed."""
_GATHERS = frozenset({"summit", "gather", "attend", "forum"})
_PAIRS_UP = frozenset({"meet", "receive", "talks", "discuss", "travel"})
_FOUND_BEFORE = frozenset({"inherited", "inherited-across", "main-pair"})


def sides_of_topic(bench: Bench, view: View) -> tuple[str, ...]:
    """Return whose topic it is: the article's own pair where another only came up in between, a gathering's states where that was just told of."""
    if view.explicit:
        return view.focus
    if len(view.focus) == 2 and view.focus_reason in _FOUND_BEFORE and not _says_two(bench, view):
        gathered = _gathered(bench, view)
        if gathered:
            return gathered
    main = bench.resolved.main
    return main if len(main) == 2 and view.focus_reason == "inherited-across" else view.focus


def _says_two(bench: Bench, view: View) -> bool:
    """Whether a sentence says that two sides are meant: 'both presidents', 'bilateral'."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    twos = lexicon.words("pair_words") if lexicon is not None else frozenset()
    return any(set(m.text.lower().split()) & twos for m in view.of_kind("plural"))


def _gathered(bench: Bench, view: View) -> tuple[str, ...]:
    """The states of the gathering that the sentences right before tell of, unless one of them turned to a pair."""
    views = bench.resolved.views
    for index in range(view.sentence.index - 1, max(0, view.sentence.index - 1 - _BACK), -1):
        before = views[index]
        if len(before.explicit) >= _MANY:
            return _together(bench, views, before, view) if any(m.key in _GATHERS for m in before.of_kind("event")) else ()
        keys = {m.key for m in before.of_kind("event")}
        if len(before.explicit) > 1 and ("attend" not in keys or keys & _PAIRS_UP):
            return ()  # not 'A sent an envoy and B a minister'
    return ()


def _together(bench: Bench, views: Sequence[View], listing: View, view: View) -> tuple[str, ...]:
    """All whom the paragraph of a list of states names up to a sentence, with the rest of the article's group, if it has one."""
    named = {s for v in views[1 : view.sentence.index] if v.sentence.paragraph >= listing.sentence.paragraph for s in v.explicit}
    return tuple(sorted(named | set(bench.resolved.group if set(bench.resolved.group) & named else ())))
