"""``comity document``: one module for each thing to do with documents."""

from __future__ import annotations

import click

from comity_cli.commands.document.adding import add
from comity_cli.commands.document.listing import list_documents, show
from comity_cli.commands.document.removing import remove
from comity_cli.commands.document.replacing import replace


@click.group("document")
def command() -> None:
    """Add, list, show, replace and remove source documents."""


for _verb in (add, list_documents, show, replace, remove):
    command.add_command(_verb)
