"""What talks leave behind on paper without a word of signing: 'the day ended with 35 agreements', 'ten documents lay ready', 'he went home with three accords in his bag'.

In: the drafts of an article whose sentences have all been read. Out: a signing by the states of the day's talks, where none of theirs is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import Token
from relgraph.relate.events.stage import Draft, Stage
from relgraph.relate.events.syntax import Sketch
from relgraph.resolve import View

_LOOK = 4
"""Words before a plural noun of papers among which its number stands."""
_TALKS = ("meeting", "visit")
_RULE = "event.sign.harvest"


def harvests(stage: Stage, told: Sequence[Draft]) -> list[Draft]:
    """Return the signing that an article tells by its papers alone, of which `told` are its events so far."""
    people = _of_the_day(stage, told)
    if len(people) != 2 or any(d.fact.kind == "signing" and not d.background and people <= {stage.cast.as_state(p).side for p in d.people} for d in told):
        return []
    for view in stage.bench.resolved.views:
        if not view.sentence.index or view.of_kind("modality") or view.of_kind("planned") or any(m.key == "sign" for m in view.of_kind("event")) or set(view.explicit) - set(people):
            continue
        noun = _papers(stage, view)
        if noun is None:
            continue
        sketch = Sketch(stage.bench.article.text, view, stage.grammar, [])
        trigger = Mention(start=noun.start, end=noun.end, text=noun.text, kind="event", key="sign")
        draft = stage.add(sketch, trigger, "signing", _RULE, people=[stage.cast.state(n, view) for n in sorted(people)], confidence=0.62)
        if draft is None:
            return []
        stage.drafts.remove(draft)
        return [] if draft.background or draft.unasserted or draft.fact.planned else [draft]
    return []


def _of_the_day(stage: Stage, told: Sequence[Draft]) -> set[str]:
    """The two states of the talks or visit of the day that an article tells of first; empty for fewer or more."""
    for draft in told:
        if draft.fact.kind in _TALKS and not draft.background and not draft.fact.planned and draft.view.sentence.index:
            found = {s for p in draft.people if (s := p.state)} | ({draft.host} if draft.host else set())
            if len(found) == 2:
                return found
    return set()


def _papers(stage: Stage, view: View) -> Token | None:
    """The plural noun of papers that a sentence counts beside a word of what talks yield; None where there is none."""
    sketch = Sketch(stage.bench.article.text, view, stage.grammar, [])
    if not {w.low for w in sketch.words} & stage.grammar.words("harvest_words"):
        return None
    numbers = view.of_kind("quantity")
    for n, word in enumerate(sketch.words):
        if word.low not in stage.grammar.words("paper_plurals"):
            continue
        lead = sketch.words[max(0, n - _LOOK) : n]
        if any(w.low in stage.grammar.words("some_words") or any(q.start <= w.start < q.end for q in numbers) for w in lead):
            return word
    return None
