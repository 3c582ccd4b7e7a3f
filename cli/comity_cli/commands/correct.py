"""``comity correct``."""

from __future__ import annotations

import datetime

import click

from comity_cli.curating import by_option, certainty_option, on_option, said
from comity_cli.options import opened, store_option


@click.command("correct")
@click.argument("where", metavar="DOCUMENT")
@click.option("--verbatim", required=True, help="The wrong words, exactly as the source has them.")
@click.option("--corrected", default="", help="What should stand there.")
@click.option(
    "--kind",
    default="typo",
    show_default=True,
    metavar="CODE",
    help="typo, mistranslation, wrong-referent, number-conflict, grammar, wrong-date, …",
)
@click.option("--refers-to", default="", metavar="WHAT", help="The entity that is meant.")
@click.option("--passage", type=click.IntRange(min=1), help="Number of the passage, if in several.")
@certainty_option("certain")
@by_option
@click.option("--why", required=True, help="The reason, in words.")
@on_option
@store_option
def command(
    where: str,
    verbatim: str,
    corrected: str,
    kind: str,
    refers_to: str,
    passage: int | None,
    certainty: str,
    by: str,
    why: str,
    on: datetime.date | None,
    location: str,
) -> None:
    """Note that words of DOCUMENT are wrong, and what is right.

    DOCUMENT is the identifier, short form or title of a document, or one
    passage of it, as source:note/3. The words of the source stay as they are.
    """
    with opened(location, write=True, create=False) as graph:
        entered = graph.correct(
            where,
            verbatim=verbatim,
            corrected=corrected,
            kind=kind,
            refers_to=refers_to,
            passage=passage,
            certainty=certainty,
            by=by,
            why=why,
            on=on,
        )
    said(entered)
