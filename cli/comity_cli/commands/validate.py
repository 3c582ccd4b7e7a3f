"""``comity validate``."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from comity_cli.options import (
    GRAPH_FORMATS,
    default_store,
    message,
    opened,
    output_option,
    output_stream,
)

_LEVELS = {"violation": 3, "warning": 2, "info": 1}
# As in comity.validation.reports; help must not import it.
_FORMATS = ("table", "html", "json", "csv", "turtle", "ntriples", "jsonld")


@click.command("validate")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option(
    "--profile",
    default="default",
    show_default=True,
    metavar="PROFILE",
    help="Decides how bad what is found is: default, strict, draft, or a YAML file.",
)
@click.option(
    "--shapes",
    "shape_files",
    metavar="SHAPES",
    multiple=True,
    help="Check against the SHACL shapes in this RDF file instead of Comity's own; repeatable.",
)
@click.option(
    "--focus",
    metavar="NODE",
    multiple=True,
    help="Check this node of the store only, given by IRI, short form or name; repeatable.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, "never"]),
    default="violation",
    show_default=True,
    help="The severity from which on the exit code is 1.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    help="By default from the output's suffix, else table. The last three are SHACL reports.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    show_default="5 in a table and on a page, all in other formats",
    help="Results of each shape that are written; 0 for all. A page has more folded away.",
)
@click.option(
    "--fold",
    type=click.IntRange(min=0),
    default=500,
    show_default=True,
    help="Results of each shape that a page has folded away; 0 for all. Others are counted.",
)
@click.option(
    "--document",
    default="",
    metavar="IRI",
    help="Where triples of FILE without a graph go, and what rows that name none rest on.",
)
@click.option(
    "--input-format",
    type=click.Choice([*GRAPH_FORMATS, "csv"]),
    help="Of FILE; else by suffix.",
)
@click.option(
    "--by",
    "curator",
    default="",
    envvar="COMITY_CURATOR",
    metavar="NAME",
    help="Who stands for conclusions in rows of FILE.  [env: COMITY_CURATOR]",
)
@click.option(
    "--store",
    "location",
    envvar="COMITY_STORE",
    metavar="DIR",
    help="Check this store, or FILE in its context; FILE alone needs none.  [env: COMITY_STORE]",
)
@click.option(
    "--alone",
    is_flag=True,
    help="Check FILE on its own, without gate and store, each literal exactly as it is written.",
)
@click.option(
    "--store-check",
    is_flag=True,
    help="Check the store itself instead of what it says: its graphs, left-overs, search keys.",
)
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    profile: str,
    shape_files: tuple[str, ...],
    focus: tuple[str, ...],
    fail_on: str,
    format_name: str | None,
    limit: int | None,
    fold: int,
    document: str,
    input_format: str | None,
    curator: str,
    location: str | None,
    alone: bool,
    store_check: bool,
    output: str | None,
) -> None:
    """Check the store, or FILE before it is loaded, against the shapes.

    FILE is checked as `comity load` would check it, and nothing is changed.
    Without a store it is checked by itself. A store rewrites some literals, such as
    "300"^^xsd:byte: to check any RDF against any shapes to the letter, use --alone.
    """
    if alone and (not files or focus or store_check or document):
        raise click.UsageError("--alone checks FILE and nothing else: name one, leave the rest out")
    if alone and ctx.get_parameter_source("location") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--alone checks FILE without a store: leave --store out")
    if files and store_check:
        raise click.UsageError("--store-check looks at a store: leave FILE out")
    if focus and (files or store_check):
        raise click.UsageError("--focus names nodes of a store: leave FILE and --store-check out")
    if document and not files:
        raise click.UsageError("--document is about FILE: name one")
    if store_check and profile != "default":
        raise click.UsageError("--profile judges what the store says: leave --store-check out")
    if store_check and shape_files:
        raise click.UsageError("--shapes are for what the store says: leave --store-check out")
    format_name = format_name or _by_suffix(output)
    if alone:
        report = _alone(files, shape_files, input_format, profile)
        _write(report, output, format_name, limit, fold)
    elif files:
        with opened(location or ":memory:", write=True, create=not location) as graph:
            report = graph.check_files(
                *files,
                document=document,
                format=input_format,
                curator=curator,
                profile=profile,
                shapes=shape_files or None,
            )
        _write(report, output, format_name, limit, fold)
    else:
        from comity.validation import about_in

        with opened(location or default_store()) as graph:
            if store_check:
                report = graph.check_store()
            else:
                report = graph.validate(
                    focus or None,
                    profile=profile,
                    shapes=shape_files or None,
                    background=False,
                )
            _write(report, output, format_name, limit, fold, about_in(graph.store))
    if fail_on != "never" and report.at_least(_LEVELS[fail_on]):
        ctx.exit(1)


def _write(
    report: Any,
    output: str | None,
    format_name: str,
    limit: int | None,
    fold: int,
    about: Any = None,
) -> None:
    with output_stream(output) as stream:
        report.write(stream, format_name, limit=limit, fold=fold, about=about)
    if format_name == "csv":  # which has no place for them
        for note in report.notes:
            message(f"About this check: {note}")
    many = any(len(members) > (limit or 0) for members in report.groups().values())
    if limit and many and format_name not in ("table", "html"):
        message(f"--limit {limit}: not all of the {len(report.results):,} results were written")


def _alone(
    files: tuple[str, ...], shape_files: tuple[str, ...], input_format: str | None, profile: str
) -> Any:
    from comity.validation import check_alone, read_shapes
    from comity.validation.profiles.reading import read_profile

    shapes = read_shapes(*shape_files) if shape_files else None
    return check_alone(*files, shapes=shapes, format=input_format, profile=read_profile(profile))


def _by_suffix(output: str | None) -> str:
    if not output or output == "-":
        return "table"
    from comity.validation.reports import format_of

    return format_of(output)
