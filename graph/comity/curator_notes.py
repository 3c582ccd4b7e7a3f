"""What curators added about a node: inferences, corrections and comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from comity.labels import labels
from comity.store import Store, select

__all__ = ["CuratorNote", "curator_notes"]


@dataclass(frozen=True, slots=True)
class CuratorNote:
    """What a curator added about a node.

    Attributes
    ----------
    node : str
        IRI of the inference, correction or note.
    kind : str
        ``"inference"``, ``"correction"`` or ``"note"``.
    says : str
        The statement, the corrected words or the comment, for people.
    basis : str
        Why, in the curator's words.
    certainty : str
        IRI of the certainty code, or empty.
    by, on : str
        Who added it, as a name, and the day; empty where that is not said.
    """

    node: str
    kind: str
    says: str
    basis: str
    certainty: str
    by: str = ""
    on: str = ""


def curator_notes(store: Store, node: str) -> Iterator[CuratorNote]:
    """Find inferences about a node, corrections that mean it or are of its words, and comments.

    Parameters
    ----------
    store : Store
    node : str
        IRI.

    Yields
    ------
    CuratorNote
        In the order of their IRIs.
    """
    name = ox.NamedNode(node)
    rows = list(
        select(
            store,
            f"""
            SELECT DISTINCT ?note ?s ?p ?o ?verbatim ?corrected ?meant ?comment
                            ?basis ?certainty ?by ?on WHERE {{
              {{ ?note a comity:Inference ; rdf:subject {name} ;
                       rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }}
              UNION {{ ?note a comity:Correction ; comity:refersTo {name} ;
                       comity:verbatim ?verbatim }}
              UNION {{ ?note a comity:Correction ; prov:wasDerivedFrom {name} ;
                       comity:verbatim ?verbatim }}
              UNION {{ ?note a oa:Annotation ; oa:hasTarget {name} ; oa:bodyValue ?comment }}
              OPTIONAL {{ ?note comity:corrected ?corrected }}
              OPTIONAL {{ ?note comity:refersTo ?meant }}
              OPTIONAL {{ ?note comity:basis ?basis }}
              OPTIONAL {{ ?note comity:certainty ?certainty }}
              OPTIONAL {{ ?note dcterms:creator ?by }}
              OPTIONAL {{ ?note dcterms:created ?on }}
            }} ORDER BY ?note ?o
            """,
        )
    )
    mentioned = [
        row[name].value
        for row in rows
        for name in ("s", "p", "o", "meant", "by")
        if isinstance(row[name], ox.NamedNode)
    ]
    named = labels(store, mentioned)
    for row in rows:
        kind, said = _said(row, named)
        by = _value(row, "by")
        yield CuratorNote(
            node=row["note"].value,
            kind=kind,
            says=said,
            basis=_value(row, "basis"),
            certainty=_value(row, "certainty"),
            by=named.get(by, by),
            on=_value(row, "on"),
        )


def _said(row: ox.QuerySolution, named: dict[str, str]) -> tuple[str, str]:
    """Tell what kind of note a row is, and what it says."""
    if row["comment"] is not None:
        return "note", row["comment"].value
    if row["verbatim"] is None:
        parts = (row[part].value for part in ("s", "p", "o"))
        return "inference", " ".join(named.get(part, part) for part in parts)
    if row["corrected"] is not None:
        return "correction", f"“{row['verbatim'].value}” reads “{row['corrected'].value}”"
    meant = _value(row, "meant")
    return "correction", f"“{row['verbatim'].value}” means {named.get(meant, meant)}"


def _value(row: ox.QuerySolution, name: str) -> str:
    term = row[name]
    return "" if term is None else str(term.value)
