"""Source documents: their texts are kept, and cut into passages that facts can point at."""

from __future__ import annotations

from comity.documents.adding import Added, add_document
from comity.documents.finding import find_document
from comity.documents.listing import (
    DocumentRecord,
    DocumentText,
    document_rows,
    documents,
    read_document,
)
from comity.documents.model import Document, document_quads
from comity.documents.passages import Cut, cut
from comity.documents.removing import Removed, remove_document
from comity.documents.replacing import replace_document
from comity.documents.versions import Replaced

__all__ = [
    "Added",
    "Cut",
    "Document",
    "DocumentRecord",
    "DocumentText",
    "Removed",
    "Replaced",
    "add_document",
    "cut",
    "document_quads",
    "document_rows",
    "documents",
    "find_document",
    "read_document",
    "remove_document",
    "replace_document",
]
