"""The documentation: generated pages are fresh, nothing is missing, every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pyoxigraph as ox
import pytest

import generate
from comity import __version__
from comity_cli.main import VERBS, cli
from comity_ontology import modules
from comity_ontology.prefixes import shorten
from comity_queries import catalog
from markup import anchors, links

DOCS = Path(__file__).parents[2] / "docs"
PAGES = generate.pages()
STALE = "is not what the code says now: run python docs/generate.py and look at the difference"


def commands(group: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command with its words; the questions have a page of their own."""
    yield path, group
    if isinstance(group, click.Group) and path != "comity query":
        with click.Context(group) as context:
            for name in VERBS if path == "comity" else group.list_commands(context):
                command = group.get_command(context, name)
                assert command is not None, f"{path} {name}"
                yield from commands(command, f"{path} {name}")


COMMANDS = dict(commands(cli, "comity"))


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_fresh(name: str) -> None:
    assert (DOCS / name).is_file(), f"docs/{name} {STALE}"
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name], f"docs/{name} {STALE}"


def test_no_page_is_left_of_something_that_is_gone() -> None:
    made = {DOCS / name for name in PAGES}
    assert [page for page in DOCS.glob("python/*") if page not in made] == []


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_has_its_section(path: str) -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    section = re.search(rf"^## {path}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, path
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert max(parameter.opts, key=len) in section[1]
            assert parameter.help, f"{path} {parameter.opts} has no help text"


def test_every_verb_has_commands_below_it() -> None:
    assert {path.split()[1] for path in COMMANDS if " " in path} == set(VERBS)
    assert "comity document add" in COMMANDS


@pytest.mark.parametrize("name", catalog())
def test_every_question_has_its_section(name: str) -> None:
    page = (DOCS / "catalogue.md").read_text(encoding="utf-8")
    section = re.search(rf"^### {name}$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    assert section
    query = catalog()[name]
    for word in (*(f"--{one.replace('_', '-')}" for one in query.parameters), *query.columns):
        assert f"`{word}`" in section[1]


def test_every_term_and_code_is_on_the_page_of_the_model() -> None:
    page = (DOCS / "model.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize("name", ["README.md", "docs/index.md", "docs/model.md", "docs/citing.md"])
def test_the_missing_redirect_is_admitted(name: str, root: Path) -> None:
    text = " ".join((root / name).read_text(encoding="utf-8").split())
    assert "not registered yet" in text


def test_links_lead_somewhere(project_files: list[Path], root: Path) -> None:
    pages = {
        root / file: (root / file).read_text(encoding="utf-8")
        for file in project_files
        if file.suffix == ".md"
    }
    known = {page: anchors(text) for page, text in pages.items()}
    dead = []
    for page, text in pages.items():
        for target in links(text):
            path, _, anchor = target.partition("#")
            if path.startswith(("http:", "https:")):
                continue
            aim = (page.parent / path).resolve() if path else page
            if not aim.exists() or (anchor and anchor not in known.get(aim, set())):
                dead.append(f"{page.relative_to(root)}: {target}")
    assert len(pages) > 20
    assert dead == []


def test_every_page_is_reached_from_the_index() -> None:
    waiting, seen = [DOCS / "index.md"], set()
    while waiting:
        page = waiting.pop()
        if page in seen or not page.is_relative_to(DOCS) or not page.is_file():
            continue
        seen.add(page)
        if page.suffix == ".md":
            targets = {link.partition("#")[0] for link in links(page.read_text(encoding="utf-8"))}
            waiting += [(page.parent / one).resolve() for one in targets if "://" not in one]
    pages = {page for suffix in ("md", "ipynb") for page in DOCS.rglob(f"*.{suffix}")}
    assert {str(page.relative_to(DOCS)) for page in pages - seen} == set()


def test_every_page_but_the_references_is_named_in_the_index() -> None:
    named = {link.partition("#")[0] for link in links((DOCS / "index.md").read_text("utf-8"))}
    pages = {page.name for page in (*DOCS.glob("*.md"), *DOCS.glob("*.ipynb"))}
    assert pages - named == {"index.md"}


def test_changelog_names_the_version(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", text, re.MULTILINE)
