"""The small words of a language that step 3 reads between names: what joins a title to a name, a state to a title, a place to its preposition."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from relgraph.knowledge.lexicon import Lexicon, possessives
from relgraph.recognise.fold import fold

OWNS = "<possessive>"
"""The piece that stands for a possessive ending."""
_PIECE = re.compile(r"[^\W_]+(?:['.\-][^\W_]+)*|[^\w\s]")


class Wording:
    """Word lists of one language, all empty without a lexicon.

    Attributes:
        ranks: May stand between a title and the name after it.
        appositive: May stand between a name and the title after it; `links` of them make a comma needless.
        joints: Join two titles of one person.
        adjectives: May stand between a state and a title.
        of, posted: Prepositions before what a title belongs to, and before where an envoy is posted.
        under: Prepositions before the organ that another one belongs to.
        countries: 'the country', 'the republic': where an envoy is posted, said without a name.
        possessives: 'its' -> state, 'his' -> person, 'their' -> states: whose state a title is of.
        media: Words for a medium, in pieces: a state before them ('Russia's X news agency') is said of the source.
        organisation_nouns: 'bank', 'company' -> kinds of organisation that the noun may stand for; `heads_of_bodies` offices that are theirs, too.
        succession: 'predecessor', 'successor'; `representing` verbs of an envoy, `agent` the preposition of a passive's subject.
        secretaries: Offices of organisations only; `with_secretary` the kinds of organisation that have one.
        generic: Offices that may be of anything, companies too; `verbs` those said by a verb ('who heads'); `of_places` those of a place.
        surname_first: States whose persons are called by the first word of their name; `namesakes` nouns of what bears a person's name ('the X Foundation').
        locative: Prepositions before a name that is only a place; `place_links` may stand between.
    """

    def __init__(self, lexicon: Lexicon | None) -> None:
        def words(name: str) -> frozenset[str]:
            return lexicon.words(name) if lexicon is not None else frozenset()

        lists: Mapping[str, object] = lexicon.lists if lexicon is not None else {}
        self.ranks, self.appositive, self.links = words("title_ranks"), words("appositive"), words("appositive_links")
        self.joints, self.adjectives = words("title_joints"), words("title_adjectives")
        self.also = words("title_also")
        self.of, self.posted = words("title_of"), words("title_posted")
        self.under = words("title_under")
        self.countries = words("countries")
        self.articles, self.genitive = words("articles"), words("genitive")
        owners = lists.get("possessives")
        self.possessives: dict[str, str] = dict(owners) if isinstance(owners, dict) else {}
        self.locative, self.place_links = words("locative"), words("locative_links")
        self.represents = tuple(tuple(w.split()) for w in sorted(words("represents")))
        self.represented_by = tuple(tuple(w.split()) for w in sorted(words("represented_by")))
        self.generic = frozenset(e.id for e in lexicon.section("offices") if e.fields.get("tail") or e.fields.get("firm")) if lexicon is not None else frozenset()
        self.bare = frozenset(str(e.fields["office"]) for e in lexicon.section("offices") if e.id in self.generic or e.fields.get("bare")) if lexicon is not None else frozenset()
        self.of_places = frozenset(e.id for e in lexicon.section("offices") if e.fields.get("place")) if lexicon is not None else frozenset()
        self.verbs = frozenset(e.id for e in lexicon.section("offices") if e.fields.get("verb")) if lexicon is not None else frozenset()
        self.same_post = tuple(sorted(words("same_post")))
        self.sides, self.side_adjectives = words("sides"), words("side_adjectives")
        self.capital = str(lists.get("capital", ""))
        self.group_sizes = _numbers(lists.get("group_sizes"))
        self.counts, self.counted = _numbers(lists.get("group_counts")), words("group_nouns")
        self.leader_words, self.known_offices, self.local_titles = words("leader_words"), words("known_offices"), words("local_titles")
        self.vague = words("vague_titles")
        self.borders = words("borders")
        self.surname_first = frozenset(lexicon.lists.get("surname_first", ())) if lexicon is not None else frozenset()
        self.namesakes = words("namesake_nouns")
        self.inside = words("inside")
        self.conjunctions = words("conjunctions")
        self.coordinators = words("coordinators")
        self.place_suffixes = tuple(sorted(words("place_suffixes")))
        self.definite = words("definite")
        self.subjects, self.indefinite = words("subject_pronouns"), words("indefinite")
        self.media = tuple(tuple(w.split()) for w in sorted(words("media_nouns")))
        self.media_ahead = re.compile("|".join(sorted({re.escape(noun[0]) for noun in self.media})) or "(?!)")
        nouns = lists.get("organisation_nouns")
        self.organisation_nouns: dict[str, list[str]] = dict(nouns) if isinstance(nouns, dict) else {}
        self.heads_of_bodies, self.succession = words("heads_of_bodies"), words("succession")
        self.representing, self.agent = words("representing"), words("agent")
        self.envoy_offices, self.secretaries, self.with_secretary = words("envoy_offices"), words("secretaries"), words("with_secretary")
        endings = lists.get("name_endings")
        self.name_endings: dict[str, tuple[str, ...]] = {k: tuple(v) for k, v in endings.items()} if isinstance(endings, dict) else {}
        self.stately = words("stately")
        self.always_ending = words("always_ending")
        self.capacity = words("capacity")
        self.ambassador, self.head = str(lists.get("ambassador", "")), str(lists.get("head_office", ""))
        publishers = lists.get("publishers")
        self.publishers: dict[str, list[str]] = dict(publishers) if isinstance(publishers, dict) else {}
        self.possessive = possessives(lexicon)
        self.possessive_letters = frozenset(e.strip("'’") for e in self.possessive)
        self._owning = (*self.possessive, "'")

    def pieces(self, text: str) -> list[str]:
        """Split a gap between two names into folded words and single marks; a possessive ending at its head is the piece `OWNS`."""
        low = fold(text)
        for ending in self._owning:
            if low == ending or low.startswith(ending + " "):
                return [OWNS, *_PIECE.findall(low[len(ending) :])]
        return _PIECE.findall(low)


def _numbers(table: object) -> dict[str, int]:
    return {str(k): int(v) for k, v in table.items()} if isinstance(table, dict) else {}


@functools.lru_cache(maxsize=8)
def wording_of(lexicon: Lexicon | None) -> Wording:
    """Compile the wording of a lexicon once."""
    return Wording(lexicon)
