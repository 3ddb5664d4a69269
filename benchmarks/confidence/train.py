"""Train the confidence model, and say how far its confidences can be trusted.

    train.py GOLD_DIR... [--calibration DIR] [--learned DIR] [--split GOLD_DIR] [--out data/confidence/en.tsv]

Each folder holds ID.txt and ID.json. Of a folder with a fixed split half A is used, and half B judges what it never saw (`--split DIR`). A logistic
regression a type of fact is trained on all candidates of the rules. Rules are right too often on the articles that they were written on, so articles
that no rule was written on (`--calibration DIR`) count more, and they alone are judged out of fold (ten folds of whole articles). Needs scikit-learn; scoring does not.
"""

from __future__ import annotations

import argparse
import functools
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

import relgraph.model as m
from relgraph.evaluate import GoldNames, all_atoms, atoms, gold_files, read_facts_file, with_gold_titles
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.knowledge.weights import BIAS, THRESHOLD, Learned, read_weights
from relgraph.read import read_paths
from relgraph.recognise import recognise
from relgraph.relate import candidates_of
from relgraph.relate.company import Company
from relgraph.relate.confidence import features_of
from relgraph.relate.events import LEARNED
from relgraph.resolve import resolve

FOLDS = 10
LEARNED_FOLDS = 5
"""Those of benchmarks/learned/train.py."""
RARE = 3
"""A feature of fewer candidates than this has no weight of its own."""
TUNED, UNTUNED = 0.5, 3.0
"""What a candidate of an article counts that rules were written on, and of one that they weren't."""
LEAST, LEAST_OF = 0.35, {"event": 0.3, "treaty": 0.25, "topic": 0.6}
"""The least confidence of a fact that is kept. About half of the F1 that is reached keeps F1 highest; of topics, of which a text has many, only the surer ones are kept, which costs no F1."""
CORE = {"event date", "event place"}
"""Lines that don't count when a fact is judged: date and place of an event hang on its participants."""


class Candidate(NamedTuple):
    article: str
    kind: str
    features: dict[str, float]
    right: int
    wrong: int
    weight: float


def knowledge_of(path: Path, learned: Path | None) -> Knowledge:
    """The shipped knowledge, but with a model of learned events that never saw the article: in training it would be too sure."""
    return without(learned, zlib.crc32(path.stem.encode()) % LEARNED_FOLDS) if learned else without(None, 0)


@functools.cache
def without(learned: Path | None, fold: int) -> Knowledge:
    shipped = load_knowledge()
    if learned is None:
        return shipped
    return Knowledge(shipped.reference, shipped.lexicons, {}, learned={"en": Learned(read_weights(learned / f"without-{fold}.tsv"))})


def candidates(files: list[Path], weight: float = UNTUNED, learned: Path | None = None) -> list[Candidate]:
    found = []
    for path in files:
        knowledge = knowledge_of(path, learned)
        gold = read_facts_file(path)
        article = next(iter(read_paths([str(path.with_suffix(".txt"))])))
        assert isinstance(article, m.Article), article
        bench = candidates_of(article, resolve(article, recognise(article, knowledge), knowledge), knowledge)
        name, doubtful = GoldNames(gold), list(gold.get("doubtful") or ())
        wanted = all_atoms(gold["facts"], name)
        free = all_atoms(doubtful, name) - wanted
        company = Company(bench.resolved, bench.facts)
        for fact in bench.facts:
            if fact.rule.startswith(LEARNED):
                continue  # has the confidence of its own model
            said = next(with_gold_titles([{**m.content(fact), "type": type(fact).__struct_config__.tag}], [*gold["facts"], *doubtful], name))
            own = [a for a in atoms(said, name) if a[0] not in CORE and a not in free]
            if own:
                right = sum(a in wanted for a in own)
                found.append(Candidate(path.stem, str(type(fact).__struct_config__.tag), features_of(bench, fact, company), right, len(own) - right, weight))
    return found


def fitted(items: list[Candidate], strength: float) -> tuple[DictVectorizer, LogisticRegression, set[str]]:
    counts = Counter(f for c in items for f in c.features)
    common = {f for f, n in counts.items() if n >= RARE}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{k: v for k, v in c.features.items() if k in common} for c in items])
    rows, labels, weights = [], [], []
    for i, c in enumerate(items):
        for label, share in ((1, c.right), (0, c.wrong)):
            if share:
                rows.append(i)
                labels.append(label)
                weights.append(c.weight * share / (c.right + c.wrong))
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(matrix[rows], labels, sample_weight=weights)
    return vectorizer, model, common


def predicted(fit: tuple[DictVectorizer, LogisticRegression, set[str]], items: list[Candidate]) -> np.ndarray:
    vectorizer, model, _ = fit
    return model.predict_proba(vectorizer.transform([c.features for c in items]))[:, 1]


def out_of_fold(items: list[Candidate], strength: float) -> np.ndarray:
    fold = np.array([zlib.crc32(c.article.encode()) % FOLDS for c in items])
    out = np.zeros(len(items))
    for k in range(FOLDS):
        train = [c for c, f in zip(items, fold, strict=True) if f != k]
        test = [c for c, f in zip(items, fold, strict=True) if f == k]
        if test:
            out[fold == k] = predicted(fitted(train, strength), test)
    return out


def calibration(confidence: np.ndarray, items: list[Candidate]) -> str:
    """Expected calibration error (ten bins), AUROC, and precision among the most confident 30 %; a fact is right as far as its tuples are."""
    share = np.array([c.right / (c.right + c.wrong) for c in items])
    bins = np.minimum((confidence * 10).astype(int), 9)
    error = sum(abs(confidence[bins == b].mean() - share[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any())
    label = share >= 0.5
    area = roc_auc_score(label, confidence) if 0 < label.sum() < len(label) else float("nan")
    top = np.argsort(-confidence)[: max(1, round(0.3 * len(items)))]
    return f"{len(items):5} facts  right {share.mean():.3f}  ECE {error:.3f}  AUROC {area:.3f}  precision of the top 30 % {share[top].mean():.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--split", type=Path, help="a folder with a fixed split: train on its half A, confirm on its half B")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--calibration", type=Path, help="a folder of articles that no rule was written on")
    parser.add_argument("--learned", type=Path, help="the folder of `benchmarks/learned/train.py --folds`")
    parser.add_argument("--strength", type=float, default=0.1, help="inverse strength of the regularisation")
    args = parser.parse_args()
    files = [p for folder in args.gold for p in gold_files(folder)]
    train = candidates(files + (list(gold_files(args.split, "A")) if args.split else []), TUNED, args.learned)
    train += candidates(list(gold_files(args.calibration)), learned=args.learned) if args.calibration else []
    judged = max(c.weight for c in train)
    confirm = candidates(list(gold_files(args.split, "B"))) if args.split else []
    by_kind: dict[str, list[Candidate]] = defaultdict(list)
    for c in train:
        by_kind[c.kind].append(c)
    lines, pooled, pooled_items, seen, seen_items = [], [], [], [], []
    for kind, items in sorted(by_kind.items()):
        if len(items) < 40 or len({c.article for c in items}) < 15:
            items = [*items, *(c for c in train if c.kind == "indicator")] if kind == "target" else items
        confidence = out_of_fold(items, args.strength)
        unseen = np.array([c.weight == judged for c in items])
        confidence, pool = confidence[unseen], [c for c in items if c.weight == judged]
        print(f"{kind:10} out of fold  {calibration(confidence, pool) if pool else 'none'}")
        kept = confidence >= LEAST_OF.get(kind, LEAST)
        pooled.append(confidence[kept])
        pooled_items += [c for c, k in zip(pool, kept, strict=True) if k]
        fit = fitted(items, args.strength)
        own = [c for c in confirm if c.kind == kind]
        if own:
            later = predicted(fit, own)
            print(f"{'':10} unseen       {calibration(later, own)}")
            seen.append(later[later >= LEAST_OF.get(kind, LEAST)])
            seen_items += [c for c, p in zip(own, later, strict=True) if p >= LEAST_OF.get(kind, LEAST)]
        vectorizer, model, _ = fit
        lines += [f"{kind}\t{THRESHOLD}\t{LEAST_OF.get(kind, LEAST):.3f}", f"{kind}\t{BIAS}\t{model.intercept_[0]:.3f}"]
        lines += [f"{kind}\t{name}\t{weight:.3f}" for name, weight in sorted(zip(vectorizer.feature_names_, model.coef_[0], strict=True)) if abs(weight) >= 0.02]
    print(f"{'kept':10} out of fold  {calibration(np.concatenate(pooled), pooled_items)}")
    if seen_items:
        print(f"{'kept':10} unseen       {calibration(np.concatenate(seen), seen_items)}")
    if args.out:
        head = "# Confidence of English facts: logistic regression, trained by benchmarks/confidence/train.py. Type, feature, weight.\n"
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
