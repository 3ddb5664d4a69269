"""Documents that no list holds, by the grammar of their names.

'Agreements on trade, on energy and on culture' are three documents; so are 'credit and grant agreements' two. What a document is about may stand
before its head ('border treaty'), after it ('treaty on the border', 'deal abolishing visas'), or in a relative clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relgraph.knowledge.lexicon import Entry
from relgraph.recognise.complements import says_nothing, without_state
from relgraph.recognise.detours import past_aside, past_bracket, past_date, past_verb
from relgraph.recognise.ellipses import Head, count_of, field_verb, with_ellipses
from relgraph.recognise.fronted import field_before, organs_before
from relgraph.recognise.mentions import Document, Mention
from relgraph.recognise.partners import read_sides
from relgraph.recognise.phrases import LONGEST, Phrases, close
from relgraph.recognise.tokens import Token

_YEAR = 4  # digits
_SHORT = 4  # words of the sides that a name repeats, where it says what the document is about
_WIDE = 26  # words of two sides that stand for the subject, at most


def find_documents(text: str, words: Sequence[Token], heads: Sequence[Mention], earlier: Sequence[Mention], states: frozenset[int],
                   phrases: Phrases) -> Iterator[Mention]:  # fmt: skip
    """Yield the documents of one sentence.

    Args:
        text: The article's text.
        words: The words of the sentence.
        heads: The automaton's head nouns in it.
        earlier: Those of the sentence before, which 'one on trade and another on energy' may go on about.
        states: Where names and adjectives of states begin: they tell no subject.
        phrases: The grammar.
    """
    if not heads and not earlier:
        return
    index = {w.start: n for n, w in enumerate(words)}
    placed: list[Head] = []
    for head in heads:
        first = index.get(head.start)
        if first is None or (phrases.entries[head.key].fields.get("lower") and words[first].capital and first) or (text[head.start - 1 : head.start] == "(" and text[head.end : head.end + 1] == ")"):
            continue
        last = first
        while last + 1 < len(words) and words[last + 1].start < head.end:
            last += 1
        left, article = phrases.left(text, words, first, phrases.known) if "named" not in phrases.entries[head.key].fields else (first, phrases.any_indefinite)
        if not article and placed and left == placed[-1].last + 2 and words[left - 1].low in phrases.small["joining"]:
            article = placed[-1].article  # '35 memoranda and agreements'
        placed.append(Head(head, first, last, left, article))
    placed = with_ellipses(text, words, placed, earlier, states, phrases)
    nested = frozenset(p.last for p in placed)
    done = -1
    for n, place in enumerate(placed):
        if words[place.first].start < done:
            continue
        stop = len(words)
        for following in placed[n + 1 :]:
            if following.left > place.last + 2 * LONGEST:
                break
            if following.left > place.last and not _nested(words, following.left, phrases):
                stop = following.left
                break
        for mention in _item(text, words, place, stop, earlier, phrases) if place.verb >= 0 else _document(text, words, place, stop, states, nested, phrases):
            done = max(done, mention.end)
            yield mention


def _nested(words: Sequence[Token], left: int, phrases: Phrases) -> bool:
    """Whether a document is only named inside the name of another: 'on the implementation of the treaty', 'amending the 2018 agreement'."""
    j = left - 1
    while j >= 0 and (words[j].low in phrases.determiners or words[j].text.isdigit() or words[j].low in phrases.empty):
        j -= 1
    if j > 1 and words[j].low in phrases.small["genitive"] and words[j - 1].low in phrases.small["steps"] and words[j - 2].low in phrases.small["genitive"]:
        return False  # 'a protocol on swapping the instruments of ratification of the treaty on transit' is about two
    joined = j > 0 and words[j - 1].low in phrases.small["joining"]  # 'the signing of an agreement on A and of memoranda on B'
    return j >= 0 and not joined and (words[j].low in phrases.small["nesting"] or words[j].low in phrases.gerunds)


def _document(text: str, words: Sequence[Token], place: Head, stop: int, states: frozenset[int], nested: frozenset[int], phrases: Phrases) -> Iterator[Mention]:
    head, first, last, left, article = place[:5]
    entry = phrases.entries[head.key]
    noun = words[last].low if words[first].low not in phrases.singular else words[first].low
    noun = noun if head.form != "ellipsis" else head.text.split()[-1]
    plural = noun in phrases.singular and "named" not in entry.fields
    if phrases.singular.get(noun, noun) in phrases.papers and last + 1 < len(words) and words[last + 1].low in phrases.small["genitive"]:
        return  # 'the text of an agreement'
    lead = [w.text for w in words[left:first]]
    told = any(w.start not in states and w.low not in phrases.empty and w.low not in phrases.formal and w.low not in phrases.small["joining"] for w in words[left:first])
    stem = str(entry.fields["named"]).split() if "named" in entry.fields else [w.text for w in words[first : last + 1]] if head.form != "ellipsis" else head.text.split()
    joined = last + 2 < len(words) and words[last + 1].low in phrases.small["joining"] and words[last].capital and words[last + 2].capital and last > first and last + 2 < stop
    if joined and words[last + 2].low not in phrases.links and (last + 3 >= stop or words[last + 3].low in phrases.links or words[last + 3].low in phrases.inner or words[last + 3].low in phrases.partners):
        stem += [w.text for w in words[last + 1 : last + 3]]  # 'Memorandum of Understanding and Partnership'
        last += 2
    bracket = past_bracket(text, words, last + 1)
    j = past_date(text, words, bracket, phrases)
    dated = j > bracket
    if j + 2 < stop and words[j].low in phrases.small["genitive"] and words[j + 1].low in phrases.small["possessive"] and words[j + 2].low in phrases.small["own"]:
        j += 3  # 'a protocol of their own, on water'
    sides = read_sides(text, words, j, stop, states, phrases)
    if sides is None:
        j = past_verb(text, words, j, stop, phrases)
        sides = read_sides(text, words, j, stop, states, phrases)  # 'was signed between X and Y on ...'
    j = sides.last + 1 if sides is not None else j
    told_by_verb = False
    apart = j < stop and not plural and article not in phrases.small["definite"] and words[j].low in phrases.small["aside"] and text[words[j - 1].end : words[j].start] == ", "  # 'another paper, on transit,'
    parts = _complement(text, words, j, stop, place, phrases) if j < stop and (close(text, words, j) or sides is not None or apart) else []
    if not parts and not told and article not in phrases.small["definite"] and not plural and j < stop and (verb := field_verb(words, j, phrases)) >= 0 and (end := phrases.right(text, words, verb, stop)):
        parts, told_by_verb = [(verb + 1, end)], True  # 'a further agreement deals with transit'
    fronted = field_before(text, words, left, nested, states, phrases) if not parts and not told and not plural and left and article not in phrases.small["definite"] else None
    if not parts and j + 1 < stop and close(text, words, j) and (verb := field_verb(words, j, phrases)) >= 0 and words[j].low.endswith(phrases.gerund):
        found = _parts(text, words, verb, stop, phrases, plural)  # 'an agreement dealing with transit'
        parts, told_by_verb = [(a + (a == verb), b) for a, b in found if b > verb], True
    if plural and not parts:
        parts = _after_colon(text, words, last, stop, phrases)
    bundled = plural and left > 1 and words[left - 1].low in phrases.small["genitive"] and words[left - 2].low in phrases.small["bundled"]
    if len(parts) > 1 and bundled:
        parts = [(parts[0][0], parts[-1][1])]  # 'a bundle of accords on oil and on transport': how many on each isn't said
    if len(parts) > 1 and any(w.low in phrases.small["more"] for w in words[parts[-1][0] : parts[-1][0] + 2]):
        parts = []  # 'accords on energy, metals and other fields'
    if len(parts) > 1 and _count(article, phrases) > len(parts) + 1:
        parts = []  # 'thirty agreements, on trade, on ports and on energy': how many on each isn't said
    if len(parts) > 1 and phrases.singular.get(noun, noun) in phrases.papers and words[parts[1][0]].low not in phrases.links:
        parts = []  # 'documents on trade, visas and culture': how many on each isn't said
    if entry.fields.get("verb") and left == first and not article and not (plural and (parts or bundled)):
        return
    parts = [without_state(words, a, b, stop, states, phrases) for a, b in parts if not says_nothing([w.low for w in words[a : b + 1]], phrases, told_by_verb=told_by_verb)]
    if len(parts) == 1 and _plain(words, *parts[0], phrases) and (k := parts[0][1] + 1) + 1 < stop and words[k].low in phrases.small["goal"] and close(text, words, k) and words[k + 1].low not in phrases.determiners and not words[k + 1].capital and (end := phrases.right(text, words, k + 1, stop)) > k + 1:
        parts = [(parts[0][0], end)]  # 'on cooperation to ease the delivery of aid'
    more: tuple[int, int] | None = None
    if parts:
        again = read_sides(text, words, parts[-1][1] + 1, stop, states, phrases)
        if again is not None and len(parts) == 1:
            more = _further(text, words, parts[0], again.last + 1, stop, place, nested, phrases)
        sides = again if again is not None and (sides is None or not again.together) else sides
    saying = more is not None or any(not _plain(words, a, b, phrases) for a, b in parts)
    together = sides.together if sides is not None else ""
    if saying and len(together.split()) > _SHORT:
        together = ""
    if sides is not None and not (saying or told or together) and sides.last - sides.first < _WIDE and not any(w.low in phrases.holders for w in words[sides.first : sides.last + 1]) and any(w.capital and w.start not in states and w.low not in phrases.plain_sides for w in words[sides.first : sides.last + 1]):
        together = _without_states(words[sides.first : sides.last + 1], states, phrases)  # 'a memorandum with Cardiff University'
    if head.form == "ellipsis" and sides is not None and words[sides.first].low in phrases.small["with"]:
        together = ""  # 'two road maps, one with A and the other with B'
    relative = _lowered(text[words[fronted[0]].start : words[fronted[1]].end]) if fronted is not None and not parts else "" if parts or told or together else _relative(text, words, j, stop, phrases)
    relative = "" if all(w in phrases.bare or w in phrases.spots for w in relative.lower().split()) or says_nothing(relative.lower().split(), phrases, told_by_verb=True) else relative
    if not (plural or parts or told or together or relative or sides) and left and article in phrases.small["indefinite"] and (organs := organs_before(text, words, left, nested, states, phrases)):
        together = f"{phrases.of_organs} {_lowered(organs)}"
    year = words[left - 1].text if left and words[left - 1].text.isdigit() and len(words[left - 1].text) == _YEAR else ""  # 'the 1996 agreement'
    singular = [phrases.singular.get(w.lower(), w) if w == w.lower() or plural else w for w in stem]
    made: list[tuple[str, int, int]] = []
    if len(parts) > 1:
        made = [(" ".join([*lead, *singular, _said(text, words, a, b, phrases)]), words[left].start if n == 0 else words[a].start, words[b].end) for n, (a, b) in enumerate(parts)]
    elif parts and plural and (at := _joint(words, left, first, phrases)):
        a, b = parts[0]
        said = [text[words[a].start : words[b].end]]
        made = [(" ".join([*[w.text for w in words[left:at]], *singular, *said]), words[left].start, words[at - 1].end), (" ".join([*[w.text for w in words[at + 1 : first]], *singular, *said]), words[at + 1].start, words[b].end)]
    elif parts:
        a, b = parts[0]
        said = [text[words[m].start : words[n].end] for m, n in ((a, b), more) if n] if more is not None else [_said(text, words, a, b, phrases) if told_by_verb else text[words[a].start : words[b].end]]
        made = [(" ".join([*lead, *stem, *said, together]), words[left].start, words[more[1] if more is not None else b].end)]
    elif plural and (at := _joint(words, left, first, phrases)):
        made = [(" ".join([*[w.text for w in words[left:at]], *singular]), words[left].start, words[at - 1].end),
                (" ".join([*[w.text for w in words[at + 1 : first]], *singular]), words[at + 1].start, words[last].end)]  # fmt: skip
    else:
        made = [(" ".join([*lead, *stem, together]) + (f" {phrases.joins} {relative}" if relative else ""), words[left].start, words[last].end)]
    following = max(parts[-1][1] if parts else last, sides.last if sides is not None else last) + 1
    dated = dated or past_date(text, words, following, phrases) > following
    partner = (words[sides.first].start, words[sides.last].end) if sides is not None else None
    for name, start, end in made:
        value = Document(name=_tidy(name), head=phrases.singular.get(noun, noun), plural=plural and len(made) == 1, article=article,
                         subject=bool(parts or told or relative or together or entry.fields.get("complete")), accepted=_accepted(entry, name, words[first : last + 1], bool(parts or told)), partner=partner, dated=dated, year=year)  # fmt: skip
        yield Mention(start, end, text[start:end], "document", head.key, form="plural" if value.plural else "", value=value)


def _item(text: str, words: Sequence[Token], place: Head, stop: int, earlier: Sequence[Mention], phrases: Phrases) -> Iterator[Mention]:
    """Yield the papers of 'the first concerns transit', 'others deal with A and with B'; of 'they deal with ...' only where as many were counted."""
    entry, verb = phrases.entries[place.mention.key], place.verb
    if place.several:
        parts = _parts(text, words, verb, stop, phrases, plural=True)
        if len(parts) < 2 or (words[place.first].low in phrases.item_pronouns and len(parts) != count_of(text, earlier, phrases)):
            return
    else:
        end = phrases.right(text, words, verb, stop)
        end = next((k - 1 for k in range(verb + 2, end) if words[k].low in phrases.small["joining"] and words[k + 1].low in phrases.links), end)  # 'the health of animals and of trade in meat'
        parts = [(verb, end)] if end else []
    parts = [(a, b) for a, b in parts if words[min(a + 1, b)].low not in phrases.small["personal"] and not all(w.low in phrases.determiners or w.low in phrases.items for w in words[a + 1 : b + 1])]  # 'each other', 'his face'
    stem = str(entry.fields.get("named") or place.mention.text)
    for n, (a, b) in enumerate(parts):
        said = text[words[a + 1 if a == verb or words[a].low == words[verb].low or words[a].low in phrases.small["about"] else a].start : words[b].end]
        name = _tidy(f"{stem} {phrases.joins} {said}")
        start = words[place.left if n == 0 else a].start
        value = Document(name=name, head=stem.split()[-1], plural=False, article=place.article, subject=True, accepted=_accepted(entry, name, [words[place.first]], subject=True))
        yield Mention(start, words[b].end, text[start : words[b].end], "document", place.mention.key, form="ellipsis", value=value)


def _count(article: str, phrases: Phrases) -> float:
    """The number that stands before a head, 0 for none."""
    return float(article) if article.isdecimal() else sum(phrases.numbers.get(n, 0) for n in article.split("-")) if article not in phrases.articles else 0


def _lowered(field: str) -> str:
    """A field as it stands inside a name, but for an abbreviation: 'Pensions' is 'pensions'."""
    return field[:1].lower() + field[1:] if not field[1:2].isupper() else field


def _without_states(sides: Sequence[Token], states: frozenset[int], phrases: Phrases) -> str:
    """The words of the sides but for their states, which are the parties anyway: 'between the Academy of Sciences and the Institute of Law'."""
    kept: list[Token] = []
    for word in sides:
        if word.start in states:
            while kept and (kept[-1].low in phrases.small["genitive"] or kept[-1].low in phrases.determiners):
                kept.pop()
        else:
            kept.append(word)
    while kept and kept[-1].low in phrases.small["joining"]:
        kept.pop()  # 'between the EU and Kazakhstan'
    several = any(w.low in phrases.small["joining"] for w in kept) or (bool(kept) and kept[0].low in phrases.small["with"])
    return " ".join(w.text for w in kept) if several else ""


def _plain(words: Sequence[Token], a: int, b: int, phrases: Phrases) -> bool:
    """Whether the complement of words `a` to `b` says nothing of the field: 'on cooperation', 'on mutual understanding'."""
    return all(w.low in phrases.bare or w.low in phrases.links or w.low in phrases.gerunds or w.low in phrases.determiners or w.low in phrases.empty for w in words[a : b + 1])


def _further(text: str, words: Sequence[Token], part: tuple[int, int], j: int, stop: int, place: Head, nested: frozenset[int], phrases: Phrases) -> tuple[int, int] | None:
    """The complement after the sides: 'on cooperation between X and Y in the field of energy', 'for carrying out the treaty between X and Y on trade'."""
    if j >= stop or not close(text, words, j) or not (part[1] in nested or _plain(words, *part, phrases)):
        return None
    found = _complement(text, words, j, stop, place, phrases)
    return found[0] if len(found) == 1 else None


def _said(text: str, words: Sequence[Token], a: int, b: int, phrases: Phrases) -> str:
    """The complement of words `a` to `b`; an item of a list that has no link of its own gets 'on'."""
    said = text[words[a].start : words[b].end]
    return said if words[a].low in phrases.links or words[a].low in phrases.partners or words[a].low in phrases.inner else f"{phrases.joins} {said}"


def _after_colon(text: str, words: Sequence[Token], last: int, stop: int, phrases: Phrases) -> list[tuple[int, int]]:
    """Return the complements in 'three protocols were signed: on water, on fuel and on power', 'two of the memoranda, on trade and on visas, were'."""
    if last + 2 < stop and text[words[last].end : words[last + 1].start] == ", " and words[last + 1].low in phrases.small["about"]:
        found = _parts(text, words, last + 1, stop, phrases, plural=True)
        return found if len(found) > 1 and not _day(words, last + 2, phrases) else []
    for k in range(last + 1, min(stop, last + 3 * LONGEST)):
        gap = text[words[k - 1].end : words[k].start]
        if ":" in gap or "--" in gap or "–" in gap:
            return _parts(text, words, k, stop, phrases, plural=True) if words[k].low in phrases.links and words[k].low not in phrases.small["goal"] else []
    return []


def _complement(text: str, words: Sequence[Token], j: int, stop: int, place: Head, phrases: Phrases) -> list[tuple[int, int]]:
    """Return the complements that begin at word `j`: 'on ...', 'for ...'; 'to build ...' of an agreement not named before; 'abolishing ...'."""
    low = words[j].low
    if j + 1 < stop and low in phrases.links and (words[j + 1].low in phrases.small["which"] or _day(words, j + 1, phrases)):
        return []  # 'a treaty to which', 'a memorandum on 22 July'
    if low in phrases.small["goal"] and words[place.last].low in phrases.takes_to and j + 1 < stop:
        end = phrases.right(text, words, j, stop)  # 'a protocol to the treaty on ...'
        return [(j, end)] if end else []
    if low in phrases.small["goal"]:
        if (place.article not in phrases.small["indefinite"] and words[place.last].low not in phrases.aims) or j + 1 >= stop or words[j + 1].capital:
            return []
        if words[j + 1].low in phrases.determiners or not close(text, words, j + 1):
            return []
        end = phrases.right(text, words, j + 1, stop)
        return [(j, end)] if end > j + 1 else []
    if low in phrases.gerunds:
        particle = j + 1 < stop and words[j + 1].low in phrases.small["particles"]  # 'setting up'
        end = phrases.right(text, words, j + particle, stop)
        return [(j, end)] if end else []
    inside = low in phrases.small["inside"] and j + 1 < stop and words[j + 1].low in phrases.topic_words and not words[j + 1].capital
    inside = inside or (low in phrases.small["inside"] and j + 2 < stop and (words[j + 2].low in phrases.fields or phrases.goes_inside(words, j)))
    if low in phrases.links or inside:
        return _parts(text, words, j, stop, phrases, words[place.last].low in phrases.singular or words[place.first].low in phrases.singular)
    return []


def _day(words: Sequence[Token], j: int, phrases: Phrases) -> bool:
    """Whether a day of the calendar begins at word `j`: '22 July', 'July 22'."""
    return words[j].low in phrases.calendar or (words[j].text[:1].isdigit() and j + 1 < len(words) and words[j + 1].low in phrases.calendar)


def _tidy(name: str) -> str:
    """Return a name on one line, without quotation marks."""
    return " ".join("".join(c for c in name if c not in '"“”').split())


def _accepted(entry: Entry, name: str, stem: Sequence[Token], subject: bool) -> bool:
    """Whether the words of a name meet what its entry asks for."""
    needed = entry.fields.get("with")
    if needed is not None:
        low = name.lower().split()
        named = stem[-1].capital and any(w[:1].isupper() for w in name.split() if w.lower() not in {t.low for t in stem})
        return any(w.strip(",") in needed for w in low) or named or any(w[:4].isdigit() and len(w) == 9 for w in low)
    return subject or entry.fields.get("needs") != "subject"


def _parts(text: str, words: Sequence[Token], j: int, stop: int, phrases: Phrases, plural: bool) -> list[tuple[int, int]]:
    """Return the complements from the link at word `j`: one, or one for each 'on' or each single field of a plural head."""
    parts: list[tuple[int, int]] = []
    link = words[j].low
    while j < stop:
        end = phrases.right(text, words, j, stop)
        if not end:
            break
        if plural:
            again = next((k for k in range(j + 1, end) if (words[k].low == link or words[k].low in phrases.small["about"]) and (words[k - 1].low in phrases.small["joining"] or "," in text[words[k - 1].end : words[k].start])), None)
            if again is not None:
                cut = again - 1 if words[again - 1].low not in phrases.small["joining"] else again - 2
                parts.append((j, cut))
                j = again
                continue
        parts.append((j, end))
        k = end + 1
        if plural:
            k = past_aside(text, words, k, stop, link, phrases)
        if k < stop and words[k].low in phrases.small["joining"]:
            k += 1
        if not plural or k >= stop or words[k].low not in {link, *phrases.small["between"], *phrases.small["about"]} or text[words[k - 1].end : words[k].start].strip() not in ("", ",") or (k == end + 1 and "," not in text[words[end].end : words[k].start]):
            break
        j = k
    return (_items(text, words, parts[0], phrases) or parts) if plural and len(parts) == 1 else parts


def _items(text: str, words: Sequence[Token], part: tuple[int, int], phrases: Phrases) -> list[tuple[int, int]]:
    """Return the fields of 'on farming, customs and education', each a document; none when they share a noun ('trade and cultural ties')."""
    a, b = part
    starts: list[int] = [a]
    ends: list[int] = []
    for k in range(a + 2, b + 1):
        joined = words[k].low in phrases.small["joining"]
        if "," in text[words[k - 1].end : words[k].start] or joined:
            if not (joined and ends and ends[-1] == k - 1):
                ends.append(k - 1)
            start = k + 1 if joined else k
            if starts[-1] == k:
                starts[-1] = start
            else:
                starts.append(start)
    ends.append(b)
    if len(starts) < 3 or len(starts) != len(ends) or ends[0] == a:
        return []
    for s, e in zip(starts, ends, strict=True):
        if e < s or e - s > 3 or words[e].low.endswith(phrases.adjective) or words[e].low in phrases.determiners:
            return []
    return list(zip(starts, ends, strict=True))


def _relative(text: str, words: Sequence[Token], j: int, stop: int, phrases: Phrases) -> str:
    """Return what a relative clause says that a bare 'agreement' is about: its object, found by its article."""
    if j >= len(words):
        return ""
    if words[j].low in phrases.relatives and j + 1 < len(words) and (verb := field_verb(words, j + 1, phrases)) > j + 1:
        end = phrases.right(text, words, verb, min(stop, verb + 9))
        return text[words[verb + 1].start : words[end].end] if end else ""  # 'a memorandum that speaks of investment'
    under = words[j].low in phrases.small["under"] and j + 1 < len(words) and words[j + 1].low in phrases.small["which"]
    if words[j].low in phrases.small["whereby"] and j + 2 < len(words) and words[j + 1].low not in phrases.determiners:
        end = phrases.right(text, words, j, min(stop, j + 9))
        return text[words[j + 1].start : words[end].end] if end else ""
    if not under and (words[j].low not in phrases.relatives or j + 1 >= len(words) or words[j + 1].low in phrases.determiners or words[j + 1].capital):
        return ""
    k = j + 1
    while not under and k < min(len(words), j + 4) and words[k].low in phrases.small["auxiliary"]:
        k += 1
    if not under and k + 1 < len(words) and not words[k + 1].capital and words[k + 1].low not in phrases.determiners and close(text, words, k + 1):
        end = phrases.right(text, words, k, min(stop, k + 9))  # 'that will relieve passport holders of visas'
        return text[words[k + 1].start : words[end].end] if end > k else ""
    seen = 0
    for k in range(j + 1, min(len(words), j + 12)):
        if words[k].low in phrases.determiners and words[k].low not in phrases.relatives:
            seen += 1
            if seen > under:
                end = phrases.right(text, words, k, min(stop, k + 9))
                return text[words[k + 1].start : words[end].end] if end > k else ""
    if not under and j + 2 < len(words) and words[j + 2].capital:
        end = phrases.right(text, words, j + 1, min(stop, j + 10))  # "that lets Russia's base remain"
        return text[words[j + 2].start : words[end].end] if end > j + 1 else ""
    return ""


def _joint(words: Sequence[Token], left: int, first: int, phrases: Phrases) -> int:
    """The 'and' of 'credit and grant agreements', 0 for none."""
    at = next((n for n in range(left, first) if words[n].low in phrases.small["joining"]), 0)
    return at if at and not _compound(words, left, first, phrases) else 0


def _compound(words: Sequence[Token], left: int, first: int, phrases: Phrases) -> bool:
    low = tuple(w.low for w in words[left:first])
    return any(low[n : n + len(c)] == c for c in phrases.compounds for n in range(len(low)))
