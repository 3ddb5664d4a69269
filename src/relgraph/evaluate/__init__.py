"""Facts against gold facts: precision, recall and F1 by type of fact, with intervals by article.

In: a folder of gold files and the facts of the same articles. Out: an `Evaluation`. A fact is broken into small tuples (a meeting of two
or three into its pairs of participants, a treaty into its name, each party and its status ...), so that a partly right fact earns part of
the score. What annotators marked as doubtful counts neither way; the strict line counts it as wrong. Nothing here knows how facts are found.
"""

from __future__ import annotations

from relgraph.evaluate.atoms import Atom, RawFact, all_atoms, atoms, with_gold_titles
from relgraph.evaluate.calibration import Calibration, Judged, calibrate, judged
from relgraph.evaluate.folders import Half, evaluate_folders, gold_files, half_of, predictions, read_facts_file
from relgraph.evaluate.mistakes import ErrorClass, Located, error_classes, located
from relgraph.evaluate.names import GoldNames, heard, plain
from relgraph.evaluate.pairs import pair_tallies
from relgraph.evaluate.scores import ArticleScore, Evaluation, Mistake, Tally, f1_gain, score_article, total

__all__ = [
    "ArticleScore", "Atom", "Calibration", "ErrorClass", "Evaluation", "GoldNames", "Half", "Judged", "Located", "Mistake", "RawFact", "Tally",
    "all_atoms", "atoms", "calibrate", "error_classes", "evaluate_folders", "f1_gain", "gold_files", "half_of", "heard", "judged", "located",
    "pair_tallies", "plain", "predictions", "read_facts_file", "score_article", "total", "with_gold_titles",
]  # fmt: skip
