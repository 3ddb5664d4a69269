"""Persons and organisations that no list holds, and the full text of offices.

A person is a run of two to four capitalised words none of which is a title, place, demonym, organisation word or common opener (the lexicon's
stop list). An office is its head noun with its field: 'minister of energy and water resources', 'deputy energy minister'.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from relgraph.knowledge.lexicon import Lexicon, either, possessives
from relgraph.recognise.fold import fold
from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import Token


class Grammar:
    """The word lists of a lexicon, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.stop = lexicon.words("stop")
        self.particles = lexicon.words("particles")
        self.heads = lexicon.words("organisation_heads")
        self.company_nouns = lexicon.words("company_nouns")
        self.place_joins = frozenset(f" {w} " for w in lexicon.lists.get("place_joins", ()))
        self.place_kinds = frozenset({" ", *(f" {w} " for w in lexicon.lists.get("place_kinds", ()))})
        self.name_ends = lexicon.words("name_ends")
        self.verb_leads = tuple(f" {w} " for w in sorted(lexicon.words("verb_leads")))
        self.former = lexicon.words("former")
        self.offices = {e.id: e for e in lexicon.section("offices")}
        self.joins = str(lexicon.lists.get("name_joins", {}).get("office", ""))
        """What joins an office and its field in a name."""
        self.possessive = possessives(lexicon)
        self.possessive_gaps = tuple(f"{e} " for e in self.possessive)
        self.plurals = {fold(f) for f in lexicon.lists.get("office_plurals", ())}
        self.genitive, self.articles, self.openers = lexicon.words("genitive"), lexicon.words("articles"), lexicon.words("organ_openers")
        self.organs = lexicon.words("organs")
        self.of = lexicon.words("title_of")
        self.organ_words = lexicon.words("organ_words") | self.organs
        self.organ_links = lexicon.words("organ_links")
        self.named_organs = lexicon.words("named_organs")
        self.objects: dict[str, str] = dict(sorted(lexicon.lists.get("office_objects", {}).items(), key=lambda o: -len(o[0])))
        fields, ands, of, the = (either(lexicon.lists.get(name, ())) for name in ("fields", "field_and", "field_of", "articles"))
        more = rf"(?:(?:,\s{ands}\s|\s{ands}\s|,\s)(?:{the}\s)?{fields}\b)"
        self.field_after = re.compile(rf"\s{of}\s(?:{the}\s)?(?P<f>{fields}{more}{{0,4}})\b")
        self.charge_after = re.compile(rf"\s(?:{the}\s)?(?P<f>{fields}{more}{{0,4}})\b")
        self.field_before = re.compile(rf"\b(?P<f>{fields}{more}{{0,3}})\s$")
        self.field_more = re.compile(rf"{more}{{1,3}}\b")
        self.chief_words = lexicon.words("chief_words")
        self.field_words = frozenset({w for f in lexicon.lists.get("fields", ()) for w in f.split()} | lexicon.words("field_words"))
        self.field_and, self.field_of = frozenset(lexicon.lists.get("field_and", ())), frozenset(lexicon.lists.get("field_of", ()))
        self.rank = re.compile(rf"\b(?P<rank>{either(lexicon.lists.get('office_ranks', ()))})\s$")

    def offices_in(self, text: str, folded: str, mentions: Sequence[Mention], words: Sequence[Token], states: Mapping[int, int], places: Mapping[int, int]) -> Iterator[Mention]:
        """Yield each office mention with its field, organ or place taken in; `value` is the office as a fact gives it.

        Args:
            text: The article's text.
            folded: The same, folded.
            mentions: The offices that the automaton found.
            words: All words of the text.
            states: Where names and adjectives of states begin and end: they are no part of an office.
            places: Where names of places begin and end.
        """
        starts = [w.start for w in words]
        for m in mentions:
            entry = self.offices[m.key]
            office, start, end = str(entry.fields["office"]), m.start, m.end
            if entry.fields.get("tail") and folded[max(0, start - 8) : start].endswith(self.verb_leads):
                continue  # 'the summit that X will chair'
            form = "plural" if not entry.fields.get("verb") and _head_words(folded[start:end], self.of) & self.plurals else ""
            seat = self._place(folded, words, bisect_left(starts, start), bisect_left(starts, end), places) if entry.fields.get("place") and not form else None
            if seat is not None:
                office, start, end = f"{office} {self.joins} {seat[0]}", min(start, seat[1]), max(end, seat[2])
            elif self._cut_out(text, words, end) and (whole := self._object(text, folded, words, bisect_left(starts, start) + 1, states, verb=False, office=folded[start:end].split()[0])):
                office, end = whole  # 'head of the State' is cut out of 'head of the State Committee for Security'
            elif entry.fields.get("charge"):
                charge = self.charge_after.match(folded, end)
                if charge is None:
                    continue
                office, end = f"{office} {self.joins} {charge['f']}", charge.end("f")
            elif entry.fields.get("verb") or entry.fields.get("tail"):
                found = self._object(text, folded, words, bisect_left(starts, end), states, verb=bool(entry.fields.get("verb") and not entry.fields.get("plain")), office=office)
                if found is not None:
                    office, end = found
                elif entry.fields.get("verb") and not self._name_follows(words, bisect_left(starts, end)):
                    continue
                elif not entry.fields.get("verb") and entry.fields.get("chief"):
                    office, start, end = self._spelled_field(text, words, bisect_left(starts, start), len(words), str(entry.fields["chief"]), states, self.chief_words) or (office, start, end)
            elif entry.fields.get("field"):
                after, more = self.field_after.match(folded, end), self.field_more.match(folded, end)
                before = self.field_before.search(folded, max(0, start - 70), start)
                if after:
                    office, end = f"{office} {self.joins} {after['f']}", after.end("f")
                elif more and entry.fields["field"] == "more":  # 'minister of defence' may go on: 'minister of defence and aerospace industry'
                    office, end = folded[start : more.end()], more.end()
                elif before and entry.fields["field"] != "more":
                    office, start = f"{before['f']} {office}", before.start()
                elif entry.fields["field"] != "more":
                    office, start, end = self._spelled_field(text, words, bisect_left(starts, start), bisect_left(starts, end), office, states, self.field_words) or (office, start, end)
            rank = self.rank.search(folded, max(0, start - 24), start)
            if rank:
                office, start = f"{rank['rank']} {office}", rank.start()
            if any(folded[max(0, start - 12) : start].rstrip(" -").endswith(w) for w in self.former if len(w) > 1):
                form = "former"
            yield Mention(start, end, text[start:end], "office", m.key, form=form, value=" ".join(office.split()))

    def _place(self, folded: str, words: Sequence[Token], first: int, after: int, places: Mapping[int, int]) -> tuple[str, int, int] | None:
        """Return (place, start, end) of 'governor of Batken', 'the akim of the Turkistan region', 'Sughd governor'; `first` and `after` as in `_spelled_field`."""
        n = after
        while n < len(words) and n - after < 3 and words[n].start not in places:
            n += 1
        if n < len(words) and n > after and words[n].start in places and folded[words[after - 1].end : words[n].start] in self.place_joins:
            end = places[words[n].start]
            return folded[words[n].start : end], words[n].start, end
        for n in range(max(0, first - 3), first):
            end = places.get(words[n].start, -1)
            if end >= 0 and folded[end : words[first].start] in self.place_kinds:
                return folded[words[n].start : end], words[n].start, words[first].start
        return None

    def _spelled_field(self, text: str, words: Sequence[Token], first: int, after: int, office: str, states: Mapping[int, int], vocabulary: frozenset[str]) -> tuple[str, int, int] | None:
        """Return (office, start, end) with a field that no list holds whole but whose words are all of such fields: 'minister of public security'.

        `first` is the office's first word, `after` the word behind it, or the number of words where nothing behind it counts.
        """
        last_word = words[first].start + len(words[first].text) if after >= len(words) else words[after - 1].end
        def joins(i: int) -> bool:
            return text[words[i - 1].end : words[i].start] == " "

        if after < len(words) and words[after].low in self.field_of and joins(after):
            n = last = after
            while n + 1 < len(words) and n - after < 8 and joins(n + 1) and words[n + 1].start not in states and (words[n + 1].low in vocabulary or (words[n + 1].low in self.field_and and last == n > after)):
                n += 1
                last = n if words[n].low not in self.field_and else last
            if last > after:
                return f"{office} {self.joins} {' '.join(w.low for w in words[after + 1 : last + 1])}", words[first].start, words[last].end
        n = first
        while n and first - n < 6 and joins(n) and words[n - 1].start not in states and (words[n - 1].low in vocabulary or (words[n - 1].low in self.field_and and n < first)):
            n -= 1
        while n < first and words[n].low in self.field_and:
            n += 1
        if n < first:
            return f"{' '.join(w.low for w in words[n:first])} {office}", words[n].start, last_word
        return None

    def _object(self, text: str, folded: str, words: Sequence[Token], i: int, states: Mapping[int, int], *, verb: bool, office: str) -> tuple[str, int] | None:
        """Return (office, end) for what a head is of, or what somebody heads: an organ, or one that gives an office of its own name."""
        n = i
        if not verb:
            if i >= len(words) or words[i].low not in self.genitive or text[words[i - 1].end : words[i].start] != " ":
                return None
            n += 1
        while n < len(words) and (words[n].low in self.openers or words[n].low in self.articles or words[n].start in states):
            n += 1
        if n < len(words):
            for name, own in self.objects.items():
                end = words[n].start + len(name)
                if folded.startswith(name, words[n].start) and not folded[end : end + 1].isalnum() and not self._goes_on(text, words, end):
                    ranked = office.rpartition(" ")[0]  # 'deputy head of the government'
                    return f"{ranked} {own}".strip(), end
        organ = self._organ(text, words, i if verb else i + 1, states)
        return (f"{office} {self.joins} {organ[0]}", organ[1]) if organ is not None else None

    def _cut_out(self, text: str, words: Sequence[Token], end: int) -> bool:
        """Whether the noun of an organ follows directly: 'Committee' after 'head of the State'."""
        following = _right_behind(text, words, end)
        return following is not None and following.capital and following.low in self.organs

    def _goes_on(self, text: str, words: Sequence[Token], end: int) -> bool:
        """Whether the name of an organ goes on after a word that would be one itself: 'state' in 'state committee'."""
        following = _right_behind(text, words, end)
        return following is not None and (following.low in self.organ_words or following.low in self.company_nouns)

    @staticmethod
    def _name_follows(words: Sequence[Token], i: int) -> bool:
        return any(w.capital for w in words[i : i + 4])

    def _organ(self, text: str, words: Sequence[Token], i: int, states: Mapping[int, int]) -> tuple[str, int] | None:
        """Return (name, end) of the state's organ that an office is of: 'of Tajikistan's State Committee for National Security'.

        `i` is its first word, article or state included. None when what follows is an organisation of its own, a state or nothing.
        """
        kept: list[Token] = []
        last = -1
        n = i
        while n < len(words) and n - i < 14:
            word = words[n]
            gap = text[words[n - 1].end : word.start].strip(" ") if n > i else ""
            if gap and not (gap in (*self.possessive, "'", "’") and not kept):
                break
            if word.start in states:
                if any(w.low not in self.organ_links for w in kept):
                    break
            elif word.low in self.organ_links:
                if not kept and word.low not in self.openers:
                    break
                if last >= 0 and word.low in self.articles and kept[-1].low in self.genitive:
                    break  # 'of the Border Guard Administration of the State Committee': the superior body is not named with the office
                kept.append(word)
            elif last >= 0 and words[last] is words[n - 1] and words[last].low in self.organs:
                break
            elif last >= 0 and words[last] is words[n - 1] and word.low not in self.organ_words:
                break  # the name of who heads it follows: 'Chairman of the Cabinet of Ministers X'
            elif word.capital or word.low in self.organ_words:
                kept.append(word)
                if word.low in self.organs or last >= 0:
                    last = n
            else:
                break
            n += 1
        if last < 0:
            return None
        parts = [w for w in kept if w.start <= words[last].start]
        if any(w.low in self.named_organs for w in parts) and any(w.capital and w.low not in self.organ_words and w.low not in self.organ_links for w in parts):
            return None  # 'the Abu Dhabi Fund for Development' is an organisation of its own
        name = [w.low if w.low in self.organ_words or not w.text.isupper() else w.text for w in parts if w.low not in self.openers]
        return " ".join(name), words[last].end

    def names_in(self, text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]], *, headline: bool) -> Iterator[Mention]:
        """Yield unknown persons and organisations of one sentence. `taken`: spans of other names and offices, sorted."""
        run: list[Token] = []
        spans = iter(taken)
        span = next(spans, None)
        for word in words:
            while span is not None and span[1] <= word.start:
                span = next(spans, None)
            taken_up = span is not None and span[0] < word.end
            glued = bool(run) and text[run[-1].end : word.start].strip(" ") in ("", ".")
            if run and not glued:
                yield from self._close(text, run, headline)
                run = []
            if (not taken_up and word.capital and word.low not in self.stop and not (word.text.isupper() and len(word.text) > 2) and not word.text[0].isdigit()) or (run and word.low in self.particles and not taken_up):
                run.append(word)
            elif run and word.capital and word.low in self.heads and not taken_up:
                yield Mention(run[0].start, word.end, text[run[0].start : word.end], "organisation", form="unknown")
                run = []
            elif run:
                yield from self._close(text, run, headline)
                run = []
        yield from self._close(text, run, headline)

    def companies_in(self, text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]], offices: Sequence[Mention]) -> Iterator[Mention]:
        """Yield organisations known by what stands beside them: 'the company X', 'the X state corporation', 'X's chief executive', 'head of X'."""
        inside = covered(words, taken)
        heads = {o.start: o for o in offices if self.offices[o.key].fields.get("firm")}
        owned_by = {*heads, *(o.start for o in offices if self.offices[o.key].fields.get("owned"))}
        ends = {o.end for o in offices if o.start in owned_by}
        verbs = {o.end for o in heads.values() if self.offices[o.key].fields.get("verb")}

        def name(i: int, *, first: bool = True) -> bool:
            if not 0 <= i < len(words) or not words[i].capital or words[i].start in inside:
                return False
            return not first or (len(words[i].text) > 2 and words[i].low not in self.stop and words[i].low not in self.heads)

        for i, word in enumerate(words):
            if not word.capital or not name(i) or name(i - 1):
                continue
            last = i
            while name(last + 1, first=False) and text[words[last].end : words[last + 1].start] == " " and last - i < 3:
                last += 1
            before = words[i - 1] if i and text[words[i - 1].end : word.start] == " " else None
            gap = text[words[last].end : words[last + 1].start] if last + 1 < len(words) else ""
            firm = before is not None and before.low in self.company_nouns and not before.capital
            after = gap == " " and any(words[n].low in self.company_nouns and not words[n].capital for n in (last + 1, last + 2) if n < len(words)) and before is not None and before.low in self.articles
            owned = last == i and gap in self.possessive_gaps and words[last + 1].start in owned_by
            led = gap == " " and last - i < 2 and words[last + 1].start in heads  # 'Gazprom chief X'
            headed = last - i < 3 and before is not None and ((before.low in self.genitive and i > 1 and words[i - 2].end in ends) or before.end in verbs)
            states = last == i and word.text.isupper() and i > 0 and text[words[i - 1].end : word.start] in self.possessive_gaps and words[i - 1].start in inside
            if firm or after or owned or headed or led or states:
                yield Mention(word.start, words[last].end, text[word.start : words[last].end], "organisation", form="unknown")

    def _close(self, text: str, run: list[Token], headline: bool) -> Iterator[Mention]:
        while run and (run[-1].low in self.particles and not run[-1].capital and run[-1].low not in self.name_ends):
            run = run[:-1]
        full = [w for w in run if len(w.text) > 1]
        if 2 <= len(run) <= 5 and len(full) >= 2 - (len(run) > len(full)) and not headline:
            yield Mention(run[0].start, run[-1].end, text[run[0].start : run[-1].end], "person", form="unknown")


def _right_behind(text: str, words: Sequence[Token], end: int) -> Token | None:
    """The word after a position, if only a space lies between."""
    n = bisect_left(words, end, key=lambda w: w.start)
    return words[n] if n < len(words) and text[end : words[n].start] == " " else None


def _head_words(office: str, of: frozenset[str]) -> set[str]:
    """The words of a folded title that say who holds it: those before 'of' ('chairman of the cabinet of ministers' is one person)."""
    words = office.split()
    return set(words[: next((n for n, word in enumerate(words) if word in of), len(words))])


_LONGEST_SPAN = 1000
"""Characters that no name is longer than: what begins earlier need not be looked at."""


def covered(words: Sequence[Token], spans: Sequence[tuple[int, int]]) -> set[int]:
    """Where words begin that lie in one of the spans; both are sorted."""
    inside: set[int] = set()
    end = 0
    n = bisect_left(spans, words[0].start - _LONGEST_SPAN, key=lambda s: s[0]) if words else 0
    for word in words:
        while n < len(spans) and spans[n][0] <= word.start:
            end = max(end, spans[n][1])
            n += 1
        if word.start < end:
            inside.add(word.start)
    return inside


@functools.lru_cache(maxsize=8)
def grammar_of(lexicon: Lexicon) -> Grammar:
    """Compile the grammar of a lexicon once."""
    return Grammar(lexicon)
