"""``comity document add``."""

from __future__ import annotations

import datetime

import click

from comity_cli.commands.document.days import Day
from comity_cli.options import message, opened, store_option


@click.command("add")
@click.argument("file", type=click.Path())
@click.option("--title", default="", help="By default the document's headline.")
@click.option("--issued", type=Day(), help="The day on which it was published.")
@click.option("--publisher", default="", help="IRI of the agency that published it, or a name.")
@click.option("--source", default="", help="Where it was found: a URL or a description.")
@click.option("--language", default="en", show_default=True, help="BCP 47 tag of the text.")
@click.option("--id", "identifier", default="", help="Last part of the IRI; else the file's name.")
@store_option
def add(
    file: str,
    title: str,
    issued: datetime.date | None,
    publisher: str,
    source: str,
    language: str,
    identifier: str,
    location: str,
) -> None:
    """Keep a text and cut it into headline, headings and sentences.

    FILE is UTF-8 text; - is standard input, which needs --id. The same bytes again change nothing.
    """
    with opened(location, write=True) as graph:
        added = graph.add_document(
            file,
            title=title,
            issued=issued,
            publisher=publisher,
            source=source,
            language=language,
            identifier=identifier,
        )
    click.echo(added.iri)
    if not added.changed:
        message(
            "nothing changed: the store has this document already, and its title, date and the "
            "like stay as they are; comity document replace changes them"
        )
        return
    message(f"{added.passages} passages")
    message(added.load.conservation())
