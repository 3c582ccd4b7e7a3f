"""What is asked for when a document is replaced, read and checked before anything is done."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from comity.documents.adding import (
    decode,
    find_by_digest,
    first_line,
    is_language,
    must_be_text,
    read_bytes,
)
from comity.documents.model import Document, record_quads
from comity.documents.recutting import Recut, recut
from comity.errors import InputError, ParameterError
from comity.gate.leaving import DEFAULT, META, iri
from comity.readers import STDIN, RdfFile, shown
from comity.store import Store
from comity_ontology.prefixes import shorten
from comity_ontology.terms import COMITY, DCTERMS
from comity_queries import expand_iri

__all__ = ["Revision", "revise"]

_RDF = (".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf", ".turtle", ".owl")
_PREDICATES = {
    "title": DCTERMS.title,
    "issued": DCTERMS.issued,
    "publisher": DCTERMS.publisher,
    "source": DCTERMS.source,
    "language": DCTERMS.language,
    "sha256": COMITY.sha256,
    "text": COMITY.fullText,
}


@dataclass(slots=True)
class Revision:
    """A new version of a document.

    Attributes
    ----------
    document : Document
        As it will be.
    name : str
        How the load's record calls what is read.
    come, gone : list of Quad
        Records that come, and quads of the document's record that go.
    recut : Recut
        What becomes of the passages; empty when the text stays.
    facts : list of RdfFile
        What its graph will hold; empty when the facts stay.
    metadata : tuple of (str, str, str)
        What changes: name, before, now.
    renewed : set of str
        Nodes whose records may be written anew.
    """

    document: Document
    name: str
    come: list[ox.Quad] = field(default_factory=list)
    gone: list[ox.Quad] = field(default_factory=list)
    recut: Recut = field(default_factory=Recut)
    facts: list[RdfFile] = field(default_factory=list)
    metadata: tuple[tuple[str, str, str], ...] = ()
    renewed: set[str] = field(default_factory=set)


def revise(
    store: Store,
    node: str,
    path: str | os.PathLike[str] | None,
    *,
    facts: Sequence[str | os.PathLike[str]],
    format: str | None,  # noqa: A002 - the word users know
    title: str | None,
    issued: date | None,
    publisher: str | None,
    source: str | None,
    language: str | None,
) -> Revision:
    """Read the new version of a document; see :func:`comity.documents.replace_document`."""
    said = {"title": title, "publisher": publisher, "source": source, "language": language}
    wanted = {name: value for name, value in said.items() if value is not None}
    must_be_text(**wanted)
    if path is None and not facts and issued is None and not wanted:
        raise ParameterError(
            f"nothing new is given for {shorten(node)}: name a file, facts, or what is known about "
            "it"
        )
    if language and not is_language(language):
        raise InputError(f"{language!r} is not a language tag: write it as en, tr or az-Cyrl")
    if title is not None and not title.strip():
        raise InputError("a document needs a title: give one in words")
    before = _known(store, node)
    values = dict(before) | wanted
    if issued is not None:
        values["issued"] = issued.isoformat()
    if publisher:
        values["publisher"] = expand_iri(publisher) or publisher
    name = f"record of {shorten(node)}"
    files = [os.fspath(file) for file in facts]
    if path is not None:
        name = "standard input" if os.fspath(path) == STDIN else shown(path)
        if before["text"]:
            values["sha256"], values["text"] = _new_text(store, node, path, name)
            headline = first_line(before["text"])
            if title is None and values["title"] == headline and values["text"] != before["text"]:
                values["title"] = first_line(values["text"])
        else:
            values["sha256"] = _new_digest(store, node, path, name)
            if values["sha256"] != before["sha256"]:
                files.append(os.fspath(path))
    if facts and not before["text"]:
        raise InputError(
            f"{shorten(node)} is an RDF file itself: give the new one as FILE, without facts"
        )
    document = _document(store, node, values, issued)
    revision = Revision(document, name, facts=[RdfFile(file, format) for file in files])
    changed = {name for name in _PREDICATES if values[name] != before[name]}
    if "language" in changed:
        changed.add("title")  # its tag is the language
    predicates = {_PREDICATES[name] for name in changed}
    revision.come = [quad for quad in record_quads(document) if quad.predicate.value in predicates]
    for predicate in sorted(predicates):
        revision.gone += store.match(iri(node), iri(predicate), None, META)
    revision.metadata = tuple(
        (name, before[name], values[name])
        for name in _PREDICATES
        if name in changed and name != "text" and values[name] != before[name]
    )
    if document.text and changed & {"text", "language"}:
        revision.recut = recut(store, document, new_facts=bool(files))
        revision.come += revision.recut.come
    revision.renewed = {node, *revision.recut.renewed}
    return revision


def _known(store: Store, node: str) -> dict[str, str]:
    """Return what is known about a document: empty where nothing is."""
    known = dict.fromkeys(_PREDICATES, "")
    for name, predicate in _PREDICATES.items():
        values = sorted(
            quad.object.value
            for quad in store.match(iri(node), iri(predicate), None, META)
            if isinstance(quad.object, ox.NamedNode | ox.Literal)
        )
        known[name] = values[0] if values else ""
    return known


def _document(store: Store, node: str, values: dict[str, str], issued: date | None) -> Document:
    graph = next(store.match(iri(node), iri(COMITY.factGraph), None, DEFAULT), None)
    if graph is None or not isinstance(graph.object, ox.NamedNode):
        raise InputError(f"{shorten(node)} has no graph for its facts: add it again")
    return Document(
        iri=node,
        graph=graph.object.value,
        sha256=values["sha256"],
        title=values["title"],
        issued=issued,  # only a new one is written
        publisher=values["publisher"],
        source=values["source"],
        language=values["language"],
        text=values["text"],
    )


def _new_text(store: Store, node: str, path: str | os.PathLike[str], name: str) -> tuple[str, str]:
    suffix = Path(Path(path).name.removesuffix(".gz")).suffix.lower()
    if suffix in _RDF:
        raise InputError(
            f"{name} is RDF, and {shorten(node)} is a text: give the new facts with --facts"
        )
    content = read_bytes(Path(path), name)
    text = decode(content, name)
    digest = hashlib.sha256(content).hexdigest()
    _must_be_new(store, node, digest, name)
    return digest, text


def _new_digest(store: Store, node: str, path: str | os.PathLike[str], name: str) -> str:
    if os.fspath(path) == STDIN:
        raise InputError("an RDF document is replaced by a file: name one instead of -")
    try:
        with Path(path).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror or error}") from error
    _must_be_new(store, node, digest, name)
    return digest


def _must_be_new(store: Store, node: str, digest: str, name: str) -> None:
    other = find_by_digest(store, digest)
    if other is not None and other != node:
        raise InputError(f"{name} is {shorten(other)} already, byte by byte: nothing was replaced")
