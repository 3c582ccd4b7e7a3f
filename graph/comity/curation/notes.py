"""Notes: a curator's comments on anything in the graph, as Web Annotations.

Source: Web Annotation Data Model, W3C 2017, §3.1 and §3.2.4 (a comment is an
``oa:Annotation`` with a target, a textual body and the motivation ``oa:commenting``),
https://www.w3.org/TR/annotation-model/.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import pyoxigraph as ox

from comity.curation.entry import (
    Entered,
    Find,
    Prepared,
    Signed,
    about,
    enter,
    exists,
    mint,
    quad,
    signed,
)
from comity.documents.lookup import find_passage
from comity.errors import InputError
from comity.labels import labels, resolve
from comity.store import Store
from comity_ontology.prefixes import shorten
from comity_ontology.terms import OA, PROV

__all__ = ["note", "prepare_note"]


def note(
    store: Store,
    what: str,
    text: str,
    *,
    by: str,
    why: str,
    passages: Sequence[str] = (),
    on: date | None = None,
) -> Entered:
    """Comment on a node.

    Parameters
    ----------
    store : Store
    what : str
        A name, short form or IRI of anything in the graph.
    text : str
        The comment.
    by, why : str
        Who writes it, and the reason.
    passages : sequence of str
        Passages that it is about or rests on, as ``source:note/3``.
    on : date, optional
        When; today unless given.

    Returns
    -------
    Entered
        The same note by the same person again changes nothing.

    Raises
    ------
    InputError
        There is no text, or nobody stands for it.
    ParameterError
        There is no such node or passage.
    """
    prepared = prepare_note(
        store,
        what,
        text,
        signed(by, why, on),
        passages=[find_passage(store, passage) for passage in passages],
        find=partial(resolve, store),
    )
    return enter(store, "comity note", prepared)


def prepare_note(
    store: Store, what: str, text: str, by: Signed, *, passages: Sequence[str], find: Find
) -> Prepared:
    """Make the statements of a note; see :func:`note`."""
    said = text.strip()
    if not said:
        raise InputError("the note is empty: write what it is to say")
    target = find(what, ())
    called = labels(store, [target])[target]
    node = mint("note", target.rpartition("/")[2], target, said, by.by)
    if exists(store, node):
        return Prepared(node, f"{shorten(node)} is there already: on {called}", ())
    quads = [
        *about(node, OA.Annotation, by),
        quad(node, OA.hasTarget, ox.NamedNode(target)),
        quad(node, OA.bodyValue, ox.Literal(said)),
        quad(node, OA.motivatedBy, ox.NamedNode(OA.commenting)),
        *(quad(node, PROV.wasDerivedFrom, ox.NamedNode(passage)) for passage in passages),
    ]
    return Prepared(node, f"note on {called}: {said}", tuple(quads))
