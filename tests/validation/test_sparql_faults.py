"""Queries in shapes that cannot be used: what is said of them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from comity.errors import ComityError, InputError, NotSupported
from comity.validation.shapes.reading import shapes_of
from comity_ontology.terms import XSD

PREFIXES = """
    @prefix ex: <urn:ex:> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix comity: <https://w3id.org/comity/ns#> .
    ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "urn:ex:" ] .
"""
IN = "shape urn:ex:S has sh:sparql urn:ex:Query: "
USE = f"{IN}its sh:select cannot be used: "


def said(text: str, kind: type[ComityError] = InputError) -> str:
    with pytest.raises(kind) as caught:
        shapes_of(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE))
    assert type(caught.value) is kind
    return str(caught.value)


def of_query(query: str, kind: type[ComityError] = InputError) -> str:
    return said(
        f"""ex:S sh:targetNode ex:a ; sh:sparql ex:Query .
        ex:Query sh:prefixes ex:prefixes ; sh:select {ox.Literal(query)} .""",
        kind,
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x { ?x ex:p $this }", "it must select $this: add it after SELECT"),
        ("SELECT * { FILTER($this = 1) }", "it must select $this: add it after SELECT"),
        ("ASK { $this ex:p 1 }", "line 1, column 1: it is no SELECT query"),
        ("CONSTRUCT { $this ex:p 1 } { $this ex:p 1 }", "line 1, column 1: it is no SELECT query"),
        ("DELETE WHERE { $this ex:p 1 }", "line 1, column 1: it is no SELECT query"),
        ("", "line 1, column 1: it is no SELECT query"),
        (
            "LOAD <http://example.org/>",
            "line 1, column 1: LOAD would call another server; remove it",
        ),
        (
            "SELECT $this {\n  SERVICE <http://example.org/> { $this ex:p 1 } }",
            "line 2, column 3: SERVICE would call another server; remove it",
        ),
        (
            "SELECT $this { FILTER NOT EXISTS { 1SERVICE<http://example.org/>{ ?s ?p ?o } } }",
            "line 1, column 37: SERVICE would call another server; remove it",
        ),
        (
            "SELECT $this { $this ex:p 1 \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
            "line 1, column 29: SERVICE would call another server; remove it",
        ),
        (
            "SELECT $this { $this ex:p ?\\u0078 }",
            "line 1, column 28: write the character itself, not its number",
        ),
        (
            "SELECT $this { $this ex:p 1 MINUS { $this ex:q 1 } }",
            "line 1, column 29: SHACL does not allow MINUS here; write FILTER NOT EXISTS { … }",
        ),
        (
            "SELECT $this {\n FILTER EXISTS { VALUES ?x { 1 } } }",
            "line 2, column 18: SHACL does not allow VALUES here; write FILTER (?x IN (…))",
        ),
        (
            "SELECT $this FROM ex:g { $this ex:p 1 }",
            "line 1, column 14: the data graph is what is asked; remove FROM",
        ),
        (
            "SELECT (1 AS $this) { }",
            "line 1, column 14: $this has a value already; give what is computed another name",
        ),
        (
            "SELECT $this { BIND(ex:x AS ?currentShape) }",
            "line 1, column 29: ?currentShape has a value already; give what is computed another "
            "name",
        ),
        (
            "SELECT $this { $this $PATH ?x }",
            "line 1, column 22: it uses $PATH, but its shape has no sh:path; name the property in "
            "the query",
        ),
        (
            "SELECT $this {\n\n { SELECT ?x { ?x ex:p $this } } }",
            "line 3: a SELECT within the query must pass $this on; add it",
        ),
        (
            "SELECT $this { FILTER EXISTS { SELECT ?x { ?x ex:p $this } } }",
            "line 1: a SELECT within the query must pass $this on; add it",
        ),
        (
            "SELECT $this { { SELECT $this (COUNT(*) AS ?n) { $this ex:p ?x } } }",
            "line 1: a SELECT within the query aggregates without GROUP BY: write GROUP BY $this",
        ),
        (
            "SELECT $this (COUNT(*) AS ?n) { $this ex:p ?x } LIMIT 1",
            "it aggregates without GROUP BY: write GROUP BY $this",
        ),
        (
            "SELECT $this {\n  $this other:p 1 }",
            "line 2, column 9: the prefix other: is not declared; declare it with sh:declare at a "
            "value of sh:prefixes",
        ),
        (
            "SELECT $this { $this <p> 1 }",
            "line 1, column 22: <p> is no full IRI; write it out, or put spaces around < and >",
        ),
        (
            "SELECT $this { $this ex:p ?x, ?y FILTER(?x<ex:a&&?y>ex:b) }",
            "line 1, column 43: <ex:a&&?y> can be read as an IRI and as a comparison; put spaces "
            "around < and >",
        ),
        (
            "SELECT $this {\n $this ex:p ?x\n OPTIONAL }",
            "not a SPARQL query: line 3, column 11, near '}': expected \"{\"",
        ),
        ("SELECT $this WHERE", "not a SPARQL query: line 1, column 19, at the end of the query"),
        (
            "SELECT $this { $this ex:p ?x FILTER(ex:near(?x, $this)) }",
            "the engine refuses it: The custom function <urn:ex:near> is not supported",
        ),
        (
            'SELECT $this {\n $this ex:p ?x FILTER REGEX(?x, "(?=a)", "i") }',
            'line 2: the regular expression "(?=a)" is not understood; correct it',
        ),
        (
            "SELECT $this { $this ex:p ?x FILTER(REPLACE(STR(?x), '(', '') = '') }",
            "line 1: the regular expression '(' is not understood; correct it",
        ),
        ("SELECT $this " + "{" * 201, "line 1, column 214: brackets are nested more than 200 deep"),
        ("SELECT $this { } #" + "x" * 100_000, "it has more than 100,000 characters"),
    ],
)
def test_queries(query: str, message: str) -> None:
    assert of_query(query).startswith(USE + message)


def test_the_shapes_graph_is_not_read() -> None:
    query = "SELECT $this { GRAPH $shapesGraph { $this ex:p 1 } }"
    assert of_query(query, NotSupported) == (
        f"{IN}its sh:select, line 1, column 22: the shapes graph cannot be read by queries here "
        "($shapesGraph); write what is needed in the query"
    )


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        ("'SELECT'", 'shape urn:ex:S has sh:sparql "SELECT": give a node with sh:select'),
        ("[ sh:ask 'ASK { }' ]", "shape urn:ex:S has sh:sparql: it lacks sh:select; add it"),
        ("[ sh:select 'a', 'b' ]", "shape urn:ex:S has sh:sparql: it has 2 sh:select; keep one"),
        (
            "[ sh:select 'SELECT'@en ]",
            'shape urn:ex:S has sh:sparql: its sh:select is "SELECT"@en; give the query as text',
        ),
        (
            "[ sh:prefixes [ sh:declare [ sh:prefix 'ex' ] ] ; sh:select 'SELECT $this { }' ]",
            "shape urn:ex:S has sh:sparql: its sh:select cannot be used: a declaration of a prefix "
            "at a blank node (sh:declare) needs one sh:namespace, as text",
        ),
        (
            "[ sh:prefixes ex:prefixes, [ sh:declare [ sh:prefix 'ex' ; sh:namespace 'urn:y' ] ] ; "
            "sh:select 'SELECT $this { }' ]",
            "shape urn:ex:S has sh:sparql: its sh:select cannot be used: the prefix ex: is "
            "declared as urn:ex: and as urn:y: keep one",
        ),
        (
            "[ sh:prefixes [ sh:declare [ sh:prefix 'x' ; sh:namespace 'urn:x> } #' ] ] ; "
            "sh:select 'SELECT $this { ' ]",
            "shape urn:ex:S has sh:sparql: its sh:select cannot be used: the prefix x: is "
            "declared as urn:x> } #, which is no full IRI",
        ),
    ],
)
def test_constraints(constraint: str, message: str) -> None:
    assert said(f"ex:S sh:targetNode ex:a ; sh:sparql {constraint} .").startswith(message)


def test_a_shape_without_iri_is_not_asked_for_by_name() -> None:
    message = said(
        "[] sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this { $currentShape ?p 1 }' ] ."
    )
    assert message.endswith(
        "line 1, column 16: it uses $currentShape, but its shape has no IRI; give it one"
    )


def component(parameters: str, validator: str, shape: str) -> str:
    return f"""
        ex:C a sh:ConstraintComponent ; {parameters} ; {validator} .
        ex:S sh:targetNode ex:a ; {shape} .
    """


ONE = "sh:parameter [ sh:path ex:most ]"
ASK = "sh:validator [ sh:prefixes ex:prefixes ; sh:ask 'ASK { FILTER($value < $most) }' ]"
OF = "constraint component urn:ex:C "


@pytest.mark.parametrize(
    ("parameters", "validator", "shape", "message"),
    [
        ("sh:parameter [ ]", ASK, "ex:most 1", f"{OF}has the parameter a blank node, which needs"),
        (
            "sh:parameter [ sh:path ex:this ]",
            ASK,
            "ex:this 1",
            f"{OF}has the parameter urn:ex:this, whose name can be no variable of its own: let it "
            "end in another name",
        ),
        (
            f"{ONE}, [ sh:path <urn:other#most> ]",
            ASK,
            "ex:most 1",
            f"{OF}has two parameters that end in the same name: rename one",
        ),
        (
            "sh:parameter [ sh:path ex:most ; sh:optional true ]",
            ASK,
            "ex:most 1",
            f"{OF}has no parameter that must be given: add one",
        ),
        (
            ONE,
            "sh:validator [ sh:select 'SELECT $this { }' ]",
            "ex:most 1",
            f"{OF}has a blank node with sh:select as sh:validator: use sh:nodeValidator",
        ),
        (
            f"{ONE}, [ sh:path ex:other ]",
            ASK,
            "ex:most 1, 2 ; ex:other 3",
            "shape urn:ex:S has urn:ex:most: a shape has at most one, and this has 2",
        ),
        (
            f"sh:parameter [ sh:path ex:most ; sh:datatype <{XSD.NS}integer> ]",
            ASK,
            "ex:most 'lots'",
            'shape urn:ex:S has urn:ex:most "lots": the component asks for a well-formed '
            "xsd:integer",
        ),
        (
            f"sh:parameter [ sh:path ex:most ; sh:datatype <{XSD.NS}byte> ]",
            ASK,
            f"ex:most '300'^^<{XSD.NS}byte>",
            "shape urn:ex:S has urn:ex:most",
        ),
        (
            "sh:parameter [ sh:path ex:most ; sh:nodeKind sh:IRI ]",
            ASK,
            "ex:most 1",
            "shape urn:ex:S has urn:ex:most 1: the component asks for a sh:IRI",
        ),
        (ONE, ASK, "ex:most [ ]", "shape urn:ex:S has urn:ex:most a blank node: give an IRI"),
        (
            ONE,
            "sh:validator [ sh:ask 'ASK { BIND(1 AS ?most) }' ]",
            "ex:most 1",
            "shape urn:ex:S has urn:ex:most: constraint component urn:ex:C: its sh:ask cannot be "
            "used: line 1, column 17: ?most has a value already",
        ),
        (
            ONE,
            "sh:validator [ sh:ask 'ASK { { SELECT $this $most { $value ?p 1 } } }' ]",
            "ex:most 1",
            "shape urn:ex:S has urn:ex:most: constraint component urn:ex:C: its sh:ask cannot be "
            "used: line 1: a SELECT within the query must pass $value on; add it",
        ),
        (
            ONE,
            "sh:validator [ sh:ask 'ASK { SERVICE <http://example.org/> { $value ?p 1 } }' ]",
            "ex:most 1",
            "shape urn:ex:S has urn:ex:most: constraint component urn:ex:C: its sh:ask cannot be "
            "used: line 1, column 7: SERVICE would call another server; remove it",
        ),
        (
            ONE,
            "sh:nodeValidator [ sh:select 'SELECT $this { $this $most 1 }' ]",
            "ex:most 1",
            "shape urn:ex:S has urn:ex:most: constraint component urn:ex:C: its sh:select cannot "
            "be used: with the values of the parameters it is no SPARQL query: line 1",
        ),
    ],
)
def test_components(parameters: str, validator: str, shape: str, message: str) -> None:
    assert said(component(parameters, validator, shape)).startswith(message)


def test_a_declared_path_that_is_none() -> None:
    message = said("""
        ex:S sh:targetNode ex:a ; sh:sparql ex:Query .
        ex:Query comity:reads "ex:p" ; sh:select "SELECT $this { }" .
    """)
    assert 'has comity:reads "ex:p": a path is a property' in message
