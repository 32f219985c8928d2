"""What an answer stands on: so that zero hits can be told from nothing collected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from answers.corrections import corrected_among
from indexer.engines.base import Reader
from indexer.query import Filters, KindExtent, Match, Readings
from kazami.bodies import DIET, Bodies, in_no_share, is_national
from kazami.document import Kind

if TYPE_CHECKING:
    from kazami.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What was searched: all that passes the filters, whatever the query.

    ``bodies`` counts local bodies, of the ``bodies_of`` that there are; ``invented`` those of the
    demo and ``national`` organs of the state, which are none of them; ``diet`` says whether the
    Diet is among what was searched. ``since`` and ``until`` are the first and last day of what was
    searched, None where nothing was. ``not_searched`` are the codes of the bodies and prefectures
    that the filters ask for and nothing is collected of. ``by_kind`` has how much of each kind was
    searched. ``corrected`` counts the passages and days searched that a person corrected, by the
    store of now. ``doubtful`` documents, whose speakers or day may have been read wrong, are among
    those searched where ``reading`` is ALL; where it is SOUND, so many were left out. ``undated``
    documents are among those searched too, or, where the filters ask for days (``dated``), left
    out.
    """

    documents: int
    passages: int
    bodies: int
    bodies_of: int
    diet: bool
    invented: int
    since: date | None
    until: date | None
    match: Match
    not_searched: tuple[str, ...]
    by_kind: Mapping[Kind, KindExtent] = field(default_factory=dict)
    national: int = 0
    corrected: int = 0
    doubtful: int = 0
    reading: Readings = Readings.ALL
    undated: int = 0
    dated: bool = False

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of the documents searched."""
        return frozenset(self.by_kind)


def claim(
    reader: Reader,
    filters: Filters,
    match: Match,
    bodies: Bodies,
    store: Store | None = None,
) -> Claim:
    """The claim of an answer to a query with these filters; the store knows the corrections."""
    extent = whole = reader.extent(filters)
    if filters.reading is not Readings.ALL:
        # What is left out as doubtful is collected all the same.
        whole = reader.extent(replace(filters, reading=Readings.ALL))
    found = extent.codes
    invented = {code for code in found if bodies.is_invented(code)}
    national = set(filter(is_national, found))
    asked = {
        **{code: {code} for code in filters.bodies},
        **{code: {c for c in whole.codes if c[:2] == code} for code in filters.prefectures},
    }
    return Claim(
        documents=extent.documents,
        passages=extent.passages,
        bodies=len({code for code in found if not in_no_share(code)} - invented - {DIET}),
        bodies_of=len(bodies.local),
        diet=DIET in found,
        invented=len(invented),
        national=len(national),
        since=extent.first,
        until=extent.last,
        match=match,
        by_kind=extent.by_kind,
        corrected=corrected_among(store, filters) if store else 0,
        not_searched=tuple(sorted(c for c, codes in asked.items() if not codes & whole.codes)),
        doubtful=whole.doubtful,
        reading=filters.reading,
        undated=extent.undated,
        dated=filters.since is not None or filters.until is not None,
    )
