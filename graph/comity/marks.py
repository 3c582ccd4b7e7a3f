"""Finding, in a sentence, the words that support what is said about it.

Words are compared folded, as names are when searching (``İ`` and ``i``, ``ə``
and ``e``, case, marks and typographic quotes count as the same), but what is
given back are places in the sentence as it is written.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache

from comity.timepoints import TimePoint
from comity_ontology.names import search_key

__all__ = ["FoldedWords", "date_words", "mark"]

_MONTHS = {
    "English": "January February March April May June July August September October November "
    "December",
    "Turkish": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "Azerbaijani": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
}


class FoldedWords:
    """Words made ready for comparing, for looking for them in many sentences.

    Parameters
    ----------
    words : iterable of str
        Words and phrases as they are written.
    """

    __slots__ = ("_by_length", "_lengths")

    def __init__(self, words: Iterable[str]):
        folded = {" ".join(_folded(word)[0].split()) for word in words} - {""}
        self._by_length = sorted(folded, key=len)
        self._lengths = [len(word) for word in self._by_length]

    def up_to(self, length: int) -> list[str]:
        """Give those that fit into a text of so many characters."""
        return self._by_length[: bisect_right(self._lengths, length)]


def mark(text: str, words: Iterable[str] | FoldedWords) -> tuple[tuple[int, int], ...]:
    """Find whole words and phrases in a sentence.

    A letter or digit next to a match undoes it: ``Kurt`` is not in
    ``Kurtuluş``, but ``Azerbaijan`` is in ``Azerbaijan’s``. Where matches
    overlap the longer one stays, of equal ones the earlier.

    Parameters
    ----------
    text : str
        The sentence.
    words : iterable of str, or FoldedWords
        What to look for; white space in a phrase stands for any white space.

    Returns
    -------
    tuple of (int, int)
        Start and end of each match in code points, end exclusive, in order and
        without overlap.

    Examples
    --------
    >>> mark("Kurt met Mammadov (KOBİA).", ["kobia", "Mammadov", "Mam"])
    ((9, 17), (19, 24))
    """
    folded, origin = _folded(text)
    found: list[tuple[int, int]] = []
    wanted = words if isinstance(words, FoldedWords) else FoldedWords(words)
    for word in wanted.up_to(len(folded)):
        at = folded.find(word)
        while at >= 0:
            if _whole(folded, at, at + len(word), origin):
                found.append((at, at + len(word)))
            at = folded.find(word, at + 1)
    found.sort(key=lambda span: (span[0] - span[1], span[0]))
    kept: list[tuple[int, int]] = []
    for span in found:
        place = bisect_left(kept, span)
        before_ok = place == 0 or kept[place - 1][1] <= span[0]
        after_ok = place == len(kept) or span[1] <= kept[place][0]
        if before_ok and after_ok:
            kept.insert(place, span)
    return tuple((origin[start], _end(text, origin[end - 1])) for start, end in kept)


def date_words(point: TimePoint) -> tuple[str, ...]:
    """List the ways in which an exact day, a month or a year is written.

    Parameters
    ----------
    point : TimePoint
        Anything else than a day, a whole month or a whole year has no words.

    Returns
    -------
    tuple of str
        In English, Turkish, Azerbaijani and figures, longest first; numbers with
        the day before the month, which :func:`mark` takes as they stand.

    Examples
    --------
    >>> from comity.timepoints import parse
    >>> date_words(parse("2019"))
    ('2019',)
    >>> "May 14, 2019" in date_words(parse("2019-05-14"))
    True
    """
    first, last = point.earliest, point.latest
    if first is None or last is None or first.year != last.year:
        return ()
    year = f"{first.year:04d}"
    if point.exact:
        return _sorted(_day_words(year, first.month, first.day))
    if point.edtf == year:
        return (year,)
    if point.edtf == f"{year}-{first.month:02d}":
        return _sorted(_month_words(year, first.month))
    return ()


def _day_words(year: str, month: int, day: int) -> Iterable[str]:
    yield f"{year}-{month:02d}-{day:02d}"
    for separator in "./-":
        for form in ("02d", "d"):
            yield f"{day:{form}}{separator}{month:{form}}{separator}{year}"
    for days in {f"{day:02d}", f"{day}"}:
        for language in _MONTHS:
            yield f"{days} {_month(language, month)} {year}"
        name = _month("English", month)
        for form in _english(days, day):
            yield f"{name} {form}, {year}"
            yield f"{name} {form} {year}"
            yield f"{form} {name} {year}"
            yield f"{form} {name}, {year}"
            yield f"{form} of {name} {year}"
        azerbaijani = _month("Azerbaijani", month)
        for ending in _YEAR_ENDINGS:
            yield f"{days} {azerbaijani} {year}{ending}"
            yield f"{year}{ending} il {azerbaijani}ın {days}"
            yield f"{year}{ending} il {azerbaijani}in {days}"
            yield f"{year}{ending} il {azerbaijani}un {days}"


_YEAR_ENDINGS = ("-ci", "-cı", "-cu", "-cü")


def _english(days: str, day: int) -> tuple[str, ...]:
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return (days, f"{day}{ending}")


def _month_words(year: str, month: int) -> Iterable[str]:
    yield f"{year}-{month:02d}"
    yield f"{month:02d}.{year}"
    yield f"{month:02d}/{year}"
    for language in _MONTHS:
        yield f"{_month(language, month)} {year}"
    yield f"{_month('English', month)} of {year}"
    yield f"{_month('English', month)}, {year}"
    for ending in _YEAR_ENDINGS:
        yield f"{year}{ending} il {_month('Azerbaijani', month)}"


def _month(language: str, month: int) -> str:
    return _MONTHS[language].split()[month - 1]


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold each character, and say which one every folded character comes from."""
    folded: list[str] = []
    origin: list[int] = []
    spaced = False
    for position, character in enumerate(text):
        if character.isspace():
            # a run of white space is one space
            if not spaced:
                folded.append(" ")
                origin.append(position)
            spaced = True
            continue
        form = _fold(character)
        if form:
            folded.append(form)
            origin.extend([position] * len(form))
            spaced = False
    return "".join(folded), origin


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    return search_key(character)


def _whole(folded: str, start: int, end: int, origin: list[int]) -> bool:
    """Whether a match begins and ends with characters of the text, at the edges of words."""
    if start and (
        origin[start - 1] == origin[start]
        or (folded[start].isalnum() and folded[start - 1].isalnum())
    ):
        return False
    return end == len(folded) or not (
        origin[end - 1] == origin[end] or (folded[end - 1].isalnum() and folded[end].isalnum())
    )


def _end(text: str, last: int) -> int:
    """Give the end of a match, with the marks that belong to its last letter."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
