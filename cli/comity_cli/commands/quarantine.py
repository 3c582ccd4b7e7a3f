"""``comity quarantine``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from comity_cli.options import (
    chosen_format,
    format_option,
    message,
    opened,
    output_option,
    output_stream,
    store_option,
)

_FORMATS = ("table", "csv", "json")


@click.group("quarantine")
def command() -> None:
    """See what loads set aside, and replay it when it is mended.

    A load writes what does not conform to quarantine/LOAD.trig in the store's
    directory, with the reasons as comments. Mend that file in any editor, or
    what it depends on, and replay it. Rows of tables that were refused lie in
    tables beside it: mend those and load them with comity load.
    """


@command.command("list")
@click.option("--dropped", is_flag=True, help="What was given up, by whom and why.")
@format_option(*_FORMATS)
@output_option
@store_option
def list_(dropped: bool, format_name: str | None, output: str | None, location: str) -> None:
    """List the loads that have something set aside, with reasons by shape."""
    from comity_ontology.prefixes import shorten

    chosen = chosen_format(format_name, output, terminal="table", pipe="csv")
    with opened(location) as graph:
        found = graph.drops() if dropped else graph.quarantine()
        tables = () if dropped else graph.refused_tables()
    if dropped:
        names = ("load", "when", "by", "why", "quads", "file")
        rows = [
            (one.load, _when(one.when), one.by, one.why, one.quads, _name(one.path))
            for one in found
        ]
    else:
        names = ("load", "when", "files", "nodes", "quads", "reasons")
        rows = [
            (
                one.load,
                _when(one.started),
                ", ".join(one.files),
                one.nodes,
                one.quads,
                one.fault or ", ".join(f"{shorten(k)} {n}" for k, n in one.reasons.items()),
            )
            for one in found
        ]
        for one in found:
            if not one.recorded:
                message(
                    f"load {one.load} was stopped before it was committed, or its record is gone: "
                    "load its files again too"
                )
    _write(names, rows, [asdict(one) for one in found], chosen, output)
    if tables:
        message(
            "rows that were refused: mend these tables, load them with comity load, delete them"
        )
        message(f"  {path}" for path in tables)
    elif not found:
        message("nothing was dropped" if dropped else "nothing is set aside")


@command.command("show")
@click.argument("load")
@click.option("--node", "nodes", multiple=True, metavar="IRI", help="Only this node; repeatable.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text to read, or JSON for programs.",
)
@output_option
@store_option
def show(
    load: str, nodes: tuple[str, ...], format_name: str, output: str | None, location: str
) -> None:
    """Show what LOAD set aside, node by node: why, what to do, and the sentences.

    LOAD is an identifier as list gives it, or its beginning.
    """
    with opened(location) as graph:
        found = graph.quarantined(load, *nodes)
    if format_name == "json":
        content = [
            asdict(one)
            | {
                "reasons": [
                    asdict(reason) | {"severity": reason.severity.name.lower()}
                    for reason in one.reasons
                ],
                "quads": [str(quad) for quad in one.quads],
            }
            for one in found
        ]
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    else:
        text = "\n".join("\n".join(_node_lines(one)) + "\n" for one in found)
    with output_stream(output) as stream:
        stream.write(text.encode())


@command.command("replay")
@click.argument("loads", metavar="[LOAD]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Replay all that is set aside.")
@click.option("--file", "mended", type=click.Path(dir_okay=False), help="Read this for LOAD's own.")
@click.option("--dry-run", is_flag=True, help="Check only; nothing is changed.")
@store_option
@click.pass_context
def replay(
    ctx: click.Context,
    loads: tuple[str, ...],
    everything: bool,
    mended: str | None,
    dry_run: bool,
    location: str,
) -> None:
    """Take what is set aside through the gate again, as it stands in its files now.

    What conforms goes in. What does not stays set aside, with its new
    reasons, and the exit code is 1. Loads that depend on each other are
    replayed together, as one load.
    """
    with opened(location, write=True, create=False) as graph:
        done = graph.replay(
            *loads,
            everything=everything,
            mended=Path(mended) if mended else None,
            dry_run=dry_run,
        )
    if not done.loads:
        message("nothing is set aside")
        return
    click.echo(done.report.conservation())
    if done.report.checks.results:
        message(done.report.checks.to_text().rstrip())
    for one in done.loads:
        message(_replayed_lines(one, dry_run=dry_run))
    if dry_run:
        message("nothing was changed: --dry-run")
    if any(one.left or one.edited_meanwhile for one in done.loads):
        ctx.exit(1)


@command.command("drop")
@click.argument("load")
@click.option("--node", "nodes", multiple=True, metavar="IRI", help="Only this node; repeatable.")
@click.option("--why", required=True, metavar="TEXT", help="The reason.")
@click.option(
    "--by",
    required=True,
    metavar="NAME",
    envvar="COMITY_CURATOR",
    show_envvar=True,
    help="Who stands for it.",
)
@store_option
def drop(load: str, nodes: tuple[str, ...], why: str, by: str, location: str) -> None:
    """Give up on what LOAD set aside, or on some nodes of it; never in silence.

    The statements move to quarantine/dropped/, and the meta graph says who
    gave up on them, when and why.
    """
    with opened(location, write=True, create=False) as graph:
        done = graph.drop(load, *nodes, why=why, by=by)
    click.echo(done.path)
    message(f"dropped {done.quads:,} quads that load {done.load} had set aside")


def _write(
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    content: list[dict[str, Any]],
    chosen: str,
    output: str | None,
) -> None:
    with output_stream(output) as stream:
        if chosen == "json":
            text = json.dumps(content, ensure_ascii=False, indent=2, default=_plain) + "\n"
            stream.write(text.encode())
        elif rows or chosen == "csv":
            import pyoxigraph as ox

            from comity.results.formats import write_rows

            terms = [tuple(ox.Literal(cell) for cell in row) for row in rows]
            write_rows(stream, chosen, names, terms)


def _node_lines(node: Any) -> list[str]:
    from comity.results.safe import one_line
    from comity_ontology.prefixes import shorten

    short = shorten(node.node)
    lines = [one_line(short if node.label == short else f"{short}  {node.label}")]
    lines += [one_line(f"  {shorten(one.shape)}: {one.message}") for one in node.reasons]
    if not node.reasons:
        lines.append("  no reason: it was added to the file")
    lines += [one_line(f"  “{text}”") for text in node.passages.values() if text]
    graphs: dict[str, list[str]] = {}
    for quad, said in zip(node.quads, node.statements(), strict=True):
        graphs.setdefault(shorten(quad.graph_name.value), []).append(said)
    for graph, statements in graphs.items():
        lines.append(one_line(f"  {graph}"))
        lines += [one_line(f"    {said}") for said in statements]
    return lines


def _replayed_lines(one: Any, *, dry_run: bool) -> list[str]:
    lines = []
    if one.added:
        lines.append(f"{one.load}: {_counted(one.added)} added or changed by hand")
    if one.taken_out:
        lines.append(
            f"{one.load}: {_counted(len(one.taken_out))} taken out or changed by hand; kept in "
            f"{one.path.with_suffix('.json')}"
        )
    if one.edited_meanwhile:
        lines.append(f"{one.load}: the file was edited meanwhile and is left so: replay it again")
    elif one.left:
        lines.append(f"{one.load}: {_counted(one.left)} still set aside: {one.path}")
    elif not dry_run:
        lines.append(f"{one.load}: nothing is set aside any more")
    return lines


def _counted(number: int) -> str:
    return f"{number:,} {'statement' if number == 1 else 'statements'}"


def _when(moment: Any) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""


def _name(path: Path | None) -> str:
    return path.name if path else ""


def _plain(value: Any) -> str:
    """Write in JSON what has no form of its own there."""
    return _when(value) if isinstance(value, datetime) else str(value)
