"""Shapes of somebody who means harm: they call nobody, and end neither the process nor time."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from comity.errors import ComityError
from comity.store import EmbeddedStore
from comity.validation import Report, validate
from comity.validation.shapes.reading import shapes_of

PREFIXES = """
    @prefix e: <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
"""
ALL = "e:S sh:targetSubjectsOf e:p ; "
# Seven hubs, each with some forty neighbours: a way of n steps can be gone in 40^(n/2) ways.
NODES, HUBS = 300, 7
HUBBED = " ".join(
    f'e:n{number} e:p "v{number}", e:m{number % HUBS} . e:m{number % HUBS} e:p e:n{number} .'
    for number in range(NODES)
)


def check(shapes: str, data: str = HUBBED) -> Report:
    store = EmbeddedStore.in_memory()
    store.add(ox.parse(PREFIXES + data, format=ox.RdfFormat.TURTLE))
    return validate(store, shapes_of(ox.parse(PREFIXES + shapes, format=ox.RdfFormat.TURTLE)))


# Calls


@pytest.fixture
def called() -> Iterator[tuple[str, list[bool]]]:
    """The address of a server, and what calls it got."""
    calls: list[bool] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                calls.append(True)
                connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


PATTERNS = (
    "SERVICE <URL> { ?s ?p ?o }",
    "service SILENT<URL>{?s ?p ?o}",
    "SERVICE ?s { ?s ?p ?o }",
    r"\u0053ERVICE <URL> { ?s ?p ?o }",
    r"S\U00000045RVICE <URL> { ?s ?p ?o }",
    "SERVICE#\n<URL> { ?s ?p ?o }",
    "FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } }",
    "{ SELECT $this { $this ?q ?r . SERVICE <URL> { ?s ?p ?o } } }",
    "LATERAL { SERVICE <URL> { ?s ?p ?o } }",
    "FILTER(1<2)SERVICE<URL>{?s ?p ?o}",
    "?a ?b 1SERVICE<URL>{?s ?p ?o}",
    r'?a ?b "x\u0022 . SERVICE <URL> { ?s ?p ?o } #" ',
    r'?a ?b "\\" . SERVICE<URL> {?s ?p ?o} ?c ?d "\\"',
    r"?a ?b <http://x/\u003e\u0053ERVICE\u003cURL> .",
    "?a ?b <x#>SERVICE <URL> { ?s ?p ?o }",
    "?a ?b hostile:x",
    "GRAPH <URL> { ?s ?p ?o }",
)
FORMS = (
    "SELECT $this WHERE { $this ?x ?y . PATTERN }",
    "SELECT $this FROM <URL> WHERE { $this ?x ?y . PATTERN }",
    "SELECT $this FROM NAMED <URL> WHERE { GRAPH ?g { $this ?x ?y . PATTERN } }",
    "PREFIX SERVICE: <URL> SELECT $this WHERE { $this ?x ?y . PATTERN }",
    "SELECT $this (EXISTS { PATTERN } AS ?value) { $this ?x ?y }",
    "SELECT $this { $this ?x ?y } ; LOAD <URL>",
)
PLACES = (
    "e:S sh:targetSubjectsOf e:p ; sh:sparql [ sh:prefixes e:P ; sh:select QUERY ] .",
    "e:S sh:targetSubjectsOf e:p ; sh:not [ sh:sparql [ sh:prefixes e:P ; sh:select QUERY ] ] .",
    "e:S sh:targetSubjectsOf e:p ; sh:target [ sh:prefixes e:P ; sh:select QUERY ] ; "
    "sh:rule [ sh:construct QUERY ] ; sh:nodeKind sh:IRI .",
    "e:C a sh:ConstraintComponent ; sh:parameter [ sh:path e:most ] ; sh:nodeValidator "
    "[ sh:prefixes e:P ; sh:select QUERY ] . e:S sh:targetSubjectsOf e:p ; e:most LITERAL .",
    "e:C a sh:ConstraintComponent ; sh:parameter [ sh:path e:most ] ; sh:validator "
    "[ sh:prefixes e:P ; sh:ask ASKED ] . e:S sh:targetSubjectsOf e:p ; e:most LITERAL .",
)


def test_no_query_of_a_shape_reaches_outside(called: tuple[str, list[bool]]) -> None:
    url, calls = called
    with pytest.raises(Exception, match=r"(?i)http|connection|request|reset"):
        list(ox.Store().query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
    assert calls  # the engine does call; so what follows can fail
    calls.clear()
    tried = 0
    hostile = f"http://x/> }} SERVICE <{url}> {{ ?s ?p ?o }} #"
    declared = f"e:P sh:declare [ sh:prefix 'hostile' ; sh:namespace {ox.Literal(hostile)} ] . "
    literal = f'\\u0022 }} SERVICE <{url}> {{ ?s ?p ?o }} #" }}'
    for pattern in PATTERNS:
        for form in FORMS:
            query = form.replace("PATTERN", pattern).replace("URL", url)
            for place in PLACES:
                shapes = (
                    place.replace("QUERY", str(ox.Literal(query)))
                    .replace("ASKED", str(ox.Literal(query.replace("SELECT $this", "ASK", 1))))
                    .replace("LITERAL", str(ox.Literal(literal)))
                )
                tried += 1
                try:
                    check((declared if "hostile" in query else "") + shapes, "e:a e:p e:b .")
                except ComityError:
                    continue
    assert tried == len(PATTERNS) * len(FORMS) * len(PLACES)
    assert calls == []


# Size


def test_many_constraints_do_not_end_the_process() -> None:
    values = ", ".join(f'"v{number}"' for number in range(3_000))
    shape = f"sh:property [ sh:path e:p ; sh:hasValue {values} ] ."
    program = (
        "import sys, pyoxigraph as ox\n"
        "from comity.store import EmbeddedStore\n"
        "from comity.validation import validate\n"
        "from comity.validation.shapes.reading import shapes_of\n"
        "store = EmbeddedStore.in_memory()\n"
        "read = lambda text: ox.parse(text, format=ox.RdfFormat.TURTLE)\n"
        "shapes, data = sys.stdin.read().split('SPLIT')\n"
        "store.add(read(data))\n"
        "print(len(validate(store, shapes_of(read(shapes))).results))\n"
    )
    data = 'e:a e:p "v7" . e:b e:p "w" .'  # the first lacks 2,999 values, the second all
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=f"{PREFIXES}{ALL}{shape}SPLIT{PREFIXES}{data}",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "5999\n", "")


# Time


def _repeated(inner: str, times: int) -> str:
    return "[ sh:zeroOrMorePath " * times + inner + " ]" * times


@pytest.mark.parametrize(
    "part",
    [
        "[ sh:path e:p ; sh:property " * 11 + "[ sh:path e:p ; sh:maxCount 0 ]" + " ]" * 11,
        "[ sh:path (" + " e:p" * 12 + ") ; sh:maxCount 0 ]",
        "[ sh:path [ sh:inversePath (" + " [ sh:inversePath e:p ]" * 12 + ") ] ; sh:maxCount 0 ]",
        f"[ sh:path {_repeated('e:p', 18)} ; sh:maxCount 0 ]",
    ],
    ids=["nested property shapes", "long path", "long path turned round", "nested repetition"],
)
def test_ways_through_hubs_are_not_gone_one_by_one(part: str) -> None:
    began = time.process_time()
    found = check(f"{ALL} sh:property {part} .").results
    assert time.process_time() - began < 10
    # Twelve steps lead each node to others, and some of them are the focus of nested shapes.
    assert {one.focus for one in found} == {
        f"http://e/{letter}{number}"
        for letter, count in (("n", NODES), ("m", HUBS))
        for number in range(count)
    }
