"""``comity network``."""

from __future__ import annotations

import click

from comity_cli.options import message, opened, store_option, timeout_option


@click.command("network")
@click.argument("projections", metavar="PROJECTION...", nargs=-1, required=True)
@click.option("--on", metavar="YYYY-MM-DD", help="Only what happened by, or holds on, that day.")
@click.option(
    "--metrics",
    default="",
    metavar="NAME,...",
    help="Node attributes to compute: degree, weighted-degree, betweenness, closeness, pagerank, "
    "cross-border, components.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["graphml", "gexf", "csv", "json", "svg"]),
    help="By default from the output's suffix.",
)
@click.option("-o", "--output", metavar="FILE", required=True, help="Where to write.")
@timeout_option
@store_option
def command(
    projections: tuple[str, ...],
    on: str | None,
    metrics: str,
    format_name: str | None,
    output: str,
    timeout: float,
    location: str,
) -> None:
    """Make a network of one or several projections and write it to a file.

    PROJECTION is agency-agency, person-person or person-agency; `comity
    queries NAME` says what its edges mean. CSV makes two files, nodes and
    edges.
    """
    from comity.network import measure, write

    with opened(location) as graph:
        made = graph.network(*projections, on=on, timeout=timeout or None)
        countries = graph.country_names()
    asked = [name.strip() for name in metrics.split(",") if name.strip()]
    if asked:
        measure(made, asked)
    files = write(made, output, format=format_name or "", countries=countries)
    message(f"{made.number_of_nodes():,} nodes, {made.number_of_edges():,} edges")
    for file in files:
        click.echo(str(file))
