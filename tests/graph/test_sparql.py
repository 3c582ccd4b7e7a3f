from __future__ import annotations

import time
from pathlib import Path

import pytest

import comity
from comity.errors import NotSupported, QueryError, TimeLimit
from comity.results import Answer, Rows, Triples

# Hours of work: every pair of pairs of the triples of the store.
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d) }"


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 1, 12),
        ("SELECT * {\n  service SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", 2, 3),
        ("SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:1/> { ?s ?p ?o } }", 1, 19),
        (r"SELECT * { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 1, 12),
        (r"SELECT * { SERV\U00000049CE <http://127.0.0.1:1/> { ?s ?p ?o } }", 1, 12),
        ("SELECT * { { SELECT * { OPTIONAL { SERVICE ?any { ?s ?p ?o } } } } }", 1, 36),
        ("SELECT * { FILTER EXISTS { SeRvIcE#\n<http://127.0.0.1:1/> { ?s ?p ?o } } }", 1, 28),
    ],
)
def test_no_query_calls_another_server(query: str, line: int, column: int) -> None:
    with (
        comity.open() as graph,
        pytest.raises(QueryError, match="would call another server") as caught,
    ):
        graph.sparql(query)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_the_word_alone_is_no_call() -> None:
    query = 'SELECT ?service { BIND("SERVICE <x>" AS ?service) } # SERVICE <http://example.org/>'
    with comity.open() as graph:
        assert graph.sparql(query)[0].service == "SERVICE <x>"


def test_updates_are_no_queries() -> None:
    with comity.open() as graph:
        before = graph.info()
        for text in ("CLEAR ALL", "DELETE WHERE { ?s ?p ?o }", "DROP GRAPH graph:codes"):
            with pytest.raises(QueryError, match="not a SPARQL query"):
                graph.sparql(text)
        with pytest.raises(QueryError, match=r"LOAD .* would call another server"):
            graph.sparql("LOAD <http://127.0.0.1:1/>")
        assert graph.info() == before


@pytest.mark.parametrize("read_only", [True, False])
def test_the_time_limit_stops_a_query(seeded_copy: Path, read_only: bool) -> None:
    with comity.open(seeded_copy, read_only=read_only) as graph:
        began = time.monotonic()
        with pytest.raises(TimeLimit, match=r"stopped after 0\.7 s.*--timeout") as caught:
            graph.sparql(CROSS, timeout=0.7)
        assert time.monotonic() - began < 5
        assert caught.value.exit_code == 124
        assert not list(seeded_copy.glob("snapshot-*"))


def test_a_limited_query_answers_the_same(seeded_copy: Path) -> None:
    queries = (
        "SELECT ?p ?n ?missing { ?p comity:ordinal ?n } ORDER BY ?n",
        "ASK { agency:kosgeb a comity:Agency }",
        "CONSTRUCT { ?p comity:ordinal ?n } WHERE { ?p comity:ordinal ?n FILTER(?n < 4) }",
        "DESCRIBE agency:kobia",
    )
    for read_only, asked in ((True, queries), (False, queries[:1])):
        with comity.open(seeded_copy, read_only=read_only) as graph:
            for query in asked:
                direct, beside = graph.sparql(query), graph.sparql(query, timeout=60)
                assert type(direct) is type(beside)
                form = "json" if isinstance(direct, Rows | Answer) else "ntriples"
                assert sorted(direct.to_bytes(form).splitlines()) == sorted(
                    beside.to_bytes(form).splitlines()
                )


def test_a_reader_beside_sees_what_was_just_written(seeded_copy: Path, note: Path) -> None:
    with comity.open(seeded_copy) as graph:
        graph.add_document(note)
        assert graph.sparql("ASK { source:note a comity:SourceDocument }", timeout=60)


@pytest.mark.parametrize("timeout", [None, 60])
def test_a_row_limit_says_that_there_is_more(seeded: Path, timeout: float | None) -> None:
    passages = "SELECT ?p { ?p a comity:Passage }"
    with comity.open(seeded, read_only=True) as graph:
        for limit, kept, truncated in ((5, 5, True), (24, 24, False)):
            rows = graph.sparql(passages, limit=limit, timeout=timeout)
            assert (len(rows), rows.truncated) == (kept, truncated)
        triples = graph.sparql(
            "CONSTRUCT { ?p a comity:Passage } WHERE { ?p a comity:Passage }",
            limit=5,
            timeout=timeout,
        )
        assert isinstance(triples, Triples)
        assert (len(list(triples)), triples.truncated) == (5, True)


@pytest.mark.parametrize("timeout", [None, 60])
def test_a_syntax_error_is_said_with_its_place(seeded: Path, timeout: float | None) -> None:
    with (
        comity.open(seeded, read_only=True) as graph,
        pytest.raises(QueryError, match="line 2, column 10") as caught,
    ):
        graph.sparql("SELECT * {\n  ?s ?p }", timeout=timeout)
    assert (caught.value.line, caught.value.column) == (2, 10)


def test_a_store_in_memory_has_no_time_limit() -> None:
    with comity.open() as graph, pytest.raises(NotSupported, match="needs a store in a directory"):
        graph.sparql("ASK {}", timeout=1)


def test_a_query_can_be_too_long() -> None:
    with comity.open() as graph, pytest.raises(QueryError, match="1,000,007 characters"):
        graph.sparql("ASK { }" + " " * 1_000_000)


def test_the_prefixes_are_declared_and_can_be_redeclared() -> None:
    with comity.open() as graph:
        assert graph.sparql("ASK { code:signing skos:inScheme ?scheme }")
        assert not graph.sparql("PREFIX code: <https://example.org/> ASK { code:signing ?p ?o }")


@pytest.mark.parametrize(
    ("opened", "closed"),
    [("{", "}"), ("(", ")"), ("[ ex:p ", "]"), ("?a<(", ")"), ("{ # }\n", "}")],
)
def test_brackets_are_nested_only_so_deep(opened: str, closed: str) -> None:
    """The engine would use up the stack, and end the process."""
    query = f"SELECT * {{ {opened * 20_000} {closed * 20_000} }}"
    with comity.open() as graph, pytest.raises(QueryError, match="more than 200 deep") as caught:
        graph.sparql(query)
    assert caught.value.line is not None


def test_brackets_one_after_another_or_in_words_are_no_nesting() -> None:
    many = "{} " * 300
    words = "'" + "{([" * 300 + "'"
    deep = "(" * 150 + "1" + ")" * 150
    query = f"SELECT * {{ {many} FILTER({deep} = 1) BIND({words} AS ?b) }} # {'(' * 300}"
    with comity.open() as graph:
        assert graph.sparql(query)[0].b == "{([" * 300
