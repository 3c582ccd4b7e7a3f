"""``comity restore``."""

from __future__ import annotations

import click

from comity_cli.options import message, store_option


@click.command("restore")
@click.argument("source", metavar="BACKUP", type=click.Path())
@click.option(
    "--replace", is_flag=True, help="Replace the store that is there: what it holds is lost."
)
@store_option
def command(source: str, replace: bool, location: str) -> None:
    """Make a store of BACKUP, a folder or archive that `comity backup` wrote.

    Every file is checked first. The store appears when all of it is there, and
    one that it replaces goes only then.
    """
    from comity import restore

    restored = restore(source, location, replace=replace)
    made = restored.manifest
    click.echo(str(restored.location))
    message(f"{made.triples:,} triples, {made.documents:,} documents, as of {made.made}")
