"""The faults that lint finds, and the silent wrong answer that it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from comity_queries.lint import lint_text

HEADER = """\
#+ title: t
#+ summary: s
#+ parameters:
#+   on: {type: integer, required: true}
#+   who: {type: iri, many: true}
#+ columns: {s: iri, o: integer}
#+ example: {on: 2}
"""
LINES = HEADER.count("\n")
WHO = "VALUES ?who { UNDEF } FILTER(!BOUND(?who) || ?s = ?who)"


def messages(where: str, select: str = "?s ?o", order: str = "ORDER BY ?s ?o") -> list[str]:
    text = f"{HEADER}SELECT {select} WHERE {{ {where} }} {order}"
    return [finding.message for finding in lint_text(text, Path("own/test.rq"))]


GROUPS = [
    "{ INNER }",
    "OPTIONAL { INNER }",
    "{ ?s ?p ?o } UNION { INNER }",
    "{ INNER } UNION { ?s ?p ?o }",
    "MINUS { INNER }",
    "GRAPH ?g { INNER }",
    "FILTER EXISTS { INNER }",
    "FILTER(?o > 1 && NOT EXISTS { INNER })",
    "{ SELECT ?s ?o WHERE { INNER } }",
    "{ { { INNER } } }",
]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("use", ["FILTER(?o = ?on)", "BIND(?on + 1 AS ?x)"])
def test_scope(group: str, use: str) -> None:
    outer = f"VALUES ?on {{ 2 }} {WHO} ?s ?q ?r . "
    (message,) = messages(outer + group.replace("INNER", f"?s ?p ?o {use}"))
    assert message.startswith(f"{use[: use.index('(')]} uses the parameter ?on, but its group")
    assert messages(outer + group.replace("INNER", f"?s ?p ?o VALUES ?on {{ 2 }} {use}")) == []


def test_scope_is_not_a_matter_of_taste() -> None:
    """The engine gives wrong rows without a word when the VALUES stands further out."""
    store = Store()
    node, number = NamedNode("x:s"), NamedNode("x:number")
    for value in (1, 2, 3):
        store.add(Quad(node, number, Literal(value)))

    def numbers(where: str) -> list[int]:
        query = f"SELECT ?o {{ {where} }} ORDER BY ?o"
        return [int(row["o"].value) for row in store.query(query)]

    keep = "?s <x:number> ?o FILTER(?o = ?on)"
    assert numbers(f"VALUES ?on {{ 2 }} {keep}") == [2]
    assert numbers(f"VALUES ?on {{ 2 }} {{ {keep} }}") == []
    assert numbers(f"VALUES ?on {{ 2 }} {{ VALUES ?on {{ 2 }} {keep} }}") == [2]
    assert numbers(f"VALUES ?on {{ 2 }} {{ SELECT ?o {{ {keep} }} }}") == []
    assert numbers(f"VALUES ?on {{ 2 }} {{ SELECT ?o {{ VALUES ?on {{ 2 }} {keep} }} }}") == [2]
    assert numbers(f"VALUES ?on {{ 2 }} ?s <x:number> ?o MINUS {{ {keep} }}") == [1, 2, 3]
    assert numbers(
        f"VALUES ?on {{ 2 }} ?s <x:number> ?o MINUS {{ VALUES ?on {{ 2 }} {keep} }}"
    ) == [1, 3]
    # An optional that is absent: UNDEF leaves the rows, with a filter that asks for BOUND.
    assert numbers("VALUES ?on { UNDEF } ?s <x:number> ?o FILTER(!BOUND(?on) || ?o = ?on)") == [
        *(1, 2, 3)
    ]
    assert numbers(f"VALUES ?on {{ UNDEF }} {keep}") == []
    assert numbers("VALUES ?on {} ?s <x:number> ?o") == []
    # A sub-select's variable that it does not select is another one.
    assert numbers("VALUES ?on { 2 } { SELECT ?o { ?s <x:number> ?o, ?on } }") == [
        *(1, 1, 1, 2, 2, 2, 3, 3, 3)
    ]


ON = f"VALUES ?on {{ 2 }} {WHO} ?s ?p ?o FILTER(?o = ?on)"


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (f"BIND(?on AS ?x) {ON}", "BIND uses ?on before its VALUES"),
        (f"{ON} FILTER(?s = ?who)", "begin with !BOUND(?who) || …"),
        (f"{ON} VALUES ?x {{ 1 }}", "VALUES ?x: the header has no such parameter"),
        (f"{ON} {{ VALUES ?on {{ 3 }} }}", "VALUES ?on has another example value"),
        (f"{ON} VALUES (?on ?x) {{ (1 2) }}", "?on is a parameter: it needs a VALUES block of"),
        (f"{WHO} ?s ?p ?o", "parameter on: there is no VALUES ?on { … }"),
        (f"{ON} VALUES ?who {{ }}", "VALUES ?who is empty"),
        (f"{ON} SERVICE <x:y> {{ ?s ?p ?o }}", "SERVICE in line 8"),
        (f"{ON} {{ SELECT ?s {{ ?s ?p ?on }} }}", "the sub-select uses the parameter ?on"),
        (f"{ON} {{ BIND(1 AS ?on) }}", "?on is a parameter: AS cannot set it"),
        (f"{ON} FILTER(?o = )", "does not run: "),
    ],
)
def test_faults(where: str, message: str) -> None:
    found = messages(where)
    assert [text for text in found if message in text], found


@pytest.mark.parametrize(
    "where",
    [
        ON,
        f"{ON} FILTER(COALESCE(?who, ?s) = ?s)",
        f"{ON} VALUES (?x) {{ (1) }}",
        f"{ON} # FILTER in a comment {{ ?on }}\n",
        f'{ON} FILTER(STR(?s) != "}} {{ FILTER(?on)")',
        f"{ON} {{ SELECT ?s ?on {{ ?s ?p ?on }} }}",
        f"{ON} {{ SELECT * {{ ?s ?p ?on }} }}",
        f"{ON} OPTIONAL {{ ?s ?q ?on }}",
    ],
)
def test_sound(where: str) -> None:
    assert messages(where) == []


def test_clauses_see_what_their_where_gives() -> None:
    on = "VALUES ?on { 2 } ?s ?p ?v"
    seen = f"{{ {on} }} UNION {{ {on} }} {WHO}"
    assert messages(seen, "?s (IF(?v = ?on, 1, 2) AS ?o)") == []
    assert messages(f"{seen} FILTER(?o = ?on)")[0].startswith("FILTER uses")
    unseen = f"?s ?p ?v FILTER EXISTS {{ {on} }} {WHO}"
    (message,) = messages(unseen, "?s (IF(?v = ?on, 1, 2) AS ?o)")
    assert message.startswith("SELECT uses the parameter ?on")


@pytest.mark.parametrize(
    ("select", "order", "message"),
    [
        ("?o ?s", "ORDER BY ?s ?o", "columns are s, o, but SELECT gives o, s"),
        ("?s", "ORDER BY ?s", "columns are s, o, but SELECT gives s"),
        ("*", "ORDER BY ?s ?o", "SELECT *: name the columns"),
        ("?s ?o", "", "there is no ORDER BY"),
        ("?s ?o", "ORDER BY ?o", "ORDER BY leaves ties: add ?s"),
        ("?s ?o", "ORDER BY ?o LCASE(STR(?s))", "ORDER BY leaves ties: add ?s"),
        ("?s ?o", "ORDER BY (?s + ?o) ?o", "ORDER BY leaves ties: add ?s"),
        ("?s ?o FROM <x:y>", "ORDER BY ?s ?o", "FROM: several give a bag"),
    ],
)
def test_rows(select: str, order: str, message: str) -> None:
    found = messages(ON, select, order)
    assert [text for text in found if text.startswith(message)], found


@pytest.mark.parametrize(
    ("select", "where", "order"),
    [
        ("?s ?o", ON, "ORDER BY DESC(?o) STR(?s) LIMIT 3"),
        ("?s ?o", ON, "ORDER BY LCASE(STR(?s)) ASC(STR(?s)) ?o"),
        ("?s (COUNT(?x) AS ?o)", f"{ON} ?s ?q ?x", "GROUP BY ?s ORDER BY ?s"),
        (
            "?s ?o",
            f"VALUES ?on {{ 2 }} {{ SELECT ?s (MIN(?x) AS ?o) {{ {WHO} ?s ?q ?x }} GROUP BY ?s }}"
            " FILTER(?o = ?on)",
            "ORDER BY ?s",
        ),
    ],
)
def test_total_orders(select: str, where: str, order: str) -> None:
    assert messages(where, select, order) == []


def test_patterns_beside_a_sub_select_void_its_keys() -> None:
    inner = "{ SELECT ?s (MIN(?x) AS ?o) { ?s ?q ?x } GROUP BY ?s }"
    (message,) = messages(f"VALUES ?on {{ 2 }} {WHO} {inner} ?s ?r ?z", order="ORDER BY ?s")
    assert message == "ORDER BY leaves ties: add ?o"


def test_headers() -> None:
    body = f"SELECT ?s ?o {{ {ON} }} ORDER BY ?s ?o"
    reserved = HEADER.replace("on:", "limit:") + body.replace("?on", "?limit")
    (finding,) = lint_text(reserved, Path("own/test.rq"))
    assert finding.message == "parameter limit: the name is taken by an option of every query"
    (finding,) = lint_text(HEADER.replace("on: 2", "on: two") + body, Path("own/test.rq"))
    assert "example.on: parameter on: 'two' is no whole number" in finding.message
    ask = lint_text(f"{HEADER}ASK {{ {ON} }}", Path("own/test.rq"))
    assert [finding.message for finding in ask] == ["is no SELECT; only those have rows"]


def test_findings_say_where() -> None:
    text = f"{HEADER}SELECT ?s ?o {{\n  {ON}\n  {{ FILTER(?on) }}\n}} ORDER BY ?s ?o"
    (finding,) = lint_text(text, Path("own/test.rq"))
    assert (finding.line, finding.column) == (LINES + 3, 12)
    assert str(finding).startswith("own/test.rq:10:12: FILTER uses")


def test_deep_nesting_is_told_with_its_place() -> None:
    flat = messages("{" * 150 + WHO + " VALUES ?on { 2 } " + "}" * 150)
    assert not any("nested" in message for message in flat)
    assert messages("{" * 20_000 + "}" * 20_000) == [
        "brackets are nested more than 200 deep: write the query flatter"
    ]
