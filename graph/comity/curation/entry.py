"""What all that a curator adds has in common: who, when and why, and the way in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeAlias

import pyoxigraph as ox
from anyascii import anyascii

from comity.documents.adding import slug
from comity.errors import InputError
from comity.gate.conformance import LEANING
from comity.gate.load import Home, load
from comity.gate.report import LoadReport
from comity.readers import Source, StatementList
from comity.store import Store
from comity.validation import Report, Severity
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, current_base, expand, prefixes
from comity_ontology.terms import COMITY, DCTERMS, RDF, XSD

__all__ = [
    "Entered",
    "Find",
    "Prepared",
    "Signed",
    "about",
    "enter",
    "exists",
    "mint",
    "quad",
    "readable",
    "signed",
]

Find: TypeAlias = Callable[[str, Collection[str]], str]
"""Finds the node that a name or short form means, of some classes."""

READABLE = 60


@dataclass(frozen=True, slots=True)
class Signed:
    """Who stands for an addition, when it was made, and why.

    Attributes
    ----------
    by : str
        A name, or the IRI or short form of a person or tool.
    on : date
    why : str
        The reason, in words.
    """

    by: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """An addition that is ready to go in.

    Attributes
    ----------
    node : str
        IRI of the correction, inference or note; empty where a source says it already.
    says : str
        One line for people.
    quads : tuple of Quad
        What goes to the curation graph; empty when the graph has it already.
    """

    node: str
    says: str
    quads: tuple[ox.Quad, ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """What an addition did.

    Attributes
    ----------
    node : str
        IRI of the correction, inference or note; empty where a source says it already.
    says : str
        One line for people: what was added, or why nothing was.
    changed : bool
        False when the graph had it already.
    remarks : Report
        Warnings of the shapes.
    load : LoadReport or None
        The account of the load that added it.
    """

    node: str
    says: str
    changed: bool
    remarks: Report
    load: LoadReport | None = None


def signed(by: str, why: str, on: date | None = None) -> Signed:
    """Check who, why and when; today unless a day is given.

    Raises
    ------
    InputError
        Nobody stands for it, or no reason is given.
    """
    who, reason = _text("who adds it", by), _text("the reason", why)
    if not who:
        raise InputError("it is not said who adds this: give a name (--by, or COMITY_CURATOR)")
    if not reason:
        raise InputError("it is not said why: give the reason in words")
    return Signed(who, on or datetime.now(UTC).astimezone().date(), reason)


def enter(store: Store, what: str, prepared: Prepared) -> Entered:
    """Take an addition through the gate, whole or not at all.

    Parameters
    ----------
    store : Store
    what : str
        How records of loads call it.
    prepared : Prepared

    Raises
    ------
    InputError
        It does not conform; the store is as before.
    """
    if not prepared.quads:
        return Entered(prepared.node, prepared.says, changed=False, remarks=Report())
    report = load(store, [StatementList(what, list(prepared.quads))], _nowhere, strict=True)
    if report.refused:
        faults = report.checks.at_least(Severity.VIOLATION)
        said = dict.fromkeys(
            fault.message.rstrip(".") for fault in faults if not fault.message.endswith(LEANING)
        )
        raise InputError(f"nothing was added: {'; '.join(said)}")
    return Entered(prepared.node, prepared.says, bool(report.accepted), _warnings(report), report)


def _warnings(report: LoadReport) -> Report:
    return replace(report.checks, results=report.checks.at_least(Severity.WARNING))


def about(node: str, cls: str, by: Signed) -> Iterator[ox.Quad]:
    """Say what an addition is, and who made it when and why."""
    yield quad(node, RDF.type, ox.NamedNode(cls))
    yield quad(node, DCTERMS.creator, _agent(by.by))
    day = ox.Literal(by.on.isoformat(), datatype=ox.NamedNode(XSD.date))
    yield quad(node, DCTERMS.created, day)
    yield quad(node, COMITY.basis, ox.Literal(by.why))


def quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    """Make a quad of the curation graph."""
    graph = ox.NamedNode(GRAPHS.CURATION)
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, graph)


def exists(store: Store, node: str) -> bool:
    """Tell whether the graph says anything about a node."""
    found = store.match(ox.NamedNode(node), None, None, ox.DefaultGraph())
    return next(found, None) is not None


def mint(kind: str, readable_part: str, *content: str) -> str:
    """Make an IRI from content: readable, ASCII, and the same whenever that is the same.

    Examples
    --------
    >>> mint("note", "KOBİA", "agency:kobia", "Ask again.").rpartition("/id/")[2]
    'note/kobia-45d0930a'
    """
    digest = hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:8]
    stem = readable(readable_part)[:READABLE].strip("-")
    return f"{current_base()}{kind}/{stem}{'-' if stem else ''}{digest}"


def readable(text: str) -> str:
    """Write a name in any script as the readable, ASCII part of an IRI; empty if it has no letters.

    Examples
    --------
    >>> readable("Министерство экономики"), readable("Şişli, İstanbul")
    ('ministerstvo-ekonomiki', 'sisli-istanbul')
    """
    return slug(anyascii(search_key(text)))


def _text(what: str, said: str) -> str:
    try:
        said.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{what}, {said!r}, is not UTF-8 text: type it as UTF-8") from error
    return said.strip()


def _agent(by: str) -> ox.NamedNode | ox.Literal:
    prefix, colon, _ = by.partition(":")
    if by.startswith("<") or "://" in by or (colon and prefix in prefixes()):
        try:
            return ox.NamedNode(expand(by))
        except ValueError as error:
            raise InputError(f"{by} is neither a name nor an IRI: {error}") from error
    return ox.Literal(by)


def _nowhere(source: Source) -> Home:
    raise InputError(f"{source.name} has statements without a graph")
