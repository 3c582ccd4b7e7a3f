"""Tokens, positions and the search for keywords that a user's query must not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from comity_queries import forbidden
from comity_queries.tokens import position, tokens

# Nothing listens there, and the engine says so without opening a connection.
NOWHERE = "http://127.0.0.1:1/"


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a { ?b\n?c", [("comment", "# a { ?b"), ("variable", "?c")]),
        ("<http://x/#a>#b", [("iri", "<http://x/#a>"), ("comment", "#b")]),
        ("?a < ?b", [("variable", "?a"), ("mark", "<"), ("variable", "?b")]),
        ('"a\\"}"', [("string", '"a\\"}"')]),
        ("'''a'}\n''b'''", [("string", "'''a'}\n''b'''")]),
        ('""" " "" """?a', [("string", '""" " "" """'), ("variable", "?a")]),
        ('""?a', [("string", '""'), ("variable", "?a")]),
        ('"a"@en-GB', [("string", '"a"'), ("language", "@en-GB")]),
        ("ex:a.b.", [("pname", "ex:a.b"), ("mark", ".")]),
        (r"ex:a\#b%41", [("pname", r"ex:a\#b%41")]),
        (":a :", [("pname", ":a"), ("pname", ":")]),
        ("_:b1 1.5e3 1.", [("blank", "_:b1"), ("number", "1.5e3"), ("number", "1"), ("mark", ".")]),
        ("$x BOUND(", [("variable", "$x"), ("word", "BOUND"), ("mark", "(")]),
        ('"open', [("mark", '"'), ("word", "open")]),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@given(st.text(alphabet="\"'\\#<>{}?$:ab1 \n\r@.é\u0130", max_size=60))
def test_tokens_cover_everything_but_white_space(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert text[last : token.start].strip() == ""
        assert text[token.start : token.end] == token.text
        last = token.end
    assert text[last:].strip() == ""


@pytest.mark.parametrize(
    ("offset", "expected"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (3, 1)), (6, (3, 2))]
)
def test_position_counts_every_kind_of_line_end(offset: int, expected: tuple[int, int]) -> None:
    assert position("ab\nc\rde", offset) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p $SERVICE }",
        "PREFIX ex: <http://x/> SELECT * { ?s ex:service ex:SERVICE }",
        "PREFIX service: <http://x/> SELECT * { GRAPH service:a { ?s service:p ?o } }",
        "SELECT * { ?s ?p 'SERVICE <x> {}', \"SERVICE\", '''\nSERVICE <x> {}\n''' }",
        "# SERVICE <http://x/> {}\nSELECT * { ?s ?p ?o } # LOAD <x>",
        "SELECT * { ?s <http://x/service/a(b)#c> <http://x/d'SERVICE> }",
        'SELECT * { ?s ?p "it\'s"@en } # SERVICE',
        "PREFIX load: <http://x/> SELECT * { ?s ?p load:one }",
    ],
)
def test_allowed(query: str) -> None:
    list(Store().query(query))
    assert forbidden(query) == ()


@pytest.mark.parametrize(
    ("group", "column"),
    [
        ("SERVICE <N> { ?s ?p ?o }", 1),
        ("service<N>{?s ?p ?o}", 1),
        ("SeRvIcE SILENT <N> { ?s ?p ?o }", 1),
        ("SERVICESILENT<N>{?s ?p ?o}", 1),
        ("?s ?p 1SERVICE<N>{}", 8),
        ("?s ?p trueSERVICE<N>{}", 7),
        ("{}SERVICE#\n<N>#\n{}", 3),
        ("SERVICE?s{}", 1),
        ("SERVICEn:a {?s ?p ?o}", 1),
        ("SERVICE:a # {\n {?s ?p ?o}", 1),
        ("FILTER(1<2)SERVICE:a#>\n{?s ?p ?o}", 9),
        ("FILTER('a'<'x>')SERVICE:a{} FILTER('b'<'y>')", 11),
    ],
)
def test_service_however_it_is_glued(group: str, column: int) -> None:
    group = group.replace("<N>", f"<{NOWHERE}>")
    head = f"PREFIX SERVICE: <x:> PREFIX n: <{NOWHERE}> PREFIX : <{NOWHERE}> SELECT * {{\n"
    query = f"{head}{group} }}"
    Store().query(query)  # parses: the engine takes it for a SERVICE or for nothing at all
    found = forbidden(query)
    assert [(match.keyword, match.line) for match in found][:1] == [("SERVICE", 2)]
    assert found[0].column == column


def test_service_spelt_with_escapes() -> None:
    """Engines that undo escapes first see the keyword, and a string that ends earlier."""
    assert forbidden(r"SELECT * { \u0053ERVICE <http://x/> {} }")[0].column == 12
    assert forbidden(r'SELECT * { ?s ?p "\u0022 . SERVICE <http://x/> {} #" }')
    assert forbidden(r'SELECT * { ?s ?p "\U00110000SERVICE" }') == ()


def test_load() -> None:
    assert [match.keyword for match in forbidden("LOAD <http://x/> ; loadSILENT<x>")] == [
        "LOAD"
    ] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b.c:d", [("pname", "a.b.c:d")]),
        ("a.b c.d:e", [("word", "a"), ("mark", "."), ("word", "b"), ("pname", "c.d:e")]),
        ("\"a\\\"\n\"b\"", [
            ("mark", '"'), ("word", "a"), ("mark", "\\"), ("mark", '"'), ("string", '"b"')
        ]),
        ("\"\"\"a\"b\"", [("string", '""'), ("string", '"a"'), ("word", "b"), ("mark", '"')]),
        ("1.2.3 1e 1.e2", [
            ("number", "1.2"), ("number", ".3"), ("number", "1"), ("word", "e"),
            ("number", "1.e2"),
        ]),
    ],
)  # fmt: skip
def test_what_begins_like_a_token_that_has_no_end(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("start", "piece", "count"),
    [
        ("SERVICE ", "a.", 400_001),
        ("", "1", 1),
        ('"', '\\"', 400_001),
        ("'", "\\'", 400_001),
        ('"""', '\\"', 400_002),
        ("'''", "\\'", 400_002),
        ("<", "a", 2),
        ("", "a....", 1_000_000),
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(start: str, piece: str, count: int) -> None:
    """With a step for each pair of characters this would take most of an hour."""
    assert sum(1 for _ in tokens(start + piece * 200_000)) == count
