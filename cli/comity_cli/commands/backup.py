"""``comity backup``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from comity_cli.options import message, store_option


@click.command("backup")
@click.argument("target", metavar="TARGET", type=click.Path())
@store_option
def command(target: str, location: str) -> None:
    """Copy the store to TARGET, a new folder, or an archive that ends in .tar.gz or .tar.

    The copy holds everything in the store's directory and shares no file with
    it. Others may read meanwhile; nobody may write. TARGET appears when it is
    complete.
    """
    from comity.keeping.backup import backup
    from comity.readers import shown
    from comity.store import open_store

    # The writer's lock keeps others from writing; where nobody may write, there is none to take.
    locked = not Path(location).exists() or os.access(location, os.W_OK)
    store = open_store(location, read_only=not locked, create=False)
    try:
        made = backup(store, target).manifest
    finally:
        store.close()
    click.echo(shown(target))
    documents = f"{made.documents:,} document{'' if made.documents == 1 else 's'}"
    message(f"{made.triples:,} triples of {documents}, {made.size:,} bytes")
