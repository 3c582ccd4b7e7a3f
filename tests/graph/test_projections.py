"""Networks made from a store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import comity
from comity.errors import ParameterError
from comity.projections import projection_names
from comity_ontology.prefixes import expand, prefixes

CONFERENCE = """
person:a a foaf:Person . person:b a foaf:Person . person:c a foaf:Person .
event:conference a comity:Event .
event:talks a comity:Event ; comity:partOfEvent event:conference .
participation:a a comity:Participation ; comity:event event:conference ;
  comity:participant person:a ; comity:role code:host .
participation:b a comity:Participation ; comity:event event:conference ;
  comity:participant person:b ; comity:role code:guest .
participation:c a comity:Participation ; comity:event event:conference ;
  comity:participant person:c ; comity:role code:guest .
participation:at a comity:Participation ; comity:event event:talks ;
  comity:participant person:a ; comity:role code:attendee .
participation:bt a comity:Participation ; comity:event event:talks ;
  comity:participant person:b ; comity:role code:attendee .
"""


def test_a_part_of_an_event_counts_for_the_whole_and_only_for_those_in_it() -> None:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    with comity.open() as graph:
        graph.store.bulk(ox.parse(input=head + CONFERENCE, format=ox.RdfFormat.TURTLE))
        network = graph.network("person-person")
    a, b, c = (expand(f"person:{name}") for name in "abc")
    talks, conference = expand("event:talks"), expand("event:conference")
    ties = {(s, t, d["kind"]): (d["via"], d["weight"]) for s, t, d in network.edges(data=True)}
    assert ties == {
        # The talks were between two; at the conference each of three met two others.
        (a, b, "same-event"): (talks, 1.0),
        (a, c, "same-event"): (conference, 0.5),
        (b, c, "same-event"): (conference, 0.5),
        # Nobody is called host in the talks, so the conference says who received whom.
        (a, b, "host-guest"): (conference, 1.0),
        (a, c, "host-guest"): (conference, 1.0),
    }


def test_nodes_know_their_names_kinds_and_countries(seeded: Path) -> None:
    with comity.open(seeded, read_only=True) as graph:
        network = graph.network("agency-agency", "person-agency")
        names = graph.country_names()
    found = {data["label"]: (data["kind"], data["country"]) for _, data in network.nodes(data=True)}
    assert found == {
        "KOSGEB": ("agency", "TR"),
        "KOBİA": ("agency", "AZ"),
        "Turkey": ("country", "TR"),
        "Azerbaijan": ("country", "AZ"),
        "Hasan Basri Kurt": ("person", "TR"),
        "Orhan Mammadov": ("person", "AZ"),
        "Rufat Atakishiyev": ("person", "AZ"),
        "Recep Tayyip Erdoğan": ("person", "TR"),
        "Ilham Aliyev": ("person", "AZ"),
    }
    assert names == {"TR": "Turkey", "AZ": "Azerbaijan"}


def test_posts_are_of_the_country_of_their_agency_and_agreements_of_none(seeded: Path) -> None:
    with comity.open(seeded, read_only=True) as graph:
        network = graph.network("person-post-agency", "agreement-lineage")
    found = {
        data["label"].partition(" between")[0]: (data["kind"], data["country"])
        for _, data in network.nodes(data=True)
        if data["kind"] in ("post", "agreement")
    }
    assert found == {
        "President of KOSGEB": ("post", "TR"),
        "President of Turkey": ("post", "TR"),
        "President of KOBİA": ("post", "AZ"),
        "Vice President of KOBİA": ("post", "AZ"),
        "President of Azerbaijan": ("post", "AZ"),
        "Action plan under the memorandum of understanding": ("agreement", ""),
        "Memorandum of understanding": ("agreement", ""),
    }


@pytest.mark.parametrize("day", [date(2019, 5, 14), "2019-05-14"])
def test_on_a_day_only_what_had_begun(seeded: Path, day: date | str) -> None:
    with comity.open(seeded, read_only=True) as graph:
        network = graph.network("agency-agency", on=day)
    kinds = {(data["kind"], data["answer"]) for *_, data in network.edges(data=True)}
    # The visit has no earliest day: it may have been before.
    assert kinds == {
        ("joint-agreement", "certain"),
        ("host-guest", "possible"),
        ("same-event", "possible"),
    }


def test_unknown_projections_and_days(seeded: Path) -> None:
    assert projection_names() == (
        "agency-agency", "agreement-lineage", "country-country", "person-agency",
        "person-person", "person-post-agency",
    )  # fmt: skip
    with comity.open(seeded, read_only=True) as graph:
        with pytest.raises(ParameterError, match="'persons' is no projection: use agency-agency"):
            graph.network("persons")
        with pytest.raises(ParameterError, match="name a projection: agency-agency"):
            graph.network()
        with pytest.raises(ParameterError, match=r"parameter on: '14\.05\.2019' is no day"):
            graph.network("person-person", on="14.05.2019")


def test_a_fact_of_two_projections_counts_once(corpus: Path) -> None:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    tenure = """
    country:a a comity:Country . person:a a foaf:Person .
    tenure:a a comity:Tenure ; org:member person:a ; org:organization country:a .
    """
    with comity.open() as graph:
        graph.store.bulk(ox.parse(input=head + tenure, format=ox.RdfFormat.TURTLE))
        both = graph.network("person-agency", "person-post-agency", "person-agency")
    assert [(d["kind"], d["count"], d["weight"]) for *_, d in both.edges(data=True)] == [
        ("tenure", 1, 1.0)
    ]
    assert both.graph["projection"] == "person-agency person-post-agency"
    with comity.open(corpus, read_only=True) as graph:
        apart = [graph.network(name) for name in projection_names() if name != "person-agency"]
        together = graph.network(*(network.graph["projection"] for network in apart))
    # Nothing else is told twice: the others share no edge.
    assert together.number_of_edges() == sum(network.number_of_edges() for network in apart)
    assert sum(d["count"] for *_, d in together.edges(data=True)) == sum(
        d["count"] for network in apart for *_, d in network.edges(data=True)
    )


DELEGATIONS = """
agency:a a comity:Agency . agency:b a comity:Agency .
person:a a foaf:Person . person:b a foaf:Person .
delegation:a a comity:Delegation ; comity:headedBy person:a ; comity:onBehalfOf agency:a .
event:visit a comity:Event ; comity:time timepoint:early .
event:day a comity:Event ; comity:partOfEvent event:visit .
event:talks a comity:Event ; comity:partOfEvent event:day ; comity:time timepoint:late .
event:dinner a comity:Event ; comity:partOfEvent event:visit ; comity:envisaged true .
timepoint:early comity:edtf "2020-01-01" ; comity:earliest "2020-01-01"^^xsd:date ;
  comity:latest "2020-01-01"^^xsd:date .
timepoint:late comity:edtf "2020-01-03" ; comity:earliest "2020-01-03"^^xsd:date ;
  comity:latest "2020-01-03"^^xsd:date .
tenure:a a comity:Tenure ; org:member person:a ; org:organization agency:a .
""" + "".join(
    f"""
participation:a-{event} comity:event event:{event} ; comity:participant delegation:a .
participation:b-{event} comity:event event:{event} ; comity:participant person:b ;
  comity:onBehalfOf agency:b .
"""
    for event in ("visit", "talks", "dinner")
)


@pytest.mark.parametrize(
    ("on", "event"), [(None, "talks"), ("2020-01-03", "talks"), ("2020-01-02", "visit")]
)
def test_delegations_and_parts_that_have_not_begun(on: str | None, event: str) -> None:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    with comity.open() as graph:
        graph.store.bulk(ox.parse(input=head + DELEGATIONS, format=ox.RdfFormat.TURTLE))
        for kind, projection in (("person", "person-person"), ("agency", "agency-agency")):
            ties = [
                (s, t, d["kind"], d["via"])
                for s, t, d in graph.network(projection, on=on).edges(data=True)
            ]
            ends = (expand(f"{kind}:a"), expand(f"{kind}:b"))
            assert ties == [(*ends, "same-event", expand(f"event:{event}"))]
        acted = {
            (s, t, d["kind"], d["via"])
            for s, t, d in graph.network("person-agency").edges(data=True)
            if s == expand("person:a")
        }
    ends = (expand("person:a"), expand("agency:a"))
    assert acted == {
        (*ends, "tenure", expand("tenure:a")),
        (*ends, "acted-for", f"{expand('event:talks')} {expand('event:visit')}"),
    }
