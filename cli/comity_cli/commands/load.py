"""``comity load``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from comity_cli.options import GRAPH_FORMATS, message, opened, store_option

SHOWN = 20


@click.command("load")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--document",
    default="",
    metavar="IRI",
    help="Where triples without a graph go, and what rows that name none rest on.",
)
@click.option(
    "--format", "format_name", type=click.Choice([*GRAPH_FORMATS, "csv"]), help="Else by suffix."
)
@click.option("--strict", is_flag=True, help="Load everything or nothing.")
@click.option(
    "--validate/--no-validate",
    default=True,
    help="Leave the shapes out, for data that were checked before; all other checks stay.",
)
@click.option("--quarantine", type=click.Path(dir_okay=False), help="Where refused quads go.")
@click.option(
    "--by",
    "curator",
    default="",
    envvar="COMITY_CURATOR",
    metavar="NAME",
    help="Who stands for conclusions in rows that do not say.  [env: COMITY_CURATOR]",
)
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
    curator: str,
    location: str,
) -> None:
    """Load RDF files and tables through the gate, all as one load.

    FILE is Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML, plain or
    gzip, or a table of comity template, .csv or .tsv; - is standard input
    (TriG unless --format says otherwise). What does not conform goes to a
    quarantine file with reasons, and rows to a table beside it, while the
    rest goes in, and the exit code is 1.
    """
    with opened(location, write=True) as graph:
        report = graph.load(
            *files,
            document=document,
            format=format_name,
            strict=strict,
            validate=validate,
            quarantine=Path(quarantine) if quarantine else None,
            curator=curator,
        )
    rows = report.rows
    if rows is not None:
        click.echo(rows.conservation())
        message(_refusals(rows))
        if rows.made:
            message("made, because nothing had the name: " + _listed(rows.made))
        if rows.alike:
            message(_doubtful(rows.alike))
        if rows.renamed:
            message("called otherwise than before: " + _listed(rows.renamed))
    click.echo(report.conservation())
    if not validate:
        message("the shapes were left out: --no-validate; comity validate looks at them")
    # Rows that cannot be read are said above.
    checks = [result for result in report.checks.results if "#row=" not in result.focus]
    if checks:
        message(type(report.checks)(tuple(checks)).to_text().rstrip())
    if not report.read and rows is None:
        message("there are no statements in what was read")
    if report.quarantine is not None:
        message(f"refused quads and reasons: {report.quarantine}")
    if rows is not None and rows.files:
        message(f"refused rows and reasons: {', '.join(map(str, rows.files))}")
    if report.refused or (rows is not None and rows.refused):
        if strict:
            message("nothing was loaded: --strict")
        ctx.exit(1)


def _refusals(rows: Any) -> list[str]:
    lines = [
        f"{refusal.file}, row {refusal.row}: {refusal.reason}" for refusal in rows.refused[:SHOWN]
    ]
    left_out = len(rows.refused) - len(lines)
    return [*lines, *([f"… and {left_out:,} more refused rows"] if left_out else [])]


def _doubtful(alike: Sequence[tuple[str, str, str]]) -> list[str]:
    from comity_ontology.prefixes import shorten

    return [
        f"{shorten(made)} may be {shorten(node)} ({label}): if it is, write that name, and take "
        "the new one out of the facts with comity document replace --facts"
        for made, node, label in alike
    ]


def _listed(named: Sequence[tuple[str, ...]]) -> str:
    from comity_ontology.prefixes import shorten

    shown = ", ".join(f"{shorten(iri)} ({', now '.join(names)})" for iri, *names in named[:SHOWN])
    left_out = len(named) - SHOWN
    return f"{shown} … and {left_out:,} more" if left_out > 0 else shown
