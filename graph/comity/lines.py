"""On which line of an RDF file a node is first described."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast
from urllib.parse import urljoin

import pyoxigraph as ox

from comity.readers import STDIN, RdfFile

__all__ = ["can_be_read_twice", "first_lines"]

_PATIENCE = 64  # lines without a statement, before several are given at once
_NESTED = 1_000  # lines that blank nodes within a statement may take
# What stands before the last part of an IRI or a prefixed name, and after it.
_BEFORE, _AFTER = b":/#<\"'", b" \t\r\n>;,.\"'[](){}/"


def first_lines(file: RdfFile, nodes: Collection[str]) -> dict[str, int]:
    """Find the lines on which a file first describes nodes.

    The file is read once more, as far as needed, so only one that lies on disk
    has lines: nothing comes out of a pipe twice. The parser tells no positions.
    So it is given one line after the other, and what it has understood by then
    ends on that line; where the statement began before, its subject is looked
    for on the lines between. JSON-LD is understood as a whole; there, the
    objects with an ``@id`` are looked through.

    Parameters
    ----------
    file : RdfFile
    nodes : collection of str
        IRIs.

    Returns
    -------
    dict of str to int
        Lines from 1, of the nodes that the file describes.

    Raises
    ------
    InputError
        The file cannot be read, or has become another one meanwhile.
    """
    wanted = set(nodes)
    if not wanted or not can_be_read_twice(file):
        return {}
    found: dict[str, int] = {}
    with file.text() as text:
        jsonld = file.syntax() == ox.RdfFormat.JSON_LD
        base = Path(file.path).absolute().as_uri()
        places = _objects(text, base, wanted) if jsonld else _subjects(file, text, wanted)
        for node, line in places:
            if node in wanted:
                found[node] = line
                wanted.remove(node)
                if not wanted:
                    break
    return found


def can_be_read_twice(file: RdfFile) -> bool:
    """Tell whether it lies on disk."""
    return file.path != STDIN and Path(file.path).is_file()


def _subjects(file: RdfFile, text: IO[bytes], wanted: set[str]) -> Iterator[tuple[str, int]]:
    """Iterate over the wanted subjects of statements, and their lines."""
    lines = _LineByLine(text)
    for quad in file.parsed(cast("IO[bytes]", lines), file.syntax()):
        if isinstance(quad.subject, ox.NamedNode):
            if quad.subject.value in wanted:
                yield quad.subject.value, lines.of(quad.subject.value)
            lines.understood()
        else:  # what a blank node says comes before the statement in which it stands
            lines.understood(keep=_NESTED)


class _LineByLine:
    """A text that a parser gets one line at a time."""

    def __init__(self, text: IO[bytes]):
        self._text = text
        self._line = 1
        # what was given since the last statement: a number, and a line or a part of one
        self._given: list[tuple[int, bytes]] = []
        self._before = 0  # how many of them the last statement was on, too
        self._last = 0  # how many of them were given at once, at last
        self._quiet = 0  # how often something was given since the last statement

    def read(self, size: int = -1) -> bytes:
        """Give the next line, or what of it the parser has room for."""
        pieces = [self._piece(size)]
        self._quiet += 1
        # A value of many lines would be looked at anew with each of them.
        while self._quiet > _PATIENCE and pieces[-1] and (size := size - len(pieces[-1])) > 0:
            pieces.append(self._piece(size))
        self._last = len(pieces)
        return b"".join(pieces)

    def _piece(self, size: int) -> bytes:
        piece = self._text.readline(size)
        self._given.append((self._line, piece))
        self._line += piece.endswith(b"\n")
        return piece

    def understood(self, *, keep: int = 0) -> None:
        """Forget lines before the last, where another statement may begin, but so many."""
        self._quiet = 0
        forgotten = max(len(self._given) - max(keep, self._last), 0)
        del self._given[:forgotten]
        self._before = len(self._given) if not keep else max(self._before - forgotten, 0)

    def of(self, node: str) -> int:
        """Return the line on which the subject of the last statement stands."""
        if len(self._given) == 1:
            return self._given[0][0]
        name = _ending(node).encode()
        best = 0
        # Lines that earlier statements were on may have it as their last word.
        for line, piece in self._given[self._before :] + self._given[: self._before][::-1]:
            at = piece.find(name)
            while at > 0 and not _is_whole(piece, at, at + len(name)):
                at = piece.find(name, at + 1)
            if at > 0:
                if len(piece[:at].split()) == 1:  # it begins the line
                    return line
                best = best or line
        return best or self._given[-1][0]


def _ending(node: str) -> str:
    """Return the part of a name that stands in a file however it is shortened."""
    return re.split("[/#:]", node)[-1] or node


def _is_whole(piece: bytes, begin: int, end: int) -> bool:
    return piece[begin - 1] in _BEFORE and (end == len(piece) or piece[end] in _AFTER)


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]')


@dataclass(slots=True)
class _Object:
    """A JSON object, as far as it was read."""

    of_context: bool
    key: str = ""
    keys: int = 0
    name: str = ""
    line: int = 0
    prefixes: dict[str, str] = field(default_factory=dict)


def _objects(text: Iterable[bytes], base: str, wanted: set[str]) -> Iterator[tuple[str, int]]:
    """Iterate over the nodes that JSON-LD describes, not only names, and their lines.

    Those are left out at once of which no part is that of a wanted one.
    """
    endings = {_ending(node) for node in wanted}
    prefixes: dict[str, str] = {}
    open_: list[_Object] = []
    described: list[tuple[str, int]] = []
    before = last = ""
    for number, raw in enumerate(text, 1):
        for sign in _TOKEN.findall(raw.decode(errors="replace")):
            top = open_[-1] if open_ else None
            if sign == "{":
                inside = top is not None and (top.of_context or top.key == "@context")
                open_.append(_Object(inside))
            elif sign == "}" and top is not None:
                open_.pop()
                if top.of_context:
                    prefixes |= top.prefixes
                    if top.name and open_ and open_[-1].of_context:
                        prefixes[open_[-1].key] = top.name
                elif top.keys > 1 and _ending(top.name) in endings:
                    described.append((top.name, top.line))
            elif sign == ":" and top is not None:
                top.key, top.keys = last, top.keys + 1
            elif sign.startswith('"'):
                last = _string(sign)
                if before == ":" and top is not None:
                    if top.key in ("@id", "id"):
                        top.name, top.line = last, number
                    elif top.of_context:
                        top.prefixes[top.key] = last
            before = sign
    base = prefixes.get("@base", base)
    for name, line in sorted(described, key=lambda one: one[1]):
        prefix, colon, rest = name.partition(":")
        if colon and prefix in prefixes and not rest.startswith("//"):
            yield prefixes[prefix] + rest, line
        else:
            yield (name if colon else _joined(base, name)), line


def _string(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except ValueError:  # an escape that there is not: the text as it stands
        return token[1:-1]


def _joined(base: str, name: str) -> str:
    try:
        return urljoin(base, name)
    except ValueError:
        return name
