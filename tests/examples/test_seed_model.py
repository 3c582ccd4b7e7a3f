"""The files of the shipped release: what holds for every triple, whatever it says."""

from __future__ import annotations

import hashlib
import re

import pyoxigraph as ox
import pytest

from comity.examples import EXAMPLES, SEED
from comity_ontology.prefixes import DEFAULT_BASE, GRAPHS, prefixes
from comity_ontology.terms import COMITY, DCTERMS, PROV, RDF, SKOS

DOCUMENT = f"{DEFAULT_BASE}source/{SEED.slug}"

# Words that take a side; they stand only where a text is quoted or a reason is given.
CONTESTED = re.compile("occup|liberat|freed|brotherhood|armenia", re.IGNORECASE)
QUOTING = {COMITY.text, COMITY.verbatim, COMITY.basis, COMITY.relativeTime}

NO_EVIDENCE_NEEDED = {COMITY.TimePoint}


class TestFiles:
    def test_the_text_is_the_release_byte_for_byte(self):
        digest = hashlib.sha256(SEED.text.read_bytes()).hexdigest()
        assert digest == "a8629433370a8d2e88a895d7926a94cc04b753a0c9073d61fa0ed65a41d04e27"

    def test_description(self):
        assert EXAMPLES == (SEED,)
        first, second = SEED.text.read_text(encoding="utf-8").splitlines()[:2]
        assert first == f"{SEED.title}."
        assert second == f"Date: {SEED.issued:%d %B %Y}"

    def test_one_file_for_each_graph(self, model):
        for file, graph in zip(SEED.models, (model.graph, GRAPHS.CURATION), strict=True):
            names = {
                quad.graph_name.value
                for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TRIG)
                if isinstance(quad.graph_name, ox.NamedNode)
            }
            assert names == {graph}

    def test_no_blank_nodes(self, model):
        assert not [
            quad
            for quad in model.quads
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
        ]


class TestEvidence:
    def test_every_node_has_passages(self, model):
        exempt = {
            quad.subject.value
            for quad in model.quads
            if quad.predicate.value == RDF.type and quad.object.value in NO_EVIDENCE_NEEDED
        }
        proven = {
            quad.subject.value
            for quad in model.quads
            if quad.predicate.value == PROV.wasDerivedFrom
        }
        assert model.described - exempt - proven == set()

    def test_every_passage_is_used(self, model):
        used = {
            quad.object.value for quad in model.quads if quad.predicate.value == PROV.wasDerivedFrom
        }
        assert used == set(model.passages)

    @pytest.mark.parametrize(
        "predicate", [COMITY.text, COMITY.verbatim, COMITY.relativeTime, COMITY.quality]
    )
    def test_quotes_stand_in_a_passage_of_their_node(self, model, predicate):
        evidence: dict[str, set[str]] = {}
        for quad in model.quads:
            if quad.predicate.value == PROV.wasDerivedFrom:
                evidence.setdefault(quad.subject.value, set()).add(quad.object.value)
        found = list(model.literals(predicate))
        assert found
        for node, words in found:
            assert any(words in model.passages[passage] for passage in evidence[node]), (
                node,
                words,
            )

    def test_wrong_names_stand_in_the_text(self, model):
        text = "\n".join(model.passages.values())
        for node, name in model.literals(SKOS.hiddenLabel, COMITY.acronym, DCTERMS.title):
            assert name in text, node

    def test_a_wrong_run_is_found_once(self, model):
        text = "\n".join(model.passages.values())
        assert {text.count(words) for _, words in model.literals(COMITY.verbatim)} == {1}


class TestVocabulary:
    def test_what_is_pointed_at_exists(self, model):
        known = model.described | set(model.passages) | {DOCUMENT}
        missing = {
            quad.object.value
            for quad in model.quads
            if isinstance(quad.object, ox.NamedNode)
            and quad.object.value.startswith(DEFAULT_BASE)
            and quad.object.value not in known
        }
        assert missing == set()

    def test_what_is_described_has_a_class(self, model):
        assert {quad.subject.value for quad in model.quads} - model.described == {DOCUMENT}

    def test_terms_and_codes_are_declared(self, model):
        ours = (COMITY.NS, prefixes(DEFAULT_BASE)["code"])
        used = {
            term.value
            for quad in model.quads
            for term in (quad.predicate, quad.object)
            if isinstance(term, ox.NamedNode) and term.value.startswith(ours)
        }
        declared = {
            term
            for term in used
            if next(model.store.quads_for_pattern(ox.NamedNode(term), None, None, None), None)
        }
        assert used - declared == set()

    def test_contested_words_are_only_quoted(self, model):
        for quad in model.quads:
            assert not CONTESTED.search(quad.subject.value)
            if quad.predicate.value not in QUOTING:
                assert not CONTESTED.search(str(quad.object)), quad

    def test_one_preferred_name_for_each_language(self, model):
        twice = """SELECT ?node ?language WHERE {
            ?node skos:prefLabel ?name . BIND(LANG(?name) AS ?language)
        } GROUP BY ?node ?language HAVING (COUNT(DISTINCT ?name) > 1)"""
        assert model.rows(twice) == []

    def test_what_has_a_name_has_an_english_one(self, model):
        unnamed = """SELECT ?node WHERE {
            ?node skos:prefLabel|skos:altLabel|skos:hiddenLabel ?any
            FILTER NOT EXISTS { ?node skos:prefLabel ?name FILTER(LANGMATCHES(LANG(?name), "en")) }
        }"""
        assert model.rows(unnamed) == []

    def test_bounds_of_days(self, model):
        found = model.rows(
            """SELECT ?edtf ?from ?to ?day WHERE { ?time comity:edtf ?edtf
            OPTIONAL { ?time comity:earliest ?from } OPTIONAL { ?time comity:latest ?to }
            OPTIONAL { ?time time:inXSDDate ?day } }""",
        )
        exact = ["2019-05-14", "2020-02-27", "2021-02-16", "2021-02-25"]
        assert found == [
            ("2018~", "2017-01-01", "2019-12-31", None),
            *((day, day, day, day) for day in exact),
            ("[..2021-02-25]", None, "2021-02-25", None),
        ]


class TestInferences:
    def test_each_describes_a_triple_of_the_curation_graph_alone(self, model):
        astray = f"""SELECT ?inference WHERE {{
            ?inference a comity:Inference ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
            FILTER(NOT EXISTS {{ GRAPH <{GRAPHS.CURATION}> {{ ?s ?p ?o }} }}
                || EXISTS {{ GRAPH <{model.graph}> {{ ?s ?p ?o }} }})
        }}"""
        assert model.rows(astray) == []

    def test_each_is_complete(self, model):
        complete = """SELECT ?inference WHERE { ?inference a comity:Inference ;
            rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
            comity:basis ?basis ; comity:certainty ?certainty }"""
        whole = model.rows(complete)
        assert whole == model.rows("SELECT ?i WHERE { ?i a comity:Inference }")
        assert len(whole) == 31

    def test_what_a_curator_says_of_a_source_node_is_a_name_or_inferred(self, model):
        bare = f"""SELECT ?s ?p ?o WHERE {{
            GRAPH <{GRAPHS.CURATION}> {{ ?s ?p ?o }}
            FILTER NOT EXISTS {{ GRAPH <{GRAPHS.CURATION}> {{ ?s a ?class }} }}
            FILTER NOT EXISTS {{ ?i rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }}
            FILTER(?p NOT IN (skos:prefLabel, skos:altLabel, skos:exactMatch, comity:iso3166))
        }}"""
        assert model.rows(bare) == []

    @pytest.mark.parametrize(
        ("subject", "predicate", "value"),
        [
            ("agency:kosgeb", "comity:ofCountry", "country:tr"),
            (
                "tenure:turkey-president-recep-tayyip-erdogan",
                "org:organization",
                "country:tr",
            ),
            (f"source:{SEED.slug}", "dcterms:publisher", "agency:kosgeb"),
            ("event:kobia-visit-2021", "comity:time", f"<{DEFAULT_BASE}time/%5B..2021-02-25%5D>"),
            (
                "event:kobia-kosgeb-meeting-2021",
                "comity:time",
                f"<{DEFAULT_BASE}time/%5B..2021-02-25%5D>",
            ),
        ],
    )
    def test_what_the_release_leaves_out_is_inferred(self, model, subject, predicate, value):
        assert model.ask(
            f"?i a comity:Inference ; rdf:subject {subject} ; "
            f"rdf:predicate {predicate} ; rdf:object {value}",
        )
        assert not model.ask(f"GRAPH <{model.graph}> {{ {subject} {predicate} ?any }}")

    def test_the_long_name_of_kosgeb_is_inferred(self, model):
        names = (
            "SELECT ?name WHERE { GRAPH ?g { agency:kosgeb skos:prefLabel|skos:altLabel ?name } "
        )
        assert model.rows(names + f"FILTER(?g = <{model.graph}>) }}") == [("KOSGEB",)]
        assert model.rows(
            "SELECT ?o WHERE { ?i rdf:subject agency:kosgeb ; rdf:predicate skos:altLabel ; "
            "rdf:object ?o }",
        ) == [("Small and Medium Enterprises Development Organization of Türkiye",)]
