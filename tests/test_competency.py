"""The competency questions: each answers what tests/competency/expected.yaml says over the sample articles and a few of our own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import relgraph as rg
from relgraph.query import NamedQuery, Table, load_queries
from relgraph.resources import resource

ROOT = Path(__file__).parent
FOLDER = resource("ontology", "queries") / "competency"
EXPECTED: Mapping[str, list[dict[str, Any]]] = yaml.safe_load((ROOT / "competency" / "expected.yaml").read_text("utf-8"))
CASES = [(name, number) for name, cases in EXPECTED.items() for number in range(len(cases))]


@pytest.fixture(scope="module")
def kg() -> Iterator[rg.KnowledgeGraph]:
    with rg.build([ROOT.parent / "data" / "articles", ROOT / "competency" / "articles"]) as graph:
        yield graph


@pytest.fixture(scope="module")
def queries() -> dict[str, NamedQuery]:
    return {Path(q.path).stem: q for q in load_queries().values() if Path(q.path).parent == FOLDER}


def test_there_are_25_questions(queries: Mapping[str, NamedQuery]) -> None:
    """1 to 25; the shortest path, 21, is a command of its own, and 24 is asked in two ways."""
    assert {int(stem.split("-")[0].rstrip("b")) for stem in queries} == set(range(1, 26)) - {21}


def test_every_question_is_in_plain_words_and_has_expected_rows(queries: Mapping[str, NamedQuery]) -> None:
    assert set(EXPECTED) == set(queries)
    for query in queries.values():
        assert query.question.endswith("?")
        assert query.examples
        assert any(case.get("rows") for case in EXPECTED[Path(query.path).stem])


@pytest.mark.parametrize(("stem", "number"), CASES, ids=lambda v: str(v))
def test_the_answer(stem: str, number: int, kg: rg.KnowledgeGraph, queries: Mapping[str, NamedQuery]) -> None:
    """Every expected row is there, no unexpected one is."""
    case = EXPECTED[stem][number]
    table = kg.ask(queries[stem].name, **case["ask"])
    for row in case.get("rows", ()):
        assert found(table, row), f"{stem} {case['ask']}: no row {row} among\n{table.csv()}"
    for row in case.get("absent", ()):
        assert not found(table, row), f"{stem} {case['ask']}: the row {row} is there"
    if case.get("only"):
        others = [r for r in rows_of(table) if not any(matches(r, row) for row in case["rows"])]
        assert others == []


def test_no_question_names_somebody_by_chance(kg: rg.KnowledgeGraph, queries: Mapping[str, NamedQuery]) -> None:
    """The examples in the heads run, and give the same rows twice."""
    for query in queries.values():
        for example in query.examples:
            assert kg.ask(query.name, **example).rows == kg.ask(query.name, **example).rows


def rows_of(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def found(table: Table, wanted: Mapping[str, Any]) -> bool:
    assert set(wanted) <= set(table.columns), f"no such column: {set(wanted) - set(table.columns)}"
    return any(matches(row, wanted) for row in rows_of(table))


def matches(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(row[k] == v or (isinstance(v, str) and str(row[k]) == v) for k, v in wanted.items())
