"""The documentation: generated pages are fresh, and nothing is missing from them."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import generate
from comity import __version__
from comity_cli.main import VERBS
from comity_ontology import modules
from comity_ontology.prefixes import shorten
from comity_queries import catalog

PAGES = generate.pages()
STALE = "is not what the code says now: run python docs/generate.py and look at the difference"


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_fresh(name: str, root: Path) -> None:
    text = (root / "docs" / name).read_text(encoding="utf-8")
    assert text == PAGES[name], f"docs/{name} {STALE}"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_its_section(verb: str, root: Path) -> None:
    assert f"\n## comity {verb}\n" in (root / "docs/cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", catalog())
def test_every_question_has_its_section(name: str, root: Path) -> None:
    page = (root / "docs/catalogue.md").read_text(encoding="utf-8")
    section = re.search(rf"^### {name}$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    assert section
    query = catalog()[name]
    for word in (*(f"--{one.replace('_', '-')}" for one in query.parameters), *query.columns):
        assert f"`{word}`" in section[1]


def test_every_term_and_code_is_on_the_page_of_the_model(root: Path) -> None:
    page = (root / "docs/model.md").read_text(encoding="utf-8")
    terms = {
        shorten(quad.subject.value)
        for module in modules()
        for quad in ox.parse(module.path.read_bytes(), format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode)
    }
    ours = {term for term in terms if term.startswith(("comity:", "code:"))}
    assert len(ours) > 200
    missing = {term for term in ours if f"`{term}`" not in page and f"### {term}\n" not in page}
    assert missing == set()


@pytest.mark.parametrize("name", ["README.md", "docs/index.md", "docs/model.md"])
def test_the_missing_redirect_is_admitted(name: str, root: Path) -> None:
    text = " ".join((root / name).read_text(encoding="utf-8").split())
    assert "not registered yet" in text


def test_links_lead_somewhere(project_files: list[Path], root: Path) -> None:
    dead = []
    for file in project_files:
        if file.suffix != ".md":
            continue
        text = (root / file).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)]+)\)", text):
            path, _, anchor = target.partition("#")
            if path.startswith("http"):
                continue
            aim = (root / file).parent / path if path else root / file
            heading = f"\n### {anchor}\n" if anchor else ""
            if not aim.exists() or (heading and heading not in aim.read_text(encoding="utf-8")):
                dead.append(f"{file}: {target}")
    assert dead == []


def test_changelog_names_the_version(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", text, re.MULTILINE)
