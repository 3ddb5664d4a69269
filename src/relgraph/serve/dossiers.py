"""Dossiers over HTTP: /dossier/TJ/KZ, or /dossier?a=IRI&b=IRI where a name would be ambiguous; in both languages, as a page or as text to take along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from relgraph.errors import EntityNameError, QueryError
from relgraph.query.dossier import LANGUAGES, make_dossier
from relgraph.query.names import Names
from relgraph.serve.problems import Problem
from relgraph.show.dossier import Dossier
from relgraph.store import Store

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
_MEDIA = {"html": "text/html", "markdown": "text/markdown", "text": "text/plain", "json": "application/json"}
_OWN = {"en": "English", "ru": "Русский"}
_VIEWER = {"en": "Viewer", "ru": "Граф"}


def dossier_response(store: Store, names: Names, wanted: Sequence[str], asked: Mapping[str, str]) -> Response:
    """Return a dossier.

    Args:
        store: What is read.
        names: Its names.
        wanted: One or two names, codes, ids or IRIs.
        asked: What the address asks for: lang, at, known, format.

    Raises:
        Problem: 404 for a name that is unknown, or that several entities have; 400 for a wrong date, language or format.
    """
    lang, fmt = asked.get("lang", "en"), asked.get("format", "html")
    if fmt not in _MEDIA:
        raise Problem(400, "Bad request", f"no format '{fmt[:40]}'", hint=f"there are: {', '.join(_MEDIA)}")
    try:
        found = [names.get(name) for name in wanted]
        dossier = Dossier(make_dossier(store, found, at=asked.get("at"), known=asked.get("known"), lang=lang))
    except EntityNameError as error:
        raise Problem(404, "Not found", error.message, hint=error.hint or "") from error
    except QueryError as error:
        raise Problem(400, "Bad request", error.message, hint=error.hint or "") from error
    if fmt != "html":
        return Response(dossier.written(fmt), media_type=_MEDIA[fmt])
    kept = {k: v for k, v in asked.items() if k in ("at", "known")} | dict(zip("ab", (e.iri for e in found), strict=False))
    links = [("/", _VIEWER[lang], lang)]
    links += [(_address(kept, lang=other), _OWN[other], other) for other in LANGUAGES if other != lang]
    links += [(_address(kept, lang=lang, format="markdown"), "Markdown", "en"), (_address(kept, lang=lang, format="json"), "JSON", "en")]
    return HTMLResponse(dossier.html(links=links), headers={"Content-Security-Policy": POLICY})


def _address(kept: Mapping[str, str], **more: str) -> str:
    return "/dossier?" + urlencode({**kept, **more})
