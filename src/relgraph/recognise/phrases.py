"""The grammar of names of documents and bodies: how far a name grows to the left and to the right of its head noun.

To the left it takes what stands between an article and its noun ('a five-year uranium supply contract'); without an article only capitals and words
that the lexicon knows as modifiers. To the right it takes 'on', 'of', 'for' and noun phrases, up to a verb, a pronoun, a comma that isn't in a list,
or a preposition of time, place or company. Every word list stands in the lexicon (`documents.yaml`, `phrases.yaml`).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from relgraph.knowledge.lexicon import Entry, Lexicon, expand, possessives
from relgraph.recognise.tokens import Token

LONGEST = 18
"""Words of one name at most, on either side of its head."""
_QUOTES = frozenset('"“”«»')
_QUOTED = 3  # words in quotation marks that are a name inside the name, at most: 'of the "Dostlug" field'


class Phrases:
    """The word lists of a lexicon, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.topic_words = frozenset(f for e in lexicon.section("topics") for f in e.forms if " " not in f)
        self.small = {name: frozenset(words) for name, words in lexicon.lists["small_words"].items()}
        self.joins = str(lexicon.lists.get("name_joins", {}).get("subject", ""))
        """What joins a paper and its subject in a name."""
        self.possessive = possessives(lexicon) or ("'",)
        self.possessive_letters = frozenset("".join(self.possessive))
        self.possessive_gaps = (*(f"{e} " for e in self.possessive), "' ", "’ ")
        self.modifiers = lexicon.words("modifiers")
        self.compounds = tuple(tuple(c.split()) for c in lexicon.lists.get("compounds", ()))
        self.stops = lexicon.words("phrase_ends")
        self.ends = self.stops | {w for f in lexicon.lists.get("phrase_verbs", ()) for w in expand(f)}
        self.links = lexicon.words("phrase_links")
        self.bare = lexicon.words("plain_subjects")
        self.spots = lexicon.words("vague_objects")
        self.holders = lexicon.words("holder_nouns")
        self.aims = lexicon.words("aiming_heads")
        self.works = lexicon.words("work_nouns")
        self.papers = lexicon.words("paper_heads")
        self.plain_sides = lexicon.words("plain_sides")
        self.inner = lexicon.words("inner_links")
        self.partners = lexicon.words("partners")
        self.interrupts = lexicon.words("interrupted_by")
        self.signs = frozenset(lexicon.lists.get("currency_signs", ()))
        self.numbers: dict[str, float] = lexicon.lists.get("numbers", {})
        self.money = frozenset(f.lower() for e in lexicon.section("currencies") for f in e.forms if " " not in f)
        self.organs = lexicon.words("organ_nouns")
        self.elliptic = lexicon.words("elliptic_heads")
        self.elliptic_links = lexicon.words("elliptic_links")
        self.items, self.item_plurals, self.item_pronouns = (lexicon.words(k) for k in ("item_heads", "item_plurals", "item_pronouns"))
        self.item_sequels, self.item_manners, self.item_leads, self.clause_links = (lexicon.words(k) for k in ("item_sequels", "item_manners", "item_leads", "clause_links"))
        self.of_organs = str(lexicon.lists.get("of_organs", ""))
        self.both_organs = lexicon.words("both_organs")
        self.fronts = lexicon.words("field_fronts")
        self.holds = tuple(tuple(w.split()) for f in lexicon.lists.get("field_holds", ()) for w in expand(f))
        self.item_anaphors = lexicon.words("item_anaphors")
        self.item_fronts, self.item_ordinals = lexicon.words("item_fronts"), lexicon.words("item_ordinals")
        self.item_causes = lexicon.words("item_causes")
        self.item_verbs: dict[str, list[tuple[str, ...]]] = {}
        for verb in (tuple(w.split()) for f in lexicon.lists.get("item_verbs", ()) for w in expand(f)):
            self.item_verbs.setdefault(verb[0], []).append(verb)
        self.any_indefinite = next(iter(sorted(self.small["indefinite"])), "")
        self.takes_in = lexicon.words("takes_in")
        self.trades = lexicon.words("traded_nouns")
        self.spans = lexicon.words("span_nouns")
        self.takes_to = lexicon.words("takes_to")
        self.fields = lexicon.words("field_nouns")
        self.gerunds = lexicon.words("complement_verbs")
        self.relatives = lexicon.words("relatives")
        self.articles = self.small["indefinite"] | self.small["article"]
        self.determiners = lexicon.words("determiners")
        self.empty = lexicon.words("empty_modifiers")
        self.formal = lexicon.words("formal_modifiers")
        self.singular: dict[str, str] = lexicon.lists.get("singular", {})
        self.entries = {e.id: e for e in lexicon.section("treaties")}
        self.calendar = frozenset(lexicon.lists.get("months", ())) | frozenset(lexicon.lists.get("weekdays", ())) | frozenset(lexicon.lists.get("days", ()))
        self.vague = lexicon.words("vague_subjects")
        self.empty_subjects = lexicon.words("empty_subjects")
        self.occasions = self.empty_subjects | self.small["occasion"]
        self.worth = lexicon.words("worth")
        self.national = lexicon.words("national")
        self.national_first = lexicon.words("national_first")
        self.states_own = tuple(sorted(lexicon.words("states_own")))
        self.own_names = lexicon.words("own_names")
        endings: dict[str, list[str]] = lexicon.lists.get("word_endings", {})
        self.gerund = tuple(endings.get("gerund", ()))
        self.participle, self.plural, self.adverb, self.adjective = (tuple(endings.get(k, ())) for k in ("participle", "plural", "adverb", "adjective"))
        self.not_plural = tuple(endings.get("not_plural", ()))
        self.person_endings = tuple(endings.get("persons", ()))
        self.plain = lexicon.words("plain_nouns")
        bodies = lexicon.section("bodies")
        self.body_heads: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for entry in bodies:
            for form in entry.forms:
                words = tuple(form.split())
                self.body_heads.setdefault(words[-1], []).append((words, entry))
        self.body_adjectives = frozenset(a for e in bodies for a in e.fields.get("adjectives", ()))
        self.known = self.modifiers | self.topic_words
        """Words that may stand before a head without an article."""

    def left(self, text: str, words: Sequence[Token], i: int, allowed: frozenset[str]) -> tuple[int, str]:
        """Return the first word of the name whose head is word `i`, and the article, possessive or number that stands before it."""
        first, before = i, ""
        while first > 0 and i - first < LONGEST:
            word = words[first - 1]
            gap = text[word.end : words[first].start]
            if gap in self.possessive_gaps:
                before = self.possessive[0]
                break
            if gap.strip(" \n-") and not (gap.strip() in _QUOTES and gap.strip() == gap[-1:]):
                break
            if word.low in self.determiners:
                before = word.low
                break
            if word.text.isdigit():
                before = words[first - 2].low if first > 1 and words[first - 2].low in self.determiners else word.low
                break
            if word.low in self.small["joining"]:
                if first < 2 or not ((words[first - 2].low in allowed and words[first].low in allowed) or (words[i].capital and words[first].capital and words[first - 2].capital)):
                    break
            elif self._stops(word) or (not word.capital and word.low not in allowed and not self._modifies(words, first - 1)):
                break
            first -= 1
        if not before:
            start = i
            while start > first and (words[start - 1].capital or words[start - 1].low in allowed or words[start - 1].low in self.small["joining"]):
                start -= 1
            first = start
        while first < i and (words[first].low in self.small["joining"] or (words[first].low in self.empty and not words[first].capital)):
            first += 1
        return first, before

    def _stops(self, word: Token) -> bool:
        """Whether no name holds a word before its head: a verb, a pronoun, a preposition."""
        return word.low in self.ends or word.low in self.links or word.low in self.inner or word.low in self.partners

    def _modifies(self, words: Sequence[Token], j: int) -> bool:
        """Whether an unknown word of small letters may stand before a noun: no plural, no participle unless right after the article."""
        low = words[j].low
        if low.endswith(self.participle) and low not in self.plain:
            return j > 0 and words[j - 1].low in self.determiners
        return not (low.endswith(self.plural) and not low.endswith(self.not_plural))

    def right(self, text: str, words: Sequence[Token], i: int, stop: int) -> int:
        """Return the last word of the complement that begins with the link at word `i`, 0 for none; `stop` is the first word of the next name."""
        last = capitals = 0
        title = (words[i - 1].capital if i else False) or (i + 2 < len(words) and words[i + 1].capital and words[i + 2].capital and "," in text[words[i + 1].end : words[i + 2].start])
        quoted = i > 0 and text[words[i].start - 1 : words[i].start] in _QUOTES  # the Declaration "On ..."
        opened = i - _QUOTED if quoted else 0
        low = words[i].low
        end = min(len(words), i + LONGEST, stop)
        for j in range(i + 1, end):
            word, before = words[j], words[j - 1].low
            low = word.low
            gap = text[words[j - 1].end : word.start].strip(" \n")
            fresh = j == i + 1 or before in self.links or before in self.determiners or before in self.small["joining"] or before in self.inner
            if gap and gap[-1] in _QUOTES and not gap.strip("".join(_QUOTES)):
                if quoted and (j - opened > _QUOTED or word.capital):
                    break
                quoted, opened = not quoted, j
            elif gap in ("-", "–") and words[j - 1].capital and word.capital and not fresh:
                last = j  # 'the Akina – Andhoy railway'
                continue
            elif gap not in ("", "-") and gap not in self.possessive_gaps and gap not in (*self.possessive, "'", "’") and not (gap == "," and (_one_number(text, words[j - 1], word) or self._listed(text, words, j, end, title))):
                break
            if low in self.small["bounds"] and fresh and j + 1 < end and (words[j + 1].low in self.small["goal"] or words[j + 1].low in self.small["than"]):
                continue  # 'on up to one million tonnes'
            if (low in self.small["goal"] or low in self.small["than"]) and before in self.small["bounds"]:
                continue
            if low in self.small["goal"] and low in self.links:
                route = words[j - 1].capital and j + 1 < end and words[j + 1].capital  # 'the line Termez to Kabul'
                if before not in self.takes_to and not route:
                    break
            elif last and low in self.small["about"] and j + 2 < len(words) and words[j + 1].low in self.small["article"] and words[j + 2].low in self.vague and not self._goes_on(text, words, j + 2, end):
                break  # 'of principles on the project': named elsewhere
            elif low in self.small["genitive"] and j + 2 < len(words) and words[j + 1].low in self.small["possessive"] and words[j + 2].low in self.small["own"]:
                break  # 'on a plant of its own'
            elif low in self.links or low in self.determiners:
                if low in self.determiners and not (fresh or gap or word.capital or before.endswith(self.gerund)) and (low in self.relatives or low in self.articles):
                    break  # 'the border that they drew', 'recruitment the same day'
                if low in self.links and j + 1 < len(words) and ((words[j + 1].low in self.calendar and words[j + 1].capital) or (words[j + 1].text.isdigit() and j + 2 < len(words) and words[j + 2].low in self.calendar) or self._of_time(words, j)):
                    break
            elif low in self.small["joining"]:
                if self._clause(words, j + 1):
                    break
            elif low in self.inner:
                if not self.goes_inside(words, j):
                    break
            elif low in self.small["origin"] and last and self._route(words, j, end):
                continue
            elif low in self.ends and not quoted and not (word.capital and title and capitals) and not (fresh and low.endswith(self.gerund)):
                break
            else:
                if title and capitals > 1 and not word.capital and not low[0].isdigit():
                    break
                if fresh and (low in self.calendar or (len(low) == 4 and low.isdigit() and before in self.small["before_dates"])):
                    break
                if not last and (low in self.empty_subjects or (low in self.vague and not self._goes_on(text, words, j, end))):
                    break
                if not last and low in self.empty and (j + 1 >= len(words) or words[j + 1].low in self.vague or (low in self.small["own"] and not self._item(words[j + 1])) or text[word.end : words[j + 1].start].strip()):
                    break  # 'on the same matter', 'of their own'
                if not last and before in self.small["possessive"] and low in self.works:
                    break  # 'on its establishment'
                if not last and before in self.small["pointing"] and j == i + 2:
                    break  # 'on that matter', 'for this year': named elsewhere
                if not word.capital and not quoted and not fresh and self._verbal(words, j):
                    break
                capitals += word.capital
                last = j
        return last

    def _route(self, words: Sequence[Token], j: int, stop: int) -> bool:
        """Whether 'from' at word `j` leads to both ends of a line: 'the railway from Termez to Kabul'."""
        ahead = next((k for k in range(j + 2, min(j + 5, stop - 1)) if words[k].low in self.small["goal"]), 0)
        return ahead > 0 and words[ahead + 1].capital and all(w.capital for w in words[j + 1 : ahead])

    def _of_time(self, words: Sequence[Token], j: int) -> bool:
        """Whether the link at word `j` leads to an occasion: 'on the same day', 'on the eve of'."""
        return j + 2 < len(words) and words[j].low in self.small["about"] and words[j + 1].low in self.articles and words[j + 2].low in self.occasions

    def _verbal(self, words: Sequence[Token], j: int) -> bool:
        """Whether a word after a noun is a participle ('gas exported to China') or an adverb: the name is over."""
        low, before = words[j].low, words[j - 1].low
        if low in self.plain or low in self.known:
            return False
        if low.endswith(self.adverb):
            return True
        return low.endswith(self.participle) and not before.endswith((*self.adverb, *self.adjective))

    def goes_inside(self, words: Sequence[Token], j: int) -> bool:
        """Whether 'in', 'between', 'with', 'against' at word `j` goes on with the name: 'cooperation in energy', 'ties between ministries'."""
        if j + 1 >= len(words):
            return False
        before, word, after = words[j - 1].low, words[j].low, words[j + 1]
        ahead = j + 1
        while ahead + 1 < len(words) and words[ahead].low in self.determiners:
            ahead += 1
        noun = words[ahead]
        if word in self.small["inside"] and words[j - 1].capital == noun.capital and any(w.low in self.fields for w in words[j + 1 : j + 7]):
            return True  # 'in the military field', 'in Border Areas'
        if word in self.partners and noun.low in self.small["sides"]:
            return False
        if word in self.small["inside"] and before in self.trades and words[j - 1].capital == noun.capital and noun.low.endswith(self.plural):
            return noun.low not in self.calendar  # 'Trade in Services', 'trafficking in narcotics'
        if noun.low in self.calendar or noun.text.isdigit() or (noun.capital and noun.low not in self.topic_words and (word in self.small["inside"] or not words[j - 1].capital)):
            return False
        if word in self.small["inside"]:
            return noun.low in self.fields or (before in self.takes_in and noun.low not in self.small["not_inside"] and after.low not in self.small["not_inside"])
        if word in self.small["with"]:
            return before in self.takes_in and not noun.capital
        return not noun.capital or (words[j - 1].capital and word not in self.partners)

    def _goes_on(self, text: str, words: Sequence[Token], j: int, stop: int) -> bool:
        return j + 1 < stop and words[j + 1].low in self.small["genitive"] and text[words[j].end : words[j + 1].start] == " "

    def _listed(self, text: str, words: Sequence[Token], j: int, stop: int, title: bool) -> bool:
        """Whether a comma before word `j` stands inside a list of fields: short items without articles or verbs, and an 'and' ahead."""
        if words[j].capital and not title and words[j].low not in self.topic_words:
            return False
        if words[j].low in self.small["joining"]:
            return j + 1 < stop and self._item(words[j + 1]) and not self._clause(words, j + 1)
        size = 0
        for n in range(j, min(j + 14, stop)):
            gap = text[words[n - 1].end : words[n].start] if n > j else ""
            if gap.strip() not in ("", ",", "-"):
                return False
            if words[n].low in self.small["joining"]:
                return n > j and n + 1 < stop and self._item(words[n + 1]) and not self._clause(words, n + 1)
            size = 0 if "," in gap else size
            size += 1
            if size > 4 or (size == 1 and not self._item(words[n])) or (words[n].low in self.ends and not words[n].capital):
                return False
        return False

    def _item(self, word: Token) -> bool:
        """Whether a word may begin an item of a list of fields."""
        return not (word.low in self.determiners or word.low in self.ends or word.low in self.inner or word.low in self.partners)

    def _clause(self, words: Sequence[Token], j: int) -> bool:
        """Whether a new clause, or a new thing with an article of its own, begins at word `j` after 'and'."""
        if j >= len(words):
            return True
        low = words[j].low
        if low in self.small["indefinite"] or low in self.ends:
            return True
        if low.endswith(self.participle) and j + 1 < len(words) and words[j + 1].low in self.articles:
            return True  # 'and fixed the point'
        return low.endswith(self.participle) and low not in self.modifiers and not words[j].capital and low not in self.plain

    def noun_phrase(self, text: str, words: Sequence[Token], j: int, stop: int) -> int:
        """Return the last word of a partner's name: 'the European Bank for Reconstruction', 'Uzbekistan'."""
        end = j - 1
        while j < stop and j - end < 4 and (j == end + 1 or close(text, words, j)):
            word = words[j]
            if word.capital:
                end = j
            elif j == end + 1 and end >= 0 and text[words[end].end : word.start].strip(" ") in self.possessive:
                ahead = next((n for n in range(j, min(j + 5, stop)) if words[n].capital), None)
                if ahead is None or not all(close(text, words, n) for n in range(j + 1, ahead + 1)):
                    break
                j = end = ahead
            elif word.low not in self.small["inside_names"] or (word.low in self.links and end >= 0 and words[end].capital and word.low in self.small["about"]):
                break
            j += 1
        return end


def close(text: str, words: Sequence[Token], j: int) -> bool:
    """Whether nothing but a space or a closing bracket or a quotation mark stands between word `j` and the one before."""
    return not text[words[j - 1].end : words[j].start].strip(" \n)\"“”«»")


def _one_number(text: str, one: Token, other: Token) -> bool:
    """Whether two words are one number: '1,200'."""
    return one.text.isdigit() and other.text[:1].isdigit() and text[one.end : other.start] == ","


@functools.lru_cache(maxsize=8)
def phrases_of(lexicon: Lexicon) -> Phrases:
    """Compile the grammar of a lexicon once."""
    return Phrases(lexicon)
