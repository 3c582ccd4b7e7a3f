"""What a change of documents did, in plain values that can be told in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from comity.gate.leaving import CURATION, DEFAULT, Leaving, iri
from comity.labels import labels
from comity.store import iri_of
from comity_ontology.prefixes import shorten
from comity_ontology.terms import COMITY, DCTERMS, OA, PROV, RDF

__all__ = ["CuratedWord", "Entity", "Leaning", "Retraction", "account", "curated_words"]

NAMED = 3


@dataclass(frozen=True, slots=True)
class Entity:
    """What went of one thing.

    Attributes
    ----------
    node, label : str
    retracted : int
        Quads whose triple left the graph.
    stays : int
        Quads whose triple stays, because other graphs state it.
    stated_by : tuple of str
        IRIs of some of these graphs.
    """

    node: str
    label: str
    retracted: int
    stays: int
    stated_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CuratedWord:
    """An inference, correction, note or decision of a curator, or a thing of theirs, that went.

    Attributes
    ----------
    node : str
    kind : str
        ``inference``, ``correction``, ``note``, ``identity decision``, or the
        class in short form.
    says : str
        What it said, for people.
    """

    node: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Leaning:
    """Something that stays and lacks what went.

    Attributes
    ----------
    node, label : str
    lacks : str
        What it lacks, in words.
    """

    node: str
    label: str
    lacks: str


@dataclass(frozen=True, slots=True)
class Retraction:
    """What went, counted in quads of named graphs.

    Attributes
    ----------
    quads, retracted, stays : int
        ``quads`` is the sum of the others: triples that left the default
        graph, and triples that stay there, because other graphs state them.
    entities : tuple of Entity
        By thing; passages and the record count as their document's.
    curated : tuple of CuratedWord
        Statements of curators that went.
    leaning : tuple of Leaning
        What stays and lacks something now.
    """

    quads: int
    retracted: int
    stays: int
    entities: tuple[Entity, ...]
    curated: tuple[CuratedWord, ...]
    leaning: tuple[Leaning, ...]

    def conservation(self) -> str:
        """Return the conservation line.

        Examples
        --------
        >>> Retraction(12, 9, 3, (), (), ()).conservation()
        'removed 12 = retracted 9 + still stated elsewhere 3'
        """
        return (
            f"removed {self.quads:,} = retracted {self.retracted:,} + "
            f"still stated elsewhere {self.stays:,}"
        )


def account(
    leaving: Leaving, document: str, moved: Collection[ox.Quad] = frozenset()
) -> Retraction:
    """Count what goes, before it goes; what only moves is not counted."""
    retracted: dict[str, int] = {}
    stays: dict[str, int] = {}
    stated_by: dict[str, dict[str, None]] = {}
    of_document = {document, *leaving.passages, *_selectors(leaving)}
    linked: set[str] = set()
    for quad in leaving.all():
        if quad in moved:
            continue
        subject = iri_of(quad.subject)
        node = document if subject in of_document else subject
        if quad.predicate.value == PROV.wasDerivedFrom:
            linked.add(subject)
        graph = next(leaving.remaining(quad.triple), None)
        if graph is None:
            retracted[node] = retracted.get(node, 0) + 1
        else:
            stays[node] = stays.get(node, 0) + 1
            named = stated_by.setdefault(node, {})
            if len(named) < NAMED:
                named[graph] = None
    nodes = sorted({*retracted, *stays}, key=lambda node: (node != document, node))
    called = labels(leaving.store, nodes)
    return Retraction(
        quads=sum(retracted.values()) + sum(stays.values()),
        retracted=sum(retracted.values()),
        stays=sum(stays.values()),
        entities=tuple(
            Entity(
                node=node,
                label=called[node],
                retracted=retracted.get(node, 0),
                stays=stays.get(node, 0),
                stated_by=tuple(stated_by.get(node, ())),
            )
            for node in nodes
        ),
        curated=tuple(curated_words(leaving)),
        leaning=tuple(_leaning(leaving, {*nodes, *of_document}, linked)),
    )


def _selectors(leaving: Leaving) -> set[str]:
    return {iri_of(quad.object) for quad in leaving.quads if quad.predicate.value == OA.hasSelector}


def curated_words(leaving: Leaving) -> Iterator[CuratedWord]:
    """Tell which statements of curators go, before they go."""
    gone: dict[str, str] = {}
    for quad in leaving.quads:
        if quad.graph_name == CURATION and quad.predicate.value == RDF.type:
            cls = iri_of(quad.object)
            if cls != COMITY.TimePoint:
                gone[iri_of(quad.subject)] = _KINDS.get(cls, shorten(cls))
    for node, kind in sorted(gone.items()):
        said: dict[str, list[object]] = {}
        for quad in leaving.store.match(iri(node), None, None, CURATION):
            said.setdefault(quad.predicate.value, []).append(quad.object)

        def words(predicate: str, said: dict[str, list[object]] = said) -> str:
            return ", ".join(sorted(_called(leaving, term) for term in said.get(predicate, [])))

        if kind == "inference":
            parts = (RDF.subject, RDF.predicate, RDF.object)
            says = " ".join(words(part) for part in parts)
        elif kind == "correction":
            right = words(COMITY.corrected) or words(COMITY.refersTo)
            says = f"“{words(COMITY.verbatim)}” reads “{right}”"
        elif kind == "note":
            says = f"{words(OA.NS + 'hasTarget')}: {words(OA.NS + 'bodyValue')}"
        elif kind == "identity decision":
            says = f"{words(COMITY.identityOf)}: {words(DCTERMS.type)}"
        else:
            says = _called(leaving, iri(node))
        yield CuratedWord(node, kind, says)


_KINDS = {
    COMITY.Inference: "inference",
    COMITY.Correction: "correction",
    COMITY.IdentityDecision: "identity decision",
    OA.NS + "Annotation": "note",
}


def _called(leaving: Leaving, term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return labels(leaving.store, [term.value])[term.value]
    return term.value if isinstance(term, ox.Literal) else str(term)


def _leaning(leaving: Leaving, nodes: Iterable[str], linked: set[str]) -> Iterator[Leaning]:
    """Find what stays and rests on no passage any more, or points at what nobody describes."""
    found: dict[tuple[str, str], None] = {}
    for node in nodes:
        typed = next(leaving.store.match(iri(node), iri(RDF.type), None, DEFAULT), None)
        described = next(leaving.everywhere(node, RDF.type, None), None) is not None
        if described and node in linked and not _has_passage(leaving, node):
            found[node, "rests on no passage any more"] = None
        if typed and not described:
            lacking = f"points at {shorten(node)}, which nobody describes any more"
            for triple in leaving.everywhere(None, None, iri(node)):
                if triple.predicate.value != PROV.NS + "used":
                    found[iri_of(triple.subject), lacking] = None
    called = labels(leaving.store, {node for node, _ in found})
    for node, lacks in sorted(found):
        yield Leaning(node, called[node], lacks)


def _has_passage(leaving: Leaving, node: str) -> bool:
    return next(leaving.everywhere(node, PROV.wasDerivedFrom, None), None) is not None
