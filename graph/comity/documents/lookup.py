"""Finding passages by what a person writes for them."""

from __future__ import annotations

import re

import pyoxigraph as ox

from comity.errors import ParameterError
from comity.store import Store, select
from comity_ontology.prefixes import current_base, expand, shorten
from comity_ontology.terms import COMITY, RDF

__all__ = ["Passage", "find_passage", "numbers", "passages_of"]

_RANGE = re.compile(r"(\d{1,9})\s*[-–—]\s*(\d{1,9})")
_SEPARATORS = re.compile(r"[\s,;|]+")


class Passage(str):
    """The IRI of a passage, with its text.

    Attributes
    ----------
    text : str
    ordinal : int
    """

    __slots__ = ("ordinal", "text")

    text: str
    ordinal: int

    def __new__(cls, iri: str, text: str, ordinal: int) -> Passage:
        """Make one."""
        passage = super().__new__(cls, iri)
        passage.text = text
        passage.ordinal = ordinal
        return passage


def find_passage(store: Store, text: str) -> str:
    """Return the IRI of a passage: ``source:note/3``, ``passage:note/3`` or an IRI.

    Raises
    ------
    ParameterError
        The store has no such passage.
    """
    iri = expand(text)
    source = f"{current_base()}source/"
    if iri.startswith(source):
        iri = f"{current_base()}passage/{iri.removeprefix(source)}"
    if not _is(store, iri, COMITY.Passage):
        raise ParameterError(
            f"{text} is no passage of the store: write it as source:note/3, the document and the "
            "number that comity why shows"
        )
    return iri


def passages_of(store: Store, document: str) -> dict[int, Passage]:
    """Return the passages of a document by their number, in order."""
    rows = select(
        store,
        f"""SELECT ?passage ?ordinal ?text WHERE {{
              ?passage oa:hasSource {ox.NamedNode(document)} ; a comity:Passage ;
                comity:ordinal ?ordinal ; comity:text ?text }} ORDER BY ?ordinal""",
    )
    return {
        int(row["ordinal"].value): Passage(
            row["passage"].value, row["text"].value, int(row["ordinal"].value)
        )
        for row in rows
    }


def numbers(text: str, known: dict[int, Passage], document: str) -> list[Passage]:
    """Read numbers of passages such as ``3, 13`` or ``3-5``.

    Parameters
    ----------
    text : str
        Numbers and ranges between commas, semicolons or spaces.
    known : dict
        The passages of the document, by number.
    document : str
        Its IRI, for messages.

    Raises
    ------
    ParameterError
        Not such a list, or the document has no passage of a number.
    """
    last = max(known, default=0)
    wanted: list[int] = []
    for part in _SEPARATORS.split(_RANGE.sub(r"\1-\2", text.strip())):
        first, dash, second = part.partition("-")
        if not first.isdecimal() or (dash and not second.isdecimal()):
            raise ParameterError(f"{text!r} is no list of sentence numbers: write 3, 13 or 3-5")
        low, high = int(first), int(second or first)
        if low > high:
            raise ParameterError(f"{part!r} runs backwards: write {high}-{low}")
        if high > last or low < 1:
            shown = f"has the sentences 1 to {last}" if last else "has no numbered sentences"
            raise ParameterError(f"there is no sentence {part}: {shorten(document)} {shown}")
        wanted.extend(range(low, high + 1))
    missing = [number for number in wanted if number not in known]
    if missing:
        raise ParameterError(f"{shorten(document)} has no sentence {missing[0]}")
    return [known[number] for number in dict.fromkeys(wanted)]


def _is(store: Store, iri: str, cls: str) -> bool:
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    found = store.match(node, ox.NamedNode(RDF.type), ox.NamedNode(cls), ox.DefaultGraph())
    return next(found, None) is not None
