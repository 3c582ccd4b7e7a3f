"""Incremental validation: what a change affects, and the data that it takes to check that."""

from comity.validation.incremental.automaton import automaton_of
from comity.validation.incremental.changes import Affected, Selected, affected
from comity.validation.incremental.fragments import fragment
from comity.validation.incremental.lookups import Match

__all__ = ["Affected", "Match", "Selected", "affected", "automaton_of", "fragment"]
