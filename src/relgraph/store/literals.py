"""One form for each value, whatever the engine that kept it: engines write numbers, truth values and times back in forms of their own.

`"1.50"^^xsd:decimal` and `"1.5"^^xsd:decimal` are one value, and so are `true` and `1`. Answers of a remote store are given in the forms below;
where graphs of different engines are compared, both sides are brought into them.

    integer     without sign '+' and leading zeros         decimal     without trailing zeros, without '.0'
    boolean     true, false                                double      as Python's repr, float alike
    date, time, dateTime    '+00:00' as 'Z'                all others  as they are
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode, Quad

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset({"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong"})


def normalised_text(text: str, datatype: str) -> str:
    """Return the one form of a literal's text.

    >>> normalised_text("1.50", "http://www.w3.org/2001/XMLSchema#decimal")
    '1.5'
    """
    kind = datatype.removeprefix(_XSD) if datatype.startswith(_XSD) else ""
    try:
        if kind in _INTEGERS:
            return str(int(text))
        if kind == "decimal":
            plain = format(Decimal(text), "f")
            return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace("-0", "0", 1 if plain.strip("-0.") == "" else 0) or "0"
        if kind in ("double", "float"):
            return repr(float(text))
    except (ValueError, InvalidOperation):
        return text  # ill-typed literals are kept as they are
    if kind == "boolean":
        return {"1": "true", "0": "false"}.get(text, text)
    if kind in ("date", "time", "dateTime") and text.endswith(("+00:00", "-00:00")):
        return f"{text[:-6]}Z"
    return text


def normalised(quad: Quad) -> Quad:
    """Return a quad whose object has its one form."""
    value = quad.object
    if not isinstance(value, Literal) or value.language is not None:
        return quad
    text = normalised_text(value.value, value.datatype.value)
    return quad if text == value.value else Quad(quad.subject, quad.predicate, Literal(text, datatype=NamedNode(value.datatype.value)), quad.graph_name)
