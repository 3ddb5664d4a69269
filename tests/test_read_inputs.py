"""Inputs of every form, and every bad one answered with one clear line."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relgraph.errors import ArticleError
from relgraph.model import Article
from relgraph.read import read_paths

BODY = "The presidents of Tajikistan and Kazakhstan met in Dushanbe and talked about trade. " * 3
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Talks in Dushanbe | Some Site</title>{head}</head><body>
<nav><a href="/a">Home</a><a href="/b">World news of today</a></nav>
<article><h1>Talks in Dushanbe</h1>{paragraphs}</article>
<footer>All rights reserved by the site and its owners</footer></body></html>"""
PARAGRAPHS = "".join(f"<p>Paragraph {n}: {BODY}</p>" for n in range(4))
LINKED = {
    "@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, {
        "@type": "NewsArticle", "headline": "Presidents meet in Dushanbe", "datePublished": "2025-07-12T23:30:00+05:00",
        "publisher": {"@type": "Organization", "name": "Asia-Plus"}, "url": "https://news.example/talks"}]}  # fmt: skip


def read(*paths: object, **options: object) -> list[Article | ArticleError]:
    return list(read_paths([str(p) for p in paths], **options))  # type: ignore[arg-type]


def article(*paths: object, **options: object) -> Article:
    (result,) = read(*paths, **options)
    assert isinstance(result, Article), result
    return result


def error(*paths: object, **options: object) -> ArticleError:
    (result,) = read(*paths, **options)
    assert isinstance(result, ArticleError)
    assert "\n" not in f"{result}{result.hint}"
    assert result.hint
    return result


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_plain_text(tmp_path: Path) -> None:
    """The text is the whole file, the id its stem."""
    found = article(put(tmp_path, "kz-tj.txt", f"\ufeffTalks\r\nDUSHANBE, 12 July 2025 (Asia-Plus)\r\n\r\n{BODY}\r\n"))
    assert found.text == f"Talks\nDUSHANBE, 12 July 2025 (Asia-Plus)\n\n{BODY}\n"
    assert (found.id, found.published, found.publisher, found.language) == ("kz-tj", "2025-07-12", "Asia-Plus", "en")


def test_published_never_comes_from_the_name(tmp_path: Path) -> None:
    """A date in the file's name is no publication date."""
    assert article(put(tmp_path, "kz-2025-07-12.txt", f"Talks\n\n{BODY}")).published is None


def test_front_matter(tmp_path: Path) -> None:
    """Front matter gives the metadata and is no part of the text."""
    text = f"---\nid: my-id\ntitle: 'Talks: day one'\npublisher: no\ndate: 2025-07-12\nurl: https://x.example/a\nlanguage: en-US\ntags: [a, {{b: c}}]\n---\n\n{BODY}\n"
    found = article(put(tmp_path, "a.txt", text))
    assert (found.id, found.title, found.publisher, found.published) == ("my-id", "Talks: day one", "no", "2025-07-12")
    assert (found.url, found.language) == ("https://x.example/a", "en")
    assert found.text == f"Talks: day one\n\n{BODY}\n"
    assert found.text[found.sentences[1].start :].startswith("The presidents")


def test_markdown(tmp_path: Path) -> None:
    """Markup goes, words stay, blocks are set apart; raw HTML and code are no prose."""
    source = f"---\ndate: 2025-07-12\n---\n# Talks in *Astana*\n\n{BODY.strip()}\n\n- first [point](http://x)\n- second &amp; last\n\n<script>x</script>\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    found = article(put(tmp_path, "a.md", source))
    assert found.title == "Talks in Astana"
    assert found.text == f"Talks in Astana\n\n{BODY.strip()}\n\nfirst point\n\nsecond & last\n\na; b\n\n1; 2"


def test_html_with_linked_data(tmp_path: Path) -> None:
    """JSON-LD gives title, day as written, publisher and address; navigation and footer are left out."""
    head = f'<script type="application/ld+json">{json.dumps(LINKED)}</script>'
    found = article(put(tmp_path, "page.html", PAGE.format(head=head, paragraphs=PARAGRAPHS)))
    assert (found.id, found.title, found.published, found.publisher) == ("page", "Presidents meet in Dushanbe", "2025-07-12", "Asia-Plus")
    assert found.url == "https://news.example/talks"
    assert found.text.count("Paragraph") == 4
    assert "rights reserved" not in found.text
    assert "World news" not in found.text
    assert [s.paragraph for s in found.sentences][-1] >= 4


def test_html_with_open_graph(tmp_path: Path) -> None:
    """Without JSON-LD, OpenGraph gives the metadata, and the site's name is no part of the title."""
    head = (
        '<meta property="og:title" content="Talks &amp; trade - Some Site"><meta property="og:site_name" content="Some Site">'
        '<meta property="article:published_time" content="2025-07-12"><link rel="canonical" href="https://some.example/talks">'
    )
    found = article(put(tmp_path, "page.html", PAGE.format(head=head, paragraphs=PARAGRAPHS)))
    assert (found.title, found.publisher, found.published, found.url) == ("Talks & trade", "Some Site", "2025-07-12", "https://some.example/talks")


def test_bare_html(tmp_path: Path) -> None:
    """A page without metadata still gives title and text."""
    found = article(put(tmp_path, "page.htm", PAGE.format(head="", paragraphs=PARAGRAPHS)))
    assert found.title.startswith("Talks in Dushanbe")
    assert found.published is None
    assert found.text.count("Paragraph") == 4


@pytest.mark.parametrize(("encoding", "declared"), [("windows-1251", "windows-1251"), ("utf-8", "windows-1252x"), ("koi8-r", "koi8-r"), ("utf-16", "utf-8"), ("windows-1251", "")])
def test_encodings_of_pages(tmp_path: Path, encoding: str, declared: str) -> None:
    """Byte order mark, declared encoding, UTF-8, and detection last."""
    text = "Президенты Таджикистана и Казахстана встретились в Душанбе и обсудили торговлю, энергетику и транспорт. " * 4
    page = f"<html><head><meta charset='{declared}'><title>Встреча в Душанбе</title></head><body><article><h1>Встреча в Душанбе</h1><p>{text}</p><p>{text}</p></article></body></html>"
    found = article(put(tmp_path, "page.html", page.encode(encoding)))
    assert "Президенты Таджикистана" in found.text
    assert found.language == "ru"


def test_hostile_page(tmp_path: Path) -> None:
    """Scripts, dangerous addresses, impossible dates and broken JSON-LD leave no trace."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-02-31", "url": "javascript:alert(1)"}</script>'
        f'<script type="application/ld+json">{"[" * 100_000}</script><link rel="canonical" href="javascript:alert(2)">'
    )
    found = article(put(tmp_path, "page.html", PAGE.format(head=head, paragraphs=f"<script>alert(3)</script>{PARAGRAPHS}")))
    assert (found.url, found.published) == (None, None)
    assert "alert" not in found.text


def test_json_lines(tmp_path: Path) -> None:
    """One article a line; a broken line costs that line only and is named by its number."""
    rows = [
        json.dumps({"id": 7, "title": "Talks", "text": BODY, "date": "2025-07-12", "publisher": "A", "url": "https://x.example/7"}),
        '{"id": "broken", ', "", '["a"]', json.dumps({"id": "n"}), json.dumps({"id": "d", "text": BODY, "published": "31 February 2025"}),
        json.dumps({"id": "t", "text": 5}), "[" * 50_000, json.dumps({"url": "https://x.example/8", "body": f"Title\n\n{BODY}"}),
        json.dumps({"title": "Lone \ud800", "text": BODY}),
    ]  # fmt: skip
    found = read(put(tmp_path, "a.jsonl", "\n".join(rows) + "\n"))
    articles = [r for r in found if isinstance(r, Article)]
    errors = [r for r in found if isinstance(r, ArticleError)]
    assert [e.line for e in errors] == [2, 4, 5, 6, 7, 8]
    assert "the date '31 February 2025' does not exist" in str(errors[3])
    assert all(str(e).startswith(f"{tmp_path / 'a.jsonl'}:{e.line}: ") and e.hint for e in errors)
    assert (articles[0].id, articles[0].text, articles[0].published) == ("7", f"Talks\n\n{BODY}", "2025-07-12")
    assert articles[1].id.startswith("x.example-8-")
    assert articles[1].title == "Title"
    assert articles[2].id.startswith("a-")
    articles[2].title.encode()


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Central News</title><language>en-us</language>
<item><title>Talks &amp; trade</title><link>https://x.example/1?utm_source=rss</link><pubDate>Sat, 12 Jul 2025 23:30:00 +0500</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>First <b>bold</b> paragraph.</p><script>alert(1)</script><p>Second.</p>]]></content:encoded></item>
<item><title>Only a title</title><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom News</title><entry><title>Talks</title><id>urn:1</id>
<link href="https://x.example/2"/><updated>2025-07-12T10:00:00Z</updated><summary>They met.</summary></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    """Entries become articles with the fullest text, the day as written, the feed as publisher; dangerous links are dropped."""
    first, second = read(put(tmp_path, "feed.xml", RSS))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == "Talks & trade\n\nFirst bold paragraph.\n\nSecond."
    assert (first.published, first.publisher, first.language) == ("2025-07-12", "Central News", "en")
    assert first.id.startswith("x.example-1-")
    assert (second.text, second.url) == ("Only a title", None)


def test_atom(tmp_path: Path) -> None:
    """Atom entries likewise."""
    found = article(put(tmp_path, "feed.atom", ATOM))
    assert (found.title, found.published, found.publisher, found.url) == ("Talks", "2025-07-12", "Atom News", "https://x.example/2")


def test_broken_feed(tmp_path: Path) -> None:
    """What can be read comes first, then one error with the line; a feed of which nothing is left gives only that."""
    *articles, last = read(put(tmp_path, "feed.xml", RSS.replace("</item></channel></rss>", "<b>")))
    assert len(articles) == 2
    assert isinstance(last, ArticleError)
    assert "broken feed XML" in str(last)
    assert last.line
    assert "neither RSS nor Atom" in str(error(put(tmp_path, "map.xml", "<?xml version='1.0'?><urlset><url/></urlset>")))
    assert "broken feed XML" in str(error(put(tmp_path, "cut.xml", "<?xml version='1.0'?><rss><channel>")))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """Neither outside entities nor entity bombs are expanded."""
    secret = put(tmp_path, "secret", "TOP SECRET")
    outside = RSS.replace("<rss", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]><rss', 1).replace("Short.", "&x;").replace("Only a title", "&x; title")
    assert not any("SECRET" in r.text for r in read(put(tmp_path, "a.xml", outside)) if isinstance(r, Article))
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    start = time.monotonic()
    found = read(put(tmp_path, "b.xml", RSS.replace("<rss", f'<!DOCTYPE rss [<!ENTITY e0 "ha">{bomb}]><rss', 1).replace("Only a title", "&e11;")))
    assert time.monotonic() - start < 10
    assert sum(len(r.text) for r in found if isinstance(r, Article)) < 10_000


def test_folder_and_glob(tmp_path: Path) -> None:
    """Folders are read to the bottom in a fixed order; hidden, README and unknown files are passed over and counted."""
    for name in ("b.txt", "a/z.md", "a/y.txt", ".hidden.txt", ".git/c.txt", "README.md", "a/readme.txt", "c.json", "p.png"):
        put(tmp_path, name, f"Title\n\n{BODY}")
    notices: list[str] = []
    assert [r.id for r in read(tmp_path, notice=notices.append) if isinstance(r, Article)] == ["y", "z", "b"]
    assert notices == [f"{tmp_path}: passed over 1 .json, 1 .png, 2 README, 2 hidden"]
    assert [r.id for r in read(tmp_path / "**" / "*.txt") if isinstance(r, Article)] == ["readme", "y", "b"]
    assert [r.id for r in read(tmp_path / "b.txt", tmp_path, tmp_path / "b.txt") if isinstance(r, Article)] == ["b", "y", "z"]
    assert "matches" in str(error(tmp_path / "*.rtf"))


def test_named_files_are_always_read(tmp_path: Path) -> None:
    """A file that is named itself is read whatever its name; its kind shows in its first bytes."""
    assert article(put(tmp_path, "README.md", f"# T\n\n{BODY}")).id == "README"
    assert article(put(tmp_path, "story", f"T\n\n{BODY}")).title == "T"
    assert article(put(tmp_path, "page.php", PAGE.format(head="", paragraphs=PARAGRAPHS))).title.startswith("Talks")
    assert article(put(tmp_path, "x.json", json.dumps({"id": "q", "text": BODY}))).id == "q"
    assert len(read(put(tmp_path, "feed", RSS))) == 2


def test_standard_input() -> None:
    """Text on standard input; its id is its own, its address's, or made of its content."""
    text = f"Talks\n\n{BODY}"
    one, two = article("-", stdin=io.BytesIO(text.encode())), article("-", stdin=io.BytesIO(text.encode()))
    assert one == two
    assert one.id.startswith("text-")
    assert article("-", stdin=io.BytesIO(f"---\nid: own\n---\n{text}".encode())).id == "own"
    assert article("-", stdin=io.BytesIO(f"---\nurl: https://x.example/a\n---\n{text}".encode())).id.startswith("x.example-a-")
    assert len(read("-", stdin=io.BytesIO(b'{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n'))) == 2
    assert "empty" in str(error("-", stdin=io.BytesIO(b"")))


def test_order_does_not_matter(tmp_path: Path) -> None:
    """An article is the same whatever is read before it."""
    paths = [put(tmp_path, "a.txt", f"A\n\n{BODY}"), put(tmp_path, "b.md", f"# B\n\n{BODY}"), put(tmp_path, "c.html", PAGE.format(head="", paragraphs=PARAGRAPHS)), put(tmp_path, "f.xml", RSS)]
    forth, back = read(*paths), read(*reversed(paths))
    assert sorted(forth, key=lambda a: a.id) == sorted(back, key=lambda a: a.id)  # type: ignore[union-attr]


BAD_FILES = [
    ("empty.txt", b"", "empty"), ("spaces.txt", b" \n\t\n", "empty"), ("empty.jsonl", b"", "empty"), ("empty.xml", b"", "empty"), ("empty.html", b"", "empty"),
    ("binary.txt", bytes(range(256)) * 10, "binary"), ("paper.txt", b"%PDF-1.4\n...", "a PDF"), ("binary.html", b"<html>\0\0", "binary"),
    ("cp1251.txt", "Встреча президентов в городе Душанбе\n\nОни договорились о торговле и энергетике".encode("cp1251"), "wrong encoding: byte 0xc2"),
    ("latin.txt", "Talks\n\nCafé".encode("latin-1"), "latin.txt:3: wrong encoding"), ("cut.txt", b"\xff\xfea", "wrong encoding"),
    ("none.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "HTML without an article"), ("comment.html", b"<!-- -->", "no content"),
    ("date.txt", b"---\ntitle: T\ndate: 31 February 2025\n---\nText", "date.txt:3: date: the date '31 February 2025' does not exist"),
    ("date2.md", b"---\npublished: 2025-02-31\n---\nText", "date2.md:2: published: the date '2025-02-31' does not exist"),
    ("line.txt", b"T\nDUSHANBE, 31 February 2025\n\nText", "the date '31 February 2025' does not exist"),
    ("two.txt", b"---\ndate: 03/04/2025\n---\nText", "can be read as two dates"), ("word.txt", b"---\ndate: soon\n---\nText", "'soon' is not a date"),
    ("url.txt", b"---\nurl: javascript:alert(1)\n---\nText", "is no web address"), ("lang.txt", b"---\nlanguage: Klingon!\n---\nText", "is no language code"),
    ("open.txt", b"---\ntitle: T\n\nText", "not closed"), ("yaml.txt", b"---\ntitle: a: b\n---\nText", "yaml.txt:2: front matter is no YAML"),
    ("list.txt", b"---\nkey: v\n- a\n---\nText", "front matter is no YAML"), ("twice.txt", b"---\nid: a\nid: b\n---\nText", "twice.txt:3: front matter has 'id' twice"),
    ("only.txt", b"---\ntitle: T\n---\n", "the article has no text"), ("code.md", b"```\nx\n```\n", "the article has no text"),
    ("bomb.txt", b"---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: *b\n---\nText", "bomb.txt:2: anchors and aliases"),
    ("prose.jsonl", b"Not JSON at all", "prose.jsonl:1: broken JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "message"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_bad_files(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """One clear line names the file, the place and what to do, and the rest goes on."""
    found = error(put(tmp_path, name, data))
    assert message in str(found)
    assert str(found).startswith(str(tmp_path / name))
    good = put(tmp_path, "zz-good.txt", f"T\n\n{BODY}")
    assert [type(r) for r in read(tmp_path / name, good)] == [ArticleError, Article]


def test_front_matter_builds_no_objects(tmp_path: Path) -> None:
    """Tags in front matter are plain text to us."""
    found = article(put(tmp_path, "a.txt", f"---\ntitle: !!python/object/apply:os.system ['touch {tmp_path}/owned']\npublisher: !!python/name:os.system x\n---\nT\n\n{BODY}"))
    assert found.title == "T"
    assert found.publisher == "x"
    assert not (tmp_path / "owned").exists()
    assert isinstance(read(put(tmp_path, "b.txt", f"---\ntitle: {'[' * 15_000}\n---\nText"))[0], ArticleError)


def test_too_large(tmp_path: Path) -> None:
    """A 50 MB text is refused with its size and the limit, without being read whole; a long line of JSON Lines costs that line."""
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
        file.write(b"Title\n\nText")
    start = time.monotonic()
    assert "too large: 50.0 MB, and an article has at most 5 MB" in str(error(path))
    assert time.monotonic() - start < 2
    rows = [{"id": "a", "text": "x" * 2000}, {"id": "b", "text": "short"}]
    first, second = read(put(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows))), max_bytes=1000)
    assert isinstance(first, ArticleError)
    assert first.line == 1
    assert isinstance(second, Article)


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    """Missing files, empty folders, dead links and addresses."""
    assert str(error(tmp_path / "none.txt")).endswith("none.txt: no such file or folder")
    (tmp_path / "empty").mkdir()
    assert "holds no articles" in str(error(tmp_path / "empty"))
    (tmp_path / "dead.txt").symlink_to(tmp_path / "gone")
    assert "dead.txt: can't be read" in str(error(tmp_path / "dead.txt"))
    assert "not fetched" in str(error("https://news.example/talks"))
    assert "no such file" in str(error("a\0b"))
    assert "no such file" in str(error("a\nb"))


def test_same_id_twice(tmp_path: Path) -> None:
    """The second input with an id is an error that names the first."""
    one, two = put(tmp_path, "1/a.txt", f"T\n\n{BODY}"), put(tmp_path, "2/a.txt", f"U\n\n{BODY}")
    first, second = read(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, ArticleError)
    assert str(two) in str(second)
    assert str(one) in str(second)


def test_links_in_a_circle(tmp_path: Path) -> None:
    """Folder links that form a loop are walked once."""
    put(tmp_path, "a/one.txt", f"T\n\n{BODY}")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert article(tmp_path).id == "one"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything; the next test covers the message")
def test_permission_denied(tmp_path: Path) -> None:
    """A file that may not be read."""
    path = put(tmp_path, "a.txt", "T\n\nText")
    path.chmod(0)
    assert "Permission denied" in str(error(path))


def test_permission_denied_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal becomes one clear line for a file and for a folder."""
    path = put(tmp_path, "f/a.txt", "T\n\nText")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "a.txt: can't be read: Permission denied" in str(error(path))
    monkeypatch.setattr(Path, "iterdir", refuse)
    first, second = read(path.parent)
    assert "the folder can't be read: Permission denied" in str(first)
    assert "holds no articles" in str(second)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300)
    | st.tuples(
        st.sampled_from([b"---\n", b"<html><p>", b"<?xml version='1.0'?><rss><item><title>", b'{"text": "', b"\xff\xfe", b"# ", b"\xef\xbb\xbf---\nid: "]),
        st.binary(max_size=200) | st.text(max_size=100).map(lambda s: s.encode("utf-8", "replace")),
        st.sampled_from([b"", b"\n---\nText", b"</p>", b"</title></item></rss>", b'"}']),
    ).map(b"".join),
    suffix=st.sampled_from(["txt", "md", "html", "jsonl", "xml", "bin"]),
)
def test_any_bytes(tmp_path: Path, data: bytes, suffix: str) -> None:
    """Whatever a file holds, only articles and errors come out, and their offsets hold."""
    for result in read(put(tmp_path, f"x.{suffix}", data)):
        if isinstance(result, Article):
            result.text.encode()
            assert result.id.isascii()
            assert all(result.text[s.start : s.end].strip() for s in result.sentences)
        else:
            assert "\n" not in f"{result}{result.hint}"


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket is opened, whatever a page or feed refers to."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    head = '<base href="http://x.example/"><link rel="stylesheet" href="http://x.example/a.css"><script src="http://x.example/a.js"></script>'
    assert isinstance(article(put(tmp_path, "p.html", PAGE.format(head=head, paragraphs=PARAGRAPHS + '<img src="http://x.example/i.png">'))), Article)
    dtd = RSS.replace("<rss", '<!DOCTYPE rss PUBLIC "-//x" "http://x.example/rss.dtd"><rss', 1)
    assert len([r for r in read(put(tmp_path, "f.xml", dtd)) if isinstance(r, Article)]) == 2
    assert len(read(put(tmp_path, "http:x.xml", RSS))) == 2


def test_slow_libraries_are_imported_late() -> None:
    """Reading plain text imports none of the slow libraries."""
    code = (
        "import io, sys; from relgraph.read import read_paths; list(read_paths(['-'], stdin=io.BytesIO(b'T\\n\\nText')));"
        "print([m for m in ('trafilatura', 'feedparser', 'dateparser', 'lxml', 'charset_normalizer', 'markdown_it') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
