"""String-based constraint components (SHACL §4.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

import pyoxigraph as ox

from comity.validation.constraints.base import (
    THIS,
    Constraint,
    Scope,
    ValueConstraint,
    any_of,
    follows,
)
from comity.validation.constraints.probing import is_defined
from comity.validation.shapes.path import Path
from comity_ontology.terms import SH

if TYPE_CHECKING:
    from comity.validation.shapes.at import At

__all__ = ["LanguageIn", "MaxLength", "MinLength", "Pattern", "UniqueLang"]


_RANGE = re.compile(r"^(\*|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*)$")
"""A language range (RFC 4647 §2.1)."""


@dataclass(frozen=True, slots=True)
class MinLength(ValueConstraint):
    """``sh:minLength``: as text, no value node is shorter; blank nodes have none (§4.4.1)."""

    component: ClassVar[str] = SH.NS + "MinLengthConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "minLength",)
    length: int

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        length = at.integer(parameter)
        if length is not None:
            yield cls(length)

    def fails(self, value: str, scope: Scope) -> str:
        return f"(ISBLANK({value}) || STRLEN(STR({value})) < {self.length})"

    def words(self) -> str:
        return f"is shorter than {self.length} characters"


@dataclass(frozen=True, slots=True)
class MaxLength(ValueConstraint):
    """``sh:maxLength``: as text, no value node is longer; blank nodes have none (§4.4.2)."""

    component: ClassVar[str] = SH.NS + "MaxLengthConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "maxLength",)
    length: int

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        length = at.integer(parameter)
        if length is not None:
            yield cls(length)

    def fails(self, value: str, scope: Scope) -> str:
        return f"(ISBLANK({value}) || STRLEN(STR({value})) > {self.length})"

    def words(self) -> str:
        return f"is longer than {self.length} characters"


@dataclass(frozen=True, slots=True)
class Pattern(ValueConstraint):
    """``sh:pattern`` with ``sh:flags``: value nodes match a regular expression (§4.4.3)."""

    component: ClassVar[str] = SH.NS + "PatternConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "pattern", SH.NS + "flags")
    pattern: str
    flags: str = ""

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        parameter, extra = cls.parameters
        pattern, flags = at.text(parameter), at.text(extra)
        if pattern is None:
            if flags is not None:
                raise at.fault(extra, ox.Literal(flags), "it is nothing without sh:pattern")
            return
        if not is_defined(f"REGEX('', '', {ox.Literal(flags or '')})"):
            advice = "use the letters i, m, q, s and x"
            raise at.fault(extra, ox.Literal(flags or ""), advice)
        if not is_defined(f"REGEX('', {ox.Literal(pattern)}, {ox.Literal(flags or '')})"):
            advice = (
                "the engine does not understand this regular expression. Look-around, references "
                "to groups and very large repetitions do not exist there; brackets must match"
            )
            raise at.fault(parameter, ox.Literal(pattern), advice)
        yield cls(pattern, flags or "")

    def fails(self, value: str, scope: Scope) -> str:
        flags = f", {ox.Literal(self.flags)}" if self.flags else ""
        return f"(ISBLANK({value}) || !REGEX(STR({value}), {ox.Literal(self.pattern)}{flags}))"

    def words(self) -> str:
        return f"does not match the pattern {self.pattern}"


@dataclass(frozen=True, slots=True)
class LanguageIn(ValueConstraint):
    """``sh:languageIn``: the language of value nodes is one of these (§4.4.4)."""

    component: ClassVar[str] = SH.NS + "LanguageInConstraintComponent"
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "languageIn",)
    languages: tuple[str, ...]

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        languages = at.texts(parameter)
        if languages is not None:
            for language in languages:
                if not _RANGE.match(language):
                    advice = 'give language tags, such as "en" or "pt-BR"'
                    raise at.fault(parameter, ox.Literal(language), advice)
            yield cls(languages)

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
    parameters: ClassVar[tuple[str, ...]] = (SH.NS + "uniqueLang",)

    @classmethod
    def read(cls, at: At) -> Iterator[Self]:
        (parameter,) = cls.parameters
        at.of_property(parameter)
        if at.true(parameter):
            yield cls()

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
