"""The words of ontology/vocabularies that the reference may use, as the files have them: concepts by English label, with their order where they have one."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from relgraph.resources import resource

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_ORDER = "https://w3id.org/relgraph/ontology#order"


@functools.cache
def labels(scheme: str) -> Mapping[str, int | None]:
    """Return the English labels of a vocabulary, each with its order or None.

    >>> labels("treaty-status")["signed"] < labels("treaty-status")["in force"]
    True
    """
    from pyoxigraph import parse

    triples = list(parse(path=str(resource("ontology", "vocabularies") / f"{scheme}.ttl")))
    order = {t.subject: int(t.object.value) for t in triples if t.predicate.value == _ORDER}
    schemes = {t.object for t in triples if t.predicate.value == f"{_SKOS}inScheme"}
    return {t.object.value: order.get(t.subject) for t in triples
            if t.predicate.value == f"{_SKOS}prefLabel" and t.object.language == "en" and t.subject not in schemes}  # fmt: skip
