"""Documents that ship with Comity, each with the model a curator made of it.

``SEED`` is a real press release. ``CORPUS`` is invented: thirteen releases about three
countries that do not exist, made so that right answers differ from wrong ones;
``corpus/README.md`` tells its story.

Examples
--------
>>> from comity.examples import SEED
>>> SEED.issued.isoformat()
'2021-02-25'
>>> SEED.text.read_text(encoding="utf-8").splitlines()[1]
'Date: 25 February 2021'
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

    from comity.gate.report import LoadReport
    from comity.graph import Graph

__all__ = ["CORPUS", "EXAMPLES", "SEED", "Example", "load_examples"]


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
"""All real ones that ship."""

_RELEASES: Final = (
    ("frame-2012", date(2012, 5, 10)),
    ("mou-2014", date(2014, 9, 18)),
    ("fairs-2016", date(2016, 4, 15)),
    ("tax-2016", date(2016, 11, 22)),
    ("power-2018", date(2018, 6, 5)),
    ("merger-2019", date(2019, 7, 2)),
    ("forum-2020", date(2020, 2, 20)),
    ("call-2021", date(2021, 4, 12)),
    ("energy-2021", date(2021, 9, 30)),
    ("lead-2021", date(2021, 10, 4)),
    ("students-2022", date(2022, 5, 20)),
    ("review-2023", date(2023, 3, 15)),
    ("outlook-2024", date(2024, 2, 1)),
)


def _corpus() -> tuple[Example, ...]:
    folder = files("comity.examples") / "corpus"
    made = []
    for slug, issued in _RELEASES:
        text = folder / f"{slug}.txt"
        title = text.read_text(encoding="utf-8").partition("\n")[0]
        models = [folder / f"{slug}.source.trig"]
        if slug == _RELEASES[-1][0]:
            # The curation names passages of all releases, so it comes after the last.
            models.append(folder / "corpus.curation.trig")
        made.append(Example(slug, title, issued, "en", text, tuple(models)))
    return tuple(made)


CORPUS: Final[tuple[Example, ...]] = _corpus()
"""An invented corpus about three invented countries, in the order of the days of issue."""


def load_examples(graph: Graph, examples: Sequence[Example]) -> LoadReport:
    """Add the texts of examples to a graph, then load their models as one load.

    Parameters
    ----------
    graph : comity.Graph
        A graph that may be written to.
    examples : sequence of Example
        Such as :data:`EXAMPLES` or :data:`CORPUS`.

    Returns
    -------
    LoadReport

    Raises
    ------
    StoreError
        The graph is open for reading only.

    Examples
    --------
    >>> import comity
    >>> with comity.open() as graph:
    ...     report = load_examples(graph, EXAMPLES)
    >>> report.refused
    ()
    """
    with ExitStack() as stack:
        for example in examples:
            graph.add_document(
                stack.enter_context(as_file(example.text)),
                title=example.title,
                issued=example.issued,
                language=example.language,
                identifier=example.slug,
            )
        models = [model for example in examples for model in example.models]
        return graph.load(*(stack.enter_context(as_file(model)) for model in models))
