"""Source documents: the text is kept, and cut into passages that facts can point at."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from comity.documents.model import Document, document_quads
from comity.errors import InputError
from comity.gate.load import Home, load
from comity.gate.report import LoadReport
from comity.readers import STDIN, Source, StatementList, shown, standard_input
from comity.store import Store, iri_of
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, current_base, shorten
from comity_ontology.terms import COMITY, OA
from comity_queries import expand_iri

__all__ = [
    "Added",
    "add_document",
    "decode",
    "find_by_digest",
    "first_line",
    "is_language",
    "must_be_text",
    "plan_document",
    "read_bytes",
    "slug",
]

LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did.

    Attributes
    ----------
    iri : str
        The document.
    passages : int
        How many passages it has.
    changed : bool
        False when the same bytes were there already.
    load : LoadReport or None
        The account of the load that added it.
    """

    iri: str
    passages: int
    changed: bool
    load: LoadReport | None = None


def add_document(
    store: Store,
    path: str | os.PathLike[str],
    *,
    title: str = "",
    issued: date | None = None,
    publisher: str = "",
    source: str = "",
    language: str = "en",
    identifier: str = "",
) -> Added:
    """Keep a text and cut it into passages.

    Parameters
    ----------
    path : path
        A UTF-8 text file; ``"-"`` is standard input, which needs an identifier.
    title : str
        The headline when absent.
    issued : date, optional
        The day on which it was published.
    publisher : str
        IRI or short form of the agency that published it, or a name.
    source : str
        Where it was found: a URL or a description.
    language : str
        BCP 47 tag; decides how sentences are told apart.
    identifier : str
        The last part of the document's IRI; by default made from the
        file's name.

    Returns
    -------
    Added
        The same bytes again change nothing.

    Raises
    ------
    InputError
        The file is missing, empty, too large, no UTF-8 text, or its
        identifier is taken by another document; the language is no tag; or
        something said about it is no Unicode text.
    """
    must_be_text(title=title, publisher=publisher, source=source, identifier=identifier)
    file = Path(path)
    name = "standard input" if str(path) == STDIN else shown(path)
    if str(path) == STDIN and not identifier:
        raise InputError("a document from standard input needs an identifier: give one with --id")
    content = read_bytes(file, name)
    text = decode(content, name)
    digest = hashlib.sha256(content).hexdigest()
    known = find_by_digest(store, digest)
    if known:
        return Added(known, _passage_count(store, known), changed=False)
    document = plan_document(
        store,
        digest,
        identifier or file.stem,
        title=title or first_line(text),
        issued=issued,
        publisher=expand_iri(publisher) or publisher,
        source=source,
        language=language,
        text=text,
    )
    statements = StatementList(name, list(document_quads(document)))
    report = load(store, [statements], _no_home, strict=True)
    if report.refused:
        raise InputError(f"{name} was not added: {report.checks.results[0].message}")
    return Added(document.iri, _passage_count(store, document.iri), changed=True, load=report)


def must_be_text(**options: str) -> None:
    """Refuse bytes that were no text, which Python keeps as surrogates."""
    for option, said in options.items():
        try:
            said.encode()
        except UnicodeEncodeError as error:
            message = f"the {option} {said!r} is not UTF-8 text: type it as UTF-8"
            raise InputError(message) from error


def read_bytes(file: Path, name: str) -> bytes:
    """Read a file, and never more than a document may have."""
    try:
        if str(file) == STDIN:
            content = standard_input().read(LARGEST + 1)
        else:
            with file.open("rb") as stream:
                content = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror or error}") from error
    if len(content) > LARGEST:
        raise InputError(
            f"{name} has more than the {LARGEST:,} bytes that a document may have: "
            "cut it into parts"
        )
    return content


def first_line(text: str) -> str:
    """Return the first line that is not blank, a document's title unless it is given one."""
    return next(line.strip() for line in text.splitlines() if line.strip())


def slug(name: str) -> str:
    """Make the readable, ASCII part of an IRI from a name.

    Examples
    --------
    >>> slug("KOSGEB – KOBİA 2021")
    'kosgeb-kobia-2021'
    """
    return re.sub(r"[^a-z0-9]+", "-", search_key(name)).strip("-")


def decode(content: bytes, name: str) -> str:
    """Decode a document's bytes; a byte order mark is not part of the text.

    Raises
    ------
    InputError
        The file is empty or not UTF-8 text (with line and byte).
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name} is not UTF-8 (line {line}, byte {error.start}): save it as UTF-8 text"
        ) from error
    if "\x00" in text:
        raise InputError(f"{name} holds NUL characters: it is no text file")
    if not text.strip():
        raise InputError(f"{name} is empty: there is no text to keep")
    return text


def find_by_digest(store: Store, sha256: str) -> str | None:
    """Return the IRI of the document that has the same bytes, if there is one."""
    found = next(
        store.match(
            None, ox.NamedNode(COMITY.sha256), ox.Literal(sha256), ox.NamedNode(GRAPHS.META)
        ),
        None,
    )
    return iri_of(found.subject) if found else None


def plan_document(
    store: Store,
    sha256: str,
    identifier: str,
    *,
    title: str,
    issued: date | None = None,
    publisher: str = "",
    source: str = "",
    language: str = "",
    text: str = "",
    taken: Collection[str] = (),
) -> Document:
    """Describe a document that is to be added; see :class:`Document`.

    Raises
    ------
    InputError
        Another document, of the store or among those ``taken``, has the
        identifier; or it is empty; or the language is no tag.
    """
    if language and not is_language(language):
        raise InputError(f"{language!r} is not a language tag: write it as en, tr or az-Cyrl")
    stem = slug(identifier)
    if not stem:
        raise InputError(f"no identifier can be made of {identifier!r}: give one with --id")
    iri = f"{current_base()}source/{stem}"
    if iri in taken or next(store.match(ox.NamedNode(iri), None, None, ox.DefaultGraph()), None):
        raise InputError(
            f"{shorten(iri)} is another document already: give this one a name with --id"
        )
    return Document(
        iri=iri,
        graph=f"{GRAPHS.SOURCE}{stem}",
        sha256=sha256,
        title=title,
        issued=issued,
        publisher=publisher,
        source=source,
        language=language,
        text=text,
    )


def is_language(tag: str) -> bool:
    """Tell whether a text has the form of a language tag."""
    try:
        ox.Literal("", language=tag)
    except ValueError:  # and UnicodeEncodeError, which is one
        return False
    return True


def _passage_count(store: Store, document: str) -> int:
    found = store.match(None, ox.NamedNode(OA.hasSource), ox.NamedNode(document), ox.DefaultGraph())
    return sum(1 for _ in found)


def _no_home(source: Source) -> Home:
    raise InputError(f"{source.name} has statements without a graph")
