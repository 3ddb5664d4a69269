"""Train the weights of topics (data/lexicon/<language>/topic_weights.yaml) and say how they do on articles that they were not trained on.

    train.py GOLD_DIR... [--language en] [--out FILE]

Each folder holds ID.txt and ID.json. A logistic regression is trained on all candidates of `relgraph.relate.topics`; precision and recall
are given out of fold, ten folds of whole articles. Needs scikit-learn; reading the weights does not.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import relgraph.model as m
from relgraph.evaluate import GoldNames, all_atoms, gold_files, read_facts_file
from relgraph.knowledge import load_knowledge
from relgraph.read import read_paths
from relgraph.recognise import recognise
from relgraph.relate.candidates import Bench
from relgraph.relate.topics import candidates_of_topics, features_of_topic
from relgraph.resolve import resolve

FOLDS, STRENGTH = 10, 0.15
RARE, RARE_WORD = 3, 8
"""A feature, or a word, of fewer candidates than this has no weight of its own."""
LEAST = 0.03
HAND = {"group-of-pairs": -2.5}
"""Weights set by hand, too rare to learn: 'bilateral talks with A, B and C' are no talks of the group."""


class Row(NamedTuple):
    article: str
    features: list[str]
    right: bool


def rows_of(folders: list[str], language: str) -> tuple[list[Row], int]:
    """Return the candidates that count, and how many topics the gold holds."""
    knowledge = load_knowledge()
    lexicon = knowledge.lexicons[language]
    rows, wanted = [], 0
    for path in (p for folder in folders for p in gold_files(Path(folder))):
        gold = read_facts_file(path)
        article = next(iter(read_paths([str(path.with_suffix(".txt"))])))
        assert isinstance(article, m.Article), article
        bench = Bench(article=article, resolved=resolve(article, recognise(article, knowledge), knowledge), knowledge=knowledge, facts=[], unasserted=[], rejected=[])
        name = GoldNames(gold)
        right = {a for a in all_atoms(gold["facts"], name) if a[0] == "topic"}
        free = all_atoms(list(gold.get("doubtful") or ()), name) - right
        wanted += len(right)
        found = candidates_of_topics(bench, lexicon)
        total = Counter(key for (_, key), words in found.items() for _ in words)
        for (pair, key), words in found.items():
            said = all_atoms([{"type": "topic", "between": list(pair), "topic": key}], name)
            if not said <= free:
                rows.append(Row(path.stem, list(features_of_topic(bench, pair, key, words, total)), said <= right))
    return rows, wanted


def fitted(rows: list[Row]) -> tuple[DictVectorizer, LogisticRegression]:
    """Train on the features that are common enough."""
    counts = Counter(f for r in rows for f in r.features)
    common = {f for f, n in counts.items() if f != "bias" and n >= (RARE_WORD if f.startswith("word=") else RARE)}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1.0 for f in r.features if f in common} for r in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(matrix, [r.right for r in rows])
    return vectorizer, model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--language", default="en")
    parser.add_argument("--out")
    args = parser.parse_args()
    rows, wanted = rows_of(args.gold, args.language)
    judged: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        here = [zlib.crc32(r.article.encode()) % FOLDS == fold for r in rows]
        vectorizer, model = fitted([r for r, own in zip(rows, here, strict=True) if not own])
        left = [r for r, own in zip(rows, here, strict=True) if own]
        scores = model.predict_proba(vectorizer.transform([dict.fromkeys(r.features, 1.0) for r in left]))[:, 1]
        judged += [(float(s), r.right) for s, r in zip(scores, left, strict=True)]
    print(f"{len(rows)} candidates, {sum(r.right for r in rows)} of {wanted} gold topics among them")
    for threshold in (0.4, 0.45, 0.5, 0.55, 0.6):
        kept = [right for score, right in judged if score >= threshold]
        precision, recall = sum(kept) / max(len(kept), 1), sum(kept) / max(wanted, 1)
        print(f"threshold {threshold:.2f}: precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}")
    if args.out:
        vectorizer, model = fitted(rows)
        weights = {"bias": float(model.intercept_[0])} | {str(f): float(w) for f, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)} | HAND
        lines = ["# What speaks for a topic (positive) and against it: written by benchmarks/topics/train.py from annotated articles.", "topic_weights:"]
        lines += [f"  {json.dumps(f)}: {w:.2f}" for f, w in sorted(weights.items()) if abs(w) >= LEAST]
        Path(args.out).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
