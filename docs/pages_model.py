"""The page of the ontology, from its Turtle modules."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from comity_ontology import modules, shapes
from comity_ontology.prefixes import prefixes, shorten
from comity_ontology.terms import COMITY, OWL, RDF, RDFS, SH, SKOS

HEAD = """# The model

The ontology is five things: `core.ttl`, `discourse.ttl` (a module of its own), `codes.ttl`
(SKOS schemes that a steward extends without touching the ontology), `alignments.ttl` (how the
terms relate to other vocabularies) and `shapes/` (SHACL). This page is made from them. They
are under CC BY 4.0.

Terms are in `https://w3id.org/comity/ns#` (`comity:`), codes in `https://w3id.org/comity/code/`
(`code:`). **The redirect of w3id.org/comity is not registered yet**: until it is, these IRIs are
names, and opening one in a browser leads nowhere.

Terms of W3C ORG, FOAF, SKOS, PROV-O, Dublin Core, OWL-Time, Web Annotation and schema.org are
used as they are: `foaf:Person`, `org:Post`, `prov:wasDerivedFrom`, `dcterms:type`.

## Overview

![Classes by theme, and the properties that lead from one to another](model.svg)
"""
EXAMPLE, SCOPE_NOTE = SKOS.NS + "example", SKOS.NS + "scopeNote"
SEVERITIES = {"Violation": "violation", "Warning": "warning", "Info": "note"}


class Model:
    """The modules in one store, and short ways to read them."""

    def __init__(self) -> None:
        self.store = ox.Store()
        for module in modules():
            self.store.load(
                module.path.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.DefaultGraph()
            )

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values of a property in short form, English only where a language is given."""
        return sorted(
            shorten(quad.object.value)
            for quad in self.store.quads_for_pattern(
                ox.NamedNode(subject), ox.NamedNode(predicate), None, None
            )
            if getattr(quad.object, "language", None) in (None, "en")
            and not isinstance(quad.object, ox.BlankNode)
        )

    def one(self, subject: str, predicate: str) -> str:
        """Return the values of a property as the cell of a table."""
        return "; ".join(self.values(subject, predicate)).replace("|", "\\|")

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return what has this value, in order of its IRI."""
        found = self.store.quads_for_pattern(
            None, ox.NamedNode(predicate), ox.NamedNode(value), None
        )
        return sorted({quad.subject.value for quad in found})


def page() -> str:
    """Make the page."""
    model = Model()
    lines = [HEAD, "## Classes", "", "| class | is a | meaning | example |", "|---|---|---|---|"]
    for iri in _ours(model, OWL.Class):
        lines.append(
            f'| <a id="class-{iri.removeprefix(COMITY.NS).lower()}"></a>`{shorten(iri)}` '
            f"| {_quoted(model.values(iri, RDFS.subClassOf))} "
            f"| {_meaning(model, iri)} | {model.one(iri, EXAMPLE)} |"
        )
    lines += ["", "## Properties", "", "| property | from → to | meaning | example |"]
    lines += ["|---|---|---|---|"]
    for iri in sorted(
        {*_ours(model, OWL.ObjectProperty), *_ours(model, OWL.DatatypeProperty)}, key=str.lower
    ):
        start = _quoted(model.values(iri, RDFS.domain)) or "anything"
        end = _quoted(model.values(iri, RDFS.range)) or "anything"
        lines.append(
            f"| `{shorten(iri)}` | {start} → {end} | {_meaning(model, iri)} "
            f"| {model.one(iri, EXAMPLE)} |"
        )
    lines += ["", "## Codes", *_schemes(model), "", "## Rules", *_rules()]
    return "\n".join(lines) + "\n"


def _ours(model: Model, kind: str) -> list[str]:
    return [iri for iri in model.subjects(RDF.type, kind) if iri.startswith(COMITY.NS)]


def _meaning(model: Model, iri: str) -> str:
    notes = (model.one(iri, SKOS.definition), model.one(iri, SCOPE_NOTE))
    return " ".join(note for note in notes if note)


def _quoted(terms: list[str]) -> str:
    return ", ".join(f"`{term}`" for term in terms)


def _schemes(model: Model) -> Iterator[str]:
    for scheme in model.subjects(RDF.type, SKOS.ConceptScheme):
        yield ""
        yield f"### {shorten(scheme)}"
        yield ""
        yield f"{_meaning(model, scheme)}"
        yield ""
        yield "| code | label | meaning | |"
        yield "|---|---|---|---|"
        for concept in _ordered(model, model.subjects(SKOS.inScheme, scheme)):
            notes = [
                ("broader", _quoted(model.values(concept, SKOS.broader))),
                ("results in", _quoted(model.values(concept, COMITY.resultsIn))),
                ("order in a day", model.one(concept, COMITY.precedence)),
                ("notation", model.one(concept, SKOS.notation)),
            ]
            said = "; ".join(f"{name} {value}" for name, value in notes if value)
            yield (
                f"| `{shorten(concept)}` | {model.one(concept, SKOS.prefLabel)} "
                f"| {_meaning(model, concept)} | {said} |"
            )


def _ordered(model: Model, concepts: list[str]) -> list[str]:
    """Acts in the order in which they follow each other, the rest by name."""
    return sorted(concepts, key=lambda iri: (int(model.one(iri, COMITY.precedence) or 0), iri))


def _rules() -> Iterator[str]:
    yield ""
    yield "What the shapes say when something does not conform, file by file."
    header = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes().items())
    for file in shapes():
        store = ox.Store()
        store.load(file.read_bytes(), format=ox.RdfFormat.TURTLE, to_graph=ox.DefaultGraph())
        rows = store.query(
            f"{header}\nPREFIX sh: <{SH.NS}>\n"
            "SELECT DISTINCT ?message ?severity { ?x sh:message ?message "
            "OPTIONAL { ?x sh:severity ?own } "
            "OPTIONAL { ?outer sh:sparql|sh:property ?x . ?outer sh:severity ?whole } "
            "BIND(COALESCE(?own, ?whole, sh:Violation) AS ?severity) } ORDER BY ?message"
        )
        found = [
            f"- {row['message'].value} ({SEVERITIES[row['severity'].value.rpartition('#')[2]]})"
            for row in rows
        ]
        if found:
            yield from ("", f"### {file.name}", "", *found)
