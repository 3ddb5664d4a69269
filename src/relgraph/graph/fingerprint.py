"""Fingerprints of texts: MinHash over runs of five words (rensa), so that nearly identical texts can be told without the texts.

Texts of less than thirty words have none: two short notes on one signing are often alike without one being copied.
"""

from __future__ import annotations

import base64
import operator
import re
import struct

from rensa import RMinHash

Numbers = tuple[int, ...]
"""A fingerprint as the least hashes of a text's runs of words, one for each of the hash functions."""

_LENGTH, _RUN, _LEAST, _BAND = 64, 5, 30, 3
_PREFIX = "minhash64:"
_WORD = re.compile(r"\w+")


def fingerprint(body: str) -> str | None:
    """Return the fingerprint of a text, None for one too short to compare."""
    words = _WORD.findall(body.casefold())
    if len(words) < _LEAST:
        return None
    hashed = RMinHash(num_perm=_LENGTH, seed=1)
    hashed.update([" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)])
    return _PREFIX + base64.b64encode(struct.pack(f"<{_LENGTH}I", *hashed.digest())).decode()


def likeness(one: str, other: str) -> float:
    """Return the estimated share of runs of words that two texts have in common, by their fingerprints."""
    return shared(numbers(one), numbers(other))


def shared(one: Numbers, other: Numbers) -> float:
    """Do as `likeness`, with fingerprints taken apart already."""
    same: int = sum(map(operator.eq, one, other))
    return same / _LENGTH


def numbers(print_: str) -> Numbers:
    """Take a fingerprint apart."""
    return struct.unpack(f"<{_LENGTH}I", base64.b64decode(print_.removeprefix(_PREFIX)))


def bands(found: Numbers) -> list[str]:
    """Return the blocks of a fingerprint, each of a few of its numbers. Texts that are alike share many of them, see `enough_bands`."""
    return [f"text|{i}|{struct.pack(f'<{len(part)}I', *part).hex()}" for i in range(0, _LENGTH, _BAND) if (part := found[i : i + _BAND])]


def enough_bands(share: float) -> int:
    """Return how many of a text's bands to look into, whichever these are, to meet each text whose likeness to it is at least `share`.

    Every number in which two texts differ takes one band from those they share, so that of any so many bands one is left.
    """
    return int(_LENGTH * (1 - share)) + 1
