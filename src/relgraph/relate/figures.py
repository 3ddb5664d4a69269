"""Facts of type indicator and target: an amount, what it measures, of whom and for when."""

from __future__ import annotations

import re

import msgspec

from relgraph.model import IndicatorFact, TargetFact
from relgraph.recognise.mentions import Amount, DateValue, Mention
from relgraph.relate.candidates import Bench, fields, span
from relgraph.relate.modality import modality_of
from relgraph.resolve import View

_DIRECTED = frozenset({"exports", "imports", "loan", "grant", "humanitarian aid", "gas supply", "electricity volume", "investment"})
_GROWABLE = frozenset({"trade turnover", "exports", "imports", "investment", "transit volume"})
_LOWER = re.compile(r"\b(?:from|compared (?:to|with)|against)\s\S{0,3}$", re.IGNORECASE)


def find_figures(bench: Bench) -> None:
    """Add an indicator or target for each amount beside an indicator's word."""
    lexicon = bench.knowledge.lexicon(bench.article.language)
    if lexicon is None:
        return
    entries = lexicon.entries["indicators"]
    seen: set[tuple[object, ...]] = set()
    previous: Mention | None = None
    for view in bench.resolved.views:
        words = [m for m in view.of_kind("indicator") if not any(n.kind in ("body", "treaty") and n.start <= m.start < n.end for n in view.mentions)]
        used: set[int] = set()
        for amount in view.of_kind("money", "quantity"):
            value: Amount = amount.value
            options = [w for w in words if value.of in entries[w.key].fields["units"] or (value.of == "percent" and entries[w.key].fields["kind"] in _GROWABLE)]
            options = [w for w in options if abs(_gap(w, amount)) < (16 if value.of == "count" else 130) and not (value.of == "count" and (w.start < amount.end or w.start in used))]
            word = min(options, key=lambda w: (_gap(w, amount) if w.end <= amount.start else _gap(w, amount) + 10, w.start), default=None)
            if word is None and value.of == "money" and previous is not None and view.sentence.index and not words and "trade" in previous.text.lower() and _figure_goes_on(view):
                word = previous
            if word is None:
                if value.of in ("money", "percent"):
                    bench.reject(view, amount.start, amount.end, "indicator", "no-kind")
                continue
            used.add(word.start)
            previous = word if value.of == "money" else previous
            _add(bench, view, amount, value, word, str(entries[word.key].fields["kind"]), seen)


def _figure_goes_on(view: View) -> bool:
    return any(m.kind in ("target", "growth") for m in view.mentions)


def _gap(word: Mention, amount: Mention) -> int:
    return amount.start - word.end if word.end <= amount.start else word.start - amount.end


def _add(bench: Bench, view: View, amount: Mention, value: Amount, word: Mention, kind: str, seen: set[tuple[object, ...]]) -> None:
    between = _between(view, kind)
    if len(between) < 2:
        bench.reject(view, amount.start, amount.end, f"indicator.{word.key}", "no-pair", "between")
        return
    number, maximum = value.value, value.max
    text, base = view.text, view.sentence.start
    before = text[max(0, amount.start - base - 60) : amount.start - base].lower()
    if value.of == "percent":
        growth = min((m for m in view.of_kind("growth")), key=lambda m: abs(m.start - amount.start), default=None)
        if growth is None or abs(growth.start - amount.start) > 60:
            bench.reject(view, amount.start, amount.end, f"indicator.{word.key}", "no-kind", "growth")
            return
        kind, number = f"{kind} growth", -number if growth.key == "fall" else number
    dates = [m for m in view.of_kind("date") if isinstance(m.value, DateValue) and m.value.iso]
    by = next((m for m in dates if m.value.use == "by" and len(m.value.iso) <= 7), None)
    aim = next((m for m in view.of_kind("target") if m.end <= amount.start and amount.start - m.end < 90), None)
    if kind == "documents signed" and not re.search(r"sign|ink|conclud|adopt", text, re.IGNORECASE):
        bench.reject(view, amount.start, amount.end, "indicator.documents", "no-cue")
        return
    firm = re.search(r"\b(?:reached|amounted|totalled|totaled|stood at|was|were|came to|grew|rose|made up|exceeded|hit)\b[^,;]*$", before) is not None
    target = aim is not None and not firm and kind in ("trade turnover", "exports", "investment", "transit volume", "joint ventures")
    modality, _ = modality_of(view, word.start, word.end)
    confidence = 0.85 if view.focus_reason in ("both-named", "side-of-the-pair") else 0.75 if view.focus_reason != "group-named" else 0.6
    if word.text.lower() in ("trade", "deliveries", "aid", "assistance", "agreements", "bought", "sold", "up", "transported", "contracts", "cargo"):
        confidence -= 0.12
    period = None
    if not target:
        options = [m for m in dates if m.value.use != "by" and not (m.start - base < 14 and len(m.value.iso) == 10)]
        nearest = min(options, key=lambda m: (abs(_gap(m, amount)), m.start), default=None)
        if nearest is not None and len(nearest.value.iso) != 10:
            period = nearest.value.iso
    else:
        period = by.value.iso if by is not None else None
    key = (kind, between, number, value.unit, target)
    if key in seen:
        return
    seen.add(key)
    spans = tuple(sorted([span("value", amount.start, amount.end), span("trigger", word.start, word.end)], key=lambda s: (s.start, s.end)))
    common = fields(kind=kind, between=between, value=number, unit=value.unit, max=maximum, bound=value.bound, evidence=bench.evidence(view), spans=spans,
                    confidence=confidence, ids=bench.ids(between), modality=modality)  # fmt: skip
    fact = TargetFact(rule=f"target.{word.key}", by=period, **common) if target else IndicatorFact(rule=f"indicator.{word.key}", period=period, **common)
    (bench.unasserted if modality in ("denied", "cancelled", "postponed", "alleged") else bench.facts).append(
        fact if modality in ("denied", "cancelled", "postponed", "alleged") else msgspec.structs.replace(fact, modality=None)
    )


def _between(view: View, kind: str) -> tuple[str, ...]:
    """Whose figure it is: the pair in focus; for loans and grants the organisation that gives and the state that gets."""
    if kind in ("loan", "grant", "debt", "investment", "humanitarian aid"):
        organisation = next((p for p in view.parties if p.kind == "organisation" and p.id and (p.reason == "organisation")), None)
        state = next((s for s in view.explicit), None)
        if organisation is not None and state is not None and len(view.explicit) == 1:
            return (organisation.name, state)
    focus = view.focus
    return focus if 2 <= len(focus) <= (2 if kind not in ("contracts", "documents signed") else 6) else ()
