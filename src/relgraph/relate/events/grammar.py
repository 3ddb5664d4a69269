"""The small words of a language by which sentences are taken apart: prepositions, openers of clauses, nouns of people and places."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from relgraph.knowledge.lexicon import Lexicon, possessives
from relgraph.relate.spots import spot_words_of


class Grammar:
    """The small words of a language, from its lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        lists: Mapping[str, Any] = lexicon.lists.get("sentence", {})

        def words(name: str) -> frozenset[str]:
            return frozenset(map(str, lists.get(name, ())))

        self.subordinators, self.simultaneous, self.relatives = words("subordinators"), words("simultaneous"), words("relative_words")
        self.prepositions, self.fillers, self.collectives = words("prepositions"), words("noun_fillers") | lexicon.words("honorifics"), words("collectives")
        self.side_nouns, self.be, self.have = words("side_nouns"), words("be_forms"), words("have_forms")
        self.adverbs, self.sayers, self.contrast = words("adverbs"), words("sayers"), words("contrast")
        self.speaker_prepositions = tuple(str(w) for w in lists.get("speaker_prepositions", ()))
        self.joining = tuple(tuple(str(w).split()) for w in lists.get("joining", ()))
        self.genitive = lexicon.words("genitive")
        self.infinitive = words("infinitive")
        self.buildings, self.closing = words("buildings"), words("closing_words")
        self.place_nouns, self.place_ends, self.place_preps = words("place_nouns"), words("place_ends"), words("place_preps")
        self.relational, self.areas, self.progressive = words("relational_nouns"), words("area_nouns"), tuple(words("progressive_endings"))
        self.agents, self.company = words("agent_preps"), words("company_preps")
        self.bare_anaphors, self.complement_verbs = words("bare_anaphors"), words("complement_words")
        self.before_verbs = words("round_adverbs") | self.adverbs | self.be | self.have | self.sayers | self.subordinators | words("modal_verbs") | self.prepositions
        self.auxiliaries = self.adverbs | self.be | self.have | words("modal_verbs")
        self.lists = {name: words(name) for name in lists}
        endings: Mapping[str, Any] = lexicon.lists.get("word_endings", {})
        self.participle, self.plural = (tuple(map(str, endings.get(name, ()))) for name in ("participle", "plural"))
        """Endings of a verb that is a participle, and of a noun that means several."""
        self.several = tuple(sorted(words("several_endings")))
        self.posted = tuple(str(w).split() for w in lists.get("posted", ()))
        self.counts: dict[str, int] = {str(w): int(n) for w, n in dict(lexicon.lists.get("sided", {})).items()}
        """How many sides a word such as 'trilateral' counts."""
        self.seats: dict[str, str] = {str(w): str(n) for w, n in dict(lexicon.lists.get("seats", {})).items()}
        """The union that a city stands for: 'Brussels has put a bank on its list'."""
        self.possessive = possessives(lexicon)
        self.possessive_gaps = tuple(f"{e} " for e in self.possessive)
        self.inside_phrase = " -'’\"“”" + "".join(self.possessive)
        """What may stand between two words of one phrase."""
        self.office_stems = {str(k): tuple(map(str, v)) for k, v in dict(lexicon.lists.get("office_stems", {})).items()}
        self.spots = spot_words_of(lexicon)
        self.own_words = words("own_words")
        self.distancing, self.possessives = words("distancing"), words("possessive_words")

    def is_office(self, office: str, kind: str) -> bool:
        """Whether the name of an office says that it is of a kind that `office_stems` lists: 'foreign minister' is one of a `leader`."""
        return any(stem in office for stem in self.office_stems.get(kind, ()))

    def words(self, name: str) -> frozenset[str]:
        """A list of the section `sentence`, empty when there is none."""
        return self.lists.get(name, frozenset())


@functools.lru_cache(maxsize=8)
def grammar_of(lexicon: Lexicon) -> Grammar:
    """Compile the small words of a lexicon once."""
    return Grammar(lexicon)
