"""Which names of the Python packages are public, by one rule.

Public is what ``__all__`` of a package, or of a module right below one, names, and every
class of ours that the signature of something public hands out. The code is read, not run.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import griffe

__all__ = ["PACKAGES", "Public", "members", "ours", "public"]

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {"comity": "graph", "comity_queries": "queries", "comity_ontology": "ontology"}

Public = dict[str, dict[str, griffe.Object]]


@cache
def _loaded() -> griffe.ModulesCollection:
    loader = griffe.GriffeLoader(
        search_paths=[ROOT / folder for folder in PACKAGES.values()], allow_inspection=False
    )
    for package in PACKAGES:
        loader.load(package)
    loader.resolve_aliases(external=False)
    return loader.modules_collection


@cache
def public() -> Public:
    """Find the public names of each module, by the dotted name of the module.

    A name that several modules offer is the same object in each of them.
    """
    found: Public = {}
    for name in PACKAGES:
        package = _loaded()[name]
        below = [member for member in package.members.values() if not member.is_alias]
        for module in (package, *(one for one in below if one.is_module)):
            names = {str(one): _named(module, str(one)) for one in module.exports or ()}
            if names:
                found[module.path] = names
    known = {one.path for names in found.values() for one in names.values()}
    waiting = [one for names in found.values() for one in names.values()]
    while waiting:
        for path in _handed_out(waiting.pop()):
            if path not in known:
                known.add(path)
                one = _object(_loaded()[path])
                found.setdefault(one.module.path, {})[one.name] = one
                waiting.append(one)
    return {name: found[name] for name in sorted(found, key=_order)}


def _order(module: str) -> tuple[int, str]:
    return [*PACKAGES].index(module.partition(".")[0]), module


def ours(path: str) -> bool:
    """Tell whether a dotted name is of one of the packages.

    Examples
    --------
    >>> ours("comity.results.Rows"), ours("pathlib.Path"), ours("comity_cli.main")
    (True, False, False)
    """
    return path.partition(".")[0] in PACKAGES


def _named(module: griffe.Object | griffe.Alias, name: str) -> griffe.Object:
    """Return what a name of a module is; what is imported hides a module of that name."""
    imported = module.imports.get(name, "")
    return _object(_loaded()[imported] if ours(imported) else module[name])


def _object(one: griffe.Object | griffe.Alias) -> griffe.Object:
    return one.final_target if isinstance(one, griffe.Alias) else one


def members(one: griffe.Class) -> Iterator[griffe.Object]:
    """Yield what a class offers: its own first, then what it has from classes of ours."""
    inherited = {
        name: member
        for name, member in one.inherited_members.items()
        if ours(member.canonical_path) and name not in one.members
    }
    for name, member in (*one.members.items(), *inherited.items()):
        if not name.startswith("_") and (not member.is_alias or name in inherited):
            yield _object(member)


def _handed_out(one: griffe.Object) -> Iterator[str]:
    """Yield the classes of ours in what a function returns or an attribute holds."""
    if isinstance(one, griffe.Class):
        for member in members(one):
            yield from _handed_out(member)
        return
    if isinstance(one, griffe.Function):
        annotation = one.returns
    elif isinstance(one, griffe.Attribute):
        annotation = one.annotation
    else:
        return
    if isinstance(annotation, griffe.Expr):
        for part in annotation.iterate(flat=True):
            path = getattr(part, "canonical_path", "")
            if ours(path):
                target = _object(_loaded()[path])
                if isinstance(target, griffe.Class):
                    yield target.path
