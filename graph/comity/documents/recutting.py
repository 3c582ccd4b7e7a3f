"""Cutting a corrected text again: passages, and evidence that follows its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pyoxigraph as ox

from comity.documents.alignment import Alignment, align
from comity.documents.model import Document, passage_iri, passage_quads
from comity.documents.passages import Cut, cut
from comity.documents.quoting import requoted
from comity.documents.removing import selectors_of
from comity.documents.versions import (
    AddedPassage,
    ChangedPassage,
    PassageChanges,
    Quote,
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
    retracted : list of Quad
        What graphs say of notes about lost passages, of corrections of words
        that are gone, and of claims and utterances that quote such words.
    changes : PassageChanges
    """

    come: list[ox.Quad] = field(default_factory=list)
    gone: list[ox.Quad] = field(default_factory=list)
    moved: list[ox.Quad] = field(default_factory=list)
    renewed: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)
    retracted: list[ox.Quad] = field(default_factory=list)
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
    left_out = document.graph if new_facts else ""
    _follow(store, result, became, left_out)
    texts = {passage: piece.text for passage, piece in zip(new, pieces, strict=True)}
    unchanged = {old[at].iri for at in aligned.same}
    before = {one.iri: one.text for one in old if one.iri not in unchanged}
    _follow_corrections(store, result, became, texts, before)
    quotes = tuple(_follow_quotes(store, result, before, became, texts, left_out))
    result.changes = replace(_changes(store, old, pieces, aligned), quotes=quotes)
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
                    _retract(store, result, iri_of(quad.subject), iri(graph))


def _follow_quotes(
    store: Store,
    result: Recut,
    before: Mapping[str, str],
    became: Mapping[str, str],
    texts: Mapping[str, str],
    left_out: str,
) -> Iterator[Quote]:
    """Let quoted words follow their sentence; retract who is quoted with words that are gone.

    ``before`` holds the passages that are gone or have other words now.
    """
    for node in sorted(_linked(store, before)):
        now = _texts_now(store, node, became, texts)
        rested = store.match(iri(node), iri(PROV.wasDerivedFrom), None, DEFAULT)
        passages = [iri_of(link.object) for link in rested]
        for quad in list(store.match(iri(node), iri(COMITY.text), None, DEFAULT)):
            words = quad.object.value if isinstance(quad.object, ox.Literal) else ""
            graphs = [iri(graph) for graph in store.holders(quad.triple) if graph != left_out]
            if not graphs or any(words in text for text in now):
                continue
            tried = (
                requoted(words, before[passage], texts[became[passage]])
                for passage in passages
                if passage in before and became[passage]
            )
            found = next(filter(None, tried), "")
            for graph in graphs:
                if found:
                    result.moved.append(quad_of(quad.triple, graph))
                    result.come.append(
                        ox.Quad(quad.subject, quad.predicate, _like(quad.object, found), graph)
                    )
                else:
                    _retract(store, result, node, graph)
            yield Quote(node, labels(store, [node])[node], words, found)


def _text(store: Store, passage: str) -> str:
    found = next(store.match(iri(passage), iri(COMITY.text), None, DEFAULT), None)
    return found.object.value if found and isinstance(found.object, ox.Literal) else ""


def _like(literal: object, words: str) -> ox.Literal:
    """Make a literal with the language of another."""
    language = literal.language if isinstance(literal, ox.Literal) else None
    return ox.Literal(words, language=language) if language else ox.Literal(words)


def _follow_corrections(
    store: Store,
    result: Recut,
    became: Mapping[str, str],
    texts: Mapping[str, str],
    checked: Iterable[str],
) -> None:
    """Point corrections at the passage that has their words now; retract those without one."""
    for node in sorted(_linked(store, checked)):
        if iri(COMITY.Correction) not in _values(store, node, RDF.type):
            continue
        now = _texts_now(store, node, became, texts)
        for word in (term.value for term in _values(store, node, COMITY.verbatim)):
            if any(word in text for text in now):
                continue
            place = next((one for one, text in texts.items() if word in text), None)
            if place is not None:
                link = ox.Quad(iri(node), iri(PROV.wasDerivedFrom), iri(place), CURATION)
                result.come.append(link)
            else:
                _retract(store, result, node, CURATION)


def _linked(store: Store, passages: Iterable[str]) -> set[str]:
    return {
        iri_of(link.subject)
        for passage in passages
        for link in store.match(None, iri(PROV.wasDerivedFrom), iri(passage), DEFAULT)
    }


def _texts_now(
    store: Store, node: str, became: Mapping[str, str], texts: Mapping[str, str]
) -> list[str]:
    """Return the new words of the passages that a node rests on."""
    passages = (
        iri_of(link.object)
        for link in store.match(iri(node), iri(PROV.wasDerivedFrom), None, DEFAULT)
    )
    return [
        texts[target] if (target := became.get(passage)) else _text(store, passage)
        for passage in passages
        if became.get(passage, passage)
    ]


def _retract(store: Store, result: Recut, node: str, graph: ox.NamedNode) -> None:
    """Take all that a graph says of a node, and nothing of it follows a sentence."""
    result.retracted += store.match(iri(node), None, None, graph)
    result.come = [
        came for came in result.come if (came.subject, came.graph_name) != (iri(node), graph)
    ]


def _values(store: Store, node: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    found = store.match(iri(node), iri(predicate), None, CURATION)
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
