"""Bodies and documents that no list holds, by their grammar.

A name grows from its head noun: to the left over capitals, topic words and known modifiers ('free trade agreement', 'Kazakh-Uzbek Business Council'),
to the right over 'on', 'of', 'for' and what follows, up to a verb, a comma or a preposition of time or place ('Agreement on the use of water').
'Agreements on trade, on energy and on culture' are three documents. Every word list stands in the lexicon (`documents.yaml`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from relgraph.knowledge.lexicon import Entry, Lexicon
from relgraph.recognise.mentions import Document, Mention
from relgraph.recognise.tokens import Token

_LONGEST = 18  # words of one name


class Phrases:
    """The word lists of a lexicon, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.topic_words = frozenset(f for e in lexicon.section("topics") for f in e.forms if " " not in f)
        self.small = {name: frozenset(words) for name, words in lexicon.lists["small_words"].items()}
        self.modifiers = lexicon.words("modifiers")
        self.compounds = tuple(tuple(c.split()) for c in lexicon.lists.get("compounds", ()))
        self.ends = lexicon.words("phrase_ends")
        self.links = lexicon.words("phrase_links")
        self.partners = lexicon.words("partners")
        self.interrupts = lexicon.words("interrupted_by")
        self.takes_in = lexicon.words("takes_in")
        self.relatives = lexicon.words("relatives")
        self.determiners = lexicon.words("determiners")
        self.singular: dict[str, str] = lexicon.lists.get("singular", {})
        self.entries = {e.id: e for e in lexicon.section("treaties")}
        self.calendar = frozenset(lexicon.lists.get("months", ())) | frozenset(lexicon.lists.get("weekdays", ())) | frozenset(lexicon.lists.get("days", ()))
        self.vague = lexicon.words("vague_subjects")
        self.worth = lexicon.words("worth")
        self.national = lexicon.words("national")
        self.national_first = lexicon.words("national_first")
        self.states_own = tuple(sorted(lexicon.words("states_own")))
        self.own_names = lexicon.words("own_names")
        bodies = lexicon.section("bodies")
        self.body_heads: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for entry in bodies:
            for form in entry.forms:
                words = tuple(form.split())
                self.body_heads.setdefault(words[-1], []).append((words, entry))
        self.body_adjectives = frozenset(a for e in bodies for a in e.fields.get("adjectives", ()))

    def left(self, text: str, words: Sequence[Token], i: int, allowed: frozenset[str]) -> int:
        """Return the first word of the name whose head is word `i`."""
        left = i
        while left > 0 and i - left < _LONGEST:
            word = words[left - 1]
            if text[word.end : words[left].start] not in (" ", "\n", "-"):
                break
            if word.low in self.small["joining"]:
                if left < 2 or not (words[left - 2].low in allowed and words[left].low in allowed):
                    break
            elif word.low in self.determiners or word.low in self.ends or not (word.capital or word.low in allowed) or (word.capital and word.low in self.links):
                break
            left -= 1
        while left < i and (words[left].low in self.links or words[left].low in self.small["joining"] or (words[left].capital and words[left].low in self.determiners)):
            left += 1
        return left

    def right(self, text: str, words: Sequence[Token], i: int, stop: int) -> int:
        """Return the last word of the complement that begins with the link at word `i`; `stop` is the first word of the next name."""
        right = capitals = 0
        title = words[i - 1].capital
        quoted = False
        j = i
        while j < min(len(words), i + _LONGEST, stop):
            word = words[j]
            gap = text[words[j - 1].end : word.start].strip(" \n") if j > i else ""
            if '"' in gap or "“" in gap or "”" in gap:
                if quoted:
                    break
                quoted = True
            elif gap not in ("", "-") and not (gap == "," and self._listed(words, j, min(len(words), stop))):
                break
            if j == i:
                pass
            elif word.low in self.small["inside"]:
                if words[j - 1].low not in self.takes_in or j + 1 >= len(words) or (words[j + 1].capital and words[j + 1].low not in self.topic_words) or words[j + 1].low in self.calendar:
                    break
            elif word.low in self.small["with"] and words[j - 1].low in self.takes_in and j + 1 < len(words) and not words[j + 1].capital:
                pass
            elif (word.low in self.ends and not (word.capital and title and capitals) and not quoted) or (word.low in self.small["goal"] and words[j - 1].low not in self.calendar) or (word.low in self.small["joining"] and self._clause(words, j + 1)):
                break
            elif word.low not in self.links and word.low not in self.determiners and word.low not in self.small["joining"]:
                if title and capitals > 1 and not word.capital and not word.low[0].isdigit():
                    break
                if words[j - 1].low in self.links and (word.low in self.calendar or (word.low[0].isdigit() and words[j - 1].low in self.small["before_dates"])):
                    break
                if j == i + 1 + (words[i + 1].low in self.determiners) and word.low in self.vague and not self._goes_on(text, words, j, stop):
                    break
                capitals += word.capital
                right = j
            j += 1
        return right

    def _goes_on(self, text: str, words: Sequence[Token], j: int, stop: int) -> bool:
        return j + 1 < stop and words[j + 1].low in self.small["genitive"] and text[words[j].end : words[j + 1].start] == " "

    def _listed(self, words: Sequence[Token], j: int, stop: int) -> bool:
        """Whether a comma stands inside a list of fields: fields on both sides and an 'and' ahead."""
        if not self._field(words[j]) and not (j + 1 < stop and words[j].low in self.small["joining"]):
            return False
        return words[j].low in self.small["joining"] or any(words[n].low in self.small["joining"] for n in range(j + 1, min(j + 9, stop)))

    def _field(self, word: Token) -> bool:
        return word.low in self.topic_words or word.low in self.modifiers or word.capital

    def _clause(self, words: Sequence[Token], j: int) -> bool:
        """Whether a new clause begins at word `j` after 'and'."""
        return j >= len(words) or words[j].low in self.ends or (words[j].low.endswith("ed") and words[j].low not in self.modifiers and not words[j].capital)


def find_documents(text: str, words: Sequence[Token], heads: Sequence[Mention], phrases: Phrases) -> Iterator[Mention]:
    """Yield the documents of one sentence; `heads` are the automaton's head nouns in it."""
    if not heads:
        return
    index = {w.start: n for n, w in enumerate(words)}
    placed = []
    for head in heads:
        first = index.get(head.start)
        if first is None or (text[head.start - 1 : head.start] == "(" and text[head.end : head.end + 1] == ")"):
            continue
        last = first
        while last + 1 < len(words) and words[last + 1].start < head.end:
            last += 1
        placed.append((head, first, last, phrases.left(text, words, first, phrases.modifiers | phrases.topic_words)))
    done = -1
    for n, (head, first, last, left) in enumerate(placed):
        if words[first].start < done:
            continue
        stop = len(words)
        for k in range(n + 1, len(placed)):
            following = placed[k][3]
            if following > last + 2 * _LONGEST:
                break
            if not _nested(words, following, phrases):
                stop = following
                break
        for mention in _document(text, words, (head, first, last, left), stop, phrases):
            done = max(done, mention.end)
            yield mention


def _nested(words: Sequence[Token], left: int, phrases: Phrases) -> bool:
    """Whether a document is only named inside the name of another: 'on the implementation of the treaty'."""
    j = left - 1
    while j >= 0 and words[j].low in phrases.determiners:
        j -= 1
    return j >= 0 and words[j].low in phrases.small["nesting"]


def _document(text: str, words: Sequence[Token], place: tuple[Mention, int, int, int], stop: int, phrases: Phrases) -> Iterator[Mention]:
    head, first, last, left = place
    noun = words[last].low if words[first].low not in phrases.singular else words[first].low
    plural = noun in phrases.singular
    article = words[left - 1].low if left and words[left - 1].low in phrases.determiners and text[words[left - 1].end : words[left].start] == " " else ""
    lead = [w.text for w in words[left:first]]
    stem = [w.text for w in words[first : last + 1]]
    j = _past_date(text, words, _past_bracket(text, words, last + 1), phrases)
    partner = None
    together = ""
    if j < stop and words[j].low in phrases.partners and _close(text, words, j):
        end = phrases.right(text, words, j, stop) if words[j].low not in phrases.small["with"] else _noun_phrase(text, words, j + 1, stop, phrases)
        partner = (words[j].start, words[max(end, j)].end)
        if words[j].low not in phrases.small["with"] and end > j and not any(w.capital for w in words[j : end + 1]):
            together = text[words[j].start : words[end].end]
        if end > j and end + 1 < stop and words[end + 1].low in phrases.links and _close(text, words, end + 1):
            j = end + 1
    elif j < stop and words[j].low in phrases.interrupts:
        k = j
        while k < stop and words[k].low in phrases.interrupts and k - j < 6 and _close(text, words, k):
            k += 1
        if k > j and k < stop and words[k].low in phrases.links and words[k].low not in phrases.small["goal"] and _close(text, words, k):
            if words[k].low not in phrases.small["not_split_off"] and k + 1 < len(words) and words[k + 1].low not in phrases.calendar and not words[k + 1].low[0].isdigit():
                j = k
    elif j < stop and words[j].low in phrases.worth:
        ahead = [n for n in range(j + 1, min(j + 9, stop)) if words[n].low in phrases.links and words[n].low not in phrases.small["not_split_off"]]
        j = ahead[0] if ahead and not set(text[words[j].start : words[ahead[0]].start]) & set(",;:") else j
    linked = j < stop and words[j].low in phrases.links and _close(text, words, j) and (words[j].low not in phrases.small["goal"] or article in phrases.small["indefinite"])
    parts = _parts(text, words, j, stop, phrases, plural) if linked else []
    if parts and not together and parts[-1][1] + 1 < stop and words[parts[-1][1] + 1].low in phrases.partners and _close(text, words, parts[-1][1] + 1):
        k = parts[-1][1] + 1
        end = phrases.right(text, words, k, stop)
        if end > k:
            partner = (words[k].start, words[end].end)
            if words[k].low not in phrases.small["with"] and not any(w.capital for w in words[k : end + 1]):
                together = text[words[k].start : words[end].end]
    entry = phrases.entries[head.key]
    relative = "" if parts or lead else _relative(text, words, j, stop, phrases)
    singular = [phrases.singular.get(w.lower(), w) if w == w.lower() or plural else w for w in stem]
    if entry.fields.get("verb") and left == first and not article:
        return
    made: list[tuple[str, int, int]] = []
    if len(parts) > 1:
        made = [(" ".join([*lead, *singular, text[words[a].start : words[b].end]]), words[left].start if n == 0 else words[a].start, words[b].end) for n, (a, b) in enumerate(parts)]
    elif parts:
        a, b = parts[0]
        made = [(" ".join([*lead, *stem, text[words[a].start : words[b].end], together]), words[left].start, words[b].end)]
    elif plural and any(w.low in phrases.small["joining"] for w in words[left:first]) and not _compound(words, left, first, phrases):
        at = next(n for n in range(left, first) if words[n].low in phrases.small["joining"])
        made = [(" ".join([*[w.text for w in words[left:at]], *singular]), words[left].start, words[at - 1].end),
                (" ".join([*[w.text for w in words[at + 1 : first]], *singular]), words[at + 1].start, words[last].end)]  # fmt: skip
    else:
        made = [(" ".join([*lead, *stem, together]) + (f" on {relative}" if relative else ""), words[left].start, words[last].end)]
    for name, start, end in made:
        value = Document(name=_tidy(name), head=phrases.singular.get(noun, noun), plural=plural and len(made) == 1, article=article,
                         subject=bool(parts or lead or relative or together or entry.fields.get("complete")), accepted=_accepted(entry, name, words[first : last + 1], bool(parts or lead)), partner=partner)  # fmt: skip
        yield Mention(start, end, text[start:end], "document", head.key, form="plural" if value.plural else "", value=value)


def _tidy(name: str) -> str:
    """Return a name on one line, without quotation marks."""
    return " ".join("".join(c for c in name if c not in '"“”').split())


def _past_date(text: str, words: Sequence[Token], j: int, phrases: Phrases) -> int:
    """Step over 'of May 16, 2008'."""
    if j + 1 >= len(words) or words[j].low not in phrases.small["dated"] or not (words[j + 1].low in phrases.calendar or words[j + 1].low[0].isdigit()):
        return j
    k = j + 1
    while k < len(words) and (words[k].low in phrases.calendar or words[k].low[0].isdigit()):
        k += 1
    return k


def _accepted(entry: Entry, name: str, stem: Sequence[Token], subject: bool) -> bool:
    """Whether the words of a name meet what its entry asks for."""
    needed = entry.fields.get("with")
    if needed is not None:
        low = name.lower().split()
        named = stem[-1].capital and any(w[:1].isupper() for w in name.split() if w.lower() not in {t.low for t in stem})
        return any(w.strip(",") in needed for w in low) or named or any(w[:4].isdigit() and len(w) == 9 for w in low)
    return subject or entry.fields.get("needs") != "subject"


def _parts(text: str, words: Sequence[Token], j: int, stop: int, phrases: Phrases, plural: bool) -> list[tuple[int, int]]:
    """Return the complements from the link at word `j`: one, or one for each 'on' of a plural head."""
    parts = []
    link = words[j].low
    while j < stop:
        end = phrases.right(text, words, j, stop)
        if not end:
            break
        if plural:
            again = next((k for k in range(j + 1, end) if words[k].low == link and (words[k - 1].low in phrases.small["joining"] or "," in text[words[k - 1].end : words[k].start])), None)
            if again is not None:
                cut = again - 1 if words[again - 1].low not in phrases.small["joining"] else again - 2
                parts.append((j, cut))
                j = again
                continue
        parts.append((j, end))
        k = end + 1
        if k < stop and words[k].low in phrases.small["joining"]:
            k += 1
        if not plural or k >= stop or words[k].low not in {link, *phrases.small["between"]} or text[words[k - 1].end : words[k].start].strip() not in ("", ",") or (k == end + 1 and "," not in text[words[end].end : words[k].start]):
            break
        j = k
    return parts


def _relative(text: str, words: Sequence[Token], j: int, stop: int, phrases: Phrases) -> str:
    """Return what a relative clause says that a bare 'agreement' is about: its object, found by its article."""
    if j >= len(words):
        return ""
    under = words[j].low in phrases.small["under"] and j + 1 < len(words) and words[j + 1].low in phrases.small["which"]
    if not under and words[j].low not in phrases.relatives:
        return ""
    seen = 0
    for k in range(j + 1, min(len(words), j + 12)):
        if words[k].low in phrases.determiners and words[k].low not in phrases.relatives:
            seen += 1
            if seen > under:
                end = phrases.right(text, words, k, min(stop, k + 9))
                return text[words[k + 1].start : words[end].end] if end > k else ""
    return ""


def _compound(words: Sequence[Token], left: int, first: int, phrases: Phrases) -> bool:
    low = tuple(w.low for w in words[left:first])
    return any(low[n : n + len(c)] == c for c in phrases.compounds for n in range(len(low)))


def _noun_phrase(text: str, words: Sequence[Token], j: int, stop: int, phrases: Phrases) -> int:
    """Return the last word of a partner's name: 'the European Bank for Reconstruction', 'Uzbekistan'."""
    end = j - 1
    while j < stop and j - end < 4 and (j == end + 1 or _close(text, words, j)):
        word = words[j]
        if word.capital:
            end = j
        elif j == end + 1 and end >= 0 and text[words[end].end : word.start].strip(" ") in ("'s", "’s"):
            ahead = next((n for n in range(j, min(j + 5, stop)) if words[n].capital), None)
            if ahead is None or not all(_close(text, words, n) for n in range(j + 1, ahead + 1)):
                break
            j = end = ahead
        elif word.low not in phrases.small["inside_names"] or (word.low in phrases.links and end >= 0 and words[end].capital and word.low in phrases.small["about"]):
            break
        j += 1
    return end


def _past_bracket(text: str, words: Sequence[Token], j: int) -> int:
    """Step over '(MoU)'."""
    if j < len(words) and text[words[j - 1].end : words[j].start].strip() == "(" and text[words[j].end : words[j].end + 1] == ")":
        return j + 1
    return j


def _close(text: str, words: Sequence[Token], j: int) -> bool:
    return text[words[j - 1].end : words[j].start].strip() in ("", ")")


def find_bodies(text: str, words: Sequence[Token], states: frozenset[int], phrases: Phrases) -> Iterator[Mention]:
    """Yield the bodies of one sentence; `states`: where names of states begin."""
    done = -1
    for i, word in enumerate(words):
        options = phrases.body_heads.get(word.low)
        if options is None or word.start <= done:
            continue
        for form, entry in options:
            first = i - len(form) + 1
            if first < 0 or tuple(w.low for w in words[first : i + 1]) != form:
                continue
            found = _body(text, words, (first, i), entry, states, phrases)
            if found is not None:
                done = found.end
                yield found
                break


def _body(text: str, words: Sequence[Token], head: tuple[int, int], entry: Entry, states: frozenset[int], phrases: Phrases) -> Mention | None:
    """Return the body whose head is words `head`, or None when nothing beside it makes it a name, or it is one state's own."""
    first, last = head
    left = phrases.left(text, words, first, phrases.modifiers | phrases.body_adjectives | phrases.topic_words)
    right = last
    if last + 1 < len(words) and words[last + 1].low in phrases.links and words[last + 1].low not in phrases.small["goal"] and _close(text, words, last + 1):
        following = words[last + 2] if last + 2 < len(words) else None
        named = following is not None and (following.capital or (following.low in phrases.determiners and last + 3 < len(words) and words[last + 3].capital))
        members = words[last + 1].low in phrases.small["genitive"] and any(w.start in states for w in words[last + 2 : last + 4])
        if not members and (words[last + 1].low not in phrases.small["genitive"] or named or not words[first].capital):
            right = phrases.right(text, words, last + 1, len(words)) or last
    lead = words[left:first]
    capital = words[first].capital and (left < first or right > last) and (words[left].capital or left < first)
    described = any(w.low in entry.fields.get("adjectives", ()) for w in lead)
    if entry.fields.get("capitals") and not (words[last].capital and len([w for w in lead if w.capital]) >= 1):
        return None
    if not capital and not described:
        return None
    if lead and (lead[-1].low in phrases.national or any(w.low in phrases.national_first for w in lead)):
        return None
    start, end = words[left].start, words[right].end
    low = " ".join(w.low for w in words[left : right + 1])
    if low in phrases.own_names or (not described and any(own in low for own in phrases.states_own)):
        return None
    return Mention(start, end, text[start:end], "body", entry.id, form="unknown", value=" ".join(text[start:end].split()))


@functools.lru_cache(maxsize=8)
def phrases_of(lexicon: Lexicon) -> Phrases:
    """Compile the grammar of a lexicon once."""
    return Phrases(lexicon)
