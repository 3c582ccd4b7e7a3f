"""``comity query``: one command per query of the catalogue, made from its header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from comity_cli.options import (
    ROW_FORMATS,
    format_option,
    limit_option,
    opened,
    output_option,
    own_queries,
    queries_option,
    store_option,
    timeout_option,
)
from comity_cli.results import write_result


class Catalogue(click.Group):
    """A group whose commands are the queries of the catalogue."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names without reading a query."""
        from comity_queries import names

        return list(names(own_queries(ctx)))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Read one query and make its command."""
        from comity_queries import get

        own = own_queries(ctx)
        return _command_for(get(cmd_name, own), own)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names; `comity queries` says what they ask."""
        with formatter.section("Queries (comity queries says what they ask)"):
            formatter.write_text("  ".join(self.list_commands(ctx)))


@click.command("query", cls=Catalogue)
@queries_option
def command(**_own: Path | None) -> None:
    """Run a ready-made query, or one of your own.

    A node is given by IRI, short form (agency:kosgeb) or name, a day as
    2021-02-25, a code by its name.
    """


def _command_for(query: Any, own: Path | None) -> click.Command:
    parameters: list[click.Parameter] = [
        click.Option(
            [f"--{parameter.name.replace('_', '-')}", parameter.name],
            required=parameter.required,
            multiple=parameter.many,
            metavar=parameter.type.upper(),
            help=parameter.summary or None,
        )
        for parameter in query.parameters.values()
    ]

    def run(
        format_name: str | None,
        limit: int,
        timeout: float,
        output: str | None,
        location: str,
        **given: Any,
    ) -> None:
        values = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in given.items()
            if value not in (None, ())
        }
        with opened(location, queries=own) as graph:
            rows = graph.run(query.name, limit=limit or None, timeout=timeout or None, **values)
            write_result(rows, format_name, output, query)

    for decorate in (store_option, output_option, timeout_option, limit_option):
        run = decorate(run)
    run = format_option(*ROW_FORMATS)(run)
    made = click.command(query.name, help=f"{query.title}\n\n{query.summary}")(run)
    made.params = [*parameters, *made.params]
    return made
