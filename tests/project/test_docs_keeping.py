"""The commands of the page about keeping a store do what it shows."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from consoles import Step, blocks, run

STEPS = [
    step
    for block in blocks((Path(__file__).parents[2] / "docs/keeping.md").read_text(encoding="utf-8"))
    for step in block
]


@pytest.fixture
def folder(seeded: Path, tmp_path: Path) -> Path:
    """A folder with the example's store and a command called comity."""
    shutil.copytree(seeded, tmp_path / "comity-demo")
    command = tmp_path / "bin" / "comity"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m comity_cli.main "$@"\n')
    command.chmod(0o755)
    return tmp_path


def test_the_page_shows_what_the_commands_write(folder: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    environment.pop("COMITY_STORE", None)
    setup: list[str] = []
    shown = [Step(step.command, run(step.command, setup, folder, environment)) for step in STEPS]
    assert len(shown) > 12
    assert shown == STEPS
