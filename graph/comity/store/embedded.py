"""The embedded store: pyoxigraph in a directory or in memory."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from comity.errors import NotSupported, QueryError, StoreError
from comity.store.base import GraphName, QueryResult, Subject, Term
from comity.store.mark import DATA, recognise, write_mark
from comity.store.select import iri_of
from comity.store.terms import as_stored
from comity.store.view import View, clear_left_overs, link_files, view_of

# What lasts as long as the process that made it: copies for readers, and candidates of a load.
SNAPSHOT = "snapshot-"
STAGING = "staging-"

_POSITION = re.compile(r"\bat (\d+):(\d+)")


class EmbeddedStore:
    """A pyoxigraph store, with a mark beside it that says what it is.

    A directory holds ``comity.json`` (the mark), ``data/`` (the engine's own
    files), ``quarantine/`` (what loads refused) and ``removed/`` (what removing
    and replacing documents took out).
    """

    def __init__(
        self,
        engine: ox.Store,
        location: str,
        directory: Path | None,
        *,
        writable: bool,
        view: View | None = None,
    ):
        self._engine: ox.Store | None = engine
        self._view = view
        self.location = location
        self.directory = directory
        self.readable = directory if view is None else view.directory
        self.writable = writable
        self.answers_queries = True

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """Make an empty store that lives as long as this process."""
        return cls(ox.Store(), ":memory:", None, writable=True)

    @classmethod
    def at(cls, directory: Path, *, read_only: bool, create: bool) -> EmbeddedStore:
        """Open the store in a directory; see :func:`comity.store.open_store`."""
        recognise(directory, create=create)
        if read_only and not (directory / DATA).is_dir():
            raise StoreError(
                f"there are no data in {directory}: it was never written to, or its folder {DATA} "
                "is gone; restore a backup, or load the documents and files again"
            )
        view = view_of(directory) if read_only else None
        data = (directory if view is None else view.directory) / DATA
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
            # of files that were being written, and of bulk loads of the engine
            for left_over in chain(directory.glob("*/.*.part"), data.glob("bulk-*.sst")):
                with suppress(OSError):
                    left_over.unlink()
            clear_left_overs(directory)
        return cls(engine, str(directory), directory, writable=not read_only, view=view)

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
        except OSError as error:
            raise StoreError(
                f"{self.location} cannot be read ({error}): ask again; if it stays so, comity "
                "validate --store-check tells what is damaged"
            ) from error

    def update(self, text: str) -> None:
        """Run a SPARQL update as one atomic step."""
        with self._writing():
            self.engine.update(text)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads in one atomic step."""
        with self._writing():
            self.engine.extend(quads)

    def bulk(self, quads: Iterable[ox.Quad]) -> None:
        """Add any number of quads, streamed, in one atomic step."""
        with self._writing():
            self.engine.bulk_extend(quads)

    def match(
        self,
        subject: Subject | None,
        predicate: ox.NamedNode | None,
        value: Term | None,
        graph: GraphName | None = None,
    ) -> Iterator[ox.Quad]:
        """Iterate over the quads of one graph, or of all, that fit a pattern."""
        found = self.engine.quads_for_pattern(subject, predicate, value, graph)
        if not isinstance(value, ox.Literal):
            return found
        # On disk, pyoxigraph 0.5.13 also finds the next larger values where the last byte of
        # the key is 0xFF: 1700 when asked for 1535. Its queries do not.
        stored = as_stored(value)
        return (quad for quad in found if quad.object == stored)

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
        """Write a copy (hard links where the disk allows) that can be opened beside this one."""
        if self.directory is None:
            raise NotSupported("a store in memory cannot be copied: keep it in a directory")
        directory.mkdir(parents=True, exist_ok=True)
        if self.writable:
            self.engine.backup(str(directory / DATA))
        elif self._view is not None:
            (directory / DATA).mkdir()
            link_files(self._view.directory / DATA, directory / DATA)
        else:
            # Opened for reading, the engine leaves its log out of a backup, and what is in it.
            copy = ox.Store(str(directory / DATA))
            copy.bulk_extend(self.engine)
            copy.flush()
        write_mark(directory)

    def close(self) -> None:
        """Let go of the engine and its lock."""
        self._engine = None
        if self._view is not None:
            self._view.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write in one step, which is whole or, after an error, as if it never was."""
        if not self.writable:
            raise StoreError(f"{self.location} was opened for reading only")
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.location} cannot be written to ({error}); nothing was changed: make room "
                "on the disk, or see what is wrong with it, and open the store again"
            ) from error


def in_use(directory: Path) -> bool:
    """Tell whether a process holds a store open for writing, however damaged the store is."""
    if not (directory / DATA / "LOCK").exists():
        return False
    try:
        ox.Store(str(directory / DATA))
    except (OSError, RuntimeError) as error:
        return "lock" in str(error).lower()
    return False


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
