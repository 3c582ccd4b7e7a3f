"""What formats for people say in the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from comity.validation.results import Severity
from comity_ontology.prefixes import shorten

if TYPE_CHECKING:
    from comity.validation.background import Background, Cited
    from comity.validation.results import Result

__all__ = ["SEVERITIES", "cited", "place", "shared", "value_text"]

SEVERITIES = {
    Severity.VIOLATION: "Violation",
    Severity.WARNING: "Warning",
    Severity.INFO: "Note",
}
_LONGEST = 200


def value_text(result: Result, background: Background) -> str:
    """Show a value: a node by label and short form, a literal with type or language.

    Nothing where the node as a whole is the value (SHACL §3.6.2.3).
    """
    if result.value_is_iri and result.value == result.focus:
        return ""
    if result.value_kind == "iri":
        label = background.labels.get(result.value)
        return f"{label} ({shorten(result.value)})" if label else shorten(result.value)
    if result.value_kind != "literal":
        return result.value
    text = result.value if len(result.value) <= _LONGEST else f"{result.value[:_LONGEST]}…"
    if result.language:
        return f'"{text}"@{result.language}'
    datatype = shorten(result.datatype)
    return f'"{text}"' if datatype in ("", "xsd:string") else f'"{text}"^^{datatype}'


def cited(result: Result, background: Background) -> Iterator[tuple[str, Cited | None]]:
    """Iterate over the passages of a result, and what is known of each."""
    for passage in result.passages:
        yield passage, background.passages.get(passage)


def shared(results: Sequence[Result], said: Callable[[Result], str]) -> str:
    """Return what all results say alike, else nothing; then each says its own."""
    texts = {said(result) for result in results}
    return texts.pop() if len(texts) == 1 else ""


def place(passage: str, found: Cited | None) -> str:
    """Say where a passage stands: document, day and number, as far as they are known."""
    if found is None:
        return f"{shorten(passage)}, whose words are not in the store"
    document = found.title or shorten(found.document)
    day = f" ({found.issued})" if found.issued else ""
    number = f", passage {found.ordinal}" if found.ordinal else ""
    return f"{document}{day}{number}"
