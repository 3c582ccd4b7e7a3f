"""The SHACL report that is written says what the results say, over all shape cases."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD

from comity.store import open_store
from comity.validation import Report, Result, Severity, shipped_shapes, validate
from comity.validation.paths import path_triples, short_path
from comity_ontology import modules
from comity_ontology.prefixes import DEFAULT_BASE, prefixes

CASES = Path(__file__).parents[1] / "cases" / "shapes"
EX = "https://example.org/"
NAMES = {**prefixes(DEFAULT_BASE), "change": f"{DEFAULT_BASE}change/"}
REPEATED = (SH.inversePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)
SIGNS = dict(zip(REPEATED, ("^", "*", "+", "?"), strict=True))


def plain(graph: rdflib.Graph, path: rdflib.term.Node | None) -> Any:
    """A path without blank nodes, so that two can be compared."""
    if path is None or isinstance(path, rdflib.URIRef):
        return path
    if (path, RDF.first, None) in graph:
        return ("sequence", *(plain(graph, one) for one in Collection(graph, path)))
    if choice := graph.value(path, SH.alternativePath):
        return ("alternative", *(plain(graph, one) for one in Collection(graph, choice)))
    (found,) = [(one, graph.value(path, one)) for one in REPEATED if (path, one, None) in graph]
    return (found[0], plain(graph, found[1]))


def path_text(graph: rdflib.Graph, path: rdflib.term.Node | None) -> str:
    """A path in RDF as SPARQL writes it, in brackets where it binds less than what is around."""
    if path is None or isinstance(path, rdflib.URIRef):
        return str(path or "")
    return path_written(plain(graph, path), 0)


def path_written(path: Any, binding: int) -> str:
    if isinstance(path, rdflib.URIRef):
        return f"<{path}>"
    kind, *parts = path
    if kind in ("sequence", "alternative"):
        own = int(kind == "sequence")
        text = "|/"[own].join(path_written(part, own + 1) for part in parts)
    else:
        own, inner = 2, path_written(parts[0], 3)
        text = f"^{inner}" if kind == SH.inversePath else f"{inner}{SIGNS[kind]}"
    return f"({text})" if own < binding else text


def term(node: rdflib.term.Node | None) -> Any:
    """A literal as what it is in RDF 1.1: rdflib tells plain ones from those of xsd:string."""
    if not isinstance(node, rdflib.Literal):
        return node
    return (str(node), node.language, None if node.datatype == XSD.string else node.datatype)


def said(graph: rdflib.Graph) -> set[tuple[Any, ...]]:
    """What each result of a report says, term by term."""
    return {
        (
            graph.value(result, SH.focusNode),
            path_text(graph, graph.value(result, SH.resultPath)),
            term(graph.value(result, SH.value)),
            graph.value(result, SH.sourceConstraintComponent),
            graph.value(result, SH.sourceShape),
            graph.value(result, SH.resultSeverity),
            str(graph.value(result, SH.resultMessage)),
        )
        for result in graph.objects(None, SH.result)
    }


def meant(result: Result) -> tuple[Any, ...]:
    """The same of a result that is a plain value."""
    value: Any = None
    if result.value_kind == "literal":
        plain_text = result.datatype in (str(XSD.string), str(RDF.langString))
        datatype = None if plain_text else rdflib.URIRef(result.datatype)
        value = (result.value, result.language or None, datatype)
    elif result.value_kind == "iri":
        value = rdflib.URIRef(result.value)
    return (
        rdflib.URIRef(result.focus),
        result.path,
        value,
        rdflib.URIRef(result.constraint),
        rdflib.URIRef(result.shape),
        SH[result.severity.word.capitalize()],
        result.message,
    )


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib says it to itself
@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.yaml")))
def test_it_says_what_the_results_say(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store()
    for module in modules():
        store.add(ox.parse(module.path.read_bytes(), format=ox.RdfFormat.TURTLE))
    store.add(ox.parse((CASES / "valid.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    head = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMES.items())
    cases = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    for case in cases.values():
        store.update(head + case["change"])
    report = validate(store, shipped_shapes())
    assert len(report.results) > 1
    # What is read is to be what was written: 2021-02-01Z is not 2021-02-01 here.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    for syntax in ("turtle", "ntriples", "jsonld"):
        stream = io.BytesIO()
        report.write(stream, syntax)
        formats = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld"}
        ours = rdflib.Graph().parse(data=stream.getvalue(), format=formats[syntax])
        assert said(ours) == {meant(result) for result in report.results}
        (top,) = ours.subjects(RDF.type, SH.ValidationReport)
        assert ours.value(top, SH.conforms) == rdflib.Literal(False)
        assert len(list(ours.objects(top, SH.result))) == len(report.results)


def test_any_result_is_against_conformance_in_the_sense_of_shacl() -> None:
    note = Result(Severity.INFO, f"{EX}S", f"{EX}a", "", "", "A note.", f"{SH}MinCount")
    for results, expected in (([], True), ([note], False)):
        written = rdflib.Graph().parse(data=Report.of(results).to_turtle(), format="turtle")
        (top,) = written.subjects(RDF.type, SH.ValidationReport)
        assert written.value(top, SH.conforms) == rdflib.Literal(expected)
        assert Report.of(results).conforms


def test_terms_that_are_no_iris_stay_what_they_are() -> None:
    results = [
        Result(Severity.VIOLATION, "_:shape", "_:node", "", "_:value", "m", f"{SH}Node"),
        Result(Severity.VIOLATION, f"{EX}S", "a literal", "", "1", "m", datatype=f"{EX}unit"),
        Result(Severity.VIOLATION, f"{EX}S", f"{EX}a", "", "x", "m", language="en", datatype="r"),
    ]
    written = rdflib.Graph().parse(data=Report.of(results).to_turtle(), format="turtle")
    terms = {
        (type(written.value(one, SH.focusNode)), written.value(one, SH.value))
        for one in written.objects(None, SH.result)
    }
    assert (rdflib.Literal, rdflib.Literal("1", datatype=rdflib.URIRef(f"{EX}unit"))) in terms
    assert (rdflib.URIRef, rdflib.Literal("x", lang="en")) in terms
    assert {kind for kind, value in terms if isinstance(value, rdflib.BNode)} == {rdflib.BNode}
    # A check that is no shape is its own constraint component: each result has exactly one.
    for one in written.objects(None, SH.result):
        assert len(list(written.objects(one, SH.sourceConstraintComponent))) == 1


@pytest.mark.parametrize(
    ("turtle", "text"),
    [
        ("ex:a", f"{EX}a"),
        ("[ sh:inversePath ex:a ]", f"^<{EX}a>"),
        ("( ex:a ex:b )", f"<{EX}a>/<{EX}b>"),
        ("[ sh:alternativePath ( ex:a ex:b ) ]", f"<{EX}a>|<{EX}b>"),
        ("[ sh:zeroOrMorePath ex:a ]", f"<{EX}a>*"),
        ("( ex:a [ sh:alternativePath ( ex:b ex:c ) ] )", f"<{EX}a>/(<{EX}b>|<{EX}c>)"),
        ("[ sh:alternativePath ( ex:a ( ex:b ex:c ) ) ]", f"<{EX}a>|<{EX}b>/<{EX}c>"),
        ("[ sh:inversePath ( ex:a ex:b ) ]", f"^(<{EX}a>/<{EX}b>)"),
        ("[ sh:inversePath [ sh:oneOrMorePath ex:a ] ]", f"^(<{EX}a>+)"),
        ("[ sh:oneOrMorePath [ sh:inversePath ex:a ] ]", f"(^<{EX}a>)+"),
        ("[ sh:zeroOrOnePath [ sh:zeroOrMorePath ex:a ] ]", f"(<{EX}a>*)?"),
        ("( ( ex:a ex:b ) ex:c )", f"(<{EX}a>/<{EX}b>)/<{EX}c>"),
    ],
)
def test_paths_go_to_text_and_back(turtle: str, text: str) -> None:
    head = f"@prefix sh: <{SH}> . @prefix ex: <{EX}> . "
    graph = rdflib.Graph().parse(data=f"{head} ex:shape sh:path {turtle} .", format="turtle")
    path = graph.value(rdflib.URIRef(f"{EX}shape"), SH.path)
    assert path_text(graph, path) == text
    node, triples = path_triples(text, "x")
    lines = "".join(f"{triple} .\n" for triple in triples)
    back = rdflib.Graph().parse(data=f"<{EX}s> <{SH.path}> {node} .\n{lines}", format="nt")
    assert plain(back, back.value(rdflib.URIRef(f"{EX}s"), SH.path)) == plain(graph, path)


@pytest.mark.parametrize("text", ["<a", "<x:a>//<x:b>", "(<x:a>", "<x:a>)", "^<>", "<x:a> <x:b>"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="path"):
        path_triples(text, "x")


def test_paths_have_a_short_form() -> None:
    ns = "https://w3id.org/comity/ns#"
    assert short_path(f"{ns}party") == "comity:party"
    assert short_path(f"<{ns}partOfEvent>*/(<{ns}time>|<{ns}begin>)") == (
        "comity:partOfEvent*/(comity:time|comity:begin)"
    )
