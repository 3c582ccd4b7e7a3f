"""Words of a picture: how wide they are, where they break, what a tie is called.

An SVG cannot be asked how wide a text is, and the reader's font is not known.
Widths are therefore estimated on the wide side, after DejaVu Sans, which is
wider than the other faces of the font stack.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from comity.network.records import clean
from comity.results.safe import safe_text

__all__ = ["halves", "legend_words", "one_line", "tie_words", "width", "wrap"]

_EM = {
    **dict.fromkeys("ijlıI.,:;'|! ", 0.34),
    **dict.fromkeys('frt()[]-/"·', 0.44),
    **dict.fromkeys("mwMW@%", 0.96),
    **dict.fromkeys("—…→", 1.0),
}
_UPPER, _DIGIT, _LOWER, _WIDE = 0.72, 0.64, 0.62, 1.05

# For a legend, and on an edge. Other kinds are read as they are spelt.
_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "host-guest": ("Host → guest", "received"),
        "tenure": ("Holds a post", "holds a post"),
        "holds": ("Holds the post", "holds"),
        "party-act": ("Act of one party → other", "act of one party"),
    }
)


def one_line(text: str) -> str:
    r"""Return text on one line, without characters that XML forbids.

    Marks that override the direction of letters, and so could make a name look
    like another, are shown as escapes; letters that run from right to left and
    the marks between them stay.

    Examples
    --------
    >>> print(one_line("Ağ\u202e\x00 \n B"))
    Ağ\u202e� B
    """
    return " ".join(safe_text(clean(text), lines=True).split())


def width(text: str, size: float) -> float:
    """Estimate the width of a line of text.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Font size.

    Returns
    -------
    float
        The width in the unit of ``size``.

    Examples
    --------
    >>> width("KO", 10)
    14.4
    >>> width("e\u0301", 10) == width("e", 10)
    True
    """
    return round(sum(_em(char) for char in text) * size, 2)


def _em(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if char in _EM:
        return _EM[char]
    if unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    if char.isdigit():
        return _DIGIT
    return _UPPER if char.isupper() else _LOWER


def wrap(text: str, size: float, room: float, lines: int = 2) -> list[str]:
    """Break text into lines that fit.

    Lines break between words; a word that is too long for a line is cut. What
    does not fit into the last line ends in an ellipsis.

    Parameters
    ----------
    text : str
        The text; white space is folded.
    size : float
        Font size.
    room : float
        Greatest width of a line.
    lines : int
        Greatest number of lines.

    Returns
    -------
    list of str
        At least one line.

    Examples
    --------
    >>> wrap("Hasan Basri Kurt", 10, 75)
    ['Hasan Basri', 'Kurt']
    >>> wrap("Small and Medium Enterprises", 10, 75, 2)
    ['Small and', 'Medium…']
    """
    words = one_line(text).split(" ")
    found: list[str] = []
    while words:
        line = words.pop(0)
        if len(found) == lines - 1:
            line = " ".join([line, *words])
            found.append(line if width(line, size) <= room else _cut(line, size, room))
            break
        if width(line, size) > room:
            head = _fit(line, size, room)
            words.insert(0, line[len(head) :])
            line = head
        else:
            while words and width(f"{line} {words[0]}", size) <= room:
                line = f"{line} {words.pop(0)}"
        found.append(line)
    return found or [""]


def halves(text: str, size: float) -> tuple[str, ...]:
    """Break text into two lines of nearly the same width, and cut nothing.

    A dash does not begin a line.

    Examples
    --------
    >>> halves("same event 2021-02-16 – 2021-02-25", 10)
    ('same event', '2021-02-16 – 2021-02-25')
    """
    words = one_line(text).split(" ")
    pairs = [
        (" ".join(words[:at]), " ".join(words[at:]))
        for at in range(1, len(words))
        if "–" not in (words[at], words[at - 1])
    ]
    if not pairs:
        return (" ".join(words),)
    return min(pairs, key=lambda pair: max(width(line, size) for line in pair))


def _cut(line: str, size: float, room: float) -> str:
    head = _fit(line, size, room - width("…", size))
    if " " in head and not line[len(head) :].startswith(" "):
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,;:-") + "…"


def _fit(line: str, size: float, room: float) -> str:
    end = 1
    while end < len(line) and width(line[: end + 1], size) <= room:
        end += 1
    # A mark stays with the letter that carries it.
    while 1 < end < len(line) and unicodedata.combining(line[end]):
        end -= 1
    return line[:end]


def legend_words(kind: str) -> str:
    """Return what a legend calls a kind of node or edge.

    Examples
    --------
    >>> legend_words("joint-agreement"), legend_words("host-guest")
    ('Joint agreement', 'Host → guest')
    """
    if kind in _WORDS:
        return _WORDS[kind][0]
    plain = one_line(kind.replace("-", " ").replace("_", " "))
    return plain[:1].upper() + plain[1:]


def tie_words(kind: str, start: str, end: str) -> str:
    """Return a tie in words, with its dates.

    Parameters
    ----------
    kind : str
        Kind of the edge.
    start, end : str
        ISO dates, or empty where not known.

    Examples
    --------
    >>> tie_words("joint-agreement", "2019-05-14", "2020-02-27")
    'joint agreement 2019–2020'
    >>> tie_words("host-guest", "", "2021-02-25")
    'received, by 2021-02-25'
    >>> tie_words("same-event", "2021-02-16", "2021-02-16")
    'same event 2021-02-16'
    """
    words = _WORDS[kind][1] if kind in _WORDS else one_line(kind.replace("-", " "))
    if start and end:
        if start == end:
            return f"{words} {start}"
        if start[:4] != end[:4]:
            return f"{words} {start[:4]}–{end[:4]}"
        return f"{words} {start} – {end}"
    if end:
        return f"{words}, by {end}"
    return f"{words}, from {start}" if start else words
