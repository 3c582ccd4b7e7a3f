"""What loads set aside: list it, look at it, mend and replay it, or give up on it."""

from __future__ import annotations

from comity.quarantine.dropping import Drop, drop, drops
from comity.quarantine.files import refused_tables
from comity.quarantine.listing import Node, Pending, pending, show
from comity.quarantine.replaying import Replay, Replayed, replay

__all__ = [
    "Drop",
    "Node",
    "Pending",
    "Replay",
    "Replayed",
    "drop",
    "drops",
    "pending",
    "refused_tables",
    "replay",
    "show",
]
