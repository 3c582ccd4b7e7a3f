"""Validation: shapes in, report out; the engine behind it is nobody's business."""

from comity.validation.alone import check_alone, check_exactly
from comity.validation.background import Background, Cited, FileLine
from comity.validation.engine import validate
from comity.validation.incremental import Affected, affected
from comity.validation.lookup import About, about_in, furnished
from comity.validation.names import shape_names
from comity.validation.profiles.judging import Profile, Rule
from comity.validation.report import Report
from comity.validation.results import Result, Severity
from comity.validation.rules import Rules
from comity.validation.shapes.model import Shapes
from comity.validation.shapes.reading import read_shapes
from comity.validation.shapes.shipped import shipped_shapes
from comity.validation.union import Union

__all__ = [
    "About",
    "Affected",
    "Background",
    "Cited",
    "FileLine",
    "Profile",
    "Report",
    "Result",
    "Rule",
    "Rules",
    "Severity",
    "Shapes",
    "Union",
    "about_in",
    "affected",
    "check_alone",
    "check_exactly",
    "furnished",
    "read_shapes",
    "shape_names",
    "shipped_shapes",
    "validate",
]
