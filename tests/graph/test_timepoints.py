from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import InputError
from comity.timepoints import TimePoint, check, parse, to_triples

BASE = "https://w3id.org/comity/id/"


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2019-05-14", "2019-05-14", "2019-05-14"),
        ("2020-02-29", "2020-02-29", "2020-02-29"),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-05", "2019-05-01", "2019-05-31"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2018~", "2017-01-01", "2019-12-31"),
        ("2018?", "2017-01-01", "2019-12-31"),
        ("2018%", "2016-01-01", "2020-12-31"),
        ("2019-05-XX", "2019-05-01", "2019-05-31"),
        ("2019-XX-XX", "2019-01-01", "2019-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("201X~", "2000-01-01", "2029-12-31"),
        ("2019-21", "2019-03-01", "2019-05-31"),
        ("2019-22", "2019-06-01", "2019-08-31"),
        ("2019-23", "2019-09-01", "2019-11-30"),
        ("2019-24", "2019-01-01", "2020-02-29"),
        ("2019-28", "2019-01-01", "2020-02-29"),
        ("2019-33", "2019-01-01", "2019-03-31"),
        ("[..2021-02-25]", None, "2021-02-25"),
        ("[2021-02-25..]", "2021-02-25", None),
        ("[2019-01..2019-03]", "2019-01-01", "2019-03-31"),
        ("[2019,2021-05]", "2019-01-01", "2021-05-31"),
        ("[2019-05-14..2019-05-14]", "2019-05-14", "2019-05-14"),
        ("[..0500]", None, "0500-12-31"),
        ("1950S2", "1900-01-01", "1999-12-31"),
    ],
)
def test_bounds(value: str, earliest: str | None, latest: str | None) -> None:
    point = parse(value)
    assert point == TimePoint(
        value,
        None if earliest is None else date.fromisoformat(earliest),
        None if latest is None else date.fromisoformat(latest),
    )
    assert point.exact == (earliest == latest)


@pytest.mark.parametrize(
    "value",
    [
        *("2021-02-30", "2019-02-29", "2019-04-31~", "2019-13", "2019-00", "25.02.2021"),
        *("2019-02-29~", "[2019-02-29..2020]", "[2018,2019-02-29,2020]", "20190514"),
        *(
            "yesterday",
            "unknown",
            "",
            " ",
            " 2019",
            "2019\n",
            "[2019, 2020]",
            "２０１９",
            "2019-W20-2",
        ),
        *(
            "2019-W20-2",
            "Yes",
            "Today",
            "[..]",
            "[2019]",
            "XX19-1X",
            "2019-1X",
            "2019-05-X4",
            "201x",
            "2019-5",
            "2" * 500,
        ),
        *("2019-05-14Z", "[" * 150, "2019-05-14T10:00:00Z"),
    ],
)
def test_refused_naming_the_value_and_what_to_write(
    value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError) as caught:
        parse(value)
    message = str(caught.value)
    assert repr(value[:40])[:-1] in message
    assert "2019" in message.replace(repr(value), "")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("value", ["2019/2020", "2019/..", "2019/", "../2019", "/2019"])
def test_intervals_get_the_advice(value: str) -> None:
    with pytest.raises(InputError, match=r"interval.*\[a\.\.b\]"):
        parse(value)


def test_sets_of_several_days_get_the_advice() -> None:
    with pytest.raises(InputError, match=r"several days.*\[a,b\]"):
        parse("{2019,2020}")


@pytest.mark.parametrize(
    "value", ["0000", "Y10000", "-0001", "Y-17E7", "0001~", "9999-12~", "XXXX", "[-0005..2019]"]
)
def test_years_outside(value: str) -> None:
    with pytest.raises(InputError, match="outside the years 1 to 9999"):
        parse(value)


def test_bounds_the_wrong_way_round() -> None:
    with pytest.raises(InputError, match="ends before it begins"):
        parse("[2019..2017]")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0129-X~?%[]{},./YTES", max_size=14) | st.text(max_size=12))
def test_any_text_is_read_or_refused_in_silence(value: str) -> None:
    try:
        point = parse(value)
    except InputError:
        return
    assert point.earliest is not None or point.latest is not None


@given(st.dates())
def test_every_day_is_exact(day: date) -> None:
    assert parse(day.isoformat()) == TimePoint(day.isoformat(), day, day)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("2019-05-14", "2019-05-14"),
        ("2018~", "2018~"),
        ("2018?", "2018%3F"),
        ("2018%", "2018%25"),
        ("[2019-01..2019-03]", "%5B2019-01..2019-03%5D"),
        ("[2019,2020]", "%5B2019,2020%5D"),
    ],
)
def test_iri(value: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse(value).iri(BASE) == f"{BASE}time/{path}"
    monkeypatch.setenv("COMITY_BASE", "http://example.org/")
    assert parse(value).iri() == f"http://example.org/time/{path}"


def turtle(value: str) -> str:
    return ox.serialize(to_triples(parse(value), BASE), format=ox.RdfFormat.N_TRIPLES).decode()  # type: ignore[union-attr]


def test_triples_of_an_exact_day() -> None:
    s = f"<{BASE}time/2019-05-14>"
    ns, day = "https://w3id.org/comity/ns#", '"2019-05-14"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert turtle("2019-05-14").splitlines() == [
        f"{s} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{ns}TimePoint> .",
        f'{s} <{ns}edtf> "2019-05-14"^^<http://id.loc.gov/datatypes/edtf/EDTF> .',
        f"{s} <{ns}earliest> {day} .",
        f"{s} <{ns}latest> {day} .",
        f"{s} <http://www.w3.org/2006/time#inXSDDate> {day} .",
    ]


def test_triples_of_open_and_vague_values() -> None:
    assert "earliest" not in turtle("[..2021-02-25]")
    assert "inXSDDate" not in turtle("[..2021-02-25]") + turtle("2019-05")


@pytest.mark.parametrize(
    ("literals", "message"),
    [
        (("2019-05", "2019-05-01", "2019-05-31"), None),
        (("[..2021-02-25]", None, "2021-02-25"), None),
        (
            ("2019-05", "2019-05-02", None),
            "2019-05 has the earliest day 2019-05-01, not 2019-05-02 and the latest day "
            "2019-05-31, not none",
        ),
        (
            ("[..2021-02-25]", "2021-01-01", "2021-02-25"),
            "[..2021-02-25] has no earliest day, not 2021-01-01",
        ),
        (
            ("2019-05-14", "2019-05-14Z", "2019-05-14"),
            "2019-05-14 has the earliest day 2019-05-14, not 2019-05-14Z",
        ),
    ],
)
def test_check(literals: tuple[str, str | None, str | None], message: str | None) -> None:
    assert check(*literals) == message


def test_check_of_a_value_that_cannot_be_read() -> None:
    assert "'2021-02-30'" in (check("2021-02-30", None, None) or "")
