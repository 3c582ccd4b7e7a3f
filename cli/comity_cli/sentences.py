"""Sentences of evidence, as text for a terminal or a pipe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from comity_ontology.prefixes import shorten

__all__ = ["evidence_lines", "marked"]


def marked(text: str, marks: tuple[tuple[int, int], ...], *, bold: bool) -> str:
    """Mark spans of a sentence: bold on a terminal, else between ⟦ and ⟧."""
    from comity.results.safe import one_line

    bold = bold and not os.environ.get("NO_COLOR")
    parts: list[str] = []
    position = 0
    for start, end in marks:
        # Made safe piece by piece: marks count in the text as it is, and the
        # styling around a word must keep its own control characters.
        parts.append(one_line(text[position:start]))
        word = one_line(text[start:end])
        parts.append(click.style(word, bold=True) if bold else f"⟦{word}⟧")
        position = end
    return " ".join(("".join(parts) + one_line(text[position:])).split())


def evidence_lines(found: Any, *, bold: bool) -> Iterator[str]:
    """Write a ``comity.evidence.Why`` as lines."""
    from comity.results.safe import one_line

    yield one_line(f"{found.label}  <{found.node}>")
    for sentence in found.sentences:
        yield ""
        yield f"  “{marked(sentence.text, sentence.marks, bold=bold)}”"
        under = f", under “{sentence.heading}”" if sentence.heading else ""
        issued = sentence.issued or "undated"
        yield one_line(f"    {sentence.title} ({issued}), passage {sentence.ordinal}{under}")
        yield one_line(f"    <{sentence.passage}>")
    for note in found.notes:
        certainty = shorten(note.certainty).partition(":")[2] if note.certainty else ""
        yield ""
        sure = f", {certainty}" if certainty else ""
        yield one_line(f"  curator's {note.kind}{sure}: {note.says}")
        if note.basis:
            yield one_line(f"    because {note.basis}")
        if note.by or note.on:
            yield one_line(f"    {', '.join(part for part in (note.by, note.on) if part)}")
