"""``comity load``."""

from __future__ import annotations

from pathlib import Path

import click

from comity_cli.options import GRAPH_FORMATS, message, opened, store_option


@click.command("load")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--document", default="", metavar="IRI", help="Where triples without a graph go.")
@click.option("--format", "format_name", type=click.Choice(GRAPH_FORMATS), help="Else by suffix.")
@click.option("--strict", is_flag=True, help="Load everything or nothing.")
@click.option(
    "--validate/--no-validate",
    default=True,
    help="Leave the shapes out, for data that were checked before; all other checks stay.",
)
@click.option("--quarantine", type=click.Path(dir_okay=False), help="Where refused quads go.")
@store_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    document: str,
    format_name: str | None,
    strict: bool,
    validate: bool,
    quarantine: str | None,
    location: str,
) -> None:
    """Load RDF files through the gate, all as one load.

    FILE is Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML, plain or
    gzip; - is standard input (TriG unless --format says otherwise). What does
    not conform goes to a quarantine file with reasons while the rest goes in,
    and the exit code is 1.
    """
    with opened(location, write=True) as graph:
        report = graph.load(
            *files,
            document=document,
            format=format_name,
            strict=strict,
            validate=validate,
            quarantine=Path(quarantine) if quarantine else None,
        )
    click.echo(report.conservation())
    if not validate:
        message("the shapes were left out: --no-validate; comity validate looks at them")
    if report.checks.results:
        message(report.checks.to_text().rstrip())
    if not report.read:
        message("there are no statements in what was read")
    if report.quarantine is not None:
        message(f"refused quads and reasons: {report.quarantine}")
    if report.refused:
        if strict:
            message("nothing was loaded: --strict")
        ctx.exit(1)
