"""Electronic bidding systems that are not read: what is published there is in no answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from answers.sources import KnownSource, known_sources
from kazami.document import Kind
from kazami.sources import Source, sources_beneath

if TYPE_CHECKING:
    from kazami.settings import Settings


def unread_systems(
    settings: Settings,
    kind: Kind,
    *,
    bodies: Collection[str] = (),
    prefectures: Collection[str] = (),
) -> list[KnownSource]:
    """The systems whose documents of this kind kazami cannot or may not read.

    Of these bodies (codes) in these prefectures; of all where none are named. A system that bodies
    share whom nobody has named counts for every body of its prefecture.
    """
    asked = {code[:2] for code in bodies} or set(prefectures)
    of_kind = [
        each
        for each in sources_beneath(asked)
        if each.kind is kind
        and each.system
        and (not bodies or _serves(each, bodies))
        and (not prefectures or each.body[:2] in prefectures)
    ]
    return [
        each for each in known_sources(settings, of_kind) if each.unreadable or each.needs_leave
    ]


def _serves(source: Source, bodies: Iterable[str]) -> bool:
    return any(
        code == source.body or (source.others and code[:2] == source.body[:2]) for code in bodies
    )
