"""Step 2: find names, offices, triggers, topic words, dates and amounts.

In: an Article. Out: typed spans (`Mention`), by position; overlapping ones are left for the steps that know more.
The same article and knowledge give the same mentions. A language without a lexicon gives none.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from relgraph.knowledge import Knowledge
from relgraph.knowledge.entities import State
from relgraph.knowledge.lexicon import possessives
from relgraph.model import Article, EntityId, Sentence
from relgraph.recognise.amounts import amounts_of
from relgraph.recognise.automaton import automaton
from relgraph.recognise.bodies import find_bodies
from relgraph.recognise.dates import calendar_of
from relgraph.recognise.documents import find_documents
from relgraph.recognise.firms import firms_of
from relgraph.recognise.fold import fold
from relgraph.recognise.mentions import Amount, DateValue, Mention
from relgraph.recognise.persons import covered, grammar_of
from relgraph.recognise.phrases import phrases_of
from relgraph.recognise.tokens import Token, words_of

__all__ = ["Amount", "DateValue", "Mention", "recognise"]

_NAMES = ("state", "person", "organisation", "place", "body", "treaty")
_YEAR = re.compile(r"(?:19|20)(?<!\w..)\d\d\b")  # a year as a word; beginning with a digit, it is looked for only at digits


def recognise(article: Article, knowledge: Knowledge) -> tuple[Mention, ...]:
    """Return the mentions of an article.

    Args:
        article: Its `published` resolves 'on Friday' and 'last year'; without it they have no value.
        knowledge: The reference and lexicons.
    """
    lexicon = knowledge.lexicon(article.language)
    if lexicon is None:
        return ()
    text, all_words = article.text, words_of(article.text, possessives(lexicon))
    folded, everything = all_words.folded, all_words.all
    found = automaton(knowledge, article.language).find(text, folded)
    kinds: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        kinds[mention.kind].append(mention)
    grammar, phrases = grammar_of(lexicon), phrases_of(lexicon)
    years = _YEAR.findall(folded)
    hint = years[0] if years and len(set(years)) == 1 else None
    dates = list(calendar_of(lexicon).find(text, folded, everything, article.published, hint))
    inside_dates = _inside(dates)
    amounts = [a for a in amounts_of(lexicon).find(text, folded, everything) if a.start not in inside_dates or a.kind == "money"]
    offices = sorted(grammar.offices_in(text, folded, kinds["office"], everything, {m.start: m.end for m in kinds["state"]}, {m.start: m.end for m in [*kinds["place"], *_provinces(kinds["state"], knowledge)]}), key=lambda o: o.start)
    names = [m for kind in _NAMES for m in kinds[kind]]
    unknown: list[Mention] = []
    documents: list[Mention] = []
    states = frozenset(m.start for m in kinds["state"] if m.form == "name")
    everywhere = frozenset(i for m in kinds["state"] for i in range(m.start, m.end))
    named_states = {m.start: m.end for m in [*kinds["state"], *kinds["place"]] if m.form in ("name", "adjective", "metonym")}
    taken = sorted((m.start, m.end) for m in [*names, *offices] if m.form != "surname")
    heads = kinds["document"]
    at_name = [start for start, _ in taken]
    at_head, at_office = [m.start for m in heads], [o.start for o in offices]
    earlier: list[Mention] = []
    at_earlier = 0
    for sentence in article.sentences:
        words = all_words.within(sentence.start, sentence.end)
        spans = taken[_part(at_name, sentence)]
        firms = list(grammar.companies_in(text, words, spans, offices[_part(at_office, sentence)]))
        spans = sorted([*spans, *((f.start, f.end) for f in firms)])
        firms += firms_of(lexicon).find(text, words, spans, named_states)
        spans = sorted([*spans, *((f.start, f.end) for f in firms)])
        unknown += firms
        unknown += grammar.names_in(text, words, spans, headline=sentence.index == 0 and sum(w.capital for w in words) * 2 > len(words))
        fixed = [o for o in offices[_part(at_office, sentence)] if not grammar.offices[o.key].fields.get("tail")]
        unknown += (b for b in find_bodies(text, words, states, _state_words(knowledge), phrases) if not any(o.start < b.start < o.end for o in fixed))  # 'chairman of the board of X'
        here = heads[_part(at_head, sentence)]
        listed = list(find_documents(text, words, here, earlier, everywhere, phrases))
        documents += listed
        here = [] if listed and all(d.form == "ellipsis" for d in listed) else here
        if here and len(listed) == 1 and not (listed[0].value.subject or listed[0].value.plural or listed[0].value.article in phrases.small["definite"]):
            here = [msgspec.structs.replace(here[-1], form="bare")]  # the next sentence may tell what it is about
        earlier = here or (earlier if listed or sentence.index - at_earlier < 2 else [])
        at_earlier = sentence.index if listed else at_earlier  # a list may go on for several sentences
    named = _inside(m for m in [*documents, *unknown] if m.kind in ("document", "body"))
    unknown = [u for u in unknown if not (u.kind in ("person", "organisation") and u.start in named)]  # 'Convention on Transboundary Waters'
    unknown += _again(everything, unknown, taken)
    longer = _inside(unknown)
    whole = {(u.start, u.end) for u in unknown}
    money = _inside(a for a in amounts if a.kind == "money")
    kept = [
        m for m in found
        if m.kind not in ("office", "document") and not (m.kind == "state" and m.start in money) and not (m.kind == "modality" and m.start in inside_dates)
        and not (m.form == "surname" and m.start in longer and (m.start, m.end) not in whole)
    ]  # fmt: skip
    return tuple(sorted([*kept, *offices, *documents, *unknown, *dates, *amounts], key=lambda m: (m.start, -m.end, m.kind, m.key)))


def _provinces(states: Sequence[Mention], knowledge: Knowledge) -> list[Mention]:
    """Those of some state mentions that are a region inside a state: 'the governor of Sughd'."""
    entities = knowledge.reference.entities
    return [m for m in states if m.ids and isinstance(e := entities[EntityId(m.ids[0])], State) and e.kind == "subnational"]


@functools.lru_cache(maxsize=4)
def _state_words(knowledge: Knowledge) -> frozenset[str]:
    """Names and adjectives of states, folded: what 'Kazakh-Uzbek' is made of, also inside a longer name."""
    states = [e for e in knowledge.reference.entities.values() if isinstance(e, State)]
    return frozenset(fold(name) for s in states for name in (s.name, *s.adjectives, *s.demonyms) if " " not in name or s.kind == "region")


def _again(words: Sequence[Token], unknown: Sequence[Mention], taken: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """Yield a one-word organisation wherever else the text names it: 'the company X' once, then 'X' alone."""
    names = {u.text for u in unknown if u.kind == "organisation" and " " not in u.text}
    if names:
        inside = covered(words, sorted([*taken, *((u.start, u.end) for u in unknown)]))
        yield from (Mention(w.start, w.end, w.text, "organisation", form="unknown") for w in words if w.text in names and w.start not in inside)


def _inside(mentions: Iterable[Mention]) -> set[int]:
    """Every position that lies in one of some mentions."""
    inside: set[int] = set()
    for mention in mentions:
        inside.update(range(mention.start, mention.end))
    return inside


def _part(starts: list[int], sentence: Sentence) -> slice:
    """The part of a sorted list that begins inside a sentence."""
    return slice(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))
