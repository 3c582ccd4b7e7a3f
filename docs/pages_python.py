"""The pages of the Python packages, from signatures and docstrings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import griffe

from markup import anchor, cell, code_apart
from public_names import PACKAGES, members, public

__all__ = ["pages"]

WIDTH = 88
HEAD = """# The Python reference

Public is what `__all__` of a package, or of a module right below one, names, and every class that
one of those hands out. Their docstrings make these pages, and their examples run as tests. All
else may change without notice.

Start with [`comity.open`](python/comity.md#open). It gives a
[`Graph`](python/comity.md#class-graph), whose methods do what the command line does.
"""
_ROLE = re.compile(r":(?:func|class|meth|data|mod|attr|exc):`~?([\w.]+)`")
_TITLES = {
    "parameters": "Parameters",
    "other parameters": "Other parameters",
    "attributes": "Attributes",
    "returns": "Returns",
    "yields": "Yields",
    "raises": "Raises",
    "warns": "Warns",
}
_LISTS = ("returns", "yields", "raises", "warns")


def pages() -> dict[str, str]:
    """Make the pages, by name: an overview, and one for each module."""
    made = {"python.md": _overview()}
    for module in public():
        made[f"python/{module}.md"] = "\n".join(_module(module)).rstrip("\n") + "\n"
    return made


def _overview() -> str:
    lines = [HEAD]
    for module, names in public().items():
        if module in PACKAGES:
            lines += [f"## {module}", ""]
        lines += [f"### [{module}](python/{module}.md)", ""]
        lines += [_summary(_griffe(module), "python/"), ""]
        lines += ["| name | |", "|---|---|"]
        for name, one in sorted(names.items(), key=lambda pair: pair[0].lower()):
            lines.append(f"| {_link(one, name, 'python/')} | {cell(_summary(one, 'python/'))} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


@cache
def _homes() -> dict[str, tuple[str, str]]:
    """Where each public object is described: the module, and its name there."""
    homes: dict[str, tuple[str, str]] = {}
    for module, names in public().items():
        for name, one in names.items():
            homes.setdefault(one.path, (module, name))
    return homes


@cache
def _sections() -> dict[str, str]:
    """Page and anchor of all that has a section, by each of its dotted names."""
    places = {}
    for module, names in public().items():
        places[module] = f"{module}.md"
        for name, one in names.items():
            home, there = _homes()[one.path]
            for path in (one.path, f"{module}.{name}"):
                places[path] = f"{home}.md#{anchor(_heading(one, there))}"
                if isinstance(one, griffe.Class):
                    for member in filter(_has_section, members(one)):
                        heading = anchor(f"{there}.{member.name}")
                        places[f"{path}.{member.name}"] = f"{home}.md#{heading}"
    return places


def _heading(one: griffe.Object, name: str) -> str:
    # Anchors have no upper case, and classes and functions may differ in nothing else.
    return f"class {name}" if isinstance(one, griffe.Class) else name


def _has_section(member: griffe.Object) -> bool:
    return not isinstance(member, griffe.Attribute) or "property" in member.labels


def _griffe(path: str) -> griffe.Module:
    """Return the module with that dotted name."""
    one: Any = next(iter(public()[path].values())).modules_collection[path]
    return one if isinstance(one, griffe.Module) else one.final_target


def _module(module: str) -> Iterator[str]:
    yield f"# {module}"
    yield ""
    yield from _docstring(_griffe(module))
    elsewhere = []
    for name, one in sorted(public()[module].items(), key=lambda pair: pair[0].lower()):
        if _homes()[one.path] == (module, name):
            yield from _described(one, name)
        else:
            elsewhere.append(f"- {_link(one, name, '')}: {_summary(one, '')}")
    if elsewhere:
        yield from ("## Described elsewhere", "", *elsewhere, "")


def _described(one: griffe.Object, name: str) -> Iterator[str]:
    yield f"## {_heading(one, name)}"
    yield ""
    yield from _code(_signature(one, name))
    yield from _docstring(one)
    if isinstance(one, griffe.Class):
        told = _told(one)
        inside = list(members(one))
        bare = [f"`{m.name}`" for m in inside if not _has_section(m) and m.name not in told]
        if bare:
            yield from (f"Names: {', '.join(bare)}.", "")
        for member in filter(_has_section, inside):
            yield from (f"### {name}.{member.name}", "")
            yield from _code(_signature(member, f"{name}.{member.name}"))
            yield from _docstring(member)


def _told(one: griffe.Class) -> set[str]:
    """Return the attributes of which the docstring of a class tells already."""
    if one.docstring is None:
        return set()
    return {
        name.strip()
        for section in one.docstring.parse("numpy", warnings=False)
        if section.kind.value in ("attributes", "parameters")
        for item in section.value
        for name in item.name.split(",")
    }


def _signature(one: griffe.Object, name: str) -> str:
    if isinstance(one, griffe.Function):
        awaits = "async " if "async" in one.labels else ""
        return awaits + _wrapped(str(one.signature(name=name)))
    if isinstance(one, griffe.Class):
        makes = one.docstring is not None and any(
            section.kind.value == "parameters"
            for section in one.docstring.parse("numpy", warnings=False)
        )
        start = one.members.get("__init__")
        if makes and isinstance(start, griffe.Function):
            return "class " + _wrapped(str(start.signature(name=name, return_type=False)))
        bases = ", ".join(str(base) for base in one.bases)
        return f"class {name}({bases})" if bases else f"class {name}"
    if not isinstance(one, griffe.Attribute):
        raise TypeError(f"{one.path} is a {one.kind.value}, which has no place on the page")
    text = name if one.annotation is None else f"{name}: {one.annotation}"
    value = "" if one.value is None or "property" in one.labels else f" = {one.value}"
    return text + value if len(text + value) <= WIDTH and "\n" not in value else text


def _wrapped(signature: str) -> str:
    """Give each parameter a line of its own where one line is too short for all."""
    if len(signature) <= WIDTH:
        return signature
    start = signature.index("(") + 1
    depth, begin, parts = 1, start, []
    for place, sign in enumerate(signature[start:], start=start):
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 or (depth == 1 and sign == ","):
            parts.append(signature[begin:place].strip())
            begin = place + 1
        if depth == 0:
            break
    inside = "".join(f"    {part},\n" for part in parts)
    return f"{signature[:start]}\n{inside}){signature[begin:]}"


def _code(text: str) -> Iterator[str]:
    yield from ("```python", text, "```", "")


def _docstring(one: griffe.Object) -> Iterator[str]:
    if one.docstring is None:
        return
    for section in one.docstring.parse("numpy", warnings=False):
        kind = section.kind.value
        if kind == "text":
            yield from (_said(section.value, one.path, ""), "")
        elif kind == "examples":
            yield from ("**Examples**", "")
            for part, text in section.value:
                if part.value == "text":
                    yield from (_said(text, one.path, ""), "")
                else:
                    yield from _code(text)
        elif kind == "admonition":
            yield from (f"**{section.title}**", "")
            yield from (_said(section.value.description, one.path, ""), "")
        elif kind in _TITLES:
            yield from (f"**{_TITLES[kind]}**", "")
            yield from (_item(kind, item, one.path) for item in section.value)
            yield ""
        else:
            raise ValueError(f"{one.path} has a section of {kind}, which has no place on the page")


def _item(kind: str, item: Any, scope: str) -> str:
    name = getattr(item, "name", "")
    kept = str(item.annotation) if item.annotation is not None else ""
    if isinstance(item.annotation, griffe.ExprTuple):  # "int, str or None" is no tuple here
        kept = kept.removeprefix("(").removesuffix(")")
    if kind in _LISTS:
        head = " : ".join(f"`{part}`" for part in (name, kept) if part)
    else:
        head = f"`{name}`" + (f" ({code_apart(kept)})" if kept else "")
    said = " ".join(_said(item.description, scope, "").split())
    return f"- {head}: {said}" if said else f"- {head}"


def _summary(one: griffe.Object, folder: str) -> str:
    if one.docstring is None:
        return ""
    return " ".join(_said(one.docstring.value.partition("\n\n")[0], one.path, folder).split())


def _link(one: griffe.Object, name: str, folder: str) -> str:
    return f"[`{name}`]({folder}{_sections()[one.path]})"


def _said(text: str, scope: str, folder: str) -> str:
    """Turn the markup of docstrings into Markdown; names are looked up from the inside out."""

    def linked(match: re.Match[str]) -> str:
        within = scope.split(".")
        for length in range(len(within), -1, -1):
            place = _sections().get(".".join([*within[:length], match[1]]))
            if place:
                return f"[`{match[1]}`]({folder}{place})"
        return f"`{match[1]}`"

    return code_apart(_ROLE.sub(linked, text).replace("``", "`"))
