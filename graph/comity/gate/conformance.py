"""Quarantine node by node, until what remains conforms to the shapes."""

from __future__ import annotations

from collections.abc import Iterable

import rdflib

from comity.gate.refusals import Refusals
from comity.gate.staging import Staging
from comity.store import Store
from comity.validation import Report, Result, Severity, validate
from comity_ontology.prefixes import current_base
from comity_ontology.terms import CODE_NS

__all__ = ["refuse_nonconforming"]


def refuse_nonconforming(
    store: Store, staging: Staging, refusals: Refusals, shapes: rdflib.Graph
) -> Report:
    """Refuse the candidates that break a shape, and those that lean on them.

    A refused node can leave others incomplete, so the neighbours are checked
    again, and all that remains once more at the end.

    Returns
    -------
    Report
        Of the last check, which has no violations.
    """
    while True:
        everything = _focus(staging)
        report = validate(store, shapes, everything, staged=staging.graphs)
        neighbours = _refuse(report, staging, refusals)
        if neighbours is None:
            return report
        while neighbours:
            near = neighbours & _focus(staging)
            partial = validate(store, shapes, near, staged=staging.graphs)
            neighbours = _refuse(partial, staging, refusals) or set()


def _refuse(report: Report, staging: Staging, refusals: Refusals) -> set[str] | None:
    """Refuse what a report finds; return the neighbours, or None if it found nothing."""
    violations = report.at_least(Severity.VIOLATION)
    if not violations:
        return None
    subjects = staging.subjects()
    pointing = staging.referrers({result.focus for result in violations} - subjects)
    blamed = {result: _at_fault(result, subjects, pointing) for result in violations}
    nodes = {node for at_fault in blamed.values() for node in at_fault}
    referrers = staging.referrers(nodes)
    refusals.refuse(blamed)
    return {node for found in referrers.values() for node in found} | refusals.pointed_at(nodes)


def _at_fault(result: Result, subjects: set[str], pointing: dict[str, set[str]]) -> set[str]:
    """Say which candidates a result is to be blamed on.

    The node itself if the load says something about it; else the value; else
    the candidates that point at it. A result that none of these explains is
    blamed on the whole load: what is stored conformed before.
    """
    if result.focus in subjects:
        return {result.focus}
    if result.value in subjects:
        return {result.value}
    return pointing.get(result.focus) or subjects


def _focus(staging: Staging) -> set[str]:
    """Return the nodes whose results the candidates can change."""
    subjects = staging.subjects()
    return subjects | set(_checked_from_behind(staging.objects() - subjects))


def _checked_from_behind(nodes: Iterable[str]) -> Iterable[str]:
    """Keep the nodes whose shapes look at what points at them."""
    base = current_base()
    never = (CODE_NS, f"{base}passage/", f"{base}time/", f"{base}source/")
    return (node for node in nodes if node.startswith(base) and not node.startswith(never))
