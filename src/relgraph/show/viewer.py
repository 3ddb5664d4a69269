"""The viewer: a pyvis model and its evidence as one HTML file that asks nothing of any other place.

Scripts and styles are shipped with the package and put in the page whole; the Content Security Policy names them by hash, so nothing else runs.
All that was read from articles goes into a JSON island and reaches the page as text nodes.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from relgraph.show.bundle import bundled
from relgraph.show.first import first_picture, totals
from relgraph.show.layout import Point, place_nodes, state_places
from relgraph.show.look import FACT_TYPES, KINDS, STANDINGS
from relgraph.show.network import to_pyvis
from relgraph.show.project import project
from relgraph.show.projection import Projection, around

if TYPE_CHECKING:
    from pyvis.network import Network

    from relgraph.show.asking import Answers

ENGINE = "vis-network-10.1.5.min.js"
_PLAIN_AT_MOST = 400_000
"""Characters of graph data that stand in a page as they are; more are compressed, for a browser reads a short page sooner."""
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def view_html(store: Answers, *, focus: str | None = None, hops: int | None = None, title: str | None = None, known: Mapping[str, Point] | None = None,
              draw_all: bool = False) -> str:  # fmt: skip
    """Return the viewer of a store as one self-contained HTML page.

    Args:
        store: What is asked, by SPARQL only.
        focus: A name, alias, code or IRI: only what lies around it.
        hops: How many edges around; 1 when a focus is given.
        title: The heading of the page.
        known: Positions by node id to keep, so that a picture stays as it was when articles are added.
        draw_all: Draw all nodes from the start, however many; else at most about 1,500 are drawn at once.

    Raises:
        EntityNameError: Nothing is called as `focus` says, or several things are.
    """
    projection = project(store)
    if focus:
        projection = around(projection, focus, hops)
    return page_html(projection, title=title or (f"Relations around {focus}" if focus else "Central Asian relations"), positions=place_nodes(projection, known), draw_all=draw_all)


def page_html(projection: Projection, *, title: str, positions: Sequence[Point] | None = None, draw_all: bool = False) -> str:
    """Return the viewer of a projection as one self-contained HTML page."""
    data = graph_data(to_pyvis(projection, positions), projection) | {"draw_all": draw_all}
    return render(first_picture(data, projection) | {"draw_all": draw_all}, title=title, rest=data)


def served_html(*, title: str = "Central Asian relations", data: str = "/viewer/graph", sentences: str = "/viewer/sentences", dossier: str = "/dossier") -> str:
    """Return the page without a graph: it fetches that from its own server, and the sentences behind facts in blocks when they are to be read."""
    return render({"fetch_from": data, "sentence_source": sentences, "dossier": dossier}, title=title)


def served_graph(projection: Projection) -> str:
    """Return the graph as JSON for the served page: each sentence as [null, source]."""
    data = graph_data(to_pyvis(projection), projection)
    return json.dumps(data | {"draw_all": False, "sentences": [[None, source] for _, source in data["sentences"]]}, ensure_ascii=False, separators=(",", ":"))


def render(data: Mapping[str, Any], *, title: str, rest: Mapping[str, Any] | None = None) -> str:
    """Return the page over the data of its first picture and the `rest`, the whole graph; with `fetch_from` it fetches that from its own server."""
    scripts, words = [_engine(), _scripts()], _words()
    template = _environment().get_template("page.html.j2")
    packed = _packed(island(rest)) if rest is not None else None
    return template.render(title=title, packed=packed is not None and packed[0], rest=Markup(packed[1]) if packed else None, version=version("relgraph"), policy=_policy(scripts, connects="fetch_from" in data), style=Markup(_styles()), data=Markup(island(data)),
                           words=words["en"], all_words=Markup(island(words)), map_data=Markup(_map_data()), scripts=[Markup(s) for s in scripts])  # fmt: skip


def positions_of(page: str) -> dict[str, Point]:
    """Return the positions that a page made earlier holds, by node id; empty when it is no page of ours."""
    _, _, rest = page.partition('id="graph-rest" data-form="')
    form, _, text = rest.partition("</script>")[0].partition('">')
    try:
        plain = gzip.decompress(base64.b64decode(text)).decode() if form == "gzip" else text
        return {str(n["id"]): (float(n["x"]), float(n["y"])) for n in json.loads(plain)["nodes"]}
    except (ValueError, KeyError, TypeError, OSError, EOFError):
        return {}


def _packed(text: str) -> tuple[bool, str]:
    """Return whether the text of an island was compressed, and what goes into the page; the same text gives the same."""
    if len(text) <= _PLAIN_AT_MOST:
        return False, text
    return True, base64.b64encode(gzip.compress(text.encode(), compresslevel=6, mtime=0)).decode()


def graph_data(net: Network, evidence: Projection) -> dict[str, Any]:
    """Return what the page draws, from a pyvis model whose nodes and edges refer to the facts of `evidence` by position.

    Edges are [from, to, kind, standing, facts, facts through an office] with positions of nodes and facts; sentences are [text, source].
    """
    at = {node["id"]: number for number, node in enumerate(net.nodes)}
    return {
        "nodes": [{k: n[k] for k in ("id", "iri", "kind", "label", "label_ru", "aliases", "facts", "start", "x", "y") if n[k] or n[k] == 0} for n in net.nodes],
        "edges": [[at[e["from"]], at[e["to"]], e["kind"], e["standing"], e["facts"], e["lifted"]] for e in net.edges],
        "facts": msgspec.to_builtins(evidence.facts),
        "sentences": [[s.text, s.source] for s in evidence.sentences],
        "sources": msgspec.to_builtins(evidence.sources), "concepts": msgspec.to_builtins(evidence.concepts), "conflicts": msgspec.to_builtins(evidence.conflicts),
        "kinds": msgspec.to_builtins(KINDS), "standings": {k: {"dashes": dashes} for k, dashes in STANDINGS.items()}, "types": FACT_TYPES,
        "totals": totals(evidence),
    }  # fmt: skip


def island(data: Any) -> str:
    """Return JSON that can stand in an HTML script element: the five characters that could end it are escaped.

    >>> island("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = msgspec.json.encode(data).decode()
    for sign, escape in _ESCAPES.items():  # one after the other: over megabytes this is many times quicker than str.translate
        text = text.replace(sign, escape)
    return text


def _policy(scripts: Sequence[str], *, connects: bool = False) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    own = "'self'" if connects else "'none'"
    # vis-network sets styles on its elements, hence 'unsafe-inline' for styles alone.
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; connect-src {own}; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("relgraph.show"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@cache
def _engine() -> str:
    return (files("relgraph.show") / "static" / "vendor" / ENGINE).read_text(encoding="utf-8")


@cache
def _scripts() -> str:
    folder = files("relgraph.show") / "static" / "js"
    return bundled({p.name.removesuffix(".js"): p.read_text(encoding="utf-8") for p in folder.iterdir() if p.name.endswith(".js")})


@cache
def _styles() -> str:
    folder = files("relgraph.show") / "static" / "css"
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(folder.iterdir(), key=lambda p: p.name) if p.name.endswith(".css"))


@cache
def _words() -> dict[str, dict[str, Any]]:
    folder = files("relgraph.show") / "static" / "words"
    return {language: json.loads((folder / f"{language}.json").read_text(encoding="utf-8")) for language in ("en", "ru")}


@cache
def _map_data() -> str:
    outlines = json.loads((files("relgraph.show") / "static" / "map" / "outlines.json").read_text(encoding="utf-8"))
    return island({"outlines": outlines, "places": {f"state/{state}": place for state, place in state_places().items()}})
