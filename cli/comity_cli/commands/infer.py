"""``comity infer``."""

from __future__ import annotations

import datetime

import click

from comity_cli.curating import by_option, certainty_option, on_option, passages_option, said
from comity_cli.options import opened, store_option


@click.command("infer")
@click.argument("subject")
@click.argument("predicate")
@click.argument("value", metavar="OBJECT")
@click.option("--basis", required=True, help="What it rests on, in words.")
@certainty_option("probable")
@by_option
@passages_option("Sentence it rests on, as source:note/3; else those of the subject.")
@click.option("--language", default="", metavar="TAG", help="OBJECT is a text in this language.")
@click.option("--datatype", default="", metavar="IRI", help="OBJECT is a value of this datatype.")
@on_option
@store_option
def command(
    subject: str,
    predicate: str,
    value: str,
    basis: str,
    certainty: str,
    by: str,
    passages: tuple[str, ...],
    language: str,
    datatype: str,
    on: datetime.date | None,
    location: str,
) -> None:
    """State that SUBJECT has OBJECT as its PREDICATE, as a conclusion of yours.

    SUBJECT and OBJECT are names, short forms or IRIs; PREDICATE is a property
    such as comity:ofCountry. Where the property asks for a day, OBJECT is an
    EDTF date; where for a code, its name.
    """
    with opened(location, write=True, create=False) as graph:
        entered = graph.infer(
            subject,
            predicate,
            value,
            basis=basis,
            certainty=certainty,
            by=by,
            passages=passages,
            language=language,
            datatype=datatype,
            on=on,
        )
    said(entered)
