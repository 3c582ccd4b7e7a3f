"""What a graph can do with its documents."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from comity.documents.adding import Added, add_document
from comity.documents.listing import DocumentRecord, DocumentText, documents, read_document
from comity.documents.removing import Removed, remove_document
from comity.documents.replacing import replace_document
from comity.documents.versions import Replaced
from comity.store import Store

__all__ = ["DocumentMethods"]


class DocumentMethods:
    """The part of :class:`comity.Graph` that is about documents."""

    store: Store

    def add_document(
        self,
        path: str | os.PathLike[str],
        *,
        title: str = "",
        issued: date | None = None,
        publisher: str = "",
        source: str = "",
        language: str = "en",
        identifier: str = "",
    ) -> Added:
        """Keep a text and cut it into passages; see :func:`comity.documents.add_document`."""
        return add_document(
            self.store,
            path,
            title=title,
            issued=issued,
            publisher=publisher,
            source=source,
            language=language,
            identifier=identifier,
        )

    def documents(self) -> tuple[DocumentRecord, ...]:
        """List the documents; see :class:`comity.documents.DocumentRecord`."""
        return documents(self.store)

    def document(self, document: str) -> DocumentText:
        """Read a document and its passages, by IRI, short form, last part of the IRI or title."""
        return read_document(self.store, document)

    def remove_document(self, document: str, *, dry_run: bool = False) -> Removed:
        """Remove a document and what only it supports; see :mod:`comity.documents.removing`."""
        return remove_document(self.store, document, dry_run=dry_run)

    def replace_document(
        self,
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
        """Put a new version in a document's place; see :mod:`comity.documents.replacing`."""
        return replace_document(
            self.store,
            document,
            path,
            facts=facts,
            format=format,
            title=title,
            issued=issued,
            publisher=publisher,
            source=source,
            language=language,
            dry_run=dry_run,
        )
