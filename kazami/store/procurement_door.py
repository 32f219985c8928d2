"""What a store answers of tenders and awards; who asks for neither loads nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlalchemy as sa

    from kazami.facts import TenderFacts
    from kazami.store.procurement import (
        AwardExtent,
        AwardFilter,
        StoredAward,
        StoredTender,
        TenderFilter,
    )
    from kazami.suppliers import Suppliers


class Procurement:
    """The questions of ``kazami.store.procurement``, for a store."""

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        raise NotImplementedError

    def tenders(self, asked: TenderFilter, *, limit: int | None = None) -> list[StoredTender]:
        """Those that fit, by closing day and time, those whose day cannot be told at the end."""
        from kazami.store import procurement

        with self._reading() as connection:
            return procurement.tenders_that_fit(connection, asked, limit)

    def tenders_by_body(self, asked: TenderFilter) -> dict[str, int]:
        """How many tenders fit, by their body's code; ``documents`` is not looked at."""
        from kazami.store import procurement

        with self._reading() as connection:
            return procurement.tenders_by_body(connection, asked)

    def tender_facts(self, ids: Sequence[str]) -> dict[str, TenderFacts]:
        """What these tenders state, by id; one that states nothing is missing."""
        from kazami.store import procurement

        with self._reading() as connection:
            return procurement.tender_facts(connection, ids)

    def awards(self, asked: AwardFilter, *, limit: int | None = None) -> list[StoredAward]:
        """Those that fit, the newest first, those without a day at the end."""
        from kazami.store import procurement

        with self._reading() as connection:
            return procurement.awards_that_fit(connection, asked, limit)

    def award_figures(self, asked: AwardFilter, *parts: str) -> Sequence[Sequence[Any]]:
        """Of each that fits its outcome, its amount, and these columns, in no order.

        ``parts`` are of ``body``, ``date``, ``supplier_key``, ``corporate_number``.
        """
        from kazami.store import procurement

        with self._reading() as connection:
            return procurement.figures(connection, asked, parts)

    def award_extent(self, asked: AwardFilter) -> AwardExtent:
        """How much fits the filter, failed and cancelled tenders with it."""
        from kazami.store import procurement

        with self._reading() as connection:
            return procurement.extent(connection, asked)

    def suppliers(self) -> Suppliers:
        """Who is who among the suppliers of all awards."""
        from kazami.store import procurement

        with self._reading() as connection:
            return procurement.suppliers(connection)
