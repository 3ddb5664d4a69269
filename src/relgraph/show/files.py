"""The network as files of other programs: GraphML and GEXF, tables as CSV or Parquet, and the form that neo4j-admin imports.

Text cells that a spreadsheet would take for a formula get a leading apostrophe, in CSV for Neo4j too.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from relgraph.errors import MissingExtra
from relgraph.query import Table
from relgraph.show.network import to_networkx
from relgraph.show.projection import Projection

if TYPE_CHECKING:
    import networkx as nx

GRAPHS = ("graphml", "gexf")
FOLDERS = ("csv", "parquet", "neo4j")


def graph_file(projection: Projection, fmt: str) -> bytes:
    """Return the network as GraphML or GEXF; of the facts an edge has, their ids stand in it, joined by spaces."""
    import networkx as nx

    out = io.BytesIO()
    graph = _flat(to_networkx(projection))
    if fmt == "graphml":
        nx.write_graphml(graph, out, encoding="utf-8")
    else:
        nx.write_gexf(graph, out, encoding="utf-8")
        return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue())  # the same graph gives the same file
    return out.getvalue()


def _flat(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    import networkx as nx

    flat = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        flat.add_node(node, **{k: _clean(v) for k, v in data.items()})
    for source, target, key, data in graph.edges(data=True, keys=True):
        flat.add_edge(source, target, key=key, kind=data["kind"], standing=data["standing"], weight=float(data["weight"]), facts=_clean(" ".join(f["id"] for f in data["facts"])))
    return flat


def _clean(value: object) -> object:
    """Leave out what XML can't hold."""
    return "".join(c for c in value if c in "\t\n" or c >= " ") if isinstance(value, str) else value


def tables(projection: Projection) -> dict[str, Table]:
    """Return the network as tables: entities, edges, facts, evidence and articles, joined by their ids."""
    nodes, facts, sources, sentences = projection.nodes, projection.facts, projection.sources, projection.sentences
    edges = [(e.id, nodes[e.source].id, nodes[e.target].id, e.kind, e.standing, float(e.weight), " ".join(facts[f].id for f in e.facts)) for e in projection.edges]
    said = [(f.id, f.type, f.text, " ".join(nodes[n].id for n in f.about), f.rule, float(f.confidence), f.first_day, f.last_day, f.planned, f.modality, f.attribution) for f in facts]
    evidence = [(f.id, sources[sentences[c.sentence].source].id, sentences[c.sentence].text) for f in facts for c in f.cited]
    return {
        "entities": Table(("id", "name", "kind", "iri"), [(n.id, n.label, n.kind, n.iri) for n in nodes]),
        "edges": Table(("id", "source", "target", "kind", "standing", "weight", "facts"), edges),
        "facts": Table(("id", "type", "text", "about", "rule", "confidence", "first_day", "last_day", "planned", "modality", "attributed_to"), said),
        "evidence": Table(("fact", "article", "sentence"), evidence),
        "articles": Table(("id", "title", "publisher", "published", "url"), [(s.id, s.title, s.publisher, s.published, s.urls[0] if s.urls else "") for s in sources]),
    }


def folder_files(projection: Projection, fmt: str) -> dict[str, bytes]:
    """Return the files of a folder by name: CSV, Parquet, or CSV with the headers that neo4j-admin reads.

    Raises:
        MissingExtra: Parquet without pyarrow.
    """
    found = tables(projection)
    if fmt == "csv":
        return {f"{name}.csv": table.csv().encode() for name, table in found.items()}
    if fmt == "parquet":
        return {f"{name}.parquet": _parquet(table) for name, table in found.items()}
    nodes = Table(("id:ID", "name", "iri", ":LABEL"), [(row[0], row[1], row[3], str(row[2]).capitalize()) for row in found["entities"].rows])
    edges = Table((":START_ID", ":END_ID", ":TYPE", "standing", "weight:double", "facts"), [(r[1], r[2], str(r[3]).upper(), r[4], r[5], r[6]) for r in found["edges"].rows])
    return {"nodes.csv": nodes.csv().encode(), "relationships.csv": edges.csv().encode()}


def _parquet(table: Table) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra("Parquet needs pyarrow", hint="pip install 'relgraph[parquet]'") from error
    columns = {name: list(table[name]) for name in table.columns}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()
