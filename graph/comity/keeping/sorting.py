"""Sorting more lines than fit in memory.

Lines are sorted as bytes, in runs that are spilled to unnamed temporary files
(they vanish with the process, however it ends) and merged when read.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO

from comity.errors import StoreError

__all__ = ["LineSorter"]

RUN = 32 << 20  # bytes of text; Python needs a few times that for a list of its lines
MOST_RUNS = 64  # files open at a time


class LineSorter:
    r"""Takes complete lines of bytes in any order, and gives them back in order.

    A line ends with a line feed and holds no carriage return, as in N-Triples.

    Parameters
    ----------
    run : int
        How many bytes to hold in memory.

    Examples
    --------
    >>> with LineSorter() as sorter:
    ...     sorter.add(b"two\n")
    ...     sorter.add(b"three\none\n")
    ...     list(sorter.lines())
    [b'one\n', b'three\n', b'two\n']
    """

    def __init__(self, run: int = RUN):
        self._run = run
        self._held: list[bytes] = []
        self._size = 0
        self._files: list[IO[bytes]] = []

    def __enter__(self) -> LineSorter:
        """Return the sorter itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let go of the temporary files."""
        for file in self._files:
            file.close()

    def add(self, lines: bytes) -> None:
        """Take one or several lines, each with its line feed."""
        self._held.append(lines)
        self._size += len(lines)
        if self._size >= self._run:
            self._spill(self._sorted())
            if len(self._files) == MOST_RUNS:
                runs, self._files = self._files, []
                self._spill(heapq.merge(*runs))
                for file in runs:
                    file.close()

    def lines(self) -> Iterator[bytes]:
        """Iterate over all lines, sorted; a line that was taken twice comes twice."""
        return heapq.merge(*self._files, self._sorted())

    def _sorted(self) -> list[bytes]:
        lines = b"".join(self._held).splitlines(keepends=True)
        self._held, self._size = [], 0
        lines.sort()
        return lines

    def _spill(self, lines: Iterable[bytes]) -> None:
        try:
            file = tempfile.TemporaryFile(buffering=1 << 16)  # noqa: SIM115 - closed on leaving
            try:
                file.writelines(lines)
                file.seek(0)
            except OSError:
                with suppress(OSError):  # it would try once more to write what is held
                    file.close()
                raise
        except OSError as error:
            raise StoreError(
                f"no place to sort in {tempfile.gettempdir()} ({error.strerror or error}): "
                "make space, or let TMPDIR name another folder"
            ) from error
        self._files.append(file)
