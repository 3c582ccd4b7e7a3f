"""Loading tables, alone or with RDF files, as one load."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from comity.curation.entry import exists
from comity.errors import InputError
from comity.gate.checks import fault
from comity.gate.load import Home, load
from comity.gate.report import LoadReport, RowAccount, RowRefusal
from comity.labels import alike
from comity.readers import Source
from comity.store import Store, iri_of
from comity.tables.context import Context
from comity.tables.forms.tenures import declare_posts
from comity.tables.names import Names
from comity.tables.reading import Table
from comity.tables.refused import write_refused
from comity.tables.source import TableSource
from comity.validation import Profile, Result, Shapes
from comity_ontology.prefixes import shorten
from comity_ontology.terms import SHAPE_NS

__all__ = ["load_tables"]

COMPARED = 20  # names that are compared with all others of their class

_OF_A_LOAD = re.compile(r"^(\d{8}T\d{6}-[0-9a-f]{6}\.)+")


def load_tables(
    store: Store,
    sources: Sequence[Source | Table],
    home: Callable[[Source], Home],
    *,
    document: str = "",
    curator: str = "",
    strict: bool = False,
    dry_run: bool = False,
    quarantine_file: Path | None = None,
    shapes: Shapes | None = None,
    profile: Profile | None = None,
    validate: bool = True,
    progress: Callable[[str], None] | None = None,
) -> LoadReport:
    """Load tables through the gate, with other sources or without, as one load.

    Rows may name what any row of any table describes. A row that cannot be
    read, or that makes a node which the gate refuses, is set aside with its
    reason; the rest goes in.

    Parameters
    ----------
    store : Store
    sources : sequence of Source or Table
    home : callable
        See :func:`comity.gate.load.load`.
    document : str
        The document of rows that name none.
    curator : str
        Who stands for rows that say not who.
    strict, dry_run, quarantine_file, shapes, profile, validate, progress
        See :func:`comity.gate.load.load`. Refused rows go to CSV files beside
        the quarantine file, one for each table.

    Returns
    -------
    LoadReport
        With the account of the rows in ``rows``; rows that cannot be read are
        among its checks, too.

    Raises
    ------
    InputError
        A table cannot be read; the store is as before.
    StoreError
        A file of refused rows cannot be written.
    """
    tables = [source for source in sources if isinstance(source, Table)]
    context = Context(store, Names(store, tables, document), document, curator)
    declare_posts(context)
    made = {id(table): TableSource(table, context) for table in tables}
    own = list(made.values())
    report = load(
        store,
        [made[id(source)] if isinstance(source, Table) else source for source in sources],
        home,
        strict=strict,
        dry_run=dry_run,
        quarantine_file=quarantine_file,
        shapes=shapes,
        profile=profile,
        validate=validate,
        progress=progress,
        incomplete=lambda: any(source.refused for source in own),
    )
    unreadable = [_as_result(one.said) for source in own for one in source.refused]
    checks = report.checks.joined(unreadable)
    _blame_rows(own, report)
    refused = [one for source in own for one in source.refused]
    read = sum(source.read for source in own)
    held = read - len(refused) if strict and (refused or report.refused) else 0
    account = RowAccount(
        read=read,
        loaded=read - len(refused) - held,
        refused=tuple(one.said for one in refused),
        held=held,
        made=tuple(
            (iri, name)
            for iri, name in sorted(context.names.made.items())
            if dry_run or exists(store, iri)
        ),
    )
    account = replace(
        account,
        alike=tuple(_alike(store, context.names, account)),
        renamed=tuple(
            sorted((iri, known, other) for (iri, other), known in context.renamed.items())
        ),
    )
    if dry_run:
        found = {result.focus for result in checks.results}
        account = replace(account, places=tuple(_places(own, found)))
    if not dry_run and (not strict or quarantine_file is not None):
        account = replace(account, files=tuple(_set_aside(store, own, report, quarantine_file)))
    return replace(report, rows=account, checks=checks)


def _alike(store: Store, names: Names, account: RowAccount) -> Iterator[tuple[str, str, str]]:
    """Find what was there with almost the names of what was made."""
    compared = account.made[:COMPARED]
    for cls in sorted({names.class_of(iri) for iri, _ in compared}):
        made = {iri: name for iri, name in compared if names.class_of(iri) == cls}
        for iri, (node, label) in alike(store, made, cls).items():
            yield iri, node, label


def _as_result(row: RowRefusal) -> Result:
    """Report a row that cannot be read, by a URI of that row (RFC 7111, §2.1)."""
    focus = f"file:{quote(Path(row.file).name)}#row={row.row}"
    message = f"{row.file}, row {row.row}: {row.reason}"
    return fault("ReadableRow", focus, message)


def _places(
    sources: Sequence[TableSource], nodes: Collection[str]
) -> Iterator[tuple[str, str, int]]:
    """Find the rows of each table that first describe nodes."""
    for source in sources:
        left = set(nodes)
        for record, quads in source.rows():
            if left and not isinstance(quads, InputError):
                made = left.intersection(iri_of(quad.subject) for quad in quads)
                left -= made
                yield from ((node, source.name, record.number) for node in sorted(made))


def _blame_rows(sources: Sequence[TableSource], report: LoadReport) -> None:
    """Find the rows that made the nodes which the gate refused."""
    reasons = {}
    for refusal in report.refused:
        # What a strict load holds back is in order itself.
        own = [one.message for one in refusal.reasons if one.shape != f"{SHAPE_NS}Strict"]
        if own:
            node = shorten(refusal.node)
            reasons[refusal.node] = "; ".join(dict.fromkeys(f"{node}: {said}" for said in own))
    if not reasons:
        return
    for source in sources:
        known = {one.said.row for one in source.refused}
        for record, quads in source.rows():
            if isinstance(quads, InputError) or record.number in known:
                continue
            at_fault = {iri_of(quad.subject) for quad in quads} & reasons.keys()
            if at_fault:
                source.refuse(record, "", "; ".join(reasons[node] for node in sorted(at_fault)))
        source.refused.sort(key=lambda one: one.said.row)


def _set_aside(
    store: Store,
    sources: Sequence[TableSource],
    report: LoadReport,
    quarantine_file: Path | None,
) -> list[Path]:
    """Write the refused rows of each table; return the files."""
    if quarantine_file is not None:
        folder, start = quarantine_file.parent, quarantine_file.stem
    elif store.directory is not None:
        folder, start = store.directory / "quarantine", report.load
    else:
        return []
    files: list[Path] = []
    for source in sources:
        if not source.refused:
            continue
        # A mended table that is refused again keeps its name, without the load before.
        stem = f"{start}.{_OF_A_LOAD.sub('', source.table.stem)}"
        path = folder / f"{stem}.csv"
        number = 1
        while path.exists():
            number += 1
            path = folder / f"{stem}-{number}.csv"
        rows = [(one.raw, one.said.reason) for one in source.refused]
        write_refused(path, source.table, rows)
        files.append(path)
    return files
