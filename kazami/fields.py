"""The fields of a passage that hold words: declared once, read by all that keep, ask or show them.

What is declared here has a column in the store and in the index, a name in the query language, an
attribute of the filters, an option on the command line, a place in JSON and CSV. To add one: an
attribute of ``kazami.document.Passage``, an entry here, its names in ``indexer.query``, a step in
``kazami.store.migrations``, and the reader that fills it (docs/adding-a-field.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import Any

from kazami.document import Passage


class Matching(StrEnum):
    """When a value asked for fits a printed one; both are folded (``kazami.text.fold_name``).

    ``contains``: it stands in it. ``pattern``: it is it, or ``*`` at an end stands for the rest.
    """

    CONTAINS = "contains"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField:
    """One field of passages that holds words or nothing.

    ``name`` is the attribute of Passage and what queries, JSON and CSV call it; ``plural`` the
    attribute of Filters. ``label`` is for people, ``absent`` what they see where a group has none.
    A ``grouped`` one can be asked for by ``indexer.query.By``. ``help`` is that of the option.
    """

    name: str
    plural: str
    label: str
    absent: str
    matching: Matching
    grouped: bool
    help: str

    @property
    def of(self) -> Callable[[Passage], str | None]:
        """Reads the value of a passage."""
        read: Callable[[Any], str | None] = attrgetter(self.name)
        return read


TEXT_FIELDS: dict[str, TextField] = {
    each.name: each
    for each in (
        TextField(
            name="speaker",
            plural="speakers",
            label="発言者",
            absent="（氏名なし）",
            matching=Matching.CONTAINS,
            grouped=False,
            help="Name contains this.",
        ),
        TextField(
            name="role",
            plural="roles",
            label="役職",
            absent="（役職なし）",
            matching=Matching.PATTERN,
            grouped=True,
            help="Office (役職) is this; '*部長' ends with it.",
        ),
        TextField(
            name="seat",
            plural="seats",
            label="議席",
            absent="（議席なし）",
            matching=Matching.PATTERN,
            grouped=True,
            help="Seat (議席番号) is this, as printed: 8番.",
        ),
    )
}
"""By name, in the order in which they are shown."""
