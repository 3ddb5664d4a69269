"""The measure: the same as score.py of the gold set, and right where a reader can count by hand."""

from __future__ import annotations

import importlib.util
import json
import os
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from relgraph.errors import ArticleError
from relgraph.evaluate import (
    Evaluation,
    GoldNames,
    Judged,
    Tally,
    atoms,
    calibrate,
    error_classes,
    evaluate_folders,
    f1_gain,
    gold_files,
    half_of,
    judged,
    located,
    pair_tallies,
    predictions,
    score_article,
)


@pytest.fixture(scope="module")
def gold() -> Path:
    """The gold folder; a public clone has none."""
    named = os.environ.get("RELGRAPH_GOLD")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "gold"
    if not (folder / "score.py").is_file():
        if os.environ.get("CI"):
            pytest.fail(f"RELGRAPH_GOLD names no gold folder: {folder}")
        pytest.skip("needs the gold folder (RELGRAPH_GOLD)")
    return folder


def _spoilt(facts: list[dict[str, Any]], doubtful: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Facts as a middling extractor would give them: some left out, some altered, some doubtful, some invented."""
    out: list[dict[str, Any]] = []
    for fact in [*facts, *doubtful]:
        roll, changed = chance.random(), dict(fact)
        if roll < 0.25:
            continue
        for field in ("participants", "between", "members", "parties"):
            if roll > 0.8 and len(changed.get(field, ())) > 1:
                changed[field] = changed[field][1:]
        if roll > 0.6 and isinstance(changed.get("name"), str):
            changed["name"] = "Joint " + changed["name"]
        if roll > 0.7 and isinstance(changed.get("date"), str):
            changed["date"] = changed["date"][:7]
        if roll > 0.85 and isinstance(changed.get("person"), str):
            changed["person"] = changed["person"].replace("j", "zh").replace("y", "i")
        if roll > 0.9 and "value" in changed:
            changed["value"] = str(changed["value"])
        out.append(changed)
    out.append({"type": "topic", "between": ["Tajikistan", "Central Asia"], "topic": "space"})
    return out


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("half", [None, "A", "B"])
def test_agrees_with_score_py(gold: Path, tmp_path: Path, language: str, half: Any) -> None:
    """On spoilt copies of every gold file each line has the counts that score.py gives, and the same mistakes."""
    chance = random.Random(7)
    files = sorted((gold / language).glob("*.json"))
    assert len(files) > 4
    for path in files[1:]:
        loaded = json.loads(path.read_text("utf-8"))
        (tmp_path / path.name).write_text(json.dumps({"facts": _spoilt(loaded["facts"], loaded.get("doubtful") or [], chance)}), "utf-8")
    theirs = _score_py(gold)
    counts, errors = theirs.score(gold / language, tmp_path, half)
    mine = evaluate_folders(gold / language, tmp_path, half)
    strict = counts.pop(theirs.STRICT)
    assert {line: t._asdict() for line, t in mine.lines.items()} == {line: {k: c[k] for k in ("tp", "fp", "fn")} for line, c in counts.items()}
    assert mine.strict == Tally(strict["tp"], strict["fp"], strict["fn"])
    assert sorted((m.article + ".json", m.verdict, m.said) for m in mine.mistakes if m.verdict in ("fp", "fn")) == sorted(e for e in errors if e[2])
    assert mine.total.f1 < 1
    assert mine.total.tp > 5


def test_agrees_with_pairs_py(gold: Path, tmp_path: Path) -> None:
    """On spoilt copies of the gold files each line of the pair measure has the counts that pairs.py gives."""
    chance = random.Random(11)
    for path in sorted((gold / "en").glob("*.json")):
        loaded = json.loads(path.read_text("utf-8"))
        (tmp_path / path.name).write_text(json.dumps({"facts": _spoilt(loaded["facts"], loaded.get("doubtful") or [], chance)}), "utf-8")
    theirs = _module(gold, "pairs")
    rows = [pair_tallies(gold_facts, facts, frozenset(theirs.STATES)) for _, gold_facts, facts, _ in predictions(gold / "en", tmp_path)]
    expected = theirs.score(gold / "en", tmp_path)
    assert [{k: t._asdict() for k, t in row.items()} for row in rows] == [{k: {x: c[x] for x in ("tp", "fp", "fn")} for k, c in row.items()} for _, row in expected]


def _score_py(gold: Path) -> ModuleType:
    return _module(gold, "score")


def _module(gold: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, gold / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MEETING = {"type": "event", "kind": "meeting", "participants": ["Emomali Rahmon", "Sadyr Japarov", "Serdar Berdimuhamedov"], "date": "2025-10-09"}


def test_a_meeting_of_three_is_three_pairs() -> None:
    """Each pair of participants counts, and each pair's date."""
    found = set(atoms(MEETING, GoldNames({"facts": []})))
    assert len([a for a in found if a[0] == "event"]) == 3
    assert ("event date", "meeting", "emomali rahmon", "sadyr japarov", "2025-10-09") in found


def test_partly_right_earns_part() -> None:
    """Two of three participants: one right pair, two missed; the same for dates."""
    gold = {"facts": [MEETING]}
    score = score_article("a", gold, [{**MEETING, "participants": ["Emomali Rahmon", "Sadyr Zhaparov"]}])
    assert score.lines == {"event": Tally(1, 0, 2), "event date": Tally(1, 0, 2)}
    assert {m.verdict for m in score.mistakes} == {"fn"}


def test_doubtful_counts_neither_way_but_strictly() -> None:
    """What is doubtful in the gold file is wrong on the strict line only."""
    topic = {"type": "topic", "between": ["Tajikistan", "Kyrgyzstan"], "topic": "water"}
    score = score_article("a", {"facts": [MEETING], "doubtful": [topic]}, [MEETING, topic])
    assert "topic" not in score.lines
    assert score.strict.fp == 1


def test_spelling_of_periods_and_offices_is_forgiven() -> None:
    """Halves written as months, and the two ways to name a ministry, are the same tuple."""
    names = GoldNames({"facts": []})
    figure = {"type": "indicator", "kind": "exports", "between": ["China", "PRC"], "value": "1e6", "unit": "USD", "period": "2025-01/2025-06"}
    assert set(atoms(figure, names)) == set(atoms({**figure, "value": 1_000_000, "period": "2025-H1", "between": ["China"]}, names))
    office = {"type": "office", "person": "A B", "office": "Minister of Foreign Affairs", "of": "Iran"}
    assert set(atoms(office, names)) == set(atoms({**office, "office": "foreign minister"}, names))


def test_intervals_hold_the_value_and_are_repeatable() -> None:
    """The interval is around the measured F1, narrows to a point when all articles are alike, and never changes by itself."""
    right, wrong = score_article("r", {"facts": [MEETING]}, [MEETING]), score_article("w", {"facts": [MEETING]}, [])
    mixed = Evaluation(tuple([right, wrong] * 10))
    low, high = mixed.intervals()["ALL"]["f1"]
    assert low < mixed.total.f1 < high
    assert mixed.intervals() == mixed.intervals()
    assert Evaluation((right,) * 5).intervals()["ALL"]["recall"] == (1.0, 1.0)


def test_json_round_trip_and_gain() -> None:
    """A saved evaluation compares with a later one; a better run has a gain above nought in the whole interval."""
    golds = {f"a{i}": {"facts": [{**MEETING, "place": f"Town {i}"}]} for i in range(12)}
    worse = Evaluation(tuple(score_article(k, g, [{**MEETING, "kind": "visit"}]) for k, g in golds.items()))
    better = Evaluation(tuple(score_article(k, g, g["facts"]) for k, g in golds.items()))
    old = Evaluation.from_json(json.loads(json.dumps(worse.to_json())))
    assert old.lines == worse.lines
    assert old.strict == worse.strict
    gain, (low, high) = f1_gain(old, better)
    assert gain == pytest.approx(1.0)
    assert low <= gain <= high
    assert f1_gain(better, better) == (0.0, (0.0, 0.0))


def test_halves_are_fixed() -> None:
    """The half depends on the name alone; both halves are used."""
    assert half_of("seed-caspian-post") == half_of("seed-caspian-post")
    assert {half_of(f"article-{i}") for i in range(20)} == {"A", "B"}


def test_bad_gold_is_named(tmp_path: Path) -> None:
    """An empty folder, a missing one, broken JSON and a file without facts are each named."""
    with pytest.raises(ArticleError, match="holds no gold file"):
        gold_files(tmp_path)
    with pytest.raises(ArticleError, match="is not a folder"):
        gold_files(tmp_path / "none")
    (tmp_path / "a.json").write_text('{"facts": [\n}', "utf-8")
    with pytest.raises(ArticleError, match=r"a\.json:2: isn't valid JSON"):
        evaluate_folders(tmp_path, tmp_path)
    (tmp_path / "a.json").write_text("[]", "utf-8")
    with pytest.raises(ArticleError, match="has no list of facts"):
        evaluate_folders(tmp_path, tmp_path)


def test_calibration_by_hand() -> None:
    """Two bins, each off by a tenth; the better half is the more confident one; ties count half."""
    found = calibrate([Judged(0.9, 1.0), Judged(0.9, 1.0), Judged(0.1, 0.0), Judged(0.1, 0.0)])
    assert (found.right, round(found.error, 6), found.auroc, found.top) == (0.5, 0.1, 1.0, 1.0)
    assert calibrate([Judged(0.5, 1.0), Judged(0.5, 0.0)]).auroc == 0.5


def test_doubtful_facts_are_not_judged() -> None:
    """What annotators marked as doubtful says nothing of the confidence."""
    topic = {"type": "topic", "between": ["Iran", "Tajikistan"], "topic": "water", "confidence": 0.7}
    assert judged({"facts": [], "doubtful": [topic]}, [topic]) == []
    assert judged({"facts": [topic]}, [topic]) == [Judged(0.7, 1.0)]


def test_mistakes_stand_beside_their_sentences() -> None:
    """A wrong fact has the sentence it cites and its rule; a missed one the sentence with most of its words."""
    gold = {"facts": [{"type": "topic", "between": ["Iran", "Tajikistan"], "topic": "water"}]}
    wrong = {"type": "topic", "between": ["Iran", "Tajikistan"], "topic": "media", "rule": "topic.word", "evidence": [{"quote": "They spoke of media."}]}
    found = located("a", gold, [wrong], ["They spoke of media.", "Tajikistan gives Iran water."])
    assert [(m.verdict, m.rule, m.sentence) for m in found] == [("fn", "", "Tajikistan gives Iran water."), ("fp", "topic.word", "They spoke of media.")]
    assert [(c.verdict, c.what, c.times) for c in error_classes(found)] == [("fn", "", 1), ("fp", "topic.word", 1)]
