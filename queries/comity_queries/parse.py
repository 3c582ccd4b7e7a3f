"""Read typed values from text, as it is written on a command line or in a header."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from comity_ontology.errors import ParameterError
from comity_ontology.prefixes import VOCABULARIES, expand

from .model import Parameter
from .values import check_value, wrong

__all__ = ["expand_iri", "parse_value"]

_CODE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_REVERSED = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def parse_value(parameter: Parameter, text: str) -> object:
    """Read one value of a parameter from text, as written on a command line.

    Parameters
    ----------
    parameter : Parameter
        Says which type is wanted.
    text : str
        For ``iri`` an IRI or a short form such as ``agency:kosgeb`` (a name is
        looked up elsewhere, where there is a graph); for ``code`` its local
        name, ``code:…`` or its IRI; for ``date`` a day as YYYY-MM-DD.

    Returns
    -------
    object
        str for iri, code and string; int, Decimal, bool or datetime.date.

    Raises
    ------
    ParameterError
        When the text does not have that type.

    Examples
    --------
    >>> parse_value(Parameter("on", "date"), "2021-02-25")
    datetime.date(2021, 2, 25)
    >>> parse_value(Parameter("type", "code"), "action-plan")
    'https://w3id.org/comity/code/action-plan'
    """
    if parameter.type == "string":
        return check_value(parameter, text)
    text = text.strip()
    if parameter.type == "iri":
        iri = expand_iri(text)
        if iri is None:
            raise wrong(parameter, text, "is no IRI or short form such as agency:kosgeb")
        return check_value(parameter, iri)
    if parameter.type == "code":
        return _parse_code(parameter, text)
    if parameter.type == "date":
        return _parse_day(parameter, text)
    if parameter.type == "boolean":
        if text.lower() not in ("true", "false"):
            raise wrong(parameter, text, "is neither true nor false")
        return text.lower() == "true"
    if not text.isascii() or not _DECIMAL.fullmatch(text):
        raise wrong(
            parameter,
            text,
            "is no whole number" if parameter.type == "integer" else "is no decimal number",
        )
    number = Decimal(text)
    if parameter.type == "integer":
        if "." in text:
            raise wrong(parameter, text, "is no whole number")
        return check_value(parameter, int(number))
    return check_value(parameter, number)


def expand_iri(text: str) -> str | None:
    """Expand ``<…>``, an IRI or a short form with a known prefix to an IRI.

    Parameters
    ----------
    text : str
        What a user wrote.

    Returns
    -------
    str or None
        None when the text is none of these, and so may be a name.

    Examples
    --------
    >>> expand_iri("comity:Agency")
    'https://w3id.org/comity/ns#Agency'
    >>> expand_iri("KOSGEB") is None
    True
    """
    try:
        return expand(text)
    except ParameterError:
        return None


def _parse_code(parameter: Parameter, text: str) -> object:
    if _CODE.fullmatch(text):
        return VOCABULARIES["code"] + text
    iri = expand_iri(text)
    if iri is not None:
        return check_value(parameter, iri)
    likely = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    hint = f"; codes look like {likely}" if _CODE.fullmatch(likely) else ""
    raise wrong(parameter, text, f"is no code{hint}")


def _parse_day(parameter: Parameter, text: str) -> date:
    if text.isascii() and _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise wrong(parameter, text, "is not a day of the calendar") from None
    raise wrong(parameter, text, f"is no day; write it as YYYY-MM-DD{_likely_day(text)}")


def _likely_day(text: str) -> str:
    reversed_day = _DAY_REVERSED.fullmatch(text) if text.isascii() else None
    if reversed_day is None:
        return ""
    day, month, year = (int(part) for part in reversed_day.groups())
    # Dots mean day first; with other signs only a number above 12 tells which is the day.
    if "." not in text and day <= 12:
        return ""
    try:
        return f", here perhaps {date(year, month, day).isoformat()}"
    except ValueError:
        return ""
