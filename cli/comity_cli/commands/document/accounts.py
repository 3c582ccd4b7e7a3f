"""What went, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["called", "leaning_lines", "retraction_lines", "word_lines"]


def called(node: str, label: str) -> str:
    """Give the short form of a node and its name, which may be the same."""
    from comity_ontology.prefixes import shorten

    short = shorten(node)
    return short if label == short else f"{short}  {label}"


def retraction_lines(retraction: Any) -> Iterator[str]:
    """Say what went of each thing, what stays and why, and what curators lose."""
    from comity.results.safe import one_line
    from comity_ontology.prefixes import shorten

    curated = {word.node for word in retraction.curated}
    for entity in retraction.entities:
        if entity.node in curated:
            continue
        said = f"{entity.retracted:,} retracted"
        if entity.stays:
            by = ", ".join(map(shorten, entity.stated_by))
            said += f", {entity.stays:,} stay: also stated by {by}"
        yield one_line(f"{called(entity.node, entity.label)}: {said}")
    yield from word_lines(retraction)
    yield from leaning_lines(retraction)


def word_lines(retraction: Any) -> Iterator[str]:
    """Say which statements of curators go."""
    from comity.results.safe import one_line
    from comity_ontology.prefixes import shorten

    if retraction.curated:
        yield "curated statements that go"
    for word in retraction.curated:
        yield one_line(f"  {word.kind} {shorten(word.node)}: {word.says}")


def leaning_lines(retraction: Any) -> Iterator[str]:
    """Say what stays and lacks something."""
    from comity.results.safe import one_line

    if retraction.leaning:
        yield "what stays and lacks something"
    for leaning in retraction.leaning:
        yield one_line(f"  {called(leaning.node, leaning.label)} {leaning.lacks}")
