r"""Typed values: checked and written as SPARQL terms.

Only :func:`term` writes values into queries. It takes values that passed
:func:`check_value`, and escapes so that no value can end the literal or the
IRI that it stands in, whether or not an engine undoes ``\u`` escapes before it
parses (SPARQL 1.1 section 19.2).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from comity_ontology.errors import ParameterError
from comity_ontology.prefixes import VOCABULARIES

from .model import Parameter

__all__ = ["check_value", "term", "wrong"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20\x7f-\x9f\ud800-\udfff]+")
_CODE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\"\\]")
_SHORT_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": "\\\\"}
_INTEGER_LIMIT = 2**63  # xsd:integer is 64 bits wide in the embedded engine
_DECIMAL_LIMIT = Decimal(10) ** 20  # and xsd:decimal 128 bits with 18 decimal places
_DECIMAL_PLACES = 18
_SHOWN = 80  # characters of a wrong value that a message repeats
_WANTED = {
    "iri": "an IRI",
    "string": "a string",
    "integer": "a whole number",
    "decimal": "a decimal number",
    "boolean": "true or false",
    "date": "a datetime.date",
    "code": "the IRI of a code",
}


def check_value(parameter: Parameter, value: object) -> object:
    """Check that one value has the type of its parameter.

    Parameters
    ----------
    parameter : Parameter
        Says which type is wanted.
    value : object
        A single value, not a list.

    Returns
    -------
    object
        The value; an int or float given for a decimal comes back as Decimal.

    Raises
    ------
    ParameterError
        When it has another type, or the engine could not hold it.
    """
    kind = parameter.type
    if isinstance(value, str) and kind in ("iri", "code", "string"):
        _check_text(parameter, value)
        return value
    if isinstance(value, bool):
        if kind == "boolean":
            return value
    elif kind == "date" and isinstance(value, date) and not isinstance(value, datetime):
        return value
    elif kind == "integer" and isinstance(value, int):
        if not -_INTEGER_LIMIT <= value < _INTEGER_LIMIT:
            raise wrong(parameter, "the number", "is beyond 64 bits")
        return value
    elif kind == "decimal" and isinstance(value, int | float | Decimal):
        return _check_decimal(parameter, Decimal(str(value)))
    raise wrong(parameter, value, f"is a {type(value).__name__}, and {_WANTED[kind]} is wanted")


def _check_text(parameter: Parameter, value: str) -> None:
    if parameter.type == "string":
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise wrong(parameter, ascii(value), "holds bytes that are not UTF-8")
        return
    if not _is_iri(value):
        raise wrong(parameter, value, "is no absolute IRI")
    namespace = VOCABULARIES["code"]
    local = value.removeprefix(namespace)
    if parameter.type == "code" and (local == value or not _CODE.fullmatch(local)):
        raise wrong(parameter, value, f"is no code: those begin with {namespace}")


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    if not _IRI.fullmatch(text):
        return False
    try:
        NamedNode(text)  # the engine's own rules, such as % before two digits only
    except ValueError:
        return False
    return True


def _check_decimal(parameter: Parameter, number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise wrong(parameter, number, "is no finite number")
    if abs(number) >= _DECIMAL_LIMIT or exponent < -_DECIMAL_PLACES:
        raise wrong(
            parameter,
            number,
            f"has more digits than fit (20 before the point, {_DECIMAL_PLACES} after)",
        )
    return number


def term(parameter: Parameter, value: object) -> str:
    r"""Write one value as a SPARQL term that needs no prefix.

    Parameters
    ----------
    parameter : Parameter
        Says the type; a string with ``fold`` is folded here.
    value : object
        A single value.

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        When the value does not have the type, or nothing is left of it after folding.

    Examples
    --------
    >>> term(Parameter("name", "string"), 'say "x"')
    '"say \\"x\\""'
    >>> from datetime import date
    >>> term(Parameter("on", "date"), date(2021, 2, 25))
    '"2021-02-25"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    value = check_value(parameter, value)
    if parameter.type in ("iri", "code"):
        return f"<{value}>"
    if parameter.type == "string":
        return _string(_folded(parameter, str(value)) if parameter.fold else str(value))
    lexical = str(value)
    if isinstance(value, bool):
        lexical = lexical.lower()
    elif isinstance(value, date):
        lexical = value.isoformat()
    elif isinstance(value, Decimal):
        lexical = f"{value:f}"
    return f'"{lexical}"^^<{_XSD}{parameter.type}>'


def _string(text: str) -> str:
    # Escapes have eight digits: rdflib takes up to eight after a small u, too.
    escaped = _CONTROL.sub(
        lambda match: _SHORT_ESCAPES.get(match.group(), f"\\U{ord(match.group()):08X}"), text
    )
    # A backslash before a u must not look like an escape to engines that undo those first.
    escaped = re.sub(r"(?<!\\)((?:\\\\)+)([uU])", lambda m: f"{m[1]}\\U{ord(m[2]):08X}", escaped)
    return f'"{escaped}"'


def _folded(parameter: Parameter, text: str) -> str:
    from comity_ontology.names import search_key

    key = search_key(text)
    if not key:
        raise wrong(parameter, text, "holds nothing to search for")
    return key


def wrong(parameter: Parameter, value: object, why: str) -> ParameterError:
    """Make the error for a value that does not fit.

    Parameters
    ----------
    parameter : Parameter
        The parameter that it was given for.
    value : object
        The value as it was given.
    why : str
        The rest of the sentence.

    Returns
    -------
    ParameterError
    """
    shown = str(value)
    if len(shown) > _SHOWN:
        shown = f"{shown[:_SHOWN]}…"
    return ParameterError(f"parameter {parameter.name}: {shown!r} {why}")
