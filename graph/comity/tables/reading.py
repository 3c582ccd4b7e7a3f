"""Tables as spreadsheets write them: separators, marks, headings; rows one by one.

Only the heading row decides the separator. Rows count as the spreadsheet shows them: the
headings are row 1.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from rapidfuzz import fuzz, process

from comity.errors import InputError
from comity.readers import shown
from comity.tables.cells import restored
from comity.tables.columns import REASON, Column, Template, folded
from comity.tables.forms import TEMPLATES
from comity.tables.records import Record

__all__ = ["Table"]

DELIMITERS = ",;\t|"
_LONGEST = 80  # of a heading in a message
_SEP = re.compile(r"sep=(.)", re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(slots=True)
class Table:
    """A table in a file; it can be read several times, always row by row.

    Parameters
    ----------
    path : path
        Of the file that is read.
    name : str, optional
        How messages call it, if not by its path.

    Raises
    ------
    InputError
        The file cannot be read or is no UTF-8 text, or its headings are those
        of no template: unknown, missing, doubled.
    """

    path: str | os.PathLike[str]
    name: str = ""
    template: Template = field(init=False)
    delimiter: str = field(init=False)
    headings: tuple[str, ...] = field(init=False)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.name or shown(self.path)
        with self._opened() as stream:
            first = self._heading_line(stream)
        if first.startswith("PK\x03\x04"):
            raise InputError(
                f"{self.name} is a spreadsheet's own format under another name: save it as "
                "“CSV UTF-8”"
            )
        self.delimiter = _delimiter(first)
        headings = self._parsed_headings(first)
        while headings and not headings[-1].strip():
            headings.pop()
        if not headings:
            raise InputError(
                f"{self.name} has no headings: the first row names the columns, as "
                "comity template writes it"
            )
        self.template = self._template(headings)
        known = {folded(column.name): column.name for column in self.template.columns}
        known[REASON] = REASON
        self.headings = tuple(known.get(folded(heading), "") for heading in headings)
        with Path(self.path).open("rb") as raw:
            self.sha256 = hashlib.file_digest(raw, "sha256").hexdigest()

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix."""
        return Path(self.name).stem or "table"

    def records(self) -> Iterator[Record]:
        """Read the rows below the headings, without those that are empty."""
        with self._opened() as stream:
            self._heading_line(stream)
            rows = csv.reader(stream, delimiter=self.delimiter, strict=True)
            number = 1
            try:
                for number, row in enumerate(rows, start=2):
                    if any(cell.strip() for cell in row):
                        yield self._record(number, row)
            except csv.Error as error:
                told = f"{error}; save it again as CSV (UTF-8)"
                if "field limit" in str(error):
                    told = (
                        f"a cell holds more than {csv.field_size_limit():,} characters: shorten "
                        "it, or look for a quotation mark that nothing closes"
                    )
                raise InputError(f"{self.name}, after row {number}: {told}") from error

    def raw_headings(self) -> list[str]:
        """Read the headings as they stand in the file."""
        with self._opened() as stream:
            return self._parsed_headings(self._heading_line(stream))

    def _record(self, number: int, row: list[str]) -> Record:
        cells: dict[str, str] = {}
        extra = 0
        for position, cell in enumerate(row):
            text = restored(cell.strip())
            if not text:
                continue
            if position >= len(self.headings) or not self.headings[position]:
                extra += 1
            elif self.headings[position] != REASON:
                cells[self.headings[position]] = text
        return Record(number, cells, tuple(row), extra)

    def _template(self, headings: list[str]) -> Template:
        keys = [folded(heading) for heading in headings]
        times = Counter(keys)
        doubled = next((key for key in keys if key and times[key] > 1), None)
        if doubled:
            raise InputError(f"{self.name} has the column {_brief(doubled)} twice: keep one")
        asked = {key for key in keys if key and key != REASON}
        self._refuse_unknown(headings)
        best = self._best_fitting(asked)
        known = {folded(column.name): column.name for column in best.columns}
        for heading in headings:
            if folded(heading) not in known and folded(heading) not in (REASON, ""):
                near = process.extractOne(folded(heading), known, score_cutoff=60)
                hint = (
                    f": did you mean {known[near[2]]!r}?" if near else f", which has {_all(best)}"
                )
                raise InputError(
                    f"{self.name}: {_brief(heading)} is no column of the template {best.name}{hint}"
                )
        missing = [name for name in best.required if folded(name) not in asked]
        if missing:
            raise InputError(
                f"{self.name} looks like the template {best.name}, but has no column "
                f"{' and no column '.join(map(repr, missing))}: add it, as comity template "
                f"{best.name} writes it"
            )
        return best

    def _refuse_unknown(self, headings: list[str]) -> None:
        """Refuse a column that no template has."""
        known = {folded(column.name): column.name for column in _columns()}
        for heading in headings:
            key = folded(heading)
            if key and key != REASON and key not in known:
                near = _near(heading, known)
                hint = f": did you mean {near!r}?" if near else ""
                raise InputError(
                    f"{self.name}: {_brief(heading)} is no column of any template{hint or '; '}"
                    + ("" if hint else f"the templates are {', '.join(TEMPLATES)}")
                )

    def _best_fitting(self, asked: set[str]) -> Template:
        """Find the template that headings are of: none unknown, none missing, few left out."""

        def fit(template: Template) -> tuple[int, int, int, int]:
            columns = {folded(column.name) for column in template.columns}
            missing = {folded(name) for name in template.required} - asked
            named = folded(template.name) in folded(self.stem)
            return (-len(asked - columns), -len(missing), int(named), -len(columns - asked))

        ranked = sorted(TEMPLATES.values(), key=fit, reverse=True)
        best, second = ranked[0], ranked[1]
        if fit(best) == fit(second):
            raise InputError(
                f"{self.name}: the columns {', '.join(sorted(asked))} could be those of "
                f"{best.name} or of {second.name}: keep more of the template's columns, or name "
                "the file after it"
            )
        return best

    def _parsed_headings(self, line: str) -> list[str]:
        try:
            return next(csv.reader([line], delimiter=self.delimiter, strict=True), [])
        except csv.Error as error:
            raise InputError(f"{self.name}, row 1: {error}; save it again as CSV") from error

    def _heading_line(self, stream: IO[str]) -> str:
        try:
            first = stream.readline()
            if match := _SEP.fullmatch(first.strip("\r\n")):
                # Written by spreadsheets for spreadsheets, which do not count it as a row.
                first = stream.readline() if match[1] in DELIMITERS else first
        except UnicodeError as error:
            raise self._not_utf8(error) from error
        return first

    @contextmanager
    def _opened(self) -> Iterator[IO[str]]:
        try:
            with Path(self.path).open("rb") as raw:
                head = raw.read(2)
                raw.seek(0)
                encoding = "utf-16" if head in _UTF16 else "utf-8-sig"
                with io.TextIOWrapper(raw, encoding=encoding, newline="") as stream:
                    yield stream
        except UnicodeError as error:
            raise self._not_utf8(error) from error
        except OSError as error:
            raise InputError(f"{self.name} cannot be read: {error.strerror or error}") from error

    def _not_utf8(self, error: UnicodeError) -> InputError:
        return InputError(
            f"{self.name} is not UTF-8 text ({error.args[-1] if error.args else error}): save it "
            "as “CSV UTF-8”"
        )


def _delimiter(line: str) -> str:
    """Choose the separator that gives the most columns that are known."""
    known = {folded(column.name) for column in _columns()}

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            found = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            return (-1, 0)
        return (sum(folded(name) in known for name in found), len(found))

    return max(DELIMITERS, key=fit)


def _columns() -> list[Column]:
    return [column for template in TEMPLATES.values() for column in template.columns]


def _near(heading: str, known: Mapping[str, str]) -> str:
    """Return the column that a heading was probably meant to be, or empty."""
    found = process.extractOne(folded(heading), known.keys(), scorer=fuzz.ratio, score_cutoff=65)
    return known[found[0]] if found and len(heading) > 2 else ""


def _brief(heading: str) -> str:
    """Quote a heading, or the beginning of what is none."""
    text = heading.strip()
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _all(template: Template) -> str:
    return ", ".join(column.name for column in template.columns)
