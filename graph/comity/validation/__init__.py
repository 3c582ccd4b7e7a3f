"""Validation: shapes in, report out; the engine behind it is nobody's business."""

from comity.validation.background import Background, Cited, FileLine
from comity.validation.engine import validate
from comity.validation.lookup import About, about_in, furnished
from comity.validation.names import shape_names
from comity.validation.profiles.judging import Profile, Rule
from comity.validation.report import Report
from comity.validation.results import Result, Severity
from comity.validation.rules import Rules
from comity.validation.shapes.model import Shapes
from comity.validation.shapes.reading import read_shapes
from comity.validation.shapes.shipped import shipped_shapes

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
    "Shapes",
    "about_in",
    "furnished",
    "read_shapes",
    "shape_names",
    "shipped_shapes",
    "validate",
]
