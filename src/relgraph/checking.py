"""What `relgraph check` looks at: each function returns a line that says what is right, or raises what is wrong."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from relgraph.errors import KnowledgeError
from relgraph.graph import iris, reference_to_quads
from relgraph.knowledge import load_knowledge
from relgraph.knowledge.reference import load_reference
from relgraph.query.named import filled, load_queries
from relgraph.query.sparql import check_syntax
from relgraph.resources import resource
from relgraph.shapes import validate
from relgraph.store import DERIVED, Store

_FILES = {"person": "leaders", "tenure": "leaders", "office": "leaders", "membership": "organisations", "body": "bodies", "step": "treaties", "treaty": "treaties"}
_META = ox.NamedNode(f"{iris.GRAPHS}meta")


def check_ontology() -> str:
    """Parse the ontology, its alignments and vocabularies.

    Raises:
        KnowledgeError: A file isn't Turtle; names file and line.
    """
    files = [resource("ontology", "relgraph.ttl"), resource("ontology", "alignments.ttl"), *sorted(resource("ontology", "vocabularies").glob("*.ttl"))]
    return f"{len(files)} files, {sum(_triples(path) for path in files):,} triples"


def check_shapes() -> str:
    """Parse the shapes; raises KnowledgeError."""
    return f"{_triples(resource('ontology', 'shapes.ttl')):,} triples"


def check_reference(folder: Path | None) -> str:
    """Load the reference and check its graph against the shapes; raises KnowledgeError with file and line."""
    reference = load_reference(folder)
    for violation in validate(reference_to_quads(reference)):
        if violation.severity == "Violation":
            path, line = _entry(violation.node, folder or resource("data", "reference"))
            raise KnowledgeError(f"{violation.node}: {violation.message}", path=str(path), line=line)
    return f"{len(reference.entities):,} entries, {sum(len(p.tenures) for p in reference.persons):,} terms of office"


def _entry(node: str, folder: Path) -> tuple[Path, int | None]:
    """Return the file and line of the entry that a node of the reference's graph was made from; terms and memberships lead to their person and organisation."""
    kind, _, key = node.removeprefix(f"{iris.BASE}id/").partition("/")
    slug = key.split("--")[1 if kind == "membership" else 0]
    path = folder / f"{_FILES.get(kind, kind + 's')}.yaml"
    lines = path.read_text("utf-8-sig").splitlines() if path.is_file() else []
    wanted = {f"- id: {slug}", f"- id: {slug.rpartition('-')[0]}"} if kind == "step" else {f"- id: {slug}"}
    return path, next((number for number, line in enumerate(lines, 1) if line.strip() in wanted), None)


def check_lexicon(extra: Path | None) -> str:
    """Load the lexicons with a user's own files over them; raises KnowledgeError with file and line."""
    knowledge = load_knowledge(None, extra)
    said = ", ".join(sorted(knowledge.lexicons))
    changed = [line for lexicon in knowledge.lexicons.values() for line in getattr(lexicon, "overridden", ())]
    return f"languages {said}" + "".join(f"\n  {line}" for line in changed)


def check_queries(folder: Path | None = None) -> str:
    """Read and parse the named queries.

    Raises:
        QueryError: One doesn't parse; names file and line.
    """
    queries = load_queries(folder)
    samples = {"entity": "rg:none", "fact": "rg:none", "date": '"2025-01-01"^^xsd:date', "text": '"text"', "int": "1"}
    for query in queries.values():
        all_terms = {name: samples[parameter.type] for name, parameter in query.parameters.items()}
        needed = {name: term for name, term in all_terms.items() if query.parameters[name].required or query.parameters[name].default is not None}
        for terms in (all_terms, needed):
            check_syntax(filled(query, terms), path=query.path)
    return f"{len(queries)} queries"


def check_store(store: Store) -> tuple[str, tuple[str, ...]]:
    """Return a summary of a store and what is wrong in it: broken shapes, or a default graph that isn't the union of the others."""
    quads = list(store.quads())
    problems = [f"{v.node}: {v.message}" for v in validate(q for q in quads if str(q.graph_name).startswith(f"<{iris.article_graph('')}")) if v.severity == "Violation"]
    merged = {(q.subject, q.predicate, q.object) for q in quads if q.graph_name != _META}
    default = [(q.subject, q.predicate, q.object) for q in store.default_triples()]
    if set(default) != merged:
        problems.append(f"the default graph lacks {len(merged - set(default))} and has {len(set(default) - merged)} triples more than the named graphs hold; build it anew")
    articles = store.articles()
    graphs = {iris.article_id(q.graph_name.value) for q in quads if isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value.startswith(iris.article_graph(""))}
    torn = sorted({a.id for a in articles} ^ graphs | set(store.keys()) ^ graphs, key=str)
    problems += [f"article {name} is not whole; add it again" for name in torn]
    problems += [f"article {name} is pending: a run that wrote it was ended, or still writes" for name in store.pending()]
    if store.get_note(DERIVED) is None:
        problems.append("what follows from the articles is not derived yet: an earlier run was ended; run relgraph add with any article again")
    return f"{len(articles):,} articles, {len(quads):,} quads, {sum(a.claims for a in articles):,} facts", tuple(problems)


def _triples(path: Path) -> int:
    try:
        return sum(1 for _ in ox.parse(path=str(path)))
    except SyntaxError as error:
        raise KnowledgeError(f"isn't valid Turtle: {str(error).splitlines()[0][:200]}", path=str(path), line=getattr(error, "lineno", None)) from error
    except OSError as error:
        raise KnowledgeError(f"can't be read: {error}", path=str(path)) from error
