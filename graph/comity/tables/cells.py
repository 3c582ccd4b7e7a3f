"""What stands in a cell: lists, yes and no, names by language, people with their posts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.errors import InputError

__all__ = ["Named", "Refused", "defused", "languages", "person", "restored", "several", "yes_or_no"]

_SEPARATOR = re.compile(r"[;|]")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\s*:\s*(\S.*)", re.DOTALL)
_HOW = re.compile(
    r"(?P<name>.+?)\s*\((?P<how>(?:as|for)\s[^()]*(?:\([^()]*\)[^()]*)*)\)", re.DOTALL
)
_AS_FOR = re.compile(
    r"(?:as\s+(?P<post>.+?))?(?:(?:^|\s+)for\s+(?P<behalf>.+))?", re.DOTALL | re.IGNORECASE
)
LONGEST_NAME = 1_000
_YES = frozenset({"yes", "true", "1", "x", "y"})
_NO = frozenset({"no", "false", "0", "n"})


class Refused(InputError):  # noqa: N818 - it is the row that is refused
    """A row that cannot be read.

    Parameters
    ----------
    message : str
    column : str
        The column at fault, if it is one.
    """

    def __init__(self, message: str, column: str = ""):
        super().__init__(f"column {column!r}: {message}" if column else message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a cell: a name, the post held and whom it was done for."""

    name: str
    post: str = ""
    behalf: str = ""


def several(text: str) -> list[str]:
    """Split a cell at ``;`` and ``|``.

    Examples
    --------
    >>> several("trade; tourism |energy;")
    ['trade', 'tourism', 'energy']
    """
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]


def yes_or_no(text: str) -> bool:
    """Read yes or no."""
    folded = text.strip().casefold()
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise InputError(f"{text!r} is neither yes nor no")


def languages(text: str) -> list[tuple[str, str]]:
    """Read names in several languages.

    Examples
    --------
    >>> languages("tr: Türkiye | az: Türkiyə")
    [('tr', 'Türkiye'), ('az', 'Türkiyə')]
    """
    found = []
    for part in several(text):
        match = _LANGUAGE.fullmatch(part)
        if match is None:
            raise InputError(f"{part!r} does not say in which language: write it as tr: Türkiye")
        found.append((match[1], match[2]))
    return found


def person(text: str) -> Named:
    """Read somebody with the post held and whom it was done for.

    Examples
    --------
    >>> person("Ada Lark (as Minister of Trade for Arland)")
    Named(name='Ada Lark', post='Minister of Trade', behalf='Arland')
    >>> person("Export Office (EXO)")
    Named(name='Export Office (EXO)', post='', behalf='')
    """
    # The pattern takes long over long cells, and nobody has such a name.
    match = _HOW.fullmatch(text.strip()) if len(text) <= LONGEST_NAME else None
    if match is None:
        return Named(text.strip())
    how = _AS_FOR.fullmatch(match["how"].strip())
    if how is None:
        return Named(text.strip())
    return Named(match["name"], how["post"] or "", how["behalf"] or "")


def restored(cell: str) -> str:
    """Take off the apostrophe by which a formula was made text; see :func:`defused`.

    Examples
    --------
    >>> restored("'=1+1"), restored("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return cell[1:] if _DEFUSED.match(cell) else cell


def defused(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Examples
    --------
    >>> defused("=1+1"), restored(defused("'=1+1"))
    ("'=1+1", "'=1+1")
    """
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def without_controls(cell: str) -> bool:
    """Tell whether a cell is free of control characters other than tabs and line ends."""
    return _CONTROL.search(cell) is None
