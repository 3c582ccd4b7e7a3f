"""``comity diff``."""

from __future__ import annotations

import click

from comity_cli.options import GRAPH_FORMATS, message, output_option, output_stream


@click.command("diff")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option(
    "--graph",
    "graphs",
    metavar="GRAPH",
    multiple=True,
    help="Compare this graph only, named as for `comity export`. May be repeated.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Compare bookkeeping too: the shipped ontology and codes, records of loads, search keys.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", "patch"]),
    default="text",
    show_default=True,
    help="patch is RDF Patch: what to delete from A and add to it, to make it B.",
)
@click.option("--input-format", type=click.Choice(GRAPH_FORMATS), help="Of files; else by suffix.")
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    first: str,
    second: str,
    graphs: tuple[str, ...],
    everything: bool,
    format_name: str,
    input_format: str | None,
    output: str | None,
) -> None:
    """Say what B says otherwise than A, fact by fact, in plain words.

    A and B are stores or RDF files, exports too. If one has no graphs, such as
    a Turtle file, the graphs of the other are taken together. The exit code is
    1 when they differ.
    """
    from comity import diff
    from comity.keeping.content import Content
    from comity.keeping.diff import FACTS
    from comity.keeping.wording import summary, write_diff

    if first == second == "-":
        raise click.UsageError("only one side can be standard input")
    content = Content() if everything else FACTS
    found = diff(first, second, graphs=graphs, content=content, format=input_format)
    with output_stream(output) as stream:
        counts = write_diff(found, stream, format_name)
    message(summary(counts))
    if counts:
        ctx.exit(1)
