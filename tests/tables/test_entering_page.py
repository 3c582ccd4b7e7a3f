"""The page about entering describes every column of every template."""

from __future__ import annotations

from pathlib import Path

import pytest

import pages_entering
from comity.tables import TEMPLATES

PAGE = Path(__file__).parents[2] / "docs" / "entering.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_columns_are_those_of_the_templates() -> None:
    assert pages_entering.page(TEXT) == TEXT, "run python docs/pages_entering.py"


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_column_is_described(name: str) -> None:
    section = TEXT.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
    shared = TEXT.partition("\n### In every table")[2].partition("\n### ")[0]
    for column in TEMPLATES[name].columns:
        assert f"| `{column.name}`" in section + shared
        assert f"`{column.name}`" in section
