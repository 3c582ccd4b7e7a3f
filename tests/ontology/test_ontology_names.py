"""Prefixes, short forms and folded names."""

from __future__ import annotations

import sys

import pyoxigraph as ox
import pytest

from comity_ontology.errors import InputError, ParameterError
from comity_ontology.names import search_key
from comity_ontology.prefixes import (
    DEFAULT_BASE,
    INSTANCE_KINDS,
    current_base,
    expand,
    prefixes,
    shorten,
)


@pytest.fixture(autouse=True)
def _default_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMITY_BASE", raising=False)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("KOBİA", "kobia"),
        ("KOBIA", "kobia"),
        ("kobıa", "kobia"),
        ("Orxan Məmmədov", "orxan memmedov"),
        ("ORXAN MƏMMƏDOV", "orxan memmedov"),
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("İlham Əliyev", "ilham eliyev"),
        ("  Hasan\u00a0Basri\n Kurt ", "hasan basri kurt"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Øresund, Đà Nẵng, Łódź", "oresund, da nang, lodz"),
        ("Ærø Œuvre Þór Guðrún", "aero oeuvre thor gudrun"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("Guinea–Bissau", "guinea-bissau"),
        ("ＫＯＳＧＥＢ", "kosgeb"),
        ("zero\u200bwidth", "zerowidth"),
        ("Ильхам Алиев", "ильхам алиев"),
        ("", ""),
    ],
)
def test_search_key(name: str, key: str) -> None:
    assert search_key(name) == key


def test_folding_twice_changes_nothing() -> None:
    characters = (chr(point) for point in range(0x30000) if not 0xD800 <= point < 0xE000)
    changed = [c for c in characters if search_key(search_key(c)) != search_key(c)]
    assert sys.maxunicode > 0x30000
    assert changed == []


def test_expand_and_shorten_are_inverse() -> None:
    for kind in INSTANCE_KINDS:
        iri = f"{DEFAULT_BASE}{kind}/a-1"
        assert shorten(iri) == f"{kind}:a-1"
        assert expand(f"{kind}:a-1") == iri
    assert expand("timepoint:2018~") == DEFAULT_BASE + "time/2018~"
    assert shorten(DEFAULT_BASE + "time/2018~") == "timepoint:2018~"
    assert expand("time:inXSDDate") == "http://www.w3.org/2006/time#inXSDDate"
    assert expand(shorten(DEFAULT_BASE + "passage/x/3")) == DEFAULT_BASE + "passage/x/3"
    assert expand("<urn:x:1>") == "urn:x:1"


def test_shorten_keeps_what_has_no_prefix() -> None:
    assert shorten("https://example.org/x") == "https://example.org/x"
    assert shorten("https://w3id.org/comity/ns#") == "https://w3id.org/comity/ns#"


@pytest.mark.parametrize("text", ["nope:x", "KOSGEB", "", "https://exa mple.org/", "agency:a b"])
def test_expand_refuses_what_is_no_name(text: str) -> None:
    with pytest.raises(ParameterError):
        expand(text)


def test_base_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_BASE", "https://example.org/kg/")
    assert current_base() == "https://example.org/kg/"
    assert expand("agency:a") == "https://example.org/kg/agency/a"
    assert shorten("https://example.org/kg/agency/a") == "agency:a"
    assert prefixes()["code"] == "https://w3id.org/comity/code/"
    assert prefixes(DEFAULT_BASE)["agency"] == DEFAULT_BASE + "agency/"


@pytest.mark.parametrize(
    "base",
    [
        "kg",
        "https://example.org/kg",
        "https://exa mple.org/",
        "http://%zz/",
        "http://example.org/%zz/",
        "http://[/",
        "http://example.org/[a]/",
        "http://example.org:a/",
        "http://example.org/#a#",
        "http://example.org/\ue000/",
        "http://example.org/\udcff/",
        "https://w3id.org/comity/code/",
        "https://w3id.org/comity/code/mine/",
        "https://w3id.org/comity/",
        "http://www.w3.org/2006/time#",
    ],
)
def test_wrong_base_is_refused(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    monkeypatch.setenv("COMITY_BASE", base)
    with pytest.raises(InputError, match="COMITY_BASE"):
        current_base()


@pytest.mark.parametrize(
    "base",
    [
        "http://[::1]/",
        "http://localhost:8000/kg#",
        "https://example.org/a%20b/?q=/",
        "https://örnek.example/bilgi/",
        "https://w3id.org/comity/id/",
    ],
)
def test_what_can_be_a_base(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    monkeypatch.setenv("COMITY_BASE", base)
    assert current_base() == base
    assert ox.NamedNode(base).value == base


def test_prefix_map_is_a_copy() -> None:
    prefixes()["agency"] = "changed"
    assert prefixes()["agency"] == DEFAULT_BASE + "agency/"
