"""What formats for people say in the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from comity.validation.paths import short_path
from comity.validation.results import Severity
from comity_ontology.prefixes import shorten

if TYPE_CHECKING:
    from comity.validation.background import Background, Cited
    from comity.validation.results import Result

__all__ = [
    "SEVERITIES",
    "cited",
    "detail_text",
    "node_text",
    "place",
    "shared",
    "shared_details",
    "told",
    "value_text",
]

SEVERITIES = {
    Severity.VIOLATION: "Violation",
    Severity.WARNING: "Warning",
    Severity.INFO: "Note",
}
_LONGEST = 200


def node_text(result: Result, background: Background) -> str:
    """Show what a result is about: short form and label of the node, and the path."""
    label = background.labels.get(result.focus)
    node = f"{shorten(result.focus)} {label}" if label else shorten(result.focus)
    return f"{node} · {short_path(result.path)}" if result.path else node


def detail_text(detail: Result, result: Result, background: Background) -> str:
    """Show on one line what a detail of a result says; of the same node without its name."""
    same = detail.focus == result.focus
    about = short_path(detail.path) if same else node_text(detail, background)
    value = value_text(detail, background)
    return " · ".join(part for part in (about, value and f"value {value}", detail.wrong) if part)


def shared_details(results: Sequence[Result]) -> tuple[Result, ...]:
    """Return the details that all results of a shape have alike, each about its own node."""
    first = results[0]
    about = {(one.path, one.value, one.datatype, one.message) for one in first.details}
    for result in results:
        own = {(one.path, one.value, one.datatype, one.message) for one in result.details}
        if own != about or any(one.focus != result.focus for one in result.details):
            return ()
    return first.details


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


_Quoted: TypeAlias = "list[tuple[str, Cited | None]]"


def cited(passages: Sequence[str], background: Background) -> _Quoted:
    """List passages with what is known of each."""
    return [(passage, background.passages.get(passage)) for passage in passages]


def told(passages: Sequence[str], background: Background) -> _Quoted:
    """List passages with what is known of each, the first of every document before the second.

    Where sources contradict each other, what each says is among the first.
    """
    before: Counter[str] = Counter()
    ranked = []
    for passage, found in cited(passages, background):
        document = found.document if found is not None else passage
        ranked.append((before[document], passage, found))
        before[document] += 1
    return [(passage, found) for _, passage, found in sorted(ranked, key=lambda one: one[0])]


def shared(results: Sequence[Result], said: Callable[[Result], str]) -> str:
    """Return what all results of a shape say alike, else nothing; then each says its own."""
    alike = {(result.message, result.constraint): result for result in results}
    common = ""
    for number, result in enumerate(alike.values()):
        text = said(result)
        if number and text != common:
            return ""
        common = text
    return common


def place(passage: str, found: Cited | None) -> str:
    """Say where a passage stands: document, day and number, as far as they are known."""
    if found is None:
        return f"{shorten(passage)}, whose words are not in the store"
    document = found.title or shorten(found.document)
    day = f" ({found.issued})" if found.issued else ""
    number = f", passage {found.ordinal}" if found.ordinal else ""
    return f"{document}{day}{number}"
