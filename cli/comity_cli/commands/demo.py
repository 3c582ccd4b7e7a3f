"""``comity demo``: the whole way, on one press release."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from comity_cli.options import opened
from comity_cli.sentences import marked
from comity_cli.tour import TOUR, Stop

PROJECTIONS = ("agency-agency", "person-person", "person-agency")
NEXT = (
    "comity why KOSGEB",
    "comity query person-profile --person Mammadov",
    "comity sparql 'SELECT * { ?act comity:agreement ?what }'",
    "comity queries",
)
NEXT_CORPUS = (
    "comity query agreement-status --on 2021-06-01 --format table",
    "comity query find-name --name 'Rashad Shukurow' --format table",
    "comity queries",
)


@click.command("demo")
@click.option(
    "--store",
    "location",
    envvar="COMITY_STORE",
    metavar="DIR",
    help="Where to keep the example; comity-demo, or comity-corpus with --corpus, by default.  "
    "[env: COMITY_STORE]",
)
@click.option(
    "--corpus",
    is_flag=True,
    help="Load the invented corpus instead: thirteen releases about three countries that do not "
    "exist, to try questions on.",
)
def command(location: str | None, corpus: bool) -> None:
    """Load the example release, answer six questions about it, draw its network.

    The pictures and network files are written to DIR/demo. Running it again
    changes nothing in the store.
    """
    location = location or ("comity-corpus" if corpus else "comity-demo")
    with opened(location, write=True) as graph:
        for line in _told_of_corpus(graph) if corpus else _told(graph):
            click.echo(line)
        files = [] if corpus else _draw(graph, Path(location) / "demo")
    if files:
        click.echo("\nFiles")
    for file in files:
        click.echo(f"  {file}")
    click.echo("\nNext" if corpus else "\nNext, or any of the questions above")
    click.echo(f"  export COMITY_STORE={shlex.quote(location)}")
    for suggestion in NEXT_CORPUS if corpus else NEXT:
        click.echo(f"  {suggestion}")


def _told(graph: Any) -> Iterator[str]:
    yield from _load(graph)
    yield from _validate(graph)
    yield from _ask(graph)
    yield from _connect(graph)


def _told_of_corpus(graph: Any) -> Iterator[str]:
    yield from _load_corpus(graph)
    yield from _validate(graph)


def _load_corpus(graph: Any) -> Iterator[str]:
    from comity.examples import CORPUS, load_examples

    report = load_examples(graph, CORPUS)
    for example in CORPUS:
        yield f"Document  {example.issued}  {example.title}"
    yield f"Load      {report.conservation()}"


def _load(graph: Any) -> Iterator[str]:
    from comity.examples import SEED

    added = graph.add_document(
        SEED.text, title=SEED.title, issued=SEED.issued, language=SEED.language
    )
    yield f"Document  {SEED.title}"
    yield f"          {added.passages} passages, issued {SEED.issued}"
    report = graph.load(*SEED.models)
    yield f"Load      {report.conservation()}"


def _validate(graph: Any) -> Iterator[str]:
    report = graph.validate()
    yield f"Check     the store {report.summary()}"


def _ask(graph: Any) -> Iterator[str]:
    from comity.results.safe import one_line

    for number, stop in enumerate(TOUR, start=1):
        yield f"\n{number}. {stop.asks}"
        options = " ".join(f"--{name} {shlex.quote(value)}" for name, value in stop.values.items())
        yield f"   $ comity query {stop.query} {options}"
        rows = [row for row in graph.run(stop.query, **stop.values) if stop.only(row)]
        for row in rows:
            yield one_line(f"   → {stop.answer(row)}")
        yield from _sentence(graph, stop, rows)


def _sentence(graph: Any, stop: Stop, rows: list[Any]) -> Iterator[str]:
    """Show the one sentence that says most about the first answer."""
    if not rows:
        return
    bold = sys.stdout.isatty()
    node = str(rows[0][stop.node]).split()[0]
    evidence = set(str(rows[0]["evidence"]).split())
    sentences = [
        sentence
        for sentence in graph.why(node).sentences
        if not evidence or sentence.passage in evidence
    ]
    best = max(sentences, key=lambda one: sum(end - start for start, end in one.marks))
    yield f"     “{marked(best.text, best.marks, bold=bold)}”"


def _connect(graph: Any) -> Iterator[str]:
    from comity.network import brokers
    from comity.results.safe import one_line

    people = graph.network("person-person")
    names = graph.country_names()
    yield f"\nWho connects {names['AZ']} and {names['TR']}?"
    for broker in brokers(people, "AZ", "TR"):
        others = ", ".join(tie.label for tie in broker.ties)
        yield one_line(
            f"   {broker.label} ({names[broker.country]}), strength {broker.strength:g}: "
            f"ties to {others}"
        )


def _draw(graph: Any, folder: Path) -> list[Path]:
    from comity.errors import InputError
    from comity.examples import SEED
    from comity.network import draw, write

    network = graph.network(*PROJECTIONS)
    names = graph.country_names()
    picture = draw(
        network,
        title="KOSGEB and KOBİA: who met, who signed, who holds which post",
        subtitle=f"Institutions and people of {names['AZ']} and {names['TR']} in one release",
        source_line=f"Source: “{SEED.title}” ({SEED.issued}). Each tie rests on its sentences.",
        countries=names,
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "network.svg").write_text(picture, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}") from error
    written = [folder / "network.svg"]
    for name in ("network.graphml", "network.gexf"):
        written.extend(write(network, folder / name))
    return written
