"""``comity describe``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from comity_cli.options import GRAPH_FORMATS, opened, output_option, output_stream, store_option


@click.command("describe")
@click.argument("what")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json", *GRAPH_FORMATS]),
    default="text",
    show_default=True,
    help="Text to read, JSON for programs, or the statements as RDF.",
)
@output_option
@store_option
def command(what: str, format_name: str, output: str | None, location: str) -> None:
    """Show what the graph says about WHAT: a name, a short form or an IRI."""
    with opened(location) as graph:
        found = graph.describe(what)
    with output_stream(output) as stream:
        stream.write(_written(found, format_name))


def _written(found: Any, format_name: str) -> bytes:
    if format_name == "text":
        return _text(found).encode()
    if format_name == "json":
        content = {key: value for key, value in asdict(found).items() if key != "triples"}
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
    from comity.results import Triples

    written: bytes = Triples(found.triples).to_bytes(format_name)
    return written


def _text(found: Any) -> str:
    from comity.results.safe import one_line
    from comity_ontology.prefixes import shorten

    lines = [f"{found.label}  <{found.node}>", f"  is {', '.join(found.types) or 'not typed'}"]
    for fact in found.facts:
        other = shorten(fact.other) if "://" in fact.other else ""
        tail = f"  ({other})" if other and other != fact.shown else ""
        if fact.inverse:
            lines.append(f"  ← {fact.shown}{tail} · {fact.says}")
        else:
            lines.append(f"  {fact.says}: {fact.shown}{tail}")
    if found.left_out:
        lines.append(f"  … and {found.left_out:,} more that point at it")
    return "".join(f"{one_line(line)}\n" for line in lines)
