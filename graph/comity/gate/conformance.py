"""Quarantine node by node, until what remains conforms to the shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from comity.gate.refusals import Refusals
from comity.gate.staging import Staging
from comity.store import Store, iri_of
from comity.validation import Report, Result, Rules, Severity
from comity_ontology.prefixes import current_base
from comity_ontology.terms import CODE_NS, COMITY, DCTERMS, PROV, SKOS

__all__ = ["LEANING", "focus_of", "refuse_nonconforming"]

LEANING = "It leans on a node that was set aside: mend that first."
"""How the message ends of a result that is only so because of another node."""


def refuse_nonconforming(
    store: Store, staging: Staging, refusals: Refusals, rules: Rules
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
        staged = staging.as_set()
        everything = focus_of(store, staging)
        report = rules.check(store, everything, staged=staged)
        blamed = _blamed(report, store, staging, rules)
        if not blamed:
            return report
        refusals.remark(report, {node for at_fault in blamed.values() for node in at_fault})
        while blamed:
            nodes = {node for at_fault in blamed.values() for node in at_fault}
            near = staging.referrers(nodes)
            refusals.refuse(blamed)
            neighbours = {node for found in near.values() for node in found}
            neighbours |= refusals.pointed_at(nodes)
            again = neighbours & focus_of(store, staging)
            partial = rules.check(store, again, staged=staged)
            blamed = {
                replace(result, message=f"{result.message} {LEANING}"): at_fault
                for result, at_fault in _blamed(partial, store, staging, rules).items()
            }


def _blamed(report: Report, store: Store, staging: Staging, rules: Rules) -> dict[Result, set[str]]:
    """Say which candidates each violation is to be blamed on.

    A violation of a node that the load says nothing about, and that is there
    without the load, is not the load's.
    """
    violations = report.at_least(Severity.VIOLATION)
    subjects = staging.subjects()
    elsewhere = {result.focus for result in violations} - subjects
    old = {_key(result) for result in rules.check(store, elsewhere).results}
    return {
        result: _at_fault(result, store, staging, subjects)
        for result in violations
        if result.focus in subjects or _key(result) not in old
    }


def _key(result: Result) -> tuple[str, str, str, str]:
    return (result.shape, result.focus, result.path, result.value)


def _at_fault(result: Result, store: Store, staging: Staging, subjects: set[str]) -> set[str]:
    """Find the candidates that a violation is to be blamed on.

    The node itself if the load says something about it; else the value; else
    candidates that the node points at, that point at it, or that point at what
    it points at. A result that none of these explains is blamed on the whole
    load: what is stored conformed before.
    """
    if result.focus in subjects:
        return {result.focus}
    if result.value in subjects:
        return {result.value}
    around = {
        quad.object.value
        for quad in store.match(ox.NamedNode(result.focus), None, None, ox.DefaultGraph())
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(current_base())
    }
    pointing = staging.referrers({result.focus, *around})
    beside = {node for nodes in pointing.values() for node in nodes}
    return around & subjects or pointing.get(result.focus) or beside or subjects


def focus_of(store: Store, staging: Staging) -> set[str]:
    """Return the nodes whose results the candidates can change.

    Those the load says something about; those it points at; stored nodes that
    point at a node about which it says more than names and sources; stored
    acts, participations and tenures of the same agreement, event and post.
    """
    subjects = staging.subjects()
    found = subjects | set(_checked_from_behind(staging.objects() - subjects))
    for node in _changed(store, staging):
        found |= _pointing(store, node)
    for predicate in _SHARED:
        for row in staging.select(f"?s <{predicate}> ?shared", "?shared"):
            if isinstance(row[0], ox.NamedNode):
                found |= _pointing(store, row[0].value, ox.NamedNode(predicate))
    return found


def _changed(store: Store, staging: Staging) -> set[str]:
    """Return the stored nodes about which the load says what is new and other nodes look at.

    What another graph says already changes nothing: without that, each load
    that tells what a country is would check all that is in that country.
    """
    local = ", ".join(f"<{predicate}>" for predicate in _LOCAL)
    rows = staging.select(f"?s ?p ?value . FILTER(?p NOT IN ({local}))", "?s ?p ?value")
    found: set[str] = set()
    for subject, predicate, value in rows:
        if (
            subject.value not in found
            and next(store.match(subject, None, None, ox.DefaultGraph()), None) is not None
            and not store.holds(ox.Quad(subject, predicate, value))
        ):
            found.add(subject.value)
    return found


def _pointing(store: Store, node: str, predicate: ox.NamedNode | None = None) -> set[str]:
    found = store.match(None, predicate, ox.NamedNode(node), ox.DefaultGraph())
    return {
        iri_of(quad.subject)
        for quad in found
        if quad.predicate.value != PROV.wasDerivedFrom and isinstance(quad.subject, ox.NamedNode)
    }


# What a shape of another node never looks at.
_LOCAL = (
    SKOS.prefLabel,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    SKOS.exactMatch,
    COMITY.acronym,
    COMITY.searchKey,
    PROV.wasDerivedFrom,
    DCTERMS.title,
    DCTERMS.subject,
)
# Nodes that share one of these can contradict each other.
_SHARED = (COMITY.agreement, COMITY.event, COMITY.post)


def _checked_from_behind(nodes: Iterable[str]) -> Iterable[str]:
    """Keep the nodes whose shapes look at what points at them."""
    base = current_base()
    never = (CODE_NS, f"{base}passage/", f"{base}time/")
    return (node for node in nodes if node.startswith(base) and not node.startswith(never))
