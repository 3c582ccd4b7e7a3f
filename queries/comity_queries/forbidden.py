r"""Find what a user's query must not contain: SERVICE and LOAD.

Both make the engine open outbound connections, so a query that somebody sends
is looked through before it runs. SPARQL engines read keywords without asking
for white space around them and differ in when they undo ``\u`` escapes; where
a text can be read in two ways, the reading that holds a SERVICE counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .tokens import Token, code_tokens, position

__all__ = ["Forbidden", "forbidden"]

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(00[01][0-9A-Fa-f]{5})")
_FULL_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A forbidden keyword and where it stands.

    Attributes
    ----------
    keyword : str
        ``SERVICE`` or ``LOAD``.
    line, column : int
        Position in the query as it was written, counted from 1.
    """

    keyword: str
    line: int
    column: int


def forbidden(query_text: str) -> tuple[Forbidden, ...]:
    r"""Find every SERVICE and LOAD that an engine could read as a keyword.

    Variables, prefixed names, IRIs, strings and comments that only contain the
    word are no findings. Glued forms that an engine accepts are
    (``1SERVICE<…>``, ``SERVICEex:a {``, ``FILTER(1<2)SERVICE:a#>``), and so are
    keywords spelt with ``\u`` escapes.

    Meant for queries; that a query cannot hold a LOAD is the engine's own rule,
    and the finding here only gives it a clearer message.

    Parameters
    ----------
    query_text : str
        The query as the user sent it.

    Returns
    -------
    tuple of Forbidden
        In the order of the text; empty for a query that is fine.

    Examples
    --------
    >>> forbidden('SELECT ?service { ?service ex:service "SERVICE" } # SERVICE')
    ()
    >>> forbidden("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    (Forbidden(keyword='SERVICE', line=1, column=12),)
    """
    decoded, origin = _decode(query_text)
    found = {(start, keyword) for start, keyword in _keywords(query_text)}
    if decoded != query_text:
        found |= {(origin[start], keyword) for start, keyword in _keywords(decoded)}
    return tuple(
        Forbidden(keyword, *position(query_text, start)) for start, keyword in sorted(found)
    )


def _decode(text: str) -> tuple[str, list[int]]:
    """Undo code point escapes (SPARQL 1.1 section 19.2), keeping where each character was."""
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for match in _ESCAPE.finditer(text):
        value = int(match.group(1) or match.group(2), 16)
        if value > 0x10FFFF:
            continue
        parts += [text[last : match.start()], chr(value)]
        origin += [*range(last, match.start()), match.start()]
        last = match.end()
    parts.append(text[last:])
    origin += range(last, len(text))
    return "".join(parts), origin


def _keywords(text: str) -> Iterator[tuple[int, str]]:
    folded = text.casefold()
    if "service" not in folded and "load" not in folded:
        return
    code = code_tokens(text)
    has_service = "service" in folded
    for index, token in enumerate(code):
        if token.kind == "word":
            name = token.text.casefold()
            # No other keyword contains this word, so a word that does is glued to it.
            if "service" in name:
                yield token.start, "SERVICE"
            elif name.startswith("load"):
                yield token.start, "LOAD"
        elif has_service and (_glued(code, index) or _ambiguous(token)):
            yield token.start, "SERVICE"


def _glued(code: list[Token], index: int) -> bool:
    """``SERVICEex:a {``: a prefixed name to us, a keyword and an IRI to the engine."""
    token = code[index]
    if token.kind != "pname" or "service" not in token.text.partition(":")[0].casefold():
        return False
    if index + 1 == len(code) or code[index + 1].kind != "open":
        return False
    return index == 0 or not code[index - 1].is_word("GRAPH", "FROM", "NAMED")


def _ambiguous(token: Token) -> bool:
    """``<2)SERVICE:a#>``: an IRI to us, a comparison and what follows it to the engine.

    After ``scheme://`` no comparison can be meant. Without a parenthesis, a
    quote or a hash sign nothing can hide in the other reading.
    """
    return (
        token.kind == "iri"
        and not _FULL_IRI.match(token.text)
        and any(character in token.text for character in "'()#")
    )
