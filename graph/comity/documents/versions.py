"""What a new version of a document changed, in plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from comity.documents.accounts import Retraction
from comity.gate.report import LoadReport
from comity.labels import labels
from comity.store import Store, iri_of
from comity.validation import Report
from comity_ontology.prefixes import shorten

__all__ = [
    "AddedPassage",
    "ChangedPassage",
    "EntityChange",
    "PassageChanges",
    "Quote",
    "RemovedPassage",
    "Replaced",
    "entity_changes",
]

Named = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangedPassage:
    """A sentence whose words changed: what rests on it is to be reviewed.

    Attributes
    ----------
    old, new : int
        Its number before and after.
    before, after : str
        Its words.
    nodes : tuple of (str, str)
        IRI and label of what rests on it.
    """

    old: int
    new: int
    before: str
    after: str
    nodes: Named


@dataclass(frozen=True, slots=True)
class AddedPassage:
    """A sentence that only the new version has."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class RemovedPassage:
    """A sentence that only the old version had, with what rested on it."""

    number: int
    text: str
    nodes: Named


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a claim or an utterance quotes, and what they are in the new text.

    Attributes
    ----------
    node, label : str
    before, after : str
        The words; ``after`` is empty where the new text has nothing like them,
        and then the claim or utterance is retracted.
    """

    node: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PassageChanges:
    """What became of the passages.

    Attributes
    ----------
    same : int
        Passages with the same words.
    moved : int
        How many of these have another number now.
    changed, added, removed : tuple
    quotes : tuple of Quote
        Quoted words that follow their sentence or are gone.
    """

    same: int = 0
    moved: int = 0
    changed: tuple[ChangedPassage, ...] = ()
    added: tuple[AddedPassage, ...] = ()
    removed: tuple[RemovedPassage, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityChange:
    """What the document says of one thing now, and said before.

    Attributes
    ----------
    node, label : str
    added, removed : tuple of (str, str)
        Property and value, for people.
    changed : tuple of (str, str, str)
        Property, value before and value now.
    """

    node: str
    label: str
    added: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str, str], ...]
    removed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """What replacing a document did.

    Attributes
    ----------
    iri, title : str
        The document, with the title that it has now.
    changed : bool
        False when all was there already.
    metadata : tuple of (str, str, str)
        What is known about it that changed: name, before, now.
    passages : PassageChanges
    facts : tuple of EntityChange
        What its graph gained and lost, by thing; evidence that only follows
        its sentence to another number is left out.
    retraction : Retraction
        What went, counted, with the statements of curators that went and what
        stays and lacks something now.
    load : LoadReport or None
        The gate's account of what came; None when there was nothing to do.
    checks : Report
        Violations that what goes would leave in what stays; with any, nothing
        is replaced.
    quads : tuple of Quad
        All that went, for a store in memory.
    file : Path or None
        The TriG file that holds all that went.
    committed : bool
        False for a dry run, where nothing changes, and where something new or
        something that stays would not conform.
    """

    iri: str
    title: str
    changed: bool
    metadata: tuple[tuple[str, str, str], ...] = ()
    passages: PassageChanges = field(default_factory=PassageChanges)
    facts: tuple[EntityChange, ...] = ()
    retraction: Retraction = field(default_factory=lambda: Retraction(0, 0, 0, (), (), ()))
    load: LoadReport | None = None
    checks: Report = field(default_factory=Report)
    quads: tuple[ox.Quad, ...] = ()
    file: Path | None = None
    committed: bool = False


def entity_changes(
    store: Store, came: Iterable[ox.Quad], went: Iterable[ox.Quad]
) -> tuple[EntityChange, ...]:
    """Tell by thing what came, what went, and which values took the place of which."""
    # Per subject and predicate: the values that came and those that went.
    values: dict[str, dict[str, tuple[list[object], list[object]]]] = {}
    for side, quads in enumerate((came, went)):
        for quad in quads:
            properties = values.setdefault(iri_of(quad.subject), {})
            properties.setdefault(quad.predicate.value, ([], []))[side].append(quad.object)
    mentioned = {
        term.value
        for properties in values.values()
        for sides in properties.values()
        for side in sides
        for term in side
        if isinstance(term, ox.NamedNode)
    }
    predicates = {name for properties in values.values() for name in properties}
    called = labels(store, {*values, *mentioned, *predicates})

    def shown(term: object) -> str:
        if isinstance(term, ox.NamedNode):
            return called[term.value]
        return f"“{term.value}”" if isinstance(term, ox.Literal) else str(term)

    found = []
    for node, properties in sorted(values.items()):
        added: list[tuple[str, str]] = []
        changed: list[tuple[str, str, str]] = []
        removed: list[tuple[str, str]] = []
        for name, sides in sorted(properties.items()):
            now, before = (sorted(map(shown, side)) for side in sides)
            both = min(len(now), len(before))
            says = called[name]
            changed += [(says, *pair) for pair in zip(before[:both], now[:both], strict=True)]
            added += [(says, value) for value in now[both:]]
            removed += [(says, value) for value in before[both:]]
        label = called[node] if node in called else shorten(node)
        found.append(EntityChange(node, label, tuple(added), tuple(changed), tuple(removed)))
    return tuple(found)
