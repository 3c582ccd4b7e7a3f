"""The Python reference: every public name has a section, which says what its docstring says."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import pages_python
from markup import anchors
from public_names import PACKAGES, public

PAGES = pages_python.pages()


def exported() -> dict[str, list[str]]:
    """The public names by the rule, found by importing instead of reading."""
    found = {}
    for name in PACKAGES:
        package = importlib.import_module(name)
        below = [f"{name}.{one.name}" for one in pkgutil.iter_modules(package.__path__)]
        for module in (name, *below):
            names = getattr(importlib.import_module(module), "__all__", [])
            if names:
                found[module] = sorted(names)
    return found


EXPORTED = exported()


@pytest.mark.parametrize("module", EXPORTED)
def test_every_public_name_is_on_the_page_of_its_module(module: str) -> None:
    page = PAGES[f"python/{module}.md"]
    for name in EXPORTED[module]:
        assert re.search(
            rf"^(## (class )?{re.escape(name)}$|- \[`{re.escape(name)}`\]\()", page, re.MULTILINE
        ), f"{module}.{name}"
        assert f"[`{name}`](" in PAGES["python.md"]


def test_what_is_read_is_what_is_imported() -> None:
    read = {module: set(names) for module, names in public().items()}
    for module, names in EXPORTED.items():
        assert set(names) <= read[module]
    # What is left are classes that public functions hand out.
    more = {module: names - set(EXPORTED.get(module, [])) for module, names in read.items()}
    assert "LoadReport" in more["comity.gate.report"]
    for module, names in more.items():
        for name in names:
            assert inspect.isclass(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize("name", ["load", "run", "network", "why", "as_rdflib", "validate"])
def test_methods_have_sections(name: str) -> None:
    assert f"graph{name}" in anchors(PAGES["python/comity.md"])


def test_a_function_is_told_whole() -> None:
    page = PAGES["python/comity.md"]
    section = page.partition("\n## open\n")[2].partition("\n## ")[0]
    assert "read_only: bool = False," in section
    for part in ("**Parameters**", "**Returns**", "**Raises**", "**Examples**"):
        assert part in section
    assert "- `read_only` (bool): Read without taking the writer's lock." in section
    assert ">>> with open() as graph:" in section


def test_markup_of_docstrings_is_gone() -> None:
    for name, page in PAGES.items():
        assert not re.search(r":(func|class|meth|data|mod|attr|exc):`", page), name


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = [
        f"{module}.{name}"
        for module, names in public().items()
        for name, one in names.items()
        if not one.is_attribute and one.docstring is None
    ]
    assert silent == []


def test_the_docs_of_users_begin_with_the_overview(root: Path) -> None:
    assert "](python.md)" in (root / "docs/index.md").read_text(encoding="utf-8")
