"""Running the command: in this process where that is enough, else in one of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import comity
from comity_cli.main import main


class Done(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def comity_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Done]:
    """Run the command in this process; an error that is not ours fails the test."""
    monkeypatch.delenv("COMITY_STORE", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        code = stopped.value.code
        assert isinstance(code, int)
        return Done(code, said.out, said.err)

    return run


@pytest.fixture
def comity_process() -> Callable[..., subprocess.Popen[bytes]]:
    """Start the command in a process of its own."""
    paths = os.pathsep.join(path for path in sys.path if path)

    def start(*arguments: object, **options: Any) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": paths} | options.pop("env", {})
        return subprocess.Popen(
            [sys.executable, "-m", "comity_cli.main", *map(str, arguments)],
            stdin=options.pop("stdin", subprocess.PIPE),
            stdout=options.pop("stdout", subprocess.PIPE),
            stderr=options.pop("stderr", subprocess.PIPE),
            env=environment,
            **options,
        )

    return start


@pytest.fixture
def noted(tmp_path: Path, note: Path) -> Path:
    """A store that has the note."""
    with comity.open(tmp_path / "noted") as graph:
        graph.add_document(note)
    return tmp_path / "noted"
