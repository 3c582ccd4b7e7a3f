"""Which sentence of a text is which of its corrected version."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

__all__ = ["Alignment", "align"]

ALIKE = 55.0
NEAR = 50


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the passages of two versions go together, by position from 0.

    Attributes
    ----------
    same, changed : dict of int to int
        Old to new, where the words are the same, and where they differ.
    removed, added : tuple of int
        Old ones and new ones that have no counterpart.
    """

    same: dict[int, int]
    changed: dict[int, int]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def align(old: Sequence[str], new: Sequence[str]) -> Alignment:
    """Align the passages of two versions of a text.

    The same words are the same passage wherever they stand; white space does
    not count. Of passages that occur several times, those go together whose
    neighbours do. What is left between two pairs goes together when it is
    alike (a normalised indel similarity of 55 or more out of 100).

    Parameters
    ----------
    old, new : sequence of str

    Returns
    -------
    Alignment

    Examples
    --------
    >>> align(["News", "They met in May.", "End."], ["News", "They met in June.", "More."])
    Alignment(same={0: 0}, changed={1: 1}, removed=(2,), added=(2,))
    """
    same = _same([" ".join(text.split()) for text in old], [" ".join(text.split()) for text in new])
    changed = _changed(old, new, same)
    taken = {*same.values(), *changed.values()}
    return Alignment(
        same,
        changed,
        tuple(at for at in range(len(old)) if at not in same and at not in changed),
        tuple(at for at in range(len(new)) if at not in taken),
    )


def _same(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Pair equal passages: those that occur once, their equal neighbours, then the others."""
    pairs: dict[int, int] = {}
    counts, others = Counter(old), Counter(new)
    place = {text: at for at, text in enumerate(new)}
    places = range(len(new))
    for at, text in enumerate(old):
        if counts[text] == 1 == others[text]:
            pairs[at] = place[text]
    taken = set(pairs.values())
    for step, order in ((1, range(len(old))), (-1, range(len(old) - 1, -1, -1))):
        beside: int | None = -1 if step == 1 else len(new)
        for at in order:
            if at in pairs:
                beside = pairs[at]
                continue
            other = None if beside is None else beside + step
            beside = None
            if (
                other is not None
                and other in places
                and other not in taken
                and old[at] == new[other]
            ):
                pairs[at] = beside = other
                taken.add(other)
    waiting: dict[str, deque[int]] = {}
    for at, text in enumerate(new):
        if at not in taken:
            waiting.setdefault(text, deque()).append(at)
    for at, text in enumerate(old):
        if at not in pairs and waiting.get(text):
            pairs[at] = waiting[text].popleft()
    return dict(sorted(pairs.items()))


def _changed(old: Sequence[str], new: Sequence[str], same: dict[int, int]) -> dict[int, int]:
    """Pair what is left between pairs and alike, the most alike first."""
    taken = set(same.values())
    found: list[tuple[float, int, int]] = []
    for olds, news in _gaps(len(old), len(new), same, taken):
        for number, at in enumerate(olds):
            middle = number * len(news) // len(olds)
            for other in news[max(0, middle - NEAR) : middle + NEAR + 1]:
                score = fuzz.ratio(old[at], new[other], score_cutoff=ALIKE)
                if score:
                    found.append((-score, at, other))
    pairs: dict[int, int] = {}
    for _, at, other in sorted(found):
        if at not in pairs and other not in taken:
            pairs[at] = other
            taken.add(other)
    return dict(sorted(pairs.items()))


def _gaps(
    olds: int, news: int, same: dict[int, int], taken: set[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Give the runs of old passages without a pair, each with the new ones at its place."""
    run: list[int] = []
    for at in range(olds + 1):
        if at < olds and at not in same:
            run.append(at)
            continue
        if run:
            first = same.get(run[0] - 1, -1) + 1
            last = same[at] - 1 if at < olds else news - 1
            after, before = first, last
            while after < news and after not in taken:
                after += 1
            while before >= 0 and before not in taken:
                before -= 1
            yield run, sorted({*range(first, after), *range(before + 1, last + 1)})
        run = []
