"""The page about documents shows what its commands do."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from consoles import Step, blocks, run


def test_the_page_shows_what_its_commands_do(
    root: Path, tmp_path: Path, outside: dict[str, str]
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "comity"
    paths = os.pathsep.join(path for path in sys.path if path)
    command.write_text(
        f"#!/bin/sh\nPYTHONPATH={shlex.quote(paths)} exec {shlex.quote(sys.executable)} "
        '-m comity_cli.main "$@"\n'
    )
    command.chmod(0o755)
    folder = tmp_path / "work"
    folder.mkdir()
    environment = {
        **outside,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "COMITY_STORE": str(tmp_path / "store"),
    }
    page = (root / "docs/documents.md").read_text(encoding="utf-8")
    steps = [step for block in blocks(page) for step in block]
    setup: list[str] = []
    shown = [Step(step.command, run(step.command, setup, folder, environment)) for step in steps]
    assert len(shown) > 7
    assert shown == steps
