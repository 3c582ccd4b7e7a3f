"""The commands of the page on validation write what it says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import consoles
from comity.validation.profiles.reading import profile_names
from comity.validation.reports import FORMATS
from comity.validation.reports.csv import COLUMNS

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"


def test_commands_write_what_the_page_says(outside: dict[str, str], tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), outside.get("PATH", "")])
    assert len([step for block in consoles.blocks(page) for step in block]) > 9
    assert consoles.rewritten(page, tmp_path, outside | {"PATH": path}, {}) == page


def test_every_format_column_and_profile_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for word in (*FORMATS, *COLUMNS, *profile_names()):
        assert f"`{word}`" in page
