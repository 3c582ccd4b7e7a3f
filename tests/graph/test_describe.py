from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import comity
from comity.describe import describe
from comity.errors import ParameterError
from comity_ontology.prefixes import expand
from comity_ontology.terms import COMITY


@pytest.fixture(scope="module")
def seed(seeded: Path) -> Iterator[comity.Graph]:
    with comity.open(seeded, read_only=True) as opened:
        yield opened


def test_an_act_is_described_in_words(seed: comity.Graph) -> None:
    found = seed.describe("act:kosgeb-kobia-mou-2019-signing")
    assert found.label == "Signing of the memorandum of understanding between KOBİA and KOSGEB"
    assert found.types == ("act",)
    said = {(fact.says, fact.shown) for fact in found.facts}
    assert ("at place", "Ankara") in said
    assert (
        "act on agreement",
        "Memorandum of understanding between KOBİA and KOSGEB, 2019",
    ) in said
    assert found.left_out == 0
    assert not any(fact.inverse for fact in found.facts)


def test_what_points_at_it_comes_after_what_it_says(seed: comity.Graph) -> None:
    found = seed.describe("KOSGEB")
    directions = [fact.inverse for fact in found.facts]
    assert directions == sorted(directions)
    assert any(
        fact.inverse and fact.other == expand("post:kosgeb-president") for fact in found.facts
    )


def test_search_keys_are_triples_but_no_facts(seed: comity.Graph) -> None:
    found = seed.describe("KOSGEB")
    assert COMITY.searchKey not in {fact.predicate for fact in found.facts}
    assert COMITY.searchKey in {triple.predicate.value for triple in found.triples}


def test_a_long_list_is_cut_and_says_so(seed: comity.Graph) -> None:
    whole = describe(seed.store, expand("country:az"))
    some = describe(seed.store, expand("country:az"), limit=2)
    assert sum(fact.inverse for fact in some.facts) == 2
    assert some.left_out == sum(fact.inverse for fact in whole.facts) - 2


def test_literals_show_their_language(graph: comity.Graph, turtle: Callable[..., Path]) -> None:
    graph.load(turtle('agency:a rdfs:label "adı"@az ; rdfs:comment "7" .'), document="source:note")
    shown = {
        fact.predicate.rpartition("#")[2]: fact.shown for fact in graph.describe("agency:a").facts
    }
    assert shown == {"label": "adı (az)", "comment": "7"}


def test_what_nobody_speaks_of_cannot_be_described(graph: comity.Graph) -> None:
    with pytest.raises(ParameterError, match="the graph says nothing about agency:none"):
        describe(graph.store, expand("agency:none"))
    with pytest.raises(ParameterError, match="agency:none is not in the graph"):
        graph.describe("agency:none")
