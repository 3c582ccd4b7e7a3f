"""Inferences: triples that a curator concludes, each described with its basis and certainty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

import pyoxigraph as ox

from comity.codes import Codes
from comity.curation.entry import Entered, Prepared, Signed, about, enter, mint, quad, signed
from comity.curation.objects import Typed, object_of
from comity.documents.lookup import find_passage
from comity.errors import InputError
from comity.labels import labels, resolve
from comity.store import Store, select
from comity_ontology.prefixes import expand, shorten
from comity_ontology.terms import COMITY, PROV, RDF

__all__ = ["infer", "prepare_inference"]

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def infer(
    store: Store,
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
    """State a triple that no source states, and why it is thought to hold.

    Parameters
    ----------
    store : Store
    subject : str
        A name, short form or IRI of a node in the graph.
    predicate : str
        A property, as ``comity:ofCountry``.
    value : str
        What the property leads to, read as its range asks: a node by name, a
        code, a date in EDTF, or a text.
    basis, by : str
        What it rests on, in words, and who concludes it.
    certainty : str
        certain, probable or possible.
    passages : sequence of str
        Passages that it rests on, as ``source:note/3``; by default those of the subject.
    language, datatype : str
        Make the value a text in a language, or a literal of a datatype.
    on : date, optional
        When; today unless given.

    Returns
    -------
    Entered
        Nothing changes where the graph says it already.

    Raises
    ------
    InputError
        It does not conform, rests on nothing, or is inferred already on other grounds.
    ParameterError
        There is no such node, property, code or passage.
    """
    find, codes = partial(resolve, store), Codes(store)
    node = find(subject, ())
    typed = object_of(
        expand(predicate), value, find=find, codes=codes, language=language, datatype=datatype
    )
    prepared = prepare_inference(
        store,
        node,
        expand(predicate),
        typed,
        signed(by, basis, on),
        certainty=codes.find(certainty, "certainty"),
        passages=[find_passage(store, passage) for passage in passages],
    )
    return enter(store, "comity infer", prepared)


def prepare_inference(
    store: Store,
    subject: str,
    predicate: str,
    typed: Typed,
    by: Signed,
    *,
    certainty: str,
    passages: Sequence[str],
) -> Prepared:
    """Make the statements of an inference; see :func:`infer`.

    ``subject``, ``predicate`` and ``certainty`` are IRIs.
    """
    said = _said(store, subject, predicate, typed.term)
    triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), typed.term)
    known = _described(store, triple)
    if known is not None:
        return _again(known, said, by, certainty)
    stating = _stated_by(store, triple)
    if stating:
        return Prepared("", f"{shorten(stating)} says so already: {said}", ())
    evidence = list(passages) or _evidence(store, subject)
    if not evidence:
        raise InputError(
            f"{shorten(subject)} rests on no passage: say which sentences this conclusion rests "
            "on, with --passage or in the column sentences"
        )
    words = _CAPITAL.sub(" ", shorten(predicate).rpartition(":")[2])
    stem = f"{subject.rpartition('/')[2]} {words}"
    node = mint("inference", stem, *map(str, triple))
    quads = [
        quad(subject, predicate, typed.term),
        *(quad(*statement) for statement in typed.described),
        *about(node, COMITY.Inference, by),
        quad(node, RDF.subject, ox.NamedNode(subject)),
        quad(node, RDF.predicate, ox.NamedNode(predicate)),
        quad(node, RDF.object, typed.term),
        quad(node, COMITY.certainty, ox.NamedNode(certainty)),
        *(quad(node, PROV.wasDerivedFrom, ox.NamedNode(passage)) for passage in evidence),
    ]
    return Prepared(node, said, tuple(quads))


def _said(store: Store, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> str:
    nodes = [subject, predicate, *([value.value] if isinstance(value, ox.NamedNode) else [])]
    named = labels(store, nodes)
    other = (
        named[value.value].removeprefix("timepoint:")
        if isinstance(value, ox.NamedNode)
        else f"“{value.value}”"
    )
    return f"{named[subject]} {named[predicate]} {other}"


def _described(store: Store, triple: ox.Triple) -> ox.QuerySolution | None:
    """Find the inference that describes a triple already."""
    rows = select(
        store,
        f"""SELECT ?node ?basis ?certainty WHERE {{
              ?node a comity:Inference ; rdf:subject {triple.subject} ;
                rdf:predicate {triple.predicate} ; rdf:object {triple.object} .
              OPTIONAL {{ ?node comity:basis ?basis }}
              OPTIONAL {{ ?node comity:certainty ?certainty }} }} ORDER BY ?node LIMIT 1""",
    )
    return next(rows, None)


def _again(known: ox.QuerySolution, said: str, by: Signed, certainty: str) -> Prepared:
    """Say that an inference is there; one on other grounds is no repetition."""
    node = known["node"].value
    basis = "" if known["basis"] is None else known["basis"].value
    sure = "" if known["certainty"] is None else known["certainty"].value
    if (basis, sure) == (by.why, certainty):
        return Prepared(node, f"{shorten(node)} says so already: {said}", ())
    raise InputError(
        f"{shorten(node)} concludes this already ({shorten(sure).rpartition(':')[2]}, because "
        f"{basis}): add a note to it if you see it otherwise"
    )


def _stated_by(store: Store, triple: ox.Triple) -> str:
    """Return a graph's document, or the graph, that states a triple; empty if none does."""
    rows = select(
        store,
        f"""SELECT ?graph ?document WHERE {{
              GRAPH ?graph {{ {triple} }}
              OPTIONAL {{ ?document comity:factGraph ?graph }} }} ORDER BY ?graph LIMIT 1""",
    )
    row = next(rows, None)
    if row is None:
        return ""
    return str((row["document"] or row["graph"]).value)


def _evidence(store: Store, subject: str) -> list[str]:
    found = store.match(
        ox.NamedNode(subject), ox.NamedNode(PROV.wasDerivedFrom), None, ox.DefaultGraph()
    )
    return sorted(one.object.value for one in found if isinstance(one.object, ox.NamedNode))
