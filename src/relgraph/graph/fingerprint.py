"""Fingerprints of texts: MinHash over runs of five words (rensa), so that nearly identical texts can be told without the texts.

Texts of less than thirty words have none: two short notes on one signing are often alike without one being copied.
"""

from __future__ import annotations

import base64
import re
import struct

from rensa import RMinHash

_LENGTH, _RUN, _LEAST, _BAND = 64, 5, 30, 4
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
    pairs = zip(_numbers(one), _numbers(other), strict=True)
    return sum(a == b for a, b in pairs) / _LENGTH


def bands(print_: str) -> list[str]:
    """Return the blocks of a fingerprint: near-identical texts share at least one."""
    numbers = _numbers(print_)
    return [f"text|{i}|{struct.pack(f'<{_BAND}I', *numbers[i : i + _BAND]).hex()}" for i in range(0, _LENGTH, _BAND)]


def _numbers(print_: str) -> tuple[int, ...]:
    return struct.unpack(f"<{_LENGTH}I", base64.b64decode(print_.removeprefix(_PREFIX)))
