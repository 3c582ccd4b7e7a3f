"""Tables that people fill in with a spreadsheet, and how they become statements."""

from __future__ import annotations

from comity.tables.columns import Column, Template
from comity.tables.forms import TEMPLATES
from comity.tables.loading import load_tables
from comity.tables.reading import Table
from comity.tables.writing import find_template, template_csv

__all__ = [
    "TEMPLATES",
    "Column",
    "Table",
    "Template",
    "find_template",
    "load_tables",
    "template_csv",
]
