"""The six questions of the demo: what a reader of the example release would ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["TOUR", "Stop"]

KURT = "Hasan Basri Kurt"
MOU = "agreement:kosgeb-kobia-mou-2019"


@dataclass(frozen=True, slots=True)
class Stop:
    """One question of the tour.

    Attributes
    ----------
    asks : str
        The question in plain words.
    query : str
        The name of the catalogue's question.
    values : dict
        Its parameters.
    answer : callable
        Makes a line of a row.
    node : str
        Name of the column with the node whose sentence is shown.
    only : callable
        Keeps the rows that answer the question.
    """

    asks: str
    query: str
    values: dict[str, str]
    answer: Callable[[Any], str]
    node: str
    only: Callable[[Any], bool] = bool


def when(edtf: object) -> str:
    """Say a time in words: ``[..2021-02-25]`` is ``by 2021-02-25``."""
    text = str(edtf or "")
    if text.startswith("[..") and text.endswith("]"):
        return f"by {text[3:-1]}, the day is not stated"
    return text or "the day is not stated"


TOUR = (
    Stop(
        "Who met whom?",
        "who-met-whom",
        {"person": KURT},
        lambda row: f"{row.whoLabel} and {row.whomLabel}: {row.eventLabel} ({when(row.when)})",
        "event",
        lambda row: str(row.type).endswith("/meeting"),
    ),
    Stop(
        "What have the two agencies agreed?",
        "agreements-between",
        {"first": "KOSGEB", "second": "KOBİA"},
        lambda row: f"{row.agreementLabel}, signed {when(row.signed)}",
        "agreement",
    ),
    Stop(
        "Who put their names to it?",
        "signatories",
        {"agreement": MOU},
        lambda row: f"signing on {when(row.when)}: {row.signatoryLabel or row.statement}",
        "act",
    ),
    Stop(
        "What was its status on the day of the release?",
        "agreement-status",
        {"on": "2021-02-25", "agreement": MOU},
        lambda row: f"{row.statusLabel}, {row.answer} (entry into force is not stated)",
        "acts",
    ),
    Stop(
        "Was Kurt president of KOSGEB when it was signed?",
        "post-holders",
        {"on": "2019-05-14", "person": KURT},
        lambda row: f"{row.answer}: {row.personLabel}, {row.postLabel}, is attested later only",
        "tenure",
    ),
    Stop(
        "What implements it?",
        "implementations",
        {"agreement": MOU},
        lambda row: f"{row.implementingLabel} ({row.path})",
        "implementing",
    ),
)
