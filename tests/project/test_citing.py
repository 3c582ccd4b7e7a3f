"""How to cite names this version, and the glossary knows the classes of the model."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from comity import __version__
from comity_ontology.terms import COMITY
from markup import anchors


def test_citation_file_names_this_version(root: Path) -> None:
    record = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert record["cff-version"] == "1.2.0"
    assert record["version"] == __version__
    assert record["authors"] == [{"name": "The Comity authors"}]
    assert record["license"] == "Apache-2.0"
    assert {"message", "title", "type"} <= record.keys()


def test_page_on_citing_names_these_versions(root: Path) -> None:
    page = (root / "docs/citing.md").read_text(encoding="utf-8")
    core = (root / "ontology/comity_ontology/core.ttl").read_text(encoding="utf-8")
    (ontology,) = re.findall(r'owl:versionInfo "([^"]+)"', core)
    assert f"Version\n> {__version__}." in page
    assert f"*The Comity ontology.* Version {ontology}." in page
    assert f"built with Comity {__version__}." in page


def entries(root: Path) -> dict[str, str]:
    page = (root / "docs/glossary.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\*\*([^*]+)\*\*: (.+?)(?=\n\n|\Z)", page, re.MULTILINE | re.DOTALL))


def test_glossary_has_the_words_of_the_field(root: Path) -> None:
    words = {word.strip().lower() for entry in entries(root) for word in entry.split(",")}
    assert words >= {
        *("agency", "post", "tenure", "signatory", "party", "act", "focus node", "projection"),
        *("passage", "gate", "quarantine", "certain", "possible", "code", "claim", "inference"),
    }


def test_entries_are_short_and_in_order(root: Path) -> None:
    page = (root / "docs/glossary.md").read_text(encoding="utf-8")
    for section in page.split("\n## ")[1:]:
        words = re.findall(r"^\*\*([^*]+)\*\*:", section, re.MULTILINE)
        assert words == sorted(words, key=str.lower)
    long = [name for name, text in entries(root).items() if len(text.split()) > 60]
    assert long == []


def test_glossary_links_lead_to_classes_that_are(root: Path) -> None:
    linked = re.findall(
        r"\[`comity:(\w+)`\]\(model\.md#(class-\w+)\)",
        (root / "docs/glossary.md").read_text(encoding="utf-8"),
    )
    assert len(linked) > 15
    assert [name for name, _ in linked if not hasattr(COMITY, name)] == []
    assert {f"class-{name.lower()}" for name, _ in linked} == {place for _, place in linked}
    page = (root / "docs/model.md").read_text(encoding="utf-8")
    assert {place for _, place in linked} <= anchors(page)
