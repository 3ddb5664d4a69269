"""Copy a store away and bring it back, while others read it."""

from __future__ import annotations

import shutil
from pathlib import Path

from relgraph.errors import StoreError
from relgraph.store.oxigraph import MANIFEST, OxigraphStore, check_manifest, locked
from relgraph.store.snapshots import hold_latest, publish

_NEW, _OLD = "quads.new", "quads.old"


def backup(folder: Path, target: Path) -> None:
    """Copy what a store has published last into a new folder, which is a store itself. Neither readers nor a writer are disturbed.

    Raises:
        StoreError: There is no store, the target exists, or there is no room.
    """
    OxigraphStore(folder, read_only=True).close()  # says what is wrong with it
    if target.exists():
        raise StoreError("exists already", path=str(target), hint="name a folder that doesn't exist yet")
    fresh = target.with_name(f".{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    held = hold_latest(folder)
    try:
        fresh.mkdir(parents=True)
        shutil.copytree(held.quads if held else folder / "quads", fresh / "quads")
        shutil.copy2(folder / MANIFEST, fresh / MANIFEST)
        fresh.rename(target)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise StoreError(f"the backup can't be written: {error.strerror or 'some files could not be copied'}", path=str(target), hint="free some space, or name another folder") from error
    finally:
        if held:
            held.close()


def restore(source: Path, folder: Path) -> None:
    """Make a store what its backup was; made when absent. Readers go on with what they read and find the restored graph when they open it again.

    Killed in the middle it leaves the store as it was or restored: the copy is made aside and then takes the place of the old files.

    Raises:
        StoreError: The source is no store, the store is being written, or there is no room.
    """
    OxigraphStore(source, read_only=True).close()
    lock = locked(folder, create=True, write=True)
    try:
        check_manifest(folder, write=True)
        finish_restore(folder)
        held = hold_latest(source)
        try:
            shutil.copytree(held.quads if held else source / "quads", folder / _NEW)
        finally:
            if held:
                held.close()
        if (folder / "quads").exists():
            (folder / "quads").rename(folder / _OLD)
        (folder / _NEW).rename(folder / "quads")
        publish(folder, lambda to: _copied(folder / "quads", to))
        finish_restore(folder)
    except OSError as error:
        shutil.rmtree(folder / _NEW, ignore_errors=True)
        raise StoreError(f"can't be restored: {error.strerror or 'some files could not be copied'}", path=str(folder), hint="free some space and run it again; what was there is intact") from error
    finally:
        lock.close()


def _copied(source: Path, target: str) -> None:
    shutil.copytree(source, target)


def finish_restore(folder: Path) -> None:
    """Go on where a killed `restore` stopped: the old files away means that the new ones were complete."""
    if not (folder / "quads").exists() and (folder / _OLD).exists():
        (folder / (_NEW if (folder / _NEW).exists() else _OLD)).rename(folder / "quads")
    shutil.rmtree(folder / _NEW, ignore_errors=True)
    shutil.rmtree(folder / _OLD, ignore_errors=True)
