"""Verbs that work on what a store holds make none where there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.mark.parametrize(
    "arguments",
    [
        ("document", "list"),
        ("document", "show", "note"),
        ("document", "remove", "note"),
        ("document", "replace", "note", "--title", "Another"),
        ("quarantine", "list"),
        ("quarantine", "replay", "--all"),
        ("correct", "note", "--verbatim", "a", "--corrected", "b", "--by", "me", "--why", "c"),
        ("infer", "a", "comity:ofCountry", "b", "--basis", "c", "--by", "me"),
        ("note", "KOSGEB", "words", "--by", "me", "--why", "c"),
        ("export",),
        ("backup", "copy"),
        ("validate",),
        ("validate", "--store-check"),
        ("validate", "facts.ttl"),
        ("query", "documents"),
        ("network", "person-person", "-o", "-", "--format", "json"),
    ],
    ids=" ".join,
)
def test_a_missing_store_is_told_and_not_made(
    comity_command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = comity_command(*arguments, "--store", tmp_path / "none")
    assert (done.code, done.out) == (3, "")
    assert "there is no store at" in done.err
    assert list(tmp_path.iterdir()) == []
