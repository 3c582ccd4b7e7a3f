from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.marks import FoldedWords, date_words, mark
from comity.timepoints import parse


def marked(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end in mark(text, words)]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Kurtuluş Kurt Kurtlar", ["Kurt"], ["Kurt"]),
        ("on Azerbaijan’s side", ["Azerbaijan"], ["Azerbaijan"]),
        ("the Agency (KOBİA).", ["KOBİA"], ["KOBİA"]),
        ("the Agency (KOBİA).", ["kobia"], ["KOBİA"]),
        ("KOBIA-nın sədri Orxan MƏMMƏDOV", ["KOBİA", "Orxan Memmedov"],
         ["KOBIA", "Orxan MƏMMƏDOV"]),
        ("IĞDIR'da", ["Iğdır"], ["IĞDIR"]),
        ("Straße und STRASSE", ["strasse"], ["Straße", "STRASSE"]),
        ("e\u0301te\u0301 2020", ["été"], ["e\u0301te\u0301"]),
        ("𝒳 KOBİA 𝒳", ["kobia"], ["KOBİA"]),
        ("Hasan Basri\u00a0\n Kurt met Kurt", ["Hasan Basri Kurt", "Kurt"],
         ["Hasan Basri\u00a0\n Kurt", "Kurt"]),
        ("the SME’s were", ["SME's"], ["SME’s"]),
        ("ﬁne", ["f", "fi", "fine"], ["ﬁne"]),
        ("in 2019 and 20190", ["2019"], ["2019"]),
        ("U.S. President", ["U.S."], ["U.S."]),
        ("a b c", ["b c", "a b"], ["a b"]),
        ("anything", ["", " ", "\u0301"], []),
        ("", ["a"], []),
    ],
)  # fmt: skip
def test_words_found(text: str, words: list[str], found: list[str]) -> None:
    assert marked(text, *words) == found


def test_places_are_code_points_of_the_text_as_written() -> None:
    assert mark("𝒳 İ\u0307 (KOBİA)", ["KOBİA"]) == ((6, 11),)


@given(st.text(), st.lists(st.text(max_size=4)))
def test_spans_are_in_order_and_apart(text: str, words: list[str]) -> None:
    position = 0
    for start, end in mark(text, words):
        assert position <= start < end <= len(text)
        position = end


def test_time_is_linear() -> None:
    begin = time.process_time()
    assert len(mark("a b " * 20_000, ["a", "b", "a b a b a b a b"])) == 20_000 // 4
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "written",
    [
        *("14 May 2019", "May 14, 2019", "MAY 14 2019", "14 Mayıs 2019", "14 MAYIS 2019"),
        *("14.05.2019", "14.5.2019", "14/05/2019", "14-05-2019", "2019-05-14", "14 may 2019"),
        *("14 may 2019-cu", "2019-cu il mayın 14", "14th of May 2019", "May 14th, 2019"),
    ],
)
def test_ways_to_write_a_day(written: str) -> None:
    assert marked(f"Signed {written}-də.", *date_words(parse("2019-05-14"))) == [written]
    assert marked(f"Signed {written} in Ankara", *date_words(parse("2019-06-14"))) == []


@pytest.mark.parametrize(
    ("edtf", "written"),
    [
        ("2020-02-27", "February 27, 2020"),
        ("2020-02-27", "27.02.2020"),
        ("2021-02-05", "5 fevral 2021-ci"),
        ("2021-02-05", "05 Şubat 2021"),
        ("2021-03-01", "March 1st, 2021"),
        ("2021-03-11", "11th March 2021"),
        ("2021-03-22", "22nd of March 2021"),
        ("2019-05", "May 2019"),
        ("2019-05", "Mayıs 2019"),
        ("2019-05", "2019-cu il may"),
        ("2019-05", "05.2019"),
        ("2019", "2019"),
    ],
)
def test_days_months_and_years(edtf: str, written: str) -> None:
    assert marked(f"It was {written}.", *date_words(parse(edtf))) == [written]


@pytest.mark.parametrize(
    "edtf", ["2018~", "201X", "[..2021-02-25]", "[2019-01..2019-03]", "2019-21"]
)
def test_vague_values_have_no_words(edtf: str) -> None:
    assert date_words(parse(edtf)) == ()


def test_words_are_folded_once_for_all_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    words = FoldedWords(["KOBİA", "kobia", "Agency  One", "", "Baku"])
    assert words.up_to(3) == []
    assert sorted(words.up_to(5)) == ["baku", "kobia"]
    folded: list[str] = []
    monkeypatch.setattr(
        "comity.marks._folded", lambda text: folded.append(text) or (text, list(range(len(text))))
    )
    assert mark("in baku", words) == ((3, 7),)
    assert folded == ["in baku"]
