"""What the curation graph holds only because of the quads and passages that go.

An inference or correction goes with the last passage it rests on, and with an
inference the triple that it describes, unless another inference describes it
too. What curation says about a node, names and keys and matches, stays as
long as anything else describes the node or points at it.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from comity.gate.keys import NAMING
from comity.gate.leaving import CURATION, DEFAULT, Leaving, iri, quad_of
from comity.store import iri_of
from comity_ontology.names import search_key
from comity_ontology.prefixes import current_base
from comity_ontology.terms import COMITY, DCTERMS, OA, PROV, RDF, SKOS

__all__ = ["take_curation", "take_links"]

_NOTES = frozenset({COMITY.Inference, COMITY.Correction, OA.NS + "Annotation"})
# How remarks name what they are about; without it they are about nothing.
_ABOUT = frozenset({COMITY.identityOf, DCTERMS.isReplacedBy, OA.NS + "hasTarget"})
# What curation may say of a node without a passage of its own.
_WITHOUT_EVIDENCE = frozenset(
    {*NAMING, COMITY.searchKey, COMITY.iso3166, SKOS.exactMatch, SKOS.NS + "closeMatch"}
)
# Ways to speak of a node that do not keep it.
_NO_SUPPORT = frozenset(
    {
        *_ABOUT,
        PROV.NS + "used",
        RDF.subject,
        RDF.object,
        COMITY.refersTo,
    }
)


def take_links(leaving: Leaving) -> set[str]:
    """Take the links of all graphs to the passages that go; return the nodes linked."""
    linked = set()
    for passage in leaving.passages:
        found = leaving.store.match(None, iri(PROV.wasDerivedFrom), iri(passage), DEFAULT)
        for quad in list(found):
            linked.add(iri_of(quad.subject))
            leaving.take(
                quad_of(quad.triple, iri(graph)) for graph in leaving.store.holders(quad.triple)
            )
    return linked


def take_curation(
    leaving: Leaving,
    linked: Iterable[str],
    touched: Iterable[str],
    gone: Iterable[str] = (),
) -> set[str]:
    """Take what curation holds only because of what goes.

    Parameters
    ----------
    leaving : Leaving
        Holds all else that goes, links to passages included.
    linked : iterable of str
        Nodes whose links to passages go.
    touched : iterable of str
        Other nodes that the quads that go are about or point at.
    gone : iterable of str
        The document and passages that go, whoever still points at them.

    Returns
    -------
    set of str
        The nodes about which nothing is left.
    """
    return _Curation(leaving).take(set(linked), set(touched), set(gone))


class _Curation:
    def __init__(self, leaving: Leaving):
        self._leaving = leaving
        self._store = leaving.store
        self._touched: set[str] = set()

    def take(self, linked: set[str], touched: set[str], gone: set[str]) -> set[str]:
        self._touched.update(touched, linked)
        self._take_notes(linked)
        self._take_statements(linked)
        times = {node for node in self._touched if node.startswith(f"{current_base()}time/")}
        lost = self._lost(self._touched - times) | gone
        self._take_nodes(lost)
        self._take_keys(lost)
        self._take_times(
            times
            | {
                quad.object.value
                for quad in self._leaving.quads
                if isinstance(quad.object, ox.NamedNode)
                and quad.object.value.startswith(f"{current_base()}time/")
            }
        )
        return lost

    def _take_notes(self, linked: Iterable[str]) -> None:
        """Take inferences and corrections without a passage, and what was inferred."""
        gone = [node for node in sorted(linked) if self._is_note(node) and self._is_baseless(node)]
        for node in gone:
            self._leaving.about(node, CURATION)
        for node in gone:
            parts = [self._values(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)]
            for subject in parts[0]:
                for predicate in parts[1]:
                    for value in parts[2]:
                        self._take_inferred(ox.Triple(subject, predicate, value))  # type: ignore[arg-type]
            self._touch(self._store.match(iri(node), None, None, CURATION))

    def _take_inferred(self, triple: ox.Triple) -> None:
        if not self._is_inferred(triple):
            self._leaving.take([quad_of(triple, CURATION)])

    def _take_statements(self, linked: Iterable[str]) -> None:
        """Take what curation says of a node for whose sake it named passages that all go."""
        for node in linked:
            links = self._store.match(iri(node), iri(PROV.wasDerivedFrom), None, CURATION)
            if next(links, None) is None or self._has_passage(node):
                continue
            gone = [
                quad
                for quad in self._store.match(iri(node), None, None, CURATION)
                if quad.predicate.value not in _WITHOUT_EVIDENCE
                and not self._is_inferred(quad.triple)
            ]
            self._leaving.take(gone)
            self._touch(gone)

    def _touch(self, quads: Iterable[ox.Quad]) -> None:
        self._touched.update(
            quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)
        )

    def _is_note(self, node: str) -> bool:
        return any(
            isinstance(cls, ox.NamedNode) and cls.value in _NOTES
            for cls in self._values(node, RDF.type)
        )

    def _is_baseless(self, node: str) -> bool:
        """Tell whether no passage is left for a note, or none with the words it corrects."""
        if not self._has_passage(node):
            return True
        words = [term.value for term in self._values(node, COMITY.verbatim)]
        texts = [
            triple.object.value
            for link in self._leaving.left(node, PROV.wasDerivedFrom, None, CURATION)
            for triple in self._leaving.everywhere(iri_of(link.object), COMITY.text, None)
            if isinstance(triple.object, ox.Literal)
        ]
        return not all(any(word in text for text in texts) for word in words)

    def _has_passage(self, node: str) -> bool:
        left = self._leaving.left(node, PROV.wasDerivedFrom, None, CURATION)
        return next(left, None) is not None

    def _values(self, node: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
        found = self._store.match(iri(node), iri(predicate), None, CURATION)
        return [q.object for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)]

    def _is_inferred(self, triple: ox.Triple) -> bool:
        """Tell whether an inference that stays describes a triple."""
        if not isinstance(triple.subject, ox.NamedNode):
            return False
        for quad in self._leaving.left(None, RDF.subject, triple.subject, CURATION):
            note = iri_of(quad.subject)
            if triple.predicate in self._values(
                note, RDF.predicate
            ) and triple.object in self._values(note, RDF.object):
                return True
        return False

    def _lost(self, nodes: set[str]) -> set[str]:
        """Return the nodes that nothing describes or points at any more."""
        lost = {node for node in nodes if not self._is_described(node)}
        held = [node for node in lost if self._is_pointed_at(node, lost)]
        while held:
            node = held.pop()
            if node not in lost:
                continue
            lost.discard(node)
            held += [
                quad.object.value
                for quad in self._leaving.left(node, None, None, CURATION)
                if isinstance(quad.object, ox.NamedNode)
                and quad.predicate.value not in _NO_SUPPORT
                and quad.object.value in lost
            ]
        return lost

    def _is_described(self, node: str) -> bool:
        return (
            self._is_described_elsewhere(node)
            or self._has_passage(node)
            or next(self._leaving.left(None, RDF.subject, iri(node), CURATION), None) is not None
        )

    def _is_described_elsewhere(self, node: str) -> bool:
        return any(
            graph != CURATION.value
            for triple in self._leaving.everywhere(node, None, None)
            for graph in self._leaving.remaining(triple)
        )

    def _is_pointed_at(self, node: str, lost: set[str]) -> bool:
        for triple in self._leaving.everywhere(None, None, iri(node)):
            if triple.predicate.value in _NO_SUPPORT:
                continue
            subject = iri_of(triple.subject)
            for graph in self._leaving.remaining(triple):
                if graph != CURATION.value:
                    return True
                if subject not in lost and not self._is_remark(subject):
                    return True
        return False

    def _is_remark(self, node: str) -> bool:
        """Tell whether a node is only curation's word about others, such as a decision."""
        linked = self._store.match(iri(node), iri(PROV.wasDerivedFrom), None, DEFAULT)
        return next(linked, None) is None and not self._is_described(node)

    def _take_nodes(self, lost: set[str]) -> None:
        """Take what curation says about lost nodes, and remarks that are about them alone."""
        waiting = list(lost)
        while waiting:
            node = waiting.pop()
            self._leaving.about(node, CURATION)
            for quad in list(self._leaving.left(None, None, iri(node), CURATION)):
                remark = iri_of(quad.subject)
                if remark in lost or not self._is_remark(remark):
                    continue
                if quad.predicate.value in _ABOUT or self._instances(remark) <= lost:
                    lost.add(remark)
                    waiting.append(remark)

    def _instances(self, node: str) -> set[str]:
        """Return the things of ours that curation says a node points at."""
        return {
            quad.object.value
            for quad in self._store.match(iri(node), None, None, CURATION)
            if isinstance(quad.object, ox.NamedNode)
            and quad.object.value.startswith(current_base())
        }

    def _take_keys(self, lost: set[str]) -> None:
        """Take the search keys of names that nobody states any more."""
        gone: dict[str, set[str]] = {}
        for quad in self._leaving.all():
            if quad.predicate.value in NAMING and isinstance(quad.object, ox.Literal):
                node = iri_of(quad.subject)
                if node not in lost and not self._leaving.stays(quad.triple):
                    gone.setdefault(node, set()).add(search_key(quad.object.value))
        for node, keys in gone.items():
            kept = {
                search_key(triple.object.value)
                for predicate in NAMING
                for triple in self._leaving.everywhere(node, predicate, None)
                if isinstance(triple.object, ox.Literal)
            }
            for key in keys - kept:
                self._leaving.take(
                    list(
                        self._store.match(
                            iri(node), iri(COMITY.searchKey), ox.Literal(key), CURATION
                        )
                    )
                )

    def _take_times(self, times: set[str]) -> None:
        """Take curation's copy of time points that it uses no more.

        It stays where another graph uses the time point without describing it.
        """
        for node in times:
            time = iri(node)
            if next(self._leaving.left(None, None, time, CURATION), None):
                continue
            used = next(self._leaving.everywhere(None, None, time), None)
            if used is None or self._is_described_elsewhere(node):
                self._leaving.about(node, CURATION)
