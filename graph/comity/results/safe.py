"""Text for a screen or a spreadsheet: what could act there is shown instead of done."""

from __future__ import annotations

import re

__all__ = ["defused", "one_line", "safe_text"]

# Control characters (Unicode category Cc), and the embeddings, overrides and
# isolates of the bidirectional algorithm (UAX #9, §2), which reorder what follows.
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ACTING_IN_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Spreadsheets read a cell that starts like this as a formula; the last four are the
# wide forms of the first, which some take for them.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_BREAKS = re.compile("[\t\r\n]+")


def safe_text(text: str, *, lines: bool = False) -> str:
    r"""Show control characters and marks that reorder text as escapes.

    Parameters
    ----------
    text : str
        From anywhere: a label, a file name, a message that repeats one.
    lines : bool
        Whether line feeds and tabs stay as they are.

    Returns
    -------
    str
        The same text; the same again when made safe twice.

    Examples
    --------
    >>> print(safe_text("Bell\a \u202etxt"))
    Bell\u0007 \u202etxt
    """
    acting = _ACTING_IN_LINES if lines else _ACTING
    return acting.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def one_line(text: str) -> str:
    r"""Make a text safe and put it on one line, breaks and tabs becoming spaces.

    Examples
    --------
    >>> one_line("Agency\r\nOne")
    'Agency One'
    """
    return safe_text(_BREAKS.sub(" ", text))


def defused(text: str) -> str:
    """Make a text safe for a cell of a spreadsheet, which might run it as a formula.

    Text that begins like a formula, also after spaces, gets an apostrophe before
    it; other text stays as it is. It is not for numbers: those are no text.

    References
    ----------
    OWASP, *CSV Injection*, https://owasp.org/www-community/attacks/CSV_Injection

    Examples
    --------
    >>> print(defused("=1+1"), defused("KOSGEB"), defused("-1+2"))
    '=1+1 KOSGEB '-1+2
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
