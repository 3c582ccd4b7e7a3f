"""What the model says of the release, against answers worked out by hand from its text."""

from __future__ import annotations

from comity.examples import SEED
from comity_ontology.prefixes import GRAPHS
from comity_ontology.terms import COMITY

CODE = "https://w3id.org/comity/code/"


class TestWhatTheReleaseSays:
    def test_one_visit_with_one_meeting_in_it(self, model):
        assert model.rows(
            "SELECT ?e ?k ?whole WHERE { ?e dcterms:type ?k VALUES ?k { code:visit code:meeting } "
            "OPTIONAL { ?e comity:partOfEvent ?whole } }",
        ) == [
            (
                "event/kobia-kosgeb-meeting-2021",
                CODE + "meeting",
                "event/kobia-visit-2021",
            ),
            ("event/kobia-visit-2021", CODE + "visit", None),
        ]

    def test_no_day_and_no_city_of_the_visit(self, model):
        pattern = "?event dcterms:type ?kind VALUES ?kind { code:visit code:meeting } "
        assert not model.ask(pattern + "?event comity:time/time:inXSDDate ?day")
        assert not model.ask(pattern + "?event comity:place ?city . ?city a comity:Place")

    def test_who_met(self, model):
        assert model.rows(
            "SELECT ?who ?role ?for ?as WHERE { ?p comity:event event:kobia-kosgeb-meeting-2021 ; "
            "comity:participant ?who ; comity:role ?r ; comity:onBehalfOf ?for "
            "OPTIONAL { ?p comity:actingAs ?as } "
            "BIND(STRAFTER(STR(?r), STR(code:)) AS ?role) }",
        ) == [
            ("group/kosgeb-managers", "attendee", "agency/kosgeb", None),
            (
                "person/hasan-basri-kurt",
                "host",
                "agency/kosgeb",
                "tenure/kosgeb-president-hasan-basri-kurt",
            ),
            (
                "person/orhan-mammadov",
                "guest",
                "agency/kobia",
                "tenure/kobia-president-orhan-mammadov",
            ),
            (
                "person/rufat-atakishiyev",
                "attendee",
                "agency/kobia",
                "tenure/kobia-vice-president-rufat-atakishiyev",
            ),
        ]

    def test_the_forum_is_one_online_and_without_place(self, model):
        assert model.rows(
            "SELECT ?e ?day WHERE { ?e dcterms:type code:forum ; "
            "schema:eventAttendanceMode schema:OnlineEventAttendanceMode ; "
            "comity:time/time:inXSDDate ?day }",
        ) == [("event/forum-2021-02-16", "2021-02-16")]
        assert model.rows("SELECT ?e WHERE { ?e dcterms:type code:forum }") == [
            ("event/forum-2021-02-16",)
        ]
        assert not model.ask("event:forum-2021-02-16 comity:place|comity:inSeries ?any")

    def test_titles_of_the_forum_are_no_tenures(self, model):
        assert model.rows(
            "SELECT ?who ?role WHERE { ?p comity:event event:forum-2021-02-16 ; "
            "comity:participant ?who ; comity:role ?role }",
        ) == [
            ("person/hasan-basri-kurt", CODE + "attendee"),
            ("person/orhan-mammadov", CODE + "attendee"),
        ]
        assert not model.ask(
            "?p comity:event event:forum-2021-02-16 ; comity:actingAs|comity:onBehalfOf ?any",
        )

    def test_agreements(self, model):
        assert model.rows(
            "SELECT ?a ?type ?of ?day ?where WHERE { ?a a comity:Agreement ; dcterms:type ?t . "
            "?act a comity:Act ; comity:agreement ?a ; dcterms:type code:signing ; "
            "comity:time/time:inXSDDate ?day ; comity:place ?where "
            "OPTIONAL { ?a comity:implements ?of } "
            "BIND(STRAFTER(STR(?t), STR(code:)) AS ?type) }",
        ) == [
            (
                "agreement/kosgeb-kobia-action-plan-2020",
                "action-plan",
                "agreement/kosgeb-kobia-mou-2019",
                "2020-02-27",
                "place/baku",
            ),
            (
                "agreement/kosgeb-kobia-mou-2019",
                "memorandum-of-understanding",
                None,
                "2019-05-14",
                "place/ankara",
            ),
        ]

    def test_parties(self, model):
        assert model.rows("SELECT ?a ?party WHERE { ?a comity:party ?party }") == [
            ("agreement/kosgeb-kobia-mou-2019", "agency/kobia"),
            ("agreement/kosgeb-kobia-mou-2019", "agency/kosgeb"),
        ]

    def test_nobody_is_said_to_have_signed(self, model):
        assert not model.ask("?p comity:role code:signatory")
        assert not model.ask("?p comity:event/rdf:type comity:Act")

    def test_the_only_acts_are_the_two_signings(self, model):
        assert (
            model.rows("SELECT ?type WHERE { ?act a comity:Act ; dcterms:type ?type }")
            == [(CODE + "signing",)] * 2
        )

    def test_aims(self, model):
        assert model.rows(
            "SELECT ?aim ?whom WHERE { agreement:kosgeb-kobia-mou-2019 comity:aim ?aim "
            f"OPTIONAL {{ GRAPH <{model.graph}> {{ ?aim comity:concerns ?whom }} }} }}",
        ) == [
            ("aim/kosgeb-kobia-mou-2019-capacity", None),
            ("aim/kosgeb-kobia-mou-2019-trade", "country/az"),
            ("aim/kosgeb-kobia-mou-2019-trade", "country/tr"),
        ]

    def test_tenures_are_attested_on_the_day_of_issue_and_no_more(self, model):
        assert model.rows(
            "SELECT ?person ?where ?day WHERE { ?t a comity:Tenure ; org:member ?person ; "
            "org:organization ?where ; comity:attestedOn/time:inXSDDate ?day ; "
            "comity:endStatus code:unknown-end }",
        ) == [
            ("person/hasan-basri-kurt", "agency/kosgeb", "2021-02-25"),
            ("person/ilham-aliyev", "country/az", "2021-02-25"),
            ("person/orhan-mammadov", "agency/kobia", "2021-02-25"),
            ("person/recep-tayyip-erdogan", "country/tr", "2021-02-25"),
            ("person/rufat-atakishiyev", "agency/kobia", "2021-02-25"),
        ]
        assert not model.ask("?t a comity:Tenure ; comity:begin|comity:end|comity:capacity ?any")

    def test_a_tenure_agrees_with_its_post(self, model):
        agreeing = (
            "SELECT ?t WHERE { ?t a comity:Tenure ; org:organization ?where ; org:role ?role ; "
            "comity:post ?post . ?post org:postIn ?where ; org:role ?role }"
        )
        assert len(model.rows(agreeing)) == 5

    def test_relations(self, model):
        found = model.rows(
            "SELECT ?kind ?one ?other WHERE { ?r a comity:Relation ; dcterms:type ?t ; "
            "comity:between ?one, ?other FILTER(STR(?one) < STR(?other)) "
            "BIND(STRAFTER(STR(?t), STR(code:)) AS ?kind) }",
        )
        assert found == [
            ("country", "country/az", "country/tr"),
            ("experience-transfer", "agency/kobia", "agency/kosgeb"),
            ("information-exchange", "country/az", "country/tr"),
            ("institutional", "agency/kobia", "agency/kosgeb"),
            ("personal", "person/ilham-aliyev", "person/recep-tayyip-erdogan"),
        ]
        assert model.ask(
            "?r dcterms:type code:experience-transfer ; comity:provider agency:kosgeb ; "
            "comity:beneficiary agency:kobia",
        )
        assert model.ask(
            "?r dcterms:type code:information-exchange ; comity:during event:covid-19-pandemic",
        )


class TestDiscourse:
    def test_four_utterances_without_speaker(self, model):
        assert model.rows(
            "SELECT ?n ?type WHERE { ?u comity:speakerUnstated true ; dcterms:type ?t ; "
            "prov:wasDerivedFrom ?p FILTER NOT EXISTS { ?u comity:speaker ?s } "
            f"BIND(STRAFTER(STR(?p), '{model.passage}') AS ?n) "
            "BIND(STRAFTER(STR(?t), STR(code:)) AS ?type) }",
        ) == [("5", "statement"), ("6", "statement"), ("7", "discussion"), ("7", "statement")]

    def test_nine_utterances_with_one(self, model):
        assert model.rows(
            "SELECT ?who (COUNT(?u) AS ?n) WHERE { ?u a comity:Utterance ; comity:speaker ?who "
            "FILTER NOT EXISTS { ?u comity:speakerUnstated ?x } } GROUP BY ?who",
        ) == [("person/hasan-basri-kurt", "3"), ("person/orhan-mammadov", "6")]

    def test_two_are_quoted(self, model):
        assert model.rows(
            "SELECT ?text WHERE { ?u comity:form code:direct-quotation ; comity:text ?text }",
        ) == [
            (
                "I am very pleased from the fact that the first visitors from abroad "
                "are from Azerbaijan",
            ),
            ("a lot of work to do in Karabakh for Azerbaijan and Turkey",),
        ]

    def test_congratulation_and_invitation(self, model):
        both = "comity:speaker person:orhan-mammadov ; comity:addressee person:hasan-basri-kurt"
        assert model.ask(
            f"?u dcterms:type code:congratulation ; {both} ; "
            "comity:about tenure:kosgeb-president-hasan-basri-kurt",
        )
        assert model.ask(
            f"?u dcterms:type code:invitation ; {both} ; comity:invitedTo place:karabakh"
        )

    def test_claims_by_claimant(self, model):
        assert model.rows(
            "SELECT ?who (COUNT(?c) AS ?n) WHERE { ?c a comity:Claim "
            "OPTIONAL { ?c comity:claimant ?who } } GROUP BY ?who",
        ) == [
            (None, "3"),
            ("person/hasan-basri-kurt", "4"),
            ("person/orhan-mammadov", "4"),
            (f"source/{SEED.slug}", "3"),
        ]
        assert len(model.rows("SELECT ?c WHERE { ?c comity:claimantUnstated true }")) == 3

    def test_a_claim_has_the_speaker_of_its_utterance(self, model):
        assert not model.ask(
            "?u comity:claims ?c ; comity:speaker ?s . ?c comity:claimant ?d FILTER(?s != ?d)"
        )

    def test_everything_about_karabakh_is_somebodys_claim(self, model):
        assert model.rows(
            "SELECT DISTINCT ?p WHERE { ?s ?p place:karabakh }",
        ) == [(COMITY.about,), (COMITY.invitedTo,)]
        assert model.rows(
            "SELECT ?who WHERE { ?c a comity:Claim ; comity:about place:karabakh ; "
            "comity:claimant ?who }",
        ) == [
            ("person/hasan-basri-kurt",),
            ("person/orhan-mammadov",),
            (f"source/{SEED.slug}",),
            (f"source/{SEED.slug}",),
        ]

    def test_three_years_ago(self, model):
        assert model.rows(
            "SELECT ?what ?from WHERE { ?what comity:relativeTime '3 years ago' ; "
            "comity:relativeTo/time:inXSDDate ?from }",
        ) == [("claim/established", "2021-02-25"), ("event/kobia-founding", "2021-02-25")]


class TestNames:
    def test_corrections(self, model):
        assert model.rows(
            "SELECT ?wrong ?right ?what WHERE { ?c a comity:Correction ; comity:verbatim ?wrong ; "
            "comity:corrected ?right ; comity:refersTo ?what }",
        ) == [
            ("A Crop, two Sunday", "One Product, Two Markets", "event/forum-2021-02-16"),
            ("Alivey", "Aliyev", "person/ilham-aliyev"),
            ("Azerbaican", "Azerbaijan", "country/az"),
            ("Covit-19", "COVID-19", "event/covid-19-pandemic"),
            (
                "due to be the president",
                "on becoming the president",
                "tenure/kosgeb-president-hasan-basri-kurt",
            ),
            ("forums were", "forum was", "event/forum-2021-02-16"),
            ("the SME’s", "KOBİA", "agency/kobia"),
        ]

    def test_a_misspelt_name_is_hidden_in_the_source(self, model):
        names = (
            "SELECT ?kind ?name WHERE { GRAPH ?g { person:ilham-aliyev ?p ?name } "
            "FILTER(STRSTARTS(STR(?p), STR(skos:))) FILTER(?g = <GRAPH>) "
            "BIND(CONCAT(STRAFTER(STR(?p), STR(skos:)), '@', LANG(?name)) AS ?kind) }"
        )
        assert model.rows(names.replace("GRAPH>", f"{model.graph}>")) == [
            ("hiddenLabel@en", "Ilham Alivey")
        ]
        assert model.rows(names.replace("GRAPH>", f"{GRAPHS.CURATION}>")) == [
            ("prefLabel@az", "İlham Əliyev"),
            ("prefLabel@en", "Ilham Aliyev"),
            ("prefLabel@tr", "İlham Aliyev"),
        ]

    def test_mammadov_in_azerbaijani(self, model):
        assert model.rows('SELECT ?who WHERE { ?who skos:prefLabel "Orxan Məmmədov"@az }') == [
            ("person/orhan-mammadov",)
        ]

    def test_countries(self, model):
        assert model.rows(
            "SELECT ?iso ?match WHERE { ?c comity:iso3166 ?iso ; skos:exactMatch ?match }",
        ) == [
            ("AZ", "http://publications.europa.eu/resource/authority/country/AZE"),
            ("AZ", "http://www.wikidata.org/entity/Q227"),
            ("TR", "http://publications.europa.eu/resource/authority/country/TUR"),
            ("TR", "http://www.wikidata.org/entity/Q43"),
        ]
