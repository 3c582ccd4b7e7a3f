"""``comity network``."""

from __future__ import annotations

import click

from comity_cli.options import message, opened, output_stream, store_option, timeout_option


class _Network(click.Command):
    """A command whose help lists projections and formats: they are looked up for it alone."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the lists below the options."""
        from comity.network import FORMATS
        from comity_queries import catalog

        ties = [
            (query.name, f"{query.summary.partition('. ')[0].rstrip('.')}.")
            for query in catalog().values()
            if query.topic == "projections"
        ]
        with formatter.section("Projections, and what ties two nodes"):
            formatter.write_dl(ties)
        with formatter.section("Formats"):
            formatter.write_dl(list(FORMATS.items()))


@click.command("network", cls=_Network)
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
    "--format", "format_name", metavar="FORMAT", help="By default from the output's suffix."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="Where to write; - for standard output, with --format.",
)
@click.option(
    "--width",
    type=click.IntRange(200, 20_000),
    default=1200,
    show_default=True,
    help="Width of a picture, in units of 1/96 inch.",
)
@click.option(
    "--height",
    type=click.IntRange(200, 20_000),
    default=720,
    show_default=True,
    help="Height of a picture, in the same units.",
)
@click.option(
    "--dpi",
    type=click.IntRange(24, 1200),
    default=192,
    show_default=True,
    help="Pixels per inch of a PNG; 96 makes one of each unit.",
)
@timeout_option
@store_option
def command(
    projections: tuple[str, ...],
    on: str | None,
    metrics: str,
    format_name: str | None,
    output: str,
    width: int,
    height: int,
    dpi: int,
    timeout: float,
    location: str,
) -> None:
    """Make a network of one or several projections and write it to a file.

    `comity queries PROJECTION` says in full what its edges mean and weigh.
    Each edge holds the passages that prove it. PNG and PDF need the extra
    `figures`: pip install 'comity[figures]'.
    """
    from comity.network import dump, measure, output_format, write

    chosen = output_format(output, format_name or "")
    with opened(location) as graph:
        made = graph.network(*projections, on=on, timeout=timeout or None)
        countries = graph.country_names()
    asked = [name.strip() for name in metrics.split(",") if name.strip()]
    if asked:
        measure(made, asked)
    size = {"width": width, "height": height, "dpi": dpi}
    files = []
    if output == "-":
        content = dump(made, chosen, countries=countries, **size)
        with output_stream(output) as stream:
            stream.write(content)
    else:
        files = list(write(made, output, format=chosen, countries=countries, **size))
    message(f"{made.number_of_nodes():,} nodes, {made.number_of_edges():,} edges")
    for file in files:
        click.echo(str(file))
