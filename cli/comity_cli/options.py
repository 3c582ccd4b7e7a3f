"""Options that several verbs share, and what they stand for."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import click

__all__ = [
    "chosen_format",
    "format_option",
    "limit_option",
    "message",
    "opened",
    "output_option",
    "output_stream",
    "own_queries",
    "queries_option",
    "store_option",
    "timeout_option",
]

_F = TypeVar("_F", bound=Callable[..., Any])

ROW_FORMATS = ("table", "csv", "spreadsheet", "tsv", "json", "xml")
GRAPH_FORMATS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml")
_BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".txt": "table",
    ".ttl": "turtle",
    ".trig": "trig",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
}
DEFAULT_LIMIT = 100_000
DEFAULT_TIMEOUT = 60.0


def default_store() -> str:
    import platformdirs

    return str(Path(platformdirs.user_data_dir("comity", appauthor=False)) / "store")


def store_option(command: _F) -> _F:
    """Add ``--store``."""
    return click.option(
        "--store",
        "location",
        envvar="COMITY_STORE",
        metavar="DIR",
        default=default_store,
        show_default="a directory per user",
        help="The store, a directory.  [env: COMITY_STORE]",
    )(command)


def queries_option(command: _F) -> _F:
    """Add ``--queries``."""
    return click.option(
        "--queries",
        "own",
        envvar="COMITY_QUERIES",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="A folder with .rq files of your own.  [env: COMITY_QUERIES]",
    )(command)


def own_queries(context: click.Context) -> Path | None:
    """Return the folder of the user's own queries: the one named, else the usual one."""
    folder = context.params.get("own") or os.environ.get("COMITY_QUERIES")
    if folder:
        return Path(folder)
    import platformdirs

    usual = Path(platformdirs.user_config_dir("comity", appauthor=False)) / "queries"
    return usual if usual.is_dir() else None


def output_option(command: _F) -> _F:
    """Add ``-o/--output``."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(dir_okay=False, allow_dash=True),
        help="Write to FILE instead of standard output.",
    )(command)


def format_option(*formats: str) -> Callable[[_F], _F]:
    """Add ``--format`` with some choices."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(formats),
        help="By default from the output's suffix; else a table on a terminal."
        + (
            " csv is exact; spreadsheet is csv in which no text can run as a formula."
            if "spreadsheet" in formats
            else ""
        ),
    )


def limit_option(command: _F) -> _F:
    """Add ``--limit``."""
    return click.option(
        "--limit",
        type=click.IntRange(min=0),
        default=DEFAULT_LIMIT,
        show_default=True,
        help="Rows to return at most; 0 for all.",
    )(command)


def timeout_option(command: _F) -> _F:
    """Add ``--timeout``."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0),
        default=DEFAULT_TIMEOUT,
        show_default=True,
        metavar="SECONDS",
        help="Stop the query after so many seconds; 0 for never.",
    )(command)


@contextmanager
def opened(
    location: str, *, write: bool = False, create: bool = True, queries: Path | None = None
) -> Iterator[Any]:
    """Open the graph of a store for a verb: a ``comity.Graph``."""
    import comity

    with comity.open(location, read_only=not write, create=create, queries=queries) as graph:
        yield graph


def chosen_format(format_name: str | None, output: str | None, *, terminal: str, pipe: str) -> str:
    """Choose a format: what was asked for, else by suffix, else by where it goes."""
    if format_name:
        return format_name
    if output and output != "-":
        suffix = Path(output).suffix.lower()
        if suffix in _BY_SUFFIX:
            return _BY_SUFFIX[suffix]
        raise click.UsageError(f"the suffix of {output} does not tell the format: give --format")
    return terminal if sys.stdout.isatty() else pipe


@contextmanager
def output_stream(output: str | None) -> Iterator[IO[bytes]]:
    """Open where a result goes; a file appears, or changes, only when it is complete."""
    if not output or output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from comity.store.own_files import spare_stores

    target = spare_stores(Path(output))  # what a link points at, not the link, is replaced
    # a name that nothing has: opening it fails rather than take another's file
    partial = target.with_name(f".comity-{secrets.token_hex(8)}.part")
    try:
        if target.exists() and not target.is_file():
            # A device or a pipe is written to; a file in its place would be no good.
            with target.open("wb") as stream:
                yield stream
            return
        try:
            with partial.open("xb") as stream:
                yield stream
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        from comity_ontology.errors import InputError

        raise InputError(f"{output} cannot be written: {error.strerror or error}") from error


def message(lines: str | Iterable[str]) -> None:
    """Say something on standard error, unless ``--quiet``."""
    context = click.get_current_context(silent=True)
    if context is not None and (context.find_root().obj or {}).get("quiet"):
        return
    from comity.results.safe import safe_text

    for line in [lines] if isinstance(lines, str) else lines:
        click.echo(safe_text(line, lines=True), err=True)
