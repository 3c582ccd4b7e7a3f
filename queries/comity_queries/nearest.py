"""Offer what was probably meant when a name or a code does not exist."""

from __future__ import annotations

from collections.abc import Collection

from comity_ontology.errors import ParameterError

from .model import Parameter

__all__ = ["check_code", "nearest"]


def check_code(parameter: Parameter, iri: str, known: Collection[str]) -> str:
    """Check a code against those that exist.

    Parameters
    ----------
    parameter : Parameter
        A parameter of type ``code``.
    iri : str
        The code asked for.
    known : collection of str
        IRIs of the codes of its scheme.

    Returns
    -------
    str
        The IRI.

    Raises
    ------
    ParameterError
        When it is none of them; names the nearest ones.
    """
    if iri in known:
        return iri
    locals_ = sorted(code.rpartition("/")[2] for code in known)
    asked = iri.rpartition("/")[2]
    scheme = f" of {parameter.scheme.rpartition('/')[2]}" if parameter.scheme else ""
    raise ParameterError(
        f"parameter {parameter.name}: {asked!r} is no code{scheme}{nearest(asked, locals_)}"
    )


def nearest(asked: str, known: Collection[str]) -> str:
    """Say which known names are nearest to one that does not exist.

    Parameters
    ----------
    asked : str
        The name that was not found.
    known : collection of str
        All names that exist.

    Returns
    -------
    str
        The end of a sentence, such as ``; did you mean signing?``, or all
        names when none is near and they are few; else empty.

    Examples
    --------
    >>> nearest("signng", ["signing", "expiry"])
    '; did you mean signing?'
    """
    from rapidfuzz import fuzz, process

    matches = process.extract(asked, list(known), scorer=fuzz.WRatio, limit=3, score_cutoff=70)
    if matches:
        return f"; did you mean {' or '.join(match[0] for match in matches)}?"
    return f"; there are {', '.join(sorted(known))}" if 0 < len(known) <= 20 else ""
