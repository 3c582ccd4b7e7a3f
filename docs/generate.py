"""Write the pages that are made from the code: run it again when a test calls one stale.

``cli.md`` comes from the commands' own help, ``catalogue.md`` from the headers of the
queries, ``model.md`` and ``model.svg`` from the Turtle modules, ``python.md`` and the pages in
``python/`` from docstrings, ``network.svg`` from the demo, and the answers in console blocks
from running them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

import pages_catalogue
import pages_diagram
import pages_entering
import pages_model
import pages_python
import running
from comity_cli.main import VERBS, cli
from consoles import blocks

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTE = "<!-- Made by docs/generate.py: edit what it is made from. -->\n"
WIDTH = 88
# The demo is the same whether it runs from a checkout or from what pip installed.
INSTALLS = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/comity"
ACTIVATES = ". .venv/bin/activate"


def pages() -> dict[str, str]:
    """Make every generated page, by name."""
    return {
        "cli.md": NOTE + commands(),
        "catalogue.md": NOTE + pages_catalogue.page(),
        "model.md": NOTE + pages_model.page(),
        "model.svg": pages_diagram.svg(),
        **{name: NOTE + text for name, text in pages_python.pages().items()},
    }


def commands() -> str:
    """Make the page of the command line from each verb's help."""
    lines = [
        "# The command line",
        "",
        "Exit codes: 0 fine · 1 findings (does not conform, something was quarantined) · "
        "2 usage · 3 input or run-time error · 4 not supported · 124 time-out. Data goes to "
        "standard output, messages to standard error.",
        "",
        "Each query of [the catalogue](catalogue.md) is a command of `comity query` too.",
        "",
    ]
    for path, command in _walk("comity", cli, None):
        lines += [f"## {path}", "", "```text", command.rstrip(), "```", ""]
    return "\n".join(lines)


def _walk(
    path: str, command: click.Command, parent: click.Context | None
) -> Iterator[tuple[str, str]]:
    context = command.make_context(
        path.rpartition(" ")[2], [], parent=parent, resilient_parsing=True, terminal_width=WIDTH
    )
    context.max_content_width = WIDTH
    yield path, command.get_help(context)
    # The queries are described in the catalogue.
    if not isinstance(command, click.Group) or path == "comity query":
        return
    for name in VERBS if path == "comity" else command.list_commands(context):
        verb = command.get_command(context, name)
        if verb is not None:
            yield from _walk(f"{path} {name}", verb, context)


def consoles(text: str) -> str:
    """Fill in the console blocks of a page."""
    said = running.prepared().said["comity demo"]
    known = {
        step.command: said if step.command.startswith(INSTALLS) else ""
        for block in blocks(text)
        for step in block
        if step.command == ACTIVATES or step.command.startswith(INSTALLS)
    }
    with tempfile.TemporaryDirectory() as folder:
        return running.page(text, Path(folder), known)


def notebook(path: Path) -> str:
    """Run a notebook and return it with what its cells write now."""
    import nbformat

    from notebooks import executed

    return str(nbformat.writes(executed(path))) + "\n"


def main() -> None:
    """Write them all."""
    made = {DOCS / page: text for page, text in pages().items()}
    for stray in set(DOCS.glob("python/*.md")) - made.keys():
        stray.unlink()
    drawn = running.prepared().folder / "comity-demo/demo/network.svg"
    made[DOCS / "network.svg"] = drawn.read_text(encoding="utf-8")
    for page in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))):
        text = pages_entering.page(page.read_text(encoding="utf-8"))
        if page not in made and blocks(text):
            made[page] = consoles(text)
    made |= {page: notebook(page) for page in sorted(DOCS.glob("*.ipynb"))}
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
