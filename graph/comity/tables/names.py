"""The nodes that names in tables mean: of the store, of other rows, or made on the side.

All tables of a load are looked through first, so the order of rows and files does not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from comity.curation.entry import readable
from comity.errors import InputError, ParameterError
from comity.labels import labels, named, of_another_class, resolve
from comity.store import Store
from comity.tables.cells import Refused, languages, person, several
from comity.tables.columns import Cells, Column, Template
from comity.tables.kinds import KINDS, as_iri, fits
from comity.tables.sameness import TELLING, Sameness
from comity_ontology.names import search_key
from comity_ontology.prefixes import current_base, shorten
from comity_ontology.terms import RDF

if TYPE_CHECKING:
    from comity.tables.reading import Table

__all__ = ["Names"]

REMEMBERED = 65_536
EXPLAINED = 50


class Names:
    """What the names in the tables of one load mean.

    Parameters
    ----------
    store : Store
    tables : iterable of Table
        Each is read once, to collect the nodes that its rows describe.
    document : str
        The document of rows that name none.

    Attributes
    ----------
    made : dict
        IRI to name of the nodes that no row of their own describes, made
        because nothing had the name.
    titled : set of str
        IRIs of the nodes to which a row of their own gives a name.
    posts : list of dict
        The rows of tables of posts.
    posts_alone : set of str
        Titles, folded, of posts that have a row without a person.
    held : dict
        IRI of a person and folded title of a post, or IRI of a tenure, to the
        tenures of that person there, each with its organisation.
    """

    def __init__(self, store: Store, tables: Iterable[Table] = (), document: str = ""):
        self._store = store
        self._sameness = Sameness(store, document)
        self._declared: dict[str, str] = {}  # IRI to class
        self._by_key: dict[str, dict[str, str]] = {}  # key to IRI to class
        self._mentioned: dict[str, tuple[int, str]] = {}  # key to narrowest column and its class
        self._rows: dict[tuple[str, ...], str] = {}  # class, id, name and what tells to IRI
        self.made: dict[str, str] = {}
        self.titled: set[str] = set()
        self.posts: list[dict[str, str]] = []
        self.posts_alone: set[str] = set()
        self.held: dict[tuple[str, str], dict[str, str]] = {}
        self._explained = 0
        # The names in a large table repeat, and each costs a query.
        self._stored = lru_cache(REMEMBERED)(self._in_store)
        self._collect(tables)

    def of_row(self, template: Template, cells: Cells) -> str:
        """Return the IRI of the node that a row describes.

        Raises
        ------
        Refused
            The row has no name, its identifier is none, or several nodes have the name.
        """
        cls = template.node_class(cells)
        identifier = cells.get("id", "")
        name = next((cells[column] for column in template.named_by if column in cells), "")
        told = tuple(cells.get(column, "") for column in TELLING)
        place = (cls, identifier, search_key(name), *told)
        if place not in self._rows:
            if identifier:
                self._rows[place] = self._identified(cls, identifier)
            else:
                self._rows[place] = self._described(template, cls, cells, name)
        return self._rows[place]

    def find(self, text: str, classes: Collection[str] = (), makes: str = "") -> str:
        """Return the IRI of the node that a name, short form or IRI means.

        Parameters
        ----------
        text : str
        classes : collection of str
            IRIs of the classes that it may be of; any when empty.
        makes : str
            The class of the node that is made where nothing has the name.

        Raises
        ------
        ParameterError
            Nothing has that name and none may be made, or several have it
            (they are listed).
        """
        iri = as_iri(text)
        if iri is not None:
            if iri in self._declared and fits(self._declared[iri], classes):
                return iri
            return resolve(self._store, text, classes)
        found = self._candidates(text, classes)
        if len(found) > 1:
            raise ParameterError(self._several(text, found))
        if found:
            return next(iter(found))
        found = set(self._by_identifier(text, classes))
        if len(found) > 1:
            raise ParameterError(self._several(text, found))
        if found:
            return next(iter(found))
        if makes:
            return self._make(text, classes, makes)
        if classes and (others := self._candidates(text, ())):
            raise ParameterError(of_another_class(self._store, text, others, classes))
        self._explained += 1
        if self._explained <= EXPLAINED:  # looking for near names takes all names of the store
            return resolve(self._store, text, classes)
        raise ParameterError(f"nothing is called {text!r}")

    def declare(self, iri: str, cls: str, *called: str) -> None:
        """Make a node known that a row describes."""
        self._declared.setdefault(iri, cls)
        for name in called:
            if key := search_key(name):
                self._by_key.setdefault(key, {}).setdefault(iri, cls)

    def class_of(self, iri: str) -> str:
        """Return the class of a node of this load, or empty."""
        return self._declared.get(iri, "")

    def _collect(self, tables: Iterable[Table]) -> None:
        waiting: list[tuple[Template, dict[str, str]]] = []
        for table in tables:
            template = table.template
            for record in table.records():
                self._mention(template, record.cells)
                if template.name == "posts":
                    self.posts.append(record.cells)
                    if "person" not in record.cells:
                        self.posts_alone.add(search_key(record.cells.get("post", "")))
                if not template.named_by:
                    continue
                naming = (*template.named_by, *template.found_by, *_OF_CLASS, *TELLING)
                cells = {name: record.cells[name] for name in naming if name in record.cells}
                if "id" in record.cells:
                    self._register(template, {**cells, "id": record.cells["id"]})
                else:
                    waiting.append((template, cells))
        # Rows without an identifier come second, since those with one may have the same name.
        for template, cells in waiting:
            self._register(template, cells)

    def _register(self, template: Template, cells: dict[str, str]) -> None:
        try:
            iri = self.of_row(template, cells)
        except (Refused, ParameterError):
            return  # said again, with its row, when the row is read
        self.declare(iri, template.node_class(cells), *_names(template, cells))
        self.titled.add(iri)
        self._sameness.remember(iri, template.node_class(cells), cells)

    def _mention(self, template: Template, cells: Cells) -> None:
        for column in template.columns:
            if column.makes and column.name in cells:
                for text in _values(column, cells[column.name]):
                    seen = (len(column.classes), column.makes)
                    key = search_key(text)
                    self._mentioned[key] = min(self._mentioned.get(key, seen), seen)

    def _identified(self, cls: str, identifier: str) -> str:
        try:
            iri = as_iri(identifier)
        except ParameterError as error:
            raise Refused(str(error), "id") from error
        root = f"{current_base()}{KINDS[cls]}/"
        if iri is None:
            stem = readable(identifier)
            if not stem:
                raise Refused(f"no identifier can be made of {identifier!r}", "id")
            return root + stem
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise Refused(f"{identifier!r} is no IRI: {error}", "id") from error
        if iri.startswith(current_base()) and not iri.startswith(root):
            raise Refused(f"{identifier!r} names another kind of thing than {shorten(root)}…", "id")
        return iri

    def _described(self, template: Template, cls: str, cells: Cells, name: str) -> str:
        if not name:
            raise Refused("the row names nothing", template.named_by[0])
        others = False
        for column in (template.named_by[0], *template.found_by):
            text = name if column == template.named_by[0] else cells.get(column, "")
            named_so = self._candidates(text, [cls]) if text else set()
            found = {iri for iri in named_so if self._sameness.fits(iri, cls, cells)}
            if len(found) > 1:
                raise Refused(f"{self._several(text, found)}; or give the row an id", column)
            if found:
                return next(iter(found))
            others = others or bool(named_so)
        stem = next((cells[column] for column in template.found_by if column in cells), name)
        suffix = self._sameness.suffix(cls, cells) if others else ""
        return self._free(cls, f"{stem} {suffix}", search_key(f"{name} {suffix}"))

    def _candidates(self, text: str, classes: Collection[str]) -> set[str]:
        here = self._by_key.get(search_key(text), {})
        found = {iri for iri, cls in here.items() if fits(cls, classes)}
        return found | set(self._stored(text, tuple(classes)))

    def _in_store(self, text: str, classes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(named(self._store, text, classes))

    def _by_identifier(self, text: str, classes: Collection[str]) -> Iterator[str]:
        """Find what has a short name for its identifier: here, else in the store."""
        stem = readable(text)
        for cls, kind in KINDS.items() if stem == text else ():
            iri = f"{current_base()}{kind}/{stem}"
            if not fits(cls, classes):
                continue
            typed = (ox.NamedNode(iri), ox.NamedNode(RDF.type), ox.NamedNode(cls))
            if iri in self._declared or next(self._store.match(*typed, ox.DefaultGraph()), None):
                yield iri

    def _make(self, text: str, classes: Collection[str], makes: str) -> str:
        key = search_key(text)
        _, narrowest = self._mentioned.get(key, (0, makes))
        cls = narrowest if narrowest in classes else makes
        iri = self._free(cls, text, key)
        self.declare(iri, cls, text)
        self.made[iri] = text
        return iri

    def _free(self, cls: str, text: str, key: str) -> str:
        """Make an IRI that nothing else has."""
        digest = hashlib.sha256(f"{cls} {key}".encode()).hexdigest()[:8]
        stem = readable(text)
        iri = f"{current_base()}{KINDS[cls]}/{stem or digest}"
        taken = iri in self._declared or next(
            self._store.match(ox.NamedNode(iri), None, None, ox.DefaultGraph()), None
        )
        return f"{iri}-{digest}" if taken else iri

    def _several(self, text: str, found: Collection[str]) -> str:
        shown = labels(self._store, found)
        listed = "; ".join(
            shorten(iri) + (f" ({shown[iri]})" if shown[iri] != shorten(iri) else "")
            for iri in sorted(found)
        )
        return f"{text!r} may be any of {listed}: write one of these short forms"


_OF_CLASS = ("kind", "iso code")


def _values(column: Column, cell: str) -> list[str]:
    parts = several(cell) if column.many else [cell]
    return [person(part).name for part in parts] if column.people else parts


def _names(template: Template, cells: Cells) -> list[str]:
    found: list[str] = []
    for column in template.named_by:
        if column not in cells:
            continue
        if column == "names in other languages":
            try:
                found += [name for _, name in languages(cells[column])]
            except InputError:  # said, with its row, when the row is read
                continue
        elif template.column(column).many:
            found += several(cells[column])
        else:
            found.append(cells[column])
    return found
