"""Incremental validation: what a change affects, and the data that it takes to check that."""

from comity.validation.incremental.affected import Affected, affected
from comity.validation.incremental.fragment import fragment

__all__ = ["Affected", "affected", "fragment"]
