"""The template of posts and of who held them."""

from __future__ import annotations

from comity.errors import InputError
from comity.labels import labels
from comity.tables.columns import EVIDENCE, INFERRED, Column, Template
from comity.tables.forms.actors import RELEASE
from comity.tables.forms.common import INSTITUTION, labelled
from comity.tables.forms.tenures import post_iri, tenure_iri
from comity.tables.row import Row
from comity_ontology.names import search_key
from comity_ontology.terms import COMITY, FOAF, ORG, RDF, code

__all__ = ["POSTS"]


def _post(row: Row) -> None:
    if "person" not in row and "post" not in row:
        raise InputError("the row names neither a person nor a post")
    organization = row.node("organization") if "organization" in row else ""
    post = post_iri(row, organization) if "post" in row else ""
    if post:
        if "person" in row and _has_row(row):
            row.put(post, RDF.type, ORG.Post)  # its own row says which sentences it rests on
        else:
            row.describe(post, ORG.Post)
        row.label(post, row.text("post"))
        row.put(post, ORG.role, row.code("role"))
        if organization:
            row.put(post, ORG.postIn, organization)
    if "person" in row:
        _tenure(row, post, organization)
    else:
        for column in ("begin", "end", "attested on", "capacity", "end status"):
            if column in row:
                with row.at(column):
                    raise InputError("only somebody's holding of a post has it: name the person")


def _has_row(row: Row) -> bool:
    """Tell whether a row is about the post alone."""
    return search_key(row.text("post")) in row.context.names.posts_alone


def _tenure(row: Row, post: str, organization: str) -> None:
    holder = row.node("person")
    iri = tenure_iri(row, holder, post, organization)
    row.describe(iri, COMITY.Tenure)
    person = labelled(row, holder, row.text("person"))
    title = (
        row.text("post")
        or labels(row.context.store, [row.code("role").value])[row.code("role").value]
    )
    row.title(iri, f"{person}, {title}")
    row.put(iri, ORG.member, holder)
    row.put(iri, ORG.role, row.code("role"))
    if organization:
        row.put(iri, ORG.organization, organization)
    if post:
        row.put(iri, COMITY.post, post)
    for column, predicate in (
        ("begin", COMITY.begin),
        ("end", COMITY.end),
        ("attested on", COMITY.attestedOn),
    ):
        row.time(iri, predicate, column)
    if "capacity" in row:
        row.put(iri, COMITY.capacity, row.code("capacity"))
    if "end status" in row:
        row.put(iri, COMITY.endStatus, row.code("end status"))
    elif "end" not in row:
        row.put(iri, COMITY.endStatus, code("unknown-end"))


POSTS = Template(
    name="posts",
    says="One person in one post; or, without a person, a post.",
    columns=(
        Column("id", "A short name of your own for the tenure; else it is made from the others."),
        Column(
            "person",
            "Who held the post.",
            classes=(FOAF.Person,),
            makes=FOAF.Person,
        ),
        Column("post", "The title of the post with its institution, as President of KOSGEB."),
        Column("role", "The kind of post: president, minister, …", required=True, scheme="role"),
        Column(
            "organization",
            "The agency or country in which the post is; for a head of state the country.",
            classes=INSTITUTION,
            makes=COMITY.Agency,
        ),
        Column("begin", "The day on which it began, as far as the document says."),
        Column("end", "The last day, as far as the document says."),
        Column(
            "attested on",
            "A day on which the document shows the person in the post: for a title in a press "
            "release its date.",
        ),
        Column("capacity", "How it was held: substantive, acting, interim, …", scheme="capacity"),
        Column(
            "end status",
            "open-end where the document says that it goes on; else unknown-end is noted where "
            "there is no end.",
            scheme="end-status",
        ),
        *EVIDENCE,
        *INFERRED,
    ),
    build=_post,
    examples=(
        {
            "person": "Hasan Basri Kurt",
            "post": "President of KOSGEB",
            "role": "president",
            "organization": "KOSGEB",
            "attested on": "2021-02-25",
            "document": RELEASE,
            "sentences": "2-3, 9, 13",
        },
        {
            "person": "Rufat Atakishiyev",
            "post": "Vice President of KOBİA",
            "role": "vice-president",
            "organization": "KOBİA",
            "attested on": "2021-02-25",
            "document": RELEASE,
            "sentences": "2, 4",
        },
    ),
)
