"""A shapes graph as plain values."""

from comity.validation.shapes.model import Node, Shape, Shapes, Target, Term
from comity.validation.shapes.path import Path

__all__ = ["Node", "Path", "Shape", "Shapes", "Target", "Term"]
