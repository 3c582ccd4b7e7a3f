"""A row while it is being read: its cells as values, and the statements it makes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pyoxigraph as ox

from comity.curation.entry import Prepared, Signed, signed
from comity.curation.inferences import prepare_inference
from comity.curation.objects import Typed
from comity.documents.lookup import Passage, numbers
from comity.errors import InputError, ParameterError
from comity.tables.cells import Refused, several, yes_or_no
from comity.tables.columns import Column, Template
from comity.tables.context import Context, Source
from comity.tables.records import Record
from comity.timepoints import parse, to_triples
from comity.wording import friendly_date
from comity_ontology.prefixes import GRAPHS
from comity_ontology.terms import PROV, RDF, SKOS

__all__ = ["Row"]

# What a conclusion says about a node without being itself the conclusion.
_NOT_INFERRED = (RDF.type, PROV.wasDerivedFrom, SKOS.prefLabel)


class Row:
    """One row, and what it says so far.

    Parameters
    ----------
    context : Context
    template : Template
    record : Record

    Attributes
    ----------
    quads : list of Quad
        What the row states.
    """

    def __init__(self, context: Context, template: Template, record: Record):
        self.context = context
        self.template = template
        self.cells = record.cells
        self.quads: list[ox.Quad] = []
        if record.extra:
            raise Refused(f"{record.extra} filled cells stand under no heading")
        missing = [column for column in template.required if column not in self.cells]
        if missing:
            raise Refused("is empty, and each row needs it", missing[0])

    # What stands in the cells

    def __contains__(self, column: str) -> bool:
        """Whether a cell is filled."""
        return column in self.cells

    def text(self, column: str) -> str:
        """Return a cell's text; empty where it is."""
        return self.cells.get(column, "")

    def texts(self, column: str) -> list[str]:
        """Return the values in a cell."""
        return several(self.text(column))

    def code(self, column: str) -> ox.NamedNode:
        """Return the code in a cell."""
        scheme = self.template.column(column).scheme
        with self.at(column):
            return ox.NamedNode(self.context.codes.find(self.text(column), scheme))

    def codes(self, column: str) -> list[ox.NamedNode]:
        """Return the codes in a cell."""
        scheme = self.template.column(column).scheme
        with self.at(column):
            return [
                ox.NamedNode(self.context.codes.find(text, scheme)) for text in self.texts(column)
            ]

    def yes(self, column: str) -> bool | None:
        """Return yes or no; None where the cell is empty."""
        with self.at(column):
            return yes_or_no(self.text(column)) if column in self else None

    def day(self, column: str) -> date:
        """Return an exact day; today where the cell is empty."""
        if column not in self:
            return datetime.now(UTC).astimezone().date()
        with self.at(column):
            point = parse(friendly_date(self.text(column)))
            if not point.exact or point.earliest is None:
                raise InputError(f"{self.text(column)!r} is not one day: write it as 2021-02-25")
            return point.earliest

    def node(self, column: str, text: str | None = None) -> str:
        """Return the node that a cell, or one value of it, names."""
        one: Column = self.template.column(column)
        with self.at(column):
            return self.named(text or self.text(column), one.classes, one.makes)

    def nodes(self, column: str) -> list[str]:
        """Return the nodes that a cell names."""
        return [self.node(column, text) for text in self.texts(column)]

    def named(self, text: str, classes: Collection[str], makes: str = "") -> str:
        """Return the node that a text names; one that is made is described by this row."""
        iri = self.context.names.find(text, classes, makes)
        if iri in self.context.names.made:
            self.describe(iri, self.context.names.class_of(iri))
            self.label(iri, self.context.names.made[iri])
        return iri

    @contextmanager
    def at(self, column: str) -> Iterator[None]:
        """Say in which column it was when something is wrong."""
        try:
            yield
        except Refused:
            raise
        except (InputError, ParameterError) as error:
            raise Refused(str(error), column) from error

    # What it rests on

    @property
    def source(self) -> Source:
        """The document that the row is about."""
        text = self.text("document") or self.context.document
        if not text:
            raise Refused("is empty: name the document, or load with --document", "document")
        with self.at("document"):
            return self.context.source(text)

    @property
    def passages(self) -> list[Passage]:
        """The passages that the row rests on."""
        return self.sentences("sentences")

    def sentences(self, column: str) -> list[Passage]:
        """Return the passages that a cell names by number."""
        source = self.source
        with self.at(column):
            return numbers(self.text(column), source.passages, source.iri)

    @property
    def inferred(self) -> bool:
        """Whether the row is a curator's conclusion."""
        if "basis" not in self and "certainty" in self:
            raise Refused("is empty, but a certainty is given: say what it rests on", "basis")
        return "basis" in self

    def signed(self, why: str) -> Signed:
        """Return who stands for the row, when and why."""
        with self.at("by"):
            return signed(self.text("by") or self.context.curator, why, self.day("on"))

    # What it says

    def describe(self, iri: str, cls: str) -> None:
        """Say what a node is and what it rests on."""
        self.put(iri, RDF.type, ox.NamedNode(cls))
        for passage in self.passages:
            self.put(iri, PROV.wasDerivedFrom, ox.NamedNode(passage))

    def label(self, iri: str, text: str) -> None:
        """Name a node; a second name in the language of the document is an alternative one."""
        literal = self.tagged(text)
        known = self.context.preferred(iri, self.source.language, text)
        if known != text:
            self.context.renamed[iri, text] = known
        self.put(iri, SKOS.prefLabel if known == text else SKOS.altLabel, literal)

    def title(self, iri: str, text: str) -> None:
        """Name a node by words that were put together, unless it has a name."""
        if iri in self.context.names.titled or self.context.preferred(iri, "en", text) != text:
            return
        self.put(iri, SKOS.prefLabel, self.tagged(text, "en"))

    def tagged(self, text: str, language: str = "") -> ox.Literal:
        """Return a text in a language; that of the document unless given."""
        return ox.Literal(text, language=language or self.source.language)

    def put(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal | str) -> None:
        """State something: in the document's graph, or as a conclusion."""
        term = ox.NamedNode(value) if isinstance(value, str) else value
        if not self.inferred:
            self._add(subject, predicate, term, self.source.graph)
        elif predicate in _NOT_INFERRED:
            self._add(subject, predicate, term, GRAPHS.CURATION)
        else:
            self.add(self._conclusion(subject, predicate, term))

    def curate(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        """State what needs no inference in the curation graph."""
        self._add(subject, predicate, value, GRAPHS.CURATION)

    def time(self, subject: str, predicate: str, column: str) -> None:
        """State a day, if the cell has one."""
        if column not in self:
            return
        with self.at(column):
            point = parse(friendly_date(self.text(column)))
        graph = GRAPHS.CURATION if self.inferred else self.source.graph
        for triple in to_triples(point):
            self.quads.append(
                ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))
            )
        self.put(subject, predicate, point.iri())

    def add(self, prepared: Prepared) -> None:
        """Take over the statements of a correction, inference or note."""
        self.quads.extend(prepared.quads)

    def _conclusion(
        self, subject: str, predicate: str, term: ox.NamedNode | ox.Literal
    ) -> Prepared:
        certainty = self.text("certainty") or "probable"
        with self.at("certainty"):
            sure = self.context.codes.find(certainty, "certainty")
        with self.at("basis"):
            return prepare_inference(
                self.context.store,
                subject,
                predicate,
                Typed(term),
                self.signed(self.text("basis")),
                certainty=sure,
                passages=self.passages,
            )

    def _add(
        self, subject: str, predicate: str, term: ox.NamedNode | ox.Literal, graph: str
    ) -> None:
        self.quads.append(
            ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term, ox.NamedNode(graph))
        )
