"""Constraint components that a shapes graph defines with queries."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from comity.store import EmbeddedStore
from comity.validation import Result
from comity.validation.constraints.base import Read
from comity.validation.engine import validate
from comity.validation.shapes import Shapes
from comity.validation.shapes.path import Predicate, Sequence
from comity.validation.shapes.reading import shapes_of

PREFIXES = """
    @prefix ex: <https://example.org/> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix comity: <https://w3id.org/comity/ns#> .
    ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/" ] .
"""
DATA = """
    ex:a a ex:Thing ; ex:p 3, 5, "5"@en . ex:b a ex:Thing ; ex:p 9 ; ex:q 9, 5 . ex:c a ex:Thing .
    ex:d a ex:Thing ; ex:q ex:a .
"""


def read(text: str, prefixes: str = PREFIXES) -> Shapes:
    return shapes_of(ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE))


def results(found: Shapes) -> list[Result]:
    store = EmbeddedStore.in_memory()
    store.add(
        ox.Quad(one.subject, one.predicate, one.object)
        for one in ox.parse(PREFIXES + DATA, format=ox.RdfFormat.TURTLE)
    )
    return list(validate(store, found).results)


def short(text: str) -> str:
    return text.removeprefix("https://example.org/")


def found(text: str) -> list[tuple[str, str, str]]:
    """Return focus node, path and value of the results, sorted."""
    return sorted(
        (short(one.focus), short(one.path), short(one.value)) for one in results(read(text))
    )


MOST = """
    ex:Most a sh:ConstraintComponent ; sh:labelTemplate "at most {$most}" ;
        sh:parameter [ sh:path ex:most ] ;
        sh:validator [ sh:message "{$value} of {?this} is over {$most}" ; sh:ask
            "ASK { FILTER(isNumeric($value) && $value <= $most) }" ] .
"""
PAIR = """
    ex:Pair a sh:ConstraintComponent ; sh:message "of the component"@en ;
        sh:parameter [ sh:path ex:first ], [ sh:path ex:second ; sh:optional true ] ;
        sh:nodeValidator [ sh:prefixes ex:prefixes ; sh:select '''
            SELECT DISTINCT $this ?value { $this $first ?value
                FILTER(!bound($second) || EXISTS { $this $second ?value }) }''' ] ;
        sh:propertyValidator [ sh:prefixes ex:prefixes ; sh:select '''
            SELECT $this ?value { $this $PATH ?value FILTER EXISTS { $this $first ?value } }''' ] .
"""


class TestAsk:
    def test_each_value_is_asked_about(self) -> None:
        shape = "ex:S sh:targetClass ex:Thing ; sh:property [ sh:path ex:p ; ex:most 4 ] ."
        assert found(MOST + shape) == [("a", "p", "5"), ("a", "p", "5"), ("b", "p", "9")]

    def test_a_node_shape_has_its_focus_node_as_value(self) -> None:
        shape = "ex:S sh:targetObjectsOf ex:p ; ex:most 5 ."
        assert [value for _, _, value in found(MOST + shape)] == ["5", "9"]  # "5"@en is no number

    def test_several_values_of_the_one_parameter_are_several_constraints(self) -> None:
        (one, other) = results(read(MOST + "ex:S sh:targetNode 7 ; ex:most 4, 5 ."))
        assert {one.message, other.message} == {"7 of 7 is over 4", "7 of 7 is over 5"}
        assert one.constraint == "https://example.org/Most"

    def test_words_where_there_is_no_message(self) -> None:
        text = MOST.replace('sh:message "{$value} of {?this} is over {$most}" ;', "")
        (one,) = results(read(text + "ex:S sh:targetNode 7 ; ex:most 4 ."))
        assert one.message.endswith("does not satisfy “at most 4”.")

    def test_what_a_query_looks_up(self) -> None:
        component = """
            ex:Linked a sh:ConstraintComponent ; sh:parameter [ sh:path ex:by ] ;
                sh:validator [ sh:prefixes ex:prefixes ; sh:ask
                    "ASK { { $this $by $value } UNION { $value $by $this } }" ] .
        """
        shape = "ex:S sh:targetClass ex:Thing ; sh:property [ sh:path ex:q ; ex:by ex:p ] ."
        # ex:b has 9 both ways; 5 only as ex:q, as is ex:a of ex:d.
        assert found(component + shape) == [("b", "q", "5"), ("d", "q", "a")]

    def test_groups_and_conditions(self) -> None:
        component = """
            ex:Often a sh:ConstraintComponent ; sh:parameter [ sh:path ex:often ] ;
                sh:validator [ sh:prefixes ex:prefixes ; sh:ask
                    '''ASK { { ?x ex:p $value } UNION { ?x ex:q $value } }
                        HAVING(COUNT(*) >= $often)''' ] .
        """
        shape = "ex:S sh:targetClass ex:Thing ; sh:property [ sh:path ex:q ; ex:often 2 ] ."
        # 9 is there twice, 5 twice, ex:a once
        assert found(component + shape) == [("d", "q", "a")]
        assert found(component + shape.replace("often 2", "often 0")) == []

    def test_nested(self) -> None:
        shape = """
            ex:S sh:targetClass ex:Thing ; sh:property [ sh:path ex:p ; sh:node ex:Small ] .
            ex:Small a sh:NodeShape ; ex:most 4 .
        """
        assert found(MOST + shape) == [("a", "p", "5"), ("a", "p", "5"), ("b", "p", "9")]


class TestSelect:
    def test_node_shape(self) -> None:
        shape = "ex:S sh:targetClass ex:Thing ; ex:first ex:p ; ex:second ex:q ."
        assert found(PAIR + shape) == [("b", "", "9")]

    def test_an_optional_parameter_may_be_absent(self) -> None:
        shape = "ex:S sh:targetClass ex:Thing ; ex:first ex:q ."
        assert found(PAIR + shape) == [("b", "", "5"), ("b", "", "9"), ("d", "", "a")]

    def test_without_the_other_parameter_there_is_no_constraint(self) -> None:
        assert found(PAIR + "ex:S sh:targetClass ex:Thing ; ex:second ex:q .") == []

    def test_property_shape(self) -> None:
        shape = "ex:S sh:targetClass ex:Thing ; sh:property [ sh:path ex:q ; ex:first ex:p ] ."
        assert found(PAIR + shape) == [("b", "q", "9")]

    def test_message_of_the_component(self) -> None:
        (one,) = results(read(PAIR + "ex:S sh:targetNode ex:d ; ex:first ex:q ."))
        assert one.message == "of the component"

    def test_literals_with_language_and_quotes(self) -> None:
        component = """
            ex:Not a sh:ConstraintComponent ; sh:parameter [ sh:path ex:not ] ;
                sh:nodeValidator [ sh:select "SELECT $this { FILTER(sameTerm($this,$not))}" ] .
        """
        shape = """ex:S sh:targetNode "say \\"no\\" }"@en, "say" ; ex:not "say \\"no\\" }"@en ."""
        assert [value for _, _, value in found(component + shape)] == ['say "no" }']

    def test_parameters_may_be_selected_and_passed_on(self) -> None:
        component = """
            ex:Over a sh:ConstraintComponent ; sh:parameter [ sh:path ex:over ] ;
                sh:nodeValidator [ sh:prefixes ex:prefixes ; sh:message "{?over}" ; sh:select '''
                    SELECT $this $over ?value { { SELECT $this $over (MAX(?x) AS ?value)
                        { $this ex:q ?x FILTER(isNumeric(?x)) } GROUP BY $this $over }
                        FILTER(?value > $over) } ORDER BY $over''' ] .
        """
        (one,) = results(read(component + "ex:S sh:targetClass ex:Thing ; ex:over 8 ."))
        assert (short(one.focus), one.value, one.message) == ("b", "9", "8")


class TestDefinition:
    def test_classes_below_that_of_components(self) -> None:
        text = "ex:Kind rdfs:subClassOf sh:ConstraintComponent . " + MOST.replace(
            "a sh:ConstraintComponent", "a ex:Kind"
        )
        assert len(found(text + "ex:S sh:targetNode 7 ; ex:most 4 .")) == 1

    def test_a_component_without_a_query_for_such_shapes_is_noted(self) -> None:
        text = PAIR.replace("sh:propertyValidator", "ex:none")
        read_ = read(text + "ex:S sh:targetNode 7 ; sh:property [ sh:path ex:p ; ex:first ex:q ] .")
        assert [
            note for note in read_.notes if "ex:Pair" in note or "example.org/Pair" in note
        ] == [
            "the shape for path https://example.org/p in https://example.org/S has "
            "https://example.org/first, which belongs to constraint component "
            "https://example.org/Pair; that has no query for property shapes "
            "(sh:propertyValidator or sh:validator): it is not checked"
        ]

    def test_components_of_shacl_itself_are_not_read_again(self) -> None:
        text = """
            sh:MinCountConstraintComponent a sh:ConstraintComponent ;
                sh:parameter [ sh:path sh:minCount ] ; sh:validator [ sh:ask "ASK { }" ] .
            ex:S sh:targetNode ex:c ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .
        """
        assert found(text) == [("c", "p", "")]


class TestReads:
    @pytest.mark.parametrize(
        ("ask", "more", "expected"),
        [
            ("ASK { FILTER($value > $most) }", "", ()),
            ("ASK { FILTER(EXISTS { $value ex:r ?x }) }", "", (Read(unknown=True),)),
            ("ASK { ex:on ex:is true }", "", (Read(unknown=True),)),
            (
                "ASK { $value ex:r ?x }",
                "comity:reads ex:r ;",
                (
                    Read(
                        Sequence(
                            (Predicate("https://example.org/p"), Predicate("https://example.org/r"))
                        )
                    ),
                ),
            ),
        ],
    )
    def test_paths_of_an_ask_begin_at_the_value(
        self, ask: str, more: str, expected: tuple[Read, ...]
    ) -> None:
        text = f"""
            ex:Most a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ;
                sh:validator [ sh:prefixes ex:prefixes ; {more} sh:ask "{ask}" ] .
            ex:S sh:targetNode 7 ; sh:path ex:p ; ex:most 4 .
        """
        (constraint,) = read(text).targeted[0].constraints
        path = Predicate("https://example.org/p")
        assert tuple(constraint.reads(path)) == (Read(path), *expected)
