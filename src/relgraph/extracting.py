"""Facts of many articles, on as many cores as there are: what `relgraph extract` and `relgraph evaluate` run.

In: inputs as for `build`. Out: each article's id with its facts as JSON, in the order of the inputs, or the error in its stead.
"""

from __future__ import annotations

import itertools
import os
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import msgspec

from relgraph.errors import RelgraphError
from relgraph.extract import extract
from relgraph.knowledge import Knowledge, load_knowledge
from relgraph.model import Article
from relgraph.preparing import content_key
from relgraph.read import read_paths

CHUNK = 20
"""Articles sent to a process at once; fewer than this are not worth one."""

Extracted = tuple[str, bytes]
_Item = Article | RelgraphError


def extract_all(paths: Iterable[str], *, jobs: int | None = None, reference: Path | None = None, lexicon: Path | None = None,
                shard: tuple[int, int] | None = None) -> Iterator[Extracted | RelgraphError]:  # fmt: skip
    """Read the inputs and yield the facts of each article.

    Args:
        paths: Files, folders, patterns, or '-' for standard input.
        jobs: Processes to use; one for each core by default, none besides this one for a few articles.
        reference: Reference files instead of the shipped ones.
        lexicon: Own lexicon files, laid over the shipped ones.
        shard: (i, n): only the i-th of n parts, from 1. An article's id alone says in which it is, so that any machines may take the parts.

    Yields:
        The article's id and its facts as one line of JSON; an error for an input that can't be read.

    Raises:
        KnowledgeError: Reference or lexicon is wrong.
    """
    load_knowledge(reference, lexicon)  # before any process is made: forks share it, and its errors come once
    items: Iterator[_Item] = (item for item in read_paths(paths) if shard is None or _part(item, shard[1]) == shard[0])
    jobs = jobs or os.cpu_count() or 1
    first = list(itertools.islice(items, CHUNK))
    if jobs == 1 or len(first) < CHUNK:
        for item in itertools.chain(first, items):
            yield from _extract_chunk([item], reference, lexicon)
        return
    chunks = itertools.chain([first], iter(lambda: list(itertools.islice(items, CHUNK)), []))
    waiting: deque[Future[list[Extracted | RelgraphError]]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        for chunk in chunks:
            waiting.append(pool.submit(_extract_chunk, chunk, reference, lexicon))
            if len(waiting) > 2 * jobs:  # so that no more than this is ever held
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _part(item: _Item, parts: int) -> int:
    """Return the part of an article, from 1; an input that can't be read is told in the first."""
    return zlib.crc32(item.id.encode()) % parts + 1 if isinstance(item, Article) else 1


def _extract_chunk(items: list[_Item], reference: Path | None, lexicon: Path | None) -> list[Extracted | RelgraphError]:
    knowledge = load_knowledge(reference, lexicon)
    return [(item.id, _written(item, knowledge)) if isinstance(item, Article) else item for item in items]


def _written(article: Article, knowledge: Knowledge) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(extract(article, knowledge), key=content_key(article, knowledge)))
