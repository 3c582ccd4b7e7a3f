"""Run the console blocks of the pages, each page in a folder of its own.

There ``comity`` is a command, ``comity demo`` and ``comity demo --corpus`` have been run (once
for all pages, because they take a while), and nothing is set that would change an answer.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consoles import rewritten

__all__ = ["DEMOS", "Prepared", "copy_stores", "environment", "page", "prepared", "same"]

# What each command leaves behind.
DEMOS = {"comity demo": "comity-demo", "comity demo --corpus": "comity-corpus"}
_OUTSIDE = {"COLUMNS", "COMITY_BASE", "COMITY_CURATOR", "COMITY_QUERIES", "COMITY_STORE"}
# Names of loads, and moments: no two runs have the same.
_CHANGES = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


@dataclass(frozen=True)
class Prepared:
    """A folder with what the demos leave behind, and what they said."""

    folder: Path
    said: Mapping[str, str]


@cache
def prepared() -> Prepared:
    """Run both demos, once in the life of this process."""
    folder = Path(tempfile.mkdtemp(prefix="comity-pages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    for name, words in (("comity", ["-m", "comity_cli.main"]), ("python", [])):
        launcher = bin_folder / name
        launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" {" ".join(words)} "$@"\n')
        launcher.chmod(0o755)
    running = {
        command: subprocess.Popen(
            ["bash", "-c", command],
            cwd=folder,
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for command in DEMOS
    }
    said = {command: process.communicate()[0] for command, process in running.items()}
    failed = [said[command] for command, process in running.items() if process.returncode]
    if failed:
        raise RuntimeError("\n".join(failed))
    return Prepared(folder, said)


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which the launchers of a folder come first."""
    kept = {name: value for name, value in os.environ.items() if name not in _OUTSIDE}
    return kept | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }


def copy_stores(text: str, folder: Path) -> None:
    """Copy to a folder what the demos leave behind, where a page speaks of it."""
    for left in DEMOS.values():
        if left in text:
            shutil.copytree(prepared().folder / left, folder / left)


def page(text: str, folder: Path, known: Mapping[str, str] | None = None) -> str:
    """Return a page with what its commands write now.

    Parameters
    ----------
    text : str
        The page.
    folder : Path
        An empty folder to run in.
    known : mapping, optional
        Other commands that are not run, and what they would write.
    """
    copy_stores(text, folder)
    ready = prepared()
    usual = {"COMITY_STORE": str(folder / "store")}  # in the place of the user's own directory
    around = environment(ready.folder) | usual
    now = rewritten(text, folder, around, {**ready.said, **(known or {})})
    return text if same(now, text) else now


def same(one: str, other: str) -> bool:
    """Tell whether two pages say the same, apart from names of loads and moments."""
    return _CHANGES.sub("…", one) == _CHANGES.sub("…", other)
