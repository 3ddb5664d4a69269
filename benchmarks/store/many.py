"""Many articles into one store on all cores: rate, disk, and whether memory stays flat.

    many.py COUNT [--sentences N] [--jobs N] [--keep DIR] [--no-derive]

The articles are made by generate.py. Memory is the resident set of the writing process at each tenth of the way, its peak, and the largest peak
of the processes that extract. What is derived from all articles together is timed apart.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import generate

from relgraph import pipeline
from relgraph.knowledge import load_knowledge
from relgraph.store import open_store


def resident_mb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20


def disk_mb(folder: Path) -> int:
    files = {(f.stat().st_dev, f.stat().st_ino): f.stat().st_size for f in folder.rglob("*") if f.is_file()}  # a snapshot shares files: each once
    return sum(files.values()) >> 20


def run(count: int, sentences: int | None, jobs: int | None, place: Path, *, derive: bool) -> None:
    articles = place / "articles.jsonl"
    with articles.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(a, ensure_ascii=False) + "\n" for a in generate.generated(count, sentences))
    print(f"{count:,} articles, {articles.stat().st_size / count:,.0f} bytes each; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}", flush=True)
    knowledge, store, done, started = load_knowledge(), open_store(place / "db", create=True), 0, time.monotonic()

    def progress(_: str) -> None:
        nonlocal done
        done += 1
        if done % (count // 10) == 0:
            seconds = time.monotonic() - started
            print(f"  {done:>8,} articles  {seconds:7.0f} s  {done / seconds:6.1f} a second  {resident_mb():6,} MB here  load {os.getloadavg()[0]:.1f}", flush=True)

    refresh = pipeline.refresh
    pipeline.refresh = lambda store: None  # type: ignore[assignment]  # timed apart, below
    report = pipeline.build([str(articles)], store, knowledge=knowledge, jobs=jobs, progress=progress)
    pipeline.refresh = refresh
    loaded = time.monotonic() - started
    peak, others = (resource.getrusage(who).ru_maxrss >> 10 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"read, extracted, checked, written: {loaded:,.0f} s, {count / loaded:,.1f} a second, {report.quads:,} quads, {sum(report.facts.values()):,} facts")
    print(f"peak memory: {peak:,} MB in the writing process, {others:,} MB in the largest of the others", flush=True)
    if derive:
        began = time.monotonic()
        refresh(store)
        print(f"derived: {time.monotonic() - began:,.0f} s, peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10:,} MB")
    began = time.monotonic()
    store.close()
    print(f"closed and published: {time.monotonic() - began:.1f} s; {disk_mb(place / 'db'):,} MB on disk")
    began = time.monotonic()
    again = open_store(place / "db")
    again_report = pipeline.build([str(articles)], again, knowledge=knowledge) if derive else None
    print(f"opened{'; all found unchanged' if again_report and len(again_report.unchanged) + len(report.set_aside) >= count else ''}: {time.monotonic() - began:.1f} s")
    again.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--sentences", type=int)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--no-derive", action="store_true")
    chosen = parser.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    try:
        run(chosen.count, chosen.sentences, chosen.jobs, folder, derive=not chosen.no_derive)
    finally:
        if not chosen.keep:
            shutil.rmtree(folder)
    sys.exit(0)
