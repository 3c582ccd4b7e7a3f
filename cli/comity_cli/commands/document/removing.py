"""``comity document remove``."""

from __future__ import annotations

import click

from comity_cli.commands.document.accounts import retraction_lines
from comity_cli.options import message, opened, store_option


@click.command("remove")
@click.argument("document", metavar="DOC")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@store_option
@click.pass_context
def remove(ctx: click.Context, document: str, dry_run: bool, location: str) -> None:
    """Remove DOC and retract what only it supports.

    DOC is an IRI, a short form such as source:note, the last part of the IRI, or the title. What
    other documents state as well stays. All that goes is first written to a file in the store's
    directory, which comity load takes back; so nothing is asked before. Exit code 1: something
    that stays lacks what went.
    """
    from comity.results.safe import safe_text

    with opened(location, write=not dry_run, create=False) as graph:
        removed = graph.remove_document(document, dry_run=dry_run)
    for line in retraction_lines(removed.retraction):
        click.echo(safe_text(line))
    click.echo(removed.retraction.conservation())
    if removed.file is not None:
        message(f"what went can be loaded back from {removed.file}")
    if dry_run:
        message("nothing was removed: --dry-run")
    if removed.checks.results:
        message("what stays does not conform any more:")
        message(removed.checks.to_text().rstrip())
    if removed.checks.results or removed.retraction.leaning:
        ctx.exit(1)
