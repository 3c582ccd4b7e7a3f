"""Codes by name: what a person types for a code, and the code that is meant."""

from __future__ import annotations

import pyoxigraph as ox
from rapidfuzz import process

from comity.errors import ParameterError
from comity.store import Store, select
from comity_ontology.prefixes import expand
from comity_ontology.terms import CODE_NS, code

__all__ = ["Codes"]

SHOWN = 12


class Codes:
    """The codes of a store, its stewards' own included; each scheme is read once.

    Parameters
    ----------
    store : Store

    Examples
    --------
    >>> import comity
    >>> with comity.open() as graph:
    ...     Codes(graph.store).find("Memorandum of understanding", "agreement-type")
    'https://w3id.org/comity/code/memorandum-of-understanding'
    """

    def __init__(self, store: Store):
        self._store = store
        self._known: dict[str, dict[str, str]] = {}

    def find(self, text: str, scheme: str = "") -> str:
        """Return the IRI of a code.

        Parameters
        ----------
        text : str
            Its name with or without ``code:``, or its label in English; case,
            spaces and hyphens do not matter.
        scheme : str
            Name of the scheme that it must be of, such as ``act-type``; any when empty.

        Raises
        ------
        ParameterError
            No such code; the nearest, or all, are listed.
        """
        if scheme not in self._known:
            self._known[scheme] = self._read(scheme)
        known = self._known[scheme]
        wanted = text.strip()
        name = expand(wanted) if wanted.startswith(("code:", "<", CODE_NS)) else wanted
        found = known.get(_folded(name.removeprefix(CODE_NS)))
        if found:
            return found
        names = sorted({iri.removeprefix(CODE_NS) for iri in known.values()})
        near = process.extract(_folded(wanted), names, limit=3, score_cutoff=70)
        offered = [match for match, *_ in near] or (names if len(names) <= SHOWN else [])
        if offered:
            hint = f": write {', '.join(offered[:-1])}{' or ' if offered[1:] else ''}{offered[-1]}"
        else:
            hint = ": the page of the model lists them all"
        of = f" of the scheme {scheme}" if scheme else ""
        raise ParameterError(f"{text!r} is no code{of}{hint}")

    def _read(self, scheme: str) -> dict[str, str]:
        limit = f"VALUES ?scheme {{ {ox.NamedNode(code(scheme))} }}" if scheme else ""
        rows = select(
            self._store,
            f"""SELECT ?code ?label WHERE {{
                  {limit} ?code skos:inScheme ?scheme .
                  OPTIONAL {{ ?code skos:prefLabel ?label }} }} ORDER BY ?code""",
        )
        known: dict[str, str] = {}
        for row in rows:
            iri = row["code"].value
            known[_folded(iri.removeprefix(CODE_NS))] = iri
            if row["label"] is not None:
                known.setdefault(_folded(row["label"].value), iri)
        return known


def _folded(text: str) -> str:
    return "-".join(text.casefold().replace("-", " ").replace("_", " ").split())
