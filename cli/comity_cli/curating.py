"""Options of the verbs by which a curator adds something, and what such a verb says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from comity_cli.commands.document.days import Day
from comity_cli.options import message

__all__ = ["by_option", "certainty_option", "on_option", "passages_option", "said"]

_F = TypeVar("_F", bound=Callable[..., Any])


def by_option(command: _F) -> _F:
    """Add ``--by``."""
    return click.option(
        "--by",
        required=True,
        envvar="COMITY_CURATOR",
        metavar="NAME",
        help="Who adds it: a name, or a person's short form.  [env: COMITY_CURATOR]",
    )(command)


def on_option(command: _F) -> _F:
    """Add ``--on``."""
    return click.option(
        "--on", type=Day(), help="The day on which it was added; today unless given."
    )(command)


def certainty_option(default: str) -> Callable[[_F], _F]:
    """Add ``--certainty``."""
    return click.option(
        "--certainty",
        type=click.Choice(["certain", "probable", "possible"]),
        default=default,
        show_default=True,
        help="How sure it is.",
    )


def passages_option(help_text: str) -> Callable[[_F], _F]:
    """Add ``--passage``, which may be given several times."""
    return click.option("--passage", "passages", multiple=True, metavar="IRI", help=help_text)


def said(entered: Any) -> None:
    """Say what an addition did: its IRI as data, the rest as messages."""
    if entered.node:
        click.echo(entered.node)
    if not entered.changed:
        message(f"nothing changed: {entered.says}")
        return
    message(entered.says)
    if entered.remarks.results:
        message(entered.remarks.to_text().rstrip())
