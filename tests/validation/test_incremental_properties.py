"""Incremental validation finds what full validation finds, whatever the shapes, data and change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path as File

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.store import EmbeddedStore
from comity.store.base import Term
from comity.validation import Affected, Result, affected, read_shapes, validate
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
from comity.validation.incremental import fragment, gained
from comity.validation.running import Run
from comity.validation.scratch import Scratch
from comity.validation.shapes import Path, Shape, Shapes, Target
from comity.validation.shapes.path import Alternative, Inverse, Predicate, Repeated, Sequence
from comity.validation.union import Union
from comity_ontology.terms import RDF, RDFS, XSD

CASES = File(__file__).parents[1] / "cases"

# Data of a few terms, so that what is drawn hangs together.


def iris(letters: str) -> list[ox.NamedNode]:
    return [ox.NamedNode(f"https://example.org/{letter}") for letter in letters]


TYPE, SUBCLASS = ox.NamedNode(RDF.type), ox.NamedNode(RDFS.subClassOf)
THINGS, CLASSES, PREDICATES = iris("abcd"), iris("KLM"), iris("pqr")
LITERALS = [
    ox.Literal("1", datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("2", datatype=ox.NamedNode(XSD.integer)),
    ox.Literal("one"),
    ox.Literal("two", language="en"),
    ox.Literal("three", language="en"),
]
things, classes = st.sampled_from(THINGS), st.sampled_from(CLASSES)
predicates, literals = st.sampled_from(PREDICATES), st.sampled_from(LITERALS)
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
IN_SPARQL = read_shapes(CASES / "incremental.ttl").targeted[0].constraints
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
    st.sampled_from(IN_SPARQL),
    st.sampled_from(IN_SPARQL),
)


targets = st.one_of(
    st.builds(Target, st.just("class"), classes),
    st.builds(Target, st.just("class"), classes),
    st.builds(Target, st.sampled_from(["subjects", "objects"]), predicates),
    st.builds(Target, st.just("node"), values),
)


@st.composite
def a_shape(draw: st.DrawFn, depth: int, targeted: bool) -> Shape:
    return Shape(
        node=ox.NamedNode(f"urn:shape:{draw(st.integers(0, 10**9))}"),
        path=draw(st.one_of(st.none(), paths)),
        targets=tuple(draw(st.lists(targets, min_size=1, max_size=2))) if targeted else (),
        constraints=tuple(draw(st.lists(a_constraint(depth), min_size=1, max_size=3))),
        deactivated=not targeted and draw(st.integers(0, 9)) == 9,
    )


@st.composite
def a_constraint(draw: st.DrawFn, depth: int) -> Constraint:
    if depth == 0 or draw(st.booleans()):
        return draw(plain)
    inner = a_shape(depth - 1, targeted=False)
    some = st.lists(inner, max_size=2).map(tuple)
    kind = draw(st.sampled_from(["one", "number", "several"]))
    if kind == "number":
        component = draw(
            st.sampled_from([shape_based.QualifiedMinCount, shape_based.QualifiedMaxCount])
        )
        return component(draw(few), draw(inner), draw(some))
    if kind == "several":
        several: list[Callable[[tuple[Shape, ...]], Constraint]]
        several = [logical.And, logical.Or, logical.Xone]
        return draw(st.sampled_from(several))(draw(some))
    shape = draw(inner)
    fitting = shape_based.Node if shape.path is None else shape_based.Property
    return draw(st.sampled_from([fitting, fitting, logical.Not]))(shape)


@st.composite
def some_shapes(draw: st.DrawFn) -> Shapes:
    return Shapes(tuple(draw(st.lists(a_shape(2, targeted=True), min_size=1, max_size=2))))


@st.composite
def some_that_judge_each_value(draw: st.DrawFn) -> Shapes:
    """Shapes that look at each value by itself, at its class, and at how many there are."""
    judging = st.one_of(
        st.builds(cardinality.MinCount, few),
        st.builds(cardinality.MaxCount, few),
        st.builds(value_type.Class, class_names),
        st.builds(value_type.Class, class_names),
        st.builds(value_type.NodeKind, st.sampled_from(["IRI", "BlankNode", "IRIOrLiteral"])),
        st.builds(other.In, st.lists(values, max_size=3).map(tuple)),
    )
    constraints = st.lists(judging, min_size=1, max_size=2).map(tuple)
    property_shapes = [
        Shape(ox.NamedNode(f"urn:shape:{path}"), Predicate(path), constraints=draw(constraints))
        for path in draw(st.lists(names, min_size=1, max_size=2, unique=True))
    ]
    parts = tuple(map(shape_based.Property, property_shapes))
    target = Target("class", draw(classes))
    return Shapes((Shape(ox.NamedNode("urn:shape:S"), None, (target,), parts),))


data = st.sets(triples, max_size=25)

# What validation finds.


def stored(content: Iterable[ox.Triple]) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.add(ox.Quad(*triple) for triple in content)
    return store


def found(
    store: EmbeddedStore, shapes: Shapes, shape: Shape, nodes: Collection[Term] | None = None
) -> set[Result]:
    """Check all focus nodes of a shape, or some."""
    if nodes is None:
        return set(validate(store, Shapes((shape,))).results)
    return set(validate(store, shapes, Affected({shape: frozenset(nodes)})).results)


def one_by_one(
    content: Collection[ox.Triple], wanted: Shapes
) -> dict[tuple[Shape, Term], set[Result]]:
    """Check each focus node by itself, on all the data."""
    results = {}
    for shape in wanted:
        for node in focus_nodes(shape, content):
            scratch = Scratch(content, {shape: [node]})
            run = Run(scratch.store, Union(scratch.store).subclasses)
            results[shape, node] = set(run.some(scratch.groups))
    return results


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
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@often
@given(shapes=some_shapes(), content=data)
def test_a_node_has_the_same_results_on_its_fragment(
    shapes: Shapes, content: set[ox.Triple]
) -> None:
    store = stored(content)
    alone = one_by_one(content, shapes)
    for (shape, node), expected in alone.items():
        assert found(store, shapes, shape, [node]) == expected
        copied = list(fragment(shapes, {shape: [node]}, Union(store).match))
        assert len(copied) == len(set(copied))
        assert set(copied) <= content
    for shape in shapes:
        everything = found(store, shapes, shape)
        assert found(store, shapes, shape, focus_nodes(shape, content)) == everything
        of_shape = [results for (of, _), results in alone.items() if of is shape]
        assert set().union(*of_shape) == everything


@often
@given(
    shapes=some_shapes(),
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
    for shape in shapes:
        nodes = focus_nodes(shape, after)
        again = change.focus.get(shape, frozenset())
        assert again <= nodes
        kept = [old[shape, node] for node in nodes - again]  # a node that is new is in again
        new = found(store, shapes, shape, again) if again else set()
        assert new.union(*kept) == found(store, shapes, shape)


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore.at(tmp_path_factory.mktemp("swept") / "s", read_only=False, create=True)
    yield store
    store.close()


@often
@given(shapes=some_shapes(), content=data)
def test_sweeping_a_store_on_disk_finds_what_each_node_breaks(
    on_disk: EmbeddedStore, shapes: Shapes, content: set[ox.Triple]
) -> None:
    on_disk.update("CLEAR ALL")
    on_disk.add(ox.Quad(*triple) for triple in content)
    alone = one_by_one(content, shapes)
    for shape in shapes:
        of_shape = [results for (of, _), results in alone.items() if of is shape]
        assert found(on_disk, shapes, shape) == set().union(*of_shape)
    together = set(validate(on_disk, shapes).results)
    assert together == set().union(*alone.values())


@often
@given(
    shapes=some_that_judge_each_value(),
    before=data,
    added=st.sets(st.one_of(links, links, triples), max_size=3),
    removed=st.sets(triples, max_size=1),
)
def test_what_is_new_is_found_among_many_values(
    shapes: Shapes, before: set[ox.Triple], added: set[ox.Triple], removed: set[ox.Triple]
) -> None:
    before = {*before, *(ox.Triple(thing, TYPE, cls) for thing in THINGS[:2] for cls in CLASSES)}
    removed = removed & before - added
    added = added - before
    after = (before | added) - removed
    store = stored(after)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gained, "MANY", 0)  # each value is one of many
        change = affected(shapes, Union(store).match, added, removed)
    told = set(validate(store, shapes, change, only_new=True).results)
    full = set(validate(store, shapes).results)
    assert told <= full
    assert full - set(validate(stored(before), shapes).results) <= told
