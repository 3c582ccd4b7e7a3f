"""Source documents: their texts are kept, and cut into passages that facts can point at."""

from __future__ import annotations

from comity.documents.adding import Added, add_document
from comity.documents.model import Document, document_quads
from comity.documents.passages import Cut, cut

__all__ = ["Added", "Cut", "Document", "add_document", "cut", "document_quads"]
