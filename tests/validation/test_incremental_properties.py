"""Incremental validation finds what full validation finds, whatever the shapes, data and change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.store import EmbeddedStore
from comity.store.base import Term
from comity.validation import Result
from comity.validation.constraints import (
    cardinality,
    logical,
    other,
    property_pair,
    shape_based,
    string_based,
    value_range,
    value_type,
)
from comity.validation.constraints.base import Constraint
from comity.validation.incremental import affected, fragment
from comity.validation.running import Run
from comity.validation.scratch import Scratch
from comity.validation.shapes import Path, Shape, Shapes, Target
from comity.validation.shapes.path import Alternative, Inverse, Predicate, Repeated, Sequence
from comity.validation.union import Union
from comity_ontology.terms import RDF, RDFS, XSD

# Data of a few terms, so that what is drawn hangs together.


def iris(letters: str) -> list[ox.NamedNode]:
    return [ox.NamedNode(f"https://example.org/{letter}") for letter in letters]


TYPE, SUBCLASS = ox.NamedNode(RDF.type), ox.NamedNode(RDFS.subClassOf)
THINGS, CLASSES, PREDICATES = iris("abcd"), iris("KLM"), iris("pqr")
LITERALS = [
    ox.Literal("1", datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("2", datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("one"),
    ox.Literal("one", language="en"),
    ox.Literal("two", language="en"),
]
things, classes, predicates, literals = map(
    st.sampled_from, (THINGS, CLASSES, PREDICATES, LITERALS)
)
nodes = st.sampled_from([*THINGS, ox.BlankNode("x"), ox.BlankNode("y")])
links = st.builds(ox.Triple, nodes, predicates, nodes)
triples = st.one_of(
    links,
    links,
    st.builds(ox.Triple, nodes, predicates, st.one_of(literals, classes)),
    st.builds(ox.Triple, nodes, st.just(TYPE), classes),
    st.builds(ox.Triple, classes, st.just(SUBCLASS), classes),
)

names = st.sampled_from([predicate.value for predicate in PREDICATES])
class_names = st.sampled_from([cls.value for cls in CLASSES])
paths: st.SearchStrategy[Path] = st.recursive(
    st.builds(Predicate, st.one_of(names, names, st.just(RDF.type))),
    lambda inner: st.one_of(
        st.builds(Inverse, inner),
        st.builds(Sequence, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Alternative, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Repeated, inner, st.sampled_from("*+?")),
    ),
    max_leaves=4,
)
few = st.integers(0, 2)
values = st.one_of(things, literals)
by_literal = (
    *(value_range.MinExclusive, value_range.MinInclusive),
    *(value_range.MaxExclusive, value_range.MaxInclusive),
)
by_property = (
    *(property_pair.Equals, property_pair.Disjoint),
    *(property_pair.LessThan, property_pair.LessThanOrEquals),
)
plain: st.SearchStrategy[Constraint] = st.one_of(
    st.builds(cardinality.MinCount, few),
    st.builds(cardinality.MaxCount, few),
    st.builds(value_type.Class, class_names),
    st.builds(value_type.Class, class_names),
    st.builds(value_type.Datatype, st.sampled_from([XSD.integer, XSD.string])),
    st.builds(value_type.NodeKind, st.sampled_from(["IRI", "BlankNode", "IRIOrLiteral"])),
    st.builds(other.Closed, st.lists(names, max_size=2).map(tuple)),
    st.builds(other.HasValue, values),
    st.builds(other.In, st.lists(values, max_size=3).map(tuple)),
    *(st.builds(component, literals) for component in by_literal),
    *(st.builds(component, names) for component in by_property),
    st.builds(string_based.MinLength, st.integers(0, 4)),
    st.builds(string_based.MaxLength, st.integers(0, 4)),
    st.builds(string_based.Pattern, st.sampled_from(["^one", "1"])),
    st.builds(string_based.LanguageIn, st.just(("en",))),
    st.builds(string_based.UniqueLang),
)


def with_shapes(inner: st.SearchStrategy[Shape]) -> st.SearchStrategy[Constraint]:
    some = st.lists(inner, max_size=2).map(tuple)
    return st.one_of(
        st.builds(shape_based.Node, inner.filter(lambda shape: shape.path is None)),
        st.builds(shape_based.Property, inner.filter(lambda shape: shape.path is not None)),
        st.builds(shape_based.QualifiedMinCount, few, inner, some),
        st.builds(shape_based.QualifiedMaxCount, few, inner, some),
        st.builds(logical.Not, inner),
        *(st.builds(several, some) for several in (logical.And, logical.Or, logical.Xone)),
    )


def shapes_of(
    constraints: st.SearchStrategy[Constraint],
    targets: st.SearchStrategy[tuple[Target, ...]],
) -> st.SearchStrategy[Shape]:
    return st.builds(
        Shape,
        node=st.integers(0, 10**9).map(lambda number: ox.NamedNode(f"urn:shape:{number}")),
        path=st.one_of(st.none(), paths),
        targets=targets,
        constraints=st.lists(constraints, min_size=1, max_size=3).map(tuple),
        deactivated=st.sampled_from([False] * 9 + [True]),
    )


nested = st.recursive(
    shapes_of(plain, st.just(())),
    lambda inner: shapes_of(st.one_of(plain, with_shapes(inner)), st.just(())),
    max_leaves=4,
)
targets = st.one_of(
    st.builds(Target, st.just("class"), classes),
    st.builds(Target, st.just("class"), classes),
    st.builds(Target, st.sampled_from(["subjects", "objects"]), predicates),
    st.builds(Target, st.just("node"), values),
)
shapes = st.lists(
    shapes_of(
        st.one_of(plain, with_shapes(nested)),
        st.lists(targets, min_size=1, max_size=2).map(tuple),
    ).filter(lambda shape: not shape.deactivated),
    min_size=1,
    max_size=2,
).map(lambda found: Shapes(tuple(found)))
data = st.sets(triples, max_size=25)

# What validation finds.


def stored(content: Iterable[ox.Triple]) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.add(ox.Quad(*triple) for triple in content)
    return store


def full(store: EmbeddedStore, wanted: Shapes) -> dict[Shape, set[Result]]:
    run = Run(store, Union(store).subclasses)
    return {shape: set(run.results(shape)) for shape in wanted}


def partial(
    store: EmbeddedStore, wanted: Shapes, focus: Mapping[Shape, Collection[Term]]
) -> dict[Shape, set[Result]]:
    """Check some nodes, on nothing but their fragment."""
    union = Union(store)
    scratch = Scratch(fragment(wanted, focus, union.match), focus)
    run = Run(scratch.store, union.subclasses)
    return {shape: set(run.results(shape, scratch.narrowed(shape))) for shape in focus}


def one_by_one(
    content: Collection[ox.Triple], wanted: Shapes
) -> dict[tuple[Shape, Term], set[Result]]:
    """Check each focus node by itself, on all the data."""
    focus = {shape: focus_nodes(shape, content) for shape in wanted}
    run = Run(stored(content), Union(stored(content)).subclasses)
    found = {}
    for shape, nodes in focus.items():
        for node in nodes:
            scratch = Scratch(content, {shape: [node]})
            run = Run(scratch.store, Union(scratch.store).subclasses)
            found[shape, node] = set(run.results(shape, scratch.narrowed(shape)))
    return found


def focus_nodes(shape: Shape, content: Collection[ox.Triple]) -> set[Term]:
    """Return the focus nodes of a shape, by the words of SHACL §2.1.3."""
    found: set[Term] = set()
    for target in shape.targets:
        below, before = {target.term}, 0
        while len(below) > before:
            before = len(below)
            below |= {s for s, p, o in content if p == SUBCLASS and o in below}
        match target.kind:
            case "node":
                found.add(target.term)
            case "class":
                found |= {s for s, p, o in content if p == TYPE and o in below}
            case "subjects":
                found |= {s for s, p, _ in content if p == target.term}
            case "objects":
                found |= {o for _, p, o in content if p == target.term}
    return found


often = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@often
@given(shapes=shapes, content=data)
def test_a_node_has_the_same_results_on_its_fragment(
    shapes: Shapes, content: set[ox.Triple]
) -> None:
    store = stored(content)
    alone = one_by_one(content, shapes)
    for (shape, node), expected in alone.items():
        assert partial(store, shapes, {shape: [node]}) == {shape: expected}
        copied = list(fragment(shapes, {shape: [node]}, Union(store).match))
        assert len(copied) == len(set(copied))
        assert set(copied) <= content
    everything = full(store, shapes)
    together = partial(store, shapes, {one: focus_nodes(one, content) for one in shapes})
    for shape in shapes:
        assert everything[shape] == together[shape]
        assert everything[shape] == set().union(
            *(results for (of, _), results in alone.items() if of is shape)
        )


@often
@given(
    shapes=shapes,
    before=data,
    added=st.sets(triples, max_size=4),
    gone=st.lists(st.integers(0, 24), max_size=4),
)
def test_incremental_equals_full(
    shapes: Shapes, before: set[ox.Triple], added: set[ox.Triple], gone: list[int]
) -> None:
    listed = sorted(before, key=str)
    removed = {listed[number] for number in gone if number < len(listed)} - added
    added = added - before
    after = (before | added) - removed
    store = stored(after)

    change = affected(shapes, Union(store).match, added, removed)

    assert not change.whole
    old = one_by_one(before, shapes)
    new = partial(store, shapes, change.focus)
    everything = full(store, shapes)
    for shape in shapes:
        nodes = focus_nodes(shape, after)
        again = change.focus.get(shape, frozenset())
        assert again <= nodes
        kept = [old[shape, node] for node in nodes - again]  # a node that is new is in again
        assert set().union(new.get(shape, set()), *kept) == everything[shape]
