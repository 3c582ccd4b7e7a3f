"""What a graph can do with what its loads set aside."""

from __future__ import annotations

from pathlib import Path

from comity.quarantine.dropping import Drop, drop, drops
from comity.quarantine.files import refused_tables
from comity.quarantine.listing import Node, Pending, pending, show
from comity.quarantine.replaying import Replay, replay
from comity.store import Store

__all__ = ["QuarantineMethods"]


class QuarantineMethods:
    """The part of :class:`comity.Graph` that is about the quarantine."""

    store: Store

    def quarantine(self) -> tuple[Pending, ...]:
        """Return the loads that have something set aside; see :func:`comity.quarantine.pending`."""
        return pending(self.store)

    def refused_tables(self) -> tuple[Path, ...]:
        """Return the tables of refused rows; see :func:`comity.quarantine.refused_tables`."""
        return refused_tables(self.store)

    def quarantined(self, load: str, *nodes: str) -> tuple[Node, ...]:
        """Return what a load set aside, by node; see :func:`comity.quarantine.show`."""
        return show(self.store, load, nodes)

    def replay(
        self,
        *loads: str,
        everything: bool = False,
        mended: Path | None = None,
        dry_run: bool = False,
    ) -> Replay:
        """Take what is set aside through the gate again; see :func:`comity.quarantine.replay`."""
        return replay(self.store, loads, everything=everything, mended=mended, dry_run=dry_run)

    def drop(self, load: str, *nodes: str, why: str, by: str) -> Drop:
        """Give up on what a load set aside; see :func:`comity.quarantine.drop`."""
        return drop(self.store, load, nodes, why=why, by=by)

    def drops(self) -> tuple[Drop, ...]:
        """Return what was given up; see :func:`comity.quarantine.drops`."""
        return drops(self.store)
