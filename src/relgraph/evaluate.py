"""Facts against gold facts: precision, recall and F1 by type of fact, with intervals by article.

In: a folder of gold files and the facts of the same articles. Out: an `Evaluation`. A fact is broken into small tuples (a meeting of two
or three into its pairs of participants, a treaty into its name, each party and its status ...), so that a partly right fact earns part of
the score. What annotators marked as doubtful counts neither way; the strict line counts it as wrong. Nothing here knows how facts are found.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from relgraph.errors import ArticleError

Half = Literal["A", "B"]
Atom = tuple[Hashable, ...]
RawFact = Mapping[str, Any]

# Names that the measure takes as one. They belong to its definition and stay as they are when the reference grows,
# so that scores of different versions can be compared.
_ONE_NAME = {
    short: name
    for name, shorts in {
        "kyrgyzstan": ("kyrgyz republic",),
        "kazakhstan": ("republic of kazakhstan",),
        "tajikistan": ("republic of tajikistan",),
        "uzbekistan": ("republic of uzbekistan",),
        "turkey": ("turkiye",),
        "russia": ("russian federation",),
        "china": ("peoples republic of china", "prc"),
        "united states": ("usa", "us", "united states of america"),
        "united kingdom": ("uk",),
        "united arab emirates": ("uae",),
        "european union": ("eu",),
        "united nations": ("un",),
        "shanghai cooperation organisation": ("sco", "shanghai cooperation organization"),
        "commonwealth of independent states": ("cis",),
        "collective security treaty organization": ("csto",),
        "eurasian economic union": ("eaeu",),
        "organization of turkic states": ("ots", "organisation of turkic states"),
        "conference on interaction and confidence building measures in asia": ("cica",),
        "international monetary fund": ("imf",),
        "asian development bank": ("adb",),
        "eurasian development bank": ("edb",),
        "european bank for reconstruction and development": ("ebrd",),
    }.items()
    for short in shorts
}
_FIVE_STATES = frozenset({"kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan"})
_SMALL_WORDS = frozenset({"of", "the", "for", "and", "on", "in", "between", "to", "a", "with", "s"})
_SAME_RANK = {"chairman": "head", "chairwoman": "head", "chairperson": "head", "chair": "head", "chief": "head", "director": "head"}
_SAME_WORDS = (("foreign affairs", "foreign"), ("defense", "defence"), ("labor ", "labour "), ("vice ", "deputy "), ("prime minister", "premier"))
_ROMANISATIONS = (
    ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("yo", "o"), ("ye", "e"), ("ya", "a"), ("yu", "u"), ("w", "v"), ("ck", "k"), ("q", "k"),
)  # fmt: skip
_PARTS_OF_YEAR = {("01", "06"): "-H1", ("07", "12"): "-H2", ("01", "03"): "-Q1", ("04", "06"): "-Q2", ("07", "09"): "-Q3", ("10", "12"): "-Q4", ("01", "12"): ""}


def plain(value: object) -> str:
    """Fold case, accents, punctuation, a leading article and the best known second names of states and organisations.

    >>> plain("The Kyrgyz Republic"), plain("Good-Neighbourly")
    ('kyrgyzstan', 'good neighbourly')
    """
    text = "".join(c for c in unicodedata.normalize("NFKD", str(value)) if not unicodedata.combining(c))
    text = text.casefold().replace("'s", "").replace("-", " ").replace("’", "")
    text = " ".join(re.sub(r"[^\w\s%]", " ", text).split())
    text = re.sub(r"^(the|a|an) ", "", text)
    return _ONE_NAME.get(text, text)


def heard(value: object) -> str:
    """Return a key that habits of romanisation don't change.

    >>> heard("Zheenbek Kulubaev") == heard("Jeenbek Kulubayev")
    True
    """
    key = plain(value)
    for habit, letter in _ROMANISATIONS:
        key = key.replace(habit, letter)
    key = re.sub(r"[yi]+", "i", key)
    key = re.sub(r"ia|ai|ie|ei", lambda m: m[0].strip("i"), key)
    return re.sub(r"(.)\1+", r"\1", key)


class GoldNames:
    """Brings each spelling to the one of the gold file: by its listed aliases first, then by sound."""

    def __init__(self, gold: Mapping[str, Any]) -> None:
        spellings = [(alias, plain(name)) for name, aliases in (gold.get("aliases") or {}).items() for alias in aliases]
        self._listed = {plain(alias): name for alias, name in spellings}
        self._heard = {heard(alias): name for alias, name in spellings}
        for fact in gold["facts"]:
            people = [fact.get("person"), *(fact.get("participants") or ()), *(fact.get("visitor") or ())]
            self._heard |= {heard(p): self(p) for p in people if p}

    def __call__(self, value: object) -> str:
        """Return the key under which a name is compared."""
        key = plain(value)
        return self._listed.get(key) or self._heard.get(heard(value), key)


def _words(name: object) -> set[str]:
    return set(plain(name).split()) - _SMALL_WORDS


def _titles_agree(one: object, other: object) -> bool:
    """Whether two names of a body or treaty share at least half of their content words."""
    a, b = _words(one), _words(other)
    return bool(a and b) and 2 * len(a & b) >= len(a | b)


def _office(value: object) -> str:
    """Bring 'Minister of Foreign Affairs' and 'foreign minister' to one key: content words in any order."""
    text = plain(value)
    for words, same in _SAME_WORDS:
        text = text.replace(words, same)
    return " ".join(sorted({_SAME_RANK.get(word, word) for word in text.split()} - _SMALL_WORDS))


def _number(value: object) -> float | str:
    try:
        return round(float(value), 2)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return plain(value)


def _period(value: object) -> str:
    """Bring '2025-01/2025-06' and '2025-H1' to one spelling."""
    months = re.fullmatch(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)", str(value))
    if months and months[1] == months[3] and (months[2], months[4]) in _PARTS_OF_YEAR:
        return months[1] + _PARTS_OF_YEAR[months[2], months[4]]
    return str(value)


def atoms(fact: RawFact, name: GoldNames) -> Iterator[Atom]:
    """Yield the small tuples of one fact; the first member says under which line of the table it counts."""

    def all_of(field: str) -> tuple[str, ...]:
        found = {name(x) for x in fact.get(field) or ()}
        if "central asia" in found:
            found = found - {"central asia"} | _FIVE_STATES
        return tuple(sorted(found))

    kind = fact.get("type")
    match kind:
        case "office":
            yield ("office", name(fact.get("person")), _office(fact.get("office")), name(fact.get("of")))
        case "event":
            yield from _event_atoms(fact, name, all_of("participants"), all_of("visitor"))
        case "body":
            yield ("body", name(fact.get("name")))
            yield from (("body", name(fact.get("name")), member) for member in all_of("members"))
        case "treaty":
            treaty = name(fact.get("name"))
            yield ("treaty", treaty)
            yield from (("treaty", treaty, "party", party) for party in all_of("parties"))
            if fact.get("status"):
                yield ("treaty", treaty, "status", plain(fact["status"]))
        case "indicator" | "target":
            figure = (kind, plain(fact.get("kind")), all_of("between"), _number(fact.get("value")), plain(fact.get("unit")))
            yield figure
            when = fact.get("period") or fact.get("by")
            if when:
                yield (*figure, _period(when))
        case "relation":
            yield ("relation", plain(fact.get("kind")), all_of("between"))
        case "topic":
            yield ("topic", all_of("between"), plain(fact.get("topic")))


def _event_atoms(fact: RawFact, name: GoldNames, participants: tuple[str, ...], visitors: tuple[str, ...]) -> Iterator[Atom]:
    kind, people = plain(fact.get("kind")), participants or visitors
    groups: Iterable[tuple[str, ...]]
    if visitors and not fact.get("participants"):
        groups = [(visitor, name(fact.get("host"))) for visitor in people]
    elif len(people) in (2, 3):
        groups = itertools.combinations(people, 2)
    else:
        groups = [(person,) for person in people]
    for group in groups:
        yield ("event", kind, *group, *(("planned",) if fact.get("planned") else ()))
        if fact.get("date"):
            yield ("event date", kind, *group, str(fact["date"]).split("/")[0])
        if fact.get("place"):
            yield ("event place", kind, *group, plain(fact["place"]))


def all_atoms(facts: Iterable[RawFact], name: GoldNames) -> set[Atom]:
    """Return the small tuples of several facts."""
    return {atom for fact in facts for atom in atoms(fact, name)}


def with_gold_titles(facts: Iterable[RawFact], gold_facts: Sequence[RawFact], name: GoldNames) -> Iterator[RawFact]:
    """Yield the facts, each body or treaty under the first gold name of its type that agrees with its own."""
    for fact in facts:
        titles = [name(g.get("name")) for g in gold_facts if g.get("type") == fact.get("type")] if fact.get("type") in ("body", "treaty") else []
        mine = name(fact.get("name"))
        same = None if mine in titles else next((title for title in titles if _titles_agree(mine, title)), None)
        yield fact if same is None else {**fact, "name": same}


class Tally(NamedTuple):
    """How many tuples were right (tp), wrong (fp) and missed (fn)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def plus(self, other: Tally) -> Tally:
        """Return the sum of two tallies."""
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """The share of what was said that is right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """The share of what is in the text that was said."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp else 0.0


class Mistake(NamedTuple):
    """One tuple that was wrong (`fp`), missed (`fn`) or a missing prediction."""

    article: str
    verdict: str
    said: str


class ArticleScore(msgspec.Struct, frozen=True):
    """One article's tallies by line, its strict tally and its mistakes."""

    article: str
    lines: dict[str, Tally]
    strict: Tally
    mistakes: tuple[Mistake, ...] = ()


def score_article(article: str, gold: Mapping[str, Any], facts: Iterable[RawFact]) -> ArticleScore:
    """Compare the facts of one article with its gold file."""
    name = GoldNames(gold)
    doubtful = list(gold.get("doubtful") or ())
    wanted = all_atoms(gold["facts"], name)
    said = all_atoms(with_gold_titles(facts, [*gold["facts"], *doubtful], name), name)
    counted = said - (all_atoms(doubtful, name) - wanted)
    lines: dict[str, Tally] = defaultdict(Tally)
    mistakes = []
    for verdict, group in ((Tally(tp=1), wanted & counted), (Tally(fp=1), counted - wanted), (Tally(fn=1), wanted - counted)):
        for atom in group:
            line = str(atom[0])
            lines[line] = lines[line].plus(verdict)
            if not verdict.tp:
                mistakes.append(Mistake(article, "fp" if verdict.fp else "fn", " | ".join(map(str, atom))))
    strict = Tally(len(wanted & said), len(said - wanted), len(wanted - said))
    return ArticleScore(article, dict(sorted(lines.items())), strict, tuple(sorted(mistakes)))


class Evaluation(msgspec.Struct, frozen=True):
    """The scores of a set of articles."""

    articles: tuple[ArticleScore, ...]

    @property
    def lines(self) -> dict[str, Tally]:
        """The tallies by type of fact, over all articles."""
        sums: dict[str, Tally] = defaultdict(Tally)
        for article in self.articles:
            for line, tally in article.lines.items():
                sums[line] = sums[line].plus(tally)
        return dict(sorted(sums.items()))

    @property
    def total(self) -> Tally:
        """The tally over all types (micro average)."""
        return total(self.lines.values())

    @property
    def strict(self) -> Tally:
        """The total with doubtful facts counted as wrong."""
        return total(a.strict for a in self.articles)

    @property
    def macro_f1(self) -> float:
        """The mean F1 over types."""
        lines = self.lines
        return sum(t.f1 for t in lines.values()) / len(lines) if lines else 0.0

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every wrong and missed tuple, by article."""
        return tuple(m for a in self.articles for m in a.mistakes)

    def intervals(self, *, rounds: int = 1000, seed: int = 20250101) -> dict[str, dict[str, tuple[float, float]]]:
        """Return 95 % intervals of precision, recall and F1 by line and for ALL, from resampling whole articles.

        Articles, not tuples, are drawn: mistakes of one article go together. The same seed gives the same intervals.
        """
        columns = {line: [a.lines.get(line, Tally()) for a in self.articles] for line in self.lines}
        columns["ALL"] = [total(a.lines.values()) for a in self.articles]
        draws = list(_draws(len(self.articles), rounds, seed))
        found: dict[str, dict[str, tuple[float, float]]] = {}
        for line, column in columns.items():
            tallies = [total(column[i] for i in draw) for draw in draws]
            found[line] = {rate: _middle([getattr(t, rate) for t in tallies]) for rate in ("precision", "recall", "f1")} if draws else {}
        return found

    def to_json(self) -> dict[str, Any]:
        """Return the table, intervals and tallies by article as plain values; `from_json` takes them back."""
        rows = {**self.lines, "ALL": self.total, "STRICT": self.strict}
        intervals = self.intervals()
        return {
            "lines": {
                line: {"precision": t.precision, "recall": t.recall, "f1": t.f1, **t._asdict()} | ({"interval": intervals[line]} if line in intervals else {})
                for line, t in rows.items()
            },
            "macro_f1": self.macro_f1,
            "articles": {a.article: {**a.lines, "STRICT": a.strict} for a in self.articles},
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Evaluation:
        """Read what `to_json` gave, without the mistakes."""
        scores = []
        for article, lines in saved["articles"].items():
            tallies = {line: Tally(*counts) for line, counts in lines.items()}
            strict = tallies.pop("STRICT", Tally())
            scores.append(ArticleScore(article, tallies, strict))
        return cls(tuple(scores))


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    tp = fp = fn = 0
    for tally in tallies:
        tp, fp, fn = tp + tally.tp, fp + tally.fp, fn + tally.fn
    return Tally(tp, fp, fn)


def f1_gain(old: Evaluation, new: Evaluation, *, rounds: int = 1000, seed: int = 20250101) -> tuple[float, tuple[float, float]]:
    """Return how much F1 rose over the articles that both hold, with its 95 % interval from a paired resampling."""
    before = {a.article: total(a.lines.values()) for a in old.articles}
    pairs = [(before[a.article], total(a.lines.values())) for a in new.articles if a.article in before]

    def gain(chosen: Sequence[tuple[Tally, Tally]]) -> float:
        return total(b for _, b in chosen).f1 - total(a for a, _ in chosen).f1

    gains = [gain([pairs[i] for i in draw]) for draw in _draws(len(pairs), rounds, seed)]
    return gain(pairs), _middle(gains)


def _draws(size: int, rounds: int, seed: int) -> Iterator[list[int]]:
    chance = random.Random(seed)  # noqa: S311  resampling, no secret
    for _ in range(rounds if size else 0):
        yield chance.choices(range(size), k=size)


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Return the bounds of the middle 95 % of the values."""
    ordered = sorted(values)
    if not ordered:
        return (0.0, 0.0)
    cut = round(0.025 * (len(ordered) - 1))
    return ordered[cut], ordered[-1 - cut]


def half_of(stem: str) -> Half:
    """Return the fixed half an article belongs to: rules are written on half A and checked on half B."""
    return "B" if int(hashlib.sha256(stem.encode()).hexdigest(), 16) % 2 else "A"


def gold_files(folder: Path, half: Half | None = None) -> tuple[Path, ...]:
    """Return the gold files of a folder in order, of one half if asked.

    Raises:
        ArticleError: The folder holds none.
    """
    if not folder.is_dir():
        raise ArticleError("is not a folder", path=str(folder), hint="name a folder of gold files (ID.json beside ID.txt)")
    found = tuple(path for path in sorted(folder.glob("*.json")) if half is None or half_of(path.stem) == half)
    if not found:
        raise ArticleError("holds no gold file", path=str(folder), hint="a gold file is ID.json with 'facts'; see GUIDE.md of the gold set")
    return found


def read_facts_file(path: Path) -> dict[str, Any]:
    """Read a file with `facts`.

    Raises:
        ArticleError: It can't be read, isn't JSON or has no list of facts.
    """
    try:
        loaded = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        raise ArticleError(f"isn't valid JSON: {error.msg}", path=str(path), line=error.lineno) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(f"can't be read: {error}", path=str(path)) from error
    if not isinstance(loaded, dict) or not isinstance(loaded.get("facts"), list) or not all(isinstance(f, dict) for f in loaded["facts"]):
        raise ArticleError("has no list of facts", path=str(path), hint='expected {"facts": [{"type": ...}, ...]}')
    return loaded


def evaluate_folders(gold: Path, predicted: Path, half: Half | None = None) -> Evaluation:
    """Compare two folders of fact files with the same names; a missing prediction is an article without facts."""
    scores = []
    for path in gold_files(gold, half):
        other = predicted / path.name
        there = other.is_file()
        score = score_article(path.stem, read_facts_file(path), read_facts_file(other)["facts"] if there else ())
        if not there:
            score = msgspec.structs.replace(score, mistakes=(Mistake(path.stem, "no prediction file", str(other)), *score.mistakes))
        scores.append(score)
    return Evaluation(tuple(scores))
