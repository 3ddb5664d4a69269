"""Facts of type indicator and target: an amount, what it measures, of whom and for when.

What is measured is said by the nearest word that may have such a unit, else carried on from the sentence before ('It came to ...', 'a rise of 19%').
The period is the date that follows the amount before the next one, else the one before it; a comparison's date ('than in 2016') is never one.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from relgraph.knowledge.lexicon import Entry, Lexicon, either
from relgraph.model import IndicatorFact, TargetFact
from relgraph.recognise.mentions import Amount, Mention
from relgraph.relate.candidates import Bench, fields, span
from relgraph.relate.figure_periods import PeriodWords, compared, dated_itself, dates_of, period_of
from relgraph.relate.figure_senses import SenseWords, another_sense, of_a_region
from relgraph.relate.figure_sides import Context, SideWords, sides_of_figure
from relgraph.relate.modality import modality_of
from relgraph.resolve import View

_MOST = 60  # amounts of one sentence: time must not grow with the square of its length
_POSSIBLE = 3
"""Words before a sum among which 'could' makes it only possible."""
_FEW = 4
"""Papers that a sentence may tell one by one."""
_GROWABLE = frozenset({"trade turnover", "exports", "imports", "investment", "transit volume"})
_AIMED = frozenset({"trade turnover", "exports", "imports", "investment", "transit volume", "joint ventures"})
_CARRIED = frozenset({"trade turnover", "exports", "imports", "investment", "transit volume", "gas supply", "electricity volume", "loan", "debt"})
_UNSAID = frozenset({"denied", "cancelled", "postponed", "alleged"})
_CONFIDENCE = {"both-named": 0.85, "side-of-the-pair": 0.83, "inherited": 0.8, "side-of-the-main-pair": 0.78, "group-named": 0.62, "with-the-anchor": 0.66}


class _Carried(msgspec.Struct, frozen=True):
    """What the figure before said, for 'it' and 'another sum' to mean."""

    sentence: int
    entry: Entry
    period: str | None = None
    between: tuple[str, ...] = ()
    giver: str | None = None


class _Words:
    """The word lists for figures of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.entries: Mapping[str, Entry] = lexicon.entries["indicators"]
        self.bounds = tuple(sorted((f.lower() for e in lexicon.section("bounds") for f in e.forms), key=len, reverse=True))
        self.weak = lexicon.words("weak_indicators")
        self.worth = tuple(sorted(lexicon.words("worth_words"), key=len, reverse=True))
        self.after_worth = re.compile(rf"\s(?:{'|'.join(sorted(map(re.escape, lexicon.words('after_worth'))))})\s")
        self.results = lexicon.words("result_words")
        self.firm = lexicon.words("firm")
        self.whole = tuple(sorted(lexicon.words("whole_trade")))
        self.parts = lexicon.words("part_words")
        self.carries = lexicon.words("carries_on")
        self.other = lexicon.words("other_measures")
        self.definite = lexicon.words("known_papers")
        self.part_of = {w for phrase in lexicon.words("part_of") for w in phrase.split()} - self.definite
        self.one_by_one = re.compile(rf"\s?[:,]\s(?:{either(lexicon.words('one_of_them'))})\b", re.IGNORECASE)
        self.signed = tuple(sorted(lexicon.words("signed_stems")))
        self.supplied = tuple(sorted(lexicon.words("supply_stems")))
        self.prices = lexicon.words("prices")
        self.outputs = lexicon.words("outputs")
        self.ahead = lexicon.words("modal_conditionals")
        self.forecasts = lexicon.words("forecasts")
        self.level = list(lexicon.lists["small_words"]["goal"])
        self.copulas = lexicon.words("copulas")
        self.clefts = tuple(sorted(lexicon.words("clefts")))
        self.cleft_leads = tuple(sorted(lexicon.words("cleft_leads")))
        self.goal_joins = tuple(f" {w}" for w in sorted(lexicon.words("goal_joins")))
        self.goals = lexicon.words("goal_nouns")
        self.reached = lexicon.words("reached_words")
        self.forthcoming = tuple(sorted(lexicon.words("forthcoming")))
        self.possible = lexicon.words("possible_words")
        self.breaks = lexicon.words("figure_breaks")
        self.sign_of: Mapping[str, Mapping[str, str]] = lexicon.lists.get("signs_by_state", {})
        self.from_words = tuple(lexicon.lists.get("from_words", ()))
        self.periods = PeriodWords(lexicon)
        self.sides = SideWords(lexicon)
        self.senses = SenseWords(lexicon)


@functools.lru_cache(maxsize=8)
def _words_of(lexicon: Lexicon) -> _Words:
    """Compile the word lists of a lexicon once."""
    return _Words(lexicon)


def find_figures(bench: Bench) -> None:
    """Add an indicator or target for each amount whose measure and sides are known."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    words = _words_of(lexicon)
    found: dict[tuple[object, ...], tuple[IndicatorFact | TargetFact, int]] = {}
    counts = Counter(s for v in bench.resolved.views for s in v.explicit)
    anchor = counts.most_common(1)[0][0] if counts else None
    carried: _Carried | None = None
    earlier: tuple[str, ...] = ()
    for view in [*bench.resolved.views[1:], *bench.resolved.views[:1]]:
        carried = _sentence(bench, view, words, carried, (earlier, anchor), found)
        earlier = view.focus or earlier
    values = {(f.value, f.unit) for f, index in found.values() if index}
    bench.facts += [f for f, index in found.values() if index or (f.value, f.unit) not in values]


def _sentence(bench: Bench, view: View, words: _Words, carried: _Carried | None, around: tuple[tuple[str, ...], str | None],
              found: dict[tuple[object, ...], tuple[IndicatorFact | TargetFact, int]]) -> _Carried | None:  # fmt: skip
    if not view.of_kind("indicator", "money", "quantity"):
        return carried
    named = view.of_kind("body", "treaty", "organisation")
    measures = [m for m in view.of_kind("indicator") if not any(n.start <= m.start and m.end <= n.end for n in named)]
    amounts = view.of_kind("money", "quantity")[:_MOST]
    measures = measures[: 4 * _MOST]
    used: set[int] = set()
    for n, amount in enumerate(amounts):
        value: Amount = amount.value
        word = _measure(view, amount, value, measures, words, used)
        entry = words.entries[word.key] if word is not None else _carried_entry(view, amount, value, carried, measures, words)
        if entry is None:
            if value.of in ("money", "percent"):
                bench.reject(view, amount.start, amount.end, "indicator", "no-kind")
            continue
        if _forecast(view, amount, words):
            bench.reject(view, amount.start, amount.end, f"indicator.{entry.id}", "other-sense")
            continue
        if word is not None and value.of != "percent":
            used.add(word.start)
        known = carried if word is None else None
        made = _figure(bench, view, (amounts, n), word, entry, words, (known, carried, *around))
        if made is None:
            if word is not None and value.of == "money" and view.sentence.index and entry.fields["kind"] in _CARRIED:
                carried = _Carried(view.sentence.index, entry)
            continue
        fact, giver = made
        if fact.modality in _UNSAID:
            bench.unasserted.append(fact)
            continue
        key = (type(fact), fact.kind, fact.between, fact.value, fact.unit)
        if key not in found or found[key][0].confidence < fact.confidence:
            found[key] = (msgspec.structs.replace(fact, modality=None), view.sentence.index)
        if value.of != "percent" and view.sentence.index and entry.fields["kind"] in _CARRIED and (carried is None or carried.sentence != view.sentence.index):
            carried = _Carried(view.sentence.index, entry, fact.period if isinstance(fact, IndicatorFact) else None, fact.between, giver)
    if measures and view.sentence.index and not any(a.value.of != "count" for a in amounts):
        first = next((m for m in measures if words.entries[m.key].fields["kind"] == "trade turnover" or m.text.lower() not in words.weak), None)
        if first is not None and words.entries[first.key].fields["kind"] in _GROWABLE:
            carried = _Carried(view.sentence.index, words.entries[first.key])
    return carried


def _measure(view: View, amount: Mention, value: Amount, measures: list[Mention], words: _Words, used: set[int]) -> Mention | None:
    """The word that says what an amount measures: of a fitting unit, the nearest, one before it rather than one after."""
    text, base = view.text, view.sentence.start
    lead = text[max(0, amount.start - base - 30) : amount.start - base].lower().rstrip()
    bound = next((b for b in words.bounds if lead.endswith(f" {b}")), "")
    lead = lead[: len(lead) - len(bound)].rstrip()
    if value.of == "money" and set(re.findall(r"\w+", lead)[-3:]) & words.prices:
        return None
    bracketed = re.search(r"%[^%()]{0,40}\((?:[^\W\d_A-Z]| )*$", text[: amount.start - base]) is not None  # 'a 21% share (valued at $21.7bn)'
    best: tuple[float, int, Mention] | None = None
    for word in measures:
        entry = words.entries[word.key]
        kind, units = str(entry.fields["kind"]), entry.fields["units"]
        if value.of not in units and not (value.of == "percent" and kind in _GROWABLE):
            continue
        gap = amount.start - word.end if word.end <= amount.start else word.start - amount.end
        if gap < 0 and amount.start <= word.start < amount.end:
            gap = 40  # the unit itself: 'kilowatt-hours'
        if value.of == "count" and value.unit != "count" and kind != "transit volume":
            continue
        if value.of == "count":
            if any(amount.end <= m.start < word.start for m in view.of_kind("quantity")):
                continue  # 'between the two states 30 times a week'
            if word.start < amount.end or gap > 30 or word.start in used or "," in text[amount.end - base : word.start - base] or (value.unit == "count" and kind == "transit volume"):
                continue
        elif gap > 130 or gap < 0:
            continue
        between = text[min(word.end, amount.end) - base : max(word.start, amount.start) - base]
        if ";" in between or (gap > 12 and any(w in words.other and not (bracketed and w in words.parts) for w in re.findall(r"\w+", between.lower()))):
            continue
        if word.start >= amount.end and value.of == "money" and any(amount.end <= m.start < word.start for m in view.of_kind("money")):
            continue  # the measure of a later sum
        if word.start >= amount.end and value.of == "money" and set(re.findall(r"\w+", between.lower())) & words.breaks:
            continue  # '$5 million while imports were ...'
        if word.start >= amount.end and value.of == "money" and set(between.lower().split()[:1]) & words.senses.joints and any(word.end <= m.start for m in view.of_kind("money")):
            continue  # 'a loan in the amount of $3 million and grant funds of $2 million'
        follow = entry.fields.get("followed_by")
        if follow and (text[amount.end - base :].split() or [""])[0].lower() not in follow and not word.text.lower().endswith(tuple(f" {f}" for f in follow)):
            continue
        if entry.fields.get("worth") and not (lead.endswith(words.worth) or (word.start >= amount.end and words.after_worth.match(text, amount.end - base))):
            continue
        if entry.fields.get("worth") and word.end <= amount.start and (gap > 60 or "," in between.rstrip(", ")):
            continue
        if entry.fields.get("instead") and any(m.key in entry.fields["instead"] and m.start not in used for m in measures):
            continue
        if entry.fields.get("worth") and any(m.end <= word.end and word.start - m.end < 3 and words.entries[m.key].fields["kind"] in ("loan", "grant") for m in measures):
            continue
        cost = gap + ((60 if value.of == "percent" else 14) if word.start >= amount.end else 0) + (18 if word.text.lower() in words.weak else 0) + (25 if word.start in used and value.of != "percent" else 0)
        if entry.fields.get("worth"):
            cost -= 20
        if best is None or (cost, word.start) < best[:2]:
            best = (cost, word.start, word)
    return best[2] if best is not None else None


def _carried_entry(view: View, amount: Mention, value: Amount, carried: _Carried | None, measures: list[Mention], words: _Words) -> Entry | None:
    """The measure of the figure before, where this sentence goes on about it."""
    if carried is None or not 0 <= view.sentence.index - carried.sentence <= 2 or view.sentence.index == 0:
        return None
    fits = value.of in carried.entry.fields["units"] or (value.of == "percent" and carried.entry.fields["kind"] in _GROWABLE)
    if not fits or value.of == "count" or any(w.lower() in words.other for w in re.findall(r"\w+", view.text)):
        return None
    low = [w.lower() for w in re.findall(r"\w+", view.text[: amount.start - view.sentence.start])]
    if words.senses.heads & set(low):
        return None  # 'nine projects for a total of $2 billion' after a sentence about trade
    goes_on = any(w in words.carries for w in low[:4]) or any(w in words.carries for w in low[-4:]) or any(m.kind in ("target", "growth") for m in view.mentions)
    same = carried.sentence == view.sentence.index
    other = [m for m in measures if m.text.lower() not in words.weak and words.entries[m.key].fields["kind"] != carried.entry.fields["kind"]]
    if not ((goes_on or same) and not other):
        return None
    goal = any(m.text.lower() in words.goals for m in view.of_kind("target")) and carried.sentence != view.sentence.index
    return words.entries["turnover"] if goal and value.of == "money" and carried.entry.id in ("exports", "imports") and "turnover" in words.entries else carried.entry


def _figure(bench: Bench, view: View, place: tuple[Sequence[Mention], int], word: Mention | None, entry: Entry, words: _Words,
            context: tuple[_Carried | None, _Carried | None, tuple[str, ...], str | None]) -> tuple[IndicatorFact | TargetFact, str | None] | None:  # fmt: skip
    amounts, n = place
    amount = amounts[n]
    value: Amount = amount.value
    known = context[0]
    kind, rule, number, text = str(entry.fields["kind"]), entry.id, value.value, view.text
    last = context[1]
    said = Context(known.between if known is not None else (), (known or last).giver if (known or last) is not None else None, last.sentence if last is not None else -9, context[2], context[3])  # type: ignore[union-attr]
    if word is not None and len(view.explicit) < 2 and any(w in text[max(0, word.start - view.sentence.start - 9) : word.end - view.sentence.start + 12].lower() for w in words.whole):
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "no-pair", "between")
        return None
    reason = another_sense(view, amount, word, kind, words.senses, {key: str(e.fields["kind"]) for key, e in words.entries.items()})
    if reason is not None:
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", reason)
        return None
    between, giver = sides_of_figure(bench, view, amount, word, kind, words.sides, said)
    if word is not None and len(between) == 2 and of_a_region(view, word, words.senses):
        between = tuple(sorted({*bench.resolved.group, *between})) if len(bench.resolved.group) > 2 else ()
    if len(between) < 2:
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "no-pair", "between")
        return None
    if view.sentence.index == 0 and view.focus_reason not in ("both-named", "group-named"):
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "no-pair", "between")
        return None
    if value.of == "percent":
        growth = min((m for m in view.of_kind("growth") if _gap(m, amount) < 45), key=lambda m: (_gap(m, amount), m.start), default=None)
        if growth is not None and growth.end <= amount.start and text[growth.end - view.sentence.start : amount.start - view.sentence.start].split() == words.level:
            growth = None  # 'has risen to 29%' is a level
        if growth is None:
            bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "no-kind", "growth")
            return None
        kind, number = f"{kind} growth", -number if growth.key == "fall" else number
    cues = words.signed if kind == "documents signed" else words.supplied if kind in ("electricity volume", "gas supply") and known is None else None
    if cues is not None and not any(stem in text.lower() for stem in cues):
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "no-cue")
        return None
    if kind == "documents signed" and number <= _FEW and _told_apart(view, amount, word, words):
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "other-sense")
        return None
    if kind in ("electricity volume", "gas supply") and set(re.findall(r"\w+", text[: amount.start - view.sentence.start].lower())[-4:]) & words.outputs:
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "other-sense")
        return None
    if kind == "flights" and any(m.kind in ("planned", "modality") and m.end <= amount.start and amount.start - m.end < 60 for m in view.mentions):
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "no-cue")
        return None
    aim = _aim(view, amount, words) if kind in _AIMED and value.of != "percent" else None
    period, ahead = period_of(view, amounts, n, words.periods, bench.article.published, last.period if last is not None and last.sentence == view.sentence.index else None)
    if aim is not None and period is not None and bench.article.published and period[:4] < bench.article.published[:4] and dated_itself(view, amounts, n):
        aim = None  # 'trade, $116 million in 2017, is to be doubled by 2021'
    lead = text[: amount.start - view.sentence.start].rstrip()
    if aim is None and kind in _GROWABLE and (lead.lower().endswith(words.forthcoming) or words.possible & set(lead.split()[-_POSSIBLE:])):  # 'may', not 'May'
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "other-sense")
        return None
    if aim is None and kind in _GROWABLE and text[amount.end - view.sentence.start :].lower().split()[:1] and text[amount.end - view.sentence.start :].lower().split()[0] in words.ahead:
        bench.reject(view, amount.start, amount.end, f"indicator.{rule}", "other-sense")  # 'half a billion would be reached'
        return None
    if aim is None and ahead is not None and period is None and not view.of_kind("target"):
        period = ahead
    if period is None and aim is None and last is not None and last.period and 0 <= view.sentence.index - last.sentence <= 1 and all(m.start > amount.end and compared(text[amount.end - view.sentence.start : m.start - view.sentence.start], words.periods) for m in dates_of(view)) and (known is not None or _goes_on(view, words) or (last.between == between and str(entry.fields["kind"]) in _GROWABLE)):
        period = last.period
    unit = next((u for sign, states in words.sign_of.items() if sign in amount.text for s, u in states.items() if s in between), value.unit)
    start, end = (word.start, word.end) if word is not None else (amount.start, amount.end)
    modality, _ = modality_of(view, start, end, bench.modals)
    if kind == "debt" and modality == "cancelled":
        modality = None  # a debt that is cancelled was owed
    confidence = _CONFIDENCE.get(view.focus_reason, 0.7) - (0.12 if word is None else 0.08 if word.text.lower() in words.weak else 0.0)
    if view.sentence.index == 0:
        confidence -= 0.15
    spans = [span("value", amount.start, amount.end)] + ([span("trigger", word.start, word.end)] if word is not None else [])
    other = next((v for v in bench.resolved.views if known is not None and v.sentence.index == known.sentence), None)
    common = fields(kind=kind, between=between, value=number, unit=unit, max=value.max, bound=value.bound, evidence=bench.evidence(view, other if word is None else None),
                    spans=tuple(sorted(spans, key=lambda s: (s.start, s.end))), confidence=round(confidence, 3), ids=bench.ids(between), modality=modality,
                    source=giver, to=next((b for b in between if b != giver), None) if giver else None)  # fmt: skip
    if aim is not None:
        year = (bench.article.published or "")[:4]
        due = ahead or (period if period is not None and year and period[:4] > year else None)
        return TargetFact(rule=f"target.{rule}", by=due, **common), giver
    return IndicatorFact(rule=f"indicator.{rule}", period=period, **common), giver


def _gap(word: Mention, amount: Mention) -> int:
    return amount.start - word.end if word.end <= amount.start else max(0, word.start - amount.end)


def _forecast(view: View, amount: Mention, words: _Words) -> bool:
    """Whether a sum is only expected by somebody: neither a figure nor a pledge."""
    text, base = view.text, view.sentence.start
    lead = text[max(0, amount.start - base - 60) : amount.start - base].lower()
    return any(f in lead for f in words.forecasts)


def _goes_on(view: View, words: _Words) -> bool:
    """Whether a sentence speaks of the figure before it: 'of that', 'the total', 'its imports'."""
    return bool(set(re.findall(r"\w+", view.text.lower())) & words.carries)


def _aim(view: View, amount: Mention, words: _Words) -> Mention | None:
    """The word that makes an amount a pledge, unless a word of fact stands between the two, or the amount is what it starts from."""
    text, base = view.text, view.sentence.start
    lead = text[max(0, amount.start - base - 24) : amount.start - base].lower().split()
    if any(w in words.from_words for w in lead[-2:]):
        return None
    for m in reversed(view.of_kind("target")):
        if m.end <= amount.start and amount.start - m.end < 160:
            between = text[m.end - base : amount.start - base]
            gap = re.findall(r"\w+", between.lower())
            goal = m.text.lower() in words.goals
            if (not goal and len(between) > 100) or ";" in between:
                continue
            if goal and set(re.findall(r"\w+", text[max(0, m.start - base - 40) : m.start - base].lower())[-4:]) & words.reached:
                continue
            if m.text.lower() in words.results and set(re.findall(r"\w+", text[: m.start - base].lower())[-1:]) & words.ahead:
                continue  # 'will reach' is what somebody expects
            reached = m.text.lower() in words.results and any(0 <= m.start - g.end < 70 for g in view.of_kind("growth"))
            firm = any(w in words.firm for w in gap) and not (goal and gap and not any(w in words.firm and w not in words.copulas for w in gap))
            if not reached and not firm:
                return m
    behind = [m for m in view.of_kind("target") if 0 <= m.start - amount.end < 90]
    cleft = next((m for m in behind if any(c in text[amount.end - base : m.end - base].lower()[:32] for c in words.clefts)), None)
    if cleft is not None:
        return cleft
    noun = next((m for m in behind if m.text.lower() in words.goals), None)
    if noun is not None and _as_goal(text[amount.end - base : noun.start - base].lower(), words):
        return noun  # '$2 billion, which the two have set down as the aim'
    if behind and any(text[: amount.start - base].lower().rstrip().endswith(w) for w in words.cleft_leads):
        return behind[0]  # 'it is at $2 billion that they aim'
    after = next((m for m in view.of_kind("target") if 0 <= m.start - amount.end < 24), None)
    return after if after is not None and after.text.lower() in words.goals else None


def _told_apart(view: View, amount: Mention, word: Mention | None, words: _Words) -> bool:
    """Whether a count is of papers known from elsewhere, or told one by one: 'the two texts', 'two of the memoranda', 'two agreements: one on ...'."""
    text, base = view.text, view.sentence.start
    before, after = text[: amount.start - base].lower().split()[-1:], text[amount.end - base :].lower().split()[:2]
    if set(before) & words.definite or (len(after) == 2 and after[0] in words.part_of and after[1] in words.definite):
        return True
    return word is not None and words.one_by_one.match(text, word.end - base) is not None


def _as_goal(gap: str, words: _Words) -> bool:
    """Whether what stands between a sum and the noun of an aim makes the one the other: ', which they set down as the'."""
    return gap.rstrip().endswith(words.goal_joins) and ";" not in gap and not any(f" {w} " in gap for w in words.reached)
