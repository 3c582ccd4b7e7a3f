"""``comity queries``."""

from __future__ import annotations

from pathlib import Path

import click

from comity_cli.options import DEFAULT_TIMEOUT, message, opened, own_queries, queries_option


class Names(click.Group):
    """A group in which the name of a query is a command too, which shows it."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or one that shows the query of that name."""
        own = own_queries(ctx)
        return super().get_command(ctx, cmd_name) or click.Command(
            cmd_name, callback=lambda: _show(cmd_name, own)
        )


@click.command("queries", cls=Names, invoke_without_command=True, subcommand_metavar="[NAME|check]")
@queries_option
@click.pass_context
def command(ctx: click.Context, /, **_own: Path | None) -> None:
    """List the ready-made queries and your own, show NAME, or check files.

    NAME is shown with its parameters, columns and text.
    """
    if ctx.invoked_subcommand is not None:
        return
    from comity_queries import catalog

    topic = ""
    for query in catalog(own_queries(ctx)).values():
        if query.topic != topic:
            topic = query.topic
            click.echo(f"\n{topic}" if topic else topic)
        click.echo(f"  {query.name:<32} {query.title}")


@command.command("check")
@click.argument(
    "paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--store", "location", metavar="DIR", help="Ask this store where no data lies beside."
)
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], location: str | None) -> None:
    """Check queries of your own as the shipped ones are checked.

    FILE is a .rq file or a folder of them. The header is read, the lint looks
    for what an engine passes over in silence, the example is run, and so is
    each case of FILE.cases.yaml beside it, on FILE.data.trig beside it or on
    the store, and compared with the rows that are expected there.
    """
    from contextlib import nullcontext

    from comity.own_queries import check_file, query_files

    wrong = False
    with opened(location) if location else nullcontext(None) as graph:
        for path in query_files(list(paths)):
            store = graph.store if graph is not None else None
            checked = check_file(path, store, timeout=DEFAULT_TIMEOUT)
            for finding in checked.findings:
                click.echo(str(finding))
            if checked.findings:
                wrong = True
                continue
            click.echo(f"{path}: sound, {checked.cases} case{'' if checked.cases == 1 else 's'}")
            if not checked.cases:
                message(f"nothing says what it should answer: add {path.stem}.cases.yaml beside it")
    ctx.exit(1 if wrong else 0)


def _show(name: str, own: Path | None) -> None:
    from comity_queries import get

    query = get(name, own)
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
