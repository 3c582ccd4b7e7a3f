"""``comity queries``."""

from __future__ import annotations

import click


@click.command("queries")
@click.argument("name", required=False)
def command(name: str | None) -> None:
    """List the ready-made queries, or show NAME with its parameters and columns."""
    from comity_queries import catalog, get

    if name is None:
        topic = ""
        for query in catalog().values():
            if query.topic != topic:
                topic = query.topic
                click.echo(f"\n{topic}" if topic else topic)
            click.echo(f"  {query.name:<22} {query.title}")
        return
    query = get(name)
    click.echo(f"{query.name}: {query.title}\n\n{query.summary}\n")
    click.echo("parameters")
    for parameter in query.parameters.values():
        kind = parameter.type + (", required" if parameter.required else "")
        kind += ", may be repeated" if parameter.many else ""
        click.echo(f"  --{parameter.name.replace('_', '-'):<14} {kind}  {parameter.summary}")
    click.echo("columns")
    for column, kind in query.columns.items():
        click.echo(f"  {column:<16} {kind}")
    click.echo(f"\n{query.text.rstrip()}")
