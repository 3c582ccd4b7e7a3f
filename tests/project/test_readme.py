"""The README's commands do what it says, in a fresh clone of the project."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from consoles import Step, blocks, run

README = Path(__file__).parents[2] / "README.md"
TEXT = README.read_text(encoding="utf-8")
DEMO = blocks(TEXT)[0][0]
TOUR = [step for block in blocks(TEXT)[1:] for step in block]
# Nothing in the set of tests that is run inside a test may run the README again.
QUICK = "tests/ontology/test_ontology_names.py"

pytestmark = pytest.mark.install


def in_bash(command: str, folder: Path, environment: dict[str, str]) -> str:
    return run(command, [], folder, environment)


@pytest.fixture(scope="module")
def clone(make_clone: Callable[[], Path]) -> Path:
    return make_clone()


@pytest.fixture(scope="module")
def said(clone: Path, outside: dict[str, str]) -> str:
    """What the README's first command writes; it leaves an environment and a store behind."""
    return in_bash(DEMO.command, clone, outside)


def test_first_command_shows_what_the_readme_shows(said: str) -> None:
    assert DEMO.command.endswith("comity demo")
    assert said == DEMO.output


def test_picture_is_the_one_the_demo_draws(said: str, clone: Path, root: Path) -> None:
    drawn = (clone / "comity-demo/demo/network.svg").read_text(encoding="utf-8")
    assert drawn == (root / "docs/network.svg").read_text(encoding="utf-8")


def test_tour_shows_what_the_readme_shows(said: str, clone: Path, outside: dict[str, str]) -> None:
    setup: list[str] = []
    shown = [Step(step.command, run(step.command, setup, clone, outside)) for step in TOUR]
    assert len(shown) > 5
    assert shown == TOUR


def test_running_the_demo_again_changes_nothing(
    said: str, clone: Path, outside: dict[str, str]
) -> None:
    again = in_bash(".venv/bin/comity demo", clone, outside)
    loaded = re.compile(r"^Load .*$", re.MULTILINE)
    assert loaded.sub("", again) == loaded.sub("", said)
    assert re.search(r"read (\d+) = accepted 0 .* duplicate \1 ", again)


def test_second_command_sets_up_and_passes(
    make_clone: Callable[[], Path], outside: dict[str, str]
) -> None:
    (command,) = re.findall(r"^```sh\n(.*pytest.*)\n```$", TEXT, re.MULTILINE)
    environment = {**outside, "PYTEST_ADDOPTS": QUICK}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=make_clone(),
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\d+ passed", done.stdout, re.MULTILINE)
