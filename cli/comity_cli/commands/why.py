"""``comity why``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from comity_cli.options import opened, output_option, output_stream, store_option
from comity_cli.sentences import evidence_lines


@click.command("why")
@click.argument("what")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text to read, or JSON for programs.",
)
@output_option
@store_option
def command(what: str, format_name: str, output: str | None, location: str) -> None:
    """Show the sentences that WHAT rests on, with the words that support it.

    WHAT is a name, a short form such as agreement:… or an IRI. On a terminal
    the words are in bold, elsewhere they stand between ⟦ and ⟧.
    """
    with opened(location) as graph:
        found = graph.why(what)
    with output_stream(output) as stream:
        if format_name == "json":
            stream.write((json.dumps(asdict(found), ensure_ascii=False, indent=2) + "\n").encode())
        else:
            bold = not output and sys.stdout.isatty()
            stream.write(("\n".join(evidence_lines(found, bold=bold)) + "\n").encode())
