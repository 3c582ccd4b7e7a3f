"""The one prefix map: vocabularies, codes, graphs and one prefix for each kind of instance.

``time:`` is OWL-Time, as everywhere; Comity's own time points are ``timepoint:``.

The base of instance IRIs is a setting: the environment variable ``COMITY_BASE``,
else :data:`DEFAULT_BASE`. Terms, codes, shapes and graph names do not move with it.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Final

from comity_ontology.errors import InputError, ParameterError

__all__ = [
    "DEFAULT_BASE",
    "GRAPHS",
    "INSTANCE_KINDS",
    "VOCABULARIES",
    "current_base",
    "expand",
    "prefixes",
    "shorten",
]

DEFAULT_BASE: Final = "https://w3id.org/comity/id/"
"""Where instance IRIs begin unless ``COMITY_BASE`` says otherwise."""

VOCABULARIES: Final[dict[str, str]] = {
    "comity": "https://w3id.org/comity/ns#",
    "code": "https://w3id.org/comity/code/",
    "shape": "https://w3id.org/comity/shape/",
    "graph": "https://w3id.org/comity/graph/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that do not depend on the base."""

INSTANCE_KINDS: Final[tuple[str, ...]] = (
    "agency",
    "person",
    "post",
    "tenure",
    "agreement",
    "act",
    "event",
    "participation",
    "place",
    "country",
    "source",
    "passage",
    "aim",
    "utterance",
    "claim",
    "relation",
    "inference",
    "correction",
    "note",
    "identity",
    "group",
    "delegation",
    "series",
    "load",
)
"""Kinds of instance whose path below the base is also their prefix."""

_ABSOLUTE = re.compile(r"(?:https?|urn|file|mailto|tag|ftp):[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_BASE = re.compile(
    # RFC 3987: a host, a port, then no bracket, one "#" at most, and a "%" only before two digits
    r"https?://(?:[\w.~%-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?"
    r"/(?:[^\s<>\"{}|\\^`\[\]%#\x00-\x1f\x7f-\x9f\ud800-\uf8ff]|%[0-9A-Fa-f]{2})*+(?:(?<=/)|#)"
)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CURIE = re.compile(r"([A-Za-z][\w.-]*):([^\s<>\"{}|\\^`]*)")


class GRAPHS:
    """Names of the graphs of a store; the default graph is their set union.

    ``SOURCE`` and ``STAGING`` are beginnings, to which a slug is added.
    """

    BASE: Final = "https://w3id.org/comity/graph/"
    CURATION: Final = BASE + "curation"
    META: Final = BASE + "meta"
    ONTOLOGY: Final = BASE + "ontology"
    CODES: Final = BASE + "codes"
    SOURCE: Final = BASE + "source/"
    STAGING: Final = BASE + "staging/"


def current_base() -> str:
    """Read the base of instance IRIs from the environment.

    Returns
    -------
    str
        The value of ``COMITY_BASE``, or :data:`DEFAULT_BASE` where it is unset or empty.

    Raises
    ------
    InputError
        If the value is no http(s) IRI that ends in ``/`` or ``#``, or a vocabulary's
        namespace begins with it or it with that.
    """
    return _checked(os.environ.get("COMITY_BASE") or DEFAULT_BASE)


@lru_cache(maxsize=8)
def _checked(base: str) -> str:
    if not _BASE.fullmatch(base) or _STRAY_PERCENT.search(base):
        message = (
            f"COMITY_BASE is {base!r}, which is no http or https IRI that ends in '/' or '#'. "
            f"Set it to something like {DEFAULT_BASE}"
        )
        raise InputError(message)
    for prefix, namespace in VOCABULARIES.items():
        if base.startswith(namespace) or namespace.startswith(base):
            message = (
                f"COMITY_BASE is {base!r}, where {prefix}: has its terms ({namespace}): names of "
                f"instances would be taken for terms. Set it to something like {DEFAULT_BASE}"
            )
            raise InputError(message)
    return base


def prefixes(base: str | None = None) -> dict[str, str]:
    """Give the prefix map.

    Parameters
    ----------
    base : str, optional
        Base of instance IRIs; :func:`current_base` unless given.

    Returns
    -------
    dict of str to str
        Prefix to namespace, vocabularies first; a new dictionary at each call.

    Examples
    --------
    >>> prefixes(DEFAULT_BASE)["agency"]
    'https://w3id.org/comity/id/agency/'
    """
    return dict(_map(base or current_base()))


@lru_cache(maxsize=8)
def _map(base: str) -> dict[str, str]:
    kinds = {kind: f"{base}{kind}/" for kind in INSTANCE_KINDS}
    return VOCABULARIES | kinds | {"timepoint": f"{base}time/"}


@lru_cache(maxsize=8)
def _by_namespace(base: str) -> tuple[dict[str, str], int]:
    known = {namespace: prefix for prefix, namespace in reversed(_map(base).items())}
    return known, max(map(len, known))


def expand(curie_or_iri: str, base: str | None = None) -> str:
    """Turn a short form into an IRI.

    Parameters
    ----------
    curie_or_iri : str
        ``agency:kosgeb``, an absolute IRI, or one between angle brackets.
    base : str, optional
        Base of instance IRIs; :func:`current_base` unless given.

    Returns
    -------
    str
        The absolute IRI; whether the graph knows it is not looked up.

    Raises
    ------
    ParameterError
        If the prefix is unknown or the text is neither short form nor IRI.

    Examples
    --------
    >>> expand("code:signing")
    'https://w3id.org/comity/code/signing'
    >>> expand("<https://example.org/a>")
    'https://example.org/a'
    """
    text = curie_or_iri.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    known = _map(base or current_base())
    if (match := _CURIE.fullmatch(text)) and match[1] in known:
        return known[match[1]] + match[2]
    if _ABSOLUTE.fullmatch(text):
        return text
    if match:
        message = f"Unknown prefix {match[1]!r} in {curie_or_iri!r}. Known: {', '.join(known)}."
        raise ParameterError(message)
    message = f"{curie_or_iri!r} is neither an IRI nor a short form such as agency:kosgeb."
    raise ParameterError(message)


def shorten(iri: str, base: str | None = None) -> str:
    """Turn an IRI into its short form, where a prefix fits.

    Parameters
    ----------
    iri : str
        An absolute IRI.
    base : str, optional
        Base of instance IRIs; :func:`current_base` unless given.

    Returns
    -------
    str
        The short form, which :func:`expand` turns back, or the IRI itself. It is meant for
        people and command lines: a local part with a slash, as in a passage's, is no legal
        prefixed name in Turtle and SPARQL.

    Examples
    --------
    >>> shorten("https://w3id.org/comity/ns#Agency")
    'comity:Agency'
    >>> shorten("https://example.org/a")
    'https://example.org/a'
    """
    # Every namespace ends in "/" or "#", so only what ends so is looked up, longest first.
    known, longest = _by_namespace(base or current_base())
    end = min(len(iri) - 1, longest)
    while end > 0 and (end := max(iri.rfind("/", 0, end), iri.rfind("#", 0, end)) + 1):
        if prefix := known.get(iri[:end]):
            return f"{prefix}:{iri[end:]}"
        end -= 1
    return iri
