"""Templates of what curators add: corrections, inferences, notes."""

from __future__ import annotations

from comity.curation.corrections import prepare_correction
from comity.curation.inferences import prepare_inference
from comity.curation.notes import prepare_note
from comity.curation.objects import object_of
from comity.tables.columns import Column, Template
from comity.tables.forms.actors import RELEASE
from comity.tables.row import Row
from comity_ontology.prefixes import expand

__all__ = ["CORRECTIONS", "INFERENCES", "NOTES"]

DOCUMENT = Column(
    "document",
    "The document: its identifier, short form or title. May be left empty where `--document` "
    "names one for all rows.",
)
BY = Column("by", "Who says so. May be left empty where `--by` names somebody.")
ON = Column("on", "The day on which it was added; today if empty.")
CERTAINTY = Column("certainty", "certain, probable or possible.", True, scheme="certainty")


def _correction(row: Row) -> None:
    source = row.source.passages
    places = row.sentences("sentence") if "sentence" in row else list(source.values())
    row.add(
        prepare_correction(
            row.context.store,
            places,
            row.text("verbatim"),
            row.signed(row.text("why")),
            corrected=row.text("corrected"),
            kind=row.code("kind").value,
            certainty=row.code("certainty").value,
            refers_to=row.text("refers to"),
            find=row.context.names.find,
        )
    )


def _inference(row: Row) -> None:
    with row.at("subject"):
        subject = row.context.names.find(row.text("subject"))
    with row.at("predicate"):
        predicate = expand(row.text("predicate"))
    with row.at("object"):
        typed = object_of(
            predicate,
            row.text("object"),
            find=row.context.names.find,
            codes=row.context.codes,
            language=row.text("language"),
        )
    row.add(
        prepare_inference(
            row.context.store,
            subject,
            predicate,
            typed,
            row.signed(row.text("basis")),
            certainty=row.code("certainty").value,
            passages=row.passages if "sentences" in row else [],
        )
    )


def _note(row: Row) -> None:
    with row.at("about"):
        target = row.context.names.find(row.text("about"))
    row.add(
        prepare_note(
            row.context.store,
            target,
            row.text("text"),
            row.signed(row.text("why")),
            passages=row.passages if "sentences" in row else [],
            find=lambda text, _: text,
        )
    )


CORRECTIONS = Template(
    name="corrections",
    says="Words of a document that are wrong, and what is right.",
    columns=(
        DOCUMENT,
        Column(
            "sentence", "The number of the sentence; may be empty where only one has the words."
        ),
        Column("verbatim", "The wrong words, letter by letter; the shortest run.", required=True),
        Column("corrected", "What should stand there."),
        Column("kind", "typo, mistranslation, wrong-referent, …", True, scheme="correction-type"),
        Column("refers to", "What is meant: the name, short form or id of something."),
        CERTAINTY,
        BY,
        ON,
        Column("why", "The reason, in words.", required=True),
    ),
    build=_correction,
    examples=(
        {
            "document": RELEASE,
            "sentence": "11",
            "verbatim": "Alivey",
            "corrected": "Aliyev",
            "kind": "typo",
            "certainty": "certain",
            "by": "Ada Lark",
            "why": "The president of Azerbaijan is Ilham Aliyev.",
        },
    ),
)

INFERENCES = Template(
    name="inferences",
    says="A statement that no document makes and that you conclude.",
    columns=(
        Column("subject", "The name, short form or id of something.", required=True),
        Column("predicate", "A property, as `comity:ofCountry`.", required=True),
        Column("object", "What it leads to: something, a code, a day or a text.", required=True),
        Column("language", "For a text: its language, as tr."),
        Column("basis", "What it rests on, in words.", required=True),
        CERTAINTY,
        BY,
        ON,
        DOCUMENT,
        Column("sentences", "The sentences it rests on; those of the subject if empty."),
    ),
    build=_inference,
    examples=(
        {
            "subject": "KOBİA",
            "predicate": "skos:altLabel",
            "object": "SMBDA",
            "language": "en",
            "basis": "The agency abbreviates its English name so.",
            "certainty": "certain",
            "by": "Ada Lark",
            "document": RELEASE,
            "sentences": "3",
        },
    ),
)

NOTES = Template(
    name="notes",
    says="A comment on anything in the graph.",
    columns=(
        Column("about", "The name, short form or id of something.", required=True),
        Column("text", "The comment.", required=True),
        BY,
        ON,
        Column("why", "The reason for it, in words.", required=True),
        DOCUMENT,
        Column("sentences", "Sentences that it is about or rests on."),
    ),
    build=_note,
    examples=(
        {
            "about": "agreement:kosgeb-kobia-mou-2019",
            "text": "Ask KOSGEB for the text.",
            "by": "Ada Lark",
            "why": "The release does not quote it.",
            "document": RELEASE,
            "sentences": "19",
        },
    ),
)
