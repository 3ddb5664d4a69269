"""One writer or several readers of a folder, across processes."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from relgraph.errors import StoreError


class FolderLock:
    """An advisory lock on a folder; released when closed or when the process ends, however it ends."""

    def __init__(self, folder: Path, *, write: bool) -> None:
        self._file: IO[str] = (folder / ".lock").open("a+")
        try:
            fcntl.flock(self._file, (fcntl.LOCK_EX if write else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as error:
            self._file.seek(0)
            holder = self._file.read().strip()
            self._file.close()
            who = f" by process {holder}" if holder else ""
            what = "is in use" if write else "is being written to"
            raise StoreError(f"the store {what}{who}", path=str(folder), hint="wait until that run has ended, or use another --store") from error
        if write:
            self._file.truncate(0)
            self._file.write(str(os.getpid()))
            self._file.flush()

    def close(self) -> None:
        """Release the lock."""
        if not self._file.closed:
            self._file.close()
