"""The commands of every page write what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

import running
from consoles import blocks

DOCS = Path(__file__).parents[2] / "docs"
TEXTS = {file.name: file.read_text(encoding="utf-8") for file in sorted(DOCS.glob("*.md"))}
WITH_COMMANDS = [name for name, text in TEXTS.items() if blocks(text)]


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_commands_write_what_the_page_shows(name: str, tmp_path: Path) -> None:
    text = TEXTS[name]
    now = running.page(text, tmp_path)
    assert running.same(now, text), f"docs/{name}: run python docs/generate.py and look at it"
    assert [step.command for block in blocks(now) for step in block]


def test_the_pages_that_teach_have_commands() -> None:
    assert {f"tutorial-{user}.md" for user in ("researcher", "steward", "analyst")} <= set(
        WITH_COMMANDS
    )


def test_what_a_command_writes_is_compared(tmp_path: Path) -> None:
    text = "```console\n$ echo two\none\n```\n"
    now = running.page(text, tmp_path)
    assert now == "```console\n$ echo two\ntwo\n```\n"
    assert not running.same(now, text)


def test_names_of_loads_and_moments_are_not_compared() -> None:
    one = "20261125T125827-47c40f at 2026-11-25T12:58:27Z, 6 quads"
    other = "20270101T000000-000000 at 2027-01-01T00:00:00Z, 6 quads"
    assert running.same(one, other)
    assert not running.same(one, other.replace("6", "7"))
