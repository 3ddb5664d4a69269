"""What readers read: snapshots that a writer publishes beside its quads.

Reading a folder that another process writes is undefined in Oxigraph, so that a reader opens the newest snapshot and never the writer's own files.
A snapshot shares its files with the store by hard links: it costs milliseconds whatever the size. It appears whole, by a rename, and goes when a
newer one is there and nobody reads it.
"""

from __future__ import annotations

import fcntl
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO

FOLDER = "snapshots"
_LOCK = "lock"
_QUADS = "quads"


def latest_snapshot(folder: Path) -> Path | None:
    """Return the newest snapshot of the store in a folder, None when it has published none.

    A reader that holds another path than this one should open the store again.
    """
    return max(_published(folder), default=None)


def publish(folder: Path, backup: Callable[[str], None]) -> Path:
    """Make a snapshot the newest one, and drop those that nobody reads.

    Args:
        folder: The store's; the caller holds its writing lock.
        backup: Writes the quads into a folder that doesn't exist yet.

    Raises:
        OSError: It can't be written; the older ones are as they were.
    """
    newest = latest_snapshot(folder)
    target = folder / FOLDER / f"{int(newest.name) + 1 if newest else 1:08d}"
    fresh = target.with_name(f".{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)  # a killed writer's
    fresh.mkdir(parents=True)
    try:
        backup(str(fresh / _QUADS))
        (fresh / _LOCK).touch()
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    for old in _published(folder):
        if old != target:
            _drop(old)
    return target


class HeldSnapshot:
    """The newest snapshot, kept from being dropped until `close`.

    Attributes:
        path: Its folder, as `latest_snapshot` gives it.
        quads: The quads in it.
    """

    def __init__(self, path: Path, lock: IO[bytes]) -> None:
        self.path, self.quads, self._lock = path, path / _QUADS, lock

    def close(self) -> None:
        """Let go of it."""
        self._lock.close()


def hold_latest(folder: Path) -> HeldSnapshot | None:
    """Hold the newest snapshot; None when there is none."""
    for _ in range(100):  # only a writer that publishes faster than this looks could ask for more than a few
        newest = latest_snapshot(folder)
        if newest is None:
            return None
        try:
            lock = (newest / _LOCK).open("rb")
        except FileNotFoundError:
            continue  # dropped since we looked: there is a newer one
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            lock.close()  # being dropped
            continue
        if newest.exists():
            return HeldSnapshot(newest, lock)
        lock.close()
    raise BlockingIOError(11, "its snapshots change too fast or lack their locks")


def _published(folder: Path) -> list[Path]:
    place = folder / FOLDER
    return [p for p in place.iterdir() if re.fullmatch(r"\d{8}", p.name)] if place.is_dir() else []


def _drop(snapshot: Path) -> None:
    """Remove a snapshot unless somebody reads it; the next publication tries again."""
    try:
        with (snapshot / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            gone = snapshot.with_name(f".{snapshot.name}.old")
            snapshot.rename(gone)  # so that no reader finds half of it
            shutil.rmtree(gone, ignore_errors=True)
    except OSError:
        return
