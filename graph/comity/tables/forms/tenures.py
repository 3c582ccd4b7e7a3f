"""Which post and which tenure a row means."""

from __future__ import annotations

import pyoxigraph as ox

from comity.curation.entry import readable
from comity.errors import InputError, ParameterError
from comity.store import select
from comity.tables.cells import Named
from comity.tables.context import Context
from comity.tables.kinds import as_iri
from comity.tables.records import Record
from comity.tables.row import Row
from comity.timepoints import parse
from comity.wording import friendly_date
from comity_ontology.names import search_key
from comity_ontology.prefixes import current_base, expand
from comity_ontology.terms import COMITY, ORG

__all__ = ["declare_posts", "post_iri", "tenure_iri", "tenure_of"]


def tenure_of(row: Row, holder: str, who: Named) -> tuple[str, str]:
    """Return the tenure in which somebody acts, and its organisation.

    Parameters
    ----------
    row : Row
        The row that says so.
    holder : str
        IRI of the person.
    who : Named
        What the cell says: ``post`` is a post's title, or a tenure's or post's short form.

    Raises
    ------
    ParameterError
        No tenure of that person in that post is in the tables or the store,
        or several are.
    """
    found = _in_tables(row, holder, who.post) | _in_store(row, holder, who.post)
    if len(found) == 1:
        return next(iter(found.items()))
    if found:
        raise ParameterError(
            f"{who.name} held the post {who.post!r} more than once: write the tenure, as one of "
            f"{', '.join(sorted(found))}"
        )
    raise ParameterError(
        f"nothing says that {who.name} is {who.post!r}: add that to the table posts, or leave "
        "it out"
    )


def declare_posts(context: Context) -> None:
    """Make the posts and tenures known that the tables of a load describe."""
    from comity.tables.forms.posts import POSTS

    held = context.names.held
    for cells in context.names.posts:
        try:
            row = Row(context, POSTS, Record(0, cells, ()))
            organization = row.node("organization") if "organization" in cells else ""
            post = post_iri(row, organization) if "post" in cells else ""
            if post:
                context.names.declare(post, ORG.Post, cells["post"])
            if "person" in cells:
                holder = row.node("person")
                tenure = tenure_iri(row, holder, post, organization)
                called = [f"{cells['person']}, {cells['post']}"] if post else []
                context.names.declare(tenure, COMITY.Tenure, *called)
                for key in (search_key(cells.get("post", "")), post, tenure):
                    held.setdefault((holder, key), {})[tenure] = organization
        except (InputError, ParameterError):
            continue  # said again, with its row, when the row is read


def _in_tables(row: Row, holder: str, post: str) -> dict[str, str]:
    """Find tenures, with their organisations, in the tables of posts of this load."""
    iri = as_iri(post)
    return dict(row.context.names.held.get((holder, iri or search_key(post)), {}))


def _in_store(row: Row, holder: str, post: str) -> dict[str, str]:
    store = row.context.store
    iri, key = as_iri(post), ox.Literal(search_key(post))
    rows = select(
        store,
        f"""SELECT DISTINCT ?tenure ?organization ?post ?titled WHERE {{
              ?tenure org:member {ox.NamedNode(holder)} .
              OPTIONAL {{ ?tenure comity:post ?post .
                         BIND(EXISTS {{ ?post comity:searchKey {key} }} AS ?titled) }}
              OPTIONAL {{ ?tenure org:organization ?organization }} }}""",
    )
    return {
        one["tenure"].value: "" if one["organization"] is None else one["organization"].value
        for one in rows
        if (one["titled"] is not None and one["titled"].value == "true")
        or (iri and iri in {one["tenure"].value, one["post"] and one["post"].value})
    }


def post_iri(row: Row, organization: str) -> str:
    """Return the post that a row means: of that name, in that organisation."""
    title = row.text("post")
    if title.partition(":")[0] == "post":
        return expand(title)
    seated = f"org:postIn {ox.NamedNode(organization)} ;" if organization else ""
    rows = select(
        row.context.store,
        f"""SELECT DISTINCT ?post WHERE {{
              ?post {seated} comity:searchKey {ox.Literal(search_key(title))} ; a org:Post .
            }} ORDER BY ?post LIMIT 1""",
    )
    known = next(rows, None)
    if known is not None:
        return str(known["post"].value)
    stem = readable(title)
    seat = readable(row.text("organization"))
    if organization and seat not in stem and local(organization) not in stem.split("-"):
        stem = f"{local(organization)}-{stem}"
    return f"{current_base()}post/{stem}"


def tenure_iri(row: Row, holder: str, post: str, organization: str) -> str:
    """Return the tenure that a row means: of that person, in that post, with that begin."""
    if "id" in row:
        text = row.text("id")
        return expand(text) if ":" in text else f"{current_base()}tenure/{readable(text)}"
    begin = ""
    if "begin" in row:
        with row.at("begin"):
            begin = parse(friendly_date(row.text("begin"))).edtf
    what = f"comity:post {ox.NamedNode(post)}" if post else f"org:role {row.code('role')}"
    rows = select(
        row.context.store,
        f"""SELECT DISTINCT ?tenure ?begin WHERE {{
              ?tenure org:member {ox.NamedNode(holder)} ; {what} .
              {f"?tenure org:organization {ox.NamedNode(organization)} ." if organization else ""}
              OPTIONAL {{ ?tenure comity:begin/comity:edtf ?begin }} }}""",
    )
    same = [
        one["tenure"].value
        for one in rows
        if ("" if one["begin"] is None else one["begin"].value) == begin
    ]
    if len(same) == 1:
        return str(same[0])
    seat = local(post) if post else f"{local(organization)}-{local(row.code('role').value)}"
    parts = [seat, local(holder), *([readable(begin)] if begin else [])]
    return f"{current_base()}tenure/{'-'.join(part for part in parts if part)}"


def local(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rpartition("/")[2]
