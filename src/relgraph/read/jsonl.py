"""JSON Lines: one article a line, as crawlers and corpora write them.

In: one line. Out: an Article, or an ArticleError with the line's number. Fields: `id`, `title`, `text` (or `body`), `publisher`,
`published` (or `date`), `url`, `language`; others are ignored. A broken line costs that line only.
"""

from __future__ import annotations

import json

from relgraph.errors import ArticleError
from relgraph.model import Article
from relgraph.read.ids import digest, id_from_path, id_from_url, safe_id
from relgraph.read.metadata import checked
from relgraph.read.text import article_from_text, clean

_FIELDS = ("title", "publisher", "published", "date", "url", "language")


def article_from_json(data: bytes, path: str, line: int) -> Article:
    """Read one line.

    Without `id` the address gives it; without either it is the file's stem and a hash of the text, so that the order of lines does not matter.

    Raises:
        ArticleError: The line is no JSON object, has no text, or a field is wrong.
    """

    def wrong(message: str, hint: str) -> ArticleError:
        return ArticleError(message, hint=hint, path=path, line=line)

    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise wrong(f"wrong encoding: byte 0x{data[error.start]:02x} is not UTF-8", "Save the file as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise wrong(f"broken JSON: {error.msg} (column {error.colno})", "JSON Lines has one whole object on each line.") from error
    except (ValueError, RecursionError) as error:
        raise wrong("broken JSON: nested too deeply or a number too long", "JSON Lines has one flat object on each line.") from error
    if not isinstance(value, dict):
        raise wrong("this line holds no JSON object", 'Write {"id": ..., "title": ..., "text": ...} on each line.')
    for key in (*_FIELDS, "text", "body"):
        if not isinstance(value.get(key), str | None):
            raise wrong(f"field '{key}' is not a string", "Put the value into quotes.")
    if not isinstance(value.get("id"), str | int | None):
        raise wrong("field 'id' is neither a string nor a number", "Put the value into quotes.")
    text = clean(value.get("text") or value.get("body") or "")
    if not text.strip():
        raise wrong("the article has no text", "Give it in the field 'text' (or 'body').")
    metadata = checked({k: value[k] for k in _FIELDS if value.get(k)}, path=path, line=line)
    url, own = metadata.get("url"), value.get("id")
    if own is not None and str(own).strip():
        name = safe_id(str(own).strip())
    else:
        name = id_from_url(url) if url else f"{id_from_path(path)}-{digest(text)}"
    return article_from_text(text, id=name, source=f"{path}:{line}", **metadata)
