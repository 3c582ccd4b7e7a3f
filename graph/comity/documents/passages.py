"""Cutting a text into the passages that evidence points at.

A passage is a headline, a dateline, a heading or a sentence. Together the
passages hold every code point that is not white space, each exactly once and
in order, so an offset can always be turned back into the words it stands for.

How a text is cut:

- Blank lines separate blocks; a line end inside a block is a space, so a
  hard-wrapped paragraph is one paragraph.
- A line that begins with ``Date:``, ``Tarih:``, ``Tarix:`` or ``Дата:`` is a dateline, and so
  is one that holds a day, with or without a place before it, and nothing else.
- The first line of the first block is the headline. It runs on into the next
  line when it looks wrapped: it has no stop at its end, and the next line
  begins in lower case or it is at least 60 long itself. What comes out as more
  than 300 long, or as several sentences over wrapped lines, reads like body
  text and is cut as such, and so is a text of one full sentence and nothing
  else. An unwrapped line stays the headline when something follows in its
  block, however many sentences it holds.
- A later block of its own, no longer than 80, with a letter in it and no stop
  at its end, is a heading unless it is a list item or ends the text.
- Everything else is cut into sentences, list items each on their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import sentencex  # type: ignore[import-untyped]

__all__ = ["Cut", "Kind", "cut"]

Kind: TypeAlias = Literal["headline", "dateline", "heading", "sentence"]
Span: TypeAlias = tuple[int, int]

_LONGEST_HEADLINE = 300
_LONGEST_HEADING = 80
_LONGEST_DATELINE = 80
_WRAPPED_FROM = 60
_WINDOW = 8_000

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|.", re.DOTALL)
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"[^\W_]")
_DATELINE = re.compile(
    r"(?:date|tarih|tarix|дата)\s*[:：]"
    # "Ankara, 12 Mart 2023", "12.03.2023", "March 12, 2023": a day, after a place or not, alone
    r"|(?:[^\W\d_][^\d,.]{0,40}, ?)?"
    r"(?:\d{1,2}\.? [^\W\d_]{3,12} \d{4}|[^\W\d_]{3,12} \d{1,2}, \d{4}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d)\.?\s*$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-–—*•‣◦▪●·]|\(?[0-9]{1,3}[.)]|\(?[A-Za-z]\))\s+(?=\S)")
_CLOSING = "\"'”’»›)]}„“"
_STOPS = ".!?…:;,。！？؟।"


@dataclass(frozen=True, slots=True)
class Cut:
    """One passage of a text.

    Parameters
    ----------
    ordinal : int
        Position among the passages of the text, from 1.
    kind : {'headline', 'dateline', 'heading', 'sentence'}
        What it is.
    start, end : int
        Its place in the text in code points, end exclusive, without white
        space around it.
    text : str
        The words themselves, exactly ``text[start:end]`` of the source.
    heading : int, optional
        Ordinal of the heading that it stands under; sentences only.
    """

    ordinal: int
    kind: Kind
    start: int
    end: int
    text: str
    heading: int | None = None


def cut(text: str, language: str = "en") -> tuple[Cut, ...]:
    r"""Cut a text into headline, datelines, headings and sentences.

    Parameters
    ----------
    text : str
        The whole text. Line ends may be LF, CRLF or CR.
    language : str
        BCP 47 tag of the text. Only the part before the first hyphen counts;
        a language whose rules are not known is cut by general ones.

    Returns
    -------
    tuple of Cut
        In the order of the text; empty when it holds only white space.

    Examples
    --------
    >>> for piece in cut("Good news\nDate: 1 May 2020\n\nThey met. They signed."):
    ...     print(piece.kind, piece.start, piece.end)
    headline 0 9
    dateline 10 26
    sentence 28 37
    sentence 38 50
    """
    tongue = language.partition("-")[0].lower()
    cuts: list[Cut] = []
    heading: int | None = None
    for kind, start, end in _passages(text, tongue):
        ordinal = len(cuts) + 1
        under = heading if kind == "sentence" else None
        cuts.append(Cut(ordinal, kind, start, end, text[start:end], under))
        if kind == "heading":
            heading = ordinal
    return tuple(cuts)


def _passages(text: str, tongue: str) -> Iterator[tuple[Kind, int, int]]:
    blocks = list(_blocks(text))
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        lines: Sequence[Span] = block
        if number == 0:
            before, headline, lines = _headline(text, block, tongue, alone=last)
            for line in before:
                yield "dateline", *line
            if headline is not None:
                yield "headline", *headline
        stands_alone = number > 0 and not last
        for kind, units in _runs(text, lines):
            if kind == "dateline":
                yield "dateline", *units[0]
            elif stands_alone and len(units) == len(block) and _is_heading(text, units):
                yield "heading", units[0][0], units[-1][1]
            else:
                for sentence in _sentences(text, units[0][0], units[-1][1], tongue):
                    yield "sentence", *sentence


def _blocks(text: str) -> Iterator[list[Span]]:
    """Give the runs of lines that are not blank, each line without white space around it."""
    block: list[Span] = []
    ends = 0
    for found in _LINE.finditer(text):
        piece = found.group()
        stripped = piece.strip()
        if not stripped:
            ends += piece in _LINE_ENDS
            if ends > 1 and block:
                yield block
                block = []
            continue
        start = found.start() + len(piece) - len(piece.lstrip())
        block.append((start, start + len(stripped)))
        ends = 0
    if block:
        yield block


_LINE_ENDS = frozenset(["\r\n", *"\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"])


def _is_dateline(text: str, line: Span) -> bool:
    start, end = line
    return end - start <= _LONGEST_DATELINE and _DATELINE.match(text, start, end) is not None


def _headline(
    text: str, block: Sequence[Span], tongue: str, *, alone: bool
) -> tuple[Sequence[Span], Span | None, Sequence[Span]]:
    """Datelines before the headline, the headline if there is one, and the lines left over."""
    first = 0
    while first < len(block) and _is_dateline(text, block[first]):
        first += 1
    before, lines = block[:first], block[first:]
    if not lines or _BULLET.match(text, *lines[0]):
        return before, None, lines
    count = 1
    while count < len(lines) and _runs_on(text, lines[count - 1], lines[count]):
        count += 1
    span = (lines[0][0], lines[count - 1][1])
    if span[1] - span[0] > _LONGEST_HEADLINE:
        return before, None, lines
    whole = count == len(block)
    if whole and alone and _ends_with_stop(text, span[1]):
        return before, None, lines
    several = len(list(_sentences(text, *span, tongue))) > 1
    if several and (count > 1 or whole):
        return before, None, lines
    return before, span, lines[count:]


def _runs_on(text: str, line: Span, following: Span) -> bool:
    if _ends_with_stop(text, line[1]) and text[line[1] - 1] not in ",;":
        return False
    if _is_dateline(text, following) or _BULLET.match(text, *following):
        return False
    return text[following[0]].islower() or line[1] - line[0] >= _WRAPPED_FROM


def _ends_with_stop(text: str, end: int) -> bool:
    while end and text[end - 1] in _CLOSING:
        end -= 1
    return end > 0 and text[end - 1] in _STOPS


def _is_heading(text: str, lines: Sequence[Span]) -> bool:
    start, end = lines[0][0], lines[-1][1]
    return (
        end - start <= _LONGEST_HEADING
        and not _ends_with_stop(text, end)
        and not _BULLET.match(text, start, end)
        and any(character.isalpha() for character in text[start:end])
    )


def _runs(text: str, lines: Sequence[Span]) -> Iterator[tuple[Kind, list[Span]]]:
    """Split the lines of a block into datelines, list items and running text."""
    run: list[Span] = []
    in_list = False
    for line in lines:
        if _is_dateline(text, line):
            if run:
                yield "sentence", run
            yield "dateline", [line]
            run, in_list = [], False
            continue
        # a wrapped line may begin with a dash or a number without being an item
        if _BULLET.match(text, *line) and (in_list or not run or _ends_with_stop(text, run[-1][1])):
            if run:
                yield "sentence", run
            run, in_list = [line], True
        else:
            run.append(line)
    if run:
        yield "sentence", run


def _sentences(text: str, start: int, end: int, tongue: str) -> Iterator[Span]:
    """Sentences of one paragraph or list item, a list mark belonging to its first one."""
    # The library takes two line ends for a paragraph's and panics on a wide space
    # before a full stop; an ASCII space for each white space keeps all offsets.
    paragraph = _SPACE.sub(" ", text[start:end])
    mark = _BULLET.match(paragraph)
    body = mark.end() if mark else 0
    opened = previous = 0
    worded = False
    for stop in [*_breaks(paragraph, body, tongue), len(paragraph)]:
        piece = paragraph[previous:stop].lstrip()
        has_word = _WORD.search(piece) is not None
        # what has no word in it belongs to its neighbour, and no sentence begins
        # in lower case: "1. kez", "см. ниже"
        if worded and has_word and not piece[0].islower():
            yield _trimmed(paragraph, start, opened, previous)
            opened, worded = previous, False
        worded = worded or has_word
        previous = stop
    yield _trimmed(paragraph, start, opened, len(paragraph))


def _trimmed(paragraph: str, offset: int, start: int, end: int) -> Span:
    piece = paragraph[start:end]
    return offset + end - len(piece.lstrip()), offset + start + len(piece.rstrip())


def _breaks(paragraph: str, position: int, tongue: str) -> Iterator[int]:
    """Where the library ends sentences, window by window.

    Unbalanced quotation marks make the library's time quadratic in what it is
    given, so it never sees more than a window. The last sentence of a window
    may be cut off, so the next window begins with it.
    """
    while position < len(paragraph):
        window = paragraph[position : position + _WINDOW]
        ends = [found["end_index"] for found in sentencex.get_sentence_boundaries(tongue, window)]
        complete = ends if position + _WINDOW >= len(paragraph) else ends[:-1]
        for stop in complete:
            yield position + stop
        position += complete[-1] if complete else len(window)
