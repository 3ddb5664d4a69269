"""Corrections: they find their facts by what is said and where, survive re-extraction and reprints, and those that meet nothing are named."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path

import pytest

from relgraph.corrections import Corrections, append_entry, apply, entry_line, read_corrections
from relgraph.errors import KnowledgeError
from relgraph.extract import extract
from relgraph.graph import iris
from relgraph.graph.words import described
from relgraph.knowledge import load_knowledge
from relgraph.model import ArticleFacts, EventFact, names_of
from relgraph.pipeline import BuildReport, remove
from relgraph.pipeline import build as run
from relgraph.read.text import article_from_text
from relgraph.store import OxigraphStore

KNOWLEDGE = load_knowledge()
build = functools.partial(run, shapes=False)
SENTENCE = "On 9 October 2025 the President of Tajikistan Emomali Rahmon met with the President of Kazakhstan Kassym-Jomart Tokayev in Dushanbe."
REST = (
    "The two leaders spoke at length of water, of energy and of the roads that link their countries, and of the many students who study abroad. "
    "Officials of both sides were also asked to look into the work of the railways before the winter comes."
)
TEXT = f"Talks in Dushanbe\nDUSHANBE, 10 October 2025 (Khabar)\n\n{SENTENCE}\n\n{REST}\n"
OTHER = (
    f"Presidents hold talks\nASTANA, 10 October 2025 (Trend)\n\n{SENTENCE}\n\n"
    "Nothing else was made public by the press services, which promised a longer statement for the next day; observers in the region had expected papers on "
    "transit and on customs, and they noted that neither side had brought its minister of transport along on this occasion.\n"
)


def write(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return [str(folder / f"{name}.txt") for name in texts]


def corrections(folder: Path, *lines: str) -> Corrections:
    path = folder / "corrections.yaml"
    path.write_text("".join(lines), "utf-8")
    return read_corrections(path)


def meetings(store: OxigraphStore) -> list[str]:
    """The articles that report a meeting."""
    rows = store.query("SELECT ?a WHERE { ?c a rg:Claim ; rg:asserts/a rg:Meeting ; rg:inArticle ?a }")
    return sorted(row["a"].value.rsplit("/", 1)[1] for row in rows)


def found(text: str = TEXT, name: str = "talks") -> tuple[ArticleFacts, EventFact]:
    facts = extract(article_from_text(text, id=name), KNOWLEDGE)
    return facts, next(f for f in facts.facts if isinstance(f, EventFact) and f.kind == "meeting")


def line(name: str = "talks", text: str = TEXT, **more: object) -> str:
    """A line as the viewer's 'report an error' gives it."""
    _, fact = found(text, name)
    return entry_line({"fact": fact.id, "article": name, "says": described(fact, {}), "quote": fact.evidence[0].quote, "verdict": "reject", "why": "they spoke by phone", **more})


def test_a_rejected_fact_is_gone_and_its_correction_is_queryable(tmp_path: Path) -> None:
    """Who, when and why are asked by SPARQL."""
    store = OxigraphStore()
    report = run(write(tmp_path, talks=TEXT), store, corrections=corrections(tmp_path, line(who="Aigul", when="2025-10-12")))
    assert meetings(store) == []
    assert report.unmatched == []
    assert report.set_aside == {}
    rows = list(store.query("SELECT ?who ?when ?why ?quote WHERE { ?c a rg:Correction ; rg:correctedBy ?who ; rg:correctedOn ?when ; rg:correctionReason ?why ; rg:correctedQuote ?quote }"))
    assert [[v.value for v in (r["who"], r["when"], r["why"], r["quote"])] for r in rows] == [["Aigul", "2025-10-12", "they spoke by phone", SENTENCE]]


def test_rejected_in_a_reprint_but_not_in_an_independent_article(tmp_path: Path) -> None:
    """In any order of articles, also when the reprint came in an earlier run; 'everywhere' rejects it in the other, too."""
    paths = write(tmp_path, again=TEXT.replace("Khabar", "24.kg"), other=OTHER, talks=TEXT)
    for order in (paths, paths[::-1]):
        store = OxigraphStore()
        build(order, store, corrections=corrections(tmp_path, line()), texts=tmp_path / "texts")
        assert meetings(store) == ["other"]
    store = OxigraphStore()
    wrong = corrections(tmp_path, line())
    assert build(paths[:2], store, corrections=wrong, texts=tmp_path / "t2").unmatched
    assert meetings(store) == ["again", "other"]
    assert build(paths[2:], store, corrections=wrong, texts=tmp_path / "t2").unmatched == []
    assert meetings(store) == ["other"]
    build(paths[2:], store, corrections=corrections(tmp_path, line(everywhere=True)), texts=tmp_path / "t2")
    assert meetings(store) == []


def test_a_run_again_changes_nothing_and_without_corrections_all_comes_back(tmp_path: Path) -> None:
    paths, store, wrong = write(tmp_path, again=TEXT.replace("Khabar", "24.kg"), talks=TEXT), OxigraphStore(), corrections(tmp_path, line())
    build(paths, store, corrections=wrong, texts=tmp_path / "texts")
    before = sorted(map(str, store.quads()))
    report = build(paths, store, corrections=wrong, texts=tmp_path / "texts")
    assert (sorted(report.unchanged), report.replaced, report.added) == (["again", "talks"], [], [])
    assert sorted(map(str, store.quads())) == before
    build([], store, texts=tmp_path / "texts")
    assert meetings(store) == ["again", "talks"]


def test_it_survives_another_text_around_it_and_other_offsets(tmp_path: Path) -> None:
    """The page was edited: the sentence moved and lost a word."""
    moved = TEXT.replace("\n\nOn 9", "\n\nIt rained in the capital all day.\n\nOn 9").replace("met with the", "met the")
    store = OxigraphStore()
    report = build(write(tmp_path, talks=moved), store, corrections=corrections(tmp_path, line()))
    assert found(moved)[1].evidence[0].start != found()[1].evidence[0].start
    assert meetings(store) == []
    assert report.unmatched == []


def test_the_same_fact_of_another_sentence_stands(tmp_path: Path) -> None:
    """The words of the fact match, the sentence doesn't: the correction is named, with its line."""
    store = OxigraphStore()
    report = build(write(tmp_path, talks=TEXT), store, corrections=corrections(tmp_path, "# a note\n", line(quote="An entirely different sentence stood there before.")))
    assert meetings(store) == ["talks"]
    assert len(report.unmatched) == 1
    assert "corrections.yaml:2:" in report.unmatched[0]
    assert "meets nothing" in report.unmatched[0]


def test_a_correction_of_what_is_said_otherwise_now_names_what_is_said(tmp_path: Path) -> None:
    report = build(write(tmp_path, talks=TEXT), OxigraphStore(), corrections=corrections(tmp_path, line(fact="talks-event-0000000000", says="Somebody met nobody")))
    assert "the sentence now says" in report.unmatched[0]
    assert "Emomali Rahmon" in report.unmatched[0]


def test_says_alone_is_enough(tmp_path: Path) -> None:
    """Titles in brackets don't matter: they come from the reference of the day."""
    _, fact = found()
    said = described(fact, {"Emomali Rahmon": "president of Tajikistan"})
    store = OxigraphStore()
    build(write(tmp_path, talks=TEXT), store, corrections=corrections(tmp_path, entry_line({"article": "talks", "says": said, "quote": SENTENCE, "verdict": "reject"})))
    assert meetings(store) == []


def test_edit_sets_fields_and_is_sure(tmp_path: Path) -> None:
    """The ids of new names are looked up."""
    facts, fact = found()
    entry = line(verdict="edit", set={"kind": "phone call", "participants": ["Emomali Rahmon", "Sadyr Japarov"], "place": None})
    done = apply(article_from_text(TEXT, id="talks"), facts, corrections(tmp_path, entry), KNOWLEDGE.reference)
    edited = next(f for f in done.facts.facts if isinstance(f, EventFact) and f.kind == "phone call")
    assert (edited.participants, edited.place, edited.confidence) == (("Emomali Rahmon", "Sadyr Japarov"), None, 1.0)
    assert edited.ids["Sadyr Japarov"] == "person:sadyr-japarov"
    assert edited.id != fact.id
    assert [(m.before, m.after) for m in done.made] == [(fact.id, edited.id)]


@pytest.mark.parametrize(("change", "part"), [({"colour": "red"}, "has no field 'colour'"), ({"planned": "perhaps"}, "can't be set"), ({"date": "soon"}, "'soon' is no date")])
def test_a_wrong_edit_is_one_clear_error(tmp_path: Path, change: dict[str, object], part: str) -> None:
    with pytest.raises(KnowledgeError, match=part) as error:
        apply(article_from_text(TEXT, id="talks"), found()[0], corrections(tmp_path, line(verdict="edit", set=change)), KNOWLEDGE.reference)
    assert error.value.exit_code == 4
    assert ":1:" in str(error.value)


def test_accept_makes_sure(tmp_path: Path) -> None:
    done = apply(article_from_text(TEXT, id="talks"), found()[0], corrections(tmp_path, line(verdict="accept")), KNOWLEDGE.reference)
    assert next(f.confidence for f in done.facts.facts if isinstance(f, EventFact) and f.kind == "meeting") == 1.0


def test_names_are_merged_everywhere_and_split_in_one_article(tmp_path: Path) -> None:
    """A name gets the entity it means; in one article it may mean another or nothing known."""
    article, (facts, _) = article_from_text(TEXT, id="talks"), found()
    merged = apply(article, facts, corrections(tmp_path, '- {name: Emomali Rahmon, means: "person:sadyr-japarov"}\n'), KNOWLEDGE.reference).facts
    assert {"Sadyr Japarov"} == {n for f in merged.facts if isinstance(f, EventFact) for n in f.participants} - {"Kassym-Jomart Tokayev"}
    assert all(f.ids.get("Sadyr Japarov", "person:sadyr-japarov") == "person:sadyr-japarov" for f in merged.facts)
    split = '- {name: Emomali Rahmon, means: "", articles: [talks]}\n'
    here = apply(article, facts, corrections(tmp_path, split), KNOWLEDGE.reference).facts
    assert {f.ids["Emomali Rahmon"] for f in here.facts if "Emomali Rahmon" in names_of(f)} == {None}
    there = apply(article_from_text(TEXT, id="else"), found(name="else")[0], corrections(tmp_path, split), KNOWLEDGE.reference)
    assert there.made == ()


def test_an_older_verdict_holds_after_a_later_renaming(tmp_path: Path) -> None:
    """The rejection was written under the old name."""
    both = corrections(tmp_path, line(), '- {name: Emomali Rahmon, means: "person:sadyr-japarov"}\n')
    done = apply(article_from_text(TEXT, id="talks"), found()[0], both, KNOWLEDGE.reference)
    assert not [f for f in done.facts.facts if isinstance(f, EventFact) and f.kind == "meeting"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("- [", "isn't valid YAML"), ("a: b", "must be a list"), ("- {fact: a-event-1}", "the verdict of a fact is"), ("- {verdict: reject}", "needs either a fact"),
        ("- {fact: a-event-1, verdict: edit}", "says which fields it sets"), ("- {says: x, verdict: reject}", "names no article"),
        ("\n- {fact: a-event-1, verdict: reject, when: soon}", ":2: 'when' is a day"), ("- {fact: a, colour: red}", "unknown field"),
        ("- {fact: a-event-1, everywhere: true, verdict: reject}", "needs the words"), ("- {name: A, means: B, verdict: reject}", "has no verdict"),
    ],
)  # fmt: skip
def test_wrong_files_are_one_clear_error(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(KnowledgeError, match=part):
        corrections(tmp_path, text)


def test_hostile_words_stay_in_their_line(tmp_path: Path) -> None:
    """Whatever a sentence holds, an entry is one line that reads back as it was."""
    quote = 'He said: "x"\n- {verdict: reject} # \u2028 \u0085 \x00'.replace("\x00", "")
    path = tmp_path / "corrections.yaml"
    path.write_text("# ours\n- {name: A, means: B}", "utf-8")
    append_entry(path, {"fact": "a-event-1", "quote": quote, "verdict": "reject", "why": ""})
    read = read_corrections(path).entries
    assert [c.quote for c in read] == ["", quote]
    assert path.read_text("utf-8").startswith("# ours\n")


def test_dates_may_stand_without_quotes(tmp_path: Path) -> None:
    """YAML makes dates of them."""
    read = corrections(tmp_path, "- {fact: a-event-1, verdict: edit, set: {date: 2025-10-09}, when: 2025-10-12}\n").entries[0]
    assert (read.change, read.when) == ({"date": "2025-10-09"}, "2025-10-12")
    assert datetime.date.fromisoformat(read.when)


def test_report_knows_no_corrections_by_default() -> None:
    assert BuildReport().unmatched == []


def test_ids_may_be_given_as_sparql_answers_them(tmp_path: Path) -> None:
    """Whole IRIs of claim and article, and the short forms of permalinks."""
    _, fact = found(name="the talks")
    plain = corrections(tmp_path, line("the talks")).entries
    whole = corrections(tmp_path, line("the talks", fact=iris.node("claim", fact.id), article=iris.article("the talks"))).entries
    short = corrections(tmp_path, line("the talks", fact="claim/" + fact.id.replace(" ", "%20"), article="article/the%20talks")).entries
    assert whole == short == plain
    assert plain[0].article == "the talks"


def test_a_reprint_stays_corrected_when_the_original_is_removed(tmp_path: Path) -> None:
    """The store remembers the text that was corrected, as long as the correction stands."""
    store, texts, wrong = OxigraphStore(), tmp_path / "texts", corrections(tmp_path, line())
    paths = write(tmp_path, again=TEXT.replace("Khabar", "24.kg"), other=OTHER, talks=TEXT)
    build(paths, store, corrections=wrong, texts=texts)
    remove(["talks"], store, texts=texts)
    report = build([], store, corrections=wrong, texts=texts)
    assert (meetings(store), report.unmatched) == (["other"], [])
    assert build(write(tmp_path, late=TEXT.replace("Khabar", "Azernews")), store, corrections=wrong, texts=texts).added == ["late"]
    assert meetings(store) == ["other"]
    build([], store, texts=texts)
    assert meetings(store) == ["again", "late", "other"]
    build([], store, corrections=wrong, texts=texts)
    assert meetings(store) == ["again", "late", "other"]
