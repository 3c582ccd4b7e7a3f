"""Replacing a document: a corrected text, new facts, or what is known about it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pyoxigraph as ox

from comity.documents.accounts import account
from comity.documents.finding import find_document
from comity.documents.removing import check_left, mentioned
from comity.documents.revision import Revision, revise
from comity.documents.support import take_curation, take_links
from comity.documents.versions import EntityChange, Replaced, entity_changes
from comity.errors import InputError, StoreError
from comity.gate.conformance import key_of
from comity.gate.keeping import keep
from comity.gate.leaving import META, Leaving, iri, quad_of
from comity.gate.load import Home, load
from comity.gate.staging import Staging
from comity.readers import StatementList
from comity.store import Store, iri_of
from comity_ontology.prefixes import current_base, shorten
from comity_ontology.terms import PROV

__all__ = ["replace_document"]

_HEADER = (
    "What a new version replaced: records and passages that changed, facts that it does not",
    "state, and what only they supported. To go back, replace the document by its old text",
    "(comity:fullText below) and load the facts that are wanted.",
)


def replace_document(
    store: Store,
    document: str,
    path: str | os.PathLike[str] | None = None,
    *,
    facts: Sequence[str | os.PathLike[str]] = (),
    format: str | None = None,  # noqa: A002 - the word users know
    title: str | None = None,
    issued: date | None = None,
    publisher: str | None = None,
    source: str | None = None,
    language: str | None = None,
    dry_run: bool = False,
) -> Replaced:
    """Put a new version of a document in the place of the old.

    A text is cut again, and its passages are aligned with the old ones by
    their words. Evidence follows a sentence to its new number. Where a
    sentence changed, what rests on it keeps its evidence and is listed for
    review; what rested only on sentences that are gone is retracted, and so
    is what curation holds only because of it, corrections of words that the
    new text does not have included. New facts take the place of the old in
    the document's graph. All of it passes the gate and happens in one atomic
    step, before which all that goes is written to
    ``removed/<document>-<time>.trig`` in the store's directory. Where the
    gate refuses anything, or what stays would not conform without what goes,
    nothing is replaced.

    Parameters
    ----------
    store : Store
    document : str
        IRI, short form, last part of the IRI, or title.
    path : path, optional
        The new text, or, for a document that is an RDF file, the new RDF file;
        without it, the text stays.
    facts : sequence of path
        RDF files with what the new version of a text says.
    format : str, optional
        RDF syntax, where the suffix does not tell it.
    title, publisher, source, language : str, optional
        What is known about it, where that changes; empty to say nothing. A
        title that was the headline follows the headline.
    issued : date, optional
        The day on which it was published.
    dry_run : bool
        Only say what would change.

    Returns
    -------
    Replaced
        The same bytes again change nothing.

    Raises
    ------
    ParameterError
        There is no such document, or several are called so.
    InputError
        A file cannot be read, is empty, is not of the document's kind, or is
        another document already; nothing is replaced.
    StoreError
        The store is read-only or a file cannot be written; nothing is replaced.
    """
    started = datetime.now(UTC)
    node = find_document(store, document)
    if not store.writable:
        raise StoreError(f"{store.location} was opened for reading only: nothing was replaced")
    revision = revise(
        store,
        node,
        path,
        facts=facts,
        format=format,
        title=title,
        issued=issued,
        publisher=publisher,
        source=source,
        language=language,
    )
    plan = _Plan(store, revision, started)
    home = Home(node, revision.document.graph)
    report = load(
        store,
        [StatementList(revision.name, revision.come), *revision.facts],
        lambda _: home,
        strict=True,
        dry_run=dry_run,
        replacing=plan.leaving,
    )
    refused = {key_of(result) for result in report.checks.results}
    left = [result for result in plan.result.checks.results if key_of(result) not in refused]
    return replace(
        plan.result,
        load=report,
        file=report.removed,
        committed=report.committed,
        checks=replace(plan.result.checks, results=tuple(left)),
    )


class _Plan:
    """Says what goes, once it is known what comes."""

    def __init__(self, store: Store, revision: Revision, started: datetime):
        self._store = store
        self._revision = revision
        self._started = started
        document = revision.document
        self.result = Replaced(document.iri, document.title, changed=False)

    def leaving(self, staging: Staging) -> Leaving:
        revision, store = self._revision, self._store
        document, recut = revision.document, revision.recut
        self._refuse_other_records(staging)
        leaving = Leaving(store, recut.lost, staging=staging, renewed=revision.renewed)
        leaving.take(revision.gone)
        leaving.take(recut.gone)
        leaving.take(recut.moved)
        leaving.take(recut.retracted)
        linked = take_links(leaving)
        graph = iri(document.graph)
        if revision.facts:
            leaving.take(list(store.match(None, None, None, graph)))
        else:
            _take_unsupported(leaving, linked, graph)
        facts = [quad for quad in leaving.quads if quad.graph_name != META]
        take_curation(leaving, linked, mentioned(facts), recut.vanished)
        moved = set(recut.moved) - set(recut.retracted)
        leaving.keep = lambda: keep(
            store, leaving.quads, document.iri, (document.title, *_HEADER), self._started
        )
        retraction = account(leaving, document.iri, moved)
        news = self._news(staging)
        checks = check_left(leaving, staging.as_set())
        leaving.forbidden = bool(checks.results)
        self.result = replace(
            self.result,
            changed=bool(leaving.quads or news),
            metadata=revision.metadata,
            passages=recut.changes,
            facts=self._facts(leaving, staging, moved),
            retraction=retraction,
            checks=checks,
            quads=tuple(leaving.quads) if store.directory is None else (),
        )
        return leaving

    def _refuse_other_records(self, staging: Staging) -> None:
        """Let nobody but this module write what is known about a text and its passages."""
        own = set(self._revision.come)
        for quad in staging.match(None, None, None, META.value):
            subject = iri_of(quad.subject)
            stated = ox.Quad(quad.subject, quad.predicate, quad.object, META)
            if subject in self._revision.renewed and stated not in own:
                raise InputError(
                    f"the facts say something about {shorten(subject)} itself: leave that out, "
                    "and give --title, --issued and the like; nothing was replaced"
                )

    def _news(self, staging: Staging) -> set[str]:
        """Return the nodes about which something comes that is not there yet."""
        return {
            iri_of(quad.subject)
            for target in staging.targets
            for quad in staging.match(None, None, None, target)
            if not self._store.holds(quad_of(quad.triple, iri(target)))
        }

    def _facts(
        self, leaving: Leaving, staging: Staging, moved: set[ox.Quad]
    ) -> tuple[EntityChange, ...]:
        graph = iri(self._revision.document.graph)
        arrived = {(quad.subject, quad.predicate, quad.object) for quad in self._revision.come}
        came = []
        for quad in staging.match(None, None, None, graph.value):
            link = (quad.subject, quad.predicate, quad.object) in arrived
            if not link and not self._store.holds(quad_of(quad.triple, graph)):
                came.append(quad)
        went = [quad for quad in leaving.quads if quad.graph_name == graph and quad not in moved]
        return entity_changes(self._store, came, went)


def _take_unsupported(leaving: Leaving, linked: set[str], graph: ox.NamedNode) -> None:
    """Take what a document says of nodes whose sentences are all gone, and their times."""
    before = set(leaving.quads)
    for node in sorted(linked):
        rested = leaving.store.match(iri(node), iri(PROV.wasDerivedFrom), None, graph)
        if (
            next(rested, None) is not None
            and next(leaving.left(node, PROV.wasDerivedFrom, None, graph), None) is None
        ):
            leaving.about(node, graph)
    times = f"{current_base()}time/"
    for quad in [quad for quad in leaving.quads if quad not in before]:
        if (
            isinstance(quad.object, ox.NamedNode)
            and quad.object.value.startswith(times)
            and next(leaving.left(None, None, quad.object, graph), None) is None
        ):
            leaving.about(quad.object.value, graph)


def _subject(quad: ox.Quad) -> ox.NamedNode:
    """Return the subject of a quad, which is an IRI in all that is stored."""
    return iri(iri_of(quad.subject))
