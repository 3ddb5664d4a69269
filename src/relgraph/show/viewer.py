"""The viewer: a pyvis model and its evidence as one HTML file that asks nothing of any other place.

Scripts and styles are shipped with the package and put in the page whole; the Content Security Policy names them by hash, so nothing else runs.
All that was read from articles goes into a JSON island and reaches the page as text nodes.
"""

from __future__ import annotations

import base64
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

from relgraph.show.layout import Point, place_nodes
from relgraph.show.look import FACT_TYPES, KINDS, STANDINGS
from relgraph.show.network import to_pyvis
from relgraph.show.project import project
from relgraph.show.projection import FactLine, Projection, around

if TYPE_CHECKING:
    from pyvis.network import Network

    from relgraph.show.asking import Answers

ENGINE = "vis-network-10.1.5.min.js"
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def view_html(store: Answers, *, focus: str | None = None, hops: int | None = None, title: str | None = None, known: Mapping[str, Point] | None = None) -> str:
    """Return the viewer of a store as one self-contained HTML page.

    Args:
        store: What is asked, by SPARQL only.
        focus: A name, alias, code or IRI: only what lies around it.
        hops: How many edges around; 1 when a focus is given.
        title: The heading of the page.
        known: Positions by node id to keep, so that a picture stays as it was when articles are added.

    Raises:
        EntityNameError: Nothing is called as `focus` says, or several things are.
    """
    projection = project(store)
    if focus:
        projection = around(projection, focus, hops)
    return page_html(projection, title=title or (f"Relations around {focus}" if focus else "Central Asian relations"), positions=place_nodes(projection, known))


def page_html(projection: Projection, *, title: str, positions: Sequence[Point] | None = None) -> str:
    """Return the viewer of a projection as one self-contained HTML page."""
    return render(to_pyvis(projection, positions), projection, title=title)


def render(net: Network, evidence: Projection, *, title: str) -> str:
    """Return the page of a pyvis model, whose nodes and edges refer to the facts of `evidence` by position."""
    scripts = [_engine(), _scripts()]
    template = _environment().get_template("page.html.j2")
    return template.render(title=title, version=version("relgraph"), policy=_policy(scripts), style=Markup(_styles()), data=Markup(_island(net, evidence)),
                           scripts=[Markup(s) for s in scripts])  # fmt: skip


def positions_of(page: str) -> dict[str, Point]:
    """Return the positions that a page made earlier holds, by node id; empty when it is no page of ours."""
    _, _, rest = page.partition('<script type="application/json" id="graph-data">')
    try:
        return {str(n["id"]): (float(n["x"]), float(n["y"])) for n in json.loads(rest.partition("</script>")[0])["nodes"]}
    except (ValueError, KeyError, TypeError):
        return {}


def _island(net: Network, evidence: Projection) -> str:
    nodes = [{k: v for k, v in n.items() if k not in ("group", "font") and (v or v == 0)} | {"label": n["label"], "start": n["start"], "label_ru": n["label_ru"], "aliases": n["aliases"], "facts": n["facts"]} for n in net.nodes]
    edges = [{k: e[k] for k in ("id", "from", "to", "kind", "standing", "width", "weight", "facts")} for e in net.edges]
    data = {
        "nodes": nodes, "edges": edges, "facts": [_fact(f) for f in evidence.facts],
        "sentences": [{"text": s.text, "source": s.source} for s in evidence.sentences],
        "sources": [{"id": s.id, "title": s.title, "publisher": s.publisher, "published": s.published, "urls": s.urls} for s in evidence.sources],
        "kinds": {k: msgspec.to_builtins(look) for k, look in KINDS.items()},
        "standings": {k: {"words": words, "dashes": dashes} for k, (words, dashes) in STANDINGS.items()}, "types": FACT_TYPES,
    }  # fmt: skip
    return island(data)


def island(data: Any) -> str:
    """Return JSON that can stand in an HTML script element: the five characters that could end it are escaped.

    >>> island("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _fact(fact: FactLine) -> dict[str, Any]:
    return {"id": fact.id, "type": fact.type, "text": fact.text, "about": fact.about, "cited": [{"sentence": c.sentence, "marks": [list(msgspec.structs.astuple(m)) for m in c.marks]} for c in fact.cited],
            "rule": fact.rule, "confidence": fact.confidence, "first_day": fact.first_day, "last_day": fact.last_day, "planned": fact.planned, "modality": fact.modality,
            "attribution": fact.attribution, "origin": fact.origin, "through": fact.through}  # fmt: skip


def _policy(scripts: Sequence[str]) -> str:
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    # vis-network sets styles on its elements, hence 'unsafe-inline' for styles alone.
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("relgraph.show"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@cache
def _engine() -> str:
    return (files("relgraph.show") / "static" / "vendor" / ENGINE).read_text(encoding="utf-8")


@cache
def _scripts() -> str:
    folder = files("relgraph.show") / "static" / "js"
    parts = [f"// {p.name}\n{p.read_text(encoding='utf-8')}" for p in sorted(folder.iterdir(), key=lambda p: p.name) if p.name.endswith(".js")]
    return "(() => {\n\"use strict\";\n" + "\n".join(parts) + "})();"


@cache
def _styles() -> str:
    return (files("relgraph.show") / "static" / "css" / "page.css").read_text(encoding="utf-8")
