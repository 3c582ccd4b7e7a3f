"""A store with a small text, and tables written for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import comity

TEXT = """Protocol signed

Minister Ada Lark of Arland signed a protocol with Borland on 1 March 2021. The Arland Trade
Office (ATO) hosted the ceremony in Arl. Ben Moor, director of the Borland Export Board, was
there. Both sides praised their close ties.
"""


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[comity.Graph]:
    """A store on disk with a text of five sentences."""
    file = tmp_path / "note.txt"
    file.write_text(" ".join(TEXT.split("\n\n")[1].split()), encoding="utf-8")
    file.write_text("Protocol signed\n\n" + file.read_text(encoding="utf-8") + "\n")
    with comity.open(tmp_path / "store") as opened:
        assert opened.add_document(file).passages == 5
        yield opened


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Write a table, from text or bytes."""

    def written(content: str | bytes, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written
