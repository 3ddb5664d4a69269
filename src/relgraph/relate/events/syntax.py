"""How a sentence is built, as far as events need it: clauses, lists of parties, and what governs each of them.

In: a sentence with its parties. Out: a `Sketch`: its words, the clause of each, and its groups of parties in text order.
There is no parser behind it: prepositions, words that open clauses and commas tell enough, and the lexicon says which words these are.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

import msgspec

from relgraph.recognise.mentions import Mention
from relgraph.recognise.tokens import Token, words_of
from relgraph.relate.events.clauses import cut, opens
from relgraph.relate.events.grammar import Grammar
from relgraph.relate.events.lists import is_join, listed
from relgraph.relate.events.naming import NO_ACTORS, fused
from relgraph.resolve import Party, View

Position = Literal["subject", "object", "governed", "owner", "speaker"]
_HEAD = 12  # characters before a participle that opens the sentence
_FAR_BACK = 9  # words to look back for what governs a name
_NEAR_LIST = 60
_FAR_BACK_TEXT = 60  # characters: no preposition of several words is longer
_QUOTES = re.compile('["“”„]')


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Parties that stand together, or a word that stands for parties named before.

    Attributes:
        parties: In text order; empty for an anaphor.
        anaphor: '' or what the word stands for: pair, three, guest, host.
        prep: The preposition that governs it, '' when none does.
        position: subject (nothing before it that could govern it), object (a word like a verb right before it), governed, owner ("X's"), speaker.
        clause: Number of its clause.
    """

    parties: tuple[Party, ...]
    start: int
    end: int
    prep: str = ""
    position: Position = "subject"
    clause: int = 0
    anaphor: str = ""


class Sketch:
    """One sentence taken apart."""

    def __init__(self, text: str, view: View, grammar: Grammar, triggers: Sequence[Mention]) -> None:
        self.text, self.view, self.grammar = text, view, grammar
        sentence = view.sentence
        self.words = words_of(text, grammar.possessive).within(sentence.start, sentence.end)
        self._starts = [w.start for w in self.words]
        self.dates = [(m.start, m.end) for m in view.of_kind("date")]
        self.triggers = [(t.start, t.end) for t in triggers]
        self.quotes = _quoted(text, sentence.start, sentence.end)
        self.openers: set[int] = set()
        raw = listed(self, self._actors())
        self.clauses, self._clause_of = cut(self, raw)
        anaphors = [Group(parties=(), start=m.start, end=m.end, anaphor=m.key) for m in self._anaphors() if not any(g[0] < m.end and m.start < g[1] for g in raw)]
        whole = [Group(parties=p, start=s, end=e) for s, e, p in raw] + anaphors
        whole.sort(key=lambda g: g.start)
        self.groups = self._paired([self._placed(g) for g in whole])

    def _paired(self, groups: list[Group]) -> list[Group]:
        """Join a pronoun and the party beside it: 'He and his Tajik counterpart', 'Vladimir Putin and his guest', 'his counterpart Shavkat Mirziyoyev'."""
        out: list[Group] = []
        single = ("he", "him", "guest", "host", "someone", "colleague")
        for group in groups:
            last = out[-1] if out else None
            near = last is not None and group.start - last.end < 40
            if last is not None and near and last.anaphor == "colleague" and group.parties and not group.anaphor and (home := self._from_where(last.end, group)) is not None:
                named = tuple(msgspec.structs.replace(p, state=p.state or home) for p in group.parties)
                out[-1] = msgspec.structs.replace(last, parties=(*last.parties, *named), end=group.end, anaphor="")
                continue
            if (last is not None and last.anaphor in ("colleague", "guest", "host", "someone") and not last.parties and group.parties and not group.anaphor and self.text[last.end : group.start] in (" ", ", ")) or (last is not None and last.anaphor in ("pair", "three") and not last.parties and group.parties and not group.anaphor and " ".join(w.low for w in self.between(last.end, group.start)) in {"", *self.grammar.words("organ_of")} and group.start - last.end < 8):
                out[-1] = msgspec.structs.replace(group, start=last.start, prep=last.prep, position=last.position, clause=last.clause)
            elif last is not None and near and last.parties and not last.anaphor and group.anaphor in single and not group.parties and len(last.parties) == 1 and is_join(self, self.between(last.end, group.start)):
                out[-1] = msgspec.structs.replace(last, anaphor=group.anaphor, end=group.end, start=last.start)
            elif last is not None and last.anaphor in ("he", "him") and not last.parties and len(group.parties) > 1 and not group.anaphor and self.text[last.end : group.start] == ", ":
                out[-1] = msgspec.structs.replace(last, parties=group.parties, end=group.end)  # 'he, X and Y'
            elif last is not None and last.anaphor in single and not last.parties and group.parties and not group.anaphor and is_join(self, self.between(last.end, group.start)) and group.start - last.end < 40:
                out[-1] = msgspec.structs.replace(last, parties=group.parties, end=group.end)
            else:
                out.append(group)
        return out

    def _from_where(self, end: int, group: Group) -> str | None:
        """The state that 'from Tashkent' or 'from the Uzbek side' gives to a colleague named behind it: 'his colleague from Tashkent, X'."""
        words = self.between(end, group.start)
        if not words or words[0].low not in self.grammar.words("colleague_preps") or self.text[words[-1].end : group.start].strip() not in ("", ",") or len(group.parties) != 1 or group.parties[0].kind != "person":
            return None
        return next((p.state for p in (*self.view.places, *self.view.parties) if end <= p.start < group.start and p.state and p.kind == "state"), None)

    # -- slots ------------------------------------------------------------------------------------------------
    def subject(self, trigger: Mention, *, verb: bool = True) -> Group | None:
        """The group that does what the trigger says: the nearest free one of its clause, the antecedent of a relative, else that of the clause above."""
        clause = self.clause(trigger.start)
        before = [g for g in self.groups if g.end <= trigger.start]
        own = [g for g in before if g.clause == clause and g.position == "subject"]
        if not own and (last := self._named_last(trigger, clause)) is not None:
            return last
        asked = before[-1] if before else None
        if asked is not None and asked.position in ("object", "governed") and len(gap := self.between(asked.end, trigger.start)) == 1 and gap[0].low in self.grammar.infinitive and own:
            return asked  # 'X invited Y to visit'
        if own:
            return own[-1] if not verb or self._reaches(own[-1], trigger) else None
        opener, parent = self.clauses[clause].opener, self.clauses[clause].parent
        if opener in self.grammar.words("content_openers"):
            return None
        if opener in self.grammar.relatives:
            heads = [g for g in before if g.clause != clause]
            return heads[-1] if heads else None
        while parent >= 0:
            above = [g for g in self.groups if g.clause == parent and g.position == "subject"]
            if above:
                return above[0]
            parent = self.clauses[parent].parent
        free = [g for g in before if g.position == "subject"]
        if not free and parent < 0:
            led = [g for g in before if g.clause == clause and g.prep in self.grammar.agents and g.position == "governed" and any(w.low in self.grammar.words("led") for w in self.before(g.start, 6))]
            return led[0] if led else None
        return free[0] if free and opener != ";" else None

    def _named_last(self, trigger: Mention, clause: int) -> Group | None:
        """Who is named behind what he was the first to do: 'Among the first to congratulate X was Y'."""
        lead = [w.low for w in self.before(trigger.start, 5)]
        if not lead or lead[-1] not in self.grammar.infinitive or not any(w in self.grammar.words("ranking") for w in lead):
            return None
        return next((g for g in self.groups if g.start > trigger.end and g.clause == clause and (b := self.before(g.start, 2)) and any(w.low in self.grammar.be for w in b)), None)

    def owned(self, trigger: Mention) -> bool:
        """Whether a word is a noun that a possessive or an organisation stands before: "the ministers' meet", 'the SCO meet'."""
        gap = self.text[max(0, trigger.start - 3) : trigger.start]
        return gap.endswith(("' ", "’ ", *self.grammar.possessive_gaps)) or any(p.kind == "organisation" and p.last == trigger.start - 1 and self.view.sentence.start < p.first and trigger.text.lower() in self.grammar.words("meet_nouns") for p in self.view.parties)

    def behind(self, trigger: Mention) -> Group | None:
        """The subject that follows a participle at the head of the sentence: 'Receiving X in his palace, Y said'."""
        first = self.words[0] if self.words else None
        if first is None or trigger.start - first.start > _HEAD or not self.between(trigger.start, trigger.end)[0].low.endswith(self.grammar.progressive):
            return None
        return next((g for g in self.groups if g.start > trigger.end and g.position in ("subject", "speaker") and "," in self.text[trigger.end : g.start] and g is not self._next(trigger)), None)

    def _next(self, trigger: Mention) -> Group | None:
        """The group right behind a trigger."""
        return next((g for g in self.groups if g.start >= trigger.end), None)

    def _reaches(self, group: Group, trigger: Mention) -> bool:
        """Whether a group can be the subject of a verb: nothing that looks like a subject of its own stands right before the verb.

        'X, who ..., met', 'X arrived and met', 'X on Monday met' pass; 'X was glad that trade reached' does not.
        """
        n = self.at(trigger.start) - 1
        while n >= 0 and self.words[n].start >= group.end:
            word = self.words[n]
            gap = self.text[word.end : self.words[n + 1].start] if n + 1 < len(self.words) else ""
            if gap.strip(" '’\"“”"):
                return True
            if any(s <= word.start < e for s, e in self.dates):
                return True
            if word.low in self.grammar.infinitive:
                return True  # 'expressed his readiness to meet'
            if word.low in self.grammar.auxiliaries:
                n -= 1
                continue
            if word.low in self.grammar.contrast or word.low in self.grammar.relatives:
                return True
            between = self.between(group.end, word.start)
            if word.low in self.grammar.words("holding") or any(w.low in self.grammar.words("holding") for w in between):
                return True  # 'X held separate bilateral talks with Y'
            return any((w.low in self.grammar.prepositions and w.low not in self.grammar.genitive) or w.low in self.grammar.contrast for w in between) or word.low in self.grammar.prepositions or len(between) < 2
        return True

    def complement(self, trigger: Mention, preps: frozenset[str], *, direct: bool) -> Group | None:
        """The nearest group after the trigger that one of some prepositions governs, or that is its object; else one before it in its clause."""
        clause = self.clause(trigger.start)
        for group in [g for g in self.groups if g.start >= trigger.end][:4]:
            if group.clause != clause and group.start - trigger.end > 30:
                break
            if group.prep in preps and group.position == "governed" and not self._relational(group):
                return group
            if direct and group.position == "governed" and self._ends_in(trigger, group):
                return group  # 'called on X'
            if direct and group.position in ("object", "owner") and all(w.low in self.grammar.fillers or w.low in self.grammar.adverbs or w.capital for w in self.between(trigger.end, group.start)):
                return group
            if direct and group.position == "object" and any(w.low in self.grammar.words("including") for w in self.before(group.start, 2)) and group.start - trigger.end < _NEAR_LIST:
                return group  # 'met other leaders including X and Y'
            if direct and group.position == "subject" and (between := self.between(trigger.end, group.start)) and all(any(s <= w.start < e for s, e in self.dates) or w.low in self.grammar.fillers or w.low in self.grammar.adverbs for w in between) and "," not in self.text[trigger.end : group.start]:
                return group  # 'received on Tuesday the ambassador'
            if direct and group.position == "owner" and group.start - trigger.end < 6:
                return group
        before = [g for g in self.groups if g.end <= trigger.start and g.clause == clause and g.prep in preps and g.prep in self.grammar.words("fronted_preps") and g.position == "governed" and not self._relational(g)]
        return before[-1] if before and not direct else None

    def _ends_in(self, trigger: Mention, group: Group) -> bool:
        """Whether a trigger ends in the preposition that governs a group, with nothing but a title between: 'called on President X'."""
        return trigger.text.lower().rpartition(" ")[2] == group.prep and all(w.low in self.grammar.fillers or w.capital for w in self.between(trigger.end, group.start))

    def tied(self, group: Group) -> bool:
        """Whether a noun takes the preposition of a group: 'relations with X'."""
        return self._relational(group)

    def _relational(self, group: Group) -> bool:
        """Whether a noun such as 'border' or 'relations' takes the preposition: 'on the frontier with Afghanistan'."""
        words = self.before(group.start, 6)
        for n in range(len(words) - 1, 0, -1):
            if words[n].low == group.prep:
                return words[n - 1].low in self.grammar.relational
        return False

    def owner(self, trigger: Mention) -> Group | None:
        """The group whose trigger it is: "X's first visit"."""
        group = next((g for g in reversed(self.groups) if g.end <= trigger.start), None)
        if group is None or group.position != "owner" or trigger.start - group.end > 40:
            return None
        between = self.between(group.end, trigger.start)
        return group if len(between) <= 4 and not any(w.low in self.grammar.prepositions for w in between) else None

    def also(self, group: Group) -> list[Group]:
        """Further groups that the same preposition takes: 'with A, the deputy, and with B'."""
        out = []
        for other in self.groups:
            if other.start >= group.end and other.clause == group.clause and other.prep == group.prep and group.prep in self.grammar.words("repeated"):
                between = self.between(group.end, other.start)
                lead = [w.low for w in between]
                again = next((n for n in range(len(between) - 1, -1, -1) if lead[n] == group.prep), -1)
                if again >= 0 and self.text[between[again - 1].end if again else group.end : between[again].start].strip() == "," and not any(between[again].start <= s < other.start for s, _ in self.triggers):
                    out.append(other)  # 'by A, the premier, by his deputy B'
                elif any((word, group.prep) in itertools.pairwise(lead) for word in self.grammar.words("further")):
                    out.append(other)
        return out

    def leads(self, trigger: Mention) -> bool:
        """Whether a trigger stands in an adverbial at the head of the sentence: 'In a separate meeting with ...'."""
        n = self.at(trigger.start)
        return 0 < n <= 6 and self.words[0].low in self.grammar.prepositions | self.grammar.subordinators

    def rivals(self, trigger: Mention, date: Mention) -> bool:
        """Whether a date belongs to another event: one told between the two, behind a word such as 'following' or 'previous'."""
        if date.start < trigger.end:
            return any(end <= date.start and len(self.between(end, date.start)) <= 1 and any(w.low in self.grammar.words("linking") for w in self.before(start, 3)) for start, end in self.triggers if end < trigger.start)
        for start, _ in self.triggers:
            if trigger.end <= start < date.start and any(w.low in self.grammar.distancing for w in self.between(trigger.end, start)):
                return True
        return False

    def before(self, position: int, count: int = 1) -> list[Token]:
        """The last words before a position."""
        n = self.at(position)
        return self.words[max(0, n - count) : n]

    def absent(self, group: Group) -> bool:
        """Whether the clause of a group says that somebody did not come: 'X had excused himself', 'Y stayed away'."""
        missing = self.grammar.words("absent_words")
        return any(w.low in missing and self.clause(w.start) == group.clause for w in self.words)

    # -- words ------------------------------------------------------------------------------------------------
    def at(self, position: int) -> int:
        """The number of the first word that begins at or after a position."""
        return bisect_left(self._starts, position)

    def clause(self, position: int) -> int:
        """The number of the clause at a position."""
        n = bisect_right(self._starts, position) - 1
        return self._clause_of[n] if 0 <= n < len(self._clause_of) else 0

    def between(self, start: int, end: int) -> list[Token]:
        """The words that begin in a span."""
        return self.words[self.at(start) : self.at(end)]

    def undated(self) -> list[Token]:
        """The words outside dates."""
        return [w for w in self.words if not any(s <= w.start < e for s, e in self.dates)]

    def quoted(self, start: int) -> bool:
        """Whether a position lies in quoted words."""
        inside = next(((s, e) for s, e in self.quotes if s < start < e), None)
        return inside is not None and any(w.low in self.grammar.own_words for w in self.between(*inside))

    def passive(self, trigger: Mention) -> bool:
        """Whether a form of 'be' stands before a verb, adverbs apart."""
        follow = self.between(trigger.end, trigger.end + 12)[:1]
        if follow and follow[0].low in self.grammar.be and self.text[trigger.end : follow[0].start] == " ":
            return True  # 'also concluded were ...'
        n = self.at(trigger.start) - 1
        for _ in range(4):
            if n < 0:
                return False
            low = self.words[n].low
            if low in self.grammar.be:
                return True
            if low not in self.grammar.adverbs and not any(s <= self.words[n].start < e for s, e in self.dates):
                return False
            n -= 1
        return False

    def passive_at(self, position: int) -> bool:
        """Whether a form of 'be' stands before the word at a position, adverbs apart."""
        n = self.at(position) - 1
        while n >= 0 and self.words[n].low in self.grammar.adverbs:
            n -= 1
        return n >= 0 and self.words[n].low in self.grammar.be

    # -- groups -----------------------------------------------------------------------------------------------
    def _anaphors(self) -> list[Mention]:
        """Words that stand for persons named before; 'the two' only where no noun follows ('the two anthems')."""
        grammar = self.grammar
        out = []
        for mention in self.view.of_kind("anaphor"):
            if mention.key == "someone" and any((p.first < mention.end and mention.start < p.first + 4) or p.first <= mention.start < p.last for p in self.view.parties if p.kind == "person" and p.form not in ("bare-office", "pronoun")):
                continue  # 'the Minister of Energy of Kazakhstan X'
            if mention.text.lower() in grammar.bare_anaphors:
                follow = self.between(mention.end, mention.end + 30)[:1]
                gap = self.text[mention.end : follow[0].start] if follow else "."
                verbal = bool(follow) and (follow[0].low in grammar.before_verbs or any(s == follow[0].start for s, _ in self.triggers))
                if gap.strip() == "" and follow and not verbal and not follow[0].low.endswith(self.grammar.participle):
                    continue
            out.append(mention)
        return out

    def _actors(self) -> list[Party]:
        """The parties that can act; adjectives where a noun of people follows ('Tajik and Uzbek specialists')."""
        anaphors = [(m.start, m.end) for m in self.view.of_kind("anaphor")]
        parties = fused(self, [p for p in self.view.parties if p.form != "pronoun" and not (p.form == "bare-office" and any(s <= p.start < e for s, e in anaphors))])
        out = []
        for n, party in enumerate(parties):
            if party.form not in NO_ACTORS or (party.form == "demonym" and self.text[party.start : party.end].endswith(self.grammar.plural) and self.text[party.end : party.end + 1] != "-"):
                out.append(party)
            elif self._one_of_them(party):
                out.append(msgspec.structs.replace(party, form="national"))
            elif party.form == "adjective":
                last = n
                while last + 1 < len(parties) and parties[last + 1].form in ("adjective", "side", "counterpart") and parties[last + 1].start - parties[last].end <= 7 and self.text[parties[last].end : parties[last + 1].start].strip(" ,-") in {"", *self.grammar.words("plain_joins")}:
                    last += 1
                if parties[last].form in ("side", "counterpart"):
                    out.append(msgspec.structs.replace(party, form=parties[last].form))
                    continue
                follow = self.between(parties[last].end, parties[last].end + 60)[:3]
                if last == n and follow and follow[0].low in self.grammar.words("national_nouns"):
                    out.append(msgspec.structs.replace(party, form="national", tail=follow[0].end))
                    continue
                if follow and follow[0].low in self.grammar.side_nouns and follow[0].low not in self.grammar.words("plain_joins") and not (last == n and len(follow) < 1):
                    out.append(msgspec.structs.replace(party, form="side"))
        return out

    def _one_of_them(self, party: Party) -> bool:
        """Whether 'the Briton', 'the Uzbek' is a person: an article stands before it, and a verb behind it."""
        before, follow = self.before(party.start, 1), self.between(party.end, party.end + 24)[:1]
        if not before or before[0].low not in self.grammar.words("definite") or not follow or self.text[party.end : follow[0].start] != " ":
            return False
        low = follow[0].low
        return low in self.grammar.auxiliaries or low.endswith(self.grammar.participle) or any(s == follow[0].start for s, _ in self.triggers)

    def _placed(self, group: Group) -> Group:
        """Say what governs a group."""
        clause = self.clause(group.start)
        if self.text.startswith(self.grammar.possessive, group.end) or (self.text[group.end : group.end + 2] in ("' ", "’ ") and self.text.endswith(self.grammar.plural, 0, group.end)):
            return msgspec.structs.replace(group, position="owner", clause=clause)
        head = self.text[self.view.sentence.start : group.start].rstrip()[-_FAR_BACK_TEXT:].lower()
        if head.endswith(self.grammar.speaker_prepositions):
            return msgspec.structs.replace(group, position="speaker", clause=clause)
        if group.anaphor == "he":
            return msgspec.structs.replace(group, clause=clause)
        prep, position = self._governor(group.start)
        if position in ("subject", "object") and self._speaks(group):
            position = "speaker"
        if prep in self.grammar.words("colleague_preps") and position == "governed" and all(p.kind == "state" for p in group.parties) and (noun := self._colleagues(group.start, prep)) is not None:
            prep, position = self._governor(noun)
            group = msgspec.structs.replace(group, start=noun, parties=tuple(msgspec.structs.replace(p, form="counterpart") for p in group.parties))
        return msgspec.structs.replace(group, prep=prep, position=position, clause=clause)

    def _colleagues(self, start: int, prep: str) -> int | None:
        """Where 'counterparts' stands that a list of states belongs to: 'his counterparts from A, B and C'."""
        words = self.before(start, 3)
        n = next((i for i in range(len(words) - 1, 0, -1) if words[i].low == prep), None)
        return words[n - 1].start if n is not None and words[n - 1].low in self.grammar.words("colleague_nouns") else None

    def _governor(self, start: int) -> tuple[str, Position]:
        grammar = self.grammar
        n = self.at(start) - 1
        right = start
        first = True
        passed = False
        for _ in range(_FAR_BACK):
            if n < 0:
                return "", "subject"
            word = self.words[n]
            gap = self.text[word.end : right]
            if gap[:1] in ("'", "’"):
                return "", "subject"  # "the two governments' foreign ministers"
            if gap.strip(grammar.inside_phrase) and (gap.strip()[:1] in ",;:(—)" or "," in gap):
                return "", "subject"
            if any(s <= word.start < e for s, e in self.dates):
                return "", "subject"
            low = word.low
            if n in self.openers and low in grammar.words("while_words"):
                return "", "subject"
            if low in grammar.words("content_openers") and opens(self, n, self.text[self.words[n - 1].end : word.start] if n else ""):
                return "", "subject"
            if low in grammar.prepositions:
                held = n > 0 and any(p.first <= self.words[n - 1].start < p.last for p in self.view.parties if p.kind == "person" or p.form in ("office", "bare-office"))
                if (low in grammar.genitive or (low in grammar.words("colleague_preps") and self.text.startswith(tuple(grammar.words("of_all_words")), start))) and n > 0 and not held and (self.words[n - 1].low in grammar.collectives) and self.text[self.words[n - 1].end : word.start] == " ":
                    right, n, first, passed = self.words[n - 1].start, n - 2, False, True
                    continue
                return low, "governed"
            if any(m.start <= word.start < m.end for m in self.view.mentions if m.kind in ("place", "state")) and word.capital:
                return "", "subject"  # 'In Ashgabat X met'
            if any(m.start <= word.start < m.end for m in self.view.mentions if m.kind == "office"):
                right, n, first = word.start, n - 1, False
                continue
            if n == 0 and low not in grammar.fillers:
                return "", "object" if first and any(s == word.start for s, _ in self.triggers) and low.endswith(grammar.progressive) else "subject"
            if self._fronted_noun(n):
                return "", "subject"
            if low in grammar.fillers or (word.capital and not first and low not in grammar.sayers and n > 0):
                right, n, first = word.start, n - 1, False
                continue
            if low in grammar.sayers or low in grammar.subordinators or low in grammar.adverbs or low in grammar.contrast or low in grammar.be or low in grammar.words("content_openers"):
                return "", "subject"
            if word.capital and first and n > 0 and word.text[:1].isupper():
                right, n, first = word.start, n - 1, False
                continue
            return "", "subject" if self._fronted(n) else "object"
        return "", "subject" if not passed else "object"

    def _fronted_noun(self, n: int) -> bool:
        """Whether words before a name only describe it at the head of the sentence: 'State pipeline operator BOTAS'."""
        if n > 4 or self.words[0].low in self.grammar.prepositions or any(self.words[i].start >= t[0] for i in range(n + 1) for t in self.triggers):
            return False
        return not any(p.first < self.words[n].end for p in self.view.parties) and not any(self.words[i].low in self.grammar.be | self.grammar.have | self.grammar.sayers | self.grammar.adverbs or self.words[i].low.endswith(self.grammar.participle) for i in range(n + 1))

    def _fronted(self, n: int) -> bool:
        """Whether a word ends a phrase that opens the sentence: 'At the foreign ministry X signed'."""
        if any(p.kind == "person" and p.last <= self.words[n].start for p in self.view.parties):
            return False  # 'In Ashgabat X met Y': the subject stands before the verb
        return 0 < n <= 9 and self.words[0].low in self.grammar.prepositions and not any(self.words[i].low in self.grammar.be | self.grammar.have for i in range(n + 1))

    def _speaks(self, group: Group) -> bool:
        """Whether a group only reports: a verb of saying behind it ends the sentence, or nearly so."""
        if group.start - self.view.sentence.start < 25:
            return False
        follow = self.between(group.end, self.view.sentence.end)
        for n, word in enumerate(follow[:6]):
            if word.low in self.grammar.sayers and word.low not in self.grammar.words("content_openers"):
                return len(follow) - n <= 8 and not any(s >= word.end for s, _ in self.triggers)
            if not (word.low in self.grammar.have or word.low in self.grammar.adverbs or word.low in self.grammar.fillers or word.low in self.grammar.collectives or word.capital or word.low in self.grammar.words("press_words")):
                return False
        return False

def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of quoted speech: more than three words between double quotes."""
    marks = [m.start() for m in _QUOTES.finditer(text, start, end)]
    return [(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False) if text.count(" ", a, b) > 3]

