"""String-based constraint components (SHACL §4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pyoxigraph as ox

from comity.validation.constraints.base import (
    THIS,
    Constraint,
    Scope,
    ValueConstraint,
    any_of,
    follows,
)
from comity.validation.shapes.path import Path
from comity_ontology.terms import SH

__all__ = ["LanguageIn", "MaxLength", "MinLength", "Pattern", "UniqueLang"]


@dataclass(frozen=True, slots=True)
class MinLength(ValueConstraint):
    """``sh:minLength``: as text, no value node is shorter; blank nodes have none (§4.4.1)."""

    component: ClassVar[str] = SH.NS + "MinLengthConstraintComponent"
    length: int

    def fails(self, value: str, scope: Scope) -> str:
        return f"(ISBLANK({value}) || STRLEN(STR({value})) < {self.length})"

    def words(self) -> str:
        return f"is shorter than {self.length} characters"


@dataclass(frozen=True, slots=True)
class MaxLength(ValueConstraint):
    """``sh:maxLength``: as text, no value node is longer; blank nodes have none (§4.4.2)."""

    component: ClassVar[str] = SH.NS + "MaxLengthConstraintComponent"
    length: int

    def fails(self, value: str, scope: Scope) -> str:
        return f"(ISBLANK({value}) || STRLEN(STR({value})) > {self.length})"

    def words(self) -> str:
        return f"is longer than {self.length} characters"


@dataclass(frozen=True, slots=True)
class Pattern(ValueConstraint):
    """``sh:pattern`` with ``sh:flags``: value nodes match a regular expression (§4.4.3)."""

    component: ClassVar[str] = SH.NS + "PatternConstraintComponent"
    pattern: str
    flags: str = ""

    def fails(self, value: str, scope: Scope) -> str:
        flags = f", {ox.Literal(self.flags)}" if self.flags else ""
        return f"(ISBLANK({value}) || !REGEX(STR({value}), {ox.Literal(self.pattern)}{flags}))"

    def words(self) -> str:
        return f"does not match the pattern {self.pattern}"


@dataclass(frozen=True, slots=True)
class LanguageIn(ValueConstraint):
    """``sh:languageIn``: the language of value nodes is one of these (§4.4.4)."""

    component: ClassVar[str] = SH.NS + "LanguageInConstraintComponent"
    languages: tuple[str, ...]

    def fails(self, value: str, scope: Scope) -> str:
        fitting = any_of(
            f"LANGMATCHES(LANG({value}), {ox.Literal(language)})" for language in self.languages
        )
        return f"!COALESCE({fitting}, false)"

    def words(self) -> str:
        return f"is not in one of the languages {', '.join(self.languages)}"


@dataclass(frozen=True, slots=True)
class UniqueLang(Constraint):
    """``sh:uniqueLang``: no two value nodes have the same language tag (§4.4.5)."""

    component: ClassVar[str] = SH.NS + "UniqueLangConstraintComponent"

    def broken(self, focus: str, path: Path | None, scope: Scope) -> str:
        return f"EXISTS {{ {self._pairs(focus, path, scope)[0]} }}"

    def results(self, path: Path | None, scope: Scope) -> tuple[str, ...]:
        pairs, one = self._pairs(THIS, path, scope)
        return (f"{pairs} BIND(LANG({one}) AS ?against)",)

    def _pairs(self, focus: str, path: Path | None, scope: Scope) -> tuple[str, str]:
        if path is None:
            return "FILTER(false)", focus
        one, other = scope.fresh("u"), scope.fresh("u")
        both = f"{follows(focus, path, one)} {follows(focus, path, other)}"
        return (
            f"{both} FILTER(!sameTerm({one}, {other}) && LANG({one}) != '' "
            f"&& LANG({one}) = LANG({other}))"
        ), one

    def words(self) -> str:
        return "has several values in the same language"
