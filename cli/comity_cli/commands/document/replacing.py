"""``comity document replace``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import click

from comity_cli.commands.document.accounts import called, leaning_lines, word_lines
from comity_cli.commands.document.days import Day
from comity_cli.options import GRAPH_FORMATS, message, opened, store_option

SHOWN = 8


@click.command("replace")
@click.argument("document", metavar="DOC")
@click.argument("file", required=False, type=click.Path())
@click.option(
    "--facts",
    multiple=True,
    type=click.Path(),
    metavar="RDF",
    help="What the new text says, in place of the facts there are; may be repeated.",
)
@click.option("--format", "format_name", type=click.Choice(GRAPH_FORMATS), help="Else by suffix.")
@click.option("--title", help="The new title.")
@click.option("--issued", type=Day(), help="The day on which it was published.")
@click.option("--publisher", help="IRI of the agency that published it, or a name.")
@click.option("--source", help="Where it was found: a URL or a description.")
@click.option("--language", help="BCP 47 tag of the text.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@store_option
@click.pass_context
def replace(
    ctx: click.Context,
    document: str,
    file: str | None,
    facts: tuple[str, ...],
    format_name: str | None,
    title: str | None,
    issued: datetime.date | None,
    publisher: str | None,
    source: str | None,
    language: str | None,
    dry_run: bool,
    location: str,
) -> None:
    """Put a new version in the place of DOC: a corrected text, new facts, a new title or day.

    DOC is an IRI, a short form such as source:note, the last part of the IRI, or the title. FILE
    is the new text (- is standard input), or the new RDF file of a document that is one; without
    it the text stays. Evidence follows each sentence to its new number; what rests on a sentence
    that changed is listed for review, and what rested only on sentences that are gone is
    retracted, into a file of the store's directory. Where something new, or something that
    stays, would not conform, nothing is replaced. Exit code 1: that, or something that stays lacks
    what went.
    """
    from comity.results.safe import safe_text

    with opened(location, write=True, create=False) as graph:
        replaced = graph.replace_document(
            document,
            file,
            facts=facts,
            format=format_name,
            title=title,
            issued=issued,
            publisher=publisher,
            source=source,
            language=language,
            dry_run=dry_run,
        )
    for line in _lines(replaced):
        click.echo(safe_text(line))
    if replaced.file is not None:
        message(f"what went is in {replaced.file}")
    if replaced.load.refused:
        message(refusal_text(replaced.load))
        message("nothing was replaced: the gate refuses what is new")
    elif replaced.checks.results:
        message(replaced.checks.to_text().rstrip())
        message(
            "nothing was replaced: what stays would not conform without what goes; give the facts "
            "of the new version with it"
        )
    elif dry_run:
        message("nothing was replaced: --dry-run")
    if replaced.load.refused or replaced.checks.results or replaced.retraction.leaning:
        ctx.exit(1)


def refusal_text(load: Any) -> str:
    """Give the reasons of the gate, without those that only follow from them."""
    from comity.validation import Report

    own = [result for result in load.checks.results if not result.shape.endswith("/Strict")]
    return str(Report.of(own).to_text().rstrip())


def _lines(replaced: Any) -> Iterator[str]:
    from comity.results.safe import one_line
    from comity_ontology.prefixes import shorten

    yield one_line(f"{shorten(replaced.iri)}  {replaced.title}")
    if not replaced.changed:
        yield "nothing changed: the store has this version already"
        return
    for name, before, now in replaced.metadata:
        yield one_line(f"{name}: {before or 'nothing'} → {now or 'nothing'}")
    yield from map(one_line, _passage_lines(replaced.passages))
    yield from map(one_line, _fact_lines(replaced.facts))
    yield from word_lines(replaced.retraction)
    yield from leaning_lines(replaced.retraction)
    yield replaced.load.conservation()
    yield replaced.retraction.conservation()


def _passage_lines(passages: Any) -> Iterator[str]:
    from comity_ontology.prefixes import shorten

    if not (passages.same or passages.changed or passages.added or passages.removed):
        return
    yield (
        f"passages: {passages.same:,} the same ({passages.moved:,} of them renumbered), "
        f"{len(passages.changed):,} changed, {len(passages.added):,} added, "
        f"{len(passages.removed):,} removed"
    )
    if passages.changed:
        yield "changed, to be reviewed"
    for one in passages.changed:
        yield f"  {one.old} → {one.new}  “{one.before}”"
        yield f"    now “{one.after}”"
        yield from _resting(one.nodes)
    if passages.removed:
        yield "removed"
    for one in passages.removed:
        yield f"  {one.number}  “{one.text}”"
        yield from _resting(one.nodes)
    if passages.quotes:
        yield "quoted words"
    for one in passages.quotes:
        now = f"“{one.after}”" if one.after else "gone, and so is what quotes them"
        yield f"  {shorten(one.node)}  “{one.before}” → {now}"
    if passages.added:
        yield "added"
    for one in passages.added:
        yield f"  {one.number}  “{one.text}”"


def _resting(nodes: Any) -> Iterator[str]:
    for node, label in nodes:
        yield f"    rests on it: {called(node, label)}"


def _fact_lines(facts: Any) -> Iterator[str]:
    if facts:
        added, changed, removed = (
            sum(len(getattr(one, name)) for one in facts)
            for name in ("added", "changed", "removed")
        )
        yield f"facts: {added:,} added, {changed:,} changed, {removed:,} removed"
    for one in facts:
        yield f"  {called(one.node, one.label)}"
        for says, before, now in one.changed:
            yield f"    changed  {says}: {before} → {now}"
        for says, value in one.added:
            yield f"    added    {says}: {value}"
        for says, value in one.removed:
            yield f"    removed  {says}: {value}"
