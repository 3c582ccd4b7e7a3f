"""Templates as files: a heading row for a spreadsheet, with examples where they are asked for."""

from __future__ import annotations

import csv
import io

from comity.errors import ParameterError
from comity.tables.cells import defused
from comity.tables.columns import Template
from comity.tables.forms import TEMPLATES

__all__ = ["find_template", "template_csv"]


def find_template(name: str) -> Template:
    """Return a template by its name.

    Raises
    ------
    ParameterError
        There is none of that name.
    """
    if name not in TEMPLATES:
        raise ParameterError(f"no template is called {name!r}: write one of {', '.join(TEMPLATES)}")
    return TEMPLATES[name]


def template_csv(name: str, *, example: bool = False, delimiter: str = ",") -> str:
    r"""Write a template as CSV.

    Parameters
    ----------
    name : str
    example : bool
        With rows that load into a store with the shipped release.
    delimiter : str
        What stands between cells: a comma, semicolon or tab.

    Returns
    -------
    str
        Lines end in CR and LF, as RFC 4180 has it.

    Raises
    ------
    ParameterError
        There is no such template.

    Examples
    --------
    >>> template_csv("notes")
    'about,text,by,on,why,document,sentences\r\n'
    """
    template = find_template(name)
    headings = [column.name for column in template.columns]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(headings)
    for row in template.examples if example else ():
        writer.writerow(defused(row.get(heading, "")) for heading in headings)
    return text.getvalue()
