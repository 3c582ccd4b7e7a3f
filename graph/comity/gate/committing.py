"""The end of a load: files of what is set aside, and one step that changes the store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from comity.gate import checks, quarantine, set_aside
from comity.gate.keys import search_keys
from comity.gate.leaving import Leaving
from comity.gate.reading import Home
from comity.gate.records import load_record
from comity.gate.report import LoadReport
from comity.gate.staging import Staging
from comity.interrupts import uninterrupted
from comity.store import Store

__all__ = ["commit", "set_aside_refused"]


def commit(
    store: Store,
    staging: Staging,
    report: LoadReport,
    homes: Sequence[Home],
    started: datetime,
    quarantine_file: Path | None,
    leaving: Leaving | None,
    replays: Sequence[str] | None,
) -> LoadReport:
    """Write the files of what is refused and of what goes, then commit; none without the other."""
    documents = {place.document for place in homes}.union(
        *(checks.documents_of(store, staging, target) for target in staging.targets)
    )
    staging.add(quad for place in homes for quad in place.record)
    report = replace(report, committed=True)
    record = load_record(report, sorted(documents), started, replays or ())
    extra = chain(record, search_keys(staging))
    with uninterrupted():
        if replays is None:
            report = set_aside_refused(report, quarantine_file, store=store, started=started)
        try:
            if leaving is not None:
                report = replace(report, removed=leaving.keep())
            staging.commit(extra, gone=() if leaving is None else leaving.quads)
        except BaseException:
            for file in filter(None, (report.quarantine, report.removed)):
                file.unlink(missing_ok=True)
                set_aside.beside(file).unlink(missing_ok=True)
            raise
    return report


def set_aside_refused(
    report: LoadReport,
    file: Path | None,
    homeless: Collection[str] = (),
    *,
    store: Store | None = None,
    started: datetime | None = None,
) -> LoadReport:
    """Write what was refused to a file, if there is anything and a file to write.

    A file of the store has its reasons beside it for machines, and is replayed;
    any other is the user's to load.
    """
    if not report.refused:
        return report
    if file is None and store is not None and store.directory is not None and started is not None:
        file = store.directory / quarantine.FOLDER / f"{report.load}.trig"
        kept = set_aside.SetAside(report.load, report.files, started, report.refused)
        quarantine.write(file, report.load, report.refused, replayable=True)
        try:
            set_aside.write(set_aside.beside(file), kept)
        except BaseException:
            file.unlink(missing_ok=True)
            raise
    elif file is not None:
        quarantine.write(file, report.load, report.refused, homeless)
    return replace(report, quarantine=file)
