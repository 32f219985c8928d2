"""What a database must offer to hold a store."""

from __future__ import annotations

from typing import Protocol

import sqlalchemy as sa


class Database(Protocol):
    """One place that can hold a store. ``name`` says where, in messages, without secrets."""

    name: str

    def exists(self) -> bool:
        """Whether there is anything to open; a server says yes, and is asked."""

    def make_room(self) -> None:
        """Make what must be there before the first connection; raises OSError."""

    def connect(self, *, read_only: bool) -> sa.Engine:
        """An engine; nothing is opened before the first connection.

        Its transactions see one state, whatever is written meanwhile. Under the execution option
        ``writes`` a transaction waits for its turn: one writes at a time, so that change numbers
        become visible in their order.
        """

    def begin_store(self, engine: sa.Engine) -> None:
        """Set what a new store keeps for good, before its first table."""

    def explain(self, error: sa.exc.DBAPIError) -> str:
        """One line for a person on what the database complained of."""
