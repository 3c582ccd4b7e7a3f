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
    from comity.readers import shown

    restored = restore(source, location, replace=replace)
    made = restored.manifest
    click.echo(shown(restored.location))
    documents = f"{made.documents:,} document{'' if made.documents == 1 else 's'}"
    message(f"{made.triples:,} triples of {documents}, as of {made.made}")
