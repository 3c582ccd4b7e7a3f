"""The commands of the page on the quarantine write what it says, identifiers and times apart."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import consoles

PAGE = Path(__file__).parents[2] / "docs" / "quarantine.md"
_CHANGES = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def test_commands_write_what_the_page_says(outside: dict[str, str], tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), outside.get("PATH", "")])
    assert len([step for block in consoles.blocks(page) for step in block]) > 12
    now = consoles.rewritten(page, tmp_path, outside | {"PATH": path}, {})
    assert _CHANGES.sub("…", now) == _CHANGES.sub("…", page)
