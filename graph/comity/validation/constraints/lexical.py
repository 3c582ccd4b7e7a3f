"""Well-formed literals: which text a datatype allows (XML Schema 1.1 Part 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from comity_ontology.terms import XSD

if TYPE_CHECKING:
    from comity.validation.constraints.base import Scope

__all__ = ["has_order", "is_in_range", "is_well_formed"]

# What is a whole number, with the bounds that its kind has.
_WHOLE: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{
        name: (-(2**bits) // 2, 2**bits // 2 - 1)
        for name, bits in (("long", 64), ("int", 32), ("short", 16), ("byte", 8))
    },
    **{
        name: (0, 2**bits - 1)
        for name, bits in (
            ("unsignedLong", 64),
            ("unsignedInt", 32),
            ("unsignedShort", 16),
            ("unsignedByte", 8),
        )
    },
}
_FLOATING = r"^(([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?)|[+-]?INF|NaN)$"
_PATTERNS = {
    "decimal": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$",
    "double": _FLOATING,
    "float": _FLOATING,
    "boolean": r"^(true|false|0|1)$",
    "hexBinary": r"^([0-9a-fA-F]{2})*$",
    "base64Binary": r"^(([A-Za-z0-9+/] ?){4})*(([A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]"
    r"|([A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?$",
    "language": r"^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$",
    "dateTimeStamp": r"(Z|[+-][0-9]{2}:[0-9]{2})$",
}
# The engine reads these, or finds that it can't.
_READ = {
    *("date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
    *("duration", "yearMonthDuration", "dayTimeDuration"),
}


def is_well_formed(value: str, datatype: str, scope: Scope) -> str:
    """Write an expression that is true for literals of a datatype, false or an error else.

    Parameters
    ----------
    value : str
        A variable.
    datatype : str
        Its IRI; of one that is not in XML Schema every text is well-formed.
    scope : Scope
        Knows under which datatypes literals of this one are kept.
    """
    kept = scope.datatypes(datatype)
    listed = ", ".join(f"<{iri}>" for iri in kept)
    typed = (
        f"DATATYPE({value}) = {listed}" if len(kept) == 1 else f"DATATYPE({value}) IN ({listed})"
    )
    rules = [f"ISLITERAL({value})", typed, *_rules(f"STR({value})", datatype)]
    return " && ".join(rules)


def is_in_range(text: str, datatype: str) -> bool:
    """Tell whether a kind of ``xsd:integer`` has room for a number; other datatypes have for all.

    Examples
    --------
    >>> is_in_range("300", XSD.NS + "byte"), is_in_range("+07", XSD.NS + "byte")
    (False, True)
    """
    lowest, highest = _WHOLE.get(datatype.removeprefix(XSD.NS), (None, None))
    if lowest is None and highest is None:
        return True
    number = int(text)
    return (lowest is None or lowest <= number) and (highest is None or number <= highest)


def has_order(value: str, scope: Scope) -> str:
    """Write an expression that is true for literals that the engine compares with others."""
    others = ("string", "dateTime", "date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay")
    rules = [f"ISNUMERIC({scope.compared(value)})"]
    for name in (*others, "gDay", "duration", "yearMonthDuration", "dayTimeDuration"):
        rules.append(f"COALESCE({is_well_formed(value, XSD.NS + name, scope)}, false)")
    return f"({' || '.join(rules)})"


def _rules(text: str, datatype: str) -> list[str]:
    name = datatype.removeprefix(XSD.NS) if datatype.startswith(XSD.NS) else ""
    rules = []
    if name in _WHOLE:
        lowest, highest = _WHOLE[name]
        rules.append(_matches(text, r"^[+-]?[0-9]+$"))
        number = f"<{XSD.NS}decimal>({text})"
        if lowest is not None:
            rules.append(_beyond(text, number, ">=", lowest))
        if highest is not None:
            rules.append(_beyond(text, number, "<=", highest))
    if name in _PATTERNS:
        rules.append(_matches(text, _PATTERNS[name]))
    if name in _READ or name == "dateTimeStamp":
        read = "dateTime" if name == "dateTimeStamp" else name
        rules.append(f"COALESCE(STR(<{XSD.NS}{read}>({text})) != '', false)")
    return rules


def _matches(text: str, pattern: str) -> str:
    return f"REGEX({text}, {ox.Literal(pattern)})"


def _beyond(text: str, number: str, operator: str, bound: int) -> str:
    """Compare a whole number; one that is too large for the engine is so by its sign."""
    sign = "STRSTARTS" if operator == "<=" else "!STRSTARTS"
    return f"COALESCE({number} {operator} {bound}, {sign}({text}, '-'))"
