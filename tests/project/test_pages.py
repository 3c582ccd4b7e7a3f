"""The commands of every page write what the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

import running
from consoles import blocks

DOCS = Path(__file__).parents[2] / "docs"
TEXTS = {file.name: file.read_text(encoding="utf-8") for file in sorted(DOCS.glob("*.md"))}
WITH_COMMANDS = [name for name, text in TEXTS.items() if blocks(text)]


@pytest.fixture(scope="module")
def running_pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[str]]]:
    """What the commands of the pages that are asked for write, two pages at a time."""
    asked = [
        item.callspec.params["name"]
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.originalname == test_commands_write_what_the_page_shows.__name__
    ]
    running.prepared()
    with ThreadPoolExecutor(max_workers=2) as workers:
        yield {
            name: workers.submit(running.page, TEXTS[name], tmp_path_factory.mktemp("page"))
            for name in asked
        }


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_commands_write_what_the_page_shows(
    name: str, running_pages: dict[str, Future[str]]
) -> None:
    text = TEXTS[name]
    now = running_pages[name].result()
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
