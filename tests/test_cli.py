"""The command line as its users meet it: real processes, exit codes, one clear line for each thing that is wrong, and the rest going on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from relgraph.cli import COMMANDS
from relgraph.store import open_store

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "data" / "articles"
THREE_TALKS = SAMPLES / "tj-three-talks.txt"
HEAVY = {"rdflib", "pyvis", "networkx", "pyoxigraph", "pyshacl", "trafilatura", "lxml", "yaml", "msgspec", "rich", "starlette", "uvicorn", "feedparser", "dateparser", "ahocorasick_rs"}


class Done(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


def relgraph(*words: str | Path, cwd: Path, stdin: bytes | None = None, before: tuple[str, ...] = ()) -> Done:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RELGRAPH")} | {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, *before, "-m", "relgraph", *map(str, words)], cwd=cwd, env=environment, input=stdin, capture_output=True, check=False, timeout=120)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def assert_clear(done: Done, code: int, *parts: str) -> None:
    """The exit code, no output, no traceback, one line of cause and at most one of hint, in which the parts stand."""
    assert done.code == code, done
    assert done.out == ""
    lines = done.err.splitlines()
    assert lines[0].startswith("relgraph: "), done.err
    assert len(lines) == 1 or (len(lines) == 2 and lines[1].startswith("  hint: ")), done.err
    for part in parts:
        assert part in done.err, done.err


# Help


def modules_of(done: Done) -> set[str]:
    return {line.rpartition("|")[2].strip().split(".")[0] for line in done.err.splitlines() if line.startswith("import time:")}


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    """`--help` names every command and imports neither rdflib, pyvis, networkx nor any other library but click."""
    done = relgraph("--help", cwd=tmp_path, before=("-X", "importtime"))
    assert done.code == 0
    assert all(f"  {name} " in done.out for name in COMMANDS)
    assert "click" in modules_of(done)
    assert not modules_of(done) & HEAVY


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, tmp_path: Path) -> None:
    """Help says how it is used and what it does, and imports nothing heavy either."""
    done = relgraph(command, "--help", cwd=tmp_path, before=("-X", "importtime"))
    assert done.code == 0
    assert done.out.startswith(f"Usage: relgraph {command} ")
    assert not modules_of(done) & HEAVY


# Bad inputs


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of things that are no articles."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "huge.txt").write_text("The presidents met.\n" * 2_700_000)
    (folder / "cp1251.txt").write_bytes("Заголовок\n\nПрезидент Таджикистана Эмомали Рахмон встретился с коллегой.\n".encode("cp1251"))
    (folder / "list.html").write_text("<html><head><title>News</title></head><body><nav><a href='/'>Home</a></nav></body></html>")
    (folder / "lines.jsonl").write_text(
        '{"id": "first", "title": "Talks", "text": "Tajik President Emomali Rahmon met Kazakh President Kassym-Jomart Tokayev."}\n'
        '{"id": "second", "text": \n'
        '{"id": "third", "title": "Visit", "text": "Kyrgyz President Sadyr Japarov visited Dushanbe."}\n'
    )
    (folder / "date.txt").write_text("---\ntitle: Talks\npublished: 2025-02-30\n---\nTajik President Emomali Rahmon met Kazakh President Kassym-Jomart Tokayev.\n")
    (folder / "weather.txt").write_text("A mild day\n\nThe sun shone and nothing else happened.\n")
    (folder / "again").mkdir()
    (folder / "again" / "weather.txt").write_text("Another mild day\n\nThe sun shone once more.\n")
    (folder / "program").mkdir()
    (folder / "program" / "main.c").write_text("int main(void) { return 0; }\n")
    return folder


INPUTS = {
    "missing.txt": "missing.txt: no such file or folder",
    "empty.txt": "empty.txt: the file is empty",
    "binary.txt": "binary.txt: this is binary data, not text",
    "picture.txt": "picture.txt: this is a picture, not text",
    "huge.txt": "huge.txt: too large: 54.0 MB",
    "cp1251.txt": "cp1251.txt:1: wrong encoding",
    "list.html": "list.html: HTML without an article",
    "lines.jsonl": "lines.jsonl:2: broken JSON",
    "date.txt": "date.txt:3: published: the date '2025-02-30' does not exist",
    "again/weather.txt": "again/weather.txt: the id 'weather' belongs to weather.txt already",
    "none-*.txt": "none-*.txt: no file matches",
    "program": "program: the folder holds no articles",
    "https://news.example/talks": "https://news.example/talks: addresses are not fetched",
}


@pytest.fixture(scope="module")
def mixed(bad: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """One run over all of these with good ones before, between and behind."""
    store = tmp_path_factory.mktemp("mixed") / "db"
    names = list(INPUTS)
    done = relgraph("build", "weather.txt", *names[:6], THREE_TALKS, *names[6:], SAMPLES / "kg-uz-2022-11-03-kulubayev-norov.txt", "--store", store, cwd=bad)
    return done, store


@pytest.mark.parametrize("name", INPUTS)
def test_a_bad_input_is_one_clear_line(mixed: tuple[Done, Path], name: str) -> None:
    """It names the input and what is wrong, with a hint, exactly once."""
    lines = [line for line in mixed[0].err.splitlines() if INPUTS[name] in line]
    assert len(lines) == 1, mixed[0].err
    assert lines[0].startswith("relgraph: ")
    assert lines[0].endswith(")"), "no hint"


def test_the_rest_goes_on(mixed: tuple[Done, Path]) -> None:
    """Exit code 1; good articles before, between and behind are in, so are the good lines of a broken file; the summary counts."""
    done, store = mixed
    assert done.code == 1
    assert done.out == ""
    opened = open_store(store, read_only=True)
    assert {a.id for a in opened.articles()} == {"weather", "first", "third", "tj-three-talks", "kg-uz-2022-11-03-kulubayev-norov"}
    opened.close()
    assert len(done.err.splitlines()) == len(INPUTS) + 3, "one line for each, one for the file passed over, one for the article without a state, and the summary"
    assert f"5 articles added, {len(INPUTS)} articles failed" in done.err


def test_an_article_without_a_known_state_is_in_and_named(mixed: tuple[Done, Path]) -> None:
    """It is no error: it stays, and a line says that it names no state."""
    assert "weather: names no state that the reference knows" in mixed[0].err


def test_nothing_usable_is_code_3(bad: Path, tmp_path: Path) -> None:
    """Of only bad inputs none is a success."""
    done = relgraph("build", "empty.txt", "missing.txt", "--store", tmp_path / "db", cwd=bad)
    assert done.code == 3
    assert "2 articles failed" in done.err
    assert relgraph("extract", "empty.txt", "--out", tmp_path / "facts", cwd=bad).code == 3


def test_extract_goes_on_too(bad: Path, tmp_path: Path) -> None:
    """The facts of the readable ones are written, each file by its id, as the scorer takes them."""
    done = relgraph("extract", "lines.jsonl", "empty.txt", THREE_TALKS, "--out", tmp_path / "facts", cwd=bad)
    assert done.code == 1
    assert sorted(p.name for p in (tmp_path / "facts").iterdir()) == ["first.json", "third.json", "tj-three-talks.json"]
    facts = json.loads((tmp_path / "facts" / "tj-three-talks.json").read_text("utf-8"))["facts"]
    text = THREE_TALKS.read_text("utf-8").split("---\n", 2)[2]
    assert facts
    assert all(text[e["start"] : e["end"]] == e["quote"] for fact in facts for e in fact["evidence"])


MET = "Tajik President Emomali Rahmon met Kazakh President Kassym-Jomart Tokayev in Dushanbe on 12 July 2025. They signed a treaty on trade."
ITEM = f"<item><title>Talks in a feed</title><link>https://news.example/feed-talks</link><pubDate>Sat, 12 Jul 2025 08:00:00 GMT</pubDate><description>{MET}</description></item>"
ENTRY = f"<entry><title>Talks in Atom</title><id>urn:x:1</id><link href='https://news.example/atom-talks'/><updated>2025-07-12T08:00:00Z</updated><content>{MET}</content></entry>"
KINDS = {
    "plain.txt": f"Talks in plain text\n\n{MET}\n",
    "matter.txt": f"---\ntitle: Talks with front matter\npublished: 2025-07-12\npublisher: Our Post\n---\nTalks with front matter\n\n{MET}\n",
    "marked.md": f"# Talks in Markdown\n\n{MET} See [the page](https://news.example/x).\n",
    "page.html": f"<html><head><title>Talks on a page</title><meta property='article:published_time' content='2025-07-12'></head><body><article><h1>Talks on a page</h1><p>{MET} {MET}</p></article></body></html>",
    "lines.jsonl": json.dumps({"id": "line", "title": "Talks in a line", "text": MET, "published": "2025-07-12"}) + "\n",
    "feed.rss": f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{ITEM}</channel></rss>",
    "feed.atom": f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>{ENTRY}</feed>",
}


def test_files_that_are_passed_over_are_named(tmp_path: Path) -> None:
    """A folder's files of another kind are no errors, but whoever put them there learns of it, unless he asked for quiet."""
    (tmp_path / "in").mkdir()
    for name in ("talks.txt", "talks.docx", "scan.pdf", "README.md"):
        (tmp_path / "in" / name).write_text(f"Talks\n\n{MET}\n")
    done = relgraph("extract", "in", "--out", "facts", cwd=tmp_path)
    assert done.code == 0
    assert "in: passed over 1 .docx, 1 .pdf, 1 README" in done.err
    assert relgraph("extract", "in", "--out", "facts", "-q", cwd=tmp_path).err == ""


def test_every_kind_of_input(tmp_path: Path) -> None:
    """Text, front matter, Markdown, HTML, JSON Lines, RSS, Atom: as a folder, as patterns and from standard input, each an article with the meeting."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in KINDS.items():
        (folder / name).write_text(text, "utf-8")
    done = relgraph("build", "in", "--store", "all", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    listed = json.loads(relgraph("articles", "-f", "json", "--store", "all", cwd=tmp_path).out)
    assert len(listed) == len(KINDS)
    assert all(row["title"].startswith("Talks") and row["facts"] >= 3 for row in listed)
    assert [row["published"] for row in listed].count("2025-07-12") == len(KINDS) - 2, "all but plain text and Markdown say when they were published"
    count = relgraph("query", "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?c rg:asserts ?m ; rg:inArticle ?a . ?m a rg:Meeting }", "-f", "csv", "--store", "all", cwd=tmp_path).out
    assert count == f"n\n{len(KINDS)}\n"
    assert "3 articles added" in relgraph("build", "in/*.txt", "in/p*.html", "--store", "some", cwd=tmp_path).err
    for name in ("page.html", "feed.rss"):
        assert '"type":"event"' in relgraph("extract", "-", "--out", "-", cwd=tmp_path, stdin=KINDS[name].encode()).out, name


def test_standard_input_is_an_article(tmp_path: Path) -> None:
    """`-` reads one; its facts go to standard output with --out -."""
    done = relgraph("extract", "-", "--out", "-", "-q", cwd=tmp_path, stdin=b"Talks\n\nTajik President Emomali Rahmon met Kazakh President Kassym-Jomart Tokayev in Dushanbe.\n")
    assert (done.code, done.err) == (0, "")
    assert {f["type"] for f in json.loads(done.out)["facts"]} >= {"office", "event"}


# Stores


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the sample articles, built by the command."""
    place = tmp_path_factory.mktemp("store") / "db"
    done = relgraph("build", SAMPLES, "--store", place, cwd=place.parent)
    assert done.code == 0, done
    assert f"{len(list(SAMPLES.glob('*.txt')))} articles added" in done.err
    return place


def test_a_folder_of_another_program_is_left_as_it_is(bad: Path, tmp_path: Path) -> None:
    """Neither written nor opened."""
    before = sorted((bad / "program").iterdir())
    assert_clear(relgraph("build", THREE_TALKS, "--store", bad / "program", cwd=tmp_path), 7, "is not a relgraph store, and is left as it is")
    assert_clear(relgraph("articles", "--store", bad / "program", cwd=tmp_path), 7, "is not a relgraph store")
    assert sorted((bad / "program").iterdir()) == before


def test_a_file_and_nothing_are_no_stores(bad: Path, tmp_path: Path) -> None:
    """A file in its place, and no store for a command that makes none."""
    assert_clear(relgraph("build", THREE_TALKS, "--store", bad / "empty.txt", cwd=tmp_path), 7, "is a file, not a store")
    for command in ("articles", "export", "view"):
        assert_clear(relgraph(command, "--store", "nothing", cwd=tmp_path), 7, "nothing: there is no store here", "relgraph build PATH... --store nothing")
    assert_clear(relgraph("add", THREE_TALKS, "--store", "nothing", cwd=tmp_path), 7, "there is no store here")
    assert not (tmp_path / "nothing").exists()


def test_a_locked_store_is_said_to_be(tmp_path: Path) -> None:
    """While one process writes, another's build and reading wait for nothing: one line, code 7, and nothing is changed."""
    held = open_store(tmp_path / "db", create=True)
    try:
        assert_clear(relgraph("build", THREE_TALKS, "--store", "db", cwd=tmp_path), 7, "db: is in use by process", "wait until that run has ended")
    finally:
        held.close()
    assert relgraph("build", THREE_TALKS, "--store", "db", cwd=tmp_path).code == 0


def test_removing_and_adding(tmp_path: Path) -> None:
    """Remove names what it doesn't know; add needs a store; building again changes nothing."""
    assert relgraph("build", THREE_TALKS, "--store", "db", cwd=tmp_path).code == 0
    assert "1 article unchanged" in relgraph("build", THREE_TALKS, "--store", "db", cwd=tmp_path).err
    assert "1 article added" in relgraph("add", SAMPLES / "kg-uz-2022-11-03-kulubayev-norov.txt", "--store", "db", cwd=tmp_path).err
    some = relgraph("remove", "tj-three-talks", "unknown", "--store", "db", cwd=tmp_path)
    assert some.code == 1
    assert "db: holds no article 'unknown'" in some.err
    assert json.loads(relgraph("articles", "-f", "json", "--store", "db", cwd=tmp_path).out)[0]["article"] == "kg-uz-2022-11-03-kulubayev-norov"
    assert relgraph("remove", "unknown", "--store", "db", cwd=tmp_path).code == 7
    assert not (tmp_path / "db.texts" / "tj-three-talks.txt").exists()


# Asking


def test_sparql_errors_name_the_place(store: Path, tmp_path: Path) -> None:
    """Line and column of the text, or of the file."""
    assert_clear(relgraph("query", "SELECT ?x WHERE {\n  ?x foo }", "--store", store, cwd=tmp_path), 6, "line 2, column 6", "'foo' can't stand here")
    (tmp_path / "bad.rq").write_text("SELECT ?x\nWHERE { ?x a rg:State ")
    assert_clear(relgraph("query", "@bad.rq", "--store", store, cwd=tmp_path), 6, "bad.rq:2: column 7", "never closed")
    assert_clear(relgraph("query", "@none.rq", "--store", store, cwd=tmp_path), 6, "none.rq: can't be read")
    assert_clear(relgraph("query", "DROP ALL", "--store", store, cwd=tmp_path), 6, "DROP is refused: queries only read")


def test_a_misspelt_term_is_named_when_nothing_is_found(store: Path, tmp_path: Path) -> None:
    """SPARQL takes any term; who mistypes one learns of it, on stderr."""
    done = relgraph("query", "SELECT ?m { ?m a rg:Meetings }", "-f", "csv", "--store", store, cwd=tmp_path)
    assert (done.code, done.out) == (0, "m\n")
    assert done.err.splitlines() == ["nothing found", "the ontology has no rg:Meetings; did you mean rg:Meeting?"]
    assert relgraph("query", "ASK { ?m a rg:Meeting }", "--store", store, cwd=tmp_path).err == ""


def test_names_and_queries_that_are_unknown_or_ambiguous(store: Path, tmp_path: Path) -> None:
    """Candidates and near names, code 9."""
    assert_clear(relgraph("ask", "meetngs", "of=TJ", "--store", store, cwd=tmp_path), 9, "no named query 'meetngs'", "did you mean meetings")
    assert_clear(relgraph("ask", "meetings", "of=Japarov", "--store", store, cwd=tmp_path), 9, "Akylbek Japarov (person:akylbek-japarov) or Sadyr Japarov (person:sadyr-japarov)")
    assert_clear(relgraph("explain", "TJ", "Kazahkstan", "--store", store, cwd=tmp_path), 9, "'Kazahkstan' is unknown", "did you mean Kazakhstan")
    assert_clear(relgraph("explain", "TJ", "Tajikistan", "--store", store, cwd=tmp_path), 9, "both names mean Tajikistan")
    assert_clear(relgraph("find", "qqqqq", "--store", store, cwd=tmp_path), 9, "no name holds 'qqqqq'")


def test_wrong_parameters(store: Path, tmp_path: Path) -> None:
    """Missing, misspelt and impossible ones are named with the usage."""
    assert_clear(relgraph("ask", "meetings", "--store", store, cwd=tmp_path), 6, "'meetings' needs of=", "usage: meetings of=")
    assert_clear(relgraph("ask", "meetings", "of=TJ", "form=2024", "--store", store, cwd=tmp_path), 6, "no parameter 'form'")
    assert_clear(relgraph("ask", "meetings", "of=TJ", "since=2025-02-30", "--store", store, cwd=tmp_path), 6, "'2025-02-30' is a date that does not exist")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bild", "x"), "did you mean build?"), (("build",), "Missing argument"), (("--frob",), "No such option"), (("view", "--hops", "2"), "--hops needs --focus"),
        (("view", "-o", "."), "is a folder"), (("articles", "-o", "no/such/folder.csv"), "can't be written"),
    ],
)  # fmt: skip
def test_wrong_usage_is_code_2(store: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """One line and where help is."""
    place = () if words[0].startswith("-") or words in (("build",), ("bild", "x")) else ("--store", store)
    assert_clear(relgraph(*words, *place, cwd=tmp_path), 2, said)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("articles",), "Rahmon sits down with three neighbours in turn"),
        (("ask", "figures", "a=TJ", "b=KZ"), "670 million USD | first half of 2025\n    \"Trade turnover between Tajikistan and Kazakhstan came to $670 million"),
        (("ask", "meetings", "of=Rahmon", "-f", "csv"), "Emomali Rahmon"),
        (("ask", "bodies", "a=Tajikistan", "b=KG"), "Intergovernmental Coordination Council"),
        (("ask", "treaties", "a=TJ", "b=KZ"), "Treaty on Allied Relations"),
        (("ask", "topics", "a=TJ", "b=TM"), "agriculture | cooperation"),
        (("ask", "evidence", "a=TJ", "b=KZ"), "$670 million in the first half of 2025"),
        (("queries",), "meetings of=... [other=...]"),
        (("queries", "figures"), "SELECT ?indicator"),
        (("query", "SELECT (COUNT(*) AS ?n) WHERE { ?m a rg:Meeting }", "-f", "csv"), "n\n"),
        (("query", "CONSTRUCT WHERE { ?s a rg:Target } LIMIT 1"), "a rg:Target"),
        (("explain", "Tajikistan", "KZ"), "Trade turnover of Kazakhstan and Tajikistan: 670 million USD, first half of 2025"),
        (("find", "Жапаров"), "person:sadyr-japarov"),
        (("path", "Sadyr Japarov", "TJ", "-f", "csv"), "1,Sadyr Japarov,"),
        (("view", "-o", "-"), "<!DOCTYPE html>"),
        (("export",), "<https://w3id.org/relgraph/graph/article/tj-three-talks> .\n"),
        (("check",), "named queries: "),
    ],
)  # fmt: skip
def test_each_command_answers(store: Path, tmp_path: Path, words: tuple[str, ...], expected: str) -> None:
    """Data on stdout, nothing but talk on stderr, code 0."""
    place = () if words[0] == "queries" else ("--store", store)
    done = relgraph(*words, *place, cwd=tmp_path)
    assert done.code == 0, done.err
    assert expected in done.out
    assert "Traceback" not in done.err


def test_evaluate_prints_the_table(gold_dir: Path, tmp_path: Path) -> None:
    """Precision, recall and F1 by type over a few annotated articles."""
    for name in ("seed-caspian-post.txt", "seed-caspian-post.json"):
        (tmp_path / name).write_bytes((gold_dir / "en" / name).read_bytes())
    done = relgraph("evaluate", tmp_path, "--jobs", "1", cwd=tmp_path)
    assert done.code == 0
    assert "event" in done.out
    assert "ALL" in done.out


def test_a_reader_that_has_seen_enough_ends_it_quietly(store: Path, tmp_path: Path) -> None:
    """`relgraph export | head` leaves no traceback."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["bash", "-c", f"'{sys.executable}' -m relgraph export --store '{store}' | head -1"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


@pytest.fixture
def slow_input(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    words = [sys.executable, "-m", "relgraph", "build", "-", "--store", str(tmp_path / "db")]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as run:
        yield run
        run.kill()


def test_interrupted_is_code_130(slow_input: subprocess.Popen[bytes], tmp_path: Path) -> None:
    """Ctrl-C while it waits for its input: one line, no traceback."""
    import signal
    import time

    for _ in range(200):
        if (tmp_path / "db").exists():
            break
        time.sleep(0.05)
    time.sleep(0.5)
    slow_input.send_signal(signal.SIGINT)
    _, err = slow_input.communicate(timeout=30)
    assert slow_input.returncode == 130
    assert err.decode().strip() == "relgraph: interrupted"
