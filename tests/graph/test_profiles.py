"""Profiles: which severity a result ends up with, and what is wrong in a file of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import comity
from comity.errors import ComityError, InputError, ParameterError
from comity.gate.load import load
from comity.validation import Profile, Report, Result, Rule, Severity
from comity.validation.profiles.reading import profile_names, read_profile
from comity_ontology.terms import SHAPE_NS

Turtle = Callable[..., Path]
SH = "http://www.w3.org/ns/shacl#"
# Without evidence (missing), acronym with a language (wrong), kind not given (a warning).
FACTS = """
agency:one a comity:Agency ; skos:prefLabel "Agency One"@en ; comity:acronym "A1"@en .
agency:two a comity:Agency ; skos:prefLabel "Agency Two"@en ; dcterms:type code:other-agency ;
    comity:partOf agency:one ; prov:wasDerivedFrom p:2 .
"""


def found(shape: str, severity: Severity, constraint: str = "MinCount") -> Result:
    component = f"{SH}{constraint}ConstraintComponent" if constraint else ""
    return Result(severity, f"{SHAPE_NS}{shape}", "https://e.org/a", "", "", "m", component)


@pytest.fixture
def profile(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "mine.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def levels(report: Report) -> dict[str, str]:
    return {
        f"{one.shape.removeprefix(SHAPE_NS)} {one.focus.rpartition('/')[2]}": one.severity.word
        for one in report.results
    }


def test_profiles_that_ship_are_sound() -> None:
    assert profile_names() == ("default", "draft", "strict")
    for name in profile_names():
        one = read_profile(name)
        assert one.name == name
        assert one.description.endswith(".")


def test_the_default_changes_nothing() -> None:
    report = Report.of([found("Act-type", severity) for severity in Severity])
    assert read_profile("default").judged(report).results == report.results


def test_what_ships_judges_files(graph: comity.Graph, turtle: Turtle) -> None:
    file = turtle(FACTS)

    def judged(profile: str) -> dict[str, str]:
        report = graph.check_files(file, document="source:note", profile=profile)
        assert report.profile == profile
        return levels(report)

    assert judged("default")["evidence one"] == "violation"
    assert judged("default")["acronym one"] == "violation"
    # What leans on agency one would have to wait, and the reason is its absence.
    assert judged("strict")["evidence one"] == "violation"
    draft = judged("draft")
    assert draft["evidence one"] == "info"
    assert draft["acronym one"] == "violation"


def test_what_is_lenient_does_not_drag_others_along(graph: comity.Graph, turtle: Turtle) -> None:
    """By default the post waits with its agency; as a draft nothing has to wait."""
    facts = """
    agency:one a comity:Agency ; skos:prefLabel "Agency One"@en .
    post:head a org:Post ; skos:prefLabel "Head of One"@en ; org:postIn agency:one ;
        org:role code:president ; prov:wasDerivedFrom p:2 .
    """
    file = turtle(facts)
    assert "Post-in head" in levels(graph.check_files(file, document="source:note"))
    draft = graph.check_files(file, document="source:note", profile="draft")
    assert draft.conforms
    assert levels(draft)["evidence one"] == "info"


def test_the_strict_one_fails_on_warnings(graph: comity.Graph, turtle: Turtle) -> None:
    facts = FACTS.replace(' ; comity:acronym "A1"@en .', " ; prov:wasDerivedFrom p:2 .")
    graph.load(turtle(facts.replace("comity:partOf agency:one ; ", "")), document="source:note")
    usual, strict = graph.validate(), graph.validate(profile="strict")
    assert usual.conforms
    assert levels(usual)["Agency-type-stated one"] == "warning"
    assert levels(strict)["Agency-type-stated one"] == "violation"
    assert not strict.conforms
    assert strict.summary().endswith("(profile strict)")


def test_nearer_words_count_first() -> None:
    profile = Profile(
        "p",
        shapes=(
            Rule("shape:Act*", None),
            Rule(f"{SHAPE_NS}Act-type", Severity.WARNING),
            Rule("shape:Act-b*", Severity.INFO),
        ),
        constraints={f"{SH}MinCountConstraintComponent": Severity.INFO},
        severities={Severity.WARNING: Severity.VIOLATION},
    )
    violation, warning, note = Severity.VIOLATION, Severity.WARNING, Severity.INFO
    assert profile.severity(found("Act-type", violation)) == warning  # its own line
    assert profile.severity(found("Act-byParty", violation)) == note  # the later pattern
    assert profile.severity(found("Act-agreement", violation)) is None  # the pattern
    assert profile.severity(found("Post-role", violation)) == note  # the constraint
    assert profile.severity(found("Post-role", warning, "Node")) == violation  # the severity
    assert profile.severity(found("Post-role", note, "Node")) == note  # nothing


def test_a_result_is_judged_once(graph: comity.Graph, turtle: Turtle) -> None:
    down = Profile(
        "down",
        severities={Severity.VIOLATION: Severity.WARNING, Severity.WARNING: Severity.INFO},
    )
    report = graph.check_files(turtle(FACTS), document="source:note", profile=down)
    assert levels(report)["acronym one"] == "warning"
    assert levels(report)["Agency-type-stated one"] == "info"


def test_checks_that_are_no_shapes_never_become_less() -> None:
    off = Profile("off", severities=dict.fromkeys(Severity))
    assert off.severity(found("WellFormed", Severity.VIOLATION, "")) == Severity.VIOLATION
    assert off.severity(found("Typed", Severity.WARNING, "")) == Severity.WARNING
    strict = read_profile("strict")
    assert strict.severity(found("Typed", Severity.WARNING, "")) == Severity.VIOLATION


def test_a_profile_of_ones_own(
    graph: comity.Graph, turtle: Turtle, profile: Callable[[str], Path]
) -> None:
    path = profile(
        "name: our desk\n"
        "description: >\n  What we\n  agreed on.\n"
        "severities: {info: off}\n"
        "constraints:\n  sh:datatype: warning\n"
        "shapes:\n"
        "  shape:evid*: warning\n"
        f"  <{SHAPE_NS}acronym>: off\n"
        "  shape:Agency-type-stated: violation\n"
    )
    read = read_profile(path)
    assert (read.name, read.description) == ("our desk", "What we agreed on.")
    report = graph.check_files(turtle(FACTS), document="source:note", profile=path)
    found = levels(report)
    assert found["evidence one"] == "warning"
    assert found["Agency-type-stated one"] == "violation"
    assert "acronym one" not in found
    assert "info" not in found.values()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("shapes: {}", "line 1: the profile has no name"),
        ("name: x\nshapes:\n  shape:evidence: fatal", "line 3: 'fatal' is no severity: use"),
        ("name: x\nshapes:\n  shape:evidence: warnin", "line 3: .*did you mean warning"),
        ("name: x\nshapes:\n  shape:evidense: info", "line 3: .*did you mean shape:evidence"),
        ("name: x\nshapes:\n  nope:evidence: info", "line 3: Unknown prefix 'nope'"),
        ("name: x\nshapes:\n  shape:Nothing*: info", "line 3: no shape is called like shape:Noth"),
        ("name: x\nshapes:\n  shape:WellFormed: off", "line 3: .* is no shape but a check"),
        ("name: x\nshapes:\n  shape:HasName: off", "line 3: no shape that reports"),
        ("name: x\nshapes:\n  shape:evidence: off\n  shape:evidence: info", "line 4: .* line 3"),
        ("name: x\nconstraints:\n  sh:minCont: info", "line 3: .*did you mean sh:minCount"),
        ("name: x\nseverities:\n  off: info", "line 3: 'off' is no severity"),
        ("name: x\nseverity:\n  info: off", "line 2: .*did you mean severities"),
        ("name: x\nshapes: [a]", "line 2: .* lines of the form key: value"),
        ("- name: x", "line 1: .* lines of the form key: value"),
        ("name: [x]", "line 1: a word or text is expected"),
        ("name: x\nshapes:\n\tshape:evidence: off", "line 3, column 1 is not YAML"),
        ("name: x\nname: y", "line 2: name was given on line 1"),
        ("[" * 5_000, "is not YAML"),
        ("name: \x00", "is not YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_profile_is_said_with_its_line(
    profile: Callable[[str], Path], text: str, said: str
) -> None:
    with pytest.raises(InputError, match=rf"(?s)mine\.yaml.*{said}"):
        read_profile(profile(text))


def test_a_profile_that_cannot_be_read(tmp_path: Path, profile: Callable[[str], Path]) -> None:
    with pytest.raises(ParameterError, match=r"'strct' ships .*did you mean strict"):
        read_profile("strct")
    with pytest.raises(InputError, match="cannot be read"):
        read_profile(tmp_path)
    file = profile("")
    file.write_bytes(b"name: \xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        read_profile(file)
    with pytest.raises(ComityError):
        read_profile("a\0b")


def test_a_profile_lets_nothing_in(graph: comity.Graph, turtle: Turtle) -> None:
    with pytest.raises(ParameterError, match="dry_run"):
        load(graph.store, [], lambda _: None, profile=read_profile("draft"))  # type: ignore[arg-type,return-value]
