"""What Comity installs with it is under permissive licences, and the docs name it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement


def required(names: list[str]) -> dict[str, str]:
    """Stated licence of each requirement and of theirs, without extras."""
    found: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        requirement = Requirement(waiting.pop())
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in found or not (requirement.marker is None or requirement.marker.evaluate()):
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        about = package.metadata
        classified = [
            line for line in about.get_all("Classifier", []) if line.startswith("License ::")
        ]
        short = next(iter((about.get("License") or "").strip().splitlines()), "")
        found[name] = about.get("License-Expression") or "; ".join(classified) or short
        waiting += [line for line in package.requires or [] if "extra ==" not in line]
    return found


def test_licences(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licences = required(project["dependencies"])
    assert len(licences) > len(project["dependencies"])
    assert [name for name, licence in licences.items() if not licence] == []
    assert {name: one for name, one in licences.items() if "GPL" in one or "GNU" in one} == {}


def test_docs_name_every_dependency(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (root / "docs/design.md").read_text(encoding="utf-8")
    section = page.partition("## Dependencies")[2].lower()
    names = [Requirement(line).name.lower() for line in project["dependencies"]]
    assert [name for name in names if name not in section] == []
