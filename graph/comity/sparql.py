"""Queries that users write: no outgoing calls, and limits on time and rows.

The engine has no time-out, and an aggregate cannot be interrupted from
Python. So a query with a time limit runs in a child process that reads the
store and is killed when the time is up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyoxigraph as ox

import comity
import comity_ontology
import comity_queries
from comity.errors import NotSupported, ParameterError, QueryError, TimeLimit
from comity.results import Result, Triples, read
from comity.sparql_child import ERROR, TRIPLES
from comity.store import Store
from comity.store.embedded import SNAPSHOT
from comity_ontology.prefixes import prefixes
from comity_queries.forbidden import forbidden
from comity_queries.tokens import DEEPEST, deepest

__all__ = ["ask", "check_query"]

LONGEST = 1_000_000
LONGEST_WAIT = 1e6  # beyond what any query takes, and within what the system can count
_NEEDED = (comity, comity_ontology, comity_queries)


def ask(
    store: Store, text: str, *, limit: int | None = None, timeout: float | None = None
) -> Result:
    """Answer a SPARQL query, with the prefixes of the one map predeclared.

    Parameters
    ----------
    store : Store
    text : str
        SELECT, ASK, CONSTRUCT or DESCRIBE.
    limit : int, optional
        Rows or triples to keep at most; the result's ``truncated`` tells
        whether there were more.
    timeout : float, optional
        Seconds; needs a store in a directory.

    Returns
    -------
    Rows, Answer or Triples

    Raises
    ------
    QueryError
        The text is not a query, is longer than a million characters, nests
        brackets more than 200 deep, or would call another server.
    TimeLimit
        The time is up.
    NotSupported
        A time limit on a store in memory.
    """
    check_query(text)
    if timeout is not None and not timeout >= 0:
        raise ParameterError(f"a time limit is a number of seconds, not {timeout:g}")
    if timeout is None:
        return read(store.query(text, prefixes=prefixes()), limit=limit)
    with _beside(store) as directory, tempfile.TemporaryFile() as output:
        _run(directory, text, limit, timeout, output)
        output.seek(0)
        return _result(output, limit)


def check_query(text: str) -> None:
    """Refuse a query that would call another server, or end the process that answers it.

    Parameters
    ----------
    text : str
        SPARQL; syntax errors are left to the engine.

    Raises
    ------
    QueryError
        It is no Unicode text, longer than a million characters, nested more
        than 200 deep, or has a SERVICE.
    """
    if not text.isascii() and not _is_unicode(text):
        raise QueryError("the query is not UTF-8 text: save or type it as UTF-8")
    if len(text) > LONGEST:
        raise QueryError(
            f"a query of {len(text):,} characters is too long (the limit is {LONGEST:,}): "
            "load the data that it holds, and ask for that"
        )
    if (place := deepest(text, DEEPEST)) is not None:
        line, column = place
        raise QueryError(
            f"brackets are nested more than {DEEPEST} deep (line {line}, column {column}): "
            "write the query flatter",
            line=line,
            column=column,
        )
    for found in forbidden(text):
        raise QueryError(
            f"{found.keyword} (line {found.line}, column {found.column}) would call another "
            "server, which queries here may not: load that data first",
            line=found.line,
            column=found.column,
        )


def _is_unicode(text: str) -> bool:
    """Tell text from bytes that could not be decoded, which Python keeps as surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _run(directory: Path, text: str, limit: int | None, timeout: float, output: IO[bytes]) -> None:
    request = json.dumps({"store": str(directory), "query": text, "limit": limit})
    try:
        done = subprocess.run(
            # -P: no file of the folder that one works in may stand for a module
            [sys.executable, "-P", "-m", "comity.sparql_child"],
            input=request.encode(),
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=min(timeout, LONGEST_WAIT),
            check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(_module_folders())},
        )
    except subprocess.TimeoutExpired as error:
        raise TimeLimit(
            f"the query was stopped after {timeout:g} s: ask for less, or allow more with --timeout"
        ) from error
    if done.returncode:
        raise QueryError(f"the query failed: {done.stderr.decode(errors='replace').strip()[-500:]}")


def _module_folders() -> Iterator[str]:
    """Give the folders of ``sys.path``, but the current one only where it holds Comity."""
    current = Path.cwd().resolve()
    needed = {Path(module.__file__ or "").resolve().parents[1] for module in _NEEDED}
    for folder in sys.path:
        path = Path(folder)
        if path.is_absolute() and (path.resolve() != current or current in needed):
            yield folder


def _result(output: IO[bytes], limit: int | None) -> Result:
    kind = output.readline()
    content = output.read()
    if kind == ERROR:
        problem = json.loads(content)
        raise QueryError(problem["message"], line=problem["line"], column=problem["column"])
    if kind == TRIPLES:
        parsed = ox.parse(input=content, format=ox.RdfFormat.N_TRIPLES)
        return Triples((quad.triple for quad in parsed), limit=limit)
    found = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    return read(found, limit=limit)


@contextmanager
def _beside(store: Store) -> Iterator[Path]:
    """Give a directory that another process may read: the store's, or a copy of it.

    A directory that this process may write to is not safe to read beside it.
    """
    if store.directory is None or store.readable is None:
        raise NotSupported("a time limit needs a store in a directory, this one is in memory")
    if not store.writable:
        yield store.readable
        return
    with tempfile.TemporaryDirectory(dir=store.directory, prefix=SNAPSHOT) as folder:
        copy = Path(folder) / "store"
        store.snapshot(copy)
        yield copy
