"""``comity sparql``."""

from __future__ import annotations

from pathlib import Path

import click

from comity_cli.options import (
    GRAPH_FORMATS,
    ROW_FORMATS,
    format_option,
    limit_option,
    opened,
    output_option,
    store_option,
    timeout_option,
)
from comity_cli.results import write_result


@click.command("sparql")
@click.argument("query", metavar="QUERY|FILE|-")
@format_option(*ROW_FORMATS, *GRAPH_FORMATS)
@limit_option
@timeout_option
@output_option
@store_option
def command(
    query: str,
    format_name: str | None,
    limit: int,
    timeout: float,
    output: str | None,
    location: str,
) -> None:
    """Run a SPARQL query: its text, a file that holds it, or - for standard input.

    The usual prefixes are declared, and one per kind of thing, such as
    agency:, person: and agreement:. SERVICE is refused.
    """
    with opened(location) as graph:
        result = graph.sparql(_text(query), limit=limit or None, timeout=timeout or None)
        write_result(result, format_name, output)


def _text(query: str) -> str:
    from comity_ontology.errors import InputError

    if query == "-":
        from comity.readers import standard_input

        try:
            return standard_input().read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError("standard input is not UTF-8: send the query as UTF-8 text") from error
    if not query.strip():
        raise InputError("the query is empty: give its text, a file that holds it, or -")
    looks_like_a_file = "{" not in query and len(query) < 1000
    if not looks_like_a_file:
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{query} is not UTF-8: save the query as UTF-8 text") from error
    except OSError as error:
        if query.lower().startswith(("select", "ask", "construct", "describe", "prefix", "base")):
            return query
        raise InputError(f"{query} cannot be read: {error.strerror or error}") from error
