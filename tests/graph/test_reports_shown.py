"""What reports show of contradictions, of details and of the run, and how much of many results."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH

import comity
from comity import timepoints
from comity.errors import ParameterError
from comity.store import open_store
from comity.validation import Background, Cited, Report, Result, Severity, about_in, furnished
from comity.validation.reports import FORMATS, write
from comity.validation.reports.json import report_schema
from comity_ontology.prefixes import DEFAULT_BASE, prefixes
from comity_ontology.terms import COMITY, DCTERMS, OA, PROV, SKOS

EX = "https://example.org/"
P = f"{DEFAULT_BASE}passage/"
SHACL = "http://www.w3.org/ns/shacl#"
SPARQL = f"{SHACL}SPARQLConstraintComponent"


def fault(node: str, value: str = "", **changes: object) -> Result:
    fields: dict[str, object] = {
        "severity": Severity.WARNING,
        "shape": f"{EX}S",
        "focus": f"{EX}{node}",
        "path": "",
        "value": value and f"{EX}{value}",
        "message": "Two sources contradict each other. Read both.",
        "constraint": SPARQL,
        "value_is_iri": bool(value),
    }
    return Result(**{**fields, **changes})  # type: ignore[arg-type]


def said(subject: str, predicate: str, value: str | ox.Literal) -> ox.Quad:
    term = value if isinstance(value, ox.Literal) else ox.NamedNode(f"{EX}{value}")
    return ox.Quad(ox.NamedNode(f"{EX}{subject}"), ox.NamedNode(predicate), term)


def english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


@pytest.fixture
def about(tmp_path: Path) -> Iterator[Counting]:
    """Two acts, each with the sentences of a source of its own, in a store on disk."""
    store = open_store(tmp_path / "store")
    store.add(
        [
            said("one", SKOS.prefLabel, english("First signing")),
            said("one", PROV.wasDerivedFrom, "p1"),
            said("two", SKOS.prefLabel, english("Second signing")),
            said("two", PROV.wasDerivedFrom, "p2"),
            said("two", PROV.wasDerivedFrom, "p3"),
            said("two", PROV.wasDerivedFrom, "p4"),
            said("p1", COMITY.text, english("It was signed on Monday.")),
            said("p1", OA.hasSource, "a"),
            said("p2", COMITY.text, english("It was signed on Tuesday.")),
            said("p2", OA.hasSource, "b"),
            said("p3", COMITY.text, english("Tuesday was cold.")),
            said("p3", OA.hasSource, "b"),
            said("p4", COMITY.text, english("A later day is named.")),
            said("p4", OA.hasSource, "c"),
            said("a", DCTERMS.title, english("Gazette")),
            said("b", DCTERMS.title, english("Herald")),
            said("c", DCTERMS.title, english("Courier")),
        ]
    )
    yield Counting(store)
    store.close()


class Counting:
    """What a store says about nodes, and how often it was asked about each."""

    def __init__(self, store: object):
        self._about = about_in(store)  # type: ignore[arg-type]
        self.asked: Counter[str] = Counter()

    def __call__(self, node: str) -> object:
        self.asked[node.removeprefix(EX)] += 1
        return self._about(node)


def written(report: Report, name: str, **options: object) -> str:
    stream = io.BytesIO()
    write(report, stream, name, **options)  # type: ignore[arg-type]
    return stream.getvalue().decode()


# Both sides


def test_both_sentences_of_a_contradiction_are_shown(about: Counting) -> None:
    bare = Report.of([fault("one", "two")])
    for report, options in ((furnished(bare, about, {}), {}), (bare, {"about": about})):
        text = written(report, "table", **options)
        assert text.partition(" · 1\n")[2] == (
            "  Two sources contradict each other.\n"
            "  To do: Read both.\n"
            f"    {EX}one First signing\n"
            f"      value Second signing ({EX}two)\n"
            "      “It was signed on Monday.”\n"
            "        Gazette\n"
            "      said of the value:\n"
            "      “It was signed on Tuesday.”\n"
            "        Herald\n"
            # the first sentence of another document goes before the second of this
            "      “A later day is named.”\n"
            "        Courier\n"
            "        and 1 more passage\n"
        )
        page = written(report, "html", **options)
        own, _, other = page.partition("Said of the value:")
        assert "It was signed on Monday." in own
        assert "It was signed on Tuesday." in other
        assert '<summary>1 more</summary><blockquote><p dir=auto lang="">Tuesday was cold.' in other
        (row,) = csv.DictReader(io.StringIO(written(report, "csv", **options), newline=""))
        assert (row["sentences"], row["places"]) == ("It was signed on Monday.", "Gazette")
        assert row["value_label"] == "Second signing"
        assert row["value_sentences"].split("\n") == [
            "It was signed on Tuesday.", "Tuesday was cold.", "A later day is named.",
        ]  # fmt: skip
        assert row["value_places"].split("\n") == ["Herald", "Herald", "Courier"]
        assert row["value_passages"].split("\n") == [f"{EX}p2", f"{EX}p3", f"{EX}p4"]
        content = json.loads(written(report, "json", **options))
        jsonschema.validate(content, report_schema())
        (result,) = content["results"]
        assert result["passages"] == [f"{EX}p1"]
        assert result["value"]["passages"] == [f"{EX}p2", f"{EX}p3", f"{EX}p4"]
        assert list(content["passages"]) == [f"{EX}p{number}" for number in (1, 2, 3, 4)]


def test_sentences_of_a_value_are_told_only_where_it_may_contradict(about: Counting) -> None:
    results = [
        fault("one", "two", constraint=f"{SHACL}ClassConstraintComponent"),
        fault("two", "two"),
        fault("one", "two", value_is_iri=False),
    ]
    report = furnished(Report.of(results), about, {})
    assert [result.value_passages for result in report.results] == [(), (), ()]


def test_the_same_sentence_is_not_quoted_twice() -> None:
    background = Background(passages={f"{EX}p": Cited("It was signed.")})
    both = fault("one", "two", passages=(f"{EX}p",), value_passages=(f"{EX}p",))
    report = Report.of([both], background=background)
    assert report.to_text().endswith("said of the value: the same\n")
    assert report.to_text().count("It was signed.") == report.to_html().count("It was signed.") == 1
    assert "Said of the value: the same." in report.to_html()


# Details


def test_details_stand_under_their_result_and_are_not_counted(about: Counting) -> None:
    inner = [fault("two", "", message=f"{word} is missing. Add it.", path=f"{EX}p{word}")
             for word in ("A", "B", "C", "D")]  # fmt: skip
    outer = fault("one", "two", details=tuple(inner))
    report = furnished(Report.of([outer, fault("two")]), about, {})
    assert len(report.results) == report.counts[Severity.WARNING] == 2
    assert (
        f"      In detail: {EX}two Second signing · {EX}pA · A is missing.\n"
        f"      In detail: {EX}two Second signing · {EX}pB · B is missing.\n"
        f"      In detail: {EX}two Second signing · {EX}pC · C is missing.\n"
        "      … and 1 more\n"
    ) in report.to_text()
    page = report.to_html()
    assert page.count("<th scope=col>In detail</th>") == 1
    assert "<details><summary>1 more</summary><p>" in page
    assert page.count(" is missing.") == 4
    content = json.loads(report.to_json())
    jsonschema.validate(content, report_schema())
    details = content["results"][0]["details"]
    assert [one["advice"] for one in details] == ["Add it."] * 4
    assert details[0]["label"] == "Second signing"
    assert content["results"][1]["details"] == []
    rows = list(csv.DictReader(io.StringIO(report.to_csv(), newline="")))
    assert len(rows[0]["details"].split("\n")) == 4
    assert rows[1]["details"] == ""


def test_details_that_all_have_alike_are_told_once() -> None:
    def broken(node: str, about: str) -> Result:
        inner = fault(about, path=f"{EX}p", message="It has no value. Add one.")
        return fault(node, details=(inner,))

    alike = Report.of([broken("one", "one"), broken("two", "two")])
    assert alike.to_text().count(f"\n  In detail: {EX}p · It has no value.\n") == 1
    assert alike.to_html().count("It has no value.") == 1
    other = Report.of([broken("one", "one"), broken("two", "three")])
    assert f"\n      In detail: {EX}p · It has no value.\n" in other.to_text()
    assert f"\n      In detail: {EX}three · {EX}p · It has no value.\n" in other.to_text()
    for report in (alike, other):
        assert report.to_csv().count("It has no value.") == 2


def test_details_are_linked_in_rdf() -> None:
    deepest = fault("three", message="Deep.")
    inner = fault("two", message="Inner.", details=(deepest,), path=f"^<{EX}p>")
    report = Report.of([fault("one", message="Outer.", details=(inner,))])
    for syntax, name in (("turtle", "turtle"), ("ntriples", "nt")):
        graph = rdflib.Graph().parse(data=written(report, syntax), format=name)
        (top,) = graph.subjects(RDF.type, SH.ValidationReport)
        node, messages = graph.value(top, SH.result), []
        while node is not None:
            messages.append(str(graph.value(node, SH.resultMessage)))
            assert (node, RDF.type, SH.ValidationResult) in graph
            node = graph.value(node, SH.detail)
        assert messages == ["Outer.", "Inner.", "Deep."]
        assert len(list(graph.objects(None, SH.result))) == 1


# Notes


def test_notes_about_the_run_are_told() -> None:
    notes = ["ex:S was run\nagain.", "ex:foo is not known.", "ex:S was run\nagain."]
    report = Report.of([], notes=notes)
    assert report.notes == ("ex:S was run\nagain.", "ex:foo is not known.")
    assert report.to_text() == (
        "conforms: 0 violations, 0 warnings, 0 notes\n"
        "About this check: ex:S was run again.\n"
        "About this check: ex:foo is not known.\n"
    )
    assert "<li dir=auto>ex:foo is not known.</li>" in report.to_html()
    assert json.loads(report.to_json())["notes"] == list(report.notes)
    assert "foo" not in report.to_csv()
    graph = rdflib.Graph().parse(data=report.to_turtle(), format="turtle")
    assert {str(one) for one in graph.objects(None, RDFS.comment)} == set(report.notes)
    assert report.joined([fault("one")]).notes == report.notes


# How much is shown


def many(count: int, shapes: int = 2) -> list[Result]:
    return [
        fault(f"{number:06}", shape=f"{EX}S{number % shapes}", severity=Severity(2 + number % 2))
        for number in range(count)
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_limit_is_for_each_shape_and_counts_stay_whole(name: str) -> None:
    report = Report.of(many(20))
    text = written(report, name, limit=3, fold=2)
    shown = {f"{number:06}" for number in range(20) if f"{EX}{number:06}" in text}
    first = {
        f"{number:06}" for number in range(6)
    }  # even numbers have one shape, odd ones the other
    assert shown == first if name != "html" else shown == {f"{number:06}" for number in range(10)}
    if name == "table":
        assert text.count("… and 7 more") == 2
        assert "10 violations, 10 warnings" in text
    elif name == "html":
        assert text.count("5 more are not on this page") == 2
        assert "<summary>Results 4 to 5 of 10</summary>" in text
    elif name == "json":
        content = json.loads(text)
        assert content["truncated"]
        assert [shape["count"] for shape in content["shapes"]] == [10, 10]
        assert content["counts"]["violation"] == 10
        assert len(content["results"]) == 6
    elif name in ("turtle", "ntriples"):
        assert "Of 20 results, the first 3 of each shape." in text


@pytest.mark.parametrize("name", ["json", "csv", "turtle", "ntriples", "jsonld"])
def test_formats_for_programs_have_all_unless_a_limit_is_given(name: str) -> None:
    report = Report.of(many(20))
    for options in ({}, {"limit": 0}, {"limit": 10}):
        text = written(report, name, **options)
        assert all(f"{EX}{number:06}" in text for number in range(20))
        assert "first" not in text
    assert not json.loads(report.to_json())["truncated"]


def test_numbers_below_nothing_are_refused() -> None:
    for options in ({"limit": -1}, {"fold": -1}):
        with pytest.raises(ParameterError, match="cannot be negative"):
            written(Report(), "table", **options)


def test_what_is_not_shown_is_not_looked_up(about: Counting) -> None:
    report = Report.of(many(5_000))
    text = written(report, "table", about=about)
    assert sum(about.asked.values()) == 10
    assert "… and 2,495 more" in text
    about.asked.clear()
    written(report, "html", limit=5, fold=20, about=about)
    assert sum(about.asked.values()) == 50
    about.asked.clear()
    written(report, "turtle", about=about)
    assert not about.asked


def test_looking_up_meanwhile_shows_what_looking_up_before_does(about: Counting) -> None:
    results = [*many(2_500), fault("one", "two"), fault("two", "one"), fault("one")]
    report = Report.of(results)
    before = furnished(report, about, {})
    for name in FORMATS:
        assert written(report, name, about=about) == written(before, name)


def test_what_results_have_alike_is_kept_once() -> None:
    one, other = (fault(f"{number}", message="".join(["Not ", "so."])) for number in (1, 2))
    assert one.message is other.message
    assert one.shape is other.shape


def test_many_results_take_little_memory() -> None:
    tracemalloc.start()
    report = Report.of(many(20_000, 8))
    sink = io.BytesIO()
    write(report, sink, "table", about=lambda _: ())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # 100,000 results are to stay below 200 MB, labels and sentences of a batch included.
    assert peak / 20_000 < 2_000
    assert len(sink.getvalue()) < 20_000


def test_a_report_is_put_in_order_whatever_the_order() -> None:
    inner = fault("x")
    results = [*many(50), fault("one"), fault("one", details=(inner,)), fault("one", value="y")]
    report = Report.of(results)
    assert report.results == Report.of(reversed([*results, *results])).results
    assert len(report.results) == 53
    groups = report.groups()
    assert [result for members in groups.values() for result in members] == list(report.results)
    groups.clear()
    assert report.groups()
    changed = replace(report, results=report.results[:1])
    assert sum(changed.counts.values()) == 1


def test_results_that_stand_in_no_order_are_grouped_too() -> None:
    one, other = fault("one", severity=Severity.VIOLATION), fault("two")
    report = Report((one, other, replace(one, focus=f"{EX}three")))
    assert [len(members) for members in report.groups().values()] == [2, 1]
    assert not report.conforms


# From end to end


def test_two_sources_that_contradict_each_other(tmp_path: Path) -> None:
    """Two people in one post at one time, as two documents have it."""
    texts = {
        "gazette": "Gazette\n\nAda Lovelace has been president of Agency One since 1 May 2019.\n",
        "herald": "Herald\n\nBen Bell was president of Agency One from 2018 to 2020.\n",
    }
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    body = head + "\n".join(
        f"<{triple.subject.value}> <{triple.predicate.value}> {triple.object} ."
        for day in ("2018-01-01", "2019-05-01", "2020-12-31")
        for triple in timepoints.to_triples(timepoints.parse(day))
    )
    body += f"""
        agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ;
            prov:wasDerivedFrom <{P}gazette/2> .
        post:p a org:Post ; skos:prefLabel "President"@en ; org:postIn agency:one ;
            org:role code:president ; comity:singleHolder true ;
            prov:wasDerivedFrom <{P}gazette/2> .
        person:ada a foaf:Person ; skos:prefLabel "Ada Lovelace"@en ;
            prov:wasDerivedFrom <{P}gazette/2> .
        person:ben a foaf:Person ; skos:prefLabel "Ben Bell"@en ;
            prov:wasDerivedFrom <{P}herald/2> .
        tenure:ada a comity:Tenure ; skos:prefLabel "Ada in office"@en ; org:member person:ada ;
            org:organization agency:one ; comity:post post:p ; comity:begin timepoint:2019-05-01 ;
            comity:end timepoint:2020-12-31 ; prov:wasDerivedFrom <{P}gazette/2> .
        tenure:ben a comity:Tenure ; skos:prefLabel "Ben in office"@en ; org:member person:ben ;
            org:organization agency:one ; comity:post post:p ; comity:begin timepoint:2018-01-01 ;
            comity:end timepoint:2020-12-31 ; prov:wasDerivedFrom <{P}herald/2> .
    """
    (tmp_path / "facts.ttl").write_text(body, encoding="utf-8")
    with comity.open() as graph:
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
            graph.add_document(tmp_path / f"{name}.txt")
        report = graph.check_files(tmp_path / "facts.ttl", document="source:gazette")
    line = body.partition("tenure:ben a ")[0].count("\n") + 1
    assert (
        "    tenure:ben Ben in office\n"
        "      value Ada in office (tenure:ada)\n"
        f"      in {tmp_path / 'facts.ttl'}:{line}\n"
        "      “Ben Bell was president of Agency One from 2018 to 2020.”\n"
        "        Herald, passage 2\n"
        "      said of the value:\n"
        "      “Ada Lovelace has been president of Agency One since 1 May 2019.”\n"
        "        Gazette, passage 2\n"
    ) in report.to_text()
