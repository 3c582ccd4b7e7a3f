"""Why the graph says something: the sentences, with the words that support it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph as ox

from comity.curator_notes import CuratorNote, curator_notes
from comity.errors import InputError
from comity.labels import labels
from comity.marks import FoldedWords, date_words, mark
from comity.store import Store, select
from comity.timepoints import parse
from comity_ontology.prefixes import shorten
from comity_ontology.terms import CODE_NS

__all__ = ["CuratorNote", "Sentence", "Why", "why"]

NEIGHBOURS = 500
BESIDE = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage that supports a node.

    Attributes
    ----------
    passage, document : str
        IRIs.
    title, issued : str
        Of the document; ``issued`` is an ISO day or empty.
    ordinal : int
        Place of the passage in the document, from 1; 0 when unknown.
    heading : str
        The heading it stands under, or empty.
    text : str
        The words of the source.
    marks : tuple of (int, int)
        Spans of ``text`` that support the node, in code points, end exclusive.
    """

    passage: str
    document: str
    title: str
    issued: str
    ordinal: int
    heading: str
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The evidence for a node.

    Attributes
    ----------
    node, label : str
    sentences : tuple of Sentence
        In the order of documents and passages.
    notes : tuple of CuratorNote
        Inferences about the node, corrections that refer to it or to the words
        of a passage, and comments on it.
    """

    node: str
    label: str
    sentences: tuple[Sentence, ...]
    notes: tuple[CuratorNote, ...]


def why(store: Store, node: str) -> Why:
    """Return the sentences that a node rests on.

    The marked words are those of the node itself (names, quoted words), of
    what it is linked to up to two steps away, and the ways its dates are
    written.

    Parameters
    ----------
    store : Store
    node : str
        IRI; of a passage, a document or anything that has passages.

    Returns
    -------
    Why

    Raises
    ------
    InputError
        The node rests on no passage and no note mentions it.
    """
    words = _words(store, node)
    sentences = tuple(_sentences(store, node, words))
    notes = tuple(curator_notes(store, node))
    if not sentences and not notes:
        raise InputError(
            f"{shorten(node)} rests on no passage: codes, time points and terms of the "
            "ontology are not taken from a source"
        )
    return Why(node, labels(store, [node])[node], sentences, notes)


def _sentences(store: Store, node: str, words: _Words) -> Iterator[Sentence]:
    name = ox.NamedNode(node)
    rows = select(
        store,
        f"""
        SELECT DISTINCT ?passage ?document ?title ?issued ?ordinal ?headline ?text WHERE {{
          {{ {name} prov:wasDerivedFrom ?passage }}
          UNION {{ VALUES ?passage {{ {name} }} }}
          UNION {{ ?passage oa:hasSource {name} }}
          ?passage a comity:Passage ; comity:text ?text ; oa:hasSource ?document .
          OPTIONAL {{ ?passage comity:ordinal ?ordinal }}
          OPTIONAL {{ ?passage comity:underHeading/comity:text ?headline }}
          OPTIONAL {{ ?document dcterms:title ?title }}
          OPTIONAL {{ ?document dcterms:issued ?issued }}
        }} ORDER BY ?issued ?document ?ordinal ?passage
        """,
    )
    for row in rows:
        text = row["text"].value
        yield Sentence(
            passage=row["passage"].value,
            document=row["document"].value,
            title=_value(row, "title"),
            issued=_value(row, "issued"),
            ordinal=int(_value(row, "ordinal") or 0),
            heading=_value(row, "headline"),
            text=text,
            marks=_marks(text, words),
        )


class _Words(NamedTuple):
    """Names and dates, words for kinds of things, and words for roles."""

    names: FoldedWords
    kinds: FoldedWords
    roles: FoldedWords


def _words(store: Store, node: str) -> _Words:
    """Collect the words by which a source may speak of a node."""
    name = ox.NamedNode(node)
    rows = select(
        store,
        f"""
        SELECT DISTINCT ?near ?word ?edtf ?role WHERE {{
          {{ SELECT DISTINCT ?near WHERE {{
               {{ VALUES ?near {{ {name} }} }}
               UNION {{ {name} ?p1 ?near . {_followed("p1")} }}
               UNION {{ {name} ?p1 ?middle . ?middle ?p2 ?near .
                        {_followed("p1")} {_followed("p2")} }}
               UNION {{ ?near comity:event|comity:agreement|comity:post {name} }}
               UNION {{ ?middle comity:event|comity:agreement|comity:post {name} .
                        ?middle ?p3 ?near . {_followed("p3")} }}
               FILTER(ISIRI(?near))
               # The kind of an agency is no word for it: others are of the same kind.
               FILTER NOT EXISTS {{ ?near skos:inScheme code:agency-type }} }} LIMIT {NEIGHBOURS} }}
          {{ ?near skos:prefLabel|skos:altLabel|skos:hiddenLabel|comity:acronym ?word }}
          UNION {{ ?near comity:edtf ?edtf }}
          UNION {{ VALUES ?near {{ {name} }}
                   ?near comity:text|comity:verbatim|comity:relativeTime|dcterms:title ?word }}
          BIND(EXISTS {{ ?near skos:inScheme code:role }} AS ?role)
        }}
        """,
    )
    names: set[str] = set()
    kinds: set[str] = set()
    roles: set[str] = set()
    for row in rows:
        if row["edtf"] is not None:
            names.update(date_words(parse(row["edtf"].value)))
        elif row["near"].value.startswith(CODE_NS):
            (roles if row["role"].value == "true" else kinds).add(row["word"].value)
        else:
            names.add(row["word"].value)
    return _Words(FoldedWords(names), FoldedWords(kinds), FoldedWords(roles))


def _marks(text: str, words: _Words) -> tuple[tuple[int, int], ...]:
    """Mark names, dates and kinds of things; roles only beside a name.

    “President” elsewhere in the sentence is somebody else's.
    """
    named = mark(text, words.names)
    marks = list(named)
    roles = (span for span in mark(text, words.roles) if _distance(span, named) <= BESIDE)
    for span in (*roles, *mark(text, words.kinds)):
        if all(span[1] <= start or end <= span[0] for start, end in marks):
            marks.append(span)
    return tuple(sorted(marks))


def _distance(span: tuple[int, int], others: tuple[tuple[int, int], ...]) -> int:
    return min((max(start - span[1], span[0] - end) for start, end in others), default=BESIDE + 1)


def _followed(variable: str) -> str:
    """Keep to links that stay with the fact: not to its sources, nor up the class tree."""
    return (
        f"FILTER(?{variable} NOT IN (prov:wasDerivedFrom, rdf:type, skos:inScheme, "
        "skos:topConceptOf, skos:exactMatch, oa:hasSource, comity:inCountry, comity:ofCountry))"
    )


def _value(row: ox.QuerySolution, name: str) -> str:
    term = row[name]
    return "" if term is None else str(term.value)
