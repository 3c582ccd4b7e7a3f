"""What is to be loaded: RDF files, tables and sources made in Python, as one load."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from comity.documents.finding import find_document
from comity.documents.homes import homes
from comity.errors import InputError
from comity.gate.load import load
from comity.gate.report import LoadReport
from comity.readers import STDIN, RdfFile, Source, shown, standard_input
from comity.store import Store
from comity_ontology.prefixes import expand

if TYPE_CHECKING:
    from comity.tables import Table
    from comity.validation import Profile, Shapes

__all__ = ["gathered", "load_sources"]

TABLE = "csv"
SUFFIXES = (".csv", ".tsv")
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")


@contextmanager
def gathered(
    paths: Sequence[str | os.PathLike[str] | Source], format_name: str | None
) -> Iterator[list[Source | Table]]:
    """Open what is to be loaded: tables by suffix or format, RDF files, or sources as they are.

    Raises
    ------
    InputError
        A table cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        yield [_opened(path, format_name, Path(folder)) for path in paths]


def load_sources(
    store: Store,
    sources: Sequence[Source | Table],
    *,
    document: str = "",
    curator: str = "",
    strict: bool = False,
    dry_run: bool = False,
    quarantine_file: Path | None = None,
    shapes: Shapes | None = None,
    profile: Profile | None = None,
    validate: bool = True,
    progress: Callable[[str], None] | None = None,
) -> LoadReport:
    """Load sources and tables; see :func:`comity.gate.load.load` and :mod:`comity.tables`."""
    from comity.tables import Table, load_tables

    home = homes(store, _document(store, document))
    if any(isinstance(source, Table) for source in sources):
        return load_tables(
            store,
            sources,
            home,
            document=document,
            curator=curator,
            strict=strict,
            dry_run=dry_run,
            quarantine_file=quarantine_file,
            shapes=shapes,
            profile=profile,
            validate=validate,
            progress=progress,
        )
    return load(
        store,
        [source for source in sources if not isinstance(source, Table)],
        home,
        strict=strict,
        dry_run=dry_run,
        quarantine_file=quarantine_file,
        shapes=shapes,
        profile=profile,
        validate=validate,
        progress=progress,
    )


def _document(store: Store, text: str) -> str:
    """Return the IRI of the document that is meant; an IRI is looked up later."""
    if not text or ":" in text:
        return expand(text) if text else ""
    return find_document(store, text)


def _opened(
    path: str | os.PathLike[str] | Source, format_name: str | None, folder: Path
) -> Source | Table:
    if not isinstance(path, str | os.PathLike):
        return path
    if format_name is None and Path(path).suffix.lower() in SPREADSHEETS:
        raise InputError(f"{shown(path)} is a spreadsheet's own format: save it as “CSV UTF-8”")
    table = Path(path).suffix.lower() in SUFFIXES if format_name is None else format_name == TABLE
    if not table:
        return RdfFile(os.fspath(path), format_name)
    from comity.tables import Table

    if os.fspath(path) != STDIN:
        return Table(path)
    # A table is read twice, and a pipe can be read once.
    copy = folder / f"{secrets.token_hex(4)}.csv"
    with copy.open("wb") as stream:
        shutil.copyfileobj(standard_input(), stream)
    return Table(copy, "standard input")
