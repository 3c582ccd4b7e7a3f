"""Whether a node of the right name is what a row is about: titles repeat, days and documents tell.

Two talks of one title on different days are two, and so are two statements of one title in
different documents.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pyoxigraph as ox

from comity.curation.entry import readable
from comity.documents.finding import find_document
from comity.errors import InputError, ParameterError
from comity.store import Store, select
from comity.tables.columns import Cells
from comity.timepoints import parse
from comity.wording import friendly_date
from comity_ontology.terms import COMITY

__all__ = ["TELLING", "Sameness"]

TELLING = ("date", "begin", "end", "document")
"""The columns that tell things of one name apart."""

_OF_ONE_DOCUMENT = (COMITY.Utterance, COMITY.Claim)
_Bounds = tuple[date | None, date | None]
_UNKNOWN: _Bounds = (None, None)
CACHED = 4096


class Sameness:
    """Tells nodes of one name apart.

    Parameters
    ----------
    store : Store
    document : str
        The document of rows that name none.
    """

    def __init__(self, store: Store, document: str = ""):
        self._store = store
        self._default = document
        self._days: dict[str, _Bounds] = {}
        self._documents: dict[str, str] = {}
        self._document = lru_cache(CACHED)(self._found_document)

    def fits(self, iri: str, cls: str, cells: Cells) -> bool:
        """Tell whether a node may be what a row is about."""
        if cls == COMITY.Event:
            return _overlap(self._days.get(iri) or self._stored_days(iri), _days_of(cells))
        if cls in _OF_ONE_DOCUMENT:
            known = self._documents.get(iri) or self._stored_document(iri)
            wanted = self._document_of(cells)
            return not known or not wanted or known == wanted
        return True

    def remember(self, iri: str, cls: str, cells: Cells) -> None:
        """Keep what a row tells about its node."""
        if cls == COMITY.Event and (days := _days_of(cells)) != _UNKNOWN:
            self._days.setdefault(iri, days)
        elif cls in _OF_ONE_DOCUMENT and (document := self._document_of(cells)):
            self._documents.setdefault(iri, document)

    def suffix(self, cls: str, cells: Cells) -> str:
        """Return what tells a node from another of its name, for its IRI."""
        if cls == COMITY.Event:
            return readable(cells.get("date") or cells.get("begin", ""))
        return self._document_of(cells).rpartition("/")[2] if cls in _OF_ONE_DOCUMENT else ""

    def _document_of(self, cells: Cells) -> str:
        text = cells.get("document") or self._default
        return self._document(text) if text else ""

    def _found_document(self, text: str) -> str:
        try:
            return find_document(self._store, text)
        except ParameterError:
            return ""  # said, with its row, when the row is read

    def _stored_document(self, iri: str) -> str:
        rows = select(
            self._store,
            f"SELECT ?d {{ {ox.NamedNode(iri)} prov:wasDerivedFrom/oa:hasSource ?d }} LIMIT 1",
        )
        row = next(rows, None)
        return "" if row is None else str(row["d"].value)

    def _stored_days(self, iri: str) -> _Bounds:
        name = ox.NamedNode(iri)
        rows = select(
            self._store,
            f"""SELECT ?earliest ?latest WHERE {{
                  OPTIONAL {{ {name} (comity:time|comity:begin)/comity:earliest ?earliest }}
                  OPTIONAL {{ {name} (comity:time|comity:end)/comity:latest ?latest }} }}""",
        )
        found = [(_as_day(row["earliest"]), _as_day(row["latest"])) for row in rows]
        first = [earliest for earliest, _ in found if earliest]
        last = [latest for _, latest in found if latest]
        return min(first, default=None), max(last, default=None)


def _days_of(cells: Cells) -> _Bounds:
    try:
        if "date" in cells:
            point = parse(friendly_date(cells["date"]))
            return point.earliest, point.latest
        first = parse(friendly_date(cells["begin"])).earliest if "begin" in cells else None
        last = parse(friendly_date(cells["end"])).latest if "end" in cells else None
    except InputError:
        return _UNKNOWN  # said, with its row, when the row is read
    return first, last


def _as_day(term: object) -> date | None:
    return date.fromisoformat(term.value) if isinstance(term, ox.Literal) else None


def _overlap(one: _Bounds, other: _Bounds) -> bool:
    """Tell whether two times can be the same; an open side excludes nothing."""
    return not (
        (one[1] is not None and other[0] is not None and one[1] < other[0])
        or (other[1] is not None and one[0] is not None and other[1] < one[0])
    )
