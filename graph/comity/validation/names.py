"""What shapes and checks are called in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from comity.validation.shapes.model import Shapes
from comity_ontology.prefixes import shorten
from comity_ontology.terms import SHAPE_NS

__all__ = ["OWN_CHECKS", "Check", "shape_names"]


class Check(NamedTuple):
    """A check that is no shape.

    Attributes
    ----------
    name : str
        In plain words.
    advice : str
        What to do about what it finds.
    """

    name: str
    advice: str


_REBUILD = "Restore a backup, or load an export into a new store."

OWN_CHECKS = {
    f"{SHAPE_NS}{name}": check
    for name, check in {
        "WellFormed": Check("statement by itself", "Correct this statement in the file."),
        "ReadableRow": Check("row that can be read", "Correct this row of the table."),
        "KnownGraph": Check("known graph", "Name the graph of a document that is kept."),
        "FactGraph": Check("graph of a document", "Give each document a graph of its own."),
        "Described": Check(
            "description of documents", "Leave it out; replacing a document changes it."
        ),
        "DeclaredCode": Check("declared code", "Use a code that is declared, or declare it."),
        "CuratorsWord": Check("curator's word", "Move it to the curation graph."),
        "Domain": Check("property of such a thing", "Add the class, or correct the property."),
        "TimePointBounds": Check(
            "bounds of a time point", "Correct the EDTF value, or leave the bounds out."
        ),
        "Typed": Check("class of a thing", "Add its class with rdf:type."),
        "Strict": Check("everything or nothing", "Mend what else was found, then load again."),
        "NoStaging": Check("nothing left over", "Run a command that writes when no load runs."),
        "Shipped": Check(
            "ontology and codes as shipped", "Open the store for writing, which renews them."
        ),
        "DefaultGraph": Check("default graph is the union", _REBUILD),
        "StoredTerms": Check("terms that a store holds", _REBUILD),
        "SearchKey": Check("search keys of names", _REBUILD),
    }.items()
}
"""By IRI: the gate's own checks and those of the store itself."""


def shape_names(shapes: Shapes, iris: Iterable[str]) -> dict[str, str]:
    """Return what shapes and checks are called.

    Parameters
    ----------
    shapes : Shapes
    iris : iterable of str
        Of shapes and checks.

    Returns
    -------
    dict
        IRI to the name in :attr:`Shapes.names`; else its short form.

    Examples
    --------
    >>> from comity.validation import shipped_shapes
    >>> act = SHAPE_NS + "Act-type"
    >>> shape_names(shipped_shapes(), [act])[act]
    'act: kind'
    """
    return {
        iri: shapes.names.get(iri) or (OWN_CHECKS[iri].name if iri in OWN_CHECKS else shorten(iri))
        for iri in set(iris)
    }
