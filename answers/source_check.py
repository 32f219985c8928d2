"""Source check: whether the files of bodies, sources, robots.txt and permissions hold together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.detection import readable, wrong_address, wrong_options
from crawler.permission.robots_history import load_shipped
from kazami.bodies import load_bodies
from kazami.permission import PERMISSIONS, load_permissions
from kazami.sources import Source, load_sources

if TYPE_CHECKING:
    from kazami.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """How many of each there are, ``unread`` sources that cannot be read yet or are
    in doubt, and what is wrong."""

    bodies: int
    sources: int
    unread: int
    hosts: int
    permissions: int
    wrong: tuple[str, ...]


def check_sources(settings: Settings) -> CheckAnswer:
    """What is wrong with the files, a line each.

    Raises SourceError and the like where one of them cannot be read at all.
    """
    bodies, sources = load_bodies(), load_sources()
    wrong = [f"{source.id}: {said}" for source in sources for said in _wrong(source)]
    local = {body.code for body in bodies.local}
    listed = {source.body for source in sources}
    wrong += [f"{code}: has no source, not even an unknown one" for code in sorted(local - listed)]
    permissions = load_permissions(settings.data_dir / PERMISSIONS)
    ids = {source.id for source in sources}
    wrong += [
        f"permissions.toml: there is no source {permission}"
        for permission in permissions
        if permission not in ids
    ]
    return CheckAnswer(
        bodies=len(bodies),
        sources=len(sources),
        unread=sum(bool(readable(source) or source.doubt) for source in sources),
        hosts=len(load_shipped()),
        permissions=len(permissions),
        wrong=tuple(wrong),
    )


def _wrong(source: Source) -> list[str]:
    address = wrong_address(source.platform, source.url)
    return [*([address] if address else []), *wrong_options(source)]
