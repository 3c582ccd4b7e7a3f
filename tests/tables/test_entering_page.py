"""The page about entering does what it says, and describes every column of every template."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import pages_entering
from comity.tables import TEMPLATES
from consoles import Step, blocks, run

PAGE = Path(__file__).parents[2] / "docs" / "entering.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_commands_write_what_the_page_shows(tmp_path: Path) -> None:
    launcher = tmp_path / "bin" / "comity"
    launcher.parent.mkdir()
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m comity_cli.main "$@"\n')
    launcher.chmod(0o755)
    folder = tmp_path / "work"
    folder.mkdir()
    outside = {"COMITY_CURATOR", "COLUMNS"}
    environment = {name: value for name, value in os.environ.items() if name not in outside} | {
        "PATH": f"{launcher.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "COMITY_STORE": str(tmp_path / "store"),
    }
    setup: list[str] = []
    steps = [step for block in blocks(TEXT) for step in block]
    shown = [Step(step.command, run(step.command, setup, folder, environment)) for step in steps]
    assert len(shown) > 10
    assert shown == steps


def test_columns_are_those_of_the_templates() -> None:
    assert pages_entering.page(TEXT) == TEXT, "run python docs/pages_entering.py"


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_column_is_described(name: str) -> None:
    section = TEXT.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
    shared = TEXT.partition("\n### In every table")[2].partition("\n### ")[0]
    for column in TEMPLATES[name].columns:
        assert f"| `{column.name}`" in section + shared
        assert f"`{column.name}`" in section
