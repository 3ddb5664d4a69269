"""Run the notebooks and write copies that hold their outputs: `python notebooks/render.py FOLDER`, or `make notebooks`."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent


def executed(path: Path) -> nbformat.NotebookNode:
    """Return a notebook with the outputs of a fresh run in its own folder; raises CellExecutionError where a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


def main() -> int:
    """Render every notebook of this folder."""
    if len(sys.argv) != 2:
        sys.stderr.write("usage: render.py FOLDER\n")
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(HERE.glob("*.ipynb")):
        nbformat.write(executed(path), folder / path.name)
        sys.stderr.write(f"{folder / path.name}: written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
