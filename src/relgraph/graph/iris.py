"""The only place that mints an IRI.

Base `https://w3id.org/relgraph/`: terms `ontology#`, entities `id/<class>/<slug>`, concepts `vocab/<scheme>/<slug>`, graphs `graph/...`.
Slugs are ASCII, lower case, hyphens; unresolved names give `x-<slug>`, bodies and treaties with their sorted members. Aliases never mint.
Keys that are not slugs (article ids) are percent-encoded, so that no text can leave its place in an IRI.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote, unquote

BASE = "https://w3id.org/relgraph/"
RG = f"{BASE}ontology#"
GRAPHS = f"{BASE}graph/"
REFERENCE, INFERRED, OCCURRENCES, DECISIONS, ONTOLOGY = (f"{GRAPHS}{n}" for n in ("reference", "inferred", "occurrences", "decisions", "ontology"))

PREFIXES = {
    "rg": RG, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#", "xsd": "http://www.w3.org/2001/XMLSchema#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#", "oa": "http://www.w3.org/ns/oa#", "dcterms": "http://purl.org/dc/terms/", "schema": "https://schema.org/",
    "id": f"{BASE}id/", "vocab": f"{BASE}vocab/",
}  # fmt: skip

_LETTERS = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya"
    " ә=a ғ=gh қ=q ң=ng ө=o ұ=u ү=u һ=h і=i ҷ=j ҳ=h ӣ=i ӯ=u ў=o"
)
_CYRILLIC = {pair[0]: pair[2:] for pair in _LETTERS.split(" ")}
_SPECIAL = {"ə": "a", "ı": "i", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "%": " percent", "$": " dollar"}


def slug(name: str) -> str:
    """Return the slug of a name: never empty, at most 80 characters (then cut and ended by a hash).

    >>> slug("Жээнбеков & Co.")
    'zheenbekov-co'
    """
    low = "".join(_CYRILLIC.get(c, _SPECIAL.get(c, c)) for c in unicodedata.normalize("NFC", name).casefold())
    plain = unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode()
    cut = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not cut:
        return f"n-{_digest(name)}"
    return cut if len(cut) <= 80 else f"{cut[:70].rstrip('-')}-{_digest(name)}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()


def _safe(key: str) -> str:
    # Dots alone would be read as a way up the path.
    return quote(key, safe="", errors="replace") if key.strip(".") else key.replace(".", "%2E") or "%00"


def term(name: str) -> str:
    """Return a term of the ontology."""
    return RG + name


def entity(entity_id: str) -> str:
    """Return the IRI of an entity of the reference by its id, e.g. 'state:tajikistan'."""
    kind, _, rest = entity_id.partition(":")
    return f"{BASE}id/{_safe(kind)}/{_safe(rest)}"


def entity_id(iri: str) -> str | None:
    """Return the id that an entity's IRI stands for ('actor:x-...' for a name that the reference doesn't hold), None for other IRIs.

    >>> entity_id(entity("state:tajikistan"))
    'state:tajikistan'
    """
    match = re.fullmatch(re.escape(BASE) + r"id/([a-z]+)/([A-Za-z0-9._~%-]+)", iri)
    return f"{match[1]}:{unquote(match[2])}" if match else None


def unresolved(kind: str, name: str, members: Iterable[str] = ()) -> str:
    """Return the IRI of a name that the reference doesn't hold; bodies and treaties give the slugs of their members, in any order."""
    tail = "-".join(sorted(members))
    return f"{BASE}id/{kind}/x-{slug(name)}{'--' + tail if tail else ''}"


def node(kind: str, key: str) -> str:
    """Return the IRI of a fact node, claim, passage ... by its key, made of slugs and article ids."""
    return f"{BASE}id/{kind}/{_safe(key)}"


def article(article_id: str) -> str:
    """Return the IRI of an article."""
    return f"{BASE}id/article/{_safe(article_id)}" if article_id else f"{BASE}id/article/"


def article_id(iri: str) -> str | None:
    """Return the id of an article by its IRI or that of its graph, None for other IRIs."""
    for start in (article(""), article_graph("")):
        if iri.startswith(start):
            return unquote(iri.removeprefix(start))
    return None


def article_graph(article_id: str) -> str:
    """Return the named graph of an article."""
    return f"{GRAPHS}article/{_safe(article_id)}" if article_id else f"{GRAPHS}article/"


def passage(article_id: str, start: int, end: int) -> str:
    """Return the IRI of a passage of an article."""
    return node("passage", f"{article_id}-{start}-{end}")


def scheme(name: str) -> str:
    """Return the IRI of a vocabulary."""
    return f"{BASE}vocab/{name}"


def concept(scheme: str, label: str) -> str:
    """Return a concept of a vocabulary by its English label; '%' is 'percent'."""
    return f"{BASE}vocab/{scheme}/{slug(label)}"


def office(name: str, of: str) -> str:
    """Return the IRI of an office by its name and the IRI of what it belongs to."""
    return f"{BASE}id/office/{slug(name)}-of-{of.rsplit('/', 1)[-1]}"
