"""The notebooks among the pages: run them, and compare what their cells write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

__all__ = ["executed", "written"]

SECONDS = 120  # for one cell


def executed(path: Path) -> Any:
    """Return a notebook with the outputs of a fresh run.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        A cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=resources)
    client.execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when each cell ran
    notebook.metadata.pop("language_info", None)  # which Python ran it
    return notebook


def written(notebook: Any) -> list[list[str]]:
    """Give what each cell of code writes, as text."""
    return [
        [output.get("text") or output["data"]["text/plain"] for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
