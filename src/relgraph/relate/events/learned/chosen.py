"""Which proposals become events: weighed by their sentence first, then once more beside all that the article tells.

A pair and kind that a rule has a draft of is left to the rules; of one pair of sides and a kind only the surest proposal is taken.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from relgraph.knowledge.weights import BIAS, THRESHOLD, Learned
from relgraph.recognise.mentions import Mention
from relgraph.relate.events.arrivals import resident
from relgraph.relate.events.learned.proposals import BETWEEN, KNOWN, PAIR, SORT, Judge, Part, Proposal, proposals
from relgraph.relate.events.learned.seats import BEFORE, Scene
from relgraph.relate.events.stage import REMOTE, Draft, Stage

LEARNED = "event.learned"
"""What the rule of every learned event begins with; the rest is its trigger, or `context` where there is none."""
LEAST = -3.0
"""Log-odds of the first model below which a proposal is dropped."""
_PAIRED = 3
"""Members of a list up to which each two of them may have done something together."""
_UNTOLD = 0.5
"""The least confidence of an encounter that no trigger tells of."""
_NONE = -6.0
"""Stands for the log-odds of a proposal that isn't there."""
_ENCOUNTERS = frozenset({"meeting", "phone call", "video call"})
_KEPT = frozenset({"title", "date", "day", "city", "planned", "trigger=none"})
"""Features of the first model that the second one looks at, too."""
_STAFF = 4
"""Words behind a name in which the text says whose adviser or spokesman somebody is."""
_WORDS = 3
"""Words between two sides that weigh for a pair, at most."""


class Model:
    """The first model: a logistic regression for each kind."""

    def __init__(self, learned: Learned) -> None:
        self._weights = learned.kinds
        self.kinds = frozenset(self._weights)
        self._most = {kind: _most(own) for kind, own in self._weights.items()}

    def start(self, kind: str) -> float:
        """Log-odds of a kind before anything is known."""
        return self._weights[kind].get(BIAS, 0.0)

    def weigh(self, kind: str, part: Part) -> float:
        """What a part adds."""
        own = self._weights[kind]
        return sum([own[f] for f in part if f in own])

    def hopeless(self, kind: str, odds: float) -> bool:
        """Whether what lies between two sides can't bring them to `LEAST` any more."""
        return odds + self._most[kind] < LEAST


def _most(own: Mapping[str, float]) -> float:
    """The most that how two sides stand to each other can add: the best of each sort of feature, and of the words between the two some."""
    best: dict[str, list[float]] = defaultdict(list)
    for feature, weight in own.items():
        if feature.startswith(PAIR) and not feature.startswith(KNOWN) and weight > 0:
            best[SORT.match(feature)[0]].append(weight)  # type: ignore[index]
    return sum(sum(sorted(found, reverse=True)[: _WORDS if sort == BETWEEN else 1]) for sort, found in best.items())


@functools.lru_cache(maxsize=8)
def model_of(learned: Learned) -> Model:
    """Prepare the first model of a language once."""
    return Model(learned)


def add_learned(stage: Stage, scenes: Sequence[Scene], learned: Learned) -> None:
    """Add a draft for each proposal of which both models are sure enough."""
    second = learned.second
    likely = [p for p in offered(stage, scenes, model_of(learned)) if p.odds >= LEAST]
    for p in likely:
        pair = (p.kind, frozenset(p.names))
        stage.bench.odds[pair] = max(p.odds, stage.bench.odds.get(pair, LEAST))
    sure = [(probability(second, features), best) for best, features in told(stage, likely)]
    taken: set[tuple[str, frozenset[str]]] = set()
    crowded = _crowded([p for confidence, p in sure if confidence >= second[THRESHOLD]])
    for confidence, proposal in sorted(sure, key=lambda s: -s[0]):
        if confidence < second[THRESHOLD]:
            break
        if proposal.trigger is None and proposal.kind != "visit" and confidence < _UNTOLD:
            continue
        if (proposal.kind, proposal.sides) not in taken and (proposal.sentence, proposal.kind) not in crowded:
            taken.add((proposal.kind, proposal.sides))
            _draft(stage, proposal, confidence)


def _crowded(sure: Sequence[Proposal]) -> set[tuple[int, str]]:
    """The sentences, with the kind, that would tell of many pairs without one side in all of them: they name a group."""
    pairs: dict[tuple[int, str], list[set[str]]] = defaultdict(list)
    for proposal in sure:
        pairs[proposal.sentence, proposal.kind].append(set(proposal.names))
    return {key for key, found in pairs.items() if len(found) > _PAIRED and not set.intersection(*found)}


def offered(stage: Stage, scenes: Sequence[Scene], judge: Judge) -> Iterator[Proposal]:
    """Yield the proposals of an article."""
    entries, modals, main = stage.lexicon.entries["events"], stage.bench.modals, stage.bench.resolved.main
    for scene in scenes:
        yield from proposals(scene, judge, entries, modals, main)


def probability(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the probability by a logistic regression.

    >>> round(probability({BIAS: 1.0, "rival": -0.5}, {"rival": 2.0}), 2)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-weights.get(BIAS, 0.0) - sum([weights[f] * v for f, v in features.items() if f in weights])))


def told(stage: Stage, likely: Sequence[Proposal]) -> Iterator[tuple[Proposal, dict[str, float]]]:
    """Yield for each kind and pair that no rule has a draft of its likeliest proposal, with the features of the second model."""
    by_key: dict[tuple[str, tuple[str, str]], list[Proposal]] = defaultdict(list)
    by_sentence: dict[tuple[int, str], list[Proposal]] = defaultdict(list)
    best_of_sides: dict[tuple[str, frozenset[str]], float] = defaultdict(lambda: _NONE)
    best_of_pair: dict[frozenset[str], dict[str, float]] = defaultdict(dict)
    for p in likely:
        by_key[p.kind, p.names].append(p)
        by_sentence[p.sentence, p.kind].append(p)
        best_of_sides[p.kind, p.sides] = max(best_of_sides[p.kind, p.sides], p.odds)
        kinds = best_of_pair[frozenset(p.names)]
        kinds[p.kind] = max(kinds.get(p.kind, _NONE), p.odds)
    rules = _Rules(stage.drafts)
    for (kind, names), group in by_key.items():
        pair = frozenset(names)
        if kind in rules.kinds[pair]:
            continue
        group.sort(key=lambda p: -p.odds)
        best = group[0]
        beside = [(p.odds, bool(pair & set(p.names))) for p in by_sentence[best.sentence, kind] if p.names != names]
        rival = max((o for o, shares in beside if shares), default=_NONE)
        same_sentence = rules.people[best.sentence, kind]
        values: dict[str, float] = {
            "odds": min(best.odds, -_NONE), "next-odds": group[1].odds if len(group) > 1 else _NONE, "times": min(5, len(group)), "rival": rival,
            "others": max((o for o, shares in beside if not shares), default=_NONE), "other-kind": max((o for k, o in best_of_pair[pair].items() if k != kind), default=_NONE),
        }  # fmt: skip
        marks = {
            "ahead-of-rivals": best.odds >= rival, "best-of-sides": best.odds >= best_of_sides[kind, best.sides], "rule-of-other-kind": bool(rules.kinds[pair]),
            "rule-of-encounter": bool(rules.kinds[pair] & _ENCOUNTERS), "rule-in-sentence": bool(same_sentence), "any-rule-in-sentence": best.sentence in rules.sentences,
            "rule-shares-one": any(people & pair for people in same_sentence), "rule-of-states": kind in rules.kinds[best.sides],
            f"kind={kind}": True, f"one={best.one.party.form}": True, f"other={best.other.party.form}": True, f"pair={best.one.party.kind} {best.other.party.kind}": True,
        }  # fmt: skip
        marks |= {f: True for part in best.parts[:2] for f in part if f in _KEPT or f.startswith("modality=")}
        yield best, values | {name: 1.0 for name, there in marks.items() if there}


class _Rules:
    """What the rules have drafts of: the kinds of each pair, the people of each sentence and kind."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.kinds: dict[frozenset[str], set[str]] = defaultdict(set)
        self.people: dict[tuple[int, str], list[frozenset[str]]] = defaultdict(list)
        self.sentences = {d.view.sentence.index for d in drafts}
        for draft in drafts:
            fact = draft.fact
            pairs = [(v, str(fact.host)) for v in fact.visitor] if fact.visitor else itertools.combinations(fact.participants, 2)
            for pair in pairs:
                self.kinds[frozenset(pair)].add(fact.kind)
            self.people[draft.view.sentence.index, fact.kind].append(frozenset((*fact.participants, *fact.visitor)))


def _draft(stage: Stage, proposal: Proposal, confidence: float) -> None:
    """Write down a proposal like what a rule finds; where no trigger tells of it, the side named first stands for one.

    Without a trigger it can't be told what a word of modality reaches, so that a sentence with one gives nothing.
    """
    sketch, one, other = proposal.scene.sketch, proposal.one.party, proposal.other.party
    if proposal.trigger is None and sketch.view.of_kind("modality"):
        return
    if proposal.kind == "visit" and _stays(stage, proposal):
        return
    if _elsewhere(proposal) or _one_side(stage, proposal) or _asked(stage, proposal) or _at_one_table(stage, proposal) or _otherwise(stage, proposal):
        return
    first = one if proposal.one.here else other
    trigger = proposal.trigger or Mention(first.start, first.end, sketch.text[first.start : first.end], "event", "context")
    rule = f"{LEARNED}.{trigger.key}"
    if proposal.kind == "visit":
        draft = stage.add(sketch, trigger, "visit", rule, visitor=[one], host=other.name, confidence=confidence)
    else:
        draft = stage.add(sketch, trigger, proposal.kind, rule, people=[one, other], confidence=confidence)
    if draft is not None:
        before = stage.bench.resolved.views[proposal.sentence - 1] if BEFORE in (proposal.one.role, proposal.other.role) else None
        evidence = draft.fact.evidence if before is None else stage.bench.evidence(sketch.view, before)
        draft.fact = msgspec.structs.replace(draft.fact, confidence=round(min(0.99, confidence), 3), evidence=evidence)


def _stays(stage: Stage, proposal: Proposal) -> bool:
    """Whether a visitor doesn't travel to the host: an envoy lives where he is posted, who rings the host stays at home, and the place named lies elsewhere."""
    view, visitor, host = proposal.scene.sketch.view, proposal.one.party, proposal.other.party
    rung = [p for d in stage.drafts.told_in(view) if d.fact.kind in REMOTE and d.fact.kind in _ENCOUNTERS and visitor.name in d.fact.participants for p in d.people]
    if resident(stage, visitor) or any(p.side == host.side for p in rung):
        return True
    here = {p.state for p in view.places}
    return host.name not in here and (visitor.state in here or (proposal.trigger is None and bool(here)))


def _one_side(stage: Stage, proposal: Proposal) -> bool:
    """Whether two persons are those whom somebody else is told to meet: 'X had talks with Y and Z'."""
    sketch, names = proposal.scene.sketch, set(proposal.names)
    if proposal.kind != "meeting" or not any(g.prep in sketch.grammar.company and g.position == "governed" and names <= {p.name for p in g.parties} for g in sketch.groups):
        return False
    return any(d.fact.kind == "meeting" and len(names & {p.name for p in d.people}) == 1 for d in stage.drafts.told_in(sketch.view))


def _elsewhere(proposal: Proposal) -> bool:
    """Whether a side stands behind a signing in another clause: 'a treaty that X and Y signed, and an agreement on the borders of A and B'."""
    if proposal.kind != "signing" or proposal.trigger is None:
        return False
    clause = proposal.scene.sketch.clause(proposal.trigger.start)
    return any(seat.here and seat.clause != clause and seat.party.start > proposal.trigger.end for seat in (proposal.one, proposal.other))


def _asked(stage: Stage, proposal: Proposal) -> bool:
    """Whether one side is only invited by the other or works for it: 'X invited Y to take part', 'X, an adviser of Y'."""
    one, other = proposal.one.party, proposal.other.party
    start, end = min(one.end, other.end), max(one.start, other.start)
    between = proposal.scene.sketch.between(start, end)
    if one.kind == other.kind == "person" and any(w.low in stage.grammar.words("staff_nouns") for w in between[:_STAFF]):
        return True
    return proposal.kind in ("meeting", "visit") and any(w.low in stage.grammar.words("inviting") for w in between)


def _at_one_table(stage: Stage, proposal: Proposal) -> bool:
    """Whether both sides are members of a larger gathering that the sentence tells of, or two of a list of many."""
    names = set(proposal.names)
    list_of = proposal.one.group
    if list_of >= 0 and list_of == proposal.other.group and sum(s.group == list_of for s in proposal.scene.seats) > _PAIRED:
        return True  # 'representing A, B, C and D'
    return proposal.kind == "meeting" and any(len(d.people) > len(names) and names <= {p.name for p in d.people} for d in stage.drafts.told_in(proposal.scene.sketch.view))


def _otherwise(stage: Stage, proposal: Proposal) -> bool:
    """Whether a rule reads the sentence's talk of the two as a call, a letter or another act from afar, or as what was told before."""
    names, trigger = set(proposal.names), proposal.trigger
    if proposal.kind in _ENCOUNTERS and trigger is not None and any(r.start == trigger.start and r.reason == "told-before" for r in stage.bench.rejected):
        return True
    return proposal.kind == "meeting" and any(d.fact.kind in REMOTE and names == {p.name for p in d.people} for d in stage.drafts.told_in(proposal.scene.sketch.view))
