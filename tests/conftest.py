"""What all tests may use: stores that hold the shipped documents, a small text, public data."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import comity
from comity.examples import CORPUS, SEED, load_examples
from comity_ontology.prefixes import prefixes


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a store with the release; to be read only."""
    directory = tmp_path_factory.mktemp("seeded") / "store"
    with comity.open(directory) as graph:
        graph.add_document(SEED.text, title=SEED.title, issued=SEED.issued, language=SEED.language)
        assert not graph.load(*SEED.models).refused
    return directory


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a store with the invented corpus; to be read only."""
    directory = tmp_path_factory.mktemp("corpus") / "store"
    with comity.open(directory) as graph:
        assert not load_examples(graph, CORPUS).refused
    return directory


@pytest.fixture
def seeded_copy(seeded: Path, tmp_path: Path) -> Path:
    """A copy of that store, to be written to, without what readers of that one have there."""
    apart = shutil.ignore_patterns("reader-*")
    return Path(shutil.copytree(seeded, tmp_path / "store", ignore=apart))


NOTE = """Agencies meet

Agency One met Agency Two in Paris on 3 May 2020. They signed nothing.
"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A text of three passages: a headline and two sentences."""
    file = tmp_path / "note.txt"
    file.write_text(NOTE, encoding="utf-8")
    return file


@pytest.fixture
def turtle(tmp_path: Path) -> Callable[..., Path]:
    """Write a Turtle or TriG file with all prefixes; ``p:2`` is the note's second passage."""
    declared = prefixes() | {"p": "https://w3id.org/comity/id/passage/note/"}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in declared.items())

    def written(body: str, name: str = "facts.ttl") -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(head + body, encoding="utf-8")
        return file

    return written


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of public data and test suites: ``COMITY_SHARED``, else ``../shared``.

    Where it is absent a test is skipped, except with ``CI=true``, where it fails.
    """
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("COMITY_SHARED") or beside)
    if not folder.is_dir():
        reason = f"no public data in {folder}: set COMITY_SHARED to the folder that holds it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
