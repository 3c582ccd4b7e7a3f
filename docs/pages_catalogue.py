"""The page of the queries, from their headers."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date

from comity_ontology.prefixes import shorten
from comity_queries import Parameter, Query, catalog

HEAD = """# The catalogue of questions

One question is one `.rq` file that runs unmodified in any SPARQL client; the header in its
first lines names its parameters and columns, and this page is made from it. `comity query
NAME --parameter value` and `graph.run("NAME", parameter=value)` bind the parameters. A node
is given by IRI, short form (`agency:kosgeb`) or name (`KOBİA`), a day as `2021-02-25`, a code
by its name.

The column `evidence` holds the passages that prove the row. Where a question takes a day, its
answer is `certain` or `possible`, and what is excluded is no row.
"""


def page() -> str:
    """Make the page."""
    lines = [HEAD]
    queries = catalog()
    lines += [f"- [{name}](#{name}): {query.title}" for name, query in queries.items()]
    topic = ""
    for query in queries.values():
        if query.topic != topic:
            topic = query.topic
            lines += ["", f"## Topic: {topic}"]
        lines += ["", *_described(query)]
    return "\n".join(lines) + "\n"


def _described(query: Query) -> Iterator[str]:
    yield f"### {query.name}"
    yield ""
    yield f"**{query.title}.** {query.summary.strip()}"
    yield ""
    yield f"    {_command(query)}"
    yield ""
    if query.parameters:
        yield "| parameter | takes | |"
        yield "|---|---|---|"
        for parameter in query.parameters.values():
            notes = [
                "required" if parameter.required else "optional",
                "may be repeated" if parameter.many else "",
                f"default {_given(parameter.default)}" if parameter.default else "",
                parameter.summary,
            ]
            said = "; ".join(note for note in notes if note)
            yield f"| `--{_option(parameter.name)}` | {_kind(parameter)} | {_cell(said)} |"
        yield ""
    yield "| column | |"
    yield "|---|---|"
    for column, kind in query.columns.items():
        yield f"| `{column}` | {_cell(kind)} |"
    yield ""
    yield f"File: `queries/comity_queries/{query.topic}/{query.name}.rq`"


def _kind(parameter: Parameter) -> str:
    if parameter.type == "code" and parameter.scheme:
        return f"code of `{shorten(parameter.scheme)}`"
    if parameter.classes:
        return f"{parameter.type} of " + ", ".join(f"`{shorten(c)}`" for c in parameter.classes)
    return parameter.type


def _command(query: Query) -> str:
    words = ["comity", "query", query.name]
    for name, value in query.example.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            words += [f"--{_option(name)}", shlex.quote(_given(one))]
    return " ".join(words)


def _given(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return shorten(value) if isinstance(value, str) else str(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _option(name: str) -> str:
    return name.replace("_", "-")
