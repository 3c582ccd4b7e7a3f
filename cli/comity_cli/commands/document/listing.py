"""``comity document list`` and ``comity document show``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from comity_cli.commands.document.accounts import called
from comity_cli.options import (
    ROW_FORMATS,
    format_option,
    opened,
    output_option,
    output_stream,
    store_option,
)
from comity_cli.results import write_result


@click.command("list")
@format_option(*ROW_FORMATS)
@output_option
@store_option
def list_documents(format_name: str | None, output: str | None, location: str) -> None:
    """List the documents: title, day, publisher, passages, facts, nodes that rest on them."""
    from comity.documents import document_rows

    with opened(location) as graph:
        write_result(document_rows(graph.documents()), format_name, output)


@click.command("show")
@click.argument("document", metavar="DOC")
@click.option("--nodes", is_flag=True, help="List under each passage what rests on it.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text to read, or JSON with everything.",
)
@output_option
@store_option
def show(document: str, nodes: bool, format_name: str, output: str | None, location: str) -> None:
    """Show the record of DOC and its passages with their numbers.

    DOC is an IRI, a short form such as source:note, the last part of the IRI, or the title.
    """
    with opened(location) as graph:
        found = graph.document(document)
    if format_name == "json":
        text = json.dumps(asdict(found), ensure_ascii=False, indent=2)
    else:
        from comity.results.safe import one_line

        text = "\n".join(map(one_line, _lines(found, nodes)))
    with output_stream(output) as stream:
        stream.write(f"{text}\n".encode())


def _lines(found: Any, nodes: bool) -> Iterator[str]:
    from comity_ontology.prefixes import shorten

    record = found.record
    yield record.title
    yield f"document   {shorten(record.iri)}  <{record.iri}>"
    for name in ("issued", "publisher", "source", "language", "sha256"):
        if value := getattr(record, name):
            yield f"{name:<10} {shorten(value)}"
    yield f"graph      {record.graph}"
    yield f"facts      {record.facts:,}"
    yield f"nodes      {record.nodes:,} rest on its passages"
    yield f"passages   {record.passages:,}"
    for passage in found.passages:
        kind = f"  ({passage.kind})" if passage.kind not in ("", "sentence") else ""
        yield f"{passage.ordinal or '':>5}  {passage.text}{kind}"
        if nodes:
            for node, label in passage.nodes:
                yield f"         {called(node, label)}"
