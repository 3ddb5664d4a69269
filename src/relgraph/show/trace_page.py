"""A trace for the terminal, and as one HTML page with marked spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from relgraph.trace import REASONS, TRIGGERS, Trace, TracedSentence

_NAMES = frozenset({"state", "person", "organisation", "place", "body", "treaty", "office", "date", "money", "quantity"})


def trace_text(trace: Trace, *, everything: bool = False) -> str:
    """Return a trace as text: a block a sentence, the sentence first.

    Args:
        trace: Of one article.
        everything: Show words of every kind, not only names, values and triggers.
    """
    lines = [f"{trace.title}  ({trace.id})", ""]
    for sentence in trace.sentences:
        lines.append(f"{sentence.index:3}  {' '.join(sentence.text.split())}")
        lines += [f"       {line}" for line in _block(sentence, everything)]
        lines.append("")
    if trace.unresolved:
        lines.append(f"not settled: {', '.join(trace.unresolved)}")
    return "\n".join(lines) + "\n"


def _block(sentence: TracedSentence, everything: bool) -> Iterator[str]:
    shown = [m for m in sentence.mentions if everything or m.kind in _NAMES or m.kind in TRIGGERS]
    if shown:
        yield "found     " + ", ".join(f"{m.kind} '{m.text}'" + (f" = {m.meaning}" if m.meaning and m.meaning != m.text else "") for m in shown)
    if sentence.parties:
        yield "means     " + "; ".join(f"'{p.text}' {p.meaning} [{p.reason}]" for p in sentence.parties)
    if sentence.focus:
        yield f"about     {', '.join(sentence.focus)} [{sentence.focus_reason}]"
    for fact in sentence.facts:
        yield f"{'unasserted' if fact.modality else 'fact':9} {fact.type}: {fact.said}" + (f" ({fact.modality})" if fact.modality else "") + f"  [{fact.rule}, {fact.confidence:.2f}]"
    for failed in sentence.failed:
        yield f"no fact   '{failed.text}': {REASONS[failed.reason]}" + (f" ({failed.slot})" if failed.slot else "") + f"  [{failed.rule}, {failed.reason}]"


def trace_html(traces: Sequence[Trace]) -> str:
    """Return traces as one self-contained HTML page without scripts; all that was read stays text."""
    return _environment().get_template("trace.html.j2").render(traces=[(t, [(s, pieces(s)) for s in t.sentences]) for t in traces], reasons=REASONS)


def pieces(sentence: TracedSentence) -> list[tuple[str, str, str]]:
    """Return the sentence in pieces of (text, class, tooltip): what a fact rests on, what failed, names; plain text has no class.

    Pieces joined give the sentence. Where spans overlap, the one of a fact wins, then a failed trigger, then a name.
    """
    size = len(sentence.text)
    marks: list[tuple[str, str]] = [("", "")] * size
    layers = [
        *((p.start, p.end, "name", f"{p.meaning} [{p.reason}]") for p in sentence.parties),
        *((m.start, m.end, "value", f"{m.kind} {m.meaning}") for m in sentence.mentions if m.kind in ("date", "money", "quantity")),
        *((f.start, f.end, "failed", f"{REASONS[f.reason]} [{f.rule}]") for f in sentence.failed),
        *((start, end, "fact", f"{role} of {f.type} [{f.rule}]") for f in sentence.facts for role, start, end in f.spans),
    ]
    for start, end, kind, tip in layers:
        for i in range(max(0, start - sentence.start), min(size, end - sentence.start)):
            marks[i] = (kind, tip)
    found: list[tuple[str, str, str]] = []
    i = 0
    while i < size:
        j = i
        while j < size and marks[j] == marks[i]:
            j += 1
        found.append((sentence.text[i:j], *marks[i]))
        i = j
    return found


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("relgraph.show"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
