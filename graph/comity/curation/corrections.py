"""Corrections: what a source wrote wrong, and what is right; the source's words stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

import pyoxigraph as ox

from comity.codes import Codes
from comity.curation.entry import Entered, Find, Prepared, Signed, about, enter, mint, quad, signed
from comity.documents.finding import find_document
from comity.documents.lookup import Passage, find_passage, passages_of
from comity.errors import InputError, ParameterError
from comity.labels import resolve
from comity.store import Store, select
from comity_ontology.names import search_key
from comity_ontology.prefixes import shorten
from comity_ontology.terms import COMITY, DCTERMS, PROV

__all__ = ["correct", "prepare_correction"]

SHOWN = 8


def correct(
    store: Store,
    where: str,
    *,
    verbatim: str,
    by: str,
    why: str,
    corrected: str = "",
    kind: str = "typo",
    refers_to: str = "",
    certainty: str = "certain",
    passage: int | None = None,
    on: date | None = None,
) -> Entered:
    """Note that words of a source are wrong.

    Parameters
    ----------
    store : Store
    where : str
        A document (identifier, short form, title) or a passage (``source:note/3``).
    verbatim : str
        The shortest wrong run of characters, exactly as the source has it.
    by, why : str
        Who says so, and the reason.
    corrected : str
        What should stand there; may be left out where ``refers_to`` is given.
    kind : str
        A code of the scheme ``correction-type``.
    refers_to : str
        The entity that is meant: a name, short form or IRI.
    certainty : str
        certain, probable or possible.
    passage : int, optional
        Number of the passage, where the words stand in several.
    on : date, optional
        When; today unless given.

    Returns
    -------
    Entered
        The same correction again changes nothing.

    Raises
    ------
    InputError
        The words are not in the source, or in several passages; or something
        that must be said is missing.
    ParameterError
        There is no such document, passage, code or entity.
    """
    find = partial(resolve, store)
    codes = Codes(store)
    prepared = prepare_correction(
        store,
        find_passages(store, where, passage),
        verbatim,
        signed(by, why, on),
        corrected=corrected,
        kind=codes.find(kind, "correction-type"),
        certainty=codes.find(certainty, "certainty"),
        refers_to=refers_to,
        find=find,
    )
    return enter(store, "comity correct", prepared)


def find_passages(store: Store, where: str, number: int | None) -> list[Passage]:
    """Return the passages that a correction may be about: one, or all of a document."""
    try:
        passage = find_passage(store, where)
    except ParameterError:
        document = find_document(store, where)
        known = passages_of(store, document)
    else:
        document = next(
            row["document"].value
            for row in select(
                store, f"SELECT ?document {{ {ox.NamedNode(passage)} oa:hasSource ?document }}"
            )
        )
        return [one for one in passages_of(store, document).values() if one == passage]
    if number is None:
        return list(known.values())
    if number not in known:
        raise InputError(
            f"{shorten(document)} has no passage {number}: its passages are 1 to "
            f"{max(known, default=0)}"
        )
    return [known[number]]


def prepare_correction(
    store: Store,
    places: Sequence[Passage],
    verbatim: str,
    by: Signed,
    *,
    corrected: str,
    kind: str,
    certainty: str,
    refers_to: str,
    find: Find,
) -> Prepared:
    """Make the statements of a correction; see :func:`correct`.

    ``kind`` and ``certainty`` are IRIs; ``find`` looks up ``refers_to``.
    """
    if not verbatim.strip():
        raise InputError("the wrong words are not given: copy them from the source")
    if not corrected and not refers_to:
        raise InputError("say what is right: the corrected words, or the entity that is meant")
    if verbatim == corrected:
        raise InputError(f"“{verbatim}” corrects nothing: the corrected words are the same")
    passage = _holding(places, verbatim)
    meant = find(refers_to, ()) if refers_to else ""
    says = f"“{verbatim}” in passage {passage.ordinal}, {_where(passage.text, verbatim)}"
    says += f", reads “{corrected}”" if corrected else f", means {shorten(meant)}"
    known = _same(store, passage, verbatim, corrected, meant)
    if known:
        return Prepared(known, f"{shorten(known)} says so already: {says}", ())
    node = mint("correction", verbatim, passage, verbatim, corrected, meant)
    quads = [
        *about(node, COMITY.Correction, by),
        quad(node, DCTERMS.type, ox.NamedNode(kind)),
        quad(node, COMITY.certainty, ox.NamedNode(certainty)),
        quad(node, COMITY.verbatim, ox.Literal(verbatim)),
        quad(node, PROV.wasDerivedFrom, ox.NamedNode(passage)),
    ]
    if corrected:
        quads.append(quad(node, COMITY.corrected, ox.Literal(corrected)))
    if meant:
        quads.append(quad(node, COMITY.refersTo, ox.NamedNode(meant)))
    return Prepared(node, says, tuple(quads))


def _holding(places: Sequence[Passage], verbatim: str) -> Passage:
    """Return the one passage that has the words."""
    found = [passage for passage in places if verbatim in passage.text]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            f"“{verbatim}” stands in the passages {_listed(found)}: say which is meant with "
            "--passage, or in the column sentence"
        )
    key = search_key(verbatim)
    near = [passage for passage in places if key and key in search_key(passage.text)]
    hint = f"; it is spelt another way in passage {_listed(near)}" if near else ""
    raise InputError(
        f"“{verbatim}” is not found in the source{hint}: copy the words letter by letter"
    )


def _listed(passages: Iterable[Passage]) -> str:
    shown = [str(passage.ordinal) for passage in passages]
    return ", ".join(shown[:SHOWN]) + (" …" if len(shown) > SHOWN else "")


def _where(text: str, verbatim: str) -> str:
    start, count = text.index(verbatim) + 1, text.count(verbatim)
    place = f"characters {start} to {start + len(verbatim) - 1}"
    return place if count == 1 else f"{place} and {count - 1} more"


def _same(store: Store, passage: str, verbatim: str, corrected: str, meant: str) -> str:
    """Find a correction of the same words of the same passage to the same."""
    rows = select(
        store,
        f"""
        SELECT ?node ?corrected ?meant WHERE {{
          ?node a comity:Correction ; comity:verbatim ?verbatim ;
                prov:wasDerivedFrom {ox.NamedNode(passage)} .
          FILTER(STR(?verbatim) = {ox.Literal(verbatim)})
          OPTIONAL {{ ?node comity:corrected ?corrected }}
          OPTIONAL {{ ?node comity:refersTo ?meant }} }} ORDER BY ?node
        """,
    )
    for row in rows:
        said = "" if row["corrected"] is None else row["corrected"].value
        other = "" if row["meant"] is None else row["meant"].value
        if said == corrected and (not meant or other == meant):
            return str(row["node"].value)
    return ""
