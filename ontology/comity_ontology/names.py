"""Folding of names, so that a name is found however it was typed."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["search_key"]

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS: Final = str.maketrans(
    {
        "ı": "i",
        "ə": "e",
        "ǝ": "e",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʻ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "‐": "-",
        "–": "-",
        "—": "-",
    }
)


def search_key(text: str) -> str:
    """Fold a name for searching.

    Compatibility forms are resolved (NFKD), marks and invisible characters dropped, case
    folded (so ß becomes ss), letters such as ı, ə, ø, ł and æ written with plain ones,
    typographic quotes and dashes made plain, and white space collapsed. Folding a folded
    name changes nothing.

    Parameters
    ----------
    text : str
        A name, in any language.

    Returns
    -------
    str
        The key; two names with equal keys count as the same when searching.

    Examples
    --------
    >>> search_key("KOBİA"), search_key("kobia"), search_key("KOBIA")
    ('kobia', 'kobia', 'kobia')
    >>> search_key("Orxan  Məmmədov")
    'orxan memmedov'
    >>> search_key("Ærø, Łódź, Straße, Iğdır")
    'aero, lodz, strasse, igdir'
    """
    # Folding case can bring up letters that decompose again, hence the second pass.
    folded = _bare(_bare(text).casefold()).translate(_LETTERS)
    return " ".join(folded.split())


def _bare(text: str) -> str:
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )
