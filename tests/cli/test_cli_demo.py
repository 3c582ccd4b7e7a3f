"""The demo: the release, or the invented corpus, in a store of its own."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from typing import Any

import pytest

import comity
import running
from comity.examples import CORPUS

Run = Callable[..., Any]


def test_the_corpus_is_loaded_into_a_store(
    comity_command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = running.prepared()
    lines = ready.said["comity demo --corpus"].splitlines()
    assert [line.split("  ")[-1] for line in lines[:13]] == [one.title for one in CORPUS]
    load = re.fullmatch(r"Load      read ([\d,]+) = accepted \1 \+ quarantined 0 \+ .*", lines[13])
    assert load
    assert "the store conforms: 0 violations" in lines[14]
    store = ready.folder / "comity-corpus"
    assert not (store / "demo").exists()  # a picture belongs to the release only
    # What it offers to do next can be done.
    after = lines[lines.index("Next") + 1 :]
    assert shlex.split(after[0]) == ["export", "COMITY_STORE=comity-corpus"]
    assert len(after) > 2
    monkeypatch.chdir(ready.folder)
    monkeypatch.setenv("COMITY_STORE", "comity-corpus")
    for line in after[1:]:
        asked = comity_command(*shlex.split(line)[1:])
        assert asked.code == 0, asked.err
        assert len(asked.out.splitlines()) > 2
    with comity.open(store, read_only=True) as graph:
        titles = graph.sparql("SELECT ?title { ?d a comity:SourceDocument ; dcterms:title ?title }")
        assert len(list(titles)) == 13
