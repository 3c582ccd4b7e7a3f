"""What several pages need to know of Markdown: anchors, cells, text beside code."""

from __future__ import annotations

import re

__all__ = ["anchor", "anchors", "cell", "code_apart", "links"]

_FENCED = re.compile(r"^(```+|~~~+).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_PLACE = re.compile(r'<a id="([^"]+)">')
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_CODE = re.compile(r"(`+[^`]*`+)")


def anchor(heading: str) -> str:
    """Return the anchor that GitHub and most others make of a heading.

    Examples
    --------
    >>> anchor("What a load sets aside"), anchor("`Graph.run`"), anchor("comity query NAME")
    ('what-a-load-sets-aside', 'graphrun', 'comity-query-name')
    """
    shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")


def anchors(text: str) -> set[str]:
    r"""Return the anchors of a page: its headings, equal ones numbered, and places with an id.

    Examples
    --------
    >>> sorted(anchors("# One\n## Two\n```\n# not one\n```\n## Two\n"))
    ['one', 'two', 'two-1']
    """
    plain = _FENCED.sub("", text)
    found: set[str] = set()
    for match in _HEADING.finditer(plain):
        first = name = anchor(match[1])
        number = 0
        while name in found:
            number += 1
            name = f"{first}-{number}"
        found.add(name)
    return found.union(_PLACE.findall(plain))


def links(text: str) -> list[str]:
    """Return where the links and pictures of a page lead, code left out.

    Examples
    --------
    >>> links("[a](b.md#c) and `[d](e)` and ![f](g.svg)")
    ['b.md#c', 'g.svg']
    """
    plain = "".join(_CODE.split(_FENCED.sub("", text))[::2])
    return _LINK.findall(plain)


def cell(text: str) -> str:
    """Make a text fit for a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def code_apart(text: str) -> str:
    r"""Escape what would become HTML or emphasis, outside of code.

    Examples
    --------
    >>> code_apart("a <b> of `<c>` and *d")
    'a \\<b> of `<c>` and \\*d'
    """
    parts = _CODE.split(text)
    return "".join(
        part if at % 2 else re.sub(r"([<*])", r"\\\1", part) for at, part in enumerate(parts)
    )
