"""Documents that ship with Comity, each with the model a curator made of it.

Examples
--------
>>> from comity.examples import SEED
>>> SEED.issued.isoformat()
'2021-02-25'
>>> SEED.text.read_text(encoding="utf-8").splitlines()[1]
'Date: 25 February 2021'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["EXAMPLES", "SEED", "Example"]


@dataclass(frozen=True, slots=True)
class Example:
    """A shipped document and its model.

    Text and models are read with ``read_text`` and ``read_bytes``;
    :func:`importlib.resources.as_file` gives a path for what needs one.

    Attributes
    ----------
    slug : str
        Short name, the last part of the document's IRI.
    title : str
        Title of the document.
    issued : date
        Day on which it was issued.
    language : str
        Language tag of the text.
    text : Traversable
        The text, as it was published.
    models : tuple of Traversable
        TriG files, in the order in which they load: what the document says,
        then what a curator adds to it.
    """

    slug: str
    title: str
    issued: date
    language: str
    text: Traversable
    models: tuple[Traversable, ...]


def _example(slug: str, title: str, issued: date, language: str) -> Example:
    folder = files("comity.examples")
    models = tuple(folder / f"{slug}.{part}.trig" for part in ("source", "curation"))
    return Example(slug, title, issued, language, folder / f"{slug}.txt", models)


SEED: Final = _example(
    "kosgeb-kobia-2021-02-25",
    "SMEs are deepening cooperation in the context of the existing close relations "
    "between Azerbaijan and Turkey",
    date(2021, 2, 25),
    "en",
)
"""A press release about two agencies that support small enterprises."""

EXAMPLES: Final = (SEED,)
"""All that ship."""
