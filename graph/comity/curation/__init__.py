"""What curators add: corrections, inferences and notes, always with who, when and why."""

from __future__ import annotations

from comity.curation.corrections import correct
from comity.curation.entry import Entered
from comity.curation.inferences import infer
from comity.curation.notes import note

__all__ = ["Entered", "correct", "infer", "note"]
