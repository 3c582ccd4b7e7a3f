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
    "walked",
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

_NOTHING = Predicate("urn:x-comity:nothing")
MOST_NESTED = 100
"""Steps of a sequence that are each nested in the next; of a longer one, several together are."""


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


def walked(path: Path) -> Path:
    """Give a path a form in which an engine walks it as one, and finds each node once.

    An engine may take a sequence apart and join its steps from the wrong end: within
    EXISTS, where the begin is known, that was 100,000 times slower. And it follows each
    way through a sequence, of which there can be more than anybody has time for. Beside
    an alternative that nothing has, a sequence is walked as one path, and its ends are
    found once each; so each further step stands beside one. Of repetitions within each
    other, which are as bad, one is left.

    Examples
    --------
    >>> a, b = Predicate("urn:a"), Predicate("urn:b")
    >>> sparql_path(walked(Inverse(Sequence((a, Repeated(Repeated(b, "+"), "?"))))))
    '(^<urn:b>)*/^<urn:a>|<urn:x-comity:nothing>'
    """
    match path:
        case Sequence(parts):
            begin, *steps = map(walked, parts)
            each = -(-len(steps) // MOST_NESTED)
            for at in range(0, len(steps), each):
                further = Sequence((begin, *steps[at : at + each]))
                begin = Alternative((further, _NOTHING))
            return begin
        case Alternative(parts):
            return Alternative(tuple(map(walked, parts)))
        case Repeated(Repeated(inner, one), other):
            return walked(Repeated(inner, one if one == other else "*"))
        case Repeated(inner, sign):
            within = walked(inner)
            whole = Repeated(within, sign)
            return walked(whole) if isinstance(within, Repeated) else whole
        case Inverse(inner):
            return path if isinstance(inner, Predicate) else walked(_turned(inner))
    return path


def _turned(path: Path) -> Path:
    """Turn a path round, step by step."""
    match path:
        case Sequence(parts):
            return Sequence(tuple(map(_turned, reversed(parts))))
        case Alternative(parts):
            return Alternative(tuple(map(_turned, parts)))
        case Repeated(inner, sign):
            return Repeated(_turned(inner), sign)
        case Inverse(inner):
            return inner
    return Inverse(path)


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
