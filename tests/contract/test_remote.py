"""What only stores behind a server have: markers of interrupted runs, credentials, answers that differ from engine to engine."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from relgraph.errors import StoreError
from relgraph.graph import iris
from relgraph.pipeline import build, remove
from relgraph.query import Names, ask, load_queries
from relgraph.query.table import Value
from relgraph.store import META, OxigraphStore, Store, open_store
from relgraph.store.http import Endpoint, addresses_of
from relgraph.store.literals import normalised, normalised_text
from relgraph.store.remote import RemoteStore

ARTICLES = sorted((Path(__file__).parents[2] / "data" / "articles").glob("*.txt"))
SERVERS = ("oxigraph-server", "virtuoso")
XSD = "http://www.w3.org/2001/XMLSchema#"


def quad(article: str, value: str) -> Quad:
    return Quad(NamedNode("http://example.org/s"), NamedNode("http://example.org/p"), Literal(value), NamedNode(iris.article_graph(article)))


def state(store: Store) -> tuple[list[str], list[str]]:
    named = (normalised(q) for q in store.quads() if q.graph_name != META)
    return sorted(map(str, named)), sorted(str(normalised(q)) for q in store.default_triples())


@pytest.mark.parametrize("kind", SERVERS)
@pytest.mark.parametrize("step", range(1, 9))
def test_an_interrupted_add_is_visible_and_repaired(address: Callable[[str], str], kind: str, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever request is the last: the article is named as pending or as it was, the next writer takes halves back, adding again gives the whole."""
    place = address(kind)
    store = RemoteStore(place, create=True)
    store.replace_articles([("a", [quad("a", "1"), quad("a", "shared")], "k"), ("b", [quad("b", "shared")], "k")])
    requests, send = 0, Endpoint._sent

    def sent(self: Endpoint, method: str, url: str, **rest: object) -> object:
        nonlocal requests
        requests += method == "POST" and url != self.addresses.query  # what writes
        if requests > step:
            raise StoreError("the line is cut")
        return send(self, method, url, **rest)

    monkeypatch.setattr(Endpoint, "_sent", sent)
    cut = False
    try:
        store.replace_articles([("a", [quad("a", "2")], "k2")])
    except StoreError:
        cut = True
    monkeypatch.undo()
    monkeypatch.setenv("RELGRAPH_STORE_USER", "dba")
    monkeypatch.setenv("RELGRAPH_STORE_PASSWORD", "dba")
    reader = RemoteStore(place, read_only=True)
    pending, keys = reader.pending(), reader.keys()
    assert (pending, keys.get("b")) == (("a",) if cut else (), "k")
    reader.close()
    store._end.close()
    with pytest.raises(StoreError, match="is in use by process"):
        RemoteStore(place)
    RemoteStore.free(place)
    again = RemoteStore(place)
    assert again.pending() == ()
    assert set(again.keys()) == ({"b"} if cut else {"a", "b"})
    again.replace_articles([("a", [quad("a", "2")], "k2")])
    expected = OxigraphStore()
    expected.replace_articles([("a", [quad("a", "2")], "k2"), ("b", [quad("b", "shared")], "k")])
    assert state(again) == state(expected)
    again.close()


def cells(rows: list[tuple[Value, ...]]) -> list[str]:
    """Rows as docs/scaling.md says: ties in any order, joined names and sentences in any order, nothing and '' alike."""
    return sorted(str([sorted(re.split(r", | \.\.\. ", v)) if isinstance(v, str) else v for v in (v or None for v in row)]) for row in rows)


def test_named_queries_compare_dates_as_texts() -> None:
    """Virtuoso loses rows where a stored date is compared with a constant, and not at each start (docs/scaling.md)."""
    bare = re.compile(r"(?:[<>]=?\s*\$(?:since|until|today|on)\b)|(?:\$(?:since|until|today|on)\s*[<>])")
    assert [name for name, query in load_queries().items() if bare.search(query.sparql)] == []
    assert bare.search("FILTER(?day <= $today)")


@pytest.mark.long
@pytest.mark.parametrize("kind", SERVERS)
def test_named_queries_give_the_same_answers(address: Callable[[str], str], kind: str) -> None:
    """A graph built over HTTP is the one built in memory, also after taking an article back, and so are the answers."""
    some = [str(p) for p in ARTICLES]
    remote, here = open_store(address(kind), create=True), OxigraphStore()
    for store in (remote, here):
        build(some, store)
        remove([ARTICLES[0].stem], store)
    assert state(remote) == state(here)
    names, differs, answered = Names(here), list[str](), 0
    for name, query in load_queries().items():
        for example in query.examples:
            wanted = cells(list(ask(here, query, example, names).rows))
            answered += bool(wanted)
            if cells(list(ask(remote, query, example, names).rows)) != wanted:
                differs.append(f"{name} {example}")
    remote.close()
    assert differs == []
    assert answered > len(load_queries())


@pytest.mark.parametrize("kind", SERVERS)
def test_credentials_are_in_no_log_and_no_message(address: Callable[[str], str], kind: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """They come from the environment or netrc; an address that holds them is refused without repeating them."""
    place = address(kind)
    monkeypatch.setenv("RELGRAPH_STORE_PASSWORD", "secret-word" if kind == "oxigraph-server" else "dba")
    with caplog.at_level(logging.DEBUG):
        open_store(place, create=True).close()
    assert "secret-word" not in caplog.text
    assert "authorization: basic" not in caplog.text.lower()
    with pytest.raises(StoreError) as caught:
        addresses_of("http://someone:secret-word@localhost/sparql")
    assert "secret-word" not in str(caught.value) + caught.value.hint


def test_wrong_credentials_are_one_clear_line(address: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server asks for them."""
    place = address("virtuoso")
    monkeypatch.setenv("RELGRAPH_STORE_PASSWORD", "wrong")
    with pytest.raises(StoreError, match="wants other credentials"):
        open_store(place, create=True)


def test_credentials_from_netrc(address: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the environment has none."""
    place = address("virtuoso")
    monkeypatch.delenv("RELGRAPH_STORE_USER")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login dba password dba\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    store = open_store(place, create=True)
    store.replace_article("a", [quad("a", "1")], "k")
    assert set(store.keys()) == {"a"}
    store.close()


def test_a_server_that_is_not_there() -> None:
    """One line, naming the address."""
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9: can't be reached"):
        open_store("http://127.0.0.1:9", create=True)


@pytest.mark.parametrize(
    ("kind", "written", "form"),
    [("decimal", "1.50", "1.5"), ("decimal", "10", "10"), ("decimal", "-0.0", "0"), ("integer", "007", "7"), ("boolean", "1", "true"), ("double", "1.5E3", "1500.0"),
     ("dateTime", "2024-05-01T10:00:00+00:00", "2024-05-01T10:00:00Z"), ("date", "2024-05-01", "2024-05-01"), ("decimal", "many", "many"), ("string", "1.50", "1.50")],
)  # fmt: skip
def test_literals_have_one_form(kind: str, written: str, form: str) -> None:
    """Whatever form an engine writes a value in."""
    assert normalised_text(written, XSD + kind) == form


def test_addresses_may_be_named_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """For engines with other paths."""
    monkeypatch.setenv("RELGRAPH_GRAPH_URL", "http://h/ds/data")
    assert addresses_of("http://h/ds") == ("http://h/ds/query", "http://h/ds/update", "http://h/ds/data")
    assert re.fullmatch(r"http://h:8890/sparql-auth", addresses_of("http://h:8890/sparql").update)
