"""``comity info``."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from comity_cli.options import opened, store_option


@click.command("info")
@store_option
@click.option("--format", "format_name", type=click.Choice(["table", "json"]), default="table")
def command(location: str, format_name: str) -> None:
    """Say what a store holds: triples, graphs, entities, documents."""
    with opened(location) as graph:
        found = graph.info()
    if format_name == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
        return
    click.echo(f"store      {found.location}")
    click.echo(f"triples    {found.triples:,} in the default graph")
    click.echo("graphs")
    for name, count in found.graphs.items():
        click.echo(f"  {count:>8,}  {name}")
    click.echo("entities")
    for name, count in found.entities.items():
        click.echo(f"  {count:>8,}  {name}")
    click.echo("documents")
    for iri, title, issued in found.documents:
        click.echo(f"  {issued or 'undated':>10}  {title}  <{iri}>")
