"""The shape files themselves: valid SHACL, named, explained, and in the terms of the model."""

from __future__ import annotations

import re

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef

from comity.validation import shipped_shapes
from comity_ontology import modules, shapes
from comity_ontology.prefixes import VOCABULARIES

SHAPE_CLASSES = (SH.NodeShape, SH.PropertyShape)
INDIRECT = (SH["not"], SH.node, SH.qualifiedValueShape)
LISTS = (SH["or"], SH.xone, SH["and"])


@pytest.fixture(scope="module")
def files() -> dict[str, Graph]:
    return {
        path.name: Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")
        for path in shapes()
    }


@pytest.fixture(scope="module")
def graph(files) -> Graph:
    union = Graph()
    for part in files.values():
        union += part
    return union


@pytest.fixture(scope="module")
def model() -> Graph:
    union = Graph()
    for module in modules():
        union.parse(data=module.path.read_text(encoding="utf-8"), format="turtle")
    return union


def test_shapes_are_valid_shacl(graph):
    conforms, _, text = validate(Graph(), shacl_graph=graph, meta_shacl=True, inplace=True)
    assert conforms, text


def test_shapes_are_understood_in_full():
    assert shipped_shapes().notes == ()
    assert len(shipped_shapes().targeted) > 90


def test_every_shape_has_an_iri_and_stands_in_one_file(files):
    homes: dict[str, str] = {}
    for name, part in files.items():
        for kind in (*SHAPE_CLASSES, SH.SPARQLConstraint):
            for shape in part.subjects(RDF.type, kind):
                assert isinstance(shape, URIRef)
                assert str(shape).startswith(VOCABULARIES["shape"])
                assert homes.setdefault(str(shape), name) == name
    assert len(files) == len(set(homes.values()))


def test_every_shape_that_is_used_is_declared(graph):
    declared = {shape for kind in SHAPE_CLASSES for shape in graph.subjects(RDF.type, kind)}
    used = {shape for path in (SH.property, *INDIRECT) for shape in graph.objects(None, path)}
    for path in LISTS:
        for head in graph.objects(None, path):
            used |= set(graph.items(head))
    targeted = set(graph.subjects(SH.targetClass)) | set(graph.subjects(SH.targetSubjectsOf))
    assert used <= declared
    assert declared == used | targeted


def test_every_shape_is_explained(graph):
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        assert graph.value(shape, RDFS.label), shape
        assert graph.value(shape, RDFS.comment), shape
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        assert graph.value(shape, SH.name), shape
        assert graph.value(shape, SH.description), shape


def test_every_check_has_a_severity_and_a_message(graph):
    checked = set(graph.objects(None, SH.property)) - _inner(graph) | set(graph.subjects(SH.sparql))
    assert len(checked) > 150
    for shape in checked:
        assert graph.value(shape, SH.severity), shape
        constraint = graph.value(shape, SH.sparql) or shape
        messages = list(graph.objects(constraint, SH.message))
        assert len(messages) == 1, shape
        assert str(messages[0]).count(". ") >= 1, f"{shape} does not say what to do"


def test_message_placeholders_are_selected(graph):
    for constraint, query in graph.subject_objects(SH.select):
        head = str(query).split("WHERE")[0]
        selected = set(re.findall(r"[?$](\w+)", head))
        message = str(graph.value(constraint, SH.message))
        assert set(re.findall(r"\{[?$](\w+)\}", message)) <= selected, constraint


def test_queries_use_declared_prefixes_and_are_anchored(graph):
    declared = {str(value) for value in graph.objects(None, SH.prefix)}
    for constraint, query in graph.subject_objects(SH.select):
        used = set(re.findall(r"(?<![\w?$\"])([a-z]+):(?=[A-Za-z])", str(query)))
        assert used <= declared, constraint
        assert "$this" in str(query).split("WHERE")[1], constraint
        assert not re.search(r"\b(MINUS|VALUES|SERVICE)\b", str(query)), constraint
        assert graph.value(constraint, SH.prefixes), constraint


def test_terms_and_codes_of_the_model_exist(files, model, graph):
    known = {str(subject) for subject in model.subjects(RDF.type)}
    used = {
        str(term)
        for triple in graph
        for term in triple
        if isinstance(term, URIRef) and term.startswith((_ns("comity"), _ns("code")))
    }
    for query in graph.objects(None, SH.select):
        for prefix, name in re.findall(r"\b(comity|code):([A-Za-z][\w-]*)", str(query)):
            used.add(VOCABULARIES[prefix] + name)
    # Named in order to forbid it, and the authors' own IRI.
    assert used - known == {f"{_ns('comity')}status"}


def test_every_class_of_the_model_is_checked(model, graph):
    classes = {
        str(kind)
        for kind in model.subjects(RDF.type, OWL.Class)
        if str(kind).startswith(_ns("comity"))
    }
    assert len(classes) > 20
    assert classes <= {str(kind) for kind in graph.objects(None, SH.targetClass)}


def test_every_scheme_is_checked_or_is_the_status(model, graph):
    schemes = set(model.subjects(RDF.type, SKOS.ConceptScheme))
    checked = set(graph.objects(None, SH.hasValue))
    assert schemes - checked == {URIRef(f"{_ns('code')}agreement-status")}


def test_severities_are_the_three_of_shacl(graph):
    assert set(graph.objects(None, SH.severity)) == {SH.Violation, SH.Warning, SH.Info}


def test_texts_are_english(graph):
    for path in (SH.message, SH.name, SH.description):
        for text in graph.objects(None, path):
            assert isinstance(text, Literal)
            assert text.language == "en"


def _ns(prefix: str) -> str:
    return VOCABULARIES[prefix]


def _inner(graph: Graph) -> set[URIRef | BNode]:
    """Property shapes below shapes without targets: conditions, which report nothing alone."""
    targeted = set(graph.subjects(SH.targetClass)) | set(graph.subjects(SH.targetSubjectsOf))
    outer = {prop for shape in targeted for prop in graph.objects(shape, SH.property)}
    return set(graph.objects(None, SH.property)) - outer  # type: ignore[arg-type]
