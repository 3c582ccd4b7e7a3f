"""Time points: one day somewhere between two bounds, written in EDTF.

The bounds are what queries compare, so they must follow from the written value
alone: ``2019-05`` is a day from 1 to 31 May 2019. Approximate and uncertain
values (``~``, ``?``, ``%``) take the wider bounds that the `edtf` library gives
them; a side that is open has no bound.

Source: Extended Date/Time Format, Library of Congress (ISO 8601-2:2019, annex A),
https://www.loc.gov/standards/datetime/. The library takes winter (``2019-24``, ``2019-28``)
for December; here it is any day from January of its year to February of the
next, since sources count winters both ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from time import struct_time

import pyoxigraph as ox

from comity.errors import InputError
from comity_ontology.prefixes import current_base
from comity_ontology.terms import COMITY, EDTF, RDF, TIME, XSD

__all__ = ["TimePoint", "check", "parse", "to_triples"]

_LONGEST = 200
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_WITHIN = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_HALF_UNKNOWN = re.compile(r"-[?~%]?(?:[0-9]X|X[0-9])(?![0-9X])")
_TIME_OF_DAY = re.compile(r"[0-9]T[0-9]")
_LONG_YEAR = re.compile(r"Y-?[0-9]|-[0-9]")
_ENCODED = str.maketrans({"?": "%3F", "%": "%25", "[": "%5B", "]": "%5D", "/": "%2F"})
_ACCEPTED = (
    "write an EDTF value such as 2019-05-14, 2019-05, 2019, 2018~, 201X, "
    "[2019-01..2019-03] or [..2021-02-25]"
)
_WINTER = re.compile(r"([0-9]{4})-2[48][~?%]?")
# what the library lets through when a value is well-formed but impossible
_LIBRARY_FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class TimePoint:
    """One day, known as exactly as its EDTF value says.

    Parameters
    ----------
    edtf : str
        The value as written.
    earliest, latest : date, optional
        Inclusive bounds; None where that side is open.
    """

    edtf: str
    earliest: date | None
    latest: date | None

    @property
    def exact(self) -> bool:
        """Whether only one day is possible."""
        return self.earliest is not None and self.earliest == self.latest

    def iri(self, base: str | None = None) -> str:
        """Give the IRI of the node that all equal values share.

        Parameters
        ----------
        base : str, optional
            Base of instance IRIs; the configured one unless given.

        Returns
        -------
        str
            ``<base>time/<value>``, with ``? % [ ] /`` of the value percent-encoded.

        Examples
        --------
        >>> parse("[..2021-02-25]").iri("https://w3id.org/comity/id/")
        'https://w3id.org/comity/id/time/%5B..2021-02-25%5D'
        """
        return f"{base or current_base()}time/{self.edtf.translate(_ENCODED)}"


@lru_cache(maxsize=65_536)
def parse(value: str) -> TimePoint:
    """Read an EDTF value as one day within bounds.

    Parameters
    ----------
    value : str
        The value, without white space around it.

    Returns
    -------
    TimePoint
        The value with its bounds.

    Raises
    ------
    InputError
        The value is no EDTF, names an impossible day or a year outside 1 to
        9999, or means more than one day (intervals, sets in braces); the
        message names it and says what to write.

    Examples
    --------
    >>> point = parse("2019-05")
    >>> point.earliest, point.latest, point.exact
    (datetime.date(2019, 5, 1), datetime.date(2019, 5, 31), False)
    """
    if _ISO_DAY.fullmatch(value):
        day = _day(value, value)
        return TimePoint(value, day, day)
    _refuse_by_form(value)
    for found in _DAY_WITHIN.finditer(value):
        _day(found.group(), value)
    earliest, latest = _bounds(value)
    if winter := _WINTER.fullmatch(value):
        year = int(winter[1])
        if year == date.max.year:
            raise _outside(value)
        earliest, latest = date(year, 1, 1), date(year + 1, 3, 1) - timedelta(days=1)
    if earliest is not None and latest is not None and earliest > latest:
        raise InputError(f"{value!r} ends before it begins: write the earlier bound first")
    return TimePoint(value, earliest, latest)


def _bounds(value: str) -> tuple[date | None, date | None]:
    # Imported late: its grammar takes a while to build, and plain days don't need it.
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(value)
        lower, upper = parsed.lower_fuzzy(), parsed.upper_fuzzy()
    except (EDTFParseException, *_LIBRARY_FAULTS) as error:
        raise InputError(f"{value!r} is not a date that can be read: {_ACCEPTED}") from error
    return _bound(lower, value), _bound(upper, value)


def to_triples(point: TimePoint, base: str | None = None) -> tuple[ox.Triple, ...]:
    """Give the triples of a time point's node.

    Parameters
    ----------
    point : TimePoint
        What to describe.
    base : str, optional
        Base of instance IRIs; the configured one unless given.

    Returns
    -------
    tuple of Triple
        Type, EDTF value, the bounds that there are, and ``time:inXSDDate`` when
        only one day is possible.
    """
    node = ox.NamedNode(point.iri(base))
    edtf = ox.Literal(point.edtf, datatype=ox.NamedNode(EDTF))
    days = [(COMITY.earliest, point.earliest), (COMITY.latest, point.latest)]
    if point.exact:
        days.append((TIME.inXSDDate, point.earliest))
    return (
        ox.Triple(node, ox.NamedNode(RDF.type), ox.NamedNode(COMITY.TimePoint)),
        ox.Triple(node, ox.NamedNode(COMITY.edtf), edtf),
        *(
            ox.Triple(node, ox.NamedNode(term), _date_literal(day))
            for term, day in days
            if day is not None
        ),
    )


def check(edtf: str, earliest: str | None, latest: str | None) -> str | None:
    """Say what disagrees between an EDTF value and the bounds found beside it.

    Parameters
    ----------
    edtf, earliest, latest : str
        Lexical forms as they stand in the data; None for a bound that is absent.

    Returns
    -------
    str or None
        What is wrong and what it should be, in one sentence; None when all agree.

    Examples
    --------
    >>> check("2019-05", "2019-05-01", "2019-06-30")
    '2019-05 has the latest day 2019-05-31, not 2019-06-30'
    """
    try:
        point = parse(edtf)
    except InputError as error:
        return str(error)
    faults = []
    for name, expected, found in (
        ("earliest", point.earliest, earliest),
        ("latest", point.latest, latest),
    ):
        due = None if expected is None else expected.isoformat()
        if due == found:
            continue
        if due is None:
            faults.append(f"no {name} day, not {found}")
        else:
            faults.append(f"the {name} day {due}, " + (f"not {found}" if found else "not none"))
    return f"{edtf} has {' and '.join(faults)}" if faults else None


def _day(text: str, value: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"{value!r} is not a date that can be read: there is no day {text}; {_ACCEPTED}"
        ) from error


def _refuse_by_form(value: str) -> None:
    """Refuse what the library would accept, print about, or take long over."""
    if not value:
        raise InputError(f"'' is not a date: {_ACCEPTED}, or leave the time out")
    if len(value) > _LONGEST:
        raise InputError(f"a date of {len(value)} characters ({value[:40]!r}…): {_ACCEPTED}")
    if not value.isascii() or any(character.isspace() for character in value):
        raise InputError(
            f"{value!r} is not a date that can be read: EDTF has no spaces and only plain "
            f"digits; {_ACCEPTED}"
        )
    if "/" in value:
        raise InputError(
            f"{value!r} is an interval, and a time point is one day: write [a..b] for a day "
            "between a and b, as in [2019-01..2019-03] or [..2021-02-25]; what lasts has a "
            "begin and an end"
        )
    if value.startswith("{"):
        raise InputError(
            f"{value!r} means several days, and a time point is one: write [a,b] for one of "
            "them, as in [2019,2021]"
        )
    if _TIME_OF_DAY.search(value):
        raise InputError(
            f"{value!r} has a time of day, and a time point is a whole day: write the day alone, "
            "as in 2019-05-14"
        )
    if _HALF_UNKNOWN.search(value):
        raise InputError(
            f"{value!r} knows one digit of a month or day: write the bounds, as in "
            "[2019-10..2019-12]"
        )
    if _LONG_YEAR.match(value):
        raise _outside(value)


def _bound(bound: struct_time | float, value: str) -> date | None:
    if isinstance(bound, float):  # infinite
        return None
    year, month, day = bound[:3]
    if not 1 <= year <= 9999:
        raise _outside(value)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InputError(f"{value!r} names a day that does not exist: {_ACCEPTED}") from error


def _outside(value: str) -> InputError:
    return InputError(
        f"{value!r} reaches outside the years 1 to 9999, which dates in the graph cannot: "
        "write an open bound instead, as in [..0500]"
    )


def _date_literal(day: date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD.date))
