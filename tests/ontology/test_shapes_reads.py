"""Each constraint in SPARQL declares every path along which its query looks, and looks fast.

A change of the graph can change what a constraint finds only through a pattern of its query. So
for each pattern there must be a declared path that leads from the focus node to it and over it. A
way to a pattern goes over patterns that hold with it: those of its group and of the groups around
it, and not what is optional or of another branch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, product
from typing import Any, TypeAlias

import pytest
from rdflib import RDF, SH, BNode, Graph, Namespace, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from comity_ontology import shapes
from comity_ontology.prefixes import VOCABULARIES

COMITY = Namespace(VOCABULARIES["comity"])
THIS = Variable("this")
GRAPH = Graph()
for shipped in shapes():
    GRAPH.parse(data=shipped.read_text(encoding="utf-8"), format="turtle")
PREFIXES = "".join(
    f"PREFIX {GRAPH.value(declared, SH.prefix)}: <{GRAPH.value(declared, SH.namespace)}>\n"
    for declared in GRAPH.subjects(SH.namespace)
)
CONSTRAINTS = {
    str(constraint).removeprefix(VOCABULARIES["shape"]): constraint
    for constraint in sorted(GRAPH.subjects(SH.select))
}

Step: TypeAlias = tuple[str, bool]  # a predicate, and whether from subject to object
Word: TypeAlias = tuple[Step, ...]
Pattern: TypeAlias = tuple[Any, Any, Any]
Found: TypeAlias = list[tuple[Pattern, list[set[Word]]]]
# a pattern, those that hold with it, and within an EXISTS those that hold outside it
Seen: TypeAlias = tuple[Pattern, list[Pattern], list[Pattern] | None]


def test_all_say_what_they_read():
    assert len(CONSTRAINTS) > 40
    assert {
        name for name, node in CONSTRAINTS.items() if not GRAPH.value(node, COMITY.reads)
    } == set()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_declaration_covers_the_query_and_nothing_else(name):
    found = looks(str(GRAPH.value(CONSTRAINTS[name], SH.select)))
    assert missing(found, GRAPH, CONSTRAINTS[name]) == []
    assert idle(found, GRAPH, CONSTRAINTS[name]) == []


# The others in the same post, unless they have ended.
OTHERS = """$this comity:post ?post . ?value comity:post ?post .
    FILTER NOT EXISTS { ?value comity:end/comity:latest ?day }"""
INVERSE = "[ sh:inversePath comity:post ]"
MAYBE = "$this comity:post ?x OPTIONAL { ?x comity:end ?y }"


@pytest.mark.parametrize(
    ("where", "reads", "expected"),
    [
        # complete, and with a last step, a way back, all that follows, or too much
        (OTHERS, f"( comity:post {INVERSE} comity:end comity:latest )", (0, 0)),
        (OTHERS, f"( comity:post {INVERSE} comity:end )", (1, 0)),
        (OTHERS, "( comity:post comity:end comity:latest )", (2, 1)),
        (OTHERS, "comity:post", (2, 0)),
        (OTHERS, f"( comity:post {INVERSE} comity:end comity:latest ), comity:begin", (0, 1)),
        # forwards is not backwards, one step is not many, one branch is not both
        ("?x comity:post $this", INVERSE, (0, 0)),
        ("?x comity:post $this", "comity:post", (1, 1)),
        ("$this comity:post+ ?x", "[ sh:oneOrMorePath comity:post ]", (0, 0)),
        ("$this comity:post+ ?x", "comity:post", (1, 0)),
        ("$this comity:post/comity:end? ?x", "comity:post", (1, 0)),
        ("$this ^comity:post/comity:end ?x", f"( {INVERSE} comity:end )", (0, 0)),
        ("$this comity:begin|comity:end ?x", "comity:begin", (1, 0)),
        ("{ $this comity:begin ?x } UNION { $this comity:end ?x }", "comity:begin", (1, 0)),
        ("$this ?p ?x FILTER (?p IN (comity:begin, comity:end))", "comity:begin", (1, 0)),
        ("$this ?p ?x FILTER (?p IN (comity:begin, comity:end))",
         "[ sh:alternativePath ( comity:begin comity:end ) ]", (0, 0)),
        ("$this ?p ?x FILTER (?p NOT IN (comity:begin))", "comity:begin", (1, 1)),
        ("$this ?p ?x FILTER (?p NOT IN (comity:begin))", "comity:anyProperty", (0, 0)),
        ("$this ?p ?x . ?x comity:end ?y", "( comity:anyProperty comity:end )", (0, 0)),
        ("$this ?p ?x . ?x comity:end ?y", "comity:anyProperty", (1, 0)),
        ("$this comity:begin ?x", "comity:anyProperty", (1, 1)),
        # wherever a pattern may stand
        (MAYBE, "comity:post", (1, 0)),
        ("$this comity:post ?x MINUS { ?x comity:end ?y }", "comity:post", (1, 0)),
        ("$this comity:post ?x BIND (EXISTS { ?x comity:end ?y } AS ?z)", "comity:post", (1, 0)),
        ("$this comity:post ?x { SELECT ?x { ?x comity:end ?y } }", "comity:post", (1, 0)),
        # what may be absent leads nowhere, nor another branch, nor a name of a sub-select
        (f"{MAYBE} ?y comity:latest ?z", "( comity:post comity:end comity:latest )", (1, 1)),
        ("{ $this comity:post ?x } UNION { ?x comity:end ?y }", "( comity:post comity:end )",
         (1, 1)),
        ("{ SELECT $this { $this comity:post ?x } } ?x comity:end ?y", "( comity:post comity:end )",
         (1, 1)),
        ("$this comity:post ?x . ?y comity:end ?z", "comity:post, comity:end", (1, 1)),
    ],
)  # fmt: skip
def test_what_is_missing_or_idle_is_found(where, reads, expected):
    prefixes = f"@prefix comity: <{COMITY}> . @prefix sh: <{SH}> ."
    graph = Graph().parse(data=f"{prefixes} <urn:x-c> comity:reads {reads} .", format="turtle")
    found = looks(f"SELECT $this WHERE {{ {where} }}")
    constraint = URIRef("urn:x-c")
    assert expected == (
        len(missing(found, graph, constraint)),
        len(idle(found, graph, constraint)),
    )


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_each_step_within_an_exists_is_one_look_up(name):
    assert scans(str(GRAPH.value(CONSTRAINTS[name], SH.select))) == 0


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("$this comity:post ?x FILTER NOT EXISTS { ?x comity:end ?y }", 0),
        ("$this comity:post ?x FILTER NOT EXISTS { ?x comity:end ?y . ?y comity:latest ?z }", 1),
        ("$this comity:post ?x FILTER NOT EXISTS { ?x comity:end/comity:latest ?z }", 1),
        ("$this comity:post ?x FILTER NOT EXISTS { ?x comity:end ?y\n"
         "FILTER EXISTS { ?y comity:latest ?z } }", 0),
        ("$this comity:post ?x FILTER EXISTS { ?x comity:end ?y\n"
         "OPTIONAL { ?y comity:latest ?z } }", 1),
    ],
)  # fmt: skip
def test_scans_are_found(where, expected):
    assert scans(f"SELECT $this WHERE {{ {where} }}") == expected


def scans(query: str) -> int:
    """Patterns within an EXISTS that the engine reads whole, again for each time it asks.

    Those that share no variable with what is known outside: it does not pass on what another
    pattern beside them finds. A sequence of properties is such patterns too.
    """
    count = 0
    for (start, path, end), _, outside in _patterns(prepareQuery(PREFIXES + query).algebra, [], {}):
        if outside is not None:
            known = {THIS, *chain.from_iterable(outside)} & {start, end}
            tied = any(isinstance(term, Variable | BNode) for term in known)
            count += not tied or isinstance(path, SequencePath)
    return count


def missing(found: Found, graph: Graph, constraint: Any) -> list[Pattern]:
    """Patterns that no declared path covers."""
    declared = _beginnings(
        word
        for path in graph.objects(constraint, COMITY.reads)
        for word in words(shacl_path(graph, path), 4)
    )
    return [pattern for pattern, ways in found if not any(way <= declared for way in ways)]


def idle(found: Found, graph: Graph, constraint: Any) -> list[Any]:
    """Declared paths along which the query does not look."""
    looked = _beginnings(word for _, ways in found for way in ways for word in way)
    return [
        path
        for path in graph.objects(constraint, COMITY.reads)
        if not words(shacl_path(graph, path), 2) <= looked
    ]


def _beginnings(long: Iterator[Word]) -> set[Word]:
    return {word[:length] for word in long for length in range(len(word) + 1)}


def looks(query: str) -> Found:
    """Each pattern of a query with the ways that lead from the focus node over it."""
    found = []
    for pattern, beside, _ in _patterns(prepareQuery(PREFIXES + query).algebra, [], {}):
        start, path, end = pattern
        ways = [
            words(SequencePath(*route, step), 3)
            for node, step in ((start, path), (end, InvPath(path)))
            for route in _routes(node, [other for other in beside if other != pattern])
        ]
        found.append((pattern, ways))
    return found


def _routes(
    target: Any, beside: Sequence[Pattern], passed: tuple[Any, ...] = (THIS,)
) -> Iterator[list[Any]]:
    if passed[-1] == target:
        yield []
    for start, path, end in beside:
        for here, step, there in ((start, path, end), (end, InvPath(path), start)):
            if here == passed[-1] and there not in passed and isinstance(there, Variable | BNode):
                for rest in _routes(target, beside, (*passed, there)):
                    yield [step, *rest]


def _patterns(
    part: CompValue,
    around: list[Pattern],
    names: Mapping[Any, Any],
    outside: list[Pattern] | None = None,
) -> Iterator[Seen]:
    """Each pattern of a part, given what holds around it."""
    names = _names(part, names)
    first, second = part.p1, part.p2
    if part.name == "BGP":
        for pattern in (own := _sure(part, names)):
            yield pattern, [*around, *own], outside
    for inner in filter(None, (part.p, first, second)):
        beside = []
        if inner is first and part.name == "Join":
            beside = _sure(second, names)
        elif inner is second and part.name != "Union":
            beside = _sure(first, names)
        yield from _patterns(inner, [*around, *beside], names, outside)
    known = [*around, *_sure(part, names)]
    if part.name == "LeftJoin":
        known += _sure(second, names)
    for exists in _exists([value for key, value in part.items() if key not in ("p", "p1", "p2")]):
        yield from _patterns(exists.graph, known, names, known)


def _sure(part: CompValue, names: Mapping[Any, Any]) -> list[Pattern]:
    """Patterns without which the part finds nothing."""
    names = _names(part, names)
    if part.name == "BGP":
        return [tuple(names.get(term, term) for term in triple) for triple in part.triples]
    if part.name == "Join":
        return [*_sure(part.p1, names), *_sure(part.p2, names)]
    inner = part.p1 if part.name in ("LeftJoin", "Minus") else part.p
    return _sure(inner, names) if inner else []


def _names(part: CompValue, names: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """What variables are called below: predicates that a filter lists, names of a sub-select."""
    if part.name == "Project":
        hidden = set(part.p["_vars"] or ()) - set(part.PV)
        return {**names, **{name: Variable(f"{name}.{id(part)}") for name in hidden}}
    if part.name == "Filter":
        every = part.expr.name == "ConditionalAndExpression"
        return {
            **names,
            **{
                condition.expr: AlternativePath(*condition.other)
                for condition in ([part.expr.expr, *part.expr.other] if every else [part.expr])
                if condition.name == "RelationalExpression" and condition.op == "IN"
            },
        }
    return names


def _exists(value: Any) -> Iterator[CompValue]:
    if isinstance(value, list):
        for item in value:
            yield from _exists(item)
    elif isinstance(value, CompValue):
        if value.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield value
        else:
            yield from _exists(list(value.values()))


def shacl_path(graph: Graph, node: Any) -> Any:
    """A path of SHACL (§2.3.1) as one of rdflib."""
    if isinstance(node, URIRef):
        return Variable("any") if node == COMITY.anyProperty else node
    if (node, RDF.first, None) in graph:
        return SequencePath(*(shacl_path(graph, item) for item in graph.items(node)))
    ((kind, inner),) = graph.predicate_objects(node)
    if kind == SH.alternativePath:
        return AlternativePath(*(shacl_path(graph, item) for item in graph.items(inner)))
    if kind == SH.inversePath:
        return InvPath(shacl_path(graph, inner))
    many = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}
    return MulPath(shacl_path(graph, inner), many[kind])


def words(path: Any, most: int) -> set[Word]:
    """Every run of steps that the path allows, with each repetition done at most so often."""
    if isinstance(path, InvPath):
        turned = words(path.arg, most)
        return {tuple((name, not ahead) for name, ahead in reversed(word)) for word in turned}
    if isinstance(path, SequencePath):
        parts = product(*(words(part, most) for part in path.args))
        return {tuple(chain(*part)) for part in parts}
    if isinstance(path, AlternativePath):
        return set().union(*(words(part, most) for part in path.args))
    if isinstance(path, MulPath):
        once = words(path.path, most)
        times = range(0 if path.zero else 1, (most if path.more else 1) + 1)
        return {tuple(chain(*run)) for count in times for run in product(once, repeat=count)}
    assert isinstance(path, URIRef | Variable), f"not known: {path!r}"
    return {(("?" if isinstance(path, Variable) else str(path), True),)}
