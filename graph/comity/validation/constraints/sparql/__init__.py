"""SPARQL-based constraints and constraint components (SHACL §5 and 6).

Their queries are rewritten to be asked about all focus nodes at once. What it means
that a variable has a value before the query is asked is in appendix A.
"""

from comity.validation.constraints.sparql.component import AskComponent, SelectComponent
from comity.validation.constraints.sparql.constraint import Sparql

__all__ = ["AskComponent", "SelectComponent", "Sparql"]
