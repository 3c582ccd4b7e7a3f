"""Quarantine node by node, until what remains conforms to the shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox

from comity.gate.refusals import Refusals
from comity.gate.staging import Staging
from comity.store import Store
from comity.validation import Affected, Report, Result, Rules, Severity, Union, affected
from comity_ontology.prefixes import current_base

__all__ = ["LEANING", "key_of", "refuse_nonconforming"]

LEANING = "It leans on a node that was set aside: mend that first."
"""How the message ends of a result that is only so because of another node."""


def refuse_nonconforming(
    store: Store, staging: Staging, refusals: Refusals, rules: Rules
) -> Report:
    """Refuse the candidates that break a shape, and those that lean on them.

    Only the results that the candidates can change are looked at
    (:func:`comity.validation.affected`). A refused node can leave others
    incomplete, so what its going affects is checked again, and all that remains
    once more at the end.

    Returns
    -------
    Report
        Of the last check: it has no violations that are the load's.
    """
    staged = staging.as_set()
    after = Union(store, staged)
    while True:
        change = affected(rules.shapes, after.match, added=staging.new_to(store))
        report = rules.check(store, change, staged=staged, only_new=True)
        blamed = _blamed(report, change, store, staging, rules)
        if not blamed:
            return report
        refusals.remark(report, {node for at_fault in blamed.values() for node in at_fault})
        while blamed:
            gone = refusals.refuse(blamed)
            lost = {quad.triple for quad in gone if not store.holds(ox.Quad(*quad.triple))}
            change = affected(rules.shapes, after.match, removed=lost)
            report = rules.check(store, change, staged=staged, only_new=True)
            blamed = {
                replace(result, message=f"{result.message} {LEANING}"): at_fault
                for result, at_fault in _blamed(report, change, store, staging, rules).items()
            }


def _blamed(
    report: Report, change: Affected, store: Store, staging: Staging, rules: Rules
) -> dict[Result, set[str]]:
    """Say which candidates each violation is to be blamed on.

    A violation of a node that the load says nothing about, and that is there
    without the load, is not the load's.
    """
    violations = report.at_least(Severity.VIOLATION)
    elsewhere = {result.focus for result in violations if not staging.is_about(result.focus)}
    old: set[tuple[str, ...]] = set()
    if elsewhere:
        before = change.around(elsewhere).among(Union(store).match)
        old = {key_of(result) for result in rules.check(store, before).results}
    return {
        result: _at_fault(result, store, staging)
        for result in violations
        if result.focus not in elsewhere or key_of(result) not in old
    }


def key_of(result: Result) -> tuple[str, ...]:
    """Return what tells a result from others, whatever its words."""
    rule = (result.shape, result.constraint)
    return (*rule, result.focus, result.path, result.value, result.datatype, result.against)


def _at_fault(result: Result, store: Store, staging: Staging) -> set[str]:
    """Find the candidates that a violation is to be blamed on.

    The node itself if the load says something about it; else the value; else
    candidates that the node points at, that point at it, or that point at what
    it points at. A result that none of these explains is blamed on the whole
    load: what is stored conformed before.
    """
    named = (result.focus, result.value) if result.value_is_iri else (result.focus,)
    for node in named:
        if staging.is_about(node):
            return {node}
    around = set(_around(result.focus, store))
    pointing = staging.referrers({result.focus, *around})
    beside = {node for nodes in pointing.values() for node in nodes}
    return (
        set(filter(staging.is_about, around))
        or pointing.get(result.focus)
        or beside
        or staging.subjects()
    )


def _around(node: str, store: Store) -> Iterator[str]:
    """Iterate over the things of ours that a stored node points at."""
    try:
        subject = ox.NamedNode(node)
    except ValueError:  # a blank node or a literal
        return
    for quad in store.match(subject, None, None, ox.DefaultGraph()):
        value = quad.object
        if isinstance(value, ox.NamedNode) and value.value.startswith(current_base()):
            yield value.value
