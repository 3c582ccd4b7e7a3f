"""Names for people to read, and the nodes that a name means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from comity.errors import ParameterError
from comity.store import Store, select
from comity_ontology.names import search_key
from comity_ontology.prefixes import expand, prefixes, shorten
from comity_ontology.terms import COMITY, DCTERMS, OA, RDFS, SKOS

__all__ = ["NAMING", "country_names", "labels", "named", "resolve"]

BATCH = 500
SHOWN = 8
OFFERED = 3
NAMING = (
    SKOS.prefLabel,
    DCTERMS.title,
    RDFS.label,
    COMITY.acronym,
    SKOS.altLabel,
    SKOS.hiddenLabel,
)
"""Properties whose values name a thing, the best first."""


def labels(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Return a label for each IRI: English, else any, else its short form.

    Parameters
    ----------
    store : Store
    iris : iterable of str

    Returns
    -------
    dict
        IRI to label, for every IRI given.
    """
    wanted = sorted(set(iris))
    found: dict[str, tuple[int, str]] = {}
    # What a note says stands for its name.
    ranks = " ".join(
        f"(<{predicate}> {2 * rank})" for rank, predicate in enumerate((*NAMING, OA.bodyValue))
    )
    for start in range(0, len(wanted), BATCH):
        listed = " ".join(str(ox.NamedNode(iri)) for iri in wanted[start : start + BATCH])
        rows = select(
            store,
            f"""
            SELECT ?node ?label (LANG(?label) AS ?language) ?rank WHERE {{
              VALUES ?node {{ {listed} }}
              VALUES (?naming ?rank) {{ {ranks} }}
              ?node ?naming ?label . FILTER(ISLITERAL(?label)) }}
            """,
        )
        for row in rows:
            english = row["language"].value.lower().startswith("en")
            rank = int(row["rank"].value) + (0 if english else 1)
            candidate = (rank, row["label"].value)
            iri = row["node"].value
            found[iri] = min(found.get(iri, candidate), candidate)
    return {iri: found[iri][1] if iri in found else shorten(iri) for iri in wanted}


def country_names(store: Store) -> dict[str, str]:
    """Return the names of the countries in a store by their ISO 3166 code."""
    rows = sorted(
        (row[1].value, row[0].value)
        for row in select(store, "SELECT ?country ?code WHERE { ?country comity:iso3166 ?code }")
    )
    named = labels(store, [iri for _, iri in rows])
    return {code: named[iri] for code, iri in rows}


def resolve(store: Store, text: str, classes: Collection[str] = ()) -> str:
    """Find the node that a user means.

    Parameters
    ----------
    store : Store
    text : str
        An IRI, a short form such as ``agency:kosgeb``, or a name or acronym in
        any of the languages known; upper and lower case and marks don't
        matter. A country is also found by its ISO 3166 code.
    classes : collection of str
        IRIs of the classes that it may belong to; any when empty.

    Returns
    -------
    str
        The node's IRI; of one that was replaced, the IRI that stands for it now.

    Raises
    ------
    ParameterError
        Nothing has that name (the nearest are offered), the IRI is none, not
        in the graph or of another class, or several nodes have the name (they
        are listed).
    """
    iri = _as_iri(text)
    if iri is not None:
        return _existing(store, iri, text, classes)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ParameterError(f"{text!r} is not UTF-8 text: type the name as UTF-8")
    found = named(store, text, classes)
    if len(found) == 1:
        return found[0]
    if found:
        shown = labels(store, found[:SHOWN])
        listed = "; ".join(f"{shorten(node)} ({shown[node]})" for node in found[:SHOWN])
        raise ParameterError(f"{text!r} may be any of {listed}: give one of these short forms")
    raise ParameterError(f"nothing is called {text!r}{_nearest(store, text, classes)}")


def named(store: Store, text: str, classes: Collection[str] = ()) -> list[str]:
    """Return the nodes that have a name, however it is spelt, or an ISO 3166 code.

    Parameters
    ----------
    store : Store
    text : str
        A name or acronym in any of the languages known.
    classes : collection of str
        IRIs of the classes that they may belong to; any when empty.

    Returns
    -------
    list of str
        Their IRIs, sorted; those that were replaced give way to what stands for them now.
    """
    found = _named(store, search_key(text), text.strip().upper(), classes)
    return sorted({_current(store, node).value for node in found})


def _as_iri(text: str) -> str | None:
    stripped = text.strip()
    prefix, colon, _ = stripped.partition(":")
    if stripped.startswith("<") or "://" in stripped or (colon and prefix in prefixes()):
        return expand(stripped)
    return None


def _existing(store: Store, iri: str, text: str, classes: Collection[str]) -> str:
    try:
        node = _current(store, iri)
    except ValueError as error:
        raise ParameterError(f"{text} is not an IRI: {error}") from error
    everywhere = ox.DefaultGraph()
    known = next(store.match(node, None, None, everywhere), None) or next(
        store.match(None, None, node, everywhere), None
    )
    if known is None:
        raise ParameterError(f"{text} is not in the graph: find it with comity query find-name")
    if classes and not next(select(store, f"SELECT * {{ {_of_class(classes, str(node))} }}"), None):
        wanted = " or ".join(sorted(labels(store, classes).values()))
        raise ParameterError(f"{text} is not of the class that is asked for: {wanted}")
    return node.value


def _current(store: Store, iri: str) -> ox.NamedNode:
    """Follow dcterms:isReplacedBy to the IRI that stands for a node now."""
    node = ox.NamedNode(iri)
    followed = {iri}
    while following := next(
        store.match(node, ox.NamedNode(DCTERMS.isReplacedBy), None, ox.DefaultGraph()), None
    ):
        if not isinstance(following.object, ox.NamedNode) or following.object.value in followed:
            break
        node = following.object
        followed.add(node.value)
    return node


def _named(store: Store, key: str, iso_code: str, classes: Collection[str]) -> Iterator[str]:
    literal, code = ox.Literal(key), ox.Literal(iso_code)
    rows = select(
        store,
        f"""
        SELECT DISTINCT ?node WHERE {{
          {{ ?node comity:searchKey {literal} }} UNION {{ ?node comity:iso3166 {code} }}
          {_of_class(classes)} }}
        """,
    )
    return (row["node"].value for row in rows)


def _nearest(store: Store, text: str, classes: Collection[str]) -> str:
    rows = select(
        store,
        f"SELECT DISTINCT ?node ?key WHERE {{ ?node comity:searchKey ?key {_of_class(classes)} }}",
    )
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row["key"].value, []).append(row["node"].value)
    near = process.extract(search_key(text), keys.keys(), scorer=fuzz.WRatio, limit=SHOWN)
    nodes: dict[str, None] = {}
    for key, score, _ in near:
        # Those of one name are offered together: which of them is meant, only the user knows.
        if score >= 60 and len(nodes) < OFFERED:
            nodes |= dict.fromkeys(sorted({_current(store, node).value for node in keys[key]}))
    if not nodes:
        return ""
    named = labels(store, nodes)
    listed = ", ".join(f"{shorten(node)} ({named[node]})" for node in list(nodes)[:SHOWN])
    return f"; near it are {listed}"


def _of_class(classes: Collection[str], node: str = "?node") -> str:
    if not classes:
        return ""
    listed = " ".join(str(ox.NamedNode(cls)) for cls in sorted(classes))
    return f"VALUES ?class {{ {listed} }} {node} a/rdfs:subClassOf* ?class ."
