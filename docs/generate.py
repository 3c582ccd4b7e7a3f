"""Write the pages that are made from the code: run it again when a test calls one stale.

``cli.md`` comes from the commands' own help, ``catalogue.md`` from the headers of the
queries, ``model.md`` from the Turtle modules, ``network.svg`` from the demo, and the
answers in the README's console blocks from running them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

import pages_catalogue
import pages_model
from comity_cli.main import VERBS, cli
from consoles import blocks, rewritten

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


def _environment() -> dict[str, str]:
    """Return the environment without what would change an answer."""
    outside = {"COMITY_STORE", "COLUMNS"}
    return {name: value for name, value in os.environ.items() if name not in outside}


def demo(folder: Path) -> str:
    """Run the demo in a folder and return what it says; the files stay there."""
    done = subprocess.run(
        [sys.executable, "-m", "comity_cli.main", "demo"],
        cwd=folder,
        env=_environment(),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout


def readme(text: str, folder: Path, said: str) -> str:
    """Fill in the console blocks of the README; the demo has run in ``folder``."""
    launcher = folder / "bin" / "comity"
    launcher.parent.mkdir()
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m comity_cli.main "$@"\n')
    launcher.chmod(0o755)
    environment = _environment()
    environment["PATH"] = f"{launcher.parent}{os.pathsep}{environment['PATH']}"
    known = {
        step.command: said if step.command.startswith(INSTALLS) else ""
        for block in blocks(text)
        for step in block
        if step.command == ACTIVATES or step.command.startswith(INSTALLS)
    }
    return rewritten(text, folder, environment, known)


def notebook(path: Path) -> str:
    """Run a notebook and return it with what its cells write now."""
    import nbformat

    from notebooks import executed

    return str(nbformat.writes(executed(path))) + "\n"


def main() -> None:
    """Write them all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        said = demo(folder)
        picture = (folder / "comity-demo/demo/network.svg").read_text(encoding="utf-8")
        made = {DOCS / page: text for page, text in pages().items()}
        made[DOCS / "network.svg"] = picture
        source = ROOT / "README.md"
        made[source] = readme(source.read_text(encoding="utf-8"), folder, said)
    made |= {page: notebook(page) for page in sorted(DOCS.glob("*.ipynb"))}
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
