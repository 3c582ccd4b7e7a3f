"""A query asked about all nodes at once finds what it finds for each node by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import count

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.validation.constraints.base import Scope
from comity.validation.constraints.sparql.compiling import compiled
from comity.validation.constraints.sparql.query import Query

EX = "https://example.org/"
NODES = [ox.NamedNode(EX + name) for name in "abcd"]
PREDICATES = [ox.NamedNode(EX + name) for name in "pq"]
ONE, TWO = ox.NamedNode(EX + "One"), ox.NamedNode(EX + "Two")
KIND = ox.NamedNode(EX + "kind")
PREFIXES = {"ex": EX}

graphs = st.lists(
    st.builds(
        ox.Quad,
        st.sampled_from(NODES),
        st.sampled_from(PREDICATES),
        st.sampled_from([*NODES, ox.Literal(1), ox.Literal(2)]),
    ),
    max_size=12,
)
# What each node is of twice must not be counted twice.
kinds = st.lists(
    st.builds(ox.Quad, st.sampled_from(NODES), st.just(KIND), st.sampled_from([ONE, TWO])),
    min_size=1,
    max_size=6,
)
SINGLE = "?this ex:kind ex:One ."
SEVERAL = "?this ex:kind ?kind ."
LISTED = "VALUES ?this { ex:a ex:b ex:d }"
contexts = st.sampled_from([SINGLE, SEVERAL, LISTED])

TEMPLATES = [
    "SELECT $this ?x WHERE { $this ex:p ?x }",
    "SELECT $this ?x WHERE { ?x ex:p $this . FILTER($this != ex:a) }",
    "SELECT DISTINCT $this WHERE { $this ex:p|ex:q ?x . ?x ex:p* ?y }",
    "SELECT $this ?x WHERE { { $this ex:p ?x } UNION { ?x ex:q ex:b FILTER($this = ?x) } }",
    "SELECT $this ?x ?y WHERE { ?x ex:p ?z OPTIONAL { ?z ex:q ?y FILTER($this = ?z) } }",
    "SELECT $this ?x ?y WHERE { ?x ex:p ?z OPTIONAL { ?z ex:q ?w BIND($this AS ?y) } }",
    "SELECT $this ?x ?y WHERE { { ?x ex:p ?z OPTIONAL { $this ex:q ?z . ?z ex:p ?y } } }",
    "SELECT $this ?x ?y WHERE { { OPTIONAL { $this ex:q ?y } $this ex:p ?x } }",
    "SELECT $this ?y WHERE { { BIND(STR($this) AS ?y) $this ex:p ?x } }",
    "SELECT $this ?x WHERE { { ?x ex:p ?y FILTER NOT EXISTS { $this ex:q ?x } } }",
    "SELECT $this ?x WHERE { ?x ex:p ?y FILTER NOT EXISTS { { FILTER($this = ?y) } } }",
    "SELECT $this ?n WHERE { { SELECT $this (COUNT(?x) AS ?n) { $this ex:p ?x } "
    "GROUP BY $this } FILTER(?n > 1) }",
    "SELECT $this ?n WHERE { OPTIONAL { SELECT $this (COUNT(?x) AS ?n) "
    "{ ?x ex:p ?y FILTER($this != ?y) } GROUP BY $this } }",
    "SELECT $this (COUNT(DISTINCT ?x) AS ?n) WHERE { $this ex:p ?x } GROUP BY $this",
    "SELECT $this (COUNT(*) AS ?n) WHERE { ?x ex:p ?y { $this ex:q ?z } UNION { ?z ex:q $this } } "
    "GROUP BY $this HAVING(COUNT(*) > 1)",
    "SELECT $this (COUNT(?x) AS ?n) WHERE { $this ex:p ?x } GROUP BY $this ?x",
    "SELECT $this WHERE { { SELECT * { $this ex:p ?x OPTIONAL { ?x ex:q ?y } } } }",
    "SELECT $this ?x WHERE { { SELECT DISTINCT $this ?x { ?x ex:p ?y FILTER(?y != $this) } } }",
    "SELECT $this ?x WHERE { { { { ?x ex:p ?y } FILTER($this = ?y) } } ?x ex:q ?z }",
]


def store_of(*quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    for some in quads:
        store.extend(some)
    return store


def rows(store: ox.Store, text: str) -> Counter[tuple[str, ...]]:
    """Count the rows of a query, with names; what is unbound is left out."""
    solutions = store.query(text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return Counter(
        tuple(
            sorted(
                f"{name}={term}" for name, term in zip(names, row, strict=True) if term is not None
            )
        )
        for row in solutions
    )


def focus_nodes(store: ox.Store, context: str) -> list[ox.NamedNode]:
    found = store.query(f"SELECT DISTINCT ?this {{ {context} }}", prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return [row[0] for row in found]


def one_by_one(store: ox.Store, text: str, context: str) -> Counter[tuple[str, ...]]:
    """Ask about each node with its IRI in the place of ``$this``, as one would by hand."""
    found: Counter[tuple[str, ...]] = Counter()
    for node in focus_nodes(store, context):
        for row, times in rows(store, by_hand(text, node)).items():
            found[(*row, f"this={node}")] += times
    return found


def by_hand(text: str, node: ox.NamedNode) -> str:
    numbers = count()
    constant = re.sub(
        r"(SELECT(?: DISTINCT)?) \$this",
        lambda found: f"{found[1]} (1 AS ?dummy{next(numbers)})",
        text,
    )
    return constant.replace("GROUP BY $this", f"GROUP BY ({node})").replace("$this", str(node))


def without_dummies(found: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    kept: Counter[tuple[str, ...]] = Counter()
    for row, times in found.items():
        kept[tuple(sorted(one for one in row if not one.startswith("dummy")))] += times
    return kept


def query_of(text: str) -> Query:
    return compiled(text, "SELECT", prefixes=PREFIXES, values={})


def check(store: ox.Store, text: str, context: str) -> None:
    query = query_of(text)
    expected = without_dummies(one_by_one(store, text, context))
    found = rows(store, query.at_once(context))
    if context == SEVERAL:  # a node found twice has its solutions twice; validation drops these
        assert set(found) == set(expected)
    else:
        assert found == expected
    broken = query.exists({"this": "?node"}, Scope())
    selected = store.query(
        f"SELECT DISTINCT ?node {{ {context.replace('?this', '?node')} FILTER({broken}) }}",
        prefixes=PREFIXES,
    )
    assert isinstance(selected, ox.QuerySolutions)
    named = {next(one for one in row if one.startswith("this=")) for row in expected}
    assert {f"this={row[0]}" for row in selected} == named


@given(graphs, kinds, contexts, st.sampled_from(TEMPLATES))
@settings(max_examples=250, deadline=None)
def test_templates(graph: list[ox.Quad], kind: list[ox.Quad], context: str, text: str) -> None:
    check(store_of(graph, kind), text, context)


# Groups at random: whatever is nested in what, a name is bound at most once by BIND.
TERMS = ["$this", "$this", "?x", "?y", "?z", "ex:a", "ex:b"]


@st.composite
def triples(draw: st.DrawFn) -> str:
    subject, value = draw(st.sampled_from(TERMS)), draw(st.sampled_from([*TERMS, "1"]))
    return f"{subject} {draw(st.sampled_from(['ex:p', 'ex:q', '^ex:p', 'ex:p/ex:q']))} {value} . "


@st.composite
def expressions(draw: st.DrawFn, depth: int) -> str:
    left, right = draw(st.sampled_from(TERMS)), draw(st.sampled_from(TERMS))
    kind = draw(st.sampled_from(["=", "!=", "exists", "not exists", "coalesce"]))
    if kind.endswith("exists") and depth > 0:
        return f"{kind.upper()} {{ {draw(groups(depth - 1))} }}"
    if kind == "coalesce":
        return f"COALESCE({left} = {right}, {draw(st.sampled_from(['true', 'false']))})"
    return f"{left} {'!=' if kind == '!=' else '='} {right}"


@st.composite
def groups(draw: st.DrawFn, depth: int) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(
            st.sampled_from(["triple", "triple", "filter", "optional", "union", "group", "bind"])
        )
        if kind == "filter":
            parts.append(f"FILTER({draw(expressions(depth))}) ")
        elif kind == "bind":
            parts.append(f"BIND(STR({draw(st.sampled_from(TERMS))}) AS ?NEW) ")
        elif kind == "triple" or depth == 0:
            parts.append(draw(triples()))
        elif kind == "union":
            one, other = draw(groups(depth - 1)), draw(groups(depth - 1))
            parts.append(f"{{ {one} }} UNION {{ {other} }} ")
        else:
            word = "OPTIONAL " if kind == "optional" else ""
            parts.append(f"{word}{{ {draw(groups(depth - 1))} }} ")
    return "".join(parts)


def numbered(text: str) -> str:
    """Give each BIND a name of its own."""
    pieces = text.split("?NEW")
    return "".join(f"{piece}?new{number}" for number, piece in enumerate(pieces[:-1])) + pieces[-1]


@given(graphs, kinds, contexts, groups(2))
@settings(max_examples=350, deadline=None)
def test_groups_at_random(
    graph: list[ox.Quad], kind: list[ox.Quad], context: str, group: str
) -> None:
    check(store_of(graph, kind), numbered(f"SELECT $this ?x ?y WHERE {{ {group} }}"), context)


@given(graphs, kinds, contexts, groups(1), st.sampled_from(["", " HAVING(COUNT(?x) != 1)"]))
@settings(max_examples=150, deadline=None)
def test_counts_of_all_rows(
    graph: list[ox.Quad], kind: list[ox.Quad], context: str, group: str, having: str
) -> None:
    """A query that aggregates without GROUP BY has a row for each node, also for no rows."""
    text = numbered(f"SELECT $this (COUNT(?x) AS ?n) WHERE {{ {group} }}{having}")
    check(store_of(graph, kind), text, context)


@given(graphs, kinds, contexts, groups(1), st.integers(1, 2))
@settings(max_examples=100, deadline=None)
def test_the_first_of_each_node(
    graph: list[ox.Quad], kind: list[ox.Quad], context: str, group: str, limit: int
) -> None:
    store = store_of(graph, kind)
    whole = query_of(numbered(f"SELECT $this ?x WHERE {{ {group} }}"))
    first = query_of(numbered(f"SELECT $this ?x WHERE {{ {group} }} LIMIT {limit}"))
    nodes = f"{{ SELECT DISTINCT ?this {{ {context} }} }}"
    expected = {
        node: min(limit, number) for node, number in per_node(store, whole.at_once(nodes)).items()
    }
    assert per_node(store, first.at_once(context)) == expected


def per_node(store: ox.Store, text: str) -> dict[str, int]:
    found: Counter[str] = Counter()
    for row, times in rows(store, text).items():
        found[next(one for one in row if one.startswith("this="))] += times
    return dict(found)
