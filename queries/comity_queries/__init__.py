"""The catalogue of questions: one SPARQL file each, with typed parameters.

A question is a ``.rq`` file that runs unmodified in any SPARQL client. Its
header names it, its parameters and its columns; :func:`bind` replaces the
example values in it by the ones that were asked for::

    query = get("post-holders")
    day = parse_value(query.parameters["on"], "2021-02-25")
    text = bind(query, {"on": day})
"""

from __future__ import annotations

from .binding import bind
from .catalog import catalog, get, names
from .forbidden import Forbidden, forbidden
from .model import Parameter, Query, enumeration
from .nearest import check_code
from .parse import expand_iri, parse_value

__all__ = [
    "Forbidden",
    "Parameter",
    "Query",
    "bind",
    "catalog",
    "check_code",
    "enumeration",
    "expand_iri",
    "forbidden",
    "get",
    "names",
    "parse_value",
]
