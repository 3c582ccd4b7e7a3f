"""Templates of those who act and where: places and countries, agencies, people."""

from __future__ import annotations

import pyoxigraph as ox

from comity.errors import InputError
from comity.tables.columns import EVIDENCE, INFERRED, Cells, Column, Template
from comity.tables.forms.common import (
    ALSO_CALLED,
    IN_LANGUAGES,
    INSTITUTION,
    MISSPELT,
    identifier,
    say_names,
)
from comity.tables.row import Row
from comity_ontology.terms import COMITY, DCTERMS, FOAF, ORG

__all__ = ["AGENCIES", "PEOPLE", "PLACES"]

NAMES = ("name", "acronym", "also called", "misspelt", "names in other languages")
RELEASE = "kosgeb-kobia-2021-02-25"
PLACE_KINDS = {"place": COMITY.Place, "country": COMITY.Country}
PEOPLE_KINDS = {
    "person": FOAF.Person,
    "group": COMITY.UnnamedGroup,
    "delegation": COMITY.Delegation,
}


def _place_class(cells: Cells) -> str:
    kind = cells.get("kind", "country" if "iso code" in cells else "place")
    return PLACE_KINDS.get(kind.casefold(), COMITY.Place)


def _people_class(cells: Cells) -> str:
    return PEOPLE_KINDS.get(cells.get("kind", "person").casefold(), FOAF.Person)


def _described(row: Row, kinds: dict[str, str]) -> str:
    """Say what the node of a row is; return its IRI."""
    if "kind" in row and row.text("kind").casefold() not in kinds:
        with row.at("kind"):
            raise InputError(f"{row.text('kind')!r} is none of {', '.join(kinds)}")
    iri = row.context.names.of_row(row.template, row.cells)
    row.describe(iri, row.template.node_class(row.cells))
    say_names(row, iri)
    return iri


def _place(row: Row) -> None:
    iri = _described(row, PLACE_KINDS)
    country = row.template.node_class(row.cells) == COMITY.Country
    if "iso code" in row:
        with row.at("iso code"):
            if not country:
                raise InputError("only a country has a code: leave it out, or correct the kind")
        row.curate(iri, COMITY.iso3166, ox.Literal(row.text("iso code").upper()))
    if "in country" in row:
        with row.at("in country"):
            if country:
                raise InputError("a country lies in no other: leave it out, or correct the kind")
        row.put(iri, COMITY.inCountry, row.node("in country"))


def _agency(row: Row) -> None:
    iri = row.context.names.of_row(row.template, row.cells)
    row.describe(iri, COMITY.Agency)
    say_names(row, iri)
    if "acronym" in row:
        row.put(iri, COMITY.acronym, ox.Literal(row.text("acronym")))
    if "kind" in row:
        row.put(iri, DCTERMS.type, row.code("kind"))
    if "country" in row:
        row.put(iri, COMITY.ofCountry, row.node("country"))
    if "part of" in row:
        row.put(iri, ORG.subOrganizationOf, row.node("part of"))


def _person(row: Row) -> None:
    iri = _described(row, PEOPLE_KINDS)
    named = row.template.node_class(row.cells) == FOAF.Person
    for column in ("of", "headed by"):
        if named and column in row:
            with row.at(column):
                raise InputError("only a group or delegation has it: correct the kind")
    if "of" in row:
        row.put(iri, COMITY.onBehalfOf, row.node("of"))
    if "headed by" in row:
        row.put(iri, COMITY.headedBy, row.node("headed by"))


PLACES = Template(
    name="places",
    says="A country, or a city, region or venue.",
    columns=(
        identifier("place", "baku"),
        Column("name", "The name, as the document writes it.", required=True),
        Column("kind", "place or country; country where there is an ISO code."),
        Column("iso code", "The two letters of a country in ISO 3166-1, as TR."),
        ALSO_CALLED,
        MISSPELT,
        IN_LANGUAGES,
        Column(
            "in country",
            "The country in which a place lies.",
            classes=(COMITY.Country,),
            makes=COMITY.Country,
        ),
        *EVIDENCE,
        *INFERRED,
    ),
    build=_place,
    examples=(
        {
            "name": "Turkey",
            "kind": "country",
            "iso code": "TR",
            "names in other languages": "tr: Türkiye | az: Türkiyə",
            "document": RELEASE,
            "sentences": "1, 13",
        },
        {"name": "Ankara", "document": RELEASE, "sentences": "19"},
    ),
    node_class=_place_class,
    named_by=NAMES,
    found_by=("iso code",),
)

AGENCIES = Template(
    name="agencies",
    says="A ministry, agency, bank, university, embassy or other institution.",
    columns=(
        identifier("agency", "kosgeb"),
        Column("name", "The name, as the document writes it.", required=True),
        Column("acronym", "The short form, as the document writes it."),
        ALSO_CALLED,
        MISSPELT,
        IN_LANGUAGES,
        Column("kind", "What kind of institution: ministry, sme-agency, …", scheme="agency-type"),
        Column(
            "country",
            "The country whose institution it is.",
            classes=(COMITY.Country,),
            makes=COMITY.Country,
        ),
        Column(
            "part of",
            "The larger institution that it is a part of.",
            classes=INSTITUTION,
            makes=COMITY.Agency,
        ),
        *EVIDENCE,
        *INFERRED,
    ),
    build=_agency,
    examples=(
        {
            "name": "Azerbaijan Small and Medium Enterprises Development Agency",
            "acronym": "KOBİA",
            "kind": "sme-agency",
            "country": "Azerbaijan",
            "document": RELEASE,
            "sentences": "3, 13",
        },
        {"name": "KOSGEB", "acronym": "KOSGEB", "document": RELEASE, "sentences": "3-4"},
    ),
    node_class=lambda _: COMITY.Agency,
    named_by=NAMES,
)

PEOPLE = Template(
    name="people",
    says="A person; or people whom the document mentions together without names.",
    columns=(
        identifier("person", "hasan-basri-kurt"),
        Column("name", "The name, as the document writes it.", required=True),
        Column("kind", "person, group (people without names) or delegation; person if empty."),
        ALSO_CALLED,
        MISSPELT,
        IN_LANGUAGES,
        Column(
            "of",
            "The agency or country that a group belongs to or that sent a delegation.",
            classes=INSTITUTION,
            makes=COMITY.Agency,
        ),
        Column(
            "headed by",
            "The person who leads a delegation.",
            classes=(FOAF.Person,),
            makes=FOAF.Person,
        ),
        *EVIDENCE,
        *INFERRED,
    ),
    build=_person,
    examples=(
        {
            "name": "Orhan Mammadov",
            "also called": "Mammadov",
            "names in other languages": "az: Orxan Məmmədov",
            "document": RELEASE,
            "sentences": "3, 13-14, 16",
        },
        {
            "name": "KOSGEB managers",
            "kind": "group",
            "of": "KOSGEB",
            "document": RELEASE,
            "sentences": "4",
        },
    ),
    node_class=_people_class,
    named_by=NAMES,
)
