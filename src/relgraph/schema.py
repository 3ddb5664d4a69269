"""The JSON schema of what `relgraph extract` writes, made from the types of `relgraph.model`."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from relgraph.model import ArticleFacts


def fact_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) of an article's facts."""
    (root,), components = msgspec.json.schema_components((ArticleFacts,), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/relgraph/fact.schema.json",
        "title": "Facts of one article",
        **root,
        "$defs": components,
    }


def fact_schema_text() -> str:
    """Return the schema as the file ontology/fact.schema.json holds it."""
    return json.dumps(fact_schema(), indent=1, ensure_ascii=False) + "\n"
