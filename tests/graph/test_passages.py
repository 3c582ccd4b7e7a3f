from __future__ import annotations

import time
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.documents.passages import Cut, cut

SEED = (
    resources.files("comity").joinpath("examples/kosgeb-kobia-2021-02-25.txt").read_bytes().decode()
)

# kind, how it begins, how it ends, ordinal of its heading
SEED_PASSAGES = [
    ("headline", "SMEs are deepening", "Azerbaijan and Turkey.", None),
    ("dateline", "Date: 25 February 2021", "25 February 2021", None),
    ("sentence", "KOSGEB President Hasan Basri Kurt received", "Agency (KOBİA).", None),
    ("sentence", "KOSGEB managers as well as", "present at the meeting.", None),
    ("sentence", "During the visit, satisfaction", "institutions was expressed.", None),
    ("sentence", "During the Covit-19 pandemic", "continued uninterrupted.", None),
    ("sentence", "New cooperation opportunities", "relations was confirmed.", None),
    ("heading", "Good Start", "Good Start", None),
    ("sentence", "KOSGEB President Kurt stated", "are from Azerbaijan”", 8),
    ("heading", "Energy of Brotherhood", "Energy of Brotherhood", None),
    ("sentence", "Reminding that there are brotherly", "Karabakh from the occupation.", 10),
    ("heading", "KOSGEB Experience", "KOSGEB Experience", None),
    ("sentence", "KOBİA President Mammadov stressed", "the president of KOSGEB.", 12),
    ("sentence", "Reminding that the SME’s", "KOSGEB in this process.", 12),
    ("heading", "Invitation to Karabakh", "Invitation to Karabakh", None),
    ("sentence", "Mammadov, after ending", 'Turkey" he added.', 15),
    ("sentence", "Mammadov invited KOSGEB", "the Armenian occupation.", 15),
    ("heading", "Memorandum of Understanding", "and Action Plan", None),
    ("sentence", "A memorandum of understanding was signed", "14 May 2019 in Ankara.", 18),
    ("sentence", "With the memorandum of", "SMEs of the two countries.", 18),
    ("sentence", "The action plan which", "in Baku on February 27, 2020.", 18),
    ("heading", "Participated in the Forum", "Participated in the Forum", None),
    ("sentence", 'February 16, 2021 "A Crop, two', "forums were held.", 22),
    ("sentence", "KOSGEB President Kurt and KOBİA", "attended the online forum.", 22),
]


def kinds(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(piece.kind, " ".join(piece.text.split())) for piece in cut(text, language)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_seed_has_its_24_passages(line_end: str) -> None:
    text = SEED.replace("\n", line_end)
    cuts = cut(text)
    assert len(cuts) == len(SEED_PASSAGES)
    for ordinal, (piece, (kind, begins, ends, heading)) in enumerate(
        zip(cuts, SEED_PASSAGES, strict=True), start=1
    ):
        assert (piece.ordinal, piece.kind, piece.heading) == (ordinal, kind, heading)
        assert piece.text.startswith(begins)
        assert piece.text.endswith(ends)
        assert text[piece.start : piece.end] == piece.text


def test_offsets_are_code_points() -> None:
    first, second = cut("𝒳 met Əli e\u0301 👩‍👧. Then 𝒴 left.\n\nEnd")[:2]
    assert first == Cut(1, "sentence", 0, 17, "𝒳 met Əli e\u0301 👩‍👧.")
    assert (second.start, second.end, second.text) == (18, 30, "Then 𝒴 left.")


def test_wrapped_lines_are_one_paragraph() -> None:
    text = "Good news\n\nKurt met Mammadov\r\nin Baku on 1 May.\nThey signed\na memorandum."
    assert kinds(text) == [
        ("headline", "Good news"),
        ("sentence", "Kurt met Mammadov in Baku on 1 May."),
        ("sentence", "They signed a memorandum."),
    ]


def test_two_line_ends_with_spaces_between_separate_blocks() -> None:
    assert kinds("Title\n \t\nGood Start\n\u3000\nThey met.") == [
        ("headline", "Title"),
        ("heading", "Good Start"),
        ("sentence", "They met."),
    ]


@pytest.mark.parametrize("word", ["Date", "DATE", "Tarih", "TARİH", "Tarix", "Дата"])
def test_datelines(word: str) -> None:
    assert [kind for kind, _ in kinds(f"Title\n{word}: 25.02.2021\n\nThey met.")] == [
        "headline",
        "dateline",
        "sentence",
    ]


def test_dateline_before_headline() -> None:
    assert kinds("Date: 1 May 2020\nThey met in Baku\n\nText here.") == [
        ("dateline", "Date: 1 May 2020"),
        ("headline", "They met in Baku"),
        ("sentence", "Text here."),
    ]


def test_headline_of_two_sentences_over_a_dateline() -> None:
    text = "Uzkurt hosted Hassen. A memorandum was on the agenda.\nDate: 2 May 2019\n\nThey met."
    assert [kind for kind, _ in kinds(text)] == ["headline", "dateline", "sentence"]


def test_wrapped_headline() -> None:
    text = (
        "SMEs are deepening cooperation in the context of the existing close\n"
        "relations between Azerbaijan and Turkey.\nDate: 25 February 2021"
    )
    assert kinds(text) == [
        (
            "headline",
            "SMEs are deepening cooperation in the context of the existing close "
            "relations between Azerbaijan and Turkey.",
        ),
        ("dateline", "Date: 25 February 2021"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kurt met Mammadov.",
        "Kurt met Mammadov. They signed.\n\nMore text.",
        "Kurt met Mammadov\nin Baku. They signed\nan action plan.\n\nMore text.",
        "Kurt met " + "very " * 60 + "many people.\n\nMore text.",
    ],
)
def test_body_text_at_the_beginning_is_no_headline(text: str) -> None:
    assert {kind for kind, _ in kinds(text)} == {"sentence"}


def test_headings_are_short_unended_and_not_last() -> None:
    text = (
        "Title\n\nThey said:\n\n- peace\n- trade and\n  growth\n\n***\n\n"
        + "Word " * 17
        + "\n\nAims\n\nPeace.\n\nPress office"
    )
    assert kinds(text) == [
        ("headline", "Title"),
        ("sentence", "They said:"),
        ("sentence", "- peace"),
        ("sentence", "- trade and growth"),
        ("sentence", "***"),
        ("sentence", ("Word " * 17).strip()),
        ("heading", "Aims"),
        ("sentence", "Peace."),
        ("sentence", "Press office"),
    ]


def test_list_marks_belong_to_their_item() -> None:
    text = (
        "Title\n\nThe aims are:\n1. Trade. It grows.\n2. Peace\n\nOn the\n14. Day they met.\n\nEnd."
    )
    assert kinds(text) == [
        ("headline", "Title"),
        ("sentence", "The aims are:"),
        ("sentence", "1. Trade."),
        ("sentence", "It grows."),
        ("sentence", "2. Peace"),
        ("sentence", "On the 14."),
        ("sentence", "Day they met."),
        ("sentence", "End."),
    ]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        (
            "az",
            "Başlıq\n\nKOBİA-nın sədri O. Məmmədov Ankarada səfərdə olub. Görüş 25 fevral "
            "2021-ci ildə keçirilib.",
            [
                "KOBİA-nın sədri O. Məmmədov Ankarada səfərdə olub.",
                "Görüş 25 fevral 2021-ci ildə keçirilib.",
            ],
        ),
        (
            "tr",
            "Başlık\n\nProf. Dr. Kurt 14.05.2019 tarihinde 1. kez konuştu. Sonra gitti.",
            ["Prof. Dr. Kurt 14.05.2019 tarihinde 1. kez konuştu.", "Sonra gitti."],
        ),
        (
            "ru",
            "Заголовок\n\nГлава агентства О. Мамедов прибыл в г. Баку. Стороны подписали план!",
            ["Глава агентства О. Мамедов прибыл в г. Баку.", "Стороны подписали план!"],
        ),
        ("az-Cyrl", "Б\n\nО ҝәлди. Сонра ҝетди.", ["О ҝәлди.", "Сонра ҝетди."]),
        ("tlh", "A\n\nThey met. They left.", ["They met.", "They left."]),
        ("", "A\n\nThey met. They left.", ["They met.", "They left."]),
    ],
)
def test_languages(language: str, text: str, sentences: list[str]) -> None:
    assert [words for kind, words in kinds(text, language) if kind == "sentence"] == sentences


@pytest.mark.parametrize("text", ["", " ", "\n\r\n \t\u3000\u2028"])
def test_nothing_to_cut(text: str) -> None:
    assert cut(text) == ()


@pytest.mark.parametrize(
    "text", ["A\u00a0. B", "é\u3000. Then", "Mr\u2009. X.\u00a0Y", "\ufeffTitle\n\nB\u00a0. c"]
)
def test_wide_spaces_before_a_full_stop(text: str) -> None:
    assert "".join(piece.text for piece in cut(text)).replace(" ", "")


PIECES = st.sampled_from(
    [
        *"aBİəß .!?\"”“(’)\t',1;:-\n\r\u00a0\u3000\u2028\x1f\x00",
        *("\r\n", "\n\n", "Date: ", "- ", "1. ", "Mr.", "10.", "𝒳", "e\u0301", "👩‍👧", "\u200b"),
        *("…", "。", "؟", "Good Start", "They met. ", "\u202e", "KOBİA "),
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    text=st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)),
    language=st.sampled_from(["en", "tr", "az", "ru", "xx", "ar", "zh"]),
)
def test_everything_but_white_space_is_covered_once(text: str, language: str) -> None:
    position = 0
    for ordinal, piece in enumerate(cut(text, language), start=1):
        assert piece.ordinal == ordinal
        assert piece.start >= position
        assert not text[position : piece.start].strip()
        assert piece.text == text[piece.start : piece.end] == piece.text.strip() != ""
        position = piece.end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "unit",
    [
        "They met in Baku and signed a plan. ",
        'He said "hi. And (so. on" it) goes. ',
        "“a. ",
        "!!! ",
        "word ",
        "A line\n",
        "Heading\n\n",
    ],
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    begin = time.process_time()
    cut(text)
    assert time.process_time() - begin < 8
