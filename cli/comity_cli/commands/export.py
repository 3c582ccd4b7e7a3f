"""``comity export``."""

from __future__ import annotations

import sys

import click

from comity_cli.options import GRAPH_FORMATS, message, opened, store_option


@click.command("export")
@click.option(
    "--graph",
    "graphs",
    metavar="GRAPH",
    multiple=True,
    help="curation, meta, codes, ontology, a document such as source:note for its facts, an IRI, "
    "or default for the union of all. May be repeated; all named graphs without it.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(GRAPH_FORMATS),
    help="By default from the output's suffix; TriG on standard output.",
)
@click.option(
    "--shipped/--no-shipped",
    default=True,
    show_default=True,
    help="Write the ontology and codes that come with Comity too.",
)
@click.option(
    "--loads/--no-loads",
    default=True,
    show_default=True,
    help="Write the records of loads too, which tell when each was.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write to FILE instead of standard output; .gz compresses.",
)
@store_option
def command(
    graphs: tuple[str, ...],
    format_name: str | None,
    shipped: bool,
    loads: bool,
    output: str | None,
    location: str,
) -> None:
    """Write what the store holds as RDF: the same content is the same bytes.

    `comity load` takes the file: in a new store it makes the same graphs.
    """
    from comity.keeping.content import Content
    from comity.keeping.export import export, write_export

    content = Content(shipped=shipped, loads=loads)
    with opened(location) as graph:
        if output and output != "-":
            written = export(
                graph.store, output, format=format_name or "", graphs=graphs, content=content
            )
        else:
            written = write_export(
                graph.store,
                sys.stdout.buffer,
                format_name or "trig",
                graphs=graphs,
                content=content,
            )
    message(f"{written.statements:,} statements")
