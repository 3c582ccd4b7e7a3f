"""A report as one HTML page: nothing is fetched, nothing runs, everything is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from comity.results.safe import safe_text
from comity.validation.paths import short_path
from comity.validation.reports.wording import (
    SEVERITIES,
    detail_text,
    place,
    shared,
    shared_details,
    told,
    value_text,
)
from comity_ontology.prefixes import shorten

if TYPE_CHECKING:
    from comity.validation.background import Background, Cited
    from comity.validation.report import Report
    from comity.validation.reports.shown import Shown
    from comity.validation.results import Result, Severity

__all__ = ["html_page"]

SENTENCES = 2
DETAILS = 3
PART = 1_000
"""How many results are folded away together: browsers lay out only what is open."""


def html_page(shown: Shown) -> Iterator[str]:
    """Iterate over the parts of the page.

    The first results of each shape are open, more of them folded away in parts,
    and the others counted: a page of 100 MB would open nowhere.
    """
    report = shown.report
    style = files("comity.validation.reports").joinpath("report.css").read_text("utf-8")
    state = "Conforms" if report.conforms else "Does not conform"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Whatever a text smuggled in, a browser would neither run nor fetch it.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>Validation report: {state.lower()}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body>\n<header>\n<h1>Validation report</h1>\n<p class="state {_state(report)}">'
        f"{state}</p>\n{_counts(report)}{_circumstances(report)}</header>\n<main>\n"
    )
    groups = [
        _Group(number, severity, shape, members, report.background.shapes.get(shape, ""))
        for number, ((severity, shape), members) in enumerate(report.groups().items(), 1)
    ]
    if not groups:
        yield "<p>Nothing was found.</p>\n"
    else:
        yield from _contents(groups)
    before = None
    for group in groups:
        if group.severity != before:
            yield f"<h2>{SEVERITIES[group.severity]}s</h2>\n"
            before = group.severity
        yield from _section(group, shown)
    yield "</main>\n</body>\n</html>\n"


class _Group(NamedTuple):
    number: int
    severity: Severity
    shape: str
    members: tuple[Result, ...]
    given: str

    @property
    def name(self) -> str:
        return self.given or shorten(self.shape)


def _state(report: Report) -> str:
    return "sound" if report.conforms else "unsound"


def _counts(report: Report) -> str:
    cells = "".join(
        f'<li class="{severity.word}"><b>{number:,}</b> '
        f"{SEVERITIES[severity].lower()}{'' if number == 1 else 's'}</li>"
        for severity, number in report.counts.items()
    )
    return f'<ul class="counts">{cells}</ul>\n'


def _circumstances(report: Report) -> str:
    checked = "" if report.checked is None else f"{report.checked:,} nodes were checked. "
    profile = f"Judged by the profile {_shown(report.profile)}. " if report.profile else ""
    notes = "".join(f"<li dir=auto>{_shown(note)}</li>" for note in report.notes)
    about = f"<p>About this check:</p>\n<ul>{notes}</ul>\n" if notes else ""
    return (f"<p>{checked}{profile}</p>\n" if checked or profile else "") + about


def _contents(groups: Sequence[_Group]) -> Iterator[str]:
    yield (
        "<nav aria-labelledby=contents>\n<h2 id=contents>What was found</h2>\n<table>\n<thead><tr>"
        "<th scope=col>Severity</th><th scope=col>Rule</th><th scope=col>Code</th>"
        "<th scope=col class=number>Results</th></tr></thead>\n<tbody>\n"
    )
    for group in groups:
        yield (
            f"<tr><td><span class={group.severity.word}>{SEVERITIES[group.severity]}</span></td>"
            f'<td><a href="#rule{group.number}">{_shown(group.name)}</a></td>'
            f"<td>{_code(group.shape)}</td><td class=number>{len(group.members):,}</td></tr>\n"
        )
    yield "</tbody>\n</table>\n</nav>\n"


def _section(group: _Group, shown: Shown) -> Iterator[str]:
    members = group.members
    yield (
        f'<section id="rule{group.number}" class={group.severity.word}>\n'
        f"<h3>{_shown(group.name)}</h3>\n"
        f"<p class=about>{_code(group.shape)} · {len(members):,} "
        f"result{'' if len(members) == 1 else 's'}</p>\n"
    )
    wrong = shared(members, lambda one: one.wrong)
    advice = shared(members, lambda one: one.advice)
    if wrong:
        yield f"<p dir=auto>{_shown(wrong)}</p>\n"
    if advice:
        yield f"<p dir=auto><b>What to do:</b> {_shown(advice)}</p>\n"
    alike = shared_details(members)
    for detail in alike:
        text = detail_text(detail, members[0], shown.report.background)
        yield f"<p dir=auto><b>In detail:</b> {_shown(text)}</p>\n"
    columns = _columns(group, wrong, advice, bool(alike))
    first = shown.first(members)
    yield from _table(first, columns, shown)
    end = len(first) + shown.fold if shown.fold else len(members)
    for at in range(len(first), min(end, len(members)), PART):
        part = members[at : min(at + PART, end)]
        yield f"<details>\n<summary>{_span(at + 1, at + len(part), len(members))}</summary>\n"
        yield from _table(part, columns, shown)
        yield "</details>\n"
    if (more := len(members) - end) > 0:
        yield (
            f"<p class=about>{more:,} more {'is' if more == 1 else 'are'} not on this page; "
            "a report in CSV has them all.</p>\n"
        )
    yield "</section>\n"


def _span(first: int, last: int, total: int) -> str:
    if first == last:
        return f"Result {first:,} of {total:,}"
    return f"Results {first:,} to {last:,} of {total:,}"


_Column = tuple[str, Callable[["Result", "Background"], str]]


def _columns(group: _Group, wrong: str, advice: str, alike: bool) -> list[_Column]:
    """Choose the columns: none that would be empty or say the same in each row."""
    columns: list[_Column] = [("Node", _node)]
    if any(result.path for result in group.members):
        columns.append(("Property", lambda one, _: _breakable(short_path(one.path))))
    if any(one.value_kind and not _is_itself(one) for one in group.members):
        columns.append(("Value", _value))
    if not wrong:
        columns.append(("What is wrong", lambda one, _: _shown(one.wrong)))
    if not advice and any(result.advice for result in group.members):
        columns.append(("What to do", lambda one, _: _shown(one.advice)))
    if not alike and any(result.details for result in group.members):
        columns.append(("In detail", _details))
    return [*columns, ("Evidence", _evidence)]


def _is_itself(result: Result) -> bool:
    return result.value_is_iri and result.value == result.focus


def _table(results: Sequence[Result], columns: Sequence[_Column], shown: Shown) -> Iterator[str]:
    heads = "".join(f"<th scope=col>{head}</th>" for head, _ in columns)
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for result, background in shown.furnished(results):
        cells = "".join(f"<td dir=auto>{cell(result, background)}</td>" for _, cell in columns)
        yield f"<tr>{cells}</tr>\n"
    yield "</tbody>\n</table>\n"


def _node(result: Result, background: Background) -> str:
    label = background.labels.get(result.focus)
    named = f"<bdi>{_shown(label)}</bdi><br>" if label else ""
    return f"{named}{_code(result.focus)}"


def _value(result: Result, background: Background) -> str:
    text = _shown(value_text(result, background))
    return f'<bdi lang="{_shown(result.language)}">{text}</bdi>' if result.language else text


def _details(result: Result, background: Background) -> str:
    said = [f"<p>{_shown(detail_text(one, result, background))}</p>" for one in result.details]
    return _folded(said, DETAILS)


def _evidence(result: Result, background: Background) -> str:
    places = background.files.get(result.focus, ())
    shown = f"<p>in {_shown(', '.join(map(str, places)))}</p>" if places else ""
    own = [_quote(*found) for found in told(result.passages, background)]
    shown += _folded(own, SENTENCES) if own or places else "none given"
    if not result.value_passages:
        return shown
    if result.value_passages == result.passages:
        return f"{shown}<p class=about>Said of the value: the same.</p>"
    other = [_quote(*found) for found in told(result.value_passages, background)]
    return f"{shown}<p class=about>Said of the value:</p>{_folded(other, SENTENCES)}"


def _folded(parts: Sequence[str], first: int) -> str:
    more = parts[first:]
    rest = f"<details><summary>{len(more):,} more</summary>{''.join(more)}</details>"
    return "".join(parts[:first]) + (rest if more else "")


def _quote(passage: str, found: Cited | None) -> str:
    where = f'<cite dir=auto title="{_shown(passage)}">{_shown(place(passage, found))}'
    if found is None:
        return f"<p>{where}</cite></p>"
    language = f' lang="{_shown(found.language)}"'
    return f"<blockquote><p dir=auto{language}>{_shown(found.text)}</p>{where}</cite></blockquote>"


def _code(iri: str) -> str:
    return f'<code title="{_shown(iri)}">{_breakable(shorten(iri))}</code>'


def _breakable(text: str) -> str:
    """Show names that may be long: lines may break after the signs that join them."""
    shown = _shown(text)
    for sign in "/:|-":
        shown = shown.replace(sign, f"{sign}<wbr>")
    return shown


def _shown(text: str) -> str:
    """Escape a text; controls, and marks that reorder what follows, are shown as escapes."""
    return escape(safe_text(text, lines=True))
