"""Names that stand together for one party: "Uzbekistan's Islam Karimov", 'the EU Special Envoy for Central Asia X'.

In: the parties of a sentence in text order. Out: the same with state, title and name of one person, or name and short form of one organisation, as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from relgraph.resolve import Party

if TYPE_CHECKING:
    from relgraph.relate.events.syntax import Sketch

NO_ACTORS = ("adjective", "demonym")
_LONG_TITLE = 16  # words of a title between a state and a name


def fused(sketch: Sketch, parties: Sequence[Party]) -> list[Party]:
    """Make "Uzbekistan's Islam Karimov" and 'Askar Akaev of Kyrgyzstan' one party each."""
    out: list[Party] = []
    for party in parties:
        if party.kind != "person" and sketch.text[party.start - 1 : party.start] == "(" and sketch.text[party.end : party.end + 1] == ")" and sketch.text[party.start : party.end].isupper():
            if out and sketch.text[out[-1].last : party.start] == " (":
                out[-1] = msgspec.structs.replace(out[-1], tail=party.end + 1)
            continue  # '... of the Organization of Turkic States (OTS)'
        if party.kind == "person":
            party = _titled(sketch, out, party)
        last = out[-1] if out else None
        if last is not None and last.kind == "state" and party.kind == "person" and sketch.text[last.end : party.first] in sketch.grammar.possessive_gaps:
            out[-1] = msgspec.structs.replace(party, lead=last.first, state=party.state or last.state)
        elif last is not None and last.kind == "organisation" and party.kind == "state" and " ".join(w.low for w in sketch.between(last.last, party.first)) in sketch.grammar.words("organ_of"):
            out[-1] = msgspec.structs.replace(last, tail=party.end)
        elif last is not None and last.kind == "person" and party.kind == "state" and ((party.form == "name" and " ".join(w.low for w in sketch.between(last.last, party.first)) in sketch.grammar.words("person_of")) or (party.form in ("metonym", "demonym") and " ".join(w.low for w in sketch.between(last.last, party.first)) in sketch.grammar.words("speaker_for") and last.state in (None, party.state))) and sketch.text[last.last] == " ":
            out[-1] = msgspec.structs.replace(last, tail=party.end, state=last.state or party.state)
        else:
            out.append(party)
    return out


def _titled(sketch: Sketch, out: list[Party], person: Party) -> Party:
    """Take the parties of the title that stands right before a name into it: 'the EU Special Envoy for Central Asia X', 'President Uzbekistan Y'."""
    if len(out) > 1 and out[-2].form == "office" and out[-1].kind == "state" and [w.low for w in sketch.between(out[-2].last, out[-1].first)] in sketch.grammar.posted and (sketch.text[out[-1].last : person.first] == " " or _titling(sketch, out[-1], msgspec.structs.replace(person, state=None), exact=True)):
        holder = out[-2]
        del out[-2:]
        return msgspec.structs.replace(person, lead=_title_start(sketch, holder.first), state=holder.state)
    best = 0
    for back in (1, 2, 3):
        if len(out) < back or out[-back].kind == "person" or out[-back].form in NO_ACTORS:
            break
        first = out[-back]
        if _titling(sketch, first, person, exact=back == 1):
            best = back
    if not best:
        return person
    holder = out[-best]
    del out[-best:]
    return msgspec.structs.replace(person, lead=_title_start(sketch, holder.first), state=person.state or (holder.state if holder.kind == "state" and holder.form == "office" else None))


def _title_start(sketch: Sketch, start: int) -> int:
    """Where a title begins whose state stands inside it: 'General Secretary of the Party of Vietnam X'."""
    n = sketch.at(start) - 1
    small = sketch.grammar.words("title_links")
    taken = [(p.first, p.last) for p in (*sketch.view.parties, *sketch.view.places)] + sketch.dates
    if n < 1 or sketch.words[n].low not in sketch.grammar.genitive | sketch.grammar.fillers:
        return start
    first = start
    while n >= 0 and sketch.text[sketch.words[n].end : sketch.words[n + 1].start] == " " and (sketch.words[n].capital or sketch.words[n].low in small) and not any(s <= sketch.words[n].start < e for s, e in taken):
        if sketch.words[n].capital and sketch.words[n].low not in sketch.grammar.prepositions:
            first = sketch.words[n].start
        n -= 1
    return first


def _titling(sketch: Sketch, first: Party, person: Party, *, exact: bool) -> bool:
    """Whether only the words of a title lie between a state or organisation and a person's name."""
    gap = sketch.text[first.last : person.first]
    if any(c in gap for c in ",;:()—–") or gap.startswith(("'", "’")) or not gap.startswith(" "):
        return False
    words = sketch.between(first.last, person.first)
    if not words and first.kind == "organisation":
        return _title_start(sketch, first.first) < first.first  # 'Secretary General of the Organisation (ABC) X'
    if not words:
        return first.kind == "state" and (first.form == "office" or first.name == person.state)
    if person.state and first.kind == "state" and first.name != person.state:
        return False
    if first.form != "office" and not (words[0].capital and len(words) > 1):
        return False
    small = sketch.grammar.words("title_links")
    return all(w.capital or w.low in small or w.low in sketch.grammar.fillers for w in words) and (exact or len(words) < _LONG_TITLE)
