"""Which post and which tenure a row means."""

from __future__ import annotations

import pyoxigraph as ox

from comity.curation.entry import readable
from comity.errors import InputError, ParameterError
from comity.labels import named
from comity.store import select
from comity.tables.cells import Named
from comity.tables.context import Context
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

    for cells in (one for rows in context.names.posts.values() for one in rows):
        try:
            row = Row(context, POSTS, Record(0, cells, ()))
            organization = row.node("organization") if "organization" in cells else ""
            post = post_iri(row, organization) if "post" in cells else ""
            if post:
                context.names.declare(post, ORG.Post, cells["post"])
            if "person" in cells:
                tenure = tenure_iri(row, row.node("person"), post, organization)
                called = [f"{cells['person']}, {cells['post']}"] if post else []
                context.names.declare(tenure, COMITY.Tenure, *called)
        except (InputError, ParameterError):
            continue  # said again, with its row, when the row is read


def _in_tables(row: Row, holder: str, post: str) -> dict[str, str]:
    """Find tenures, with their organisations, in the tables of posts of this load."""
    from comity.tables.forms.posts import POSTS

    found = {}
    for cells in row.context.names.posts.get(search_key(post), []):
        other = Row(row.context, POSTS, Record(0, cells, ()))
        if "person" in cells and other.node("person") == holder:
            organization = other.node("organization") if "organization" in cells else ""
            seat = post_iri(other, organization)
            found[tenure_iri(other, holder, seat, organization)] = organization
    return found


def _in_store(row: Row, holder: str, post: str) -> dict[str, str]:
    store = row.context.store
    if post.startswith(("tenure:", "post:")) or "://" in post:
        wanted = [expand(post)]
    else:
        wanted = named(store, post, [ORG.Post])
    if not wanted:
        return {}
    listed = " ".join(str(ox.NamedNode(iri)) for iri in wanted)
    rows = select(
        store,
        f"""SELECT DISTINCT ?tenure ?organization WHERE {{
              ?tenure org:member {ox.NamedNode(holder)} .
              OPTIONAL {{ ?tenure comity:post ?post }}
              VALUES ?wanted {{ {listed} }} FILTER(?wanted = ?tenure || ?wanted = ?post)
              OPTIONAL {{ ?tenure org:organization ?organization }} }}""",
    )
    return {
        one["tenure"].value: "" if one["organization"] is None else one["organization"].value
        for one in rows
    }


def post_iri(row: Row, organization: str) -> str:
    """Return the post that a row means: of that name, in that organisation."""
    title = row.text("post")
    if title.partition(":")[0] == "post":
        return expand(title)
    for iri in named(row.context.store, title, [ORG.Post]):
        seats = row.context.store.match(
            ox.NamedNode(iri), ox.NamedNode(ORG.postIn), None, ox.DefaultGraph()
        )
        if not organization or any(seat.object.value == organization for seat in seats):  # type: ignore[union-attr]
            return iri
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
