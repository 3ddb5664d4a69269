"""What a query gives back: a `Table` of rows, or a `Graph` of triples; each prints itself in the formats people ask for."""

from __future__ import annotations

import csv
import datetime
import importlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from relgraph.errors import MissingExtra, QueryError
from relgraph.graph.iris import BASE, PREFIXES
from relgraph.graph.words import amount, day

if TYPE_CHECKING:
    import pyoxigraph

_LOCAL = re.compile(r"[\w.-]*")
# Characters that move the cursor, recolour the terminal or turn the direction of writing; articles may hold them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Iri(str):
    """An IRI as a string; `short` is how people read it.

    >>> Iri("https://w3id.org/relgraph/id/state/tajikistan").short
    'state/tajikistan'
    """

    __slots__ = ()

    @property
    def short(self) -> str:
        """The IRI with a known prefix, or the path of an entity of ours."""
        for start in (f"{BASE}id/", f"{BASE}vocab/"):
            if self.startswith(start):
                return self[len(start) :]
        for prefix, namespace in PREFIXES.items():
            if self.startswith(namespace) and _LOCAL.fullmatch(self[len(namespace) :]):
                return f"{prefix}:{self[len(namespace) :]}"
        return str(self)


Value = str | Iri | int | float | bool | datetime.date | datetime.datetime | None


def value_of(term: Any) -> Value:
    """Return a term as a Python value: whole decimals as int, others as float; months and years stay text."""
    import pyoxigraph as ox

    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    kind = term.datatype.value.rpartition("#")[2]
    text: str = term.value
    try:
        match kind:
            case "integer" | "int" | "long" | "nonNegativeInteger":
                return int(text)
            case "decimal" | "double" | "float":
                number = float(text)
                return int(number) if number.is_integer() else number
            case "boolean":
                return text in ("true", "1")
            case "date":
                return datetime.date.fromisoformat(text)
            case "dateTime":
                return datetime.datetime.fromisoformat(text)
    except (ValueError, OverflowError):  # RDF allows ill-typed literals; they are shown as written
        return text
    return text


class Table:
    """Rows of a query, with named columns.

    Attributes:
        columns: Their names, in order.
        rows: Tuples of Python values; None where a row has nothing.
    """

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[Value]], *, title: str = "") -> None:
        self.columns, self.rows, self.title = tuple(columns), tuple(tuple(row) for row in rows), title

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __getitem__(self, column: str) -> tuple[Value, ...]:
        """Return one column."""
        try:
            place = self.columns.index(column)
        except ValueError:
            raise KeyError(f"{column!r}; the columns are {', '.join(self.columns)}") from None
        return tuple(row[place] for row in self.rows)

    def __repr__(self) -> str:
        return f"<Table {self.title + ': ' if self.title else ''}{len(self.rows)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(c)}</th>" for c in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(shown(v))}</td>" for v in row) + "</tr>" for row in self.rows)
        caption = f"<caption>{escape(self.title)}</caption>" if self.title else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def frame(self) -> Any:
        """Return the rows as a pandas frame.

        Raises:
            MissingExtra: pandas isn't installed.
        """
        try:
            pandas = importlib.import_module("pandas")
        except ImportError as error:
            raise MissingExtra("pandas isn't installed", hint="pip install 'relgraph[notebook]'") from error
        return pandas.DataFrame([[v.short if isinstance(v, Iri) else v for v in row] for row in self.rows], columns=list(self.columns))

    def text(self) -> str:
        """Return the rows as aligned plain text, IRIs shortened."""
        cells = [list(self.columns)] + [[shown(v) for v in row] for row in self.rows]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
        lines.insert(1, "  ".join("-" * w for w in widths))
        return "\n".join(lines) + "\n"

    def cards(self) -> str:
        """Return each row as a few lines to read: what it says, the sentence it rests on, where that stands. Without sentences, a table."""
        if "sentence" not in self.columns:
            return self.text()
        cards = []
        for row in self:
            place = [shown(row.pop(c, None)) for c in ("article", "published", "link", "fact")]
            sentence = shown(row.pop("sentence", None))
            row = _as_read(row)
            said = " | ".join(f"{name} {words}" if name in _NAMED else words for name, value in row.items() if (words := _worded(name, value)))
            where = "  ".join(filter(None, [f"{place[0]} ({place[1]})" if place[0] and place[1] else place[0], place[2]]))
            cards.append("\n".join(filter(None, [said, f'    "{sentence}"' if sentence else "", f"    {where}" if where else ""])))
        return "\n\n".join(cards) + "\n" if cards else ""

    def csv(self) -> str:
        """Return the rows as CSV that a spreadsheet takes as data only: text that would be a formula gets a leading apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(v) for v in row] for row in self.rows)
        return out.getvalue()

    def json(self) -> str:
        """Return the rows as a list of objects; dates as ISO text, IRIs whole."""
        return json.dumps(list(self), ensure_ascii=False, indent=1, default=str) + "\n"


# Columns whose values say little without their name, and flags that are only worth a word when they are set.
_NAMED = frozenset({"reports", "sources", "confidence", "from", "to", "by", "level", "deadline"})


def _as_read(row: dict[str, Value]) -> dict[str, Value]:
    """Put a row's figure, period and number of articles into words: '670 million USD', 'first half of 2025', '2 articles'."""
    if row.get("value") is not None and "unit" in row:
        bound, most = row.pop("bound", None), row.pop("up_to", None)
        row["value"] = amount(float(str(row["value"])), str(row.pop("unit")), None if bound is None else str(bound), None if most is None else float(str(most)))
    if row.get("period") is not None:
        row["period"] = day(str(row["period"]))
    if isinstance(number := row.get("articles"), int):
        row["articles"] = f"{number} article{'s' if number > 1 else ''}" if number else "in no article, from the reference"
    return row


def _worded(column: str, value: Value) -> str:
    """Return a cell as words on a card: flags by their name, large numbers with separators, a single report not at all."""
    if isinstance(value, bool):
        return column if value else ""
    if isinstance(value, int | float) or type(value).__name__ == "Decimal":
        return "" if column == "reports" and value == 1 else f"{value:,}"
    return shown(value)


def shown(value: Value) -> str:
    """Return a value as a reader sees it: IRIs short, one line, nothing that steers a terminal."""
    text = "" if value is None else value.short if isinstance(value, Iri) else str(value).lower() if isinstance(value, bool) else str(value)
    return _UNSEEN.sub("\ufffd", " ".join(text.split()) if "\n" in text or "\t" in text else text)


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and not isinstance(value, Iri):
        return f"'{value}" if value.lstrip(" ").startswith(_STARTS_FORMULA) else value
    return "" if value is None else str(value)


class Graph:
    """Triples that CONSTRUCT or DESCRIBE gave, each once, in a fixed order."""

    def __init__(self, triples: Sequence[pyoxigraph.Triple]) -> None:
        self.triples = tuple(sorted(set(triples), key=str))

    def __len__(self) -> int:
        return len(self.triples)

    def __iter__(self) -> Iterator[pyoxigraph.Triple]:
        return iter(self.triples)

    def __repr__(self) -> str:
        return f"<Graph {len(self.triples)} triples>"

    def turtle(self) -> str:
        """Return the triples as Turtle with the usual prefixes."""
        from relgraph.query.export import serialized

        return serialized(self.triples, "turtle").decode()

    def table(self) -> Table:
        """Return the triples as rows of subject, predicate and object."""
        return Table(("subject", "predicate", "object"), [[value_of(t.subject), value_of(t.predicate), value_of(t.object)] for t in self.triples])


FORMATS = ("text", "table", "csv", "json", "ttl")


def written(result: Table | Graph | bool, fmt: str) -> str:
    """Return a result as text in one of `FORMATS`.

    Raises:
        QueryError: Turtle was asked for rows; it needs triples.
    """
    if isinstance(result, bool):
        return f"{str(result).lower()}\n"
    if fmt == "text":
        return (result.table() if isinstance(result, Graph) else result).cards()
    if fmt == "ttl":
        if isinstance(result, Table):
            raise QueryError("rows can't be written as Turtle", hint="use CONSTRUCT or DESCRIBE, or another format: table, csv, json")
        return result.turtle()
    table = result.table() if isinstance(result, Graph) else result
    return {"table": table.text, "csv": table.csv, "json": table.json}[fmt]()
