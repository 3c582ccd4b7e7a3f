"""Answers about a day against a reference that tries every possible day.

The calendar has nine days, of which the inner seven are asked about: a time point is any
one day within its bounds, and a missing bound reaches the edge. The reference knows the
model's words and not the queries: it puts each beginning, end, attestation and act on each
of its possible days in turn, and looks at the worlds that this makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import TypeVar

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from comity_ontology import modules
from comity_ontology.prefixes import expand, prefixes
from comity_queries import bind, catalog

QUERIES = catalog()
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
BEFORE, AFTER = 0, 8  # any day before those that are asked about, and any day after
ASKED = range(1, 8)
CERTAIN, POSSIBLE, NO = "certain", "possible", "no"
# Several cases in one store, since a query costs about as much for ten as for one.
MANY = settings(deadline=None, max_examples=20)

# What the types of acts do, written from the model: the result, and the order within one day.
RESULTS = {
    "negotiation-opened": "negotiated",
    "initialled": "negotiated",
    "signing": "signed",
    "entry-into-force": "in-force",
    "suspension": "suspended",
    "resumption": "in-force",
    "termination": "terminated",
    "supersession": "superseded",
    "expiry": "expired",
}
WITHOUT_RESULT = ("ratification", "amendment", "denunciation")
RUNNING = {"signed", "in-force", "suspended"}

Case = TypeVar("Case")


@dataclass(frozen=True)
class Point:
    """One day within inclusive bounds, either of which may be missing."""

    earliest: int | None = None
    latest: int | None = None

    @property
    def days(self) -> range:
        """The days that it may be."""
        first = BEFORE if self.earliest is None else self.earliest
        return range(first, (AFTER if self.latest is None else self.latest) + 1)

    @property
    def node(self) -> str:
        """The node that equal bounds share."""
        return f"timepoint:{self.earliest}-{self.latest}"

    @property
    def turtle(self) -> str:
        """The node with its bounds."""
        bounds = {"earliest": self.earliest, "latest": self.latest}
        return f'{self.node} a comity:TimePoint ; comity:edtf "{self.node}"^^edtf:EDTF' + "".join(
            f' ; comity:{name} "{_day(bound)}"^^xsd:date'
            for name, bound in bounds.items()
            if bound is not None
        )


@st.composite
def points(draw: st.DrawFn) -> Point:
    """Draw a time point: an exact day, two bounds, or one."""
    first = draw(st.sampled_from(ASKED))
    last = draw(st.just(first) | st.integers(first, ASKED[-1]))
    bounds = draw(st.sampled_from(["both", "both", "both", "earliest", "latest"]))
    return Point(None if bounds == "latest" else first, None if bounds == "earliest" else last)


def _several(cases: st.SearchStrategy[Case]) -> st.SearchStrategy[list[Case]]:
    return st.lists(cases, min_size=1, max_size=12)


@dataclass(frozen=True)
class Tenure:
    """Dates that agree; ``issued`` is the day of the source that calls the tenure open."""

    begin: Point | None
    end: Point | None
    seen: tuple[Point, ...]
    issued: int | None

    def turtle(self, number: int) -> list[str]:
        """It, its time points and its source."""
        source = f"source:{number}"
        dates = [("begin", self.begin), ("end", self.end), *(("attestedOn", p) for p in self.seen)]
        stated = [(name, point) for name, point in dates if point is not None]
        links = "".join(f" ; comity:{name} {point.node}" for name, point in stated)
        if self.issued is not None:
            links += f" ; comity:endStatus code:open-end ; prov:wasDerivedFrom passage:{number}"
        return [
            f"tenure:{number} a comity:Tenure ; org:member person:x ; comity:post post:x ;"
            f" org:organization agency:x{links}",
            f"passage:{number} oa:hasSource {source}",
            f'{source} dcterms:issued "{_day(self.issued or 0)}"^^xsd:date',
            *(point.turtle for _, point in stated),
        ]

    def worlds(self) -> Iterator[tuple[int, int]]:
        """Each first and last day that the dates leave possible."""
        dates = (self.begin or Point(), self.end or Point(), *self.seen)
        for begin, end, *seen in product(*(point.days for point in dates)):
            held = seen if self.issued is None else [*seen, self.issued]
            if begin <= end and all(begin <= on <= end for on in held):
                yield begin, end

    def answer(self, on: int) -> str:
        """Certain after a day by which it surely ran, up to one until which it surely did."""
        begun = [p for p in (self.begin, *self.seen) if p and all(d <= on for d in p.days)]
        lasts = [p for p in (self.end, *self.seen) if p and all(d >= on for d in p.days)]
        said_open = self.issued is not None and on <= self.issued
        if begun and (lasts or said_open):
            return CERTAIN
        begins_later = all(d > on for d in (self.begin or Point()).days)
        ends_sooner = all(d < on for d in (self.end or Point()).days)
        return NO if begins_later or ends_sooner else POSSIBLE


@st.composite
def tenures(draw: st.DrawFn) -> Tenure:
    """Draw a tenure."""
    end = draw(st.none() | points())
    issued = draw(st.none() | st.sampled_from(ASKED)) if end is None else None
    seen = draw(st.lists(points(), max_size=2))
    return Tenure(draw(st.none() | points()), end, tuple(seen), issued)


@MANY
@given(_several(tenures().filter(lambda tenure: any(True for _ in tenure.worlds()))))
def test_who_held_a_post(cases: list[Tenure]) -> None:
    store = _store(tenure.turtle(number) for number, tenure in enumerate(cases))
    for on in ASKED:
        answers = _rows(store, "post-holders", "tenure", "answer", on=_day(on))
        assert answers == _rows(store, "person-agency", "via", "answer", on=_day(on))
        for number, tenure in enumerate(cases):
            answer = _single(answers, f"tenure:{number}")
            assert answer == tenure.answer(on)
            covered = {begin <= on <= end for begin, end in tenure.worlds()}
            # Certain never says too much, and "no" is what no world has.
            assert answer != CERTAIN or covered == {True}
            assert (answer == NO) == (covered == {False})


@dataclass(frozen=True)
class Act:
    """An act of some kind, on a day that may be unknown."""

    kind: str
    on: Point | None
    envisaged: bool


@dataclass(frozen=True)
class Agreement:
    """An agreement with its acts and the last day of its term."""

    acts: tuple[Act, ...]
    term: Point | None
    envisaged: bool

    def turtle(self, number: int) -> list[str]:
        """It, its acts and their time points."""
        node = f"agreement:{number}"
        statements = [f"{node} a comity:Agreement"]
        if self.term:
            statements[0] += f" ; comity:validUntil {self.term.node}"
            statements.append(self.term.turtle)
        if self.envisaged:
            statements[0] += " ; comity:envisaged true"
        for place, act in enumerate(self.acts):
            statement = (
                f"act:{number}-{place} comity:agreement {node} ; dcterms:type code:{act.kind}"
            )
            if act.on:
                statement += f" ; comity:time {act.on.node}"
                statements.append(act.on.turtle)
            statements.append(statement + (" ; comity:envisaged true" if act.envisaged else ""))
        return statements

    def statuses(self, on: int) -> set[str]:
        """The status in each world: the result of the last act by the day, or expired."""
        done = [act for act in self.acts if act.kind in RESULTS and not act.envisaged]
        order = list(RESULTS)
        dates = [act.on or Point() for act in done] + ([self.term] if self.term else [])
        found = set()
        for days in product(*(point.days for point in dates)):
            happened = [
                (at, order.index(act.kind))
                for act, at in zip(done, days[: len(done)], strict=True)
                if at <= on
            ]
            if happened:
                status = RESULTS[order[max(happened)[1]]]
            else:
                status = "envisaged" if self.envisaged else "unknown-status"
            over = self.term is not None and days[-1] < on
            found.add("expired" if over and status in RUNNING else status)
        return found


ACTS = st.builds(
    Act,
    st.sampled_from([*RESULTS, *WITHOUT_RESULT]),
    st.none() | points() | points(),
    st.sampled_from([False, False, False, True]),
)
AGREEMENTS = st.builds(
    Agreement,
    st.lists(ACTS, max_size=3).map(tuple),
    st.none() | points(),
    st.booleans(),
)


@MANY
@given(_several(AGREEMENTS))
def test_status_of_an_agreement(cases: list[Agreement]) -> None:
    store = _store(agreement.turtle(number) for number, agreement in enumerate(cases))
    for on in ASKED:
        found = _rows(store, "agreement-status", "agreement", "status", "answer", on=_day(on))
        for number, agreement in enumerate(cases):
            statuses = agreement.statuses(on)
            answer = CERTAIN if len(statuses) == 1 else POSSIBLE
            node = expand(f"agreement:{number}")
            assert {row[1:] for row in found if row[0] == node} == {
                (expand(f"code:{status}"), answer) for status in statuses
            }


@dataclass(frozen=True)
class Event:
    """Something on one day, or from a beginning to an end of which either may be unknown."""

    time: Point | None
    begin: Point | None
    end: Point | None

    def turtle(self, number: int) -> list[str]:
        """It, its time points, two people who met there for two countries, and what one said."""
        node = f"event:{number}"
        dates = {"time": self.time, "begin": self.begin, "end": self.end}
        stated = {name: point for name, point in dates.items() if point}
        return [
            f"{node} a comity:Event, org:ChangeEvent ; dcterms:type code:visit"
            f" ; org:resultingOrganization agency:{number}"
            + "".join(f" ; comity:{name} {point.node}" for name, point in stated.items()),
            *(point.turtle for point in stated.values()),
            *(
                f"country:{who} a comity:Country . person:{who} a foaf:Person ."
                f" participation:{number}-{who} comity:event {node} ;"
                f" comity:participant person:{who} ; comity:role code:{role} ;"
                f" comity:onBehalfOf country:{who}"
                for who, role in (("a", "host"), ("b", "guest"))
            ),
            f"utterance:{number} a comity:Utterance ; dcterms:type code:statement ;"
            f" comity:atEvent {node}",
        ]

    def worlds(self) -> set[tuple[int, int]]:
        """Each first and last day that the dates leave possible."""
        if self.time:
            return {(on, on) for on in self.time.days}
        both = product((self.begin or Point()).days, (self.end or Point()).days)
        return {(begin, end) for begin, end in both if begin <= end}


EVENTS = st.one_of(
    st.builds(Event, points(), st.none(), st.none()),
    st.builds(Event, st.none(), st.none() | points(), st.none() | points()),
)


@MANY
@given(_several(EVENTS.filter(Event.worlds)), st.none() | st.sampled_from(ASKED), st.data())
def test_what_touched_a_window(cases: list[Event], first: int | None, data: st.DataObject) -> None:
    last = data.draw(st.none() | st.integers(first or ASKED[0], ASKED[-1]))
    initial, final = BEFORE if first is None else first, AFTER if last is None else last
    window = {"from": first and _day(first), "until": last and _day(last)}
    countries = {"first": expand("country:a"), "second": expand("country:b")}
    store = _store(event.turtle(number) for number, event in enumerate(cases))
    met = _rows(store, "who-met-whom", "event", "answer", **window)
    timeline = _rows(store, "country-timeline", "node", "answer", **countries, **window)
    network = _rows(store, "person-person", "via", "answer", on=_day(final))
    visits = _rows(store, "visits", "visit", "answer", **window)
    said = _rows(store, "statements", "utterance", "answer", **window)
    changed = _rows(store, "agency-successions", "change", "answer", **window)
    for number, event in enumerate(cases):
        touched = _verdict(begin <= final and end >= initial for begin, end in event.worlds())
        assert _single(met, f"event:{number}") == touched
        assert _single(timeline, f"event:{number}") == touched
        assert _single(visits, f"event:{number}") == touched
        # Words are said, and a change takes effect, on some day of what lasts.
        within = _verdict(
            initial <= on <= final for begin, end in event.worlds() for on in range(begin, end + 1)
        )
        assert _single(said, f"utterance:{number}") == within
        assert _single(changed, f"event:{number}") == within
        begun = _verdict(begin <= final for begin, _ in event.worlds())
        assert last is None or _single(network, f"event:{number}") == begun


@MANY
@given(st.lists(EVENTS.filter(Event.worlds), min_size=1, max_size=3))
def test_first_and_last(cases: list[Event]) -> None:
    store = _store(event.turtle(number) for number, event in enumerate(cases))
    worlds = list(product(*(event.worlds() for event in cases)))
    begins = [min(begin for begin, _ in world) for world in worlds]
    ends = [max(end for _, end in world) for world in worlds]
    expected = tuple(
        "" if day in (BEFORE, AFTER) else str(_day(day))
        for day in (min(begins), max(begins), min(ends), max(ends))
    )
    bounds = ("firstEarliest", "firstLatest", "lastEarliest", "lastLatest")
    person = {"person": expand("person:a")}
    countries = {"first": expand("country:a"), "second": expand("country:b")}
    assert _bounds(store, "co-participants", "events", bounds, **person) == {
        (str(len(cases)), *expected)
    }
    assert _bounds(store, "contacts", "contacts", bounds, **countries) == {
        (str(len(cases)), *expected)
    }


SIGNINGS = st.lists(points(), min_size=1, max_size=3)


@MANY
@given(_several(SIGNINGS), st.none() | st.sampled_from(ASKED), st.data())
def test_first_signing(cases: list[list[Point]], first: int | None, data: st.DataObject) -> None:
    last = data.draw(st.none() | st.integers(first or ASKED[0], ASKED[-1]))
    initial, final = BEFORE if first is None else first, AFTER if last is None else last
    store = _store(
        [
            f"agreement:{number} a comity:Agreement",
            *(
                f"{point.turtle} . act:{number}-{place} comity:agreement agreement:{number} ;"
                f" dcterms:type code:signing ; comity:time {point.node}"
                for place, point in enumerate(signings)
            ),
        ]
        for number, signings in enumerate(cases)
    )
    window = {"from": first and _day(first), "until": last and _day(last)}
    found = _rows(store, "agreements", "agreement", "answer", **window)
    for number, signings in enumerate(cases):
        firsts = (min(world) for world in product(*(point.days for point in signings)))
        expected = _verdict(initial <= day <= final for day in firsts)
        assert _single(found, f"agreement:{number}") == expected


def _bounds(
    store: ox.Store, name: str, count: str, columns: tuple[str, ...], **values: object
) -> set[tuple[str, ...]]:
    """Give the rows, and "" for a bound that is not known."""
    found = store.query(bind(QUERIES[name], values))
    assert isinstance(found, ox.QuerySolutions)
    return {
        tuple(term.value if (term := row[column]) else "" for column in (count, *columns))
        for row in found
        if count != "contacts" or row["kind"].value == "any"
    }


def _verdict(worlds: Iterable[bool]) -> str:
    seen = set(worlds)
    return POSSIBLE if len(seen) == 2 else CERTAIN if seen == {True} else NO


def _day(number: int) -> date:
    return date(2020, 1, 1) + timedelta(days=number)


@cache
def _codes() -> tuple[ox.Quad, ...]:
    # Of the model only what the queries read: a store is made for each example.
    told = {expand(name) for name in ("comity:resultsIn", "comity:precedence", "skos:inScheme")}
    read = (ox.parse(each.path.read_bytes(), format=ox.RdfFormat.TURTLE) for each in modules())
    return tuple(quad for quads in read for quad in quads if quad.predicate.value in told)


def _store(cases: Iterable[list[str]]) -> ox.Store:
    store = ox.Store()
    store.extend(_codes())
    text = HEAD + " .\n".join([*(statement for case in cases for statement in case), ""])
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    return store


def _rows(store: ox.Store, name: str, *columns: str, **values: object) -> set[tuple[str, ...]]:
    found = store.query(bind(QUERIES[name], values))
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(row[column].value for column in columns) for row in found}


def _single(found: set[tuple[str, ...]], node: str) -> str:
    """Give the answer for one node: "no" where it has no row."""
    answers = [answer for name, answer in found if name == expand(node)]
    assert len(answers) <= 1
    return answers[0] if answers else NO
