"""Read a ``.rq`` file: its ``#+`` header of YAML, and the query under it.

The header follows the manner of grlc (lines that begin with ``#+``). Every
scalar is read as text and then by the type that it should have, because YAML
itself would read the key ``on`` as true and ``2021-02-30`` as a failure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from comity_ontology.errors import InputError, ParameterError

from .model import COLUMN_TYPES, PARAMETER_TYPES, Parameter, Query, enumeration
from .parse import expand_iri, parse_value
from .plain_yaml import read_yaml
from .values import term

__all__ = ["read_query"]

_KEYS = ("title", "summary", "parameters", "columns", "example")
_PARAMETER_KEYS = (*("type", "class", "scheme", "required", "many", "default", "fold", "summary"),)
_NAME = re.compile(r"[a-z][A-Za-z0-9_]*")
_LINE = re.compile(r"[ \t]*\#\+ ?(.*)")


def read_query(text: str, *, name: str, topic: str, path: Path) -> Query:
    """Read one question from the text of its file.

    Parameters
    ----------
    text : str
        The whole file.
    name, topic : str
        File stem and folder.
    path : Path
        Where it is, for messages.

    Returns
    -------
    Query

    Raises
    ------
    InputError
        Names the file and the key that is wrong.
    """
    header = _yaml(text, path)
    _known(header, _KEYS, path, "")
    parameters = {
        key: _parameter(key, value, path)
        for key, value in _mapping(header, "parameters", path).items()
    }
    columns = {
        key: _column(key, value, path) for key, value in _mapping(header, "columns", path).items()
    }
    if not columns:
        raise InputError(f"{path}: columns: the header declares none")
    return Query(
        name=name,
        topic=topic,
        title=_line(header, "title", path),
        summary=_line(header, "summary", path),
        parameters=MappingProxyType(parameters),
        columns=MappingProxyType(columns),
        example=MappingProxyType(_example(_mapping(header, "example", path), parameters, path)),
        text=text,
        path=path,
    )


def _yaml(text: str, path: Path) -> dict[str, Any]:
    lines: list[str] = []
    for line in text.removeprefix("\ufeff").splitlines():
        match = _LINE.fullmatch(line)
        # Other comment lines keep their place, so that YAML counts lines as the file does.
        if match is None and line.strip() and not line.lstrip().startswith("#"):
            break
        lines.append(match.group(1) if match else "")
    try:
        header = read_yaml("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        line_number = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path}, line {line_number}: header: {error.problem}") from None
    except yaml.YAMLError as error:
        raise InputError(f"{path}: header: {error}") from None
    if not isinstance(header, dict):
        raise InputError(f"{path}: there is no header; it is lines that begin with #+")
    return header


def _parameter(name: str, given: object, path: Path) -> Parameter:
    where = f"parameters.{name}"
    if not _NAME.fullmatch(name):
        raise InputError(f"{path}: {where}: names are like on, agency or otherParty")
    if not isinstance(given, dict):
        raise InputError(f"{path}: {where}: should be like {{type: date, required: true}}")
    _known(given, _PARAMETER_KEYS, path, f"{where}.")
    kind = _one_of(given.get("type"), PARAMETER_TYPES, path, f"{where}.type")
    for key, only in (("class", "iri"), ("scheme", "code"), ("fold", "string")):
        if key in given and kind != only:
            raise InputError(f"{path}: {where}.{key}: is for type {only}, not {kind}")
    if kind == "code" and "scheme" not in given:
        raise InputError(f"{path}: {where}.scheme: a code needs one")
    scheme = given.get("scheme")
    parameter = Parameter(
        name=name,
        type=kind,
        required=_truth(given, "required", path, where),
        many=_truth(given, "many", path, where),
        classes=tuple(
            _iri(value, path, f"{where}.class") for value in _listed(given.get("class", []))
        ),
        scheme=None if scheme is None else _scheme(scheme, path, f"{where}.scheme"),
        fold=_truth(given, "fold", path, where),
        summary=_line(given, "summary", path, f"{where}.") if "summary" in given else "",
    )
    if "default" not in given:
        return parameter
    if parameter.required:
        raise InputError(f"{path}: {where}.default: a required parameter has none")
    default = _typed(parameter, given["default"], path, f"{where}.default")
    return Parameter(
        **{key: getattr(parameter, key) for key in Parameter.__slots__ if key != "default"},
        default=default,
    )


def _column(name: str, given: object, path: Path) -> str:
    where = f"columns.{name}"
    if not _NAME.fullmatch(name):
        raise InputError(f"{path}: {where}: names are like person or personLabel")
    if isinstance(given, str) and "|" in given:
        values = enumeration(given)
        if not all(values) or len(set(values)) < len(values):
            raise InputError(f'{path}: {where}: an enumeration is like "certain | possible"')
        return " | ".join(values)
    return _one_of(given, COLUMN_TYPES, path, where)


def _example(
    given: dict[str, Any], parameters: Mapping[str, Parameter], path: Path
) -> dict[str, object]:
    example: dict[str, object] = {}
    for name, value in given.items():
        if name not in parameters:
            raise InputError(f"{path}: example.{name}: there is no such parameter")
        example[name] = _typed(parameters[name], value, path, f"example.{name}")
    for name, parameter in parameters.items():
        if parameter.required and name not in example:
            raise InputError(f"{path}: example.{name}: is missing, and the parameter is required")
    return example


def _typed(parameter: Parameter, given: object, path: Path, where: str) -> object:
    many = isinstance(given, list)
    if many and not parameter.many:
        raise InputError(f"{path}: {where}: a list, but the parameter is not many")
    values = []
    for text in _listed(given):
        if not isinstance(text, str):
            raise InputError(f"{path}: {where}: is no simple value")
        try:
            value = parse_value(parameter, text)
            term(parameter, value)
        except ParameterError as error:
            raise InputError(f"{path}: {where}: {error}") from None
        values.append(value)
    return tuple(values) if parameter.many else values[0]


def _scheme(given: object, path: Path, where: str) -> str:
    text = given if isinstance(given, str) else ""
    return _iri(text if ":" in text else f"code:{text}", path, where)


def _iri(given: object, path: Path, where: str) -> str:
    iri = expand_iri(given) if isinstance(given, str) else None
    if iri is None:
        raise InputError(f"{path}: {where}: {given!r} is no IRI or short form with a known prefix")
    return iri


def _listed(given: object) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _mapping(header: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    given = header.get(key) or {}
    if not isinstance(given, dict):
        raise InputError(f"{path}: {key}: should be a mapping of names")
    return given


def _line(header: dict[str, Any], key: str, path: Path, where: str = "") -> str:
    given = header.get(key)
    if not isinstance(given, str) or not given.strip():
        raise InputError(f"{path}: {where}{key}: is missing or no text")
    return " ".join(given.split())


def _truth(given: dict[str, Any], key: str, path: Path, where: str) -> bool:
    return _one_of(given.get(key, "false"), ("true", "false"), path, f"{where}.{key}") == "true"


def _one_of(given: object, allowed: tuple[str, ...], path: Path, where: str) -> str:
    if not isinstance(given, str) or given not in allowed:
        raise InputError(f"{path}: {where}: {given!r} is none of {', '.join(allowed)}")
    return given


def _known(given: dict[str, Any], allowed: tuple[str, ...], path: Path, where: str) -> None:
    for key in given:
        if key not in allowed:
            raise InputError(f"{path}: {where}{key}: unknown key; known are {', '.join(allowed)}")
