"""Writing results where the user wants them."""

from __future__ import annotations

from typing import Any

from comity_cli.options import chosen_format, message, output_stream

__all__ = ["write_result"]


def write_result(
    result: Any, format_name: str | None, output: str | None, query: Any = None
) -> None:
    """Write rows, an answer or triples; say so when a limit left some out.

    Given the question of the catalogue that was asked, a table shows names
    instead of IRIs.
    """
    from comity.results import Triples, write

    triples = isinstance(result, Triples)
    chosen = chosen_format(
        format_name,
        output,
        terminal="turtle" if triples else "table",
        pipe="turtle" if triples else "csv",
    )
    shown = result
    if query is not None and chosen == "table":
        from comity.questions import for_reading

        shown = for_reading(query, result)
    with output_stream(output) as stream:
        written = write(shown, stream, chosen)
    if not triples and chosen == "table" and not written.count:
        message("no rows")
    if written.truncated or getattr(result, "truncated", False):
        message(f"stopped at {written.count:,}: there is more, raise --limit (0 for all)")
