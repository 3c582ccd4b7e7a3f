"""What a change makes the shapes report is found from the change alone, as from the whole graph."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from comity.store import EmbeddedStore
from comity.validation import Result, shipped_shapes, validate
from comity.validation.incremental import affected
from comity_ontology import modules
from comity_ontology.prefixes import DEFAULT_BASE, prefixes

CASES = Path(__file__).parents[1] / "cases" / "shapes"
CHANGES: dict[str, dict[str, Any]] = {
    f"{path.stem}: {name}": case
    for path in sorted(CASES.glob("*.yaml"))
    for name, case in yaml.safe_load(path.read_text(encoding="utf-8")).items()
}
NAMES = {**prefixes(DEFAULT_BASE), "change": f"{DEFAULT_BASE}change/"}
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMES.items())

Told = set[tuple[str, ...]]


@cache
def valid() -> tuple[ox.Quad, ...]:
    files = [*(module.path for module in modules()), CASES / "valid.ttl"]
    parsed = (ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE) for file in files)
    return tuple(quad for quads in parsed for quad in quads)


def told(results: tuple[Result, ...]) -> Told:
    return {
        (result.severity.name, result.shape, str(result.focus), str(result.path),
         str(result.value), result.message)
        for result in results
    }  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_leads_to_all_that_it_makes_the_shapes_report(name):
    before, after = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    for store in (before, after):
        store.bulk(valid())
    after.update(PROLOGUE + CHANGES[name]["change"])
    old, new = (set(store.match(None, None, None)) for store in (before, after))
    change = affected(shipped_shapes(), after.match, new - old, old - new)
    assert told(validate(after, shipped_shapes(), change).results) == told(
        validate(after, shipped_shapes()).results
    )  # valid.ttl has no results, so there are none but those of the change
