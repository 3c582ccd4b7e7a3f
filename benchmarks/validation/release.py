"""One invented release that conforms to the shapes, as lines of N-Triples.

A release is a document with its passages, and what it says of two agencies,
their people, an agreement, its signing, a visit and a meeting; five releases in a
row are about the same agencies. The Turtle files in ``data`` say it, with words in
capitals for what differs. Nothing is drawn by lot: a release is the same in a
register of any size.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from comity import timepoints

__all__ = ["DATA", "TOGETHER", "filled", "release", "statements", "time_point", "times", "values"]

DATA = Path(__file__).parent / "data"
TOGETHER = 5  # releases about the same agencies
_COUNTRIES = ("az", "ge", "ir", "kg", "kz", "tm", "tr", "uz")
_THEMES = ("culture", "education", "energy", "health", "tourism", "trade")
_FIRST, _FIRST_ODD = date(1995, 1, 1), date(1850, 1, 1)
_DAYS = {"FOUNDED": -1000, "FORCE": -265, "BEGIN": -100, "DAY": 0, "ISSUED": 1, "ENDING": 200}
_ODD_DAYS = {"ODD": 0, "ODDER": 10, "ODDEST": 20}
_PASSAGES = (
    ("headline", "The minister received the chamber, NUMBER"),
    (
        "sentence",
        "Minister Aynur Məmmədova NUMBER received Levan Kvirikashvili NUMBER, secretary of the "
        "Chamber of Commerce BLOCK, on DAY; managers of the ministry and a delegation were there.",
    ),
    ("heading", "Cooperation"),
    (
        "sentence",
        "Both signed the memorandm of understanding NUMBER, which is to bring more trade, on DAY; "
        "the one before it has entered into force.",
    ),
    (
        "sentence",
        "She said that “trade between us grows every year”, and invited her guest to come back.",
    ),
)
_WORDS = re.compile(
    r"\b(NUMBER|EARLIER|BLOCK|HOST|GUEST|THEME|SHA|FULLTEXT|MOMENT|ORDINAL|KIND|TEXT|START|END"
    r"|FOUNDED|FORCE|BEGIN|ENDING|DAY|ISSUED|MONTH|YEAR|ODD|ODDER|ODDEST)\b"
)


def filled(text: str, known: Mapping[str, str]) -> str:
    """Put values in place of the words in capitals."""
    return _WORDS.sub(lambda word: known[word[0]], text)


def statements(turtle: str) -> list[str]:
    """Turn Turtle, which needs no prefixes of its own, into lines of N-Triples."""
    text = _read("prefixes") + turtle
    return [f"{quad.triple} .\n" for quad in ox.parse(input=text, format=ox.RdfFormat.TURTLE)]


def values(number: int) -> dict[str, str]:
    """Say what stands for the words in capitals in the release of a number from 0."""
    block, turn = divmod(number, TOGETHER)
    # One minister follows the other without overlap: a year apart, each 300 days in office.
    day = _FIRST + timedelta(days=block * 37 % 3650 + turn * 365)
    host = block // 10 % 8
    odd = _FIRST_ODD + timedelta(days=number * 30 % 36_000)
    return {
        "NUMBER": str(number),
        "EARLIER": str(number - 1),
        "BLOCK": str(block),
        "HOST": _COUNTRIES[host],
        "GUEST": _COUNTRIES[(host + 1 + block % 7) % 8],
        "THEME": _THEMES[number % 6],
        "MONTH": (day - timedelta(days=400)).isoformat()[:7],
        "YEAR": str(day.year + 20),
        "MOMENT": f"{day + timedelta(days=2)}T10:00:00Z",
        **{word: str(day + timedelta(days=later)) for word, later in _DAYS.items()},
        **{word: str(odd + timedelta(days=later)) for word, later in _ODD_DAYS.items()},
    }


def release(number: int) -> list[str]:
    """Give the statements of a release, without the time points that it names."""
    known = values(number)
    texts = [filled(text, known) for _, text in _PASSAGES]
    full = "\n".join(texts)
    known["SHA"] = hashlib.sha256(full.encode()).hexdigest()
    known["FULLTEXT"] = full.replace("\n", "\\n")
    said = [_template("release").format_map(known)]
    start = 0
    for ordinal, ((kind, _), text) in enumerate(zip(_PASSAGES, texts, strict=True), 1):
        own = {"ORDINAL": ordinal, "KIND": kind, "TEXT": text, "START": start}
        said.append(_template("passage").format_map({**known, **own, "END": start + len(text)}))
        start += len(text) + 1
    said.append(_template("follow" if number % TOGETHER else "block").format_map(known))
    return "".join(said).splitlines(keepends=True)


def times(number: int) -> list[str]:
    """List the time points that a release names, as EDTF."""
    known = values(number)
    other = "FORCE" if number % TOGETHER else "FOUNDED"
    return [known[word] for word in (other, "BEGIN", "ENDING", "DAY", "ISSUED", "MONTH", "YEAR")]


def world() -> list[str]:
    """Give what is said once: countries and places."""
    return statements(_read("world"))


@cache
def time_point(edtf: str) -> str:
    """Say what is known of a time point, as N-Triples."""
    return "".join(f"{triple} .\n" for triple in timepoints.to_triples(timepoints.parse(edtf)))


@cache
def _template(name: str) -> str:
    text = "".join(statements(_read(name))).replace("{", "{{").replace("}", "}}")
    return _WORDS.sub(r"{\1}", text)


@cache
def _read(name: str) -> str:
    return (DATA / f"{name}.ttl").read_text(encoding="utf-8")
