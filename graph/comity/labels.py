"""Names for people to read, and the nodes that a name means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from comity.errors import ParameterError
from comity.store import Store, select
from comity_ontology.names import search_key
from comity_ontology.prefixes import expand, prefixes, shorten
from comity_ontology.terms import COMITY, DCTERMS, OA, RDFS, SKOS

__all__ = [
    "NAMING",
    "alike",
    "country_names",
    "labels",
    "named",
    "of_another_class",
    "resolve",
]

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
    for start in range(0, len(wanted), BATCH):
        listed = " ".join(str(ox.NamedNode(iri)) for iri in wanted[start : start + BATCH])
        # With the property as a variable, the engine would read all statements of each node.
        # What a note says stands for its name.
        named = " UNION ".join(
            f"{{ VALUES ?node {{ {listed} }} ?node <{naming}> ?label . BIND({2 * rank} AS ?rank) }}"
            for rank, naming in enumerate((*NAMING, OA.bodyValue))
        )
        rows = select(
            store,
            f"""
            SELECT ?node ?label (LANG(?label) AS ?language) ?rank WHERE {{
              {named} FILTER(ISLITERAL(?label)) }}
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
        Nothing of the class has that name (the nearest are offered), the IRI is none, not
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
    near = _nearest(store, text, classes)
    if classes and (others := named(store, text)):
        raise ParameterError(f"{of_another_class(store, text, others, classes)}{near}")
    raise ParameterError(f"nothing is called {text!r}{near}")


def of_another_class(
    store: Store, text: str, found: Iterable[str], classes: Collection[str]
) -> str:
    """Say that a name is known, but of nodes that are not what is asked for.

    Parameters
    ----------
    store : Store
    text : str
        The name.
    found, classes : iterable of str
        IRIs of the nodes that have it, and of the classes that are asked for.

    Returns
    -------
    str
    """
    listed = ", ".join(shorten(node) for node in sorted(found)[:SHOWN])
    wanted = _in_words(store, classes)
    return f"{text!r} is the name of {listed}, and what is asked for is: {wanted}"


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


def alike(
    store: Store, texts: Mapping[str, str], cls: str, *, cutoff: float = 85
) -> dict[str, tuple[str, str]]:
    """Find for names the node of a class that has the most similar one.

    Parameters
    ----------
    store : Store
    texts : mapping of str to str
        IRIs of nodes and their names; a node is not compared with these.
    cls : str
        IRI of the class.
    cutoff : float
        How similar a name must be, up to 100.

    Returns
    -------
    dict
        IRI of a node in `texts` to IRI and name of the node that is most like it.
    """
    keys = {key: node for key, node in _keys(store, [cls]) if node not in texts}
    found = {}
    for iri, text in texts.items():
        best = process.extractOne(
            search_key(text), keys.keys(), scorer=fuzz.WRatio, score_cutoff=cutoff
        )
        if best is not None:
            found[iri] = keys[best[0]]
    shown = labels(store, found.values())
    return {iri: (node, shown[node]) for iri, node in found.items()}


def _in_words(store: Store, classes: Collection[str]) -> str:
    """Name classes; one of another vocabulary, as foaf:Person, by the end of its short form."""
    found = labels(store, classes)
    words = [
        label.rpartition(":")[2].lower() if label == shorten(cls) else label
        for cls, label in found.items()
    ]
    return " or ".join(sorted(words))


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
        wanted = _in_words(store, classes)
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
    keys: dict[str, list[str]] = {}
    for key, node in _keys(store, classes):
        keys.setdefault(key, []).append(node)
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


def _keys(store: Store, classes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give the search keys of all nodes of some classes, and the nodes."""
    rows = select(
        store,
        f"SELECT DISTINCT ?node ?key WHERE {{ ?node comity:searchKey ?key {_of_class(classes)} }}",
    )
    return ((row["key"].value, row["node"].value) for row in rows)


def _of_class(classes: Collection[str], node: str = "?node") -> str:
    if not classes:
        return ""
    listed = " ".join(str(ox.NamedNode(cls)) for cls in sorted(classes))
    return f"VALUES ?class {{ {listed} }} {node} a/rdfs:subClassOf* ?class ."
