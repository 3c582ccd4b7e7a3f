"""What a load refuses, node by node, with the reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from comity.gate.report import Refusal
from comity.gate.staging import Staging
from comity.store import iri_of
from comity.validation import Report, Result, Severity

__all__ = ["Refusals"]


class Refusals:
    """Takes nodes out of staging and keeps their quads and the reasons."""

    def __init__(self, staging: Staging):
        self._staging = staging
        self._quads: dict[str, list[ox.Quad]] = {}
        self._reasons: dict[str, dict[Result, None]] = {}
        self._remarks: list[Result] = []

    def __bool__(self) -> bool:
        """Whether anything was refused."""
        return bool(self._quads)

    @property
    def results(self) -> list[Result]:
        """All reasons, of all nodes."""
        return [reason for reasons in self._reasons.values() for reason in reasons]

    @property
    def remarks(self) -> list[Result]:
        """What else was found about nodes when they were refused, and would not have kept them."""
        return self._remarks

    def remark(self, report: Report, nodes: Collection[str]) -> None:
        """Keep what a report says about nodes that are about to be refused."""
        self._remarks += [
            result
            for result in report.results
            if result.severity < Severity.VIOLATION and result.focus in nodes
        ]

    def refuse(self, blamed: Mapping[Result, Collection[str]]) -> list[ox.Quad]:
        """Take the nodes that each result is blamed on out of staging; return their quads."""
        nodes: set[str] = set()
        for result, at_fault in blamed.items():
            nodes.update(at_fault)
            for node in at_fault:
                self._reasons.setdefault(node, {})[result] = None
        quads = self._staging.take(nodes)
        self._keep(quads)
        return quads

    def refuse_own(self, results: Iterable[Result]) -> None:
        """Take the nodes that the results are about out of staging."""
        self.refuse({result: (result.focus,) for result in results})

    def refuse_quad(self, quad: ox.Quad, result: Result) -> None:
        """Keep a quad that never was staged, and take out the rest of its node."""
        self._keep([quad])
        self.refuse_own([result])

    def refuse_rest(self, nodes: Collection[str]) -> None:
        """Take what still waits about those of the nodes of which something is refused."""
        self._keep(self._staging.take(set(nodes) & set(self._quads)))

    def refuse_graph(self, target: str, result: Result) -> None:
        """Take all candidates of one target graph out of staging."""
        quads = self._staging.take_graph(target)
        self._keep(quads)
        for quad in quads:
            self._reasons.setdefault(iri_of(quad.subject), {})[result] = None

    def about(self, node: str) -> Iterable[ox.Quad]:
        """Return the refused quads about a node."""
        return self._quads.get(node, ())

    def listed(self, written: Mapping[ox.Quad, ox.Quad]) -> tuple[Refusal, ...]:
        """Return what was refused, sorted by node; a node without quads is left out.

        Quads that the engine writes differently are given back as they were ``written``.
        """
        return tuple(
            Refusal(
                node,
                tuple(self._reasons.get(node, ())),
                tuple(written.get(quad, quad) for quad in quads),
            )
            for node, quads in sorted(self._quads.items())
        )

    def _keep(self, quads: Iterable[ox.Quad]) -> None:
        for quad in quads:
            self._quads.setdefault(iri_of(quad.subject), []).append(quad)
