"""``comity note``."""

from __future__ import annotations

import datetime

import click

from comity_cli.curating import by_option, on_option, passages_option, said
from comity_cli.options import opened, store_option


@click.command("note")
@click.argument("what")
@click.argument("text")
@by_option
@click.option("--why", required=True, help="The reason for the comment, in words.")
@passages_option("Sentence it is about or rests on, as source:note/3.")
@on_option
@store_option
def command(
    what: str,
    text: str,
    by: str,
    why: str,
    passages: tuple[str, ...],
    on: datetime.date | None,
    location: str,
) -> None:
    """Comment on WHAT: a name, a short form or an IRI of anything in the graph.

    The comment is shown by comity why and comity describe; it states nothing.
    """
    with opened(location, write=True, create=False) as graph:
        entered = graph.note(what, text, by=by, why=why, passages=passages, on=on)
    said(entered)
