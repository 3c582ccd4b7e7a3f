"""Each shipped query against rows worked out by hand, in both engines.

``cases/queries/<name>/cases.yaml`` holds the questions: values of the parameters, the
columns that are compared, and the rows in their order. The data is ``data.trig`` beside
it, else the common story ``world.trig``. ``cases/seed/<name>.yaml`` asks the shipped
example. Cells are written in short form; ``""`` is unbound or empty, and a cell of type
``iris`` is a list, compared as a set.
"""

from __future__ import annotations

from comity_ontology.prefixes import prefixes
from comity_queries import catalog

QUERIES = catalog()
FIRST = {
    "agreements-between", "country-timeline", "who-met-whom", "post-holders", "agreement-status",
    "implementations", "signatories", "agency-profile", "person-profile", "evidence", "claims",
    "find-name",
}  # fmt: skip
PROJECTIONS = {"agency-agency", "person-person", "person-agency"}
SHORT = dict(prefixes()) | {
    "timepoint": "https://w3id.org/comity/id/time/",
    "news": "https://w3id.org/comity/id/passage/news/",
    "register": "https://w3id.org/comity/id/passage/register/",
    "release": "https://w3id.org/comity/id/passage/kosgeb-kobia-2021-02-25/",
}
