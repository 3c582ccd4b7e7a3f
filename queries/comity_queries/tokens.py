"""A small SPARQL tokenizer: enough to see comments, strings, names and braces.

It does not parse SPARQL. It splits a query into the tokens of the SPARQL 1.1
grammar (section 19.8, with the language directions of 1.2), so that binding
and lint never mistake a word in a comment or a string for code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

__all__ = ["DEEPEST", "Token", "code_tokens", "deepest", "position", "tokens"]

DEEPEST = 200
"""Brackets that may be open at once: parsers call themselves for each, and stacks end."""

# PN_CHARS_BASE, PN_CHARS_U and PN_CHARS of the grammar, exactly: a tokenizer that reads a
# name longer or shorter than the engine does could hide a keyword in the difference.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MARKS = "0-9\u00b7\u0300-\u036f\u203f\u2040"
_NAME = rf"[{_BASE}_{_MARKS}\-]"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX = rf"[{_BASE}](?:\.*+{_NAME})*+"
_LOCAL = rf"(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*+(?:{_NAME}|:|{_ESCAPED}))*+"

# Possessive throughout: giving characters back never makes a token of what was none, and on
# a long text it takes its square in steps.
_TOKEN = "|".join(
    (
        r"(?P<space>\s++)",
        r"(?P<comment>\#[^\r\n]*+)",
        r"(?P<iri><(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)",
        rf"(?P<variable>[?$][{_BASE}_0-9][{_BASE}_{_MARKS}]*+)",
        rf"(?P<blank>_:[{_BASE}_0-9](?:\.*+{_NAME})*+)",
        rf"(?P<pname>:(?:{_LOCAL})?)",
        r"(?P<number>(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++"
        r"|[0-9]*+\.[0-9]++|[0-9]++)",
        r"(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)",
        rf"(?P<word>[{_BASE}_][{_BASE}_{_MARKS}]*+)",
        r"(?P<open>\{)",
        r"(?P<close>\})",
        r"(?P<mark>.)",
    )
)
# What begins a token that may turn out to have no end: the closing mark is a group of its own.
_OPEN_ENDED = (
    ("string", r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+(""")?'),
    ("string", r"'''(?:[^'\\]|\\.|'{1,2}(?!'))*+(''')?"),
    ("string", r'"(?:[^"\\\r\n]|\\.)*+(")?'),
    ("string", r"'(?:[^'\\\r\n]|\\.)*+(')?"),
    ("pname", rf"{_PREFIX}(:(?:{_LOCAL})?)?"),
)
_QUOTED, _NAMED = range(4), range(4, 5)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query.

    Attributes
    ----------
    kind : str
        ``comment``, ``string``, ``iri``, ``variable``, ``blank``, ``pname``,
        ``number``, ``language``, ``word`` (a keyword or function), ``open`` and
        ``close`` (braces) or ``mark`` (any other character).
    text : str
        The token as written.
    start, end : int
        Its place in the query, in code points, the end exclusive.
    """

    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Tell whether the token is one of these keywords, in any case.

        Parameters
        ----------
        *words : str
            Keywords in capitals.

        Returns
        -------
        bool
        """
        return self.kind == "word" and self.text.upper() in words


def tokens(query: str) -> Iterator[Token]:
    """Split a query into tokens, comments included and white space left out.

    Never fails: a character that starts no token, such as a quote that is not
    closed, is a ``mark``; the engine reports what is wrong with it.

    Parameters
    ----------
    query : str
        Any text.

    Yields
    ------
    Token

    Examples
    --------
    >>> [(t.kind, t.text) for t in tokens('ASK { ?s ex:p "}" } # {')]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('word', 'ASK'), ('open', '{'), ('variable', '?s'), ('pname', 'ex:p'),
     ('string', '"}"'), ('close', '}'), ('comment', '# {')]
    """
    pattern, open_ended = _patterns()
    # Where one of these has no end, none that begins before that place has one: what stands
    # between is read the same way from either beginning. So no part is looked at twice.
    barren = [0] * len(open_ended)
    place = 0
    while place < len(query):
        first = query[place]
        kind, end = "", place
        for number in _QUOTED if first in "\"'" else _NAMED if first >= "A" else ():
            if place >= barren[number] and (match := open_ended[number][1].match(query, place)):
                if match[1]:
                    kind, end = open_ended[number][0], match.end()
                    break
                barren[number] = match.end()
        if not kind and (match := pattern.match(query, place)):
            kind, end = match.lastgroup or "", match.end()
        if kind != "space":
            yield Token(kind, query[place:end], place, end)
        place = end


def deepest(query: str, limit: int) -> tuple[int, int] | None:
    """Find where brackets are nested deeper than a limit.

    Brackets in comments, strings and full IRIs don't count.

    Parameters
    ----------
    query : str
        Any text.
    limit : int
        How many of ``{``, ``(`` and ``[`` may be open at once.

    Returns
    -------
    tuple of int or None
        Line and column of the first bracket too many, from 1.

    Examples
    --------
    >>> deepest("SELECT * { { } FILTER(1) '{{{' }", 2)
    >>> deepest("SELECT * { { ( } }", 2)
    (1, 14)
    """
    if sum(map(query.count, "{([")) <= limit:
        return None
    depth = 0
    for token in code_tokens(query):
        # an IRI without scheme may be a comparison to the engine: ?a<((?b))>?c
        if token.kind in ("open", "close", "mark") or (
            token.kind == "iri" and "://" not in token.text
        ):
            for offset, character in enumerate(token.text, token.start):
                if character in "{([":
                    depth += 1
                    if depth > limit:
                        return position(query, offset)
                elif character in "})]":
                    depth -= 1
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    # Compiled when first used: it takes longer than listing the catalogue.
    open_ended = ((kind, re.compile(text, re.DOTALL)) for kind, text in _OPEN_ENDED)
    return re.compile(_TOKEN, re.DOTALL), tuple(open_ended)


def code_tokens(query: str) -> list[Token]:
    """Split a query into tokens without its comments.

    Parameters
    ----------
    query : str
        Any text.

    Returns
    -------
    list of Token
    """
    return [token for token in tokens(query) if token.kind != "comment"]


def position(text: str, offset: int) -> tuple[int, int]:
    r"""Line and column of an offset, both counted from 1.

    Parameters
    ----------
    text : str
        The whole query.
    offset : int
        A place in it, in code points.

    Returns
    -------
    tuple of int

    Examples
    --------
    >>> position("ab\ncd", 4)
    (2, 2)
    """
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1
