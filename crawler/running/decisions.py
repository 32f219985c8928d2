"""What the user decides about a source: an assembly's answer, a changed robots.txt accepted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crawler.detection import text_address
from crawler.permission.grants import record
from crawler.permission.robots_history import FILE, RobotsHistory, origin
from crawler.permission.standing import rules_of, waits
from crawler.running.locking import locked
from kazami.errors import KazamiError
from kazami.permission import PERMISSIONS, Permission
from kazami.sources import Source

if TYPE_CHECKING:
    from kazami.settings import Settings


class NothingToAccept(KazamiError):
    """No robots.txt of this source waits for the user's word."""


class Accepted(NamedTuple):
    """The robots.txt of ``origin`` as seen on ``seen``: whether it allows the text, its delay."""

    origin: str
    seen: date
    allows: bool
    delay: float


def grant(
    settings: Settings, source: Source, permission: Permission, today: date
) -> Permission | None:
    """Record an assembly's answer in permissions.toml; gives back the earlier one, if any.

    A robots.txt of the source that changed is accepted with a yes. Raises CrawlLocked while a
    crawl runs, SourceError where permissions.toml is damaged.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with locked(settings.data_dir):
        earlier = record(settings.data_dir / PERMISSIONS, permission, today)
        looks = RobotsHistory(settings.data_dir / FILE)
        if source.url and permission.fetch and looks.accept_change(source.url):
            looks.save()
    return earlier


def accept(settings: Settings, source: Source) -> Accepted:
    """Obey what the source's robots.txt says now, and go on.

    Raises NothingToAccept where it does not wait for a word, CrawlLocked while a crawl runs.
    """
    file = settings.data_dir / FILE
    if not (source.url and waits(source, source.url, None, RobotsHistory(file))):
        raise NothingToAccept(f"{source.id}: its robots.txt waits for nothing; go on")
    with locked(settings.data_dir):
        looks = RobotsHistory(file)
        look = looks.accept(source.url)
        assert look is not None  # nobody else writes the file while we hold the lock
        looks.save()
    rules = rules_of(look)
    return Accepted(origin(source.url), look.last, rules.allow(text_address(source)), rules.delay)
