"""Checking that a store is what the gate promises, whatever the shapes say about its content.

Everything is streamed from the engine: what is held in memory is the examples
of each finding, the names of graphs and what this version ships.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from comity import timepoints
from comity.errors import StoreError
from comity.gate.checks import fault
from comity.gate.keys import NAMING
from comity.shipped import shipped_digests, shipped_triples, stored_triples
from comity.store import Store, select
from comity.store.embedded import STAGING
from comity.validation import Report, Result
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, shorten
from comity_ontology.terms import CODE_NS, COMITY

__all__ = ["check_store"]

EXAMPLES = 20
_FIXED = (GRAPHS.CURATION, GRAPHS.META, GRAPHS.ONTOLOGY, GRAPHS.CODES)
_REBUILD = "restore a backup, or export the store and load the export into a new one"


def check_store(store: Store, *, examples: int = EXAMPLES) -> Report:
    """Check a store itself: what no shape can see and the gate keeps true.

    Checked are: the default graph is the set union of the named graphs, in
    both directions; no staging is left over; each named graph is a fixed one
    or that of exactly one document; no blank node and no RDF 1.2 term is
    stored; the bounds of time points follow from their EDTF values; each name
    has its search key; the ontology and codes are those of this version.

    Parameters
    ----------
    store : Store
        It need not be writable, and is not changed.
    examples : int
        How many results of each kind to give; further ones are counted.

    Returns
    -------
    Report
        Its ``conforms`` is true when nothing was found. Results are named like
        shapes and are all violations.

    Raises
    ------
    StoreError
        The engine cannot read its own files.

    Examples
    --------
    >>> import comity
    >>> with comity.open() as graph:
    ...     check_store(graph.store).summary()
    'conforms: 0 violations, 0 warnings, 0 notes'
    """
    try:
        return Report.of(_first_of_each(_findings(store), examples))
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"the data of {store.location} is damaged ({error}): restore a backup, or load the "
            "documents and files into a new store"
        ) from error


def _findings(store: Store) -> Iterator[Result]:
    yield from _left_over_staging(store)
    yield from _graphs(store)
    yield from _shipped(store)
    yield from _default_graph(store)
    yield from _terms(store)
    yield from _time_points(store)
    yield from _search_keys(store)


def _first_of_each(results: Iterable[Result], examples: int) -> Iterator[Result]:
    """Pass on the first results of each kind, then say how many more there were."""
    seen: Counter[str] = Counter()
    for result in results:
        seen[result.shape] += 1
        if seen[result.shape] <= examples:
            yield result
    for shape, count in seen.items():
        if count > examples:
            name = shape.rpartition("/")[2]
            yield fault(name, GRAPHS.BASE, f"{count - examples:,} more like the others of its kind")


def _left_over_staging(store: Store) -> Iterator[Result]:
    left = [] if store.directory is None else sorted(store.directory.glob(f"{STAGING}*"))
    for folder in left:
        message = (
            "belongs to a load that is running, or was left over by one that was stopped; the "
            "next command that writes clears it"
        )
        yield fault("NoStaging", GRAPHS.BASE, f"the folder {folder.name} {message}")


def _graphs(store: Store) -> Iterator[Result]:
    """Compare the graphs there are with those that documents name."""
    owners: dict[str, list[str]] = {}
    for row in select(store, f"SELECT ?s ?graph {{ ?s <{COMITY.factGraph}> ?graph }}"):
        owners.setdefault(row["graph"].value, []).append(row["s"].value)
    for graph, documents in sorted(owners.items()):
        for document in documents if len(documents) > 1 else []:
            others = ", ".join(shorten(one) for one in sorted(documents) if one != document)
            message = f"its fact graph {shorten(graph)} is also that of {others}"
            value = ox.NamedNode(graph)
            yield fault("FactGraph", document, message, path=COMITY.factGraph, value=value)
        if not graph.startswith(GRAPHS.SOURCE):
            message = f"a document's facts belong to a graph below {GRAPHS.SOURCE}"
            value = ox.NamedNode(graph)
            yield fault("FactGraph", documents[0], message, path=COMITY.factGraph, value=value)
    for graph in store.graphs():
        if graph not in owners and graph not in _FIXED:
            message = f"no document has the graph {shorten(graph)} as its own: {_REBUILD}"
            yield fault("KnownGraph", graph, message)


def _shipped(store: Store) -> Iterator[Result]:
    """Compare the ontology and codes graphs with what this version ships."""
    sha256, meta = ox.NamedNode(COMITY.sha256), ox.NamedNode(GRAPHS.META)
    for graph, digest in shipped_digests().items():
        node = ox.NamedNode(graph)
        if next(store.match(node, sha256, ox.Literal(digest), meta), None) is None:
            message = "is that of another version: the next command that writes updates it"
            yield fault("Shipped", graph, f"{shorten(graph)} {message}")
            continue
        shipped = stored_triples(graph)
        held = {quad.triple for quad in store.match(None, None, None, node)}
        for triple in sorted(shipped - held, key=str):
            yield _about(triple, "Shipped", f"is not in {shorten(graph)}, and should be")
        if graph == GRAPHS.ONTOLOGY:
            for triple in sorted(held - shipped, key=str):
                yield _about(triple, "Shipped", f"is in {shorten(graph)}, and is not ours")


def _default_graph(store: Store) -> Iterator[Result]:
    """Compare the default graph with the union of the named ones."""
    for row in select(
        store, "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
    ):
        triple = ox.Triple(row[0], row[1], row[2])
        message = f"is in the default graph, and no graph says it: {_REBUILD}"
        yield _about(triple, "DefaultGraph", message)
    for row in select(
        store, "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
    ):
        triple = ox.Triple(row[0], row[1], row[2])
        message = f"is in {shorten(row[3].value)} and not in the default graph: {_REBUILD}"
        yield _about(triple, "DefaultGraph", message)


def _terms(store: Store) -> Iterator[Result]:
    """Find what RDF 1.1 stores without blank nodes cannot hold."""
    for row in select(
        store,
        "SELECT ?s ?p ?o { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o) || ISTRIPLE(?o)) }",
    ):
        triple = ox.Triple(row[0], row[1], row[2])
        message = f"has a term that the gate lets nobody store: {_REBUILD}"
        yield _about(triple, "StoredTerms", message)


def _time_points(store: Store) -> Iterator[Result]:
    for row in select(
        store,
        f"SELECT ?s ?edtf ?first ?last {{ ?s <{COMITY.edtf}> ?edtf . OPTIONAL {{ ?s "
        f"<{COMITY.earliest}> ?first }} OPTIONAL {{ ?s <{COMITY.latest}> ?last }} }}",
    ):
        edtf, first, last = (None if term is None else term.value for term in list(row)[1:])
        message = timepoints.check(edtf or "", first, last)
        if message:
            yield fault("TimePointBounds", row[0].value, message, value=row[1])


def _search_keys(store: Store) -> Iterator[Result]:
    """Find names without their key; what ships, or did, is looked up by its IRI and has none."""
    ours = {triple.subject for triples in shipped_triples().values() for triple in triples}
    key, curation = ox.NamedNode(COMITY.searchKey), ox.NamedNode(GRAPHS.CURATION)
    listed = " ".join(f"<{predicate}>" for predicate in NAMING)
    pattern = f"VALUES ?naming {{ {listed} }} ?s ?naming ?name"
    for row in select(store, f"SELECT ?s ?name {{ {pattern} }}"):
        node, name = row[0], row[1]
        if not isinstance(name, ox.Literal) or node in ours or node.value.startswith(CODE_NS):
            continue
        folded = search_key(name.value)
        if folded and next(store.match(node, key, ox.Literal(folded), curation), None) is None:
            message = f"cannot be found under this name, its search key is missing: {_REBUILD}"
            yield fault("SearchKey", node.value, message, path=COMITY.searchKey, value=name)


def _about(triple: ox.Triple, check: str, message: str) -> Result:
    focus = (
        triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)
    )
    said = f"what this node says by {shorten(triple.predicate.value)} {message}"
    return fault(check, focus, said, path=triple.predicate.value, value=triple.object)
