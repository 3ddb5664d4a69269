"""Named queries: ontology/queries/*.rq and ontology/queries/competency/NN-name.rq, each with its title, question and parameters in YAML lines (`#:`) at its head.

A parameter is written `$name` in the query; `ask` puts a checked RDF term in its place, token by token, never text. A line that ends
in `#? name` stays only when the parameter was given. How a query is written so that it stays quick: docs/decisions/0004.

    #: title: Bodies of a pair
    #: question: Which bodies exist between A and B?
    #: parameters:
    #:   a: {type: entity, classes: [State], required: true, help: one side}
    #:   since: {type: date, edge: first, help: not before}
    #: examples:
    #:   - {a: Tajikistan}
"""

from __future__ import annotations

import calendar
import datetime
import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import yaml

from relgraph.errors import EntityNameError, QueryError
from relgraph.graph import iris
from relgraph.query.lexer import tokens
from relgraph.query.names import Names
from relgraph.query.sparql import run_query
from relgraph.query.table import Graph, Table
from relgraph.resources import resource

if TYPE_CHECKING:
    from relgraph.store import Store

_OPTIONAL_LINE = re.compile(r"#\?\s*(\w+)\s*$")


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One parameter of a named query.

    `classes` limits an entity to these classes; `edge` says which day a month or year stands for; `fact` takes a fact's id.
    """

    type: Literal["entity", "date", "text", "int", "fact"]
    help: str
    required: bool = False
    default: str | int | None = None
    classes: tuple[str, ...] = ()
    edge: Literal["first", "last"] = "first"


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    question: str
    parameters: dict[str, Parameter] = {}
    any_of: tuple[str, ...] = ()
    examples: tuple[dict[str, str | int], ...] = ()


class NamedQuery(msgspec.Struct, frozen=True):
    """One named query. `any_of`: at least one of these parameters must be given."""

    name: str
    title: str
    question: str
    parameters: dict[str, Parameter]
    any_of: tuple[str, ...]
    examples: tuple[dict[str, str | int], ...]
    sparql: str
    path: str

    def signature(self) -> str:
        """Return how it is called: 'meetings of=... [since=...]'."""
        parts = [f"{name}=..." if p.required else f"[{name}=...]" for name, p in self.parameters.items()]
        return " ".join([self.name, *parts])


def load_queries(folder: Path | None = None) -> dict[str, NamedQuery]:
    """Read every named query, by name.

    Raises:
        QueryError: A head isn't YAML, lacks a field or names a parameter that the query doesn't use.
    """
    folder = folder or resource("ontology", "queries")
    queries = [read_query(path) for path in sorted([*folder.glob("*.rq"), *folder.glob("competency/*.rq")])]
    return {query.name: query for query in sorted(queries, key=lambda q: q.name)}


def read_query(path: Path) -> NamedQuery:
    """Read one named query.

    Raises:
        QueryError: As `load_queries`.
    """
    text = path.read_text("utf-8")
    lines = text.split("\n")
    head_lines = [line[2:].removeprefix(" ") for line in lines if line.startswith("#:")]
    try:
        head = msgspec.convert(yaml.load("\n".join(head_lines), Loader=yaml.CSafeLoader), _Head)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise QueryError(f"the head isn't valid YAML: {error.problem}", path=str(path), line=line) from error
    except msgspec.ValidationError as error:
        raise QueryError(f"the head is wrong: {error}", path=str(path), line=1, hint="title, question and parameters stand in lines that begin with '#:'") from error
    used = {t.text[1:] for t in tokens(text) if t.kind == "variable" and t.text.startswith("$")}
    for name in used ^ set(head.parameters):
        where = next((i for i, x in enumerate(lines, 1) if re.search(rf"\${name}\b", x)), 1)
        raise QueryError(f"${name} is used but isn't in the head" if name in used else f"the parameter '{name}' is never used", path=str(path), line=where)
    body = "\n".join("" if line.startswith("#:") else line for line in lines)
    # A competency question has its number before its name: 01-who.rq.
    return NamedQuery(re.sub(r"^\d+[a-z]?-", "", path.stem), head.title, head.question, head.parameters, head.any_of, head.examples, body, str(path))


def get_query(queries: Mapping[str, NamedQuery], name: str) -> NamedQuery:
    """Return a named query.

    Raises:
        EntityNameError: There is none of that name; the candidates are near ones.
    """
    if name in queries:
        return queries[name]
    near = difflib.get_close_matches(name, queries, n=3, cutoff=0.5)
    raise EntityNameError(f"no named query '{name}'", candidates=near, hint=f"did you mean {', '.join(near)}?" if near else f"there are: {', '.join(queries)}")


def ask(store: Store, query: NamedQuery, values: Mapping[str, object], names: Names | None = None) -> Table:
    """Answer a named query.

    Args:
        store: What is asked.
        query: From `load_queries`.
        values: Parameters by name; entities by any name, dates as ISO text ('2024', '2024-05', '2024-05-01') or date.
        names: The store's names, if already read.

    Raises:
        EntityNameError: An entity is unknown or ambiguous.
        QueryError: A parameter is missing, unknown or of the wrong kind.
    """
    result = run_query(store, bind(query, values, names or Names(store)), path=query.path)
    if isinstance(result, Graph):
        result = result.table()
    if isinstance(result, bool):
        result = Table(("answer",), [(result,)])
    result.title = query.title
    return result


def bind(query: NamedQuery, values: Mapping[str, object], names: Names) -> str:
    """Return the query's text with each parameter replaced by its term; raises as `ask`."""
    given = {k: v for k, v in values.items() if v is not None}
    usage = f"usage: {query.signature()}"
    for name in given:
        if name not in query.parameters:
            near = difflib.get_close_matches(name, query.parameters, n=1)
            raise QueryError(f"'{query.name}' has no parameter '{name}'", hint=f"did you mean {near[0]}? {usage}" if near else usage)
    for name, parameter in query.parameters.items():
        if name not in given and parameter.default is not None:
            given[name] = parameter.default
        if name not in given and parameter.required:
            raise QueryError(f"'{query.name}' needs {name}=... ({parameter.help})", hint=usage)
    if query.any_of and not any(name in given for name in query.any_of):
        raise QueryError(f"'{query.name}' needs one of {', '.join(query.any_of)}", hint=usage)
    return filled(query, {name: term_for(name, query.parameters[name], value, names) for name, value in given.items()})


def filled(query: NamedQuery, terms: Mapping[str, str]) -> str:
    """Return the query's text with terms, as SPARQL writes them, for parameters; lines of parameters not given are left out."""
    lines = []
    for line in query.sparql.split("\n"):
        condition = _OPTIONAL_LINE.search(line)
        if condition is None:
            lines.append(line)
        else:  # a line left out stays as an empty one, so that line numbers hold
            lines.append(line[: condition.start()] if condition[1] in terms else "")
    return "".join(terms[t.text[1:]] if t.kind == "variable" and t.text[0] == "$" else t.text for t in tokens("\n".join(lines)))


def term_for(name: str, parameter: Parameter, value: object, names: Names) -> str:
    """Return the RDF term of a parameter's value as SPARQL writes it."""
    import pyoxigraph as ox

    text = str(value).strip()
    match parameter.type:
        case "entity":
            return str(ox.NamedNode(names.get(text, classes=parameter.classes).iri))
        case "fact":
            iri = text if text.startswith(iris.BASE) else iris.node("claim", text.removeprefix("claim/"))
            if not re.fullmatch(r"[\w.:/~-]+", iri):
                raise QueryError(f"{name}={text!r} is no fact's id", hint="copy it from the column 'fact' of another answer")
            return str(ox.NamedNode(iri))
        case "int":
            if not re.fullmatch(r"-?\d{1,9}", text):
                raise QueryError(f"{name}={text!r} is no whole number")
            return str(int(text))
        case "date":
            return f'"{day_of(text, parameter.edge, name).isoformat()}"^^<{iris.PREFIXES["xsd"]}date>'
        case "text":
            return str(ox.Literal(text))


def day_of(text: str, edge: Literal["first", "last"], name: str = "date") -> datetime.date:
    """Return the day that an ISO date, month or year stands for: its first or last one.

    Raises:
        QueryError: It is no such date, or doesn't exist.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text[:10] if re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ].*", text) else text)
    if match is None:
        raise QueryError(f"{name}={text!r} is no date", hint="write 2024, 2024-05 or 2024-05-01")
    year, month = int(match[1]), int(match[2] or (1 if edge == "first" else 12))
    try:
        last = calendar.monthrange(year, month)[1]
        return datetime.date(year, month, int(match[3] or (1 if edge == "first" else last)))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise QueryError(f"{name}={text!r} is a date that does not exist") from error


def parse_pairs(pairs: tuple[str, ...]) -> dict[str, Any]:
    """Return 'key=value' arguments as a mapping; raises QueryError for one without '=' or given twice."""
    found: dict[str, Any] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or not key:
            raise QueryError(f"'{pair}' isn't key=value", hint="for example: relgraph ask meetings of=Rahmon since=2024")
        if key in found:
            raise QueryError(f"'{key}' is given twice")
        found[key] = value
    return found
