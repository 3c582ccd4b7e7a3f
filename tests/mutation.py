"""Mutation test of the shipped release: does anyone notice when a triple is missing?

Each triple of the source and curation files is taken out of the loaded graph
in turn. It counts as noticed when a question of ``cases/seed_questions`` gets
another answer or a shape finds a violation or a warning that was not there;
comparing the graph with its files does not count. Run it from the
project's root::

    python tests/mutation.py [--every N]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import comity
from comity.examples import SEED
from comity.results import Answer
from comity.validation import Severity
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, shorten
from comity_ontology.terms import COMITY, SKOS

QUESTIONS = Path(__file__).parent / "cases" / "seed_questions"
KEY = ox.NamedNode(COMITY.searchKey)
CURATION = ox.NamedNode(GRAPHS.CURATION)
NAMING = {SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, COMITY.acronym}


class Release:
    """The release in a store, with the questions and the answers they get now."""

    def __init__(self) -> None:
        self.graph = comity.open()
        self.graph.add_document(
            SEED.text, title=SEED.title, issued=SEED.issued, language=SEED.language
        )
        self.graph.load(*SEED.models)
        self.questions = [file.read_text(encoding="utf-8") for file in QUESTIONS.glob("*.rq")]
        self.answers = [self.answer(text) for text in self.questions]
        self.findings = self.found(None)

    def answer(self, text: str) -> Any:
        result = self.graph.sparql(text)
        if isinstance(result, Answer):
            return bool(result)
        return Counter(tuple(map(str, row)) for row in result.terms())

    def found(self, near: ox.Quad | None) -> set[tuple[str, str, str]]:
        """What the shapes find: on everything, or on the nodes next to a quad."""
        report = self.graph.validate(None if near is None else sorted(self.neighbours(near)))
        return {
            (result.shape, result.focus, result.value)
            for result in report.at_least(Severity.WARNING)
        }

    def neighbours(self, quad: ox.Quad) -> set[str]:
        nodes = {quad.subject, quad.object}
        for node in (quad.subject, quad.object):
            if isinstance(node, ox.NamedNode):
                found = self.graph.store.match(None, None, node, ox.DefaultGraph())
                nodes.update(each.subject for _, each in zip(range(50), found, strict=False))
        return {node.value for node in nodes if isinstance(node, ox.NamedNode)}

    def without(self, quad: ox.Quad) -> Iterator[None]:
        """Take a quad out, as if its file had never held it, and put it back."""
        store = self.graph.store
        gone = [quad]
        others = (name for name in store.graphs() if name != quad.graph_name.value)
        if not any(self._holds(quad, ox.NamedNode(name)) for name in others):
            gone.append(_in(quad, ox.DefaultGraph()))
            gone.extend(self._orphaned_key(quad))
        for each in gone:
            store.engine.remove(each)
        try:
            yield
        finally:
            store.engine.extend(gone)

    def _holds(self, quad: ox.Quad, graph: ox.NamedNode) -> bool:
        found = self.graph.store.match(quad.subject, quad.predicate, quad.object, graph)
        return next(found, None) is not None

    def _orphaned_key(self, quad: ox.Quad) -> list[ox.Quad]:
        """The search key that the gate would not have made without this name."""
        if quad.predicate.value not in NAMING:
            return []
        key = search_key(quad.object.value)
        others = [
            each
            for each in self.graph.store.match(quad.subject, None, None, ox.DefaultGraph())
            if each.predicate.value in NAMING
            and each.triple != quad.triple
            and search_key(each.object.value) == key
        ]
        if others:
            return []
        made = ox.Quad(quad.subject, KEY, ox.Literal(key), CURATION)
        return [made, _in(made, ox.DefaultGraph())]

    def noticed_by(self, quad: ox.Quad) -> str:
        """Say who notices that a quad is missing: ``question``, ``shape`` or nobody."""
        for _ in self.without(quad):
            for text, answer in zip(self.questions, self.answers, strict=True):
                if self.answer(text) != answer:
                    return "question"
            if self.found(quad) - self.findings:
                return "shape"
        return ""


def _in(quad: ox.Quad, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def quads() -> list[ox.Quad]:
    """All quads of the shipped source and curation files."""
    return [
        quad
        for model in SEED.models
        for quad in ox.parse(input=model.read_bytes(), format=ox.RdfFormat.TRIG)
    ]


def measure(every: int = 1) -> tuple[Counter[str], list[ox.Quad]]:
    """Drop every n-th quad in turn; count who noticed, and list what nobody noticed."""
    release = Release()
    noticed: Counter[str] = Counter()
    missed: list[ox.Quad] = []
    for quad in quads()[::every]:
        by = release.noticed_by(quad)
        noticed[by] += 1
        if not by:
            missed.append(quad)
    return noticed, missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="look at every n-th quad only")
    noticed, missed = measure(parser.parse_args().every)
    total = sum(noticed.values())
    report = {
        "quads": total,
        "noticed by a question": noticed["question"],
        "noticed by a shape": noticed["shape"],
        "share": round((total - noticed[""]) / total, 4),
        "missed": [
            " ".join(shorten(getattr(term, "value", str(term))) for term in quad.triple)
            for quad in missed
        ],
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
