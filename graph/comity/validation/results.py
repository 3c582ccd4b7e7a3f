"""One thing that validation found, as a plain value."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from comity.validation.names import OWN_CHECKS
from comity_ontology.prefixes import current_base, shorten

__all__ = ["Result", "Severity"]


class Severity(IntEnum):
    """How bad a result is; only a violation keeps data out."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @classmethod
    def named(cls, iri: str) -> Severity:
        """Return the severity of a ``sh:severity`` IRI (anything unknown is a violation)."""
        return {"Info": cls.INFO, "Warning": cls.WARNING}.get(iri.rpartition("#")[2], cls.VIOLATION)

    @property
    def word(self) -> str:
        """Its name in formats: ``violation``, ``warning`` or ``info``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One thing that a node does wrong (SHACL §3.6.2, "Validation Result").

    Attributes
    ----------
    severity : Severity
    shape : str
        IRI of the shape, or of the check, that found it.
    focus : str
        IRI of the node it is about; a blank node or a literal as in N-Triples.
    path : str
        IRI of the property; a longer path as in SPARQL 1.1 (§9.1), its IRIs
        between angle brackets; empty when the node as a whole is meant.
    value : str
        The value at fault, empty when something is missing.
    message : str
        What is wrong and what to do, in plain words.
    constraint : str
        IRI of the constraint component; empty for a check that is no shape.
    passages : tuple of str
        IRIs of the passages that the focus node rests on.
    value_passages : tuple of str
        Those that the value rests on, where it is another node that may
        contradict this one.
    value_is_iri : bool
        Whether the value is a node and no text.
    datatype, language : str
        Of a value that is a literal: IRI of the datatype, language tag or empty.
    against : str
        What the value is at odds with: the other value of ``sh:lessThan``, the
        language of ``sh:uniqueLang``; empty elsewhere.
    details : tuple of Result
        What is wrong with the value of ``sh:node`` (§3.6.2.4).
    way : tuple of (str, str)
        How validation came to the focus node, where terms count exactly: the node
        that was targeted and the shape that did it, then each node on the way and
        the property shape whose path led to it. Empty elsewhere.
    own_severity : str
        IRI of a severity that is none of the three of SHACL.
    message_language : str
        Language tag of the message, or empty.
    """

    severity: Severity
    shape: str
    focus: str
    path: str
    value: str
    message: str
    constraint: str = ""
    passages: tuple[str, ...] = field(default=())
    value_passages: tuple[str, ...] = field(default=())
    value_is_iri: bool = False
    datatype: str = ""
    language: str = ""
    against: str = ""
    details: tuple[Result, ...] = ()
    way: tuple[tuple[str, str], ...] = ()
    own_severity: str = ""
    message_language: str = ""

    def __post_init__(self) -> None:
        # What many results have alike is kept once.
        for name in _ALIKE:
            text = getattr(self, name)
            if text and type(text) is str:
                object.__setattr__(self, name, sys.intern(text))

    @property
    def value_kind(self) -> str:
        """What the value is: ``iri``, ``literal``, ``blank``, or empty where there is none."""
        if self.value_is_iri:
            return "iri"
        if not self.datatype and self.value.startswith("_:"):
            return "blank"
        return "literal" if self.datatype or self.value else ""

    @property
    def wrong(self) -> str:
        """What is wrong: the first sentence of the message, with IRIs in short form."""
        return self._parts[0]

    @property
    def advice(self) -> str:
        """What to do: the rest of the message, or what helps against a check that is no shape."""
        return self._parts[1]

    @property
    def _parts(self) -> tuple[str, str]:
        if self.shape in OWN_CHECKS and not self.constraint:
            return self.message, OWN_CHECKS[self.shape].advice
        return _sentences(self.message, current_base())


_ALIKE = ("shape", "path", "message", "constraint", "datatype", "language")
_IRI = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:]")
_SENTENCE_END = re.compile(r"(?<=[.”])\s+(?=[A-Z“])")


@lru_cache(maxsize=4_096)
def _sentences(said: str, base: str) -> tuple[str, str]:
    """Part a message after its first sentence; what it quotes from a source is looked over."""
    message = _IRI.sub(lambda found: shorten(found[0], base), said)
    for end in _SENTENCE_END.finditer(message):
        before = message[: end.start()]
        if before.endswith((".", ".”")) and before.count("“") == before.count("”"):
            return before, message[end.end() :]
    return message, ""
