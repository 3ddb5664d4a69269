"""Train the model of learned events, and say what it would add.

    train.py GOLD_DIR... [--half-of DIR] [--calibration DIR] [--folds DIR] [--out data/learned/en.tsv]

Each folder holds ID.txt and ID.json with all events of the text; of a folder named with --half-of only half A is used. Two logistic regressions
(see src/relgraph/relate/events/learned): the first on all proposals of all sentences; the second on what the first says out of fold, and only on pairs
that no rule has a draft of. Rules find more on the articles that they were written on, so that what they leave there is seldom right: articles that no
rule was written on (`--calibration`) count more for the second model, and they alone are reported. Printed: the share of gold pairs that are among the
proposals at all, and out of fold (whole articles) how many right and wrong ones each threshold accepts. Needs scikit-learn; extraction does not.
"""

from __future__ import annotations

import argparse
import itertools
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import relgraph.model as m
from relgraph.evaluate import GoldNames, gold_files, read_facts_file
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.knowledge.weights import ANY, BIAS, SECOND, THRESHOLD
from relgraph.read import read_paths
from relgraph.recognise import recognise
from relgraph.relate.candidates import Bench
from relgraph.relate.events import read_events
from relgraph.relate.events.learned.chosen import LEAST, offered, told
from relgraph.relate.events.learned.proposals import Part, Proposal
from relgraph.relate.events.stage import Stage
from relgraph.resolve import resolve

FOLDS = 5
LIGHT = 0.02
"""A weight below this is left out."""
HEAD = "# Learned events in English: two logistic regressions, trained by benchmarks/learned/train.py. Kind of event (any, second), feature, weight.\n"
RARE = 5
"""A feature of fewer proposals than this has no weight."""
KINDS = ("aid", "meeting", "message", "opening", "phone call", "signing", "statement", "video call", "visit")
TUNED, UNTUNED = 0.3, 1.0
"""What a pair of an article counts that rules were written on, and of one that they weren't."""
MOST = 3
"""Participants beyond which a gathering is no matter of pairs."""
THRESHOLDS = (0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
Pair = tuple[str, str]


class Reading(msgspec.Struct):
    """One annotated article as the rules left it, with its proposals and whether each is right (None: the gold leaves it open)."""

    id: str
    fold: int
    untuned: bool
    stage: Stage
    proposals: list[Proposal]
    labels: list[bool | None]
    gold: set[tuple[str, Pair]]
    name: Any


def pairs_of(facts: Iterable[dict[str, Any]], name: GoldNames) -> tuple[set[tuple[str, Pair]], list[tuple[str, set[str]]]]:
    """Return the kinds with pairs, and the gatherings of many with all who took part."""
    pairs: set[tuple[str, Pair]] = set()
    many: list[tuple[str, set[str]]] = []
    for fact in facts:
        if fact["type"] != "event":
            continue
        people = sorted({name(p) for p in fact.get("participants") or ()})
        if fact.get("visitor"):
            pairs |= {("visit", (name(v), name(fact["host"]))) for v in fact["visitor"]}
        elif len(people) <= MOST:
            pairs |= {(fact["kind"], p) for p in itertools.combinations(people, 2)}
        else:
            many.append((fact["kind"], set(people)))
    return pairs, many


def key(proposal: Proposal, name: GoldNames) -> tuple[str, Pair]:
    a, b = (name(n) for n in proposal.names)
    return proposal.kind, (a, b) if proposal.kind == "visit" or a <= b else (b, a)


def reading(path: Path, knowledge: Knowledge, untuned: bool = False) -> Reading:
    gold = read_facts_file(path)
    article = next(iter(read_paths([str(path.with_suffix(".txt"))])))
    assert isinstance(article, m.Article), article
    lexicon = knowledge.lexicon(article.language)
    assert lexicon is not None
    bench = Bench(article=article, resolved=resolve(article, recognise(article, knowledge), knowledge), knowledge=knowledge, facts=[], unasserted=[], rejected=[])
    stage, scenes = read_events(bench, lexicon, watched=True)
    name = GoldNames(gold)
    wanted, many = pairs_of(gold["facts"], name)
    open_ones, _ = pairs_of(gold.get("doubtful") or (), name)
    found = list(offered(stage, scenes, Everything()))
    labels: list[bool | None] = []
    for proposal in found:
        kind, pair = key(proposal, name)
        gathered = any(set(pair) <= people and kind in ("meeting", "statement", "signing") for _, people in many)
        labels.append(True if (kind, pair) in wanted else None if (kind, pair) in open_ones or gathered else False)
    return Reading(path.parent.name + "/" + path.stem, fold_of(path.stem), untuned, stage, found, labels, wanted, name)


def fold_of(stem: str) -> int:
    return zlib.crc32(stem.encode()) % FOLDS


class Everything:
    """A judge that lets every proposal pass."""

    kinds = frozenset(KINDS)

    def start(self, kind: str) -> float:
        return 0.0

    def weigh(self, kind: str, part: Part) -> float:
        return 0.0

    def hopeless(self, kind: str, odds: float) -> bool:
        return False


def names_of(proposal: Proposal) -> list[str]:
    """The features of a proposal, each for all kinds and for its own."""
    own = [f for part in proposal.parts for f in part]
    return [f"{ANY}\t{f}" for f in own] + [f"{proposal.kind}\t{f}" for f in (*own, BIAS)]


def matrix(rows: Sequence[Sequence[str]], vocabulary: dict[str, int]) -> csr_matrix:
    indices: list[int] = []
    ends = [0]
    for row in rows:
        indices += sorted({vocabulary[f] for f in row if f in vocabulary})
        ends.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(rows), len(vocabulary)))


def first_model(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, solver="liblinear", max_iter=400, random_state=0)


def second_rows(readings: Sequence[Reading], odds: Sequence[np.ndarray]) -> list[tuple[int, dict[str, float], bool | None]]:
    """Return (article, features, label) of each pair that the first model leaves and no rule has."""
    rows = []
    for n, item in enumerate(readings):
        kept = [msgspec.structs.replace(p, odds=float(o)) for p, o in zip(item.proposals, odds[n], strict=True) if o >= LEAST]
        label = {key(p, item.name): x for p, x in zip(item.proposals, item.labels, strict=True)}
        rows += [(n, features, label[key(best, item.name)]) for best, features in told(item.stage, kept)]
    return rows


def report(readings: Sequence[Reading], rows: Sequence[tuple[int, dict[str, float], bool | None]], sure: np.ndarray) -> None:
    gold = sum(len(r.gold) for r in readings)
    among = sum(len(r.gold & {key(p, r.name) for p in r.proposals}) for r in readings)
    print(f"{len(readings)} articles, {gold} gold pairs, {among / gold:.3f} of them among {sum(len(r.proposals) for r in readings)} proposals")
    for least in THRESHOLDS:
        taken = [label for (_, _, label), p in zip(rows, sure, strict=True) if p >= least and label is not None]
        print(f"out of fold, threshold {least}: {sum(taken)} right of {len(taken)} accepted")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--half-of", type=Path, action="append", default=[], help="a folder with a fixed split: train on its half A")
    parser.add_argument("--calibration", type=Path, help="a folder of articles that no rule was written on")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folds", type=Path, help="where to write for each fold a model whose first half never saw its articles, for benchmarks/confidence/train.py")
    parser.add_argument("--strength", type=float, default=0.1, help="inverse strength of the first model's regularisation")
    parser.add_argument("--second-strength", type=float, default=0.1)
    parser.add_argument("--threshold", type=float, default=0.45, help="the least confidence of a learned event")
    args = parser.parse_args()
    knowledge = load_knowledge()
    files = [p for folder in args.gold for p in gold_files(folder)] + [p for folder in args.half_of for p in gold_files(folder, "A")]
    readings = [reading(p, knowledge) for p in files]
    readings += [reading(p, knowledge, untuned=True) for p in gold_files(args.calibration)] if args.calibration else []
    rows = [names_of(p) for r in readings for p in r.proposals]
    labels = np.array([-1 if x is None else int(x) for r in readings for x in r.labels])
    folds = np.array([r.fold for r in readings for _ in r.labels])
    counts = Counter(f for row in rows for f in set(row))
    vocabulary = {f: n for n, f in enumerate(sorted(f for f, k in counts.items() if k >= RARE))}
    matrix_of_all = matrix(rows, vocabulary)
    odds = np.zeros(len(rows))
    for k in range(FOLDS):
        use = (folds != k) & (labels >= 0)
        odds[folds == k] = first_model(args.strength).fit(matrix_of_all[use], labels[use]).decision_function(matrix_of_all[folds == k])
    ends = np.cumsum([len(r.labels) for r in readings])
    second = second_rows(readings, np.split(odds, ends[:-1]))
    vectorizer = DictVectorizer(sparse=False)
    dense = vectorizer.fit_transform([features for _, features, _ in second])
    right = np.array([-1 if x is None else int(x) for _, _, x in second])
    fold = np.array([readings[n].fold for n, _, _ in second])
    counts_for = np.array([UNTUNED if readings[n].untuned else TUNED for n, _, _ in second])
    sure = np.zeros(len(second))
    for k in range(FOLDS):
        use = (fold != k) & (right >= 0)
        sure[fold == k] = LogisticRegression(C=args.second_strength, max_iter=4000).fit(dense[use], right[use], counts_for[use]).predict_proba(dense[fold == k])[:, 1]
    judged = [n for n, r in enumerate(readings) if r.untuned or not args.calibration]
    shown = [k for k, (n, _, _) in enumerate(second) if n in set(judged)]
    report([readings[n] for n in judged], [second[k] for k in shown], sure[shown])

    def decides(use: np.ndarray) -> dict[str, float]:
        two = LogisticRegression(C=args.second_strength, max_iter=4000).fit(dense[use], right[use], counts_for[use])
        weights = zip(vectorizer.feature_names_, two.coef_[0], strict=True)
        return {THRESHOLD: args.threshold, BIAS: float(two.intercept_[0]), **{f: float(w) for f, w in weights if abs(w) >= LIGHT}}

    if args.out:
        use = labels >= 0
        write(args.out, first_model(args.strength).fit(matrix_of_all[use], labels[use]), vocabulary, decides(right >= 0))
    for k in range(FOLDS) if args.folds else ():
        use = (labels >= 0) & (folds != k)
        write(fold_file(args.folds, k), first_model(args.strength).fit(matrix_of_all[use], labels[use]), vocabulary, decides((right >= 0) & (fold != k)))


def fold_file(folder: Path, fold: int) -> Path:
    """The file of the model that was trained without the articles of a fold."""
    return folder / f"without-{fold}.tsv"


def write(path: Path, one: LogisticRegression, vocabulary: dict[str, int], decides: dict[str, float]) -> None:
    """Write both models as a readable file."""
    lines = [f"{ANY}\t{BIAS}\t{one.intercept_[0]:.3f}"] + [f"{k}\t{BIAS}\t0.000" for k in KINDS if f"{k}\t{BIAS}" not in vocabulary]
    lines += [f"{name}\t{one.coef_[0][n]:.3f}" for name, n in vocabulary.items() if abs(one.coef_[0][n]) >= LIGHT or name.endswith(f"\t{BIAS}")]
    lines += [f"{SECOND}\t{name}\t{weight:.3f}" for name, weight in decides.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "\n".join(sorted(lines)) + "\n", "utf-8")
    print(f"{len(lines)} weights in {path}")


if __name__ == "__main__":
    main()
