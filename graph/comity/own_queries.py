"""Questions of one's own: where they are, and whether they are sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from comity.bootstrap import bootstrap
from comity.errors import ComityError, InputError
from comity.readers import RdfFile
from comity.results import Rows
from comity.sparql import ask
from comity.store import Store, open_store
from comity_queries import Query, bind, names
from comity_queries.cases import Case, differences, read_cases
from comity_queries.header import read_query
from comity_queries.lint import Finding, lint

__all__ = ["Checked", "check_file", "query_files"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a question found.

    Attributes
    ----------
    path : Path
        The file.
    findings : tuple of Finding
        What is wrong with it; empty for a sound one.
    cases : int
        How many expected results were compared.
    """

    path: Path
    findings: tuple[Finding, ...]
    cases: int = 0


def query_files(paths: Sequence[Path]) -> list[Path]:
    """Return the query files among some files and folders.

    Raises
    ------
    InputError
        A path is missing, no ``.rq`` file, or a folder without one.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted([*path.glob("*.rq"), *path.glob("*/*.rq")])
            if not inside:
                raise InputError(f"{path} holds no query: their files end in .rq")
            found += inside
        elif not path.is_file():
            raise InputError(f"{path}: there is no such file")
        elif path.suffix != ".rq":
            raise InputError(f"{path}: a query's file ends in .rq")
        else:
            found.append(path)
    return found


def check_file(path: Path, store: Store | None = None, *, timeout: float | None = None) -> Checked:
    """Check a question as the shipped ones are checked.

    Its header is read, it goes through the lint, it runs as it stands and bound
    with its example, with the same rows, and each case of ``NAME.cases.yaml``
    beside it gives what is expected. The data is ``NAME.data.trig`` (or ``.ttl``)
    beside it, else the store.

    Parameters
    ----------
    path : Path
        A ``.rq`` file.
    store : Store, optional
        What is asked where there is no data beside the file.
    timeout : float, optional
        Seconds that a query over a store in a directory may take.

    Returns
    -------
    Checked

    Raises
    ------
    InputError
        The data beside it cannot be read.

    Examples
    --------
    >>> from comity_queries import get
    >>> check_file(get("signatories").path).findings
    ()
    """
    try:
        text = path.read_text(encoding="utf-8")
        query = read_query(text, name=path.stem, topic=path.parent.name, path=path)
    except UnicodeDecodeError as error:
        return _failed(path, f"not UTF-8 at byte {error.start}")
    except InputError as error:
        return _failed(path, str(error).removeprefix(f"{path}: "))
    findings = list(lint(query))
    if not _is_shipped(path) and path.stem in names():
        findings.append(Finding(path, 1, 1, "a shipped query has this name; choose another"))
    if findings:
        return Checked(path, tuple(findings))
    expected = path.with_suffix(".cases.yaml")
    try:
        cases = read_cases(expected, query) if expected.is_file() else []
        data = _data(path)
        if data is not None:
            store, timeout = _loaded(data), None
        if store is None and cases:
            return _failed(expected, "there is no data: put it beside, or name a store")
        if store is not None:
            findings += _compared(store, query, cases, expected, timeout)
    except ComityError as error:
        return _failed(path, str(error).removeprefix(f"{path}: "))
    return Checked(path, tuple(findings), len(cases))


def _failed(path: Path, message: str) -> Checked:
    return Checked(path, (Finding(path, 1, 1, message),))


def _is_shipped(path: Path) -> bool:
    import comity_queries

    folder = Path(comity_queries.__file__).parent
    return path.resolve().is_relative_to(folder.resolve())


def _data(path: Path) -> Path | None:
    beside = (path.with_suffix(f".data{suffix}") for suffix in (".trig", ".ttl", ".nq", ".nt"))
    return next((file for file in beside if file.is_file()), None)


def _loaded(data: Path) -> Store:
    """Load data and the model into a store in memory, with the set union as default graph."""
    store = open_store()
    bootstrap(store)
    quads = list(RdfFile(str(data)).quads())
    store.add(quads)
    store.add(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return store


def _compared(
    store: Store, query: Query, cases: Sequence[Case], expected: Path, timeout: float | None
) -> Iterator[Finding]:
    as_it_stands = _rows(store, query.text, timeout)
    if as_it_stands != _rows(store, bind(query, query.example), timeout):
        message = "as it stands it gives other rows than bound with its example"
        yield Finding(query.path, 1, 1, message)
    for case in cases:
        rows = _rows(store, bind(query, case.values), timeout)
        for difference in differences(query, case, rows):
            yield Finding(expected, 1, 1, f"{case.name}: {difference}")


def _rows(store: Store, text: str, timeout: float | None) -> list[dict[str, str]]:
    found = ask(store, text, timeout=timeout)
    if not isinstance(found, Rows):
        raise InputError("is no SELECT; only those have rows")
    return [
        {
            name: term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
            for name, term in zip(found.variables, terms, strict=True)
            if term is not None
        }
        for terms in found.terms()
    ]
