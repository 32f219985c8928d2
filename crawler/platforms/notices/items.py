"""One notice as a feed or a list names it, on the way to its page."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from crawler.page import Follow, Found
from kazami.document import Kind
from kazami.facts import AnnouncementFacts, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """``day`` and ``updated`` are ISO days, ``…_by`` the words that they were read from.

    ``stamp`` is the listing's time of the latest state, ``cells`` what else the listing prints of
    it, by printed names. All values are JSON's, since they are written beside the archived page.
    """

    key: str
    title: str
    url: str
    day: str | None = None
    dated_by: str = ""
    updated: str | None = None
    updated_by: str = ""
    stamp: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """What the listing says of the item's state: another one is fetched again."""
        said = "\n".join([self.title, *(f"{name}\t{cell}" for name, cell in self.cells.items())])
        return f"{self.stamp} {hashlib.sha256(said.encode()).hexdigest()[:12]}".strip()

    @property
    def date(self) -> date | None:
        return date.fromisoformat(self.day) if self.day else None

    @property
    def facts(self) -> AnnouncementFacts | None:
        """The day of the last change, where the listing states one beside the date."""
        if not self.updated:
            return None
        return AnnouncementFacts(updated=Fact(date.fromisoformat(self.updated), self.updated_by))

    def written(self) -> dict[str, Any]:
        """As ``cb_kwargs`` hold it."""
        return {name: value for name, value in asdict(self).items() if value}


def item_of(said: Mapping[str, Any]) -> Item:
    """What ``Item.written`` wrote."""
    return Item(**said)


def keyed(kind: Kind | str, address: str) -> str:
    """The key of a document: one page may be listed as an announcement and as a tender."""
    return address if kind == Kind.ANNOUNCEMENT else f"{kind}/{address}"


def alone(item: Item, kind: Kind | str) -> Found:
    """The document that the listing alone gives."""
    return Found(
        key=item.key,
        title=item.title,
        date=item.date,
        url=item.url,
        passages=(),
        # What the list prints of it stays readable, though its page be gone.
        front_matter="\n".join(f"{name}：{cell}" for name, cell in item.cells.items()),
        facts=item.facts if kind == Kind.ANNOUNCEMENT else None,
        version=item.version,
        dated_by=item.dated_by,
    )


def without_page(follow: Follow) -> Found:
    """What is known of a document whose page cannot be had; ``follow`` led to it."""
    said, kind = follow.cb_kwargs["item"], follow.cb_kwargs["kind"]
    assert isinstance(said, Mapping)
    return alone(item_of(said), str(kind))
