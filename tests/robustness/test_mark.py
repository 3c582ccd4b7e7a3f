"""Stores of another format, and what is left where one was half made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import comity
from comity.errors import StoreError

MARK = '{"kind": "comity store", "format": 1}\n'


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that nothing has been loaded into."""
    comity.open(tmp_path / "store").close()
    assert (tmp_path / "store" / "comity.json").read_text() == MARK
    return tmp_path / "store"


def files(store: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in store.rglob("*") if file.is_file()}


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('{"kind": "comity store", "format": 0}', "format 0, which is older.*load the export"),
        ('{"kind": "comity store", "format": 2}', "format 2, which is newer.*use a version that"),
        ('{"format": "1"}', "is damaged"),
        ('{"format": true}', "is damaged"),
        ('{"kind": "comity store"}', "is damaged"),
        ("", "is damaged"),
        ('{"kind": "comity st', "is damaged.*or write .* into it"),
    ],
)
def test_another_format_is_told_and_not_touched(
    store: Path, written: str, message: str, read_only: bool
) -> None:
    (store / "comity.json").write_text(written)
    before = files(store)
    with pytest.raises(StoreError, match=message) as caught:
        comity.open(store, read_only=read_only)
    assert caught.value.exit_code == 3
    assert files(store) == before


def test_data_without_a_mark_are_told_with_what_to_do(store: Path) -> None:
    (store / "comity.json").unlink()
    with pytest.raises(StoreError, match=r"holds data and no comity\.json.*copy that file"):
        comity.open(store)
    (store / "comity.json").write_text(MARK)  # as the message says
    with comity.open(store) as graph:
        assert graph.check_store().conforms


@pytest.mark.parametrize("left", [[], [".comity.json.part"], ["comity.json"]])
def test_a_store_that_was_half_made_is_made(tmp_path: Path, left: list[str]) -> None:
    store = tmp_path / "store"
    store.mkdir()
    for name in left:
        (store / name).write_text(MARK if name == "comity.json" else '{"kind": "com')
    with pytest.raises(StoreError, match=r"there (is|are) no (store|data)"):
        comity.open(store, read_only=True)
    with comity.open(store) as graph:
        assert graph.check_store().conforms
    assert sorted(entry.name for entry in store.iterdir()) == ["comity.json", "data"]


def test_the_command_line_says_it_in_one_line(store: Path) -> None:
    (store / "comity.json").write_text('{"format": 7}')
    for verb in (["info"], ["load", "-"]):
        done = subprocess.run(
            [sys.executable, "-m", "comity_cli.main", *verb, "--store", store],
            input="",
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("Error: ")
        assert done.stderr.count("\n") == 1
        assert "newer than this version" in done.stderr
