"""Reading profiles, those that ship and those of users; every mistake has its line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import yaml
from rapidfuzz import process

from comity.errors import InputError, ParameterError
from comity.validation.names import OWN_CHECKS
from comity.validation.profiles.judging import Profile, Rule
from comity.validation.queries import checks_of
from comity.validation.results import Severity
from comity.validation.shapes.shipped import shipped_shapes
from comity_ontology.prefixes import expand, shorten
from comity_ontology.terms import SH

__all__ = ["profile_names", "read_profile"]

_SUFFIX = ".yaml"
# SHACL §4 and §5, as far as a shape can have them by one property.
# fmt: off
_COMPONENTS = (
    "Class", "Datatype", "NodeKind", "MinCount", "MaxCount", "MinExclusive", "MinInclusive",
    "MaxExclusive", "MaxInclusive", "MinLength", "MaxLength", "Pattern", "LanguageIn",
    "UniqueLang", "Equals", "Disjoint", "LessThan", "LessThanOrEquals", "Not", "And", "Or",
    "Xone", "Node", "QualifiedMinCount", "QualifiedMaxCount", "Closed", "HasValue", "In",
    "SPARQL",
)
# fmt: on
_KEYS = ("name", "description", "severities", "constraints", "shapes")
_SEVERITIES: dict[str, Severity | None] = {
    "violation": Severity.VIOLATION,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "off": None,
}
_T = TypeVar("_T")


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that ship, in alphabetical order.

    Examples
    --------
    >>> profile_names()
    ('default', 'draft', 'strict')
    """
    shipped = files("comity.validation.profiles").iterdir()
    return tuple(
        sorted(one.name.removesuffix(_SUFFIX) for one in shipped if one.name.endswith(_SUFFIX))
    )


def read_profile(profile: str | os.PathLike[str]) -> Profile:
    """Read a profile.

    Parameters
    ----------
    profile : str or path
        The name of one that ships, or a YAML file.

    Returns
    -------
    Profile

    Raises
    ------
    ParameterError
        Nothing ships under that name, and there is no such file.
    InputError
        The file cannot be read, or something in it is wrong; the message says
        on which line.

    Examples
    --------
    >>> read_profile("strict").severities[Severity.WARNING].word
    'violation'
    """
    name = os.fspath(profile)
    if name in profile_names():
        shipped = files("comity.validation.profiles").joinpath(f"{name}{_SUFFIX}")
        return _Reader(f"profile {name}").profile(shipped.read_text("utf-8"))
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ParameterError(
            f"no profile called {name!r} ships with Comity, and there is no such file: use "
            f"{', '.join(profile_names())} or a YAML file{_hint(name, profile_names())}"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text: save it as UTF-8") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"the profile {name} cannot be read: {reason}") from error
    return _Reader(name).profile(text)


class _Reader:
    """Reads one profile; knows its name for messages."""

    def __init__(self, source: str):
        self._source = source

    def profile(self, text: str) -> Profile:
        try:
            tree = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = "" if mark is None else f", line {mark.line + 1}, column {mark.column + 1}"
            raise InputError(f"{self._source}{where} is not YAML: {error.problem}") from error
        except (yaml.YAMLError, RecursionError) as error:
            raise InputError(f"{self._source} is not YAML: {error}") from error
        if tree is None:
            raise InputError(f"{self._source} is empty: give it a name, and severities for shapes")
        parts = dict(self._known(tree, "the profile", _KEYS, "part"))
        if "name" not in parts:
            raise self._fault(tree, "the profile has no name: add one, such as name: our-desk")
        return Profile(
            name=self._words(parts["name"]),
            description=self._words(parts["description"]) if "description" in parts else "",
            shapes=tuple(
                Rule(shape, severity)
                for shape, severity in self._judged(parts.get("shapes"), self._shape)
            ),
            constraints=dict(self._judged(parts.get("constraints"), self._constraint)),
            severities=dict(self._judged(parts.get("severities"), self._own_severity)),
        )

    def _fault(self, node: yaml.Node, message: str) -> InputError:
        return InputError(f"{self._source}, line {node.start_mark.line + 1}: {message}")

    def _pairs(self, tree: yaml.Node, what: str) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        if not isinstance(tree, yaml.MappingNode):
            raise self._fault(tree, f"{what} must be lines of the form key: value")
        seen: dict[str, int] = {}
        for key, value in tree.value:
            word = self._words(key)
            if word in seen:
                raise self._fault(key, f"{word} was given on line {seen[word]} already")
            seen[word] = key.start_mark.line + 1
            yield key, value

    def _known(
        self, tree: yaml.Node, what: str, known: tuple[str, ...], kind: str
    ) -> Iterator[tuple[str, yaml.Node]]:
        for key, value in self._pairs(tree, what):
            yield self._one_of(key, known, kind), value

    def _judged(
        self, tree: yaml.Node | None, read: Callable[[yaml.Node], _T]
    ) -> Iterator[tuple[_T, Severity | None]]:
        if tree is None:
            return
        if isinstance(tree, yaml.ScalarNode) and tree.tag == "tag:yaml.org,2002:null":
            return
        for key, value in self._pairs(tree, "this part"):
            yield read(key), self._severity(value)

    def _words(self, node: yaml.Node) -> str:
        # The text as it stands: YAML would read off as false.
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self._fault(node, "a word or text is expected here")
        return " ".join(node.value.split())

    def _one_of(
        self, node: yaml.Node, known: Mapping[str, object] | tuple[str, ...], kind: str
    ) -> str:
        word = self._words(node)
        if word not in known:
            raise self._fault(
                node, f"{word!r} is no {kind}: use {', '.join(known)}{_hint(word, tuple(known))}"
            )
        return word

    def _severity(self, node: yaml.Node) -> Severity | None:
        return _SEVERITIES[self._one_of(node, _SEVERITIES, "severity")]

    def _own_severity(self, node: yaml.Node) -> Severity:
        return Severity[self._one_of(node, tuple(_SEVERITIES)[:-1], "severity").upper()]

    def _constraint(self, node: yaml.Node) -> str:
        return _constraints()[self._one_of(node, _constraints(), "constraint")]

    def _shape(self, node: yaml.Node) -> str:
        word = self._words(node)
        known = _shapes()
        rule = Rule(word, None)
        if rule.is_pattern:
            if not any(rule.fits(shape) for shape in known):
                raise self._fault(node, f"no shape is called like {word}")
            return word
        try:
            iri = expand(word)
        except ParameterError as error:
            raise self._fault(node, f"{error}{_hint(word, tuple(known.values()))}") from error
        if iri in OWN_CHECKS:
            raise self._fault(
                node, f"{word} is no shape but a check of what can be kept at all: leave it out"
            )
        if iri not in known:
            near = _hint(shorten(iri), tuple(known.values()))
            raise self._fault(node, f"no shape that reports is called {word}{near}")
        return iri


@cache
def _shapes() -> dict[str, str]:
    """Return the short forms of the shapes that report, by IRI."""
    found = {check.shape.name for shape in shipped_shapes() for check in checks_of(shape)}
    return {shape: shorten(shape) for shape in sorted(found)}


@cache
def _constraints() -> dict[str, str]:
    """Return the constraint components by the property that a shape has them by."""
    found = {}
    for component in _COMPONENTS:
        name = component[0].lower() + component[1:]
        found[f"sh:{'sparql' if component == 'SPARQL' else name}"] = (
            f"{SH.NS}{component}ConstraintComponent"
        )
    return found


def _hint(word: str, known: tuple[str, ...]) -> str:
    nearest = process.extractOne(word, known, score_cutoff=60)
    return f"; did you mean {nearest[0]}?" if nearest else ""
