"""The embedded store: pyoxigraph in a directory or in memory."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from comity.errors import NotSupported, QueryError, StoreError
from comity.store.base import GraphName, QueryResult, Subject, Term
from comity.store.select import iri_of

MARK = "comity.json"
DATA = "data"
# What lasts as long as the process that made it: copies for readers, and candidates of a load.
SNAPSHOT = "snapshot-"
STAGING = "staging-"
FORMAT = 1

_POSITION = re.compile(r"\bat (\d+):(\d+)")


class EmbeddedStore:
    """A pyoxigraph store, with a mark beside it that says what it is.

    A directory holds ``comity.json`` (the mark), ``data/`` (the engine's own
    files), ``quarantine/`` (what loads refused) and ``removed/`` (what removing
    and replacing documents took out).
    """

    def __init__(self, engine: ox.Store, location: str, directory: Path | None, *, writable: bool):
        self._engine: ox.Store | None = engine
        self.location = location
        self.directory = directory
        self.writable = writable

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """Make an empty store that lives as long as this process."""
        return cls(ox.Store(), ":memory:", None, writable=True)

    @classmethod
    def at(cls, directory: Path, *, read_only: bool, create: bool) -> EmbeddedStore:
        """Open the store in a directory; see :func:`comity.store.open_store`."""
        _recognise(directory, create=create)
        data = directory / DATA
        try:
            engine = ox.Store.read_only(str(data)) if read_only else ox.Store(str(data))
        except OSError as error:
            if "lock" in str(error).lower():
                raise StoreError(
                    f"{directory} is being written by another process: wait for it to finish, "
                    "or stop it, and try again"
                ) from error
            raise StoreError(f"{directory} cannot be opened: {error}") from error
        except RuntimeError as error:
            raise _damaged(directory, error) from error
        if not read_only:
            for beginning in (SNAPSHOT, STAGING):
                for left_over in directory.glob(f"{beginning}*"):
                    shutil.rmtree(left_over, ignore_errors=True)
            for left_over in directory.glob("*/.*.part"):
                with suppress(OSError):
                    left_over.unlink()
        return cls(engine, str(directory), directory, writable=not read_only)

    @property
    def engine(self) -> ox.Store:
        """The pyoxigraph store itself."""
        if self._engine is None:
            raise StoreError(f"{self.location} was closed: open it again")
        return self._engine

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None) -> QueryResult:
        """Answer a SPARQL query over the default graph.

        Raises
        ------
        QueryError
            The text is not a SPARQL query; line and column are given.
        """
        try:
            return self.engine.query(text, prefixes=dict(prefixes) if prefixes else None)
        except SyntaxError as error:
            raise _query_error(text, str(error)) from error

    def update(self, text: str) -> None:
        """Run a SPARQL update as one atomic step."""
        self._must_be_writable()
        self.engine.update(text)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads in one atomic step."""
        self._must_be_writable()
        self.engine.extend(quads)

    def bulk(self, quads: Iterable[ox.Quad]) -> None:
        """Add any number of quads, streamed, in one atomic step."""
        self._must_be_writable()
        self.engine.bulk_extend(quads)

    def match(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        graph: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph, or of all, that fit a pattern."""
        return self.engine.quads_for_pattern(subject, predicate, value, graph)

    def holds(self, quad: ox.Quad) -> bool:
        """Tell whether a quad is in the store."""
        return quad in self.engine

    def holders(self, triple: ox.Triple) -> Iterator[str]:
        """Iterate over the IRIs of the named graphs that state a triple."""
        for quad in self.match(triple.subject, triple.predicate, triple.object):
            if isinstance(quad.graph_name, ox.NamedNode):
                yield quad.graph_name.value

    def dump(self, output: IO[bytes], graph: GraphName) -> None:
        """Write the triples of one graph as N-Triples, streamed, in any order."""
        try:
            self.engine.dump(output, format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        except (OSError, RuntimeError) as error:
            raise _damaged(self.location, error) from error

    def graphs(self) -> Iterator[str]:
        """Iterate over the IRIs of all named graphs."""
        # Listed at once: an engine in memory waits for ever when it is asked to write
        # while this thread still holds a half-read list of its graphs.
        return iter([iri_of(name) for name in self.engine.named_graphs()])

    def snapshot(self, directory: Path) -> None:
        """Write a copy that can be opened beside this one.

        It is of hard links where the disk allows, or of quads when this one was opened for reading.
        """
        if self.directory is None:
            raise NotSupported("a store in memory cannot be copied: keep it in a directory")
        directory.mkdir(parents=True, exist_ok=True)
        if self.writable:
            self.engine.backup(str(directory / DATA))
        else:
            # Opened for reading, the engine leaves its log out of a backup, and what is in it.
            copy = ox.Store(str(directory / DATA))
            copy.bulk_extend(self.engine)
            copy.flush()
        _write_mark(directory)

    def close(self) -> None:
        """Let go of the engine and its lock."""
        self._engine = None

    def _must_be_writable(self) -> None:
        if not self.writable:
            raise StoreError(f"{self.location} was opened for reading only")


def in_use(directory: Path) -> bool:
    """Tell whether a process holds a store open for writing, however damaged the store is."""
    if not (directory / DATA / "LOCK").exists():
        return False
    try:
        ox.Store(str(directory / DATA))
    except (OSError, RuntimeError) as error:
        return "lock" in str(error).lower()
    return False


def _recognise(directory: Path, *, create: bool) -> None:
    """Make sure that a directory is a store, making it one when allowed."""
    try:
        if directory.exists() and not directory.is_dir():
            raise StoreError(f"{directory} is a file: a store is a directory")
        found = sorted(entry.name for entry in directory.iterdir()) if directory.exists() else []
        if MARK in found:
            _check_mark(directory / MARK)
            return
        if found:
            raise StoreError(
                f"{directory} is not a Comity store (it holds {', '.join(found[:3])}"
                f"{' …' if len(found) > 3 else ''}): name a store, or a new or empty directory"
            )
        if not create:
            raise StoreError(
                f"there is no store at {directory}: comity load, comity document add "
                "and comity demo make one"
            )
        directory.mkdir(parents=True, exist_ok=True)
        _write_mark(directory)
    except OSError as error:
        raise StoreError(
            f"{directory} cannot be used as a store: {error.strerror or error}; "
            "check the path and its permissions"
        ) from error


def _write_mark(directory: Path) -> None:
    (directory / MARK).write_text(
        json.dumps({"kind": "comity store", "format": FORMAT}) + "\n", encoding="utf-8"
    )


def _check_mark(mark: Path) -> None:
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{mark} is damaged: it should name the store's format") from error
    if found != FORMAT:
        raise StoreError(
            f"{mark.parent} has store format {found}, this version reads {FORMAT}: "
            "export it with the version that wrote it and load the export here"
        )


def _damaged(location: object, error: Exception) -> StoreError:
    return StoreError(
        f"the data of {location} is damaged ({error}): restore a backup, or load the documents "
        "and files into a new store"
    )


def _query_error(text: str, message: str) -> QueryError:
    """Say where a query goes wrong; the engine's list of what it expected is of no use."""
    found = _POSITION.search(message)
    if not found:
        return QueryError(f"not a SPARQL query: {message}")
    line, column = int(found[1]), int(found[2])
    lines = text.splitlines()
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    here = f"near {rest[:40]!r}" if rest else "where the line ends"
    if line >= len(lines) and not rest:
        here = "at the end of the query"
    said = message[found.end() :].lstrip(": ")
    reason = f": {said}" if said and "expected one of" not in said else ""
    return QueryError(
        f"not a SPARQL query: line {line}, column {column}, {here}{reason}",
        line=line,
        column=column,
    )
