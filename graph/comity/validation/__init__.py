"""Validation: shapes in, report out; the engine behind it is nobody's business."""

from comity.validation.engine import shipped_shapes, validate
from comity.validation.report import Report, Result, Severity

__all__ = ["Report", "Result", "Severity", "shipped_shapes", "validate"]
