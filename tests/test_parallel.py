"""Building on several processes gives what one gives, and an interrupted run goes on where it stopped."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from relgraph import pipeline, preparing
from relgraph.cli import run
from relgraph.errors import RelgraphError
from relgraph.extracting import extract_all
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.model import Article, ArticleFacts
from relgraph.parallel import spread
from relgraph.preparing import content_key
from relgraph.read import read_paths
from relgraph.read.counting import count_articles
from relgraph.store import OxigraphStore

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
SOME = sorted(ARTICLES.glob("*.txt"))[:6]


def state(store: OxigraphStore) -> list[str]:
    return sorted(map(str, store.quads()))


def test_two_processes_give_the_graph_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same quads, and a report in the order of the inputs."""
    monkeypatch.setattr(pipeline, "BATCH", 2)
    alone, together = OxigraphStore(), OxigraphStore()
    first = pipeline.build([str(p) for p in SOME], alone)
    second = pipeline.build([str(p) for p in SOME], together, jobs=2)
    assert state(together) == state(alone)
    assert second.added == first.added == [p.stem for p in SOME]
    assert second.facts == first.facts


def test_an_interrupted_run_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written is found unchanged; the end is that of an undisturbed run."""
    monkeypatch.setattr(pipeline, "BATCH", 2)
    store, seen = OxigraphStore(), list[str]()

    def interrupt(name: str) -> None:
        seen.append(name)
        if len(seen) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.build([str(p) for p in SOME], store, progress=interrupt)
    report = pipeline.build([str(p) for p in SOME], store)
    assert (len(report.unchanged), len(report.added)) == (4, 2)
    whole = OxigraphStore()
    pipeline.build([str(p) for p in SOME], whole)
    assert state(store) == state(whole)


def die(chunk: list[int]) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return sum(chunk)


def test_a_process_ended_by_the_system_is_said_in_one_line() -> None:
    """Not a traceback of the pool's."""
    with pytest.raises(RelgraphError, match="ended by the system") as caught:
        list(spread(die, iter([[1], [2], [3]]), jobs=2))
    assert "--jobs 1" in caught.value.hint


def test_chunks_are_read_as_they_are_needed() -> None:
    """A few chunks for each process are ahead, never the whole input."""
    read = 0

    def chunks() -> Iterator[list[int]]:
        nonlocal read
        for number in range(1000):
            read += 1
            yield [number]

    results = spread(sum, chunks(), jobs=2)
    assert [next(results) for _ in range(3)] == [([0], 0), ([1], 1), ([2], 2)]
    assert read < 20
    results.close()  # type: ignore[attr-defined]


def test_an_edit_of_a_lexicon_concerns_the_articles_of_its_language(tmp_path: Path) -> None:
    """Their keys change, so that they are extracted again; those of other languages stay."""
    ours = load_knowledge()
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "topics.yaml").write_text("topics:\n- id: yaks\n  label: yaks\n  forms: [yak breeding]\n  examples: ['They spoke of yak breeding.']\n")
    theirs = load_knowledge(None, tmp_path)
    english = next(a for a in read_paths([str(SOME[0])]) if not isinstance(a, RelgraphError))
    russian = msgspec.structs.replace(english, language="ru")
    assert content_key(english, ours) != content_key(english, theirs)
    if "ru" not in ours.lexicons:
        assert content_key(russian, ours) == content_key(russian, theirs)


def test_articles_are_counted_before_they_are_read(tmp_path: Path) -> None:
    """Files and lines of JSON Lines; nothing for what can only be known by reading."""
    lines = [json.dumps({"id": f"a{n}", "text": "A text."}) for n in range(3)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "one.txt").write_text("One.\n")
    assert count_articles([str(tmp_path)]) == 4
    assert count_articles([str(tmp_path), "-"]) is None


def test_shards_are_a_partition() -> None:
    """Each article is in exactly one part, and its facts are those of a run over all."""
    whole = dict(item for item in extract_all([str(p) for p in SOME], jobs=1) if isinstance(item, tuple))
    parts = [dict(item for item in extract_all([str(p) for p in SOME], jobs=1, shard=(i, 3)) if isinstance(item, tuple)) for i in (1, 2, 3)]
    assert sum(map(len, parts)) == len(whole) == len(SOME)
    assert {k: v for part in parts for k, v in part.items()} == whole


def test_the_parts_of_other_machines_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The graph is that of one machine, and nothing is extracted a second time."""
    own, done = tmp_path / "facts", list[str]()
    for part in ("1/2", "2/2"):
        assert run(["extract", *map(str, SOME), "--shard", part, "--out", str(own), "-q"]) == 0
    assert sorted(p.stem for p in own.iterdir()) == [p.stem for p in SOME]
    (own / f"{SOME[0].stem}.json").write_text("{}", "utf-8")
    other = json.loads((own / f"{SOME[1].stem}.json").read_text("utf-8"))
    (own / f"{SOME[1].stem}.json").write_text(json.dumps(other | {"key": "of another text"}), "utf-8")
    extracted = preparing.extract

    def counted(article: Article, knowledge: Knowledge) -> ArticleFacts:
        done.append(article.id)
        return extracted(article, knowledge)

    monkeypatch.setattr(preparing, "extract", counted)
    whole, loaded = OxigraphStore(), OxigraphStore()
    report = pipeline.build([str(p) for p in SOME], loaded, extracted=own)
    assert done == [SOME[0].stem, SOME[1].stem]  # a broken file, and facts that no longer hold
    assert len(report.added) == len(SOME)
    pipeline.build([str(p) for p in SOME], whole)
    assert state(loaded) == state(whole)


def test_build_takes_the_facts_of_a_folder(tmp_path: Path) -> None:
    """On the command line, in several processes too; a folder that isn't there is wrong usage."""
    texts = [str(p) for p in SOME]
    assert run(["extract", *texts, "--out", str(tmp_path / "facts"), "-q"]) == 0
    assert run(["build", *texts, "--facts", str(tmp_path / "facts"), "--jobs", "2", "--store", str(tmp_path / "db"), "-q"]) == 0
    assert run(["build", *texts, "--facts", str(tmp_path / "none"), "--store", str(tmp_path / "db"), "-q"]) == 2
    loaded, whole = OxigraphStore(tmp_path / "db", read_only=True), OxigraphStore()
    pipeline.build(texts, whole)
    assert state(loaded) == state(whole)
    loaded.close()
