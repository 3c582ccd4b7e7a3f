"""Values from text, and into queries; nothing that is bound can break out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store
from rdflib import Graph

from comity_ontology.errors import ParameterError, QueryError
from comity_ontology.names import search_key
from comity_queries import Parameter, Query, bind, check_code, parse_value
from comity_queries.values import term

CODE = "https://w3id.org/comity/code/"
KOSGEB = "https://w3id.org/comity/id/agency/kosgeb"


def question(text: str, *parameters: Parameter) -> Query:
    return Query(
        name="test",
        topic="own",
        title="t",
        summary="s",
        parameters={parameter.name: parameter for parameter in parameters},
        columns={"x": "string"},
        example={},
        text=text,
        path=Path("test.rq"),
    )


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2021-02-25", date(2021, 2, 25)),
        ("date", " 2020-02-29 ", date(2020, 2, 29)),
        ("integer", "-07", -7),
        ("decimal", "+1.50", Decimal("1.50")),
        ("decimal", "3", Decimal(3)),
        ("boolean", "True", True),
        ("boolean", "false", False),
        ("string", " KOBİA ", " KOBİA "),
        ("iri", "agency:kosgeb", KOSGEB),
        ("iri", f"<{KOSGEB}>", KOSGEB),
        ("iri", KOSGEB, KOSGEB),
        ("code", "action-plan", f"{CODE}action-plan"),
        ("code", "code:action-plan", f"{CODE}action-plan"),
        ("code", f"{CODE}action-plan", f"{CODE}action-plan"),
    ],
)
def test_parse_value(kind: str, text: str, value: object) -> None:
    parsed = parse_value(Parameter("p", kind), text)
    assert (parsed, type(parsed)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("date", "2021-02-30", "'2021-02-30' is not a day of the calendar"),
        ("date", "25.02.2021", "write it as YYYY-MM-DD, here perhaps 2021-02-25"),
        ("date", "02/25/2021", "write it as YYYY-MM-DD"),
        ("date", "30.02.2021", "write it as YYYY-MM-DD"),
        ("date", "yesterday", "'yesterday' is no day"),
        ("date", "2021-02", "is no day"),
        ("date", "20210225", "is no day"),
        ("date", "２０２１-02-25", "is no day"),
        ("date", "2021-02-25T00:00:00", "is no day"),
        ("date", "", "is no day"),
        ("integer", "1.0", "no whole number"),
        ("integer", "1e3", "no whole number"),
        ("integer", "٣", "no whole number"),
        ("integer", "9223372036854775808", "beyond 64 bits"),
        ("integer", "9" * 6000, "beyond 64 bits"),
        ("decimal", "NaN", "no decimal number"),
        ("decimal", "0.0000000000000000001", "more digits than fit"),
        ("boolean", "yes", "neither true nor false"),
        ("iri", "KOSGEB", "no IRI or short form"),
        ("iri", "agency:a> } #", "no IRI or short form"),
        ("iri", "<relative>", "no IRI or short form"),
        ("iri", "http://x/%zz", "no absolute IRI"),
        ("code", "action plan", "codes look like action-plan"),
        ("code", "agency:kosgeb", "is no code"),
        ("string", "\udcff", "not UTF-8"),
    ],
)
def test_parse_value_refuses(kind: str, text: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_value(Parameter("when", kind), text)
    assert message in str(caught.value)
    assert str(caught.value).startswith("parameter when: ")
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", datetime(2021, 2, 25, 12, 0)),
        ("date", "2021-02-25"),
        ("integer", True),
        ("integer", 1.0),
        ("boolean", 1),
        ("decimal", float("inf")),
        ("decimal", "1"),
        ("iri", "agency"),
        ("iri", "x:> } SERVICE <y:"),
        ("code", KOSGEB),
        ("string", 5),
    ],
)
def test_bind_refuses_values_of_another_type(kind: str, value: object) -> None:
    query = question("SELECT ?x { VALUES ?p { 1 } }", Parameter("p", kind))
    with pytest.raises(ParameterError, match="parameter p: "):
        bind(query, {"p": value})


def test_every_block_is_replaced_and_nothing_else() -> None:
    text = (
        "# VALUES ?p { 0 }\n"
        'SELECT ?x { VALUES ?p { "}" # }\n } ?x ?y "VALUES ?p { 0 }"\n'
        "  { values $p{1} } VALUES ?q { ?p } VALUES (?p) { (0) } }"
    )
    bound = bind(question(text, Parameter("p", "integer", many=True)), {"p": [7, 8, 7]})
    seven_eight = " ".join(f'"{n}"^^<http://www.w3.org/2001/XMLSchema#integer>' for n in (7, 8))
    assert bound == (
        "# VALUES ?p { 0 }\n"
        f'SELECT ?x {{ VALUES ?p {{ {seven_eight} }} ?x ?y "VALUES ?p {{ 0 }}"\n'
        f"  {{ values $p{{ {seven_eight} }} }} VALUES ?q {{ ?p }} VALUES (?p) {{ (0) }} }}"
    )


@pytest.mark.parametrize("absent", [{}, {"p": None}, {"p": []}, {"p": ()}])
def test_absent(absent: dict[str, object]) -> None:
    text = "SELECT ?x { VALUES ?p { 1 } }"
    undefined = bind(question(text, Parameter("p", "integer", many=True)), absent)
    assert undefined == "SELECT ?x { VALUES ?p { UNDEF } }"
    default = Parameter("p", "iri", many=True, default=("x:a", "x:b"))
    assert bind(question(text, default), absent) == "SELECT ?x { VALUES ?p { <x:a> <x:b> } }"
    with pytest.raises(ParameterError, match="needs the parameter p"):
        bind(question(text, Parameter("p", "integer", required=True)), absent)


def test_sets_are_bound_in_one_order() -> None:
    query = question("SELECT ?x { VALUES ?p { 1 } }", Parameter("p", "string", many=True))
    assert bind(query, {"p": {"b", "c", "a"}}).count('{ "a" "b" "c" }') == 1


def test_other_mistakes() -> None:
    query = question("SELECT ?x { VALUES ?agency { 1 } }", Parameter("agency", "iri"))
    with pytest.raises(ParameterError, match="has no parameter agncy; did you mean agency"):
        bind(query, {"agncy": KOSGEB})
    with pytest.raises(ParameterError, match="takes one value, not 2"):
        bind(query, {"agency": [KOSGEB, "x:b"]})
    with pytest.raises(QueryError, match=r"test\.rq: there is no VALUES \?on"):
        bind(question("SELECT ?x {}", Parameter("on", "date")), {})


def test_folded_strings() -> None:
    parameter = Parameter("name", "string", fold=True)
    assert term(parameter, "KOBİA") == '"kobia"'
    with pytest.raises(ParameterError, match="nothing to search for"):
        term(parameter, " \u0301 ")


def test_check_code_offers_the_nearest() -> None:
    known = [f"{CODE}{name}" for name in ("signing", "expiry", "ratification")]
    parameter = Parameter("act", "code", scheme=f"{CODE}act-type")
    assert check_code(parameter, f"{CODE}signing", known) == f"{CODE}signing"
    with pytest.raises(ParameterError, match=r"'signng' is no code of act-type; did you mean sign"):
        check_code(parameter, f"{CODE}signng", known)
    with pytest.raises(ParameterError, match="there are expiry, ratification, signing"):
        check_code(parameter, f"{CODE}zzz", known)


STRING = question("SELECT ?x { VALUES ?x { 'example' } }", Parameter("x", "string"))
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(alphabet="\\uU0029\"'\n\r\t{}#} <>a\x00\x7f"),
    st.sampled_from([r"\u0022 } #", r"\\u0022 SERVICE <x:y> {}", '" } SERVICE <x:y> {', "\\"]),
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_strings_come_back_as_they_went_in(text: str) -> None:
    rows = list(Store().query(bind(STRING, {"x": text})))
    assert [row["x"] for row in rows] == [Literal(text)]


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_strings_hold_in_an_engine_that_undoes_escapes_first(text: str) -> None:
    rows = list(Graph().query(bind(STRING, {"x": text})))
    assert [str(row[0]) for row in rows] == [text]


@given(st.text(max_size=30).map(lambda text: f"http://x/{text}"))
@settings(max_examples=300, deadline=None)
def test_iris_are_bound_whole_or_refused(iri: str) -> None:
    query = question("SELECT ?x { VALUES ?x { <x:y> } }", Parameter("x", "iri"))
    try:
        bound = bind(query, {"x": iri})
    except ParameterError:
        return
    assert [row["x"] for row in Store().query(bound)] == [NamedNode(iri)]


@given(
    st.one_of(
        st.tuples(st.just("date"), st.dates()),
        st.tuples(st.just("integer"), st.integers(-(2**63), 2**63 - 1)),
        st.tuples(st.just("boolean"), st.booleans()),
        st.tuples(
            st.just("decimal"),
            st.decimals(min_value=-(10**19), max_value=10**19, places=6, allow_nan=False),
        ),
    )
)
@settings(max_examples=200, deadline=None)
def test_typed_values_mean_what_was_given(typed: tuple[str, object]) -> None:
    kind, value = typed
    parameter = Parameter("x", kind)
    query = question("SELECT ?x { VALUES ?x { 1 } }", parameter)
    (row,) = Store().query(bind(query, {"x": value}))
    assert row["x"].datatype.value == f"http://www.w3.org/2001/XMLSchema#{kind}"
    assert parse_value(parameter, row["x"].value) == value


@given(st.text(max_size=20))
def test_folding_agrees_with_search_keys(text: str) -> None:
    parameter = Parameter("name", "string", fold=True)
    if key := search_key(text):
        assert term(parameter, text) == term(Parameter("name", "string"), key)
