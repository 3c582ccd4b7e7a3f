"""What a validation says: results as plain values, and their formats."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import IntEnum

import rdflib
from rdflib.namespace import RDF, SH

from comity.results.safe import one_line
from comity_ontology.prefixes import prefixes, shorten

__all__ = ["Report", "Result", "Severity"]


class Severity(IntEnum):
    """How bad a result is; only a violation keeps data out."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @classmethod
    def named(cls, iri: str) -> Severity:
        """Return the severity of a ``sh:severity`` IRI (anything unknown is a violation)."""
        return {"Info": cls.INFO, "Warning": cls.WARNING}.get(iri.rpartition("#")[2], cls.VIOLATION)


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One thing that a node does wrong (SHACL §3.6.2, "Validation Result").

    Attributes
    ----------
    severity : Severity
    shape : str
        IRI of the shape, or of the gate's own check, that found it.
    focus : str
        IRI of the node it is about.
    path : str
        IRI of the property, ``^`` before it when its inverse is meant; empty when
        the node as a whole is, or a longer path.
    value : str
        The value at fault, empty when something is missing.
    value_is_iri : bool
        Whether the value is a node and no text.
    message : str
        What is wrong and what to do, in plain words.
    constraint : str
        IRI of the constraint component.
    passages : tuple of str
        IRIs of the passages that the focus node rests on.
    """

    severity: Severity
    shape: str
    focus: str
    path: str
    value: str
    message: str
    constraint: str = ""
    passages: tuple[str, ...] = field(default=())
    value_is_iri: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """All results of a validation, worst first and grouped by shape.

    Attributes
    ----------
    results : tuple of Result
    checked : int or None
        How many nodes were checked, ``None`` when all were.
    """

    results: tuple[Result, ...] = ()
    checked: int | None = None

    @classmethod
    def of(cls, results: Iterable[Result], checked: int | None = None) -> Report:
        """Put results in order, each once."""
        ordered = sorted(
            set(results), key=lambda result: (-result.severity, result.shape, *_rest(result))
        )
        return cls(tuple(ordered), checked)

    @property
    def conforms(self) -> bool:
        """True when no result is a violation; warnings alone do not fail."""
        return not self.at_least(Severity.VIOLATION)

    def at_least(self, severity: Severity) -> tuple[Result, ...]:
        """Return the results of a severity or worse."""
        return tuple(result for result in self.results if result.severity >= severity)

    def summary(self) -> str:
        """Say in one line how many results of each severity there are."""
        counts = Counter(result.severity for result in self.results)
        said = ", ".join(
            f"{counts[severity]} {name}{'' if counts[severity] == 1 else 's'}"
            for severity, name in (
                (Severity.VIOLATION, "violation"),
                (Severity.WARNING, "warning"),
                (Severity.INFO, "note"),
            )
        )
        return f"{'conforms' if self.conforms else 'does not conform'}: {said}"

    def to_text(self, examples: int = 5) -> str:
        """Write the report for people: per shape a count and the first examples."""
        lines = [self.summary()]
        groups: dict[tuple[Severity, str], list[Result]] = {}
        for result in self.results:
            groups.setdefault((result.severity, result.shape), []).append(result)
        for (severity, shape), members in groups.items():
            lines.append(
                f"\n{severity.name.capitalize()} · {one_line(shorten(shape))} · {len(members)}"
            )
            for result in members[:examples]:
                at = f" {shorten(result.path)}" if result.path else ""
                lines.append(one_line(f"  {shorten(result.focus)}{at}: {result.message}"))
                if result.value:
                    lines.append(one_line(f"      value {_short_value(result.value)}"))
                lines.extend(f"      from {one_line(passage)}" for passage in result.passages[:2])
            if len(members) > examples:
                lines.append(f"  … and {len(members) - examples} more")
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """Write the report as JSON: ``conforms``, ``counts`` and ``results``."""
        counts = Counter(result.severity.name.lower() for result in self.results)
        results = [
            asdict(result) | {"severity": result.severity.name.lower()} for result in self.results
        ]
        return (
            json.dumps(
                {
                    "conforms": self.conforms,
                    "checked": self.checked,
                    "counts": dict(sorted(counts.items())),
                    "results": results,
                },
                ensure_ascii=False,
                indent=2,
            )
            + "\n"
        )

    def to_csv(self) -> str:
        """Write the report as CSV, one result a line, passages joined by a space."""
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(
            ["severity", "shape", "focus", "path", "value", "message", "constraint", "passages"]
        )
        for result in self.results:
            writer.writerow(
                [
                    result.severity.name.lower(),
                    result.shape,
                    result.focus,
                    result.path,
                    result.value,
                    result.message,
                    result.constraint,
                    " ".join(result.passages),
                ]
            )
        return buffer.getvalue()

    def to_turtle(self) -> str:
        """Write the report as SHACL validation report (SHACL §3.6) in Turtle."""
        graph = rdflib.Graph()
        for prefix, namespace in prefixes().items():
            graph.bind(prefix, namespace)
        report = rdflib.BNode("report")
        graph.add((report, RDF.type, SH.ValidationReport))
        graph.add((report, SH.conforms, rdflib.Literal(not self.results)))
        for number, result in enumerate(self.results):
            node = rdflib.BNode(f"result{number}")
            graph.add((report, SH.result, node))
            graph.add((node, RDF.type, SH.ValidationResult))
            graph.add((node, SH.focusNode, rdflib.URIRef(result.focus)))
            graph.add((node, SH.resultSeverity, SH[result.severity.name.capitalize()]))
            graph.add((node, SH.resultMessage, rdflib.Literal(result.message)))
            graph.add((node, SH.sourceShape, rdflib.URIRef(result.shape)))
            if result.constraint:
                graph.add((node, SH.sourceConstraintComponent, rdflib.URIRef(result.constraint)))
            if result.path:
                graph.add((node, SH.resultPath, _path(graph, result.path)))
            if result.value:
                kind = rdflib.URIRef if result.value_is_iri else rdflib.Literal
                graph.add((node, SH.value, kind(result.value)))
        return graph.serialize(format="turtle")


def _rest(result: Result) -> tuple[str, str, str, str]:
    return (result.focus, result.path, result.value, result.message)


def _short_value(value: str) -> str:
    text = shorten(value)
    return text if len(text) <= 100 else text[:99] + "…"


def _path(graph: rdflib.Graph, path: str) -> rdflib.term.Node:
    """Make the node of a path; SHACL §2.3.1 writes an inverse with a node of its own."""
    if not path.startswith("^"):
        return rdflib.URIRef(path)
    node = rdflib.BNode()
    graph.add((node, SH.inversePath, rdflib.URIRef(path[1:])))
    return node
