"""The console blocks of a Markdown page: find the commands in them, run them, compare.

A block is fenced as ``console``. A line that starts with ``$ `` is a command for bash,
one that starts with ``> `` carries it on; what follows is what it writes to standard
output. Commands that set up the shell (``. file`` and ``export``) hold for all later
ones, also in later blocks.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Step", "blocks", "rewritten", "run"]

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SETUP = (". ", "export ", "cd ")


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the lines it writes."""

    command: str
    output: str


def blocks(markdown: str) -> list[list[Step]]:
    r"""Find the steps of each block.

    Examples
    --------
    >>> blocks("```console\n$ echo one \\\n> two\none two\n```")
    [[Step(command='echo one \\\ntwo', output='one two\n')]]
    """
    return [list(_steps(match[1])) for match in _BLOCK.finditer(markdown)]


def _steps(block: str) -> Iterator[Step]:
    command: list[str] = []
    output: list[str] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            if command:
                yield _step(command, output)
            command, output = [line[2:]], []
        elif (line.startswith("> ") or line == ">\n") and not output:
            command.append(line[2:] or "\n")
        else:
            output.append(line)
    if command:
        yield _step(command, output)


def _step(command: list[str], output: list[str]) -> Step:
    text = "".join(output).strip("\n")
    return Step("".join(command).rstrip("\n"), f"{text}\n" if text else "")


def run(command: str, setup: list[str], folder: Path, environment: Mapping[str, str]) -> str:
    """Run a command in bash and return what it writes to standard output.

    A command that sets up the shell is added to ``setup`` for the next ones.

    Raises
    ------
    AssertionError
        The command ends with an exit code other than 0; the message holds what it said.
    """
    done = subprocess.run(
        ["bash", "-c", "\n".join([*setup, command])],
        cwd=folder,
        env=dict(environment),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise AssertionError(
            f"{command}\nended with exit code {done.returncode}\n{done.stdout}{done.stderr}"
        )
    if command.startswith(_SETUP):
        setup.append(command)
    text = done.stdout.strip("\n")
    return f"{text}\n" if text else ""


def rewritten(
    markdown: str, folder: Path, environment: Mapping[str, str], known: Mapping[str, str]
) -> str:
    """Return the page with what the commands write now.

    Parameters
    ----------
    markdown : str
        The page.
    folder : Path
        Where to run.
    environment : mapping
        The environment to run in.
    known : mapping
        Commands that are not run, and what they would write.
    """
    setup: list[str] = []

    def fresh(match: re.Match[str]) -> str:
        lines = []
        for step in _steps(match[1]):
            written = (
                known[step.command]
                if step.command in known
                else run(step.command, setup, folder, environment)
            )
            first, *more = step.command.split("\n")
            shown = [f"$ {first}", *(f"> {line}" if line else ">" for line in more)]
            lines.append("\n".join(shown) + f"\n{written}")
        return "```console\n" + "".join(lines) + "```"

    return _BLOCK.sub(fresh, markdown)
