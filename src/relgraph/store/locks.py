"""One writer of a folder, across processes.

Readers read snapshots and need no lock of the folder, but for a store of which nothing was ever published: there they keep writers out and the other
way round, as reading a folder while another process writes to it is undefined in Oxigraph.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from relgraph.errors import StoreError

LOCK = ".lock"


class FolderLock:
    """An advisory lock on a folder; released when closed or when the process ends, however it ends."""

    def __init__(self, folder: Path, *, write: bool) -> None:
        self.write = write
        self._file: IO[str] | None = _opened(folder / LOCK, write=write)
        if self._file is None:
            return
        try:
            fcntl.flock(self._file, (fcntl.LOCK_EX if write else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as error:
            self._file.seek(0)
            holder = running(self._file.read().strip())
            self._file.close()
            who = f" by process {holder}" if holder else ""
            what = f"is in use{who}" if write else f"is being written{who}"
            raise StoreError(what, path=str(folder), hint="wait until that run has ended, or use another store with --store") from error
        if write:
            self._file.truncate(0)
            self._file.write(str(os.getpid()))
            self._file.flush()

    def close(self) -> None:
        """Release the lock."""
        if self._file is not None and not self._file.closed:
            if self.write:
                self._file.truncate(0)  # so that nobody takes a later reader for this process
            self._file.close()


def _opened(path: Path, *, write: bool) -> IO[str] | None:
    """Open the lock file; None for a reader of a folder that can't be written to and never was locked."""
    try:
        return path.open("a+") if write or not path.exists() else path.open("r")
    except OSError as error:
        if not write and not path.exists():
            return None
        raise StoreError(f"can't be locked: {error.strerror}", path=str(path.parent), hint="check the folder's permissions, or use another store with --store") from error


def running(pid: str) -> str:
    """Return the process id if such a process runs, else nothing; a killed writer leaves its own behind."""
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError, OverflowError):
        return ""
    except OSError:
        pass  # it runs, under another user
    return pid
