"""The shipped release through the gate, as a user loads it."""

from __future__ import annotations

from importlib.resources import as_file

import comity
from comity.documents.passages import cut
from comity.examples import SEED
from comity.validation import Severity
from comity_ontology.prefixes import DEFAULT_BASE


def test_file_by_file_nothing_is_quarantined_and_one_gap_remains():
    with comity.open(":memory:") as graph:
        with as_file(SEED.text) as path:
            graph.add_document(path, title=SEED.title, issued=SEED.issued, language=SEED.language)
        for model in SEED.models:
            with as_file(model) as path:
                assert graph.load(path).quarantined == 0
        found = [(result.severity, result.focus) for result in graph.validate().results]
    # Between whom the action plan was made is not stated, and nobody should add it.
    assert found == [(Severity.INFO, f"{DEFAULT_BASE}agreement/kosgeb-kobia-action-plan-2020")]


def test_the_passages_are_those_that_a_reader_counts(model):
    pieces = {
        f"{model.passage}{piece.ordinal}": piece.text
        for piece in cut(SEED.text.read_text(encoding="utf-8"), SEED.language)
    }
    assert pieces == model.passages
