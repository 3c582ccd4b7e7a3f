"""``comity info``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from comity_cli.options import opened, store_option


@click.command("info")
@store_option
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table to read, or JSON for programs.",
)
def command(location: str, format_name: str) -> None:
    """Say what a store holds: triples, graphs, entities, documents."""
    with opened(location) as graph:
        found = graph.info()
    if format_name == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    from comity.results.safe import one_line

    for line in _lines(found):
        click.echo(one_line(line))


def _lines(found: Any) -> Iterator[str]:
    yield f"store      {found.location}"
    yield f"triples    {found.triples:,} in the default graph"
    yield "graphs"
    for name, count in found.graphs.items():
        yield f"  {count:>8,}  {name}"
    yield "entities"
    for name, count in found.entities.items():
        yield f"  {count:>8,}  {name}"
    yield "documents"
    for iri, title, issued in found.documents:
        yield f"  {issued or 'undated':>10}  {title}  <{iri}>"
