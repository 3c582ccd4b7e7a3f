"""``comity template``."""

from __future__ import annotations

import click

from comity_cli.options import output_option, output_stream

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.command("template")
@click.argument("name")
@click.option("--example", is_flag=True, help="With rows that load into the store of comity demo.")
@click.option(
    "--separator",
    type=click.Choice(list(SEPARATORS)),
    default="comma",
    show_default=True,
    help="What stands between cells; all are read when loading.",
)
@click.option("--bom", is_flag=True, help="With the mark by which some spreadsheets know UTF-8.")
@output_option
def command(name: str, example: bool, separator: str, bom: bool, output: str | None) -> None:
    """Write the table NAME with its headings, to be filled in and given to comity load.

    NAME is places, agencies, people, posts, agreements, acts, aims, events,
    participations, utterances, claims, relations, corrections, inferences or
    notes. docs/entering.md says what belongs into each column.
    """
    from comity.tables import template_csv

    text = template_csv(name, example=example, delimiter=SEPARATORS[separator])
    with output_stream(output) as stream:
        stream.write(text.encode("utf-8-sig" if bom else "utf-8"))
