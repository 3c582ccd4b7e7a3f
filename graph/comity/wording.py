"""Dates as people write them, as EDTF; what could mean two days is refused."""

from __future__ import annotations

import re
from datetime import timedelta

from comity.errors import InputError
from comity.timepoints import parse

__all__ = ["friendly_date"]

LONGEST = 200
_BEFORE = re.compile(r"before\s+(.+)", re.IGNORECASE)
_AFTER = re.compile(r"after\s+(.+)", re.IGNORECASE)
_BY = re.compile(r"(?:by|until|not after|no later than)\s+(.+)", re.IGNORECASE)
_SINCE = re.compile(r"(?:from|since|not before)\s+(.+)", re.IGNORECASE)
_ABOUT = re.compile(r"(?:~|about|around|circa|ca\.?|c\.)\s*([0-9-]+)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between\s+)?(\S+)\s*(?:\.\.| and )\s*(\S+)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00(?::00(?:\.0+)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*[./\-]\s*([0-9]{1,2})\s*[./\-]\s*([0-9]{2}|[0-9]{4})\.?")
_SLASHES = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})")
_SHORT = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")


def friendly_date(text: str) -> str:
    """Return the EDTF value of a date as a person writes it.

    Understood are EDTF values, ``~2018`` and ``about 2018``, ``by 2021-02-25`` (that
    day or earlier), ``before 2021-02-25`` (earlier), ``since`` and ``after``, and
    ``2019..2020`` or ``between 2019 and 2020`` (a day between the two).

    Parameters
    ----------
    text : str
        What stands in a cell or on a command line.

    Raises
    ------
    InputError
        It could mean several days, as 03/04/2021 does, or is no date at all;
        the message says what to write.

    Examples
    --------
    >>> friendly_date("by 2021-02-25"), friendly_date("before 2021-02-25")
    ('[..2021-02-25]', '[..2021-02-24]')
    >>> friendly_date("about 2018"), friendly_date("2019-05..2020-03")
    ('2018~', '[2019-05..2020-03]')
    """
    value = " ".join(text.split())
    if len(value) > LONGEST:
        return parse(value).edtf  # which says that it is too long
    _refuse_spreadsheet_forms(value)
    if match := _MIDNIGHT.fullmatch(value):
        return match[1]
    if match := _BY.fullmatch(value):
        return parse(f"[..{_plain(match[1])}]").edtf
    if match := _SINCE.fullmatch(value):
        return parse(f"[{_plain(match[1])}..]").edtf
    if match := _BEFORE.fullmatch(value):
        return _beside(_plain(match[1]), before=True)
    if match := _AFTER.fullmatch(value):
        return _beside(_plain(match[1]), before=False)
    if match := _ABOUT.fullmatch(value):
        return parse(f"{match[1]}~").edtf
    if not value.startswith(("[", "{")) and (match := _BETWEEN.fullmatch(value)):
        return _between(_plain(match[1]), _plain(match[2]))
    return parse(value).edtf


def _plain(value: str) -> str:
    _refuse_spreadsheet_forms(value)
    return value


def _between(first: str, last: str) -> str:
    try:
        return parse(f"[{first}..{last}]").edtf
    except InputError:  # one is known more closely than the other: their bounds are days
        low, high = parse(first).earliest, parse(last).latest
        if low is None or high is None:
            raise
        return parse(f"[{low.isoformat()}..{high.isoformat()}]").edtf


def _beside(value: str, *, before: bool) -> str:
    """Return the days that are before all, or after all, that a value can mean."""
    point = parse(value)
    bound = point.earliest if before else point.latest
    if bound is None:
        raise InputError(f"{value!r} has no bound to be before or after: write the day")
    day = bound + timedelta(days=-1 if before else 1)
    return f"[..{day.isoformat()}]" if before else f"[{day.isoformat()}..]"


def _refuse_spreadsheet_forms(value: str) -> None:
    if match := _DAY_FIRST.fullmatch(value):
        first, second, year = match.groups()
        full = year if len(year) == 4 else f"20{year}"
        ways = [
            f"{full}-{month:0>2}-{day:0>2}"
            for day, month in dict.fromkeys([(first, second), (second, first)])
            if 1 <= int(month) <= 12 and 1 <= int(day) <= 31
        ]
        shown = " or ".join(ways) or "2021-02-25"
        raise InputError(
            f"{value!r} is written in a way that differs from country to country: write year, "
            f"month, day, as in {shown}, and format the cells as text"
        )
    if match := _SLASHES.fullmatch(value) or _SHORT.fullmatch(value):
        year, month, day = match.groups()
        written = f"{year}-{month:0>2}-{day:0>2}"
        if written != value:
            raise InputError(f"{value!r} is not how a day is written here: write {written}")
    if _SERIAL.fullmatch(value):
        raise InputError(
            f"{value!r} is a spreadsheet's own count of days: format the cells as text and write "
            "the day, as in 2021-02-25"
        )
