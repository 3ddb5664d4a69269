"""SPARQL over a store: prefixes supplied, what may not run refused, errors with line and column."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from relgraph.errors import QueryError
from relgraph.graph.iris import PREFIXES
from relgraph.query.lexer import Token, hidden_calls, meaningful, offset_of, stretched
from relgraph.query.table import Graph, Table, value_of

if TYPE_CHECKING:
    from relgraph.store import Store

_UPDATES = frozenset({"insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with"})
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PLACE = re.compile(r"error at (\d+):(\d+): ")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# One line, so that lines keep their numbers.
_PROLOGUE = " ".join(f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items()) + " "
MAX_LENGTH = 1_000_000


def run_query(store: Store, sparql: str, *, path: str | None = None, prefixes: bool = True) -> Table | Graph | bool:
    """Run a read query.

    The prefixes of `relgraph.graph.iris.PREFIXES` (rg, rdf, rdfs, skos ...) need no declaration.

    Args:
        store: What is asked.
        sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
        path: The file it came from, for messages.
        prefixes: Whether the usual prefixes are put in front.

    Raises:
        QueryError: It doesn't parse (with line and column), is an update, asks another service, or fails while running.
    """
    import pyoxigraph as ox

    try:
        result = open_result(store, sparql, path=path, prefixes=prefixes)
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        if isinstance(result, ox.QueryTriples):
            return Graph(list(result))
        columns = [variable.value for variable in result.variables]
        return Table(columns, [[value_of(term) for term in row] for row in result])
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed while running: {str(error).splitlines()[0][:200]}", path=path) from error


def open_result(store: Store, sparql: str, *, path: str | None = None, prefixes: bool = True) -> Any:
    """Start a read query and return the engine's own result, for those who write it in a standard form; raises as `run_query` does."""
    _refuse(sparql, path)
    try:
        return store.query((_PROLOGUE if prefixes else "") + sparql)
    except QueryError as error:  # a store wraps what its engine raises
        if isinstance(error.__cause__, SyntaxError):
            raise _translated(str(error.__cause__), sparql, path) from error
        raise
    except SyntaxError as error:
        raise _translated(str(error), sparql, path) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed while running: {str(error).splitlines()[0][:200]}", path=path) from error


def unknown_terms(store: Store, sparql: str) -> dict[str, str]:
    """Return the terms of our ontology that a query names and the store doesn't know, each with the nearest one that it does, or ''.

    A term that is misspelt is no error of SPARQL; the query only finds nothing.
    """
    namespace = PREFIXES["rg"]
    named = {t.text for t in meaningful(sparql) if t.kind == "name" and t.text.startswith("rg:") and len(t.text) > 3}
    if not named or re.search(r"prefix\s+rg:", sparql, re.IGNORECASE):
        return {}
    found = store.query(f"SELECT DISTINCT ?term {{ ?term <{PREFIXES['rdfs']}label> [] FILTER(STRSTARTS(STR(?term), '{namespace}')) }}")
    known = {f"rg:{row[0].value.removeprefix(namespace)}" for row in found}
    return {term: next(iter(difflib.get_close_matches(term, sorted(known), n=1)), "") for term in sorted(named - known)} if known else {}


def check_syntax(sparql: str, *, path: str | None = None) -> None:
    """Parse a query without a store; raises QueryError as `run_query` does."""
    import pyoxigraph as ox

    _refuse(sparql, path)
    try:
        ox.Store().query(_PROLOGUE + sparql)
    except SyntaxError as error:
        raise _translated(str(error), sparql, path) from error


def refuse_remote(sparql: str) -> None:
    """Refuse an update that asks or loads from elsewhere; raises QueryError with the place."""
    _refuse_calls(sparql, None)
    for text in _readings_of(sparql):
        for token in meaningful(text):
            if token.kind in ("word", "name") and token.text.casefold().split(":")[0] == "load":
                raise _at(text, token.start, "LOAD is refused: nothing is fetched", None)


def _refuse(sparql: str, path: str | None) -> None:
    if len(sparql) > MAX_LENGTH:
        raise QueryError(f"a query of {len(sparql):,} characters is too long; the limit is {MAX_LENGTH:,}", path=path)
    if not sparql.strip():
        raise QueryError("the query is empty", path=path, hint="for example: SELECT ?s WHERE { ?s a rg:Meeting }")
    _refuse_calls(sparql, path)
    for text in _readings_of(sparql):
        first = next((t for t in _after_prologue(list(meaningful(text)))), None)
        if first is not None and first.kind == "word" and first.text.casefold() in _UPDATES:
            raise _at(text, first.start, f"{first.text.upper()} is refused: queries only read", path, hint="to change a store use build, add and remove")


def _refuse_calls(sparql: str, path: str | None) -> None:
    for text in _readings_of(sparql):
        for token in (*(t for t in meaningful(text) if _calls_service(t)), *hidden_calls(text, "service")):
            raise _at(text, token.start, "SERVICE is refused: a query reads this store only", path)


def _readings_of(sparql: str) -> set[str]:
    """Return the text as it is and with \\uXXXX resolved: some engines resolve it before they parse, so a keyword may hide in it."""
    return {sparql, _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), sparql)}


def _calls_service(token: Token) -> bool:
    """Whether a token may be the keyword SERVICE, or hide it: some parsers need no space after a keyword."""
    if token.kind == "name":
        return "service" in token.text.split(":")[0].casefold()
    return token.kind in ("word", "long") and "service" in token.text.casefold()


def _after_prologue(found: list[Token]) -> list[Token]:
    place = 0
    while place < len(found) and found[place].kind == "word" and found[place].text.casefold() in ("prefix", "base"):
        place += 3 if found[place].text.casefold() == "prefix" else 2
    return found[place:]


def _translated(message: str, sparql: str, path: str | None) -> QueryError:
    """Say in plain words what the parser found wrong, and where."""
    import pyoxigraph as ox

    found = list(meaningful(sparql))
    token: Token | None = None
    try:
        wide, places = stretched(sparql)
        ox.Store().query(_PROLOGUE + wide)
    except SyntaxError as error:
        match = _PLACE.match(message := str(error))
        if match is not None:
            place = offset_of(_PROLOGUE + wide, int(match[1]), int(match[2])) - len(_PROLOGUE)
            if place < len(wide.rstrip()):
                token = next((t for start, t in reversed(places) if start <= place), None)
    place = token.start if token else len(sparql.rstrip())
    body = _after_prologue(found)
    if "Prefix not found" in message:
        # reported behind the name
        name = next((t for t in reversed(found) if t.kind == "name" and t.start <= place), None)
        prefix = name.text.split(":")[0] if name else ""
        return _at(sparql, name.start if name else place, f"the prefix '{prefix}:' is not declared", path, hint=f"add PREFIX {prefix}: <...>; known without: {', '.join(PREFIXES)}")
    if "variable that is unbound" in message:
        return _at(sparql, place, "SELECT names a variable that is neither grouped by nor aggregated", path)
    if body and body[0].text.upper() not in _FORMS:
        return _at(sparql, body[0].start, f"'{body[0].text[:40]}' begins no query; {', '.join(_FORMS)} do", path)
    if token is None:
        return _unbalanced(sparql, found, path)
    return _at(sparql, place, f"'{token.text[:40]}' can't stand here", path)


def _unbalanced(sparql: str, found: list[Token], path: str | None) -> QueryError:
    """Say which quotation mark or bracket is alone, when the parser came to the end."""
    opened: list[Token] = []
    for token in found:
        if token.kind != "sign":
            continue
        if token.text in ("'", '"'):
            return _at(sparql, token.start, f"the text that begins with {token.text} has no end in this line", path)
        if token.text in "{([":
            opened.append(token)
        elif token.text in "})]":
            if not opened:
                return _at(sparql, token.start, f"'{token.text}' closes nothing", path)
            opened.pop()
    if opened:
        return _at(sparql, opened[-1].start, f"'{opened[-1].text}' is never closed", path)
    return _at(sparql, len(sparql.rstrip()), "the query ends too early", path)


def _at(text: str, offset: int, problem: str, path: str | None, *, hint: str = "") -> QueryError:
    before = text[:offset]
    line, column = before.count("\n") + 1, offset - before.rfind("\n")
    if not hint:
        shown = text.split("\n")[line - 1].strip()
        hint = f"the line is: {shown[:100]}" if shown else ""
    place = f"column {column}: " if path else f"line {line}, column {column}: "
    return QueryError(place + problem, hint=hint, path=path, line=line, column=column)
