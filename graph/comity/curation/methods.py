"""The methods of a graph by which a curator adds something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from comity.curation.corrections import correct
from comity.curation.entry import Entered
from comity.curation.inferences import infer
from comity.curation.notes import note
from comity.store import Store

__all__ = ["Curating"]


class Curating:
    """Corrections, inferences and notes, for :class:`comity.Graph`."""

    store: Store

    def correct(
        self,
        where: str,
        *,
        verbatim: str,
        by: str,
        why: str,
        corrected: str = "",
        kind: str = "typo",
        refers_to: str = "",
        certainty: str = "certain",
        passage: int | None = None,
        on: date | None = None,
    ) -> Entered:
        """Note that words of a source are wrong; see :func:`comity.curation.correct`."""
        return correct(
            self.store,
            where,
            verbatim=verbatim,
            by=by,
            why=why,
            corrected=corrected,
            kind=kind,
            refers_to=refers_to,
            certainty=certainty,
            passage=passage,
            on=on,
        )

    def infer(
        self,
        subject: str,
        predicate: str,
        value: str,
        *,
        basis: str,
        by: str,
        certainty: str = "probable",
        passages: Sequence[str] = (),
        language: str = "",
        datatype: str = "",
        on: date | None = None,
    ) -> Entered:
        """State what no source states, and why; see :func:`comity.curation.infer`."""
        return infer(
            self.store,
            subject,
            predicate,
            value,
            basis=basis,
            by=by,
            certainty=certainty,
            passages=passages,
            language=language,
            datatype=datatype,
            on=on,
        )

    def note(
        self,
        what: str,
        text: str,
        *,
        by: str,
        why: str,
        passages: Sequence[str] = (),
        on: date | None = None,
    ) -> Entered:
        """Comment on anything in the graph; see :func:`comity.curation.note`."""
        return note(self.store, what, text, by=by, why=why, passages=passages, on=on)
