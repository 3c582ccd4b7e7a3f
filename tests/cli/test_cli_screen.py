"""What comes from the data cannot act on the terminal that shows it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import comity
from comity.results.safe import one_line, safe_text
from comity_cli.main import _warn
from comity_cli.sentences import marked
from comity_ontology.prefixes import GRAPHS, expand

Run = Callable[..., Any]

ACTING = "\x1b[2J\a\u202e\x9b\u2066"
SHOWN = r"\u001b[2J\u0007\u202e\u009b\u2066"
FACTS: list[tuple[str, str, ox.NamedNode | ox.Literal]] = [
    ("agency:one", "rdf:type", ox.NamedNode(expand("comity:Agency"))),
    ("agency:one", "skos:prefLabel", ox.Literal(f"One{ACTING}", language="en")),
    ("agency:one", "skos:altLabel", ox.Literal(f"Uno{ACTING}", language="es")),
    ("agency:one", "prov:wasDerivedFrom", ox.NamedNode(f"{expand('passage:note')}/9")),
    ("passage:note/9", "rdf:type", ox.NamedNode(expand("comity:Passage"))),
    ("passage:note/9", "oa:hasSource", ox.NamedNode(expand("source:bad"))),
    ("passage:note/9", "comity:ordinal", ox.Literal(9)),
    ("passage:note/9", "comity:text", ox.Literal(f"Seen{ACTING}: One{ACTING} met.")),
    ("source:bad", "rdf:type", ox.NamedNode(expand("comity:SourceDocument"))),
    ("source:bad", "comity:factGraph", ox.NamedNode(f"{GRAPHS.SOURCE}bad")),
    ("source:bad", "dcterms:title", ox.Literal(f"Title{ACTING}", language="en")),
]


@pytest.fixture
def acting(tmp_path: Path) -> Path:
    """A store whose texts hold what the gate may or may not let in today."""
    with comity.open(tmp_path / "acting") as graph:
        assert isinstance(graph.store, comity.store.EmbeddedStore)
        for subject, predicate, value in FACTS:
            prefix, _, name = subject.partition(":")
            node = ox.NamedNode(f"{expand(f'{prefix}:x')[:-1]}{name}")
            for place in (ox.DefaultGraph(), ox.NamedNode(GRAPHS.META)):
                graph.store.add([ox.Quad(node, ox.NamedNode(expand(predicate)), value, place)])
    return tmp_path / "acting"


def harmless(text: str) -> bool:
    return text == safe_text(text, lines=True)


@pytest.mark.parametrize("verb", [("why", "agency:one"), ("describe", "agency:one"), ("info",)])
def test_texts_of_the_store(comity_command: Run, acting: Path, verb: tuple[str, ...]) -> None:
    done = comity_command(*verb, "--store", acting)
    assert done.code == 0, done.err
    assert SHOWN in done.out
    assert harmless(done.out)


def test_messages_and_errors(comity_command: Run, acting: Path, tmp_path: Path) -> None:
    file = tmp_path / "facts\x1b]0;x\a.ttl"
    for content in ("<https://example.org/a> a .", "agency:one"):
        file.write_text(content)
        done = comity_command("load", file, "--store", acting)
        assert done.code == 3
        assert r"facts\u001b]0;x\u0007.ttl" in done.err
        assert harmless(done.out + done.err)


def test_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    _warn(UserWarning(f"odd{ACTING}\nnext"))
    assert capsys.readouterr().err == f"Warning: odd{SHOWN}\nnext\n"
    assert warnings.showwarning is not None


def test_marks_stay_at_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    text = "\x1b\x1bOne\a met\r\n Two\u202e."
    marks = ((2, 6), (13, 16))
    assert marked(text, marks, bold=False) == r"\u001b\u001b⟦One\u0007⟧ met ⟦Two⟧\u202e."
    bold = "\x1b[1mOne\\u0007\x1b[0m met \x1b[1mTwo\x1b[0m"
    assert marked(text, marks, bold=True) == rf"\u001b\u001b{bold}\u202e."


def test_what_is_shown_and_what_stays() -> None:
    text = "Kərim\tŞahin\r\nعربي \x00\x7f\x85\u2069"
    assert safe_text(text) == "Kərim\\u0009Şahin\\u000d\\u000aعربي \\u0000\\u007f\\u0085\\u2069"
    assert safe_text(text, lines=True) == "Kərim\tŞahin\\u000d\nعربي \\u0000\\u007f\\u0085\\u2069"
    assert one_line(text) == "Kərim Şahin عربي \\u0000\\u007f\\u0085\\u2069"
    assert safe_text(safe_text(text)) == safe_text(text)
