"""Property paths (SHACL §2.3.1) as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "Alternative",
    "Inverse",
    "Path",
    "Predicate",
    "Repeated",
    "Sequence",
    "followed",
    "path_text",
    "sparql_path",
]


@dataclass(frozen=True, slots=True)
class Predicate:
    """One property (§2.3.1.1)."""

    iri: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after another (§2.3.1.2)."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of some paths (§2.3.1.3)."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path from its end to its beginning (§2.3.1.4)."""

    path: Path


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path any number of times: ``*``, ``+`` or ``?`` (§2.3.1.5 to 2.3.1.7)."""

    path: Path
    sign: str


Path: TypeAlias = Predicate | Sequence | Alternative | Inverse | Repeated


def sparql_path(path: Path) -> str:
    """Write a path as SPARQL does (SPARQL 1.1 §9.1), its IRIs between angle brackets.

    Examples
    --------
    >>> sparql_path(Sequence((Inverse(Predicate("urn:a")), Repeated(Predicate("urn:b"), "*"))))
    '^<urn:a>/<urn:b>*'
    """
    return _written(path, 0)


def _written(path: Path, binding: int) -> str:
    """Write a path; in brackets where it binds less than what is around it."""
    match path:
        case Predicate(iri):
            return f"<{iri}>"
        case Sequence(parts):
            own, text = 1, "/".join(_written(part, 2) for part in parts)
        case Alternative(parts):
            own, text = 0, "|".join(_written(part, 1) for part in parts)
        case Inverse(inner):
            own, text = 2, f"^{_written(inner, 3)}"
        case Repeated(inner, sign):
            own, text = 2, f"{_written(inner, 3)}{sign}"
    return f"({text})" if own < binding else text


def path_text(path: Path | None) -> str:
    """Write a path as results have it: a single property is its bare IRI, no path is empty."""
    if path is None:
        return ""
    return path.iri if isinstance(path, Predicate) else sparql_path(path)


def followed(*paths: Path | None) -> Path | None:
    """Join paths one after another; ``None`` stays where one is."""
    parts = [path for path in paths if path is not None]
    if len(parts) < 2:
        return parts[0] if parts else None
    return Sequence(tuple(parts))
