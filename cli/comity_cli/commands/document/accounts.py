"""What went, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["retraction_lines"]


def retraction_lines(retraction: Any) -> Iterator[str]:
    """Say what went of each thing, what stays and why, and what curators lose."""
    from comity.results.safe import one_line
    from comity_ontology.prefixes import shorten

    for entity in retraction.entities:
        said = f"{entity.retracted:,} retracted"
        if entity.stays:
            by = ", ".join(map(shorten, entity.stated_by))
            said += f", {entity.stays:,} stay: also stated by {by}"
        yield one_line(f"{shorten(entity.node)}  {entity.label}: {said}")
    if retraction.curated:
        yield "curated statements that go"
        for word in retraction.curated:
            yield one_line(f"  {word.kind} {shorten(word.node)}: {word.says}")
    if retraction.leaning:
        yield "what stays and lacks something"
        for leaning in retraction.leaning:
            yield one_line(f"  {shorten(leaning.node)}  {leaning.label} {leaning.lacks}")
