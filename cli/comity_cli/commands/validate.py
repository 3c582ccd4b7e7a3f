"""``comity validate``."""

from __future__ import annotations

from typing import Any

import click

from comity_cli.options import GRAPH_FORMATS, default_store, opened, output_option, output_stream

_LEVELS = {"violation": 3, "warning": 2, "info": 1}


@click.command("validate")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, "never"]),
    default="violation",
    show_default=True,
    help="The severity from which on the exit code is 1.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json", "csv", "turtle"]),
    default="table",
    show_default=True,
    help="turtle is a SHACL validation report.",
)
@click.option("--input-format", type=click.Choice(GRAPH_FORMATS), help="Of FILE; else by suffix.")
@click.option(
    "--store",
    "location",
    envvar="COMITY_STORE",
    metavar="DIR",
    help="Check this store, or FILE in its context; FILE alone needs none.  [env: COMITY_STORE]",
)
@click.option(
    "--store-check",
    is_flag=True,
    help="Check the store itself instead of what it says: its graphs, left-overs, search keys.",
)
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    fail_on: str,
    format_name: str,
    input_format: str | None,
    location: str | None,
    store_check: bool,
    output: str | None,
) -> None:
    """Check the store, or FILE before it is loaded, against the shapes.

    FILE is checked as `comity load` would check it, and nothing is changed.
    Without a store it is checked by itself.
    """
    if files and store_check:
        raise click.UsageError("--store-check looks at a store: leave FILE out")
    if files:
        with opened(location or ":memory:", write=True) as graph:
            report = graph.load(*files, format=input_format, dry_run=True).checks
    else:
        with opened(location or default_store()) as graph:
            report = graph.check_store() if store_check else graph.validate()
    writers: dict[str, Any] = {
        "table": report.to_text,
        "json": report.to_json,
        "csv": report.to_csv,
        "turtle": report.to_turtle,
    }
    with output_stream(output) as stream:
        stream.write(writers[format_name]().encode())
    if fail_on != "never" and report.at_least(_LEVELS[fail_on]):
        ctx.exit(1)
