"""Readers of RDF files: any syntax, plain or gzip, streamed as quads."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import os
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol, cast

import pyoxigraph as ox

from comity.errors import InputError

__all__ = [
    "FORMATS",
    "RdfFile",
    "Source",
    "StatementList",
    "format_named",
    "format_of_suffix",
    "shown",
    "standard_input",
]

FORMATS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
"""The RDF formats that are read, by name."""
_BY_SUFFIX = {
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
    ".owl": "rdfxml",
}
STDIN = "-"
_POSITION = re.compile(r"^Parser error at line \d+ (between columns \d+ and \d+|column \d+): ")
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


def format_named(name: str) -> ox.RdfFormat:
    """Return the RDF syntax of a name such as ``turtle``.

    Raises
    ------
    InputError
        There is no syntax of that name.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise InputError(f"no RDF format is called {name!r}: use {', '.join(FORMATS)}") from None


def format_of_suffix(name: str) -> str | None:
    """Return the name of the RDF syntax that a file's suffix tells; ``.gz`` is looked through."""
    return _BY_SUFFIX.get(Path(name.removesuffix(".gz")).suffix.lower())


def shown(path: str | os.PathLike[str]) -> str:
    """Give a path as text for records, in which bytes that are no UTF-8 have no place."""
    return os.fsencode(path).decode(errors="replace")


def standard_input() -> IO[bytes]:
    """Return standard input as bytes.

    Raises
    ------
    InputError
        The process was started without one.
    """
    if sys.stdin is None:
        raise InputError("there is no standard input to read: name a file, or pipe the text in")
    return sys.stdin.buffer


class Source(Protocol):
    """Something that can be loaded: its quads may be iterated over once."""

    @property
    def name(self) -> str:
        """How reports call it."""
        ...

    @property
    def sha256(self) -> str:
        """Digest of its bytes, in hex, once it has been read."""
        ...

    def quads(self) -> Iterator[ox.Quad]:
        """Iterate over the quads as they are written, nothing normalised."""
        ...


@dataclass(slots=True)
class StatementList:
    """Quads made in this process, such as a document's passages."""

    name: str
    statements: list[ox.Quad]
    sha256: str = ""

    def quads(self) -> Iterator[ox.Quad]:
        """Iterate over the quads."""
        return iter(self.statements)


class _Hashed(io.RawIOBase):
    """A byte stream that keeps the digest of what went through it."""

    def __init__(self, raw: IO[bytes]):
        self._raw = raw
        self._digest = hashlib.sha256()
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        chunk = self._raw.read(len(buffer))
        self._digest.update(chunk)
        self.count += len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


@dataclass(slots=True)
class RdfFile:
    """An RDF file on disk or on standard input.

    Parameters
    ----------
    path : str
        A path, or ``-`` for standard input.
    format : str, optional
        One of :data:`FORMATS`; taken from the suffix when absent (``.gz`` is
        looked through), TriG for standard input.
    outcome : str
        What errors say came of it.
    """

    path: str
    format: str | None = None
    outcome: str = "nothing was loaded"
    sha256: str = field(default="", init=False)

    @property
    def name(self) -> str:
        """The file's name as the user wrote it, as far as it is text."""
        return "standard input" if self.path == STDIN else shown(self.path)

    @property
    def stem(self) -> str:
        """The file's name without folder and suffixes, for naming a document after it."""
        if self.path == STDIN:
            return "stdin"
        name = Path(self.path).name.removesuffix(".gz")
        return Path(name).stem or name

    def quads(self) -> Iterator[ox.Quad]:
        """Iterate over the quads as they are written.

        Raises
        ------
        InputError
            The file is missing, empty, damaged, not UTF-8, or has a syntax
            error; file and line are named.
        """
        try:
            with self._open() as raw:
                syntax = self.syntax()
                hashed = _Hashed(raw)
                with io.BufferedReader(hashed, _CHUNK) as stream:
                    yield from self.parsed(self._plain(stream), syntax)
                    while stream.read(_CHUNK):
                        pass  # what a parser leaves unread still belongs to the digest
                if not hashed.count:
                    raise InputError(f"{self.name} is empty: there is nothing to load")
                self.sha256 = hashed.hexdigest()
        except OSError as error:
            raise InputError(f"{self.name} cannot be read: {error.strerror or error}") from error

    @contextmanager
    def text(self) -> Iterator[IO[bytes]]:
        """Open the file once more, if it is one that can be: its text, not compressed.

        Raises
        ------
        InputError
            It cannot be opened.
        """
        try:
            with self._open() as raw, io.BufferedReader(cast(Any, raw), _CHUNK) as stream:
                yield self._plain(stream)
        except OSError as error:
            raise InputError(f"{self.name} cannot be read: {error.strerror or error}") from error

    def parsed(self, text: IO[bytes], syntax: ox.RdfFormat) -> Iterator[ox.Quad]:
        """Iterate over the quads of a text, with errors that name this file."""
        base = None if self.path == STDIN else Path(self.path).absolute().as_uri()
        try:
            yield from ox.parse(input=text, format=syntax, base_iri=base)
        except SyntaxError as error:
            line = f", line {error.lineno}" if error.lineno else ""
            column = f", column {error.offset}" if error.lineno and error.offset else ""
            raise InputError(
                f"{self.name}{line}{column}: {_first_sentence(error)}; {self.outcome}"
            ) from error
        except MemoryError as error:
            raise InputError(
                f"{self.name}: one value or line is too long for the parser ({error}); "
                f"{self.outcome}"
            ) from error
        except _DAMAGED as error:
            raise self._damaged(error) from error

    def _plain(self, stream: io.BufferedReader[Any]) -> IO[bytes]:
        """Look through gzip, recognised by its first bytes and not by the name; skip a mark."""
        try:
            if stream.peek(2)[:2] == _GZIP:
                stream = io.BufferedReader(cast(Any, gzip.GzipFile(fileobj=stream)), _CHUNK)
            if stream.peek(3)[:3] == codecs.BOM_UTF8:
                stream.read(3)
        except _DAMAGED as error:
            raise self._damaged(error) from error
        return stream

    def _damaged(self, error: Exception) -> InputError:
        return InputError(
            f"{self.name} is a damaged or cut-off gzip file ({error}): fetch it again; "
            f"{self.outcome}"
        )

    def _open(self) -> IO[bytes]:
        if self.path == STDIN:
            return standard_input()
        path = Path(self.path)
        if path.is_dir():
            raise InputError(f"{self.path} is a directory: name the files in it")
        return path.open("rb")

    def syntax(self) -> ox.RdfFormat:
        """Tell its RDF syntax.

        Raises
        ------
        InputError
            Neither the format nor the suffix tells it.
        """
        if self.format:
            return format_named(self.format)
        if self.path == STDIN:
            return ox.RdfFormat.TRIG
        name = Path(self.path).name
        known = format_of_suffix(name)
        if known is None:
            suffix = Path(name.removesuffix(".gz")).suffix.lower()
            raise InputError(
                f"{self.name}: the suffix {suffix or '(none)'} does not tell the RDF format; "
                f"give --format {'|'.join(FORMATS)}"
            )
        return FORMATS[known]


def _first_sentence(error: SyntaxError) -> str:
    """Leave out the position, which is said before, and the line that the engine adds."""
    said = _POSITION.sub("", str(error.msg or error))
    return re.sub(r" \(line \d+\)$", "", said).strip().rstrip(".")
