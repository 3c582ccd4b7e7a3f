"""What a report shows beside its results: labels, names of shapes, sentences, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Background", "Cited", "FileLine"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage, as a report cites it.

    Attributes
    ----------
    text : str
        Its words.
    document, title, issued, language : str
        IRI, title, day and language of the document, empty where unknown.
    ordinal : int
        Its place in the document, from 1; 0 where unknown.
    """

    text: str
    document: str = ""
    title: str = ""
    issued: str = ""
    language: str = ""
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class FileLine:
    """Where a file describes a node.

    Attributes
    ----------
    name : str
        Of the file, as the user wrote it.
    line : int
        The line on which the first statement about it is, from 1, or the row of
        a table as the spreadsheet shows it; 0 where unknown.
    is_row : bool
        Whether it is a row.

    Examples
    --------
    >>> print(FileLine("new.ttl", 12), FileLine("standard input"), sep=" · ")
    new.ttl:12 · standard input
    >>> print(FileLine("people.csv", 7, is_row=True))
    people.csv, row 7
    """

    name: str
    line: int = 0
    is_row: bool = False

    def __str__(self) -> str:
        before = ", row " if self.is_row else ":"
        return f"{self.name}{before}{self.line}" if self.line else self.name


@dataclass(frozen=True, slots=True)
class Background:
    """What readers of a report want to know about the IRIs in it.

    Attributes
    ----------
    labels : mapping of str to str
        Of nodes that have one, by IRI.
    shapes : mapping of str to str
        What shapes and checks are called, by IRI.
    passages : mapping of str to Cited
        The passages whose words are known, by IRI.
    files : mapping of str to tuple of FileLine
        Where files describe a node, by IRI, if files were checked.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    passages: Mapping[str, Cited] = field(default_factory=dict)
    files: Mapping[str, tuple[FileLine, ...]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash what mappings allow: their keys."""
        return hash((frozenset(self.labels), frozenset(self.passages)))
