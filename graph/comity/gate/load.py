"""The gate: what is read goes in, or to quarantine with reasons, and nothing is lost."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import rdflib

from comity.errors import StoreError
from comity.gate import checks, kinds, quarantine
from comity.gate.conformance import refuse_nonconforming
from comity.gate.exchange import retraction
from comity.gate.keys import search_keys
from comity.gate.leaving import Leaving, Without
from comity.gate.reading import Home, Reading, read
from comity.gate.records import load_record
from comity.gate.refusals import Refusals
from comity.gate.report import LoadReport
from comity.gate.staging import Staging
from comity.interrupts import uninterrupted
from comity.readers import Source
from comity.store import Store, iri_of
from comity.validation import Report, Result, shipped_shapes
from comity_ontology.prefixes import GRAPHS

__all__ = ["Home", "load"]


def load(
    store: Store,
    sources: Sequence[Source],
    home: Callable[[Source], Home],
    *,
    strict: bool = False,
    dry_run: bool = False,
    quarantine_file: Path | None = None,
    shapes: rdflib.Graph | None = None,
    replacing: Callable[[Staging], Leaving] | None = None,
) -> LoadReport:
    """Load sources through the gate, as one load.

    Read into staging, drop what is known, check, quarantine node by node until
    the rest conforms, commit in one step.

    Parameters
    ----------
    store : Store
        Where the quads go.
    sources : sequence of Source
        What is read; an error in one of them loads nothing of any.
    home : callable
        Called with a source after reading it, if it had triples without a
        graph; says where they go.
    strict : bool
        Load everything or nothing; a quarantine file is written only when
        ``quarantine_file`` names one.
    dry_run : bool
        Check only; the store stays as it is and no file is written.
    quarantine_file : Path, optional
        Where refused quads are written; by default ``quarantine/<load>.trig``
        in the store's directory, and nowhere for a store in memory, whose
        report still holds them.
    shapes : rdflib.Graph, optional
        The shapes to check against, by default those of the ontology.
    replacing : callable, optional
        Called with the candidates when all is read; says which quads go in the
        same step. What is checked is the store without them.

    Returns
    -------
    LoadReport

    Raises
    ------
    InputError
        A source cannot be read; the store is as before.
    StoreError
        The quarantine file cannot be written, or the account does not
        balance; the store is as before.
    """
    started = datetime.now(UTC)
    identifier = f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    staging = Staging(store, identifier)
    refusals = Refusals(staging)
    try:
        reading = read(sources, staging, home)
        distinct = staging.count()
        leaving = None if replacing is None else replacing(staging)
        if leaving is not None:
            store = Without(leaving)
        _refuse_unknown_graphs(store, staging, refusals, reading)
        before = staging.count()
        staging.drop_known()
        duplicate = reading.count - len(reading.faulty) - distinct + before - staging.count()
        _refuse_faulty(reading, refusals)
        made = [place.document for place in reading.homes.values() if place.record]
        renewed = () if leaving is None else leaving.renewed
        refusals.refuse_own(list(checks.record_faults(store, staging, made, renewed)))
        refusals.refuse_own(list(checks.graph_faults(store, staging)))
        refusals.refuse_own(list(checks.unknown_codes(store, staging)))
        refusals.refuse_own(list(kinds.curators_words(staging)))
        refusals.refuse_own(list(kinds.domain_faults(store, staging)))
        refusals.refuse_own(list(checks.time_faults(store, staging)))
        rules = shipped_shapes() if shapes is None else shapes
        conforming = refuse_nonconforming(store, staging, refusals, rules)
        while _refuse_unknown_graphs(store, staging, refusals, reading):
            # The document that a graph belongs to was refused.
            conforming = refuse_nonconforming(store, staging, refusals, rules)
        if strict and refusals:
            _refuse_the_rest(staging, refusals)
        remarks = [*conforming.results, *kinds.untyped(store, staging)]
        report = _account(identifier, sources, reading, staging, refusals, duplicate, remarks)
        goes = leaving is not None and bool(leaving.quads)
        forbidden = leaving is not None and leaving.forbidden
        if dry_run or forbidden or not (report.accepted or report.refused or goes):
            return report
        if strict and report.refused:
            homeless = {place.graph for place in reading.homes.values() if place.record}
            return _set_aside(report, quarantine_file, homeless)
        homes = list(reading.homes.values())
        return _commit(store, staging, report, homes, started, quarantine_file, leaving)
    finally:
        staging.clear()


def _refuse_unknown_graphs(
    store: Store, staging: Staging, refusals: Refusals, reading: Reading
) -> bool:
    """Refuse what is meant for graphs that nobody knows; tell whether there was any."""
    known = {place.graph for place in reading.homes.values()}
    unknown = [
        target
        for target in sorted(staging.targets)
        if target not in known and not checks.is_known(store, staging, target)
    ]
    for target in unknown:
        why = (
            "belongs to the product: nothing can be loaded into it"
            if target == GRAPHS.ONTOLOGY
            else "is not known: add its document first, or leave the graph name out"
        )
        refusals.refuse_graph(target, checks.fault("KnownGraph", target, f"the graph {why}"))
    return bool(unknown)


def _refuse_faulty(reading: Reading, refusals: Refusals) -> None:
    for quad, message, name in reading.faulty:
        place = reading.homes.get(iri_of(quad.graph_name))
        kept = quad
        if place:
            kept = ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(place.graph))
        value = str(quad.object) if isinstance(quad.object, ox.Triple) else quad.object.value
        result = checks.fault(
            "WellFormed",
            iri_of(quad.subject),
            f"{message} (in {name})",
            path=quad.predicate.value,
            value=value,
        )
        refusals.refuse_quad(kept, result)


def _refuse_the_rest(staging: Staging, refusals: Refusals) -> None:
    for target in staging.targets:
        result = checks.fault("Strict", target, "loaded with nodes that do not conform, --strict")
        refusals.refuse_graph(target, result)


def _account(
    identifier: str,
    sources: Sequence[Source],
    reading: Reading,
    staging: Staging,
    refusals: Refusals,
    duplicate: int,
    remarks: Sequence[Result],
) -> LoadReport:
    refused = refusals.listed()
    report = LoadReport(
        load=identifier,
        files=tuple(source.name for source in sources),
        read=reading.count,
        accepted=staging.count(),
        quarantined=sum(len(refusal.quads) for refusal in refused),
        duplicate=duplicate,
        refused=refused,
        checks=Report.of([*refusals.results, *remarks]),
    )
    if not report.balanced:
        raise StoreError(
            f"the account of this load does not balance ({report.conservation()}): "
            "nothing was loaded; please report this as a defect"
        )
    return report


def _commit(
    store: Store,
    staging: Staging,
    report: LoadReport,
    homes: Sequence[Home],
    started: datetime,
    quarantine_file: Path | None,
    leaving: Leaving | None,
) -> LoadReport:
    """Write the files of what is refused and of what goes, then commit; none without the other."""
    documents = {place.document for place in homes}.union(
        *(checks.documents_of(store, staging, target) for target in staging.targets)
    )
    staging.add(quad for place in homes for quad in place.record)
    staging.add(search_keys(staging))
    if quarantine_file is None and store.directory is not None:
        quarantine_file = store.directory / "quarantine" / f"{report.load}.trig"
    report = replace(report, committed=True)
    record = list(load_record(report, sorted(documents), started))
    with uninterrupted():
        report = _set_aside(report, quarantine_file)
        going = None if leaving is None else Staging(leaving.store, f"{report.load}-out")
        try:
            if leaving is not None and going is not None:
                report = replace(report, removed=leaving.keep())
                going.add(leaving.quads)
            staging.commit(record, before=retraction(going) if going else ())
        except BaseException:
            for file in filter(None, (report.quarantine, report.removed)):
                file.unlink(missing_ok=True)
            raise
        finally:
            if going is not None:
                going.clear()
    return report


def _set_aside(report: LoadReport, file: Path | None, homeless: Collection[str] = ()) -> LoadReport:
    """Write what was refused to a file, if there is anything and a file to write."""
    if file is None or not report.refused:
        return report
    quarantine.write(file, report.load, report.refused, homeless)
    return replace(report, quarantine=file)
