"""Days as options."""

from __future__ import annotations

import datetime
import re

import click


class Day(click.ParamType[datetime.date]):
    """A day of the calendar, written as in ISO 8601."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        """Read the day."""
        if isinstance(value, datetime.date):
            return value
        text = str(value)
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError(text)
            return datetime.date.fromisoformat(text)
        except ValueError:
            self.fail(f"{text!r} is not a day of the calendar: write it as 2021-02-25", param, ctx)
