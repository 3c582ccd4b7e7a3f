"""Validation: shapes in, report out; the engine behind it is nobody's business."""

from comity.validation.background import About, Background, Cited, FileLine, about_in, furnished
from comity.validation.engine import shipped_shapes, validate
from comity.validation.names import shape_names
from comity.validation.profiles.judging import Profile, Rule
from comity.validation.report import Report
from comity.validation.results import Result, Severity
from comity.validation.rules import Rules

__all__ = [
    "About",
    "Background",
    "Cited",
    "FileLine",
    "Profile",
    "Report",
    "Result",
    "Rule",
    "Rules",
    "Severity",
    "about_in",
    "furnished",
    "shape_names",
    "shipped_shapes",
    "validate",
]
