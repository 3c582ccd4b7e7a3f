"""Cutting a corrected text again: passages, and evidence that follows its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pyoxigraph as ox

from comity.documents.alignment import Alignment, align
from comity.documents.model import Document, passage_iri, passage_quads
from comity.documents.passages import Cut, cut
from comity.documents.removing import selectors_of
from comity.documents.versions import (
    AddedPassage,
    ChangedPassage,
    PassageChanges,
    RemovedPassage,
)
from comity.gate.leaving import CURATION, DEFAULT, META, iri, quad_of
from comity.labels import labels
from comity.store import Store, iri_of
from comity_ontology.terms import COMITY, OA, PROV, RDF

__all__ = ["Recut", "recut"]


@dataclass(slots=True)
class Recut:
    """What comes and goes with a corrected text.

    Attributes
    ----------
    come, gone : list of Quad
        Records of passages, new and old.
    moved : list of Quad
        Quads that point at a passage whose number changes; what they become
        is in ``come``.
    renewed : set of str
        Passages and selectors, old and new.
    lost : set of str
        Passages whose sentence is not in the new text.
    vanished : set of str
        Those of them whose number no new passage has.
    notes : set of str
        Curators' notes about lost passages.
    changes : PassageChanges
    """

    come: list[ox.Quad] = field(default_factory=list)
    gone: list[ox.Quad] = field(default_factory=list)
    moved: list[ox.Quad] = field(default_factory=list)
    renewed: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    changes: PassageChanges = field(default_factory=PassageChanges)


class _Old(NamedTuple):
    ordinal: int
    iri: str
    text: str


def recut(store: Store, document: Document, new_facts: bool) -> Recut:
    """Cut the text of a document's new version and let evidence follow its sentences.

    Parameters
    ----------
    store : Store
    document : Document
        The new version.
    new_facts : bool
        Whether its facts are replaced too; they bring their own evidence.
    """
    old = sorted(_old_passages(store, document.iri))
    pieces = cut(document.text, document.language or "en")
    new = [passage_iri(document.iri, piece.ordinal) for piece in pieces]
    aligned = align([one.text for one in old], [piece.text for piece in pieces])
    pairs = aligned.same | aligned.changed
    became = {one.iri: new[pairs[at]] if at in pairs else "" for at, one in enumerate(old)}
    selectors = selectors_of(store, set(became))

    result = Recut()
    for piece in pieces:
        result.come += passage_quads(document, piece)
    for node in (*became, *selectors):
        result.gone += store.match(iri(node), None, None, META)
    result.renewed = {*became, *selectors, *(iri_of(quad.subject) for quad in result.come)}
    result.lost = {passage for passage, target in became.items() if not target}
    result.vanished = result.lost - set(new)
    result.changes = _changes(store, old, pieces, aligned)
    _follow(store, result, became, document.graph if new_facts else "")
    texts = {passage: piece.text for passage, piece in zip(new, pieces, strict=True)}
    _find_corrections(store, result, became, texts)
    return result


def _old_passages(store: Store, document: str) -> Iterator[_Old]:
    for quad in list(store.match(None, iri(OA.hasSource), iri(document), META)):
        passage = iri_of(quad.subject)
        known = {
            found.predicate.value: found.object.value
            for found in store.match(iri(passage), None, None, META)
            if isinstance(found.object, ox.Literal)
        }
        yield _Old(int(known.get(COMITY.ordinal, 0)), passage, known.get(COMITY.text, ""))


def _follow(store: Store, result: Recut, became: Mapping[str, str], left_out: str) -> None:
    """Let what points at a passage, or is said of one, follow its sentence."""
    for passage, target in became.items():
        if passage == target:
            continue
        node = iri(passage)
        pointing = list(store.match(None, None, node, DEFAULT))
        for quad in (*pointing, *store.match(node, None, None, DEFAULT)):
            for graph in store.holders(quad.triple):
                if graph in (META.value, left_out):
                    continue
                if target:
                    result.moved.append(quad_of(quad.triple, iri(graph)))
                    result.come.append(
                        ox.Quad(
                            iri(became.get(iri_of(quad.subject)) or iri_of(quad.subject)),
                            quad.predicate,
                            iri(target) if quad.object == node else quad.object,
                            iri(graph),
                        )
                    )
                elif quad.predicate.value == OA.NS + "hasTarget":
                    result.notes.add(iri_of(quad.subject))


def _find_corrections(
    store: Store, result: Recut, became: Mapping[str, str], texts: Mapping[str, str]
) -> None:
    """Point corrections at the passage that has their words now, if theirs has not."""
    for passage in became:
        for link in list(store.match(None, iri(PROV.wasDerivedFrom), iri(passage), CURATION)):
            note = link.subject
            if iri(COMITY.Correction) not in _values(store, note, RDF.type):
                continue
            words = [term.value for term in _values(store, note, COMITY.verbatim)]
            own = [
                texts[became[target.value]]
                for target in _values(store, note, PROV.wasDerivedFrom)
                if became.get(target.value)
            ]
            for word in words:
                place = next((one for one, text in texts.items() if word in text), None)
                if place is not None and not any(word in text for text in own):
                    result.come.append(
                        ox.Quad(note, iri(PROV.wasDerivedFrom), iri(place), CURATION)
                    )


def _values(
    store: Store, node: ox.NamedNode | ox.BlankNode | ox.Triple, predicate: str
) -> list[ox.NamedNode | ox.Literal]:
    found = store.match(iri(iri_of(node)), iri(predicate), None, CURATION)
    return [q.object for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)]


def _changes(
    store: Store, old: list[_Old], pieces: tuple[Cut, ...], aligned: Alignment
) -> PassageChanges:
    resting = {
        at: {
            iri_of(quad.subject)
            for quad in store.match(None, iri(PROV.wasDerivedFrom), iri(old[at].iri), DEFAULT)
        }
        for at in (*aligned.changed, *aligned.removed)
    }
    called = labels(store, {node for nodes in resting.values() for node in nodes})

    def named(at: int) -> tuple[tuple[str, str], ...]:
        return tuple((node, called[node]) for node in sorted(resting[at]))

    return PassageChanges(
        same=len(aligned.same),
        moved=sum(old[at].ordinal != pieces[other].ordinal for at, other in aligned.same.items()),
        changed=tuple(
            ChangedPassage(
                old[at].ordinal, pieces[other].ordinal, old[at].text, pieces[other].text, named(at)
            )
            for at, other in aligned.changed.items()
        ),
        added=tuple(AddedPassage(pieces[at].ordinal, pieces[at].text) for at in aligned.added),
        removed=tuple(
            RemovedPassage(old[at].ordinal, old[at].text, named(at)) for at in aligned.removed
        ),
    )
