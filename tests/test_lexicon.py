"""The lexicon: what is read, what a user's folder changes, what is refused, and every example sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.errors import KnowledgeError
from relgraph.knowledge import load_knowledge
from relgraph.knowledge.lexicon import expand, load_lexicon
from relgraph.model import Article, Sentence
from relgraph.recognise import recognise
from relgraph.recognise.examples import failing_examples

KNOWLEDGE = load_knowledge()


def test_every_example_yields_its_entry() -> None:
    """No entry without an example, no example that yields something else."""
    for language in KNOWLEDGE.lexicons:
        assert [str(error) for error in failing_examples(KNOWLEDGE, language)] == []


def test_a_wrong_example_is_found(tmp_path: Path) -> None:
    """An example in which the entry does not occur is reported with file and line."""
    (tmp_path / "mine.yaml").write_text('topics:\n- id: fishing\n  forms: [trout farm]\n  examples: ["They spoke about carp."]\n')
    errors = list(failing_examples(load_knowledge(None, tmp_path), "en"))
    assert [(e.path, e.line) for e in errors] == [(str(tmp_path / "mine.yaml"), 2)]


def test_braces_list_endings() -> None:
    """'discuss{,es,ed}' stands for three words."""
    assert list(expand("discuss{,es,ed} {a,b}")) == ["discuss a", "discuss b", "discusses a", "discusses b", "discussed a", "discussed b"]


def test_a_users_folder_adds_replaces_and_removes(tmp_path: Path) -> None:
    """An entry with an id of ours replaces it, `remove` takes it out, others are added; all of it is reported."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "mine.yaml").write_text(
        "topics:\n- id: fishing\n  forms: [trout farm]\n  examples: ['A trout farm was discussed.']\n- id: tourism\n  forms: [spa town]\n- id: religion\n  remove: true\nstop: [zorro]\n"
    )
    lexicon = load_lexicon("en", extra=tmp_path)
    topics = lexicon.entries["topics"]
    assert topics["fishing"].forms == ("trout farm",)
    assert topics["tourism"].forms == ("spa town",)
    assert "religion" not in topics
    assert "zorro" in lexicon.words("stop")
    assert "president" in lexicon.words("stop")
    assert [line.split(" by ")[0] for line in lexicon.overridden] == ["topics/tourism: replaced", "topics/religion: removed"]
    assert lexicon.content_hash != load_lexicon("en").content_hash


def test_a_users_topic_is_recognised(tmp_path: Path) -> None:
    """A word of the user's own is found in text without any change of code."""
    (tmp_path / "mine.yaml").write_text("topics:\n- id: fishing\n  forms: ['trout farm{,s}']\n  examples: ['Trout farms were discussed.']\n")
    text = "The ministers spoke about Trout farms."
    article = Article(id="x", text=text, sentences=(Sentence(0, len(text), 1, 1),))
    assert "fishing" in {m.key for m in recognise(article, load_knowledge(None, tmp_path)) if m.kind == "topic"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("topics:\n- id: a\n  forms: [x]\n- id: a\n  forms: [y]\n", 4, "used twice"),
        ("topics:\n- id: a\n  examples: [x]\n", 2, "has no forms"),
        ("topics:\n- id: a\n  forms: [no, x]\n", 2, "list of texts"),
        ("topics:\n- forms: [x]\n", 1, "has no id"),
        ("a: 1\nstop: [the, on]\n", 2, "isn't a text"),
        ("topics:\n- id: a\n  forms: [x]\n- word\n", 1, "mixes entries and words"),
        ("topics:\n- id: nosuchthing\n  remove: true\n", 2, "there is none"),
        ("topics: [\n", 2, "isn't valid YAML"),
        ("- x\n", 1, "must map sections"),
        ("stop: {a: 1}\n", 1, "a list elsewhere and a table here"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    """Every mistake names file and line and says what is wrong."""
    folder = tmp_path / "extra"
    folder.mkdir()
    path = folder / "bad.yaml"
    path.write_text(text)
    with pytest.raises(KnowledgeError) as caught:
        load_lexicon("en", extra=folder)
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert said in caught.value.message


def test_a_wrong_date_shape_is_refused(tmp_path: Path) -> None:
    """A slot that the date grammar does not know names file and line."""
    (tmp_path / "bad.yaml").write_text("dates:\n- id: odd\n  gives: day\n  forms: ['<dai> of <month>']\n  examples: [x]\n")
    with pytest.raises(KnowledgeError, match="unknown slot <dai>") as caught:
        list(failing_examples(load_knowledge(None, tmp_path), "en"))
    assert caught.value.line == 2


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """A folder without lexicon files is an error, not an empty lexicon."""
    with pytest.raises(KnowledgeError, match="holds no lexicon file"):
        load_lexicon("en", extra=tmp_path)
