"""The entry point: finds the verb, runs it, and turns errors into messages and exit codes."""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from contextlib import suppress
from typing import Any

import click

__all__ = ["cli", "main"]

INTERRUPTED = 130

# Verb to what it does, in the order of a day's work. The modules are imported
# only when their verb is used, so that help is fast.
VERBS = {
    "demo": "Load the example release, answer six questions about it, draw its network.",
    "document": "Add, list, show, replace and remove source documents.",
    "load": "Load RDF files and tables through the gate.",
    "template": "Write an empty table to fill in with a spreadsheet.",
    "correct": "Note that words of a source are wrong.",
    "infer": "State what a source does not say, with basis and certainty.",
    "note": "Comment on anything in the graph.",
    "quarantine": "List, mend, replay or drop what loads set aside.",
    "validate": "Check files or the store against the shapes.",
    "info": "Say what a store holds.",
    "queries": "List the ready-made queries.",
    "query": "Run a ready-made query.",
    "sparql": "Run a SPARQL query.",
    "describe": "Show what the graph says about something.",
    "why": "Show the sentences that something rests on.",
    "network": "Make a network, measure it, and write it to a file.",
    "export": "Write what the store holds as RDF.",
    "diff": "Compare two stores or files, fact by fact.",
    "backup": "Copy the store to a folder or an archive.",
    "restore": "Make a store of a backup.",
}


class Verbs(click.Group):
    """A group that imports a verb's module when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the verbs in the order of a day's work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"comity_cli.commands.{cmd_name}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Offer the nearest verbs for one that does not exist."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], VERBS, n=3, cutoff=0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from comity import __version__

        click.echo(f"comity {__version__}")
        ctx.exit()


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="Show the version and exit.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say only what was asked for.")
@click.option("-v", "--verbose", is_flag=True, help="Say more about what happens.")
@click.pass_context
def cli(ctx: click.Context, quiet: bool, verbose: bool) -> None:
    """Who met or signed what with whom, where and when, and which sentence proves it.

    Results go to standard output, messages to standard error. Exit codes:
    0 fine, 1 findings, 2 usage, 3 input or run-time error, 4 not supported,
    124 time-out.
    """
    ctx.obj = {"quiet": quiet, "verbose": verbose}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    code = _run(arguments)
    if code == INTERRUPTED:
        with suppress(OSError, ValueError):  # the reader may have gone
            sys.stdout.flush()
        os._exit(code)  # a query may still run in a thread that nobody can stop
    sys.exit(code)


def _run(arguments: list[str] | None) -> int:
    if sys.stdout is None:
        click.echo("Error: there is no standard output to write to", err=True)
        return 3
    warnings.showwarning = _warn
    try:
        result: Any = cli.main(arguments, prog_name="comity", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; nothing half-done is in the store.", err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click makes the latter of a broken pipe
        _discard_output()  # the reader has gone
        return 0
    except OSError as error:
        _discard_output()
        click.echo(f"Error: the result cannot be written: {error.strerror or error}", err=True)
        return 3
    except Exception as error:
        from comity.results.safe import safe_text
        from comity_ontology.errors import ComityError

        if not isinstance(error, ComityError):
            raise
        click.echo(f"Error: {safe_text(str(error), lines=True)}", err=True)
        return error.exit_code
    return result if isinstance(result, int) else 0


def _warn(message: Warning | str, *_place: object, **_more: object) -> None:
    from comity.results.safe import safe_text

    click.echo(f"Warning: {safe_text(str(message), lines=True)}", err=True)


def _discard_output() -> None:
    """Send what is still buffered nowhere, so that nothing complains at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
