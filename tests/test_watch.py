"""`relgraph watch` against a real HTTP server on the loopback address that does everything that sites do wrong."""

from __future__ import annotations

import gzip
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from relgraph.cli import run
from relgraph.errors import ArticleError
from relgraph.read.ids import id_from_url
from relgraph.store import open_store
from relgraph.watch import Feed, Fetcher, Limits, Memory, NotFetched, Outcome, addresses, read_feed_list, watch_round

BODY = (
    "<p>On 9 October 2025 the President of Tajikistan Emomali Rahmon met with the President of Kazakhstan Kassym-Jomart Tokayev in Dushanbe.</p>"
    "<p>The two leaders spoke at length of water, of energy and of the roads that link their countries, and of the many students who study abroad.</p>"
)
LATER = (
    "<p>On 12 November 2025 the President of Uzbekistan Shavkat Mirziyoyev met with the President of Kyrgyzstan Sadyr Japarov in Tashkent.</p>"
    "<p>They looked through a list of joint works on canals and on pastures near the border, and their ministers were told to bring a plan before spring.</p>"
)
Answer = tuple[int, dict[str, str], bytes]


def page(body: str = BODY, head: str = "", title: str = "Talks in Dushanbe") -> bytes:
    return f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def rss(*links: str) -> bytes:
    items = "".join(f"<item><title>Talks</title><link>{link}</link><pubDate>Fri, 10 Oct 2025 08:00:00 +0000</pubDate></item>" for link in links)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode()


class Site:
    """A server whose answers a test sets by path; what it was asked is counted."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], Answer | None]] = {}
        self.asked: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        self.times: list[float] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked[self.path] += 1
                site.headers.append(dict(self.headers))
                site.times.append(time.monotonic())
                answer = site.answers.get(self.path, (404, {}, b""))
                try:
                    if callable(answer):
                        answer = answer(self)
                    if answer is None:
                        return
                    status, headers, body = answer
                    self.send_response(status)
                    for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # the other side has had enough

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.close()


@pytest.fixture
def other() -> Iterator[Site]:
    one = Site()
    yield one
    one.close()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=Limits(max_bytes=200_000, seconds=0.6, delay=0.0)) as one:
        yield one


def round_of(site: Site, fetcher: Fetcher, memory: Memory, *paths: str, now: float = 1e9, **feed: object) -> list[Outcome]:
    site.answers["/feed"] = (200, {"Content-Type": "application/rss+xml"}, rss(*(p if p.startswith("http") else site.url + p for p in paths)))
    return list(watch_round([Feed(url=f"{site.url}/feed", **feed)], fetcher, memory, now=now))  # type: ignore[arg-type]


def kinds(outcomes: list[Outcome]) -> list[str]:
    return [o.kind for o in outcomes if o.kind != "feed"]


def failure(fetcher: Fetcher, url: str) -> NotFetched:
    with pytest.raises(NotFetched) as error:
        fetcher.get(url)
    return error.value


# What is new


def test_a_page_is_fetched_once_and_never_again(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = (200, {}, page())
    with Memory(None) as memory:
        assert kinds(round_of(site, fetcher, memory, "/a", "/a?utm_source=rss")) == ["new"]
        assert kinds(round_of(site, fetcher, memory, "/a", "/a#part", now=2e9)) == []
        (article,) = memory.waiting()
    assert site.asked["/a"] == 1
    assert (article.title, article.published, article.url, article.id) == ("Talks in Dushanbe", "2025-10-10", f"{site.url}/a", id_from_url(f"{site.url}/a"))
    assert "Emomali Rahmon" in article.text
    assert "relgraph/" in site.headers[0]["User-Agent"]


def test_an_unchanged_feed_is_asked_with_its_condition(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = (200, {}, page())
    with Memory(None) as memory:
        feed, body = [Feed(url=f"{site.url}/feed")], rss(f"{site.url}/a")
        site.answers["/feed"] = lambda h: (304, {}, b"") if h.headers.get("If-None-Match") == '"1"' else (200, {"ETag": '"1"', "Content-Type": "application/rss+xml"}, body)
        assert kinds(list(watch_round(feed, fetcher, memory, now=1e9))) == ["new"]
        assert [o.said for o in watch_round(feed, fetcher, memory, now=2e9)] == ["unchanged"]


def test_a_feed_with_whole_texts_needs_no_pages(site: Site, fetcher: Fetcher) -> None:
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title><entry><title>Talks</title><link href='{site.url}/a'/><updated>2025-10-10T08:00:00Z</updated><content type='html'><![CDATA[{BODY}]]></content></entry></feed>"
    site.answers["/feed"] = (200, {}, feed.encode())
    with Memory(None) as memory:
        assert kinds(list(watch_round([Feed(url=f"{site.url}/feed", full=True)], fetcher, memory, now=1e9))) == ["new"]
        assert "Emomali Rahmon" in next(memory.waiting()).text
    assert site.asked["/a"] == 0


def test_a_known_page_is_recognised_by_its_canonical_link(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = (200, {}, page())
    site.answers["/print/a"] = (200, {}, page(LATER, f"<link rel='canonical' href='{site.url}/a'>"))
    with Memory(None) as memory:
        assert kinds(round_of(site, fetcher, memory, "/a", "/print/a")) == ["new", "same"]
        assert len(list(memory.waiting())) == 1


def test_a_page_can_not_pass_for_another_sites(site: Site, fetcher: Fetcher) -> None:
    """A canonical link to another host is not believed."""
    site.answers["/a"] = (200, {}, page(head="<link rel='canonical' href='https://news.example/true'>"))
    with Memory(None) as memory:
        round_of(site, fetcher, memory, "/a")
        assert [a.url for a in memory.waiting()] == [f"{site.url}/a"]


def test_the_same_text_at_another_address_is_the_same_on_one_site_and_a_reprint_on_another(site: Site, other: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = site.answers["/b"] = (200, {}, page())
    other.answers["/c"] = (200, {}, page())
    with Memory(None) as memory:
        assert kinds(round_of(site, fetcher, memory, "/a", "/b")) == ["new", "same"]
        found = round_of(other, fetcher, memory, "/c")
        assert kinds(found) == ["reprint"]
        assert id_from_url(f"{site.url}/a") in found[-1].said
        assert len(list(memory.waiting())) == 2


# Redirects


def test_redirects_are_followed_and_both_addresses_known(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/old": (301, {"Location": "/mid"}, b""), "/mid": (302, {"Location": f"{site.url}/a"}, b""), "/a": (200, {}, page())}
    with Memory(None) as memory:
        assert kinds(round_of(site, fetcher, memory, "/old")) == ["new"]
        assert kinds(round_of(site, fetcher, memory, "/a", "/old")) == []
        assert next(memory.waiting()).url == f"{site.url}/a"


def test_redirects_in_a_circle_and_without_end_stop(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/x": (302, {"Location": "/y"}, b""), "/y": (302, {"Location": "/x"}, b"")}
    site.answers |= {f"/n{i}": (302, {"Location": f"/n{i + 1}"}, b"") for i in range(20)}
    assert "in a circle" in failure(fetcher, f"{site.url}/x").message
    assert "more than 5 redirects" in failure(fetcher, f"{site.url}/n0").message
    assert site.asked["/n6"] == 0


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a", "javascript:alert(1)", "http://user:pw@example.org/"])
def test_redirects_to_what_is_no_web_address_stop(site: Site, fetcher: Fetcher, target: str) -> None:
    site.answers["/x"] = (302, {"Location": target}, b"")
    assert re.search("no web address|can't be fetched", failure(fetcher, f"{site.url}/x").message)


# Addresses


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "[fe80::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "100.64.0.1"])  # fmt: skip
def test_private_addresses_are_refused_unless_allowed(host: str) -> None:
    """In every spelling that resolvers understand; nothing is connected to."""
    with Fetcher(limits=Limits(seconds=1, delay=0)) as careful:
        assert failure(careful, f"http://{host}:9/").message.startswith("refused")


def test_nothing_leads_to_a_private_server_by_name_or_redirect(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of which any address is private; a redirect to one; a name that means another machine at the next look. The loopback address stands for the open internet here."""
    monkeypatch.setattr(addresses, "is_public", lambda a, real=addresses.is_public: a == "127.0.0.1" or real(a))
    port = int(site.url.rpartition(":")[2])
    site.answers |= {"/x": (302, {"Location": "http://inner.example:1/secret"}, b""), "/a": (200, {}, page())}
    means = {"news.example": ["127.0.0.1"], "inner.example": ["10.0.0.1"], "both.example": ["127.0.0.1", "10.0.0.1"]}
    with Fetcher(limits=Limits(seconds=1, delay=0), resolver=lambda host, _p: means[host]) as careful:
        # no resolver of this machine knows the name: what is connected to is the address that was checked
        assert careful.get(f"http://news.example:{port}/a").body == page()
        assert failure(careful, f"http://news.example:{port}/x").message == "refused: inner.example is a private or local address (10.0.0.1)"
        assert failure(careful, f"http://both.example:{port}/a").message.startswith("refused")
    looks = iter([["127.0.0.1"], ["10.0.0.1"]])
    with Fetcher(limits=Limits(seconds=1, delay=0), resolver=lambda _h, _p: next(looks)) as careful:
        assert failure(careful, f"http://rebind.example:{port}/a").message.startswith("refused")
    assert site.asked["/a"] == 1


# Trouble


def test_forbidden_by_robots_txt(site: Site, fetcher: Fetcher) -> None:
    """Also where a redirect leads to; what is allowed is fetched."""
    site.answers |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private/\n"), "/private/a": (200, {}, page()), "/x": (302, {"Location": "/private/a"}, b""), "/a": (200, {}, page())}
    with Memory(None) as memory:
        found = round_of(site, fetcher, memory, "/private/a", "/x", "/a")
        assert kinds(found) == ["failed", "failed", "new"]
        assert "robots.txt forbids it" in found[1].said
    assert site.asked["/private/a"] == 0
    assert site.asked["/robots.txt"] == 1


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False)])
def test_a_site_whose_robots_txt_is_broken_is_left_alone(site: Site, fetcher: Fetcher, status: int, allowed: bool) -> None:
    site.answers |= {"/robots.txt": (status, {}, b""), "/a": (200, {}, page())}
    if allowed:
        assert fetcher.get(f"{site.url}/a").body
    else:
        assert "robots.txt" in failure(fetcher, f"{site.url}/a").message


def test_the_delay_between_requests_is_kept(site: Site) -> None:
    """Its own, and a longer one that robots.txt asks for."""
    site.answers |= {"/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 3\n"), "/a": (200, {}, page()), "/b": (200, {}, page())}
    slept: list[float] = []
    with Fetcher(allow_private=True, limits=Limits(seconds=2, delay=0.01), sleep=slept.append) as fetcher:
        fetcher.get(f"{site.url}/a")
        fetcher.get(f"{site.url}/b")
    assert len(slept) == 1
    assert 2 < slept[0] <= 3


def test_404_is_never_asked_again_and_500_later(site: Site, fetcher: Fetcher) -> None:
    site.answers["/broken"] = (500, {}, b"")
    with Memory(None) as memory:
        assert kinds(round_of(site, fetcher, memory, "/none", "/broken")) == ["failed", "failed"]
        assert kinds(round_of(site, fetcher, memory, "/none", "/broken", now=1e9 + 60)) == []
        site.answers["/broken"] = (200, {}, page())
        assert kinds(round_of(site, fetcher, memory, "/none", "/broken", now=1e9 + 1000)) == ["new"]
    assert site.asked["/none"] == 1


@pytest.mark.parametrize("form", ["120", "date"])
def test_429_waits_as_long_as_it_is_told(site: Site, fetcher: Fetcher, form: str) -> None:
    """The page, and everything else of the site in this round."""
    site.answers |= {"/a": (429, {"Retry-After": "120" if form == "120" else formatdate(time.time() + 120, usegmt=True)}, b""), "/b": (200, {}, page())}
    with Memory(None) as memory:
        found = round_of(site, fetcher, memory, "/a", "/b")
        assert kinds(found) == ["failed", "failed"]
        assert "asks to wait (429" in found[1].said
        assert site.asked["/b"] == 0
        assert not memory.is_due(f"{site.url}/a", 1e9 + 100)
        assert memory.is_due(f"{site.url}/a", 1e9 + 121)


def test_a_feed_that_says_429_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = (429, {"Retry-After": "300"}, b"")
    feeds = [Feed(url=f"{site.url}/feed")]
    with Memory(None) as memory:
        assert [o.kind for o in watch_round(feeds, fetcher, memory, now=1e9)] == ["feed failed"]
        assert list(watch_round(feeds, fetcher, memory, now=1e9 + 299)) == []
    assert site.asked["/feed"] == 1


def test_slow_pages_are_given_up(site: Site, fetcher: Fetcher) -> None:
    """One that says nothing, and one that drips a byte of its head now and then."""

    def silent(_h: BaseHTTPRequestHandler) -> None:
        time.sleep(1.5)

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Filler: " + b"a" * 100:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(0.05)

    site.answers |= {"/silent": silent, "/drip": dripping}
    for path in ("/silent", "/drip"):
        started = time.monotonic()
        error = failure(fetcher, site.url + path)
        assert error.again
        assert "more than 0.6 seconds" in error.message
        assert time.monotonic() - started < 1.5


def test_huge_pages_and_compressed_bombs_stop_at_the_limit(site: Site, fetcher: Fetcher) -> None:
    """A bomb of 50 MB is unpacked no further than the limit."""
    import tracemalloc

    bomb = gzip.compress(b"a" * 50_000_000, 9)
    site.answers |= {"/huge": (200, {}, b"a" * 400_000), "/bomb": (200, {"Content-Encoding": "gzip"}, bomb), "/odd": (200, {"Content-Encoding": "br"}, b"abc"), "/torn": (200, {"Content-Encoding": "gzip"}, gzip.compress(page())[:-20])}  # fmt: skip
    assert "larger than 0.2 MB" in failure(fetcher, f"{site.url}/huge").message
    tracemalloc.start()
    assert "larger than 0.2 MB" in failure(fetcher, f"{site.url}/bomb").message
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert "packed as 'br'" in failure(fetcher, f"{site.url}/odd").message
    assert "cut off" in failure(fetcher, f"{site.url}/torn").message


def test_packed_pages_are_unpacked(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(page()))
    assert fetcher.get(f"{site.url}/a").body == page()


@pytest.mark.parametrize(("header", "meta", "real"), [("windows-1251", "", "windows-1251"), ("utf-8", "windows-1251", "windows-1251"), ("", "koi8-r", "koi8-r"), ("windows-1251", "", "utf-8-sig")])  # fmt: skip
def test_wrong_encodings_are_told(site: Site, fetcher: Fetcher, header: str, meta: str, real: str) -> None:
    """The header's where it fits, else the page's own."""
    text = "".join(f"<p>Президент Таджикистана Эмомали Рахмон встретился с президентом Казахстана Токаевым, {word}.</p>" for word in ("вода", "дороги", "энергия"))
    body = f"<html><head>{f'<meta charset={meta}>' if meta else ''}<title>Переговоры</title></head><body><article>{text}</article></body></html>"
    site.answers["/a"] = (200, {"Content-Type": "text/html" + (f"; charset={header}" if header else "")}, body.encode(real))
    with Memory(None) as memory:
        assert kinds(round_of(site, fetcher, memory, "/a")) == ["new"]
        article = next(memory.waiting())
    if real != "utf-8-sig":
        assert "Эмомали Рахмон" in article.text
        assert article.language == "ru"


@pytest.mark.parametrize("body", [b"", b"<html><body>no feed</body></html>", b"<rss><channel><item>", b"\x00\x01\x02", b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>"])  # fmt: skip
def test_broken_feeds_are_named_and_the_others_go_on(site: Site, fetcher: Fetcher, body: bytes) -> None:
    site.answers |= {"/bad": (200, {"Content-Type": "application/rss+xml"}, body), "/a": (200, {}, page()), "/feed": (200, {}, rss(f"{site.url}/a"))}
    with Memory(None) as memory:
        found = list(watch_round([Feed(url=f"{site.url}/bad"), Feed(url=f"{site.url}/feed")], fetcher, memory, now=1e9))
    assert [o.kind for o in found] == ["feed failed", "feed", "new"]
    assert "feed" in found[0].said


def test_of_a_torn_feed_what_can_be_read_is_read(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/a": (200, {}, page()), "/torn": (200, {}, rss(f"{site.url}/a", f"{site.url}/b")[:-90])}
    with Memory(None) as memory:
        assert "new" in [o.kind for o in watch_round([Feed(url=f"{site.url}/torn")], fetcher, memory, now=1e9)]


def test_what_is_no_article_is_named_once(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF"), "/list": (200, {}, b"<html><body><a href='/a'>one</a></body></html>")}
    with Memory(None) as memory:
        assert kinds(round_of(site, fetcher, memory, "/pdf", "/list")) == ["failed", "failed"]
        assert kinds(round_of(site, fetcher, memory, "/pdf", "/list", now=2e9)) == []


# The list, and the whole way


@pytest.mark.parametrize(("text", "part"), [("[[feed", "isn't valid TOML"), ("", "names no feed"), ("[[feed]]\nurl = 'file:///x'", "no web address"), ("[[feed]]\nurl = 'https://a.b'\ncolour = 1", "unknown field")])  # fmt: skip
def test_wrong_lists_are_one_clear_error(tmp_path: Path, text: str, part: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ArticleError, match=part):
        read_feed_list(path)


def test_the_shipped_list_is_marked_as_untested() -> None:
    feeds = read_feed_list(Path(__file__).parents[1] / "data" / "feeds.toml")
    assert feeds
    assert not any(f.tested for f in feeds)


def test_the_command_builds_a_store_and_keeps_texts(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Twice: the second round brings only what is new; an article that the store holds already is not fetched."""
    site.answers |= {"/a": (200, {}, page()), "/b": (200, {}, page(LATER, title="Talks in Tashkent")), "/feed": (200, {}, rss(f"{site.url}/a"))}
    (tmp_path / "feeds.toml").write_text(f"[[feed]]\nurl = '{site.url}/feed'\npublisher = 'News'\n", "utf-8")
    store = tmp_path / "k.db"
    words = ["watch", str(tmp_path / "feeds.toml"), "--once", "--store", str(store), "--delay", "0"]
    assert run(words) == 1
    assert "refused" in capsys.readouterr().err
    (tmp_path / "k.db.watch").unlink()
    assert run([*words, "--allow-private"]) == 0
    site.answers["/feed"] = (200, {}, rss(f"{site.url}/a", f"{site.url}/b"))
    (tmp_path / "k.db.watch").unlink()  # even without its memory: the store tells what it holds
    assert run([*words, "--allow-private"]) == 0
    assert site.asked["/a"] == site.asked["/b"] == 1
    opened = open_store(store, read_only=True)
    assert [(a.title, a.publisher, a.published) for a in opened.articles()] == [("Talks in Dushanbe", "News", "2025-10-10"), ("Talks in Tashkent", "News", "2025-10-10")]
    assert {p.stem for p in (tmp_path / "k.db.texts").glob("*.txt")} == {a.id for a in opened.articles()}
    opened.close()


def test_a_robots_file_is_read_from_the_site_it_rules(site: Site, other: Site, fetcher: Fetcher) -> None:
    """A redirect to another site asks that site's file."""
    other.answers["/robots.txt"] = (200, {}, b"User-agent: relgraph\nDisallow: /\n")
    site.answers["/x"] = (302, {"Location": f"{other.url}/a"}, b"")
    assert "robots.txt forbids" in failure(fetcher, f"{site.url}/x").message
    assert other.asked["/a"] == 0


def test_what_an_ended_run_fetched_is_not_lost(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    """It was fetched, but not added: the next run adds it without fetching it again."""
    site.answers["/a"] = (200, {}, page())
    with Memory(tmp_path / "k.db.watch") as memory:
        round_of(site, fetcher, memory, "/a")
    (tmp_path / "feeds.toml").write_text(f"[[feed]]\nurl = '{site.url}/feed'\n", "utf-8")
    assert run(["watch", str(tmp_path / "feeds.toml"), "--once", "--store", str(tmp_path / "k.db"), "--delay", "0", "--allow-private", "-q"]) == 0
    store = open_store(tmp_path / "k.db", read_only=True)
    assert [a.title for a in store.articles()] == ["Talks in Dushanbe"]
    store.close()
    assert site.asked["/a"] == 1
