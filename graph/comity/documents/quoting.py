"""Words that claims and utterances quote, in the corrected sentence."""

from __future__ import annotations

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from comity.documents.alignment import ALIKE

__all__ = ["requoted"]


def requoted(words: str, before: str, after: str) -> str:
    """Find what became of some words of a sentence in its corrected version.

    Parameters
    ----------
    words : str
        Words that stand in ``before``.
    before, after : str
        The sentence and its correction.

    Returns
    -------
    str
        The run of ``after`` that took their place, in whole words; empty when
        it is another text (a normalised indel similarity below 55 of 100).

    Examples
    --------
    >>> requoted("the SME's grew", "He said that the SME's grew.", "He said that SMEs grew.")
    'SMEs grew'
    """
    start = before.find(words)
    if start < 0 or not words:
        return ""
    end = start + len(words)
    first, last = len(after), 0
    for step in Indel.opcodes(before, after):
        kept_from, kept_to = max(start, step.src_start), min(end, step.src_end)
        if step.tag == "equal" and kept_from < kept_to:
            first = min(first, step.dest_start + kept_from - step.src_start)
            last = max(last, step.dest_start + kept_to - step.src_start)
    if first >= last:
        return ""
    while first > 0 and _inside(after, first):
        first -= 1
    while last < len(after) and _inside(after, last):
        last += 1
    found = after[first:last].strip()
    return found if fuzz.ratio(words, found) >= ALIKE else ""


def _inside(text: str, at: int) -> bool:
    """Tell whether a place is inside a word."""
    return text[at - 1].isalnum() and text[at].isalnum()
