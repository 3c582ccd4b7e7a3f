"""What removing and replacing one document costs in stores of different sizes.

Run it from the project's folder: ``python benchmarks/documents.py [DOCUMENTS...]``. Each
document has a hundred sentences and five hundred facts, of which a fifth are stated by
every document. The time should not grow with the number of documents.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

import comity
from comity.documents import Document, document_quads
from comity.documents.model import passage_iri
from comity.store import EmbeddedStore, open_store
from comity_ontology.names import search_key
from comity_ontology.prefixes import GRAPHS, expand

SENTENCES, OWN, SHARED = 100, 100, 25


def text_of(number: int) -> str:
    said = (f"Sentence {at} of text {number} stands here." for at in range(2, SENTENCES + 1))
    return f"Text {number}\n\n" + " ".join(said)


def quads(number: int) -> Iterator[ox.Quad]:
    """All that a store holds because of one document, without the default graph."""
    text, source = text_of(number), expand(f"source:d{number}")
    graph, curation = ox.NamedNode(f"{GRAPHS.SOURCE}d{number}"), ox.NamedNode(GRAPHS.CURATION)
    yield from document_quads(
        Document(
            source,
            graph.value,
            hashlib.sha256(text.encode()).hexdigest(),
            f"Text {number}",
            language="en",
            text=text,
        )
    )
    names = [f"own-{number}-{at}" for at in range(OWN)] + [f"shared-{at}" for at in range(SHARED)]
    for at, name in enumerate(names):
        node, label = ox.NamedNode(expand(f"person:{name}")), ox.Literal(name, language="en")
        key = ox.Literal(search_key(name))
        link = ox.NamedNode(passage_iri(source, at % SENTENCES + 1))
        yield ox.Quad(
            node, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("foaf:Person")), graph
        )
        yield ox.Quad(node, ox.NamedNode(expand("skos:prefLabel")), label, graph)
        yield ox.Quad(node, ox.NamedNode(expand("prov:wasDerivedFrom")), link, graph)
        yield ox.Quad(node, ox.NamedNode(expand("comity:searchKey")), key, curation)


def filled(folder: Path, documents: int) -> int:
    store = open_store(folder)
    triples = 0

    def all_quads() -> Iterator[ox.Quad]:
        nonlocal triples
        for number in range(documents):
            for quad in quads(number):
                triples += 1
                yield quad
                yield ox.Quad(quad.subject, quad.predicate, quad.object)

    store.bulk(all_quads())
    assert isinstance(store, EmbeddedStore)
    store.engine.optimize()
    store.close()
    return triples


def main(sizes: list[int]) -> None:
    print("documents      quads   remove   replace")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "store"
            count = filled(place, size)
            new = Path(folder) / "new.txt"
            new.write_text(text_of(1).replace("Sentence 50", "A new one. Sentence 50"))
            with comity.open(place) as graph:
                start = time.perf_counter()
                graph.remove_document("d0")
                removed = time.perf_counter() - start
                start = time.perf_counter()
                assert graph.replace_document("d1", new).committed
                replaced = time.perf_counter() - start
        print(f"{size:>9} {count:>10,} {removed:>6.2f} s {replaced:>7.2f} s")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10, 100, 1_000])
