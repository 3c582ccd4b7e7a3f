"""The network of the press release, and one with names that try to break files."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest

from comity.network import EdgeRow, NodeInfo, build

ID = "https://w3id.org/comity/id/"
KOSGEB, KOBIA = f"{ID}agency/kosgeb", f"{ID}agency/kobia"
KURT, MAMMADOV = f"{ID}person/hasan-basri-kurt", f"{ID}person/orhan-mammadov"
ATAKISHIYEV = f"{ID}person/rufat-atakishiyev"
ERDOGAN, ALIYEV = f"{ID}person/recep-tayyip-erdogan", f"{ID}person/ilham-aliyev"
TURKEY, AZERBAIJAN = f"{ID}country/tr", f"{ID}country/az"
RELEASE = date(2021, 2, 25)


def passage(number: int) -> tuple[str, ...]:
    return (f"{ID}passage/kosgeb-kobia-2021-02-25/{number}",)


NODES = {
    info.iri: info
    for info in (
        NodeInfo(KOSGEB, "KOSGEB", "agency", "TR"),
        NodeInfo(KOBIA, "KOBİA", "agency", "AZ"),
        NodeInfo(KURT, "Hasan Basri Kurt", "person", "TR"),
        NodeInfo(MAMMADOV, "Orhan Mammadov", "person", "AZ"),
        NodeInfo(ATAKISHIYEV, "Rufat Atakishiyev", "person", "AZ"),
        NodeInfo(ERDOGAN, "Recep Tayyip Erdoğan", "person", "TR"),
        NodeInfo(ALIYEV, "Ilham Aliyev", "person", "AZ"),
        NodeInfo(TURKEY, "Türkiye", "country", "TR"),
        NodeInfo(AZERBAIJAN, "Azerbaijan", "country", "AZ"),
    )
}


def event(one: str, two: str, start: date | None, end: date, number: int, via: str) -> EdgeRow:
    return EdgeRow(
        one, two, "same-event", 1.0, start, end, passage(number), False, "", f"{ID}event/{via}"
    )


def tenure(person: str, seat: str, number: int, label: str) -> EdgeRow:
    tail = person.rsplit("/", 1)[-1]
    return EdgeRow(
        person, seat, "tenure", 1.0, None, None, passage(number), True, "",
        f"{ID}tenure/{tail}", label,
    )  # fmt: skip


MOU, PLAN = f"{ID}agreement/kosgeb-kobia-mou-2019", f"{ID}agreement/kosgeb-kobia-action-plan-2020"
ROWS = (
    EdgeRow(KOSGEB, KOBIA, "joint-agreement", 1.0, date(2019, 5, 14), date(2019, 5, 14),
            passage(19), False, "", MOU, "Memorandum of understanding 2019"),
    EdgeRow(KOBIA, KOSGEB, "joint-agreement", 1.0, date(2020, 2, 27), date(2020, 2, 27),
            passage(21), False, "", PLAN, "Action plan 2020"),
    EdgeRow(KURT, MAMMADOV, "host-guest", 1.0, None, RELEASE, passage(3), True, "",
            f"{ID}event/kobia-visit-2021", "Visit"),
    event(KURT, MAMMADOV, date(2021, 2, 16), date(2021, 2, 16), 24, "forum-2021-02-16"),
    event(MAMMADOV, KURT, None, RELEASE, 3, "kobia-kosgeb-meeting-2021"),
    event(KURT, ATAKISHIYEV, None, RELEASE, 4, "kobia-kosgeb-meeting-2021"),
    event(MAMMADOV, ATAKISHIYEV, None, RELEASE, 4, "kobia-kosgeb-meeting-2021"),
    tenure(KURT, KOSGEB, 3, "President"),
    tenure(MAMMADOV, KOBIA, 3, "President"),
    tenure(ATAKISHIYEV, KOBIA, 4, "Vice President"),
    tenure(ERDOGAN, TURKEY, 11, "President"),
    tenure(ALIYEV, AZERBAIJAN, 11, "President"),
)  # fmt: skip

NASTY = {
    "quotes": "The \"Great\" & 'small' <agency>",
    "script": "</text><script>alert(1)</script>]]>",
    "rtl": "وزارة الخارجية",
    "combining": "Məmmədo\u0301v\u0323 é",
    "control": "tab\there\x00\x1b line\r\nend\ud800",
    "formula": '=HYPERLINK("http://x";"y")',
    "plus": "+1 (202)",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "wide": "中華人民共和国外交部 \U0001f1e6\U0001f1ff",
}


@pytest.fixture
def release() -> nx.MultiDiGraph[str]:
    return build(ROWS, NODES, title="KOSGEB and KOBİA", projection="person-agency")


@pytest.fixture
def nasty() -> nx.MultiDiGraph[str]:
    nodes = {
        name: NodeInfo(name, label, "agency" if i % 2 else "person", "AZ" if i % 3 else "TR")
        for i, (name, label) in enumerate(NASTY.items())
    }
    names = list(NASTY)
    rows = [
        EdgeRow(one, two, 'says "<=>"', evidence=("p:1",), via="v:1", via_label=NASTY[one])
        for one, two in zip(names, names[1:] + names[:1], strict=True)
    ]
    return build(rows, nodes, title=NASTY["script"], projection=NASTY["control"])
