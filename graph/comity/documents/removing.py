"""Removing a document: what only it supports goes with it, into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from comity.documents.accounts import Retraction, account
from comity.documents.finding import find_document
from comity.documents.support import take_curation, take_links
from comity.errors import StoreError
from comity.gate.conformance import key_of
from comity.gate.exchange import exchange
from comity.gate.keeping import keep
from comity.gate.leaving import DEFAULT, META, Leaving, Without, iri
from comity.interrupts import uninterrupted
from comity.labels import labels
from comity.store import Store, iri_of
from comity.validation import (
    Report,
    Severity,
    Union,
    about_in,
    affected,
    furnished,
    shape_names,
    shipped_shapes,
    validate,
)
from comity_ontology.prefixes import current_base
from comity_ontology.terms import COMITY, OA

__all__ = ["Removed", "check_left", "mentioned", "remove_document", "selectors_of"]


_HOW = "Removed with all that only it supported. comity load takes this file back."


@dataclass(frozen=True, slots=True)
class Removed:
    """What removing a document did.

    Attributes
    ----------
    iri, title : str
        The document.
    retraction : Retraction
        What went, what stays because others state it, what lacks something now.
    quads : tuple of Quad
        All that went, for a store in memory; empty where a file holds it.
    file : Path or None
        The TriG file that holds all that went; loading it brings it back.
    checks : Report
        Violations that the removal leaves in what stays.
    committed : bool
        False for a dry run.
    """

    iri: str
    title: str
    retraction: Retraction
    quads: tuple[ox.Quad, ...] = ()
    file: Path | None = None
    checks: Report = field(default_factory=Report)
    committed: bool = False


def remove_document(store: Store, document: str, *, dry_run: bool = False) -> Removed:
    """Remove a document and retract what only it supports.

    Its facts leave the default graph where no other graph states them; its
    record and passages go, links to the passages, and what curation holds
    only because of them. Records of loads stay, as history. It is one atomic
    step, and before it all that goes is written to
    ``removed/<document>-<time>.trig`` in the store's directory. Loading that
    file gives the same graphs as before, apart from records of loads.

    Parameters
    ----------
    store : Store
    document : str
        IRI, short form, last part of the IRI, or title.
    dry_run : bool
        Only say what would go.

    Returns
    -------
    Removed

    Raises
    ------
    ParameterError
        There is no such document, or several are called so.
    StoreError
        The store is read-only, or the file cannot be written; nothing is
        removed then.
    """
    started = datetime.now(UTC)
    node = find_document(store, document)
    if not (store.writable or dry_run):
        raise StoreError(f"{store.location} was opened for reading only: nothing was removed")
    leaving = _leaving_with(store, node)
    retraction = account(leaving, node)
    removed = Removed(
        iri=node,
        title=labels(store, [node])[node],
        retraction=retraction,
        quads=tuple(leaving.all()) if store.directory is None else (),
        checks=check_left(leaving),
    )
    if dry_run:
        return removed
    with uninterrupted():
        file = keep(store, leaving.all(), node, (removed.title, _HOW), started)
        try:
            exchange(store, leaving.quads, whole=[leaving.whole] if leaving.whole else [])
        except BaseException:
            if file is not None:
                file.unlink(missing_ok=True)
            raise
    return replace(removed, file=file, committed=True)


def _leaving_with(store: Store, document: str) -> Leaving:
    """Collect what goes with a document."""
    node = iri(document)
    graphs = [
        iri_of(quad.object) for quad in store.match(node, iri(COMITY.factGraph), None, DEFAULT)
    ]
    passages = {
        iri_of(quad.subject) for quad in store.match(None, iri(OA.hasSource), node, DEFAULT)
    }
    leaving = Leaving(store, passages, graphs[0] if graphs else "")
    for about in (document, *sorted(passages), *sorted(selectors_of(store, passages))):
        leaving.about(about, META)
    linked = take_links(leaving)
    take_curation(leaving, linked, mentioned(leaving.facts()), {document, *passages})
    return leaving


def selectors_of(store: Store, passages: set[str]) -> set[str]:
    """Return the selectors that only some passages use."""
    found = set()
    for passage in passages:
        for quad in store.match(iri(passage), iri(OA.hasSelector), None, DEFAULT):
            users = store.match(None, iri(OA.hasSelector), quad.object, DEFAULT)
            if all(iri_of(user.subject) in passages for user in users):
                found.add(iri_of(quad.object))
    return found


def mentioned(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """Iterate over the things of ours that quads are about or point at."""
    base = current_base()
    for quad in quads:
        yield iri_of(quad.subject)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(base):
            yield quad.object.value


def check_left(leaving: Leaving, staged: Store | None = None) -> Report:
    """Find the violations that what goes would leave in what stays; those there already are not.

    What is ``staged`` counts as there.
    """
    shapes, stays = shipped_shapes(), Without(leaving)
    stores: tuple[Store, ...] = (stays,) if staged is None else (stays, staged)
    gone = {quad.triple for quad in leaving.all() if not leaving.stays(quad.triple)}
    change = affected(shapes, Union(*stores).match, removed=gone)
    found = validate(stays, shapes, change, staged=staged).at_least(Severity.VIOLATION)
    if not found:
        return Report()
    before = change.around({result.focus for result in found})
    before = before.among(Union(leaving.store).match)
    known = {key_of(result) for result in validate(leaving.store, shapes, before).results}
    left = [result for result in found if key_of(result) not in known]
    names = shape_names(shapes, (result.shape for result in left))
    return furnished(Report.of(left), about_in(*stores), names)
