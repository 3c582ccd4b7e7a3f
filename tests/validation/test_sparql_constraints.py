"""``sh:sparql``: what its results are, and where naive rewriting would find others."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from comity.errors import InputError
from comity.store import EmbeddedStore
from comity.validation import Result, Severity
from comity.validation.constraints.base import Read
from comity.validation.constraints.sparql import Sparql
from comity.validation.engine import validate
from comity.validation.shapes import Shapes
from comity.validation.shapes.path import Inverse, Predicate, Sequence
from comity.validation.shapes.reading import shapes_of

PREFIXES = """
    @prefix ex: <https://example.org/> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix comity: <https://w3id.org/comity/ns#> .
    ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/" ] .
"""
DATA = """
    ex:a a ex:Thing ; ex:p ex:x, ex:y ; ex:q 1 .
    ex:b a ex:Thing ; ex:p ex:x .
    ex:c a ex:Thing .
    ex:other ex:p ex:y ; ex:q 2 .
    ex:x ex:r ex:b .
"""


def triples(text: str) -> list[ox.Quad]:
    return list(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE))


def shapes(text: str) -> Shapes:
    return shapes_of(triples(text))


def sparql(select: str, more: str = "", of_shape: str = "") -> Shapes:
    """Return a shape of things with a query."""
    return shapes(f"""
        ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; {of_shape}
            sh:sparql [ {more} sh:prefixes ex:prefixes ; sh:select \"\"\"{select}\"\"\" ] .
    """)


def store(text: str = DATA) -> EmbeddedStore:
    made = EmbeddedStore.in_memory()
    made.add(ox.Quad(one.subject, one.predicate, one.object) for one in triples(text))
    return made


def results(found: Shapes, data: str = DATA) -> list[Result]:
    return list(validate(store(data), found).results)


def short(text: str) -> str:
    return text.removeprefix("https://example.org/")


def pairs(found: Shapes, data: str = DATA) -> list[tuple[str, str]]:
    """Return focus nodes and values, sorted."""
    return sorted((short(one.focus), short(one.value)) for one in results(found, data))


def focus(select: str, data: str = DATA) -> str:
    """Return the names of the focus nodes that a query finds."""
    return "".join(sorted({name for name, _ in pairs(sparql(select), data)}))


class TestResults:
    def test_value_is_what_the_query_selects(self) -> None:
        found = pairs(sparql("SELECT $this ?value { $this ex:p ?value }"))
        assert found == [("a", "x"), ("a", "y"), ("b", "x")]

    def test_value_of_a_node_shape_is_else_the_focus_node(self) -> None:
        assert pairs(sparql("SELECT $this { $this ex:q 1 }")) == [("a", "a")]

    def test_value_is_the_focus_node_where_it_is_unbound(self) -> None:
        select = "SELECT $this ?value { $this a ex:Thing OPTIONAL { $this ex:q ?value } }"
        assert pairs(sparql(select)) == [("a", "1"), ("b", "b"), ("c", "c")]

    def test_a_variable_value_that_is_not_selected_is_no_value(self) -> None:
        assert pairs(sparql("SELECT $this { $this ex:q ?value }")) == [("a", "a")]

    def test_a_property_shape_has_no_value_but_what_is_selected(self) -> None:
        found = results(
            shapes("""
            ex:Shape a sh:PropertyShape ; sh:targetClass ex:Thing ; sh:path ex:p ;
                sh:sparql [ sh:select "SELECT $this { $this $PATH ?x }" ] .
        """)
        )
        assert {(short(one.focus), one.value, short(one.path)) for one in found} == {
            ("a", "", "p"),
            ("b", "", "p"),
        }

    def test_path_is_an_iri_or_that_of_the_shape(self) -> None:
        select = "SELECT $this (IF(?x = ex:x, ex:p, 1) AS ?path) ?value { $this ex:p ?value, ?x }"
        found = results(sparql(select))
        assert {
            (short(one.value), short(one.path)) for one in found if one.focus.endswith("a")
        } == {("x", "p"), ("y", "p"), ("x", ""), ("y", "")}

    def test_a_complex_path_stands_for_PATH(self) -> None:  # noqa: N802
        found = pairs(
            shapes("""
            ex:Shape a sh:PropertyShape ; sh:targetClass ex:Thing ;
                sh:path [ sh:alternativePath ( ex:p [ sh:inversePath ex:r ] ) ] ;
                sh:sparql [ sh:select "SELECT $this ?value { $this $PATH ?value }" ] .
        """)
        )
        assert found == [("a", "x"), ("a", "y"), ("b", "x")]

    def test_messages_have_places_for_what_is_selected(self) -> None:
        query = "SELECT $this ?x (STR(?q) AS ?number) { $this ex:q ?q ; ex:p ?x FILTER(?x = ex:x) }"
        message = 'sh:message "{$this} has {?x} and {$number}, {?nothing}" ;'
        (found,) = results(sparql(query, message, 'sh:message "of the shape" ;'))
        assert found.message == (
            "https://example.org/a has https://example.org/x and 1, {?nothing}"
        )

    def test_the_query_may_give_the_message(self) -> None:
        (found,) = results(
            sparql("SELECT $this (CONCAT('q is ', STR(?q)) AS ?message) { $this ex:q ?q }")
        )
        assert found.message == "q is 1"

    def test_severity_is_of_the_shape(self) -> None:
        (found,) = results(sparql("SELECT $this { $this ex:q 1 }", "", "sh:severity sh:Info ;"))
        assert found.severity is Severity.INFO
        assert found.constraint == "http://www.w3.org/ns/shacl#SPARQLConstraintComponent"

    def test_a_deactivated_constraint_is_not_asked(self) -> None:
        assert results(sparql("SELECT $this { $this ex:q 1 }", "sh:deactivated true ;")) == []

    def test_a_query_may_report_a_failure(self) -> None:
        with pytest.raises(InputError, match=r"ex:?.*Shape says that it failed for .*/a: "):
            results(sparql("SELECT $this (true AS ?failure) { $this ex:q 1 }"))
        assert len(results(sparql("SELECT $this (false AS ?failure) { $this ex:q 1 }"))) == 1

    def test_the_shape_is_known(self) -> None:
        assert (
            focus("SELECT $this { FILTER(bound($currentShape) && $currentShape = ex:Shape) }")
            == "abc"
        )

    def test_blank_focus_nodes(self) -> None:
        data = "[ a ex:Thing ; ex:p 1 ] a ex:Thing . [] a ex:Thing ."
        (found,) = results(sparql("SELECT $this { { FILTER(isBlank($this)) } $this ex:p 1 }"), data)
        assert found.focus.startswith("_:")

    def test_literal_focus_nodes(self) -> None:
        found = shapes("""
            ex:Shape sh:targetObjectsOf ex:q ; sh:sparql [
                sh:select "SELECT $this { FILTER($this > 1) }" ] .
        """)
        (result,) = results(found)
        assert result.focus == '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'
        assert result.value == "2"


class TestScope:
    """Where the pattern in front of the query alone would give other rows."""

    def test_filter_in_a_group(self) -> None:
        assert focus("SELECT $this { { FILTER($this = ex:b) } }") == "b"

    def test_filter_in_a_union(self) -> None:
        assert focus("SELECT $this { { FILTER($this = ex:b) } UNION { $this ex:q 1 } }") == "ab"

    def test_bind_in_an_optional(self) -> None:
        assert (
            focus("SELECT $this { OPTIONAL { ?x ex:r ?y BIND($this AS ?z) } FILTER(?y = ?z) }")
            == "b"
        )

    def test_bind_before_the_triples(self) -> None:
        assert (
            focus("SELECT $this { { BIND($this AS ?z) $this ex:q ?q } FILTER(?z = ex:a) }") == "a"
        )

    def test_exists_in_a_group(self) -> None:
        # For all nodes together, ex:x and ex:y both have somebody.
        assert focus("SELECT $this { { ?x ex:r ?y FILTER NOT EXISTS { $this ex:p ?x } } }") == "c"

    def test_optional_in_a_group(self) -> None:
        select = """SELECT $this { { ?x ex:r ?y OPTIONAL { $this ex:p ?x BIND(1 AS ?found) } }
            FILTER(!bound(?found)) }"""
        assert focus(select) == "c"

    def test_optional_before_the_triples(self) -> None:
        select = (
            "SELECT $this { { OPTIONAL { $this ex:q ?q } $this ex:p ex:x } FILTER(!bound(?q)) }"
        )
        assert focus(select) == "b"

    def test_a_select_within(self) -> None:
        select = """SELECT $this { { SELECT $this (COUNT(?x) AS ?n) {
            ?x ex:p ?y FILTER($this != ?x) } GROUP BY $this } FILTER(?n = 4) }"""
        assert focus(select) == "c"

    def test_order_and_limit_within(self) -> None:
        select = """SELECT $this ?value { { SELECT $this ?value { $this ex:p ?value }
            ORDER BY DESC(?value) LIMIT 1 } }"""
        assert pairs(sparql(select)) == [("a", "y"), ("b", "x")]

    def test_limit_is_for_each_node(self) -> None:
        select = "SELECT $this ?value { $this ex:p ?value } ORDER BY ?value LIMIT 1"
        assert pairs(sparql(select)) == [("a", "x"), ("b", "x")]
        assert pairs(
            sparql("SELECT $this ?value { $this ex:p ?value } ORDER BY ?value OFFSET 1")
        ) == [("a", "y")]

    def test_star(self) -> None:
        select = "SELECT * { { SELECT * { $this ex:p ?value } } }"
        assert pairs(sparql(select)) == [("a", "x"), ("a", "y"), ("b", "x")]

    def test_a_name_that_the_engine_uses_too(self) -> None:
        select = "SELECT $this (?t_1 AS ?value) { $this ex:p ?t_1 . ?root ex:r ?w_1 }"
        found = shapes(f"""
            ex:Shape sh:targetSubjectsOf ex:p ; sh:sparql [
                sh:prefixes ex:prefixes ; sh:select "{select}" ] .
        """)
        assert pairs(found) == [("a", "x"), ("a", "y"), ("b", "x"), ("other", "y")]

    def test_words_in_comments_and_strings(self) -> None:
        select = """SELECT $this # MINUS { VALUES $PATH
            { $this ex:q ?q . FILTER(STR(?q) != 'SERVICE $PATH { # }') } # }"""
        assert focus(select) == "a"

    def test_named_graphs(self) -> None:
        held = store()
        graph, value = ox.NamedNode("https://example.org/g"), ox.NamedNode("https://example.org/b")
        held.add([ox.Quad(value, ox.NamedNode("https://example.org/says"), value, graph)])
        select = "SELECT $this { GRAPH ?g { ?x ex:says ?x FILTER($this = ?x) } }"
        found = validate(held, sparql(select)).results
        assert [short(one.focus) for one in found] == ["b"]


class TestCounting:
    def test_groups_by_the_focus_node(self) -> None:
        select = "SELECT $this (COUNT(?x) AS ?value) { $this ex:p ?x } GROUP BY $this"
        assert pairs(sparql(select)) == [("a", "2"), ("b", "1")]

    def test_other_groups_are_for_each_node(self) -> None:
        select = """SELECT $this ?value { $this ex:p ?value . ?y ex:p ?value }
            GROUP BY ?value HAVING(COUNT(?y) = 2)"""
        assert pairs(sparql(select)) == [("a", "x"), ("a", "y"), ("b", "x")]

    def test_all_rows_of_a_node_even_none(self) -> None:
        select = "SELECT $this (COUNT(?x) AS ?value) { $this ex:p ?x }"
        assert pairs(sparql(select)) == [("a", "2"), ("b", "1"), ("c", "0")]
        assert pairs(sparql(select + " HAVING(COUNT(?x) = 0)")) == [("c", "0")]
        assert focus("SELECT $this { $this ex:p ?x } HAVING(COUNT(?x) > 1)") == "a"

    def test_a_node_that_is_found_twice_counts_once(self) -> None:
        found = shapes("""
            ex:Shape sh:targetSubjectsOf ex:p ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select
                "SELECT $this (COUNT(?x) AS ?value) { $this ex:p ?x } GROUP BY $this" ] .
        """)
        assert pairs(found) == [("a", "2"), ("b", "1"), ("other", "1")]


class TestNested:
    """In a shape that another one names, a query is an expression about one node."""

    def nested(self, select: str) -> str:
        found = shapes(f"""
            ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:not ex:Inner .
            ex:Inner a sh:NodeShape ; sh:sparql [
                sh:prefixes ex:prefixes ; sh:select \"\"\"{select}\"\"\" ] .
        """)
        broken = set("abc") - {name for name, _ in pairs(found)}
        return "".join(sorted(broken))

    @pytest.mark.parametrize(
        ("select", "expected"),
        [
            ("SELECT $this { $this ex:q 1 }", "a"),
            ("SELECT $this { { FILTER($this = ex:b) } UNION { $this ex:q 1 } }", "ab"),
            ("SELECT $this { { ?x ex:r ?y FILTER NOT EXISTS { $this ex:p ?x } } }", "c"),
            ("SELECT $this { $this ex:p ?x } GROUP BY $this HAVING(COUNT(?x) > 1)", "a"),
            ("SELECT $this { $this ex:p ?x } HAVING(COUNT(?x) = 0)", "c"),
            ("SELECT $this (COUNT(*) AS ?n) { $this ex:p ?x }", "abc"),
            ("SELECT $this { $this ex:p ?x } OFFSET 1", "a"),
            ("SELECT $this { $this ex:p ?x } LIMIT 0", ""),
            (
                "SELECT $this { { SELECT $this ?x { $this ex:p ?x } ORDER BY ?x LIMIT 1 } "
                "FILTER(?x = ex:y) }",
                "",
            ),
            ("SELECT $this ?v_1 { $this ex:p ?v_1, ?v_2 FILTER(?v_1 != ?v_2) }", "a"),
        ],
    )
    def test_a_node_conforms_iff_there_is_no_solution(self, select: str, expected: str) -> None:
        assert self.nested(select) == expected

    def test_in_a_property_of_a_property(self) -> None:
        found = shapes("""
            ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property [
                sh:path ex:p ; sh:property [ sh:path ex:r ; sh:sparql [ sh:prefixes ex:prefixes ;
                    sh:select "SELECT $this (COUNT(?v) AS ?value) { $this $PATH ?v } GROUP BY $this"
                ] ] ] .
        """)
        assert pairs(found) == [("x", "1")]


class TestPrefixes:
    def test_imports_are_followed(self) -> None:
        found = shapes("""
            ex:first owl:imports ex:second . ex:second owl:imports ex:first, ex:third .
            ex:third sh:declare [ sh:prefix "" ; sh:namespace "https://example.org/" ] .
            ex:Shape sh:targetClass ex:Thing ; sh:sparql [
                sh:prefixes ex:first ; sh:select "SELECT $this { $this :q 1 }" ] .
        """)
        assert pairs(found) == [("a", "a")]

    def test_the_query_may_declare_its_own(self) -> None:
        assert (
            focus(
                "PREFIX ex: <https://example.org/none/> PREFIX own: <https://example.org/> "
                "SELECT $this { $this own:q 1 FILTER NOT EXISTS { ?x ex:q ?y } }"
            )
            == "a"
        )

    def test_names_with_escapes(self) -> None:
        data = "ex:a a ex:Thing ; <https://example.org/p,1> 1 ."
        assert focus("SELECT $this { $this ex:p\\\\,1 1 }", data) == "a"


class TestReads:
    def reads(self, more: str, of_shape: str = "") -> tuple[Read, ...]:
        found = sparql("SELECT $this { $this ex:p/ex:r ?x }", more, of_shape)
        (constraint,) = found.targeted[0].constraints
        assert isinstance(constraint, Sparql)
        return tuple(constraint.reads(None))

    def test_declared_paths(self) -> None:
        p, r = Predicate("https://example.org/p"), Predicate("https://example.org/r")
        declared = "comity:reads ( ex:p ex:r ), [ sh:inversePath ex:p ] ;"
        assert self.reads(declared) == (Read(), Read(Sequence((p, r))), Read(Inverse(p)))

    def test_nobody_says(self) -> None:
        assert self.reads("") == (Read(), Read(unknown=True))

    def test_the_path_of_the_shape_where_the_query_uses_it(self) -> None:
        path = Predicate("https://example.org/p")
        for select, expected in (("$PATH", path), ("ex:p", None)):
            (constraint,) = (
                shapes(f"""
                ex:Shape sh:path ex:p ; sh:targetClass ex:Thing ; sh:sparql [
                    sh:prefixes ex:prefixes ; comity:reads ex:r ;
                    sh:select "SELECT $this {{ $this {select} ?x . $this ex:r ?y }}" ] .
            """)
                .targeted[0]
                .constraints
            )
            assert next(iter(constraint.reads(path))) == Read(expected)
