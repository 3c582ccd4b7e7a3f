"""``comity document`` as its user runs it."""

from __future__ import annotations

import csv
import io
import json
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import comity

Run = Callable[..., Any]
Turtle = Callable[..., Path]

FACTS = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; prov:wasDerivedFrom p:2 .
"""
COUNTS = "passages,facts,nodes"


@pytest.fixture
def stocked(noted: Path, turtle: Turtle) -> Path:
    """A store that has the note and one fact about an agency."""
    with comity.open(noted) as graph:
        assert not graph.load(turtle(FACTS), document="source:note").refused
    return noted


def test_list(comity_command: Run, stocked: Path) -> None:
    done = comity_command("document", "list", "--format", "csv", "--store", stocked)
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert row == {
        "document": "https://w3id.org/comity/id/source/note",
        "title": "Agencies meet",
        "issued": "",
        "publisher": "",
        "language": "en",
        "passages": "3",
        "facts": "3",
        "nodes": "1",
    }
    table = comity_command("document", "list", "--format", "table", "--store", stocked)
    assert "source:note   Agencies meet" in table.out
    as_json = comity_command("document", "list", "--format", "json", "--store", stocked)
    assert json.loads(as_json.out)["results"]["bindings"][0]["facts"]["value"] == "3"


def test_show(comity_command: Run, stocked: Path) -> None:
    done = comity_command("document", "show", "note", "--store", stocked)
    assert done.code == 0
    assert done.out.splitlines()[-3:] == [
        "    1  Agencies meet  (headline)",
        "    2  Agency One met Agency Two in Paris on 3 May 2020.",
        "    3  They signed nothing.",
    ]
    nodes = comity_command("document", "show", "agencies meet", "--nodes", "--store", stocked)
    assert "         agency:one  Agency One" in nodes.out.splitlines()
    as_json = comity_command("document", "show", "note", "--format", "json", "--store", stocked)
    found = json.loads(as_json.out)
    assert found["record"]["title"] == "Agencies meet"
    assert found["passages"][1]["nodes"] == [
        ["https://w3id.org/comity/id/agency/one", "Agency One"]
    ]


def test_remove(comity_command: Run, stocked: Path) -> None:
    dry = comity_command("document", "remove", "note", "--dry-run", "--store", stocked)
    assert (dry.code, dry.err) == (0, "nothing was removed: --dry-run\n")
    done = comity_command("document", "remove", "note", "--store", stocked)
    assert (done.code, done.out) == (0, dry.out)
    # Class, name, link and key; the record of 6, 3 passages of 12 and the title's key.
    assert done.out.splitlines() == [
        "source:note  Agencies meet: 43 retracted",
        "agency:one  Agency One: 4 retracted",
        "removed 47 = retracted 47 + still stated elsewhere 0",
    ]
    file = done.err.removeprefix("what went can be loaded back from ").strip()
    assert Path(file).parent == stocked / "removed"
    again = comity_command("document", "remove", "note", "--store", stocked)
    assert again.code == 2
    assert "there is no document 'note': the store has none" in again.err
    back = comity_command("load", file, "--store", stocked)
    assert back.out.startswith("read 47 = accepted 47 + ")


def test_remove_tells_what_lacks_something(
    comity_command: Run, stocked: Path, tmp_path: Path, turtle: Turtle
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Other\n\nA head was named.\n")
    head = """
    post:head a org:Post ; skos:prefLabel "Head"@en ; org:role code:president ;
        org:postIn agency:one ; prov:wasDerivedFrom <https://w3id.org/comity/id/passage/other/2> .
    """
    comity_command("document", "add", other, "--store", stocked)
    loaded = comity_command(
        "load", turtle(head, "head.ttl"), "--document", "source:other", "--store", stocked
    )
    assert loaded.code == 0
    done = comity_command("document", "remove", "note", "--store", stocked)
    assert done.code == 1
    assert "post:head  Head points at agency:one, which nobody describes any more" in done.out
    assert "what stays does not conform any more:" in done.err


def test_replace(comity_command: Run, stocked: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text("Agencies meet\n\nAgency One met Agency Two in Rome on 3 May 2020.\n")
    arguments = ("document", "replace", "note", new, "--issued", "2020-05-04", "--store", stocked)
    dry = comity_command(*arguments, "--dry-run")
    done = comity_command(*arguments)
    assert (dry.code, done.code, dry.out) == (0, 0, done.out)
    lines = done.out.splitlines()
    assert lines[0] == "source:note  Agencies meet"
    assert lines[1] == "issued: nothing → 2020-05-04"
    assert lines[3:10] == [
        "passages: 1 the same (0 of them renumbered), 1 changed, 0 added, 1 removed",
        "changed, to be reviewed",
        "  2 → 2  “Agency One met Agency Two in Paris on 3 May 2020.”",
        "    now “Agency One met Agency Two in Rome on 3 May 2020.”",
        "    rests on it: agency:one  Agency One",
        "removed",
        "  3  “They signed nothing.”",
    ]
    assert Path(done.err.removeprefix("what went is in ").strip()).is_file()
    same = comity_command("document", "replace", "note", new, "--store", stocked)
    assert (same.code, same.out.splitlines()[1]) == (
        0, "nothing changed: the store has this version already",
    )  # fmt: skip


def test_replace_with_facts_that_do_not_conform(
    comity_command: Run, stocked: Path, turtle: Turtle
) -> None:
    facts = turtle("agency:two a comity:Agency .", "wrong.ttl")
    done = comity_command("document", "replace", "note", "--facts", facts, "--store", stocked)
    assert done.code == 1
    assert "Nothing shows where this comes from" in done.err
    assert "shape:Strict" not in done.err
    assert "nothing was replaced: the gate refuses what is new" in done.err
    less = turtle("agency:one a comity:Agency .", "less.ttl")
    done = comity_command("document", "replace", "note", "--facts", less, "--store", stocked)
    assert done.code == 1
    assert "what stays would not conform without what goes; give the facts" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("show", "nte"), 2, "there is no document 'nte'; did you mean note?"),
        (("remove", "graph:ontology"), 2, "graph:ontology is no document"),
        (("replace", "note"), 2, "nothing new is given for source:note"),
        (("replace", "note", "absent.txt"), 3, "absent.txt cannot be read: No such file"),
        (("replace", "note", "--issued", "soon"), 2, "'soon' is not a day of the calendar"),
        (("replace", "note", "-"), 3, "standard input is empty"),
    ],
)
def test_bad_input(
    comity_command: Run, stocked: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    done = comity_command("document", *arguments, "--store", stocked)
    assert (done.code, done.out) == (code, "")
    assert message in done.err


def test_standard_input_replaces(comity_command: Run, stocked: Path) -> None:
    text = b"Agencies meet\n\nAgency One met Agency Two in Paris on 3 May 2020.\n"
    done = comity_command("document", "replace", "note", "-", "--store", stocked, stdin=text)
    assert done.code == 0
    assert "1 removed" in done.out


def test_titles_cannot_act_on_a_screen(comity_command: Run, stocked: Path) -> None:
    title = "\x1b[2Jred\u202e\nnext"
    comity_command("document", "replace", "note", "--title", title, "--store", stocked)
    for verb in (("show", "note"), ("remove", "note", "--dry-run")):
        done = comity_command("document", *verb, "--store", stocked)
        assert "\x1b" not in done.out
        assert "\u202e" not in done.out
        assert "\\u001b[2Jred\\u202e next" in done.out


def test_killed_while_removing(
    comity_process: Callable[..., Any], comity_command: Run, seeded: Path, tmp_path: Path
) -> None:
    """The whole old state or the whole new one, and no half of a file."""
    import shutil

    seen = set()
    for delay in (0.3, 0.45, 0.6, 0.75, 0.9, 1.2):
        store = Path(
            shutil.copytree(
                seeded, tmp_path / f"store-{delay}", ignore=shutil.ignore_patterns("reader-*")
            )
        )
        process = comity_process("document", "remove", "kosgeb-kobia-2021-02-25", "--store", store)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with comity.open(store) as graph:
            documents = len(graph.documents())
            facts = len(graph.sparql("SELECT ?a { ?a a comity:Agency }"))  # type: ignore[arg-type]
            assert (documents, facts) in {(0, 0), (1, 2)}
            seen.add(documents)
            assert not any("staging" in name for name in graph.store.graphs())
        removed = store / "removed"
        assert not removed.exists() or not list(removed.glob(".*"))
        if not documents:
            assert len(list(removed.iterdir())) == 1
    assert seen <= {0, 1}
