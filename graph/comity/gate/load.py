"""The gate: what is read goes in, or to quarantine with reasons, and nothing is lost."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

from comity.errors import ParameterError, StoreError
from comity.gate import checks, kinds
from comity.gate.committing import commit, set_aside_refused
from comity.gate.conformance import refuse_nonconforming
from comity.gate.leaving import Leaving, Without
from comity.gate.reading import Home, Reading, read
from comity.gate.refusals import Refusals
from comity.gate.report import LoadReport
from comity.gate.staging import Staging
from comity.readers import Source
from comity.store import Store, iri_of
from comity.validation import (
    Profile,
    Report,
    Result,
    Rules,
    Shapes,
    about_in,
    furnished,
    shape_names,
    shipped_shapes,
)
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
    shapes: Shapes | None = None,
    profile: Profile | None = None,
    validate: bool = True,
    progress: Callable[[str], None] | None = None,
    replacing: Callable[[Staging], Leaving] | None = None,
    replays: Sequence[str] | None = None,
    incomplete: Callable[[], bool] = lambda: False,
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
    shapes : Shapes, optional
        The shapes to check against, by default those of the ontology.
    profile : Profile, optional
        Judges a ``dry_run``. What goes in is judged by the shapes themselves, so
        that a store, and a replay, do not depend on who loaded how.
    validate : bool
        Whether to check against the shapes at all. For data that were checked
        before: everything else that the gate checks stays, and the load's
        record says that the shapes were left out.
    progress : callable, optional
        Called with the name of each stage as it begins.
    replacing : callable, optional
        Called with the candidates when all is read; says which quads go in the
        same step. What is checked is the store without them.
    replays : sequence of str, optional
        Given when this replays what is in quarantine: the recorded loads whose
        quads these are. The new record names them, no file is written (the
        quads are in theirs), and a replay that lets nothing in leaves no record.
    incomplete : callable
        Tells, after reading, whether something in a source was no statement
        at all, so that a strict load loads nothing.

    Returns
    -------
    LoadReport

    Raises
    ------
    ParameterError
        A profile is given for a load that is none of ``dry_run``.
    InputError
        A source cannot be read; the store is as before.
    StoreError
        The quarantine file cannot be written, or the account does not
        balance; the store is as before.
    """
    if profile is not None and not dry_run:
        raise ParameterError("a profile judges files before they are loaded: give dry_run too")
    started = datetime.now(UTC)
    identifier = f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    staging = Staging(store, identifier)
    refusals = Refusals(staging)
    begin = progress or (lambda _: None)
    try:
        begin("reading")
        reading = read(sources, staging, home)
        leaving = None if replacing is None else replacing(staging)
        if leaving is not None:
            store = Without(leaving)
        begin("comparing")
        staging.drop_known()
        duplicate = reading.count - len(reading.faulty) - staging.count()
        _refuse_unknown_graphs(store, staging, refusals, reading)
        _check(store, staging, refusals, reading, leaving, begin)
        begin("shapes" if validate else "graphs")
        rules = Rules(shipped_shapes() if shapes is None else shapes, profile)

        def conforming() -> Report:
            return refuse_nonconforming(store, staging, refusals, rules) if validate else Report()

        remaining = conforming()
        while _refuse_unknown_graphs(store, staging, refusals, reading):
            # The document that a graph belongs to was refused.
            remaining = conforming()
        if strict and (refusals or incomplete()):
            _refuse_the_rest(staging, refusals)
        begin("account")
        # A load tells why something is refused; who only checks wants to know all there is.
        remarks = refusals.remarks if dry_run else []
        remarks = [
            *remarks,
            *remaining.results,
            *rules.judged(kinds.untyped(store, staging)).results,
        ]
        report = _account(identifier, sources, reading, staging, refusals, duplicate, remarks)
        checks = _told(report.checks, store, staging, refusals, rules)
        checks = replace(checks, notes=remaining.notes)
        report = replace(report, checks=checks, validated=validate)
        goes = leaving is not None and bool(leaving.quads)
        forbidden = leaving is not None and leaving.forbidden
        changes = report.accepted or (report.refused and replays is None) or goes
        if dry_run or forbidden or not changes:
            return report
        if strict and report.refused:
            homeless = {place.graph for place in reading.homes.values() if place.record}
            return set_aside_refused(report, quarantine_file, homeless)
        homes = list(reading.homes.values())
        begin("commit")
        return commit(store, staging, report, homes, started, quarantine_file, leaving, replays)
    finally:
        staging.clear()


def _check(
    store: Store,
    staging: Staging,
    refusals: Refusals,
    reading: Reading,
    leaving: Leaving | None,
    begin: Callable[[str], None],
) -> None:
    """Refuse what is wrong without looking at shapes."""
    _refuse_faulty(reading, refusals)
    # What is known about a document goes in whole: a replay could add nothing to it.
    if refusals:
        refusals.refuse_rest(staging.subjects(GRAPHS.META))
    made = [place.document for place in reading.homes.values() if place.record]
    renewed = () if leaving is None else leaving.renewed
    faults: dict[str, Callable[[], Iterator[Result]]] = {
        "records": lambda: checks.record_faults(store, staging, made, renewed),
        "documents": lambda: checks.graph_faults(store, staging),
        "codes": lambda: checks.unknown_codes(store, staging),
        "curators' words": lambda: kinds.curators_words(staging),
        "domains": lambda: kinds.domain_faults(store, staging),
        "times": lambda: checks.time_faults(store, staging),
    }
    for name, found in faults.items():
        begin(name)
        refusals.refuse_own(list(found()))


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
        result = checks.fault(
            "WellFormed",
            iri_of(quad.subject),
            f"{message} (in {name})",
            path=quad.predicate.value,
            value=quad.object,
        )
        refusals.refuse_quad(kept, result)


def _refuse_the_rest(staging: Staging, refusals: Refusals) -> None:
    for target in staging.targets:
        result = checks.fault("Strict", target, "loaded with nodes that do not conform, --strict")
        refusals.refuse_graph(target, result)


def _told(
    report: Report, store: Store, staging: Staging, refusals: Refusals, rules: Rules
) -> Report:
    """Give a report its background: what is stored, waits or was refused about its nodes."""
    if rules.profile is not None:
        report = replace(report, profile=rules.profile.name)
    stored = about_in(store)

    def about(node: str) -> Iterator[ox.Quad]:
        yield from stored(node)
        yield from refusals.about(node)
        try:
            yield from staging.match(ox.NamedNode(node), None, None)
        except ValueError:
            return

    names = shape_names(rules.shapes, (result.shape for result in report.results))
    return furnished(report, about, names)


def _account(
    identifier: str,
    sources: Sequence[Source],
    reading: Reading,
    staging: Staging,
    refusals: Refusals,
    duplicate: int,
    remarks: Sequence[Result],
) -> LoadReport:
    refused = refusals.listed(reading.written)
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
