"""The process that answers one query, so that it can be killed.

On standard input comes a request as JSON (``store``, ``query``, ``limit``), on
standard output goes a line that says what follows, then that: SPARQL results
as JSON, triples as N-Triples, or an error as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import IO, Any

import pyoxigraph as ox

from comity.errors import QueryError
from comity.results import write
from comity.store import open_store
from comity_ontology.prefixes import prefixes

__all__ = ["ERROR", "ROWS", "TRIPLES", "answer"]

ROWS = b"rows\n"
"""First line of an answer of rows."""
TRIPLES = b"triples\n"
"""First line of an answer of triples."""
ERROR = b"error\n"
"""First line of what went wrong."""


def answer(request: dict[str, Any], output: IO[bytes]) -> None:
    """Answer a request; see the module."""
    limit = None if request["limit"] is None else request["limit"] + 1
    store = open_store(request["store"], read_only=True)
    try:
        found = store.query(request["query"], prefixes=prefixes())
    except QueryError as error:
        problem = {"message": str(error), "line": error.line, "column": error.column}
        output.write(ERROR + json.dumps(problem).encode())
        return
    triples = isinstance(found, ox.QueryTriples)
    output.write(TRIPLES if triples else ROWS)
    write(found, output, "ntriples" if triples else "json", limit=limit)


if __name__ == "__main__":
    answer(json.load(sys.stdin), sys.stdout.buffer)
