"""The part of ``entering.md`` that is made from the templates: their columns.

Run it to write that part again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from comity.tables import TEMPLATES, Column, Template
from comity.tables.columns import EVIDENCE, INFERRED

__all__ = ["columns", "page"]

PAGE = Path(__file__).with_name("entering.md")
_PART = re.compile(r"(?<=<!-- columns -->\n).*?(?=<!-- end of columns -->)", re.DOTALL)


def page(text: str) -> str:
    """Return the page with its part about columns made anew."""
    return _PART.sub(lambda _: columns(), text)


def columns() -> str:
    """Write the columns of all templates, those that most of them share but once."""
    shared = "\n".join(
        [
            "",
            "### In every table of what a document says",
            "",
            _table((*EVIDENCE, *INFERRED)),
        ]
    )
    return shared + "\n" + "\n".join(map(_section, TEMPLATES.values())) + "\n"


def _section(template: Template) -> str:
    own = [column for column in template.columns if column not in (*EVIDENCE, *INFERRED)]
    left = [f"`{column.name}`" for column in template.columns if column not in own]
    more = f"Also {', '.join(left)}: see above.\n" if left else ""
    return f"### {template.name}\n\n{template.says}\n\n{_table(own)}" + (
        f"\n{more}" if more else ""
    )


def _table(columns: Iterable[Column]) -> str:
    rows = "".join(f"| {_name(column)} | {_says(column)} |\n" for column in columns)
    return f"| column | what belongs into it |\n|---|---|\n{rows}"


def _name(column: Column) -> str:
    return f"`{column.name}`{' (needed)' if column.required else ''}"


def _says(column: Column) -> str:
    parts = [column.says]
    if column.scheme:
        parts.append(f"A code of [{column.scheme}](model.md).")
    if column.many:
        parts.append("Several are possible.")
    return " ".join(parts).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
