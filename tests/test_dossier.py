"""Dossiers: every line has its footnote, days and publications are kept, differing figures stand side by side, hostile text stays text."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import relgraph as rg
from relgraph.cli import run
from relgraph.query.dossier import DossierData, Section

ROOT = Path(__file__).parents[1]
DIFFERING = {
    "one": ("2024-02-01", "One News", "Trade turnover between Tajikistan and Kazakhstan amounted to 1.1 billion USD in 2023."),
    "other": ("2024-03-01", "Other Post", "Trade turnover between Tajikistan and Kazakhstan amounted to 1.4 billion USD in 2023."),
    "met": ("2024-05-21", "One News", "President of Tajikistan Emomali Rahmon met with President of Kazakhstan Kassym-Jomart Tokayev in Astana on May 20, 2024."),
    "hostile": ("2024-06-01", "<img src=x onerror=alert(1)>", "Trade turnover between Tajikistan and Kazakhstan amounted to 900 million USD in 2022, said the <b>ministry</b> | [x](javascript:alert(1))."),
}  # fmt: skip


def write(folder: Path) -> Path:
    for name, (day, publisher, text) in DIFFERING.items():
        (folder / f"{name}.md").write_text(f'---\ntitle: "{name} <script>"\npublished: {day}\npublisher: "{publisher}"\nurl: https://example.org/{name}\n---\n\n{text}\n', "utf-8")
    return folder


@pytest.fixture(scope="module")
def kg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rg.KnowledgeGraph]:
    """A store of four articles of a reader's own, on disk."""
    folder = tmp_path_factory.mktemp("dossier")
    (folder / "articles").mkdir()
    with rg.build(write(folder / "articles"), store=folder / "own.db") as graph:
        yield graph


def section(data: DossierData, key: str) -> Section:
    return next(s for s in data.sections if s.key == key)


def test_every_line_has_footnotes_that_exist(kg: rg.KnowledgeGraph) -> None:
    """Of a pair, a state, a person and an organisation; each sentence of an article comes with its publisher, day and link."""
    for names in (("TJ", "KZ"), ("Tajikistan",), ("Rahmon",), ("SCO",)):
        data = kg.dossier(*names).data
        assert data.sections
        numbers = {n.number for n in data.notes}
        for part in data.sections:
            for row in part.rows:
                assert row.notes, (names, part.key, row)
                assert set(row.notes) <= numbers
                assert len(row.cells) == len(part.columns)
        assert {n for p in data.sections for r in p.rows for n in r.notes} == numbers, "no footnote is left without a line"
        for note in data.notes:
            assert bool(note.source) != bool(note.quote and note.title and note.publisher and note.published and note.url and note.fact)


def test_contacts_stand_at_their_level(kg: rg.KnowledgeGraph) -> None:
    """Two presidents who met are heads of state; the day and place are the sentence's."""
    rows = section(kg.dossier("TJ", "KZ").data, "contacts").rows
    assert {(r.group, r.cells[0], r.cells[3]) for r in rows} == {("heads of state", "2024-05-20", "Astana")}
    assert "meeting" in {r.cells[1] for r in rows}
    assert section(kg.dossier("TJ", "KZ").data, "counts").rows[0].cells == ("2024", str(len(rows)), str(len(rows)))


def test_at_a_gathering_the_two_sides_make_the_level() -> None:
    """Presidents at a summit with a head of government met as presidents; of the other summits of the article only the states are told."""
    with rg.build(ROOT / "data" / "articles" / "it-ca-2025-05-30-astana-first-summit.txt") as graph:
        rows = section(graph.dossier("TJ", "KZ").data, "contacts").rows
    assert {r.group for r in rows if r.cells[:2] == ("2025-05-30", "summit")} == {"heads of state"}


def test_differing_figures_stand_side_by_side(kg: rg.KnowledgeGraph) -> None:
    """Both values in one row, each with its own footnote, marked; and as two bars of one period."""
    part = section(kg.dossier("TJ", "KZ").data, "figures")
    row = next(r for r in part.rows if r.cells[2] == "2023")
    assert re.fullmatch(r"1\.1 billion USD \[\d+\]; 1\.4 billion USD \[\d+\]", row.cells[3])
    assert row.mark == "sources differ"
    assert [(b.period, b.value, b.differs) for b in part.charts[0].bars] == [("2022", 9e8, False), ("2023", 1.1e9, True), ("2023", 1.4e9, True)]
    assert "differing figures" in {r.cells[0] for r in section(kg.dossier("TJ", "KZ").data, "questions").rows}


def test_as_of_and_known(kg: rg.KnowledgeGraph) -> None:
    """`at` leaves out what lies after the day; `known` what was published after it, whatever it speaks of."""
    early = kg.dossier("TJ", "KZ", at="2023-12-31").data
    assert "contacts" not in {s.key for s in early.sections}
    known = kg.dossier("TJ", "KZ", known=datetime.date(2024, 2, 15)).data
    assert known.at == known.known == "2024-02-15"
    assert {n.title for n in known.notes if n.quote} == {"one <script>"}
    assert not section(known, "figures").rows[0].mark
    assert any(r.cells[0].startswith("Nursultan") for r in section(kg.dossier("KZ", at="2018").data, "offices").rows)


def test_facts_as_of_and_known(kg: rg.KnowledgeGraph) -> None:
    """Facts know their days; `between` and `facts` take the same two clocks."""
    assert [f.text for f in kg.between("TJ", "KZ", type="indicator", at="2022")] == ["Trade turnover of Kazakhstan and Tajikistan: 900 million USD, 2022"]
    assert {f.article.id for f in kg.facts("TJ", known="2024-02")} == {"one"}
    assert {(f.first_day, f.last_day) for f in kg.between("TJ", "KZ", type="event")} == {("2024-05-20", "2024-05-20")}
    with pytest.raises(rg.QueryError, match="known='soon' is no date"):
        kg.facts(known="soon")


def test_hostile_text_stays_text(kg: rg.KnowledgeGraph) -> None:
    """No element, link or markup of an article comes alive in HTML or Markdown."""
    dossier = kg.dossier("TJ", "KZ")
    page = dossier.html()
    assert "hostile &lt;script&gt;, &lt;img src=x" in page
    assert not re.search(r"<(img|script|b>ministry)|href=\"(?!https?://|#)", page)
    text = dossier.markdown()
    assert r"hostile \<script\>, \<img src=x onerror=alert(1)\>" in text
    assert not re.search(r"(?<!\\)<(?!https?://)|(?<!\\)\]\(", text)


def test_footnotes_of_html_and_markdown_lead_somewhere(kg: rg.KnowledgeGraph) -> None:
    """Every number that is cited has its note."""
    dossier = kg.dossier("TJ", "KZ")
    assert set(re.findall(r'href="#(n\d+)"', dossier.html())) == set(re.findall(r'<li id="(n\d+)"', dossier.html()))
    assert set(re.findall(r"\[\^(\d+)\](?!:)", dossier.markdown())) == set(re.findall(r"^\[\^(\d+)\]:", dossier.markdown(), re.MULTILINE))


def test_russian_headings(kg: rg.KnowledgeGraph) -> None:
    """Headings, names and kinds are Russian, quotes as they were."""
    text = kg.dossier("TJ", "KZ", lang="ru").text()
    assert "Досье: Таджикистан - Казахстан" in text
    assert "главы государств:" in text
    assert "1.1 млрд" in text
    assert "Эмомали Рахмон | президент (Таджикистан)" in text
    assert "amounted to 1.1 billion USD" in text


def test_an_organisation_has_its_members(kg: rg.KnowledgeGraph) -> None:
    """Those of the day: Iran, an observer before, joined the SCO in 2023."""
    now, then = ({r.cells[0]: r.cells[1] for r in section(kg.dossier("SCO", at=day).data, "members").rows} for day in ("2024", "2020"))
    assert {standing.split()[0] for standing in (now["Tajikistan"], then["Tajikistan"], now["Iran"])} == {"member"}
    assert not then["Iran"].startswith("member")


def test_a_dossier_shows_and_saves_itself(kg: rg.KnowledgeGraph, tmp_path: Path) -> None:
    """In a notebook as a frame without a way out, as files by their ending; JSON holds the same values."""
    dossier = kg.dossier("TJ", "KZ")
    assert "srcdoc" in dossier._repr_html_()
    assert repr(dossier).startswith("<Dossier: Tajikistan - Kazakhstan, 2024-06-01: ")
    assert str(dossier) == dossier.text()
    for ending in ("html", "md", "json", "txt"):
        assert dossier.save(tmp_path / f"d.{ending}").stat().st_size > 1000
    assert json.loads((tmp_path / "d.json").read_text("utf-8"))["title"] == dossier.data.title
    with pytest.raises(rg.QueryError, match="tells no format"):
        dossier.save(tmp_path / "d.docx")


def test_wrong_questions(kg: rg.KnowledgeGraph) -> None:
    """One clear error each."""
    with pytest.raises(rg.EntityNameError, match="one or two different"):
        kg.dossier("TJ", "Tajikistan")
    with pytest.raises(rg.QueryError, match="no dossier in the language 'fr'"):
        kg.dossier("TJ", lang="fr")


def test_the_command_writes_what_the_call_gives(kg: rg.KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> None:
    """Twice the same bytes, and exit codes as everywhere."""
    store = str(kg.store.folder)
    kg.store.publish()
    assert run(["dossier", "TJ", "KZ", "--store", store, "-f", "markdown"]) == 0
    assert capsys.readouterr().out == kg.dossier("TJ", "KZ").markdown()
    assert run(["dossier", "Nowhereland", "--store", store]) == 9
