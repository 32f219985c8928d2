"""What the procurement portal holds of the invented world: the truth behind its API.

The towns' tenders as the portal fetched them from their sites, notices of organs of the state and
of a prefecture (``pages/kkj/notices.toml``), and on wish a day with more of them than one answer
can hold.
"""

from __future__ import annotations

import re
import tomllib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from kazami.document import Kind
from replay.invented_words import pick
from replay.notice_words import OfficeWording, notice_parts, plain_lines, wordings
from replay.town_office import JST, NoticeFile, OfficeNotice, TownOffice

PREFECTURE, PREFECTURE_NAME = "99", "例示県"

_FILE = Path(__file__).with_name("pages") / "kkj" / "notices.toml"
_AFTER = re.compile(r"\{after:(-?\d+)\}")
_CROWDED = 3
"""So many days ago was the day of very many notices."""


@dataclass(frozen=True, kw_only=True)
class PortalNotice:
    """One notice of the portal; what is None is not in its answer.

    ``key`` is plain here, in base64 in an answer. ``issued`` None: the answer says ``fetched`` in
    its place. ``surrogates``: characters beyond U+FFFF come as two surrogates, each in UTF-8.
    """

    key: str
    uri: str
    name: str
    fetched: datetime
    text: str
    file_type: str = "html"
    prefecture: str | None = None
    city: str | None = None
    city_name: str | None = None
    organization: str | None = None
    certification: tuple[str, ...] = ()
    issued: date | None = None
    period_end: date | None = None
    category: str | None = None
    procedure: str | None = None
    location: str | None = None
    bid_start: date | None = None
    opening: date | None = None
    attachments: tuple[tuple[str, str], ...] = ()
    surrogates: bool = False

    @property
    def packed_key(self) -> str:
        return b64encode(self.key.encode()).decode()

    @property
    def day(self) -> date:
        """By which day it is found: that of the notice, else that of the visit."""
        return self.issued or self.fetched.date()


Address = Callable[[TownOffice, OfficeNotice, NoticeFile | None], str]
"""Where a town's notice is published, or a file beside it."""


def invented_address(office: TownOffice, notice: OfficeNotice, file: NoticeFile | None) -> str:
    """A place that nobody serves."""
    folder = f"https://www.{office.slug}.example/nyusatsu"
    return f"{folder}/{notice.key}/{file.name}" if file else f"{folder}/{notice.key}.html"


def portal_notices(
    offices: Iterable[TownOffice],
    today: date,
    *,
    address: Address = invented_address,
    crowd: int = 0,
) -> tuple[PortalNotice, ...]:
    """All that the portal ever holds, by the time of its visit, the latest first.

    With ``crowd`` so many services were put out to tender in the invented prefecture three days
    before ``today``.
    """
    notices = [
        _of_town(office, notice, address)
        for office in offices
        for notice in office.notices
        if notice.kind is Kind.TENDER
    ]
    notices += (_of_others(said, today) for said in _data()["notice"])
    notices += _crowd(today, crowd)
    return tuple(sorted(notices, key=lambda each: (each.fetched, each.key), reverse=True))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def _of_town(office: TownOffice, notice: OfficeNotice, address: Address) -> PortalNotice:
    """The portal comes in the next night, and reads a page and what stands around it."""
    project = notice.project
    assert project is not None  # a tender is for something
    wording = wordings()["wide" if notice.number % 2 else "city"]
    parts = notice_parts(office.name, notice, wording)
    lines = ["本文", notice.title, f"ページID：{notice.number:07}更新", *plain_lines("", parts)]
    span = next((due.start for due in notice.dues if due.paper == "入札書" and due.start), None)
    return PortalNotice(
        key=f"reiji_ken/{office.slug}/{notice.day:%Y}/{notice.day:%Y%m%d}_{notice.number:05}",
        uri=address(office, notice, None),
        name=notice.title,
        fetched=_visit(notice.day + timedelta(days=1), notice.number),
        text=" ".join(line.strip() for line in lines if line.strip()),
        prefecture=PREFECTURE,
        city=office.body,
        city_name=office.name,
        organization=f"{PREFECTURE_NAME}{office.name}",
        issued=notice.day if notice.number % 3 else None,
        category=project.category,
        procedure=project.procedure if notice.number % 2 else None,
        location=project.place if notice.number % 4 == 0 else None,
        bid_start=span,
        opening=notice.opening.date() if notice.opening and notice.number % 2 else None,
        attachments=tuple((each.label, address(office, notice, each)) for each in notice.files),
    )


def _of_others(said: dict[str, Any], today: date) -> PortalNotice:
    def on(name: str) -> date | None:
        return today + timedelta(days=said[name]) if name in said else None

    fetched = today + timedelta(days=said["fetched"])
    wide = wordings()["wide"]
    lines = [
        _AFTER.sub(lambda found: wide.on(today + timedelta(days=int(found[1]))), line)
        for line in said["text"]
    ]
    if said.get("megabyte"):
        lines[1:1] = _megabyte()
    uri = said["uri"]
    return PortalNotice(
        key=said["key"],
        uri=uri,
        name=said["name"],
        fetched=_visit(fetched, int(said["key"][-5:])),
        text="\n".join([said["name"], *lines]),
        file_type="pdf" if uri.endswith(".pdf") else "html",
        prefecture=said.get("prefecture"),
        city=said.get("city"),
        city_name=said["organization"].removeprefix(PREFECTURE_NAME) if "city" in said else None,
        organization=said["organization"],
        certification=tuple(said.get("certification", ())),
        issued=on("issued"),
        period_end=on("period_end"),
        category=said["category"],
        procedure=said.get("procedure"),
        location=said.get("location"),
        bid_start=on("bid_start"),
        opening=on("opening"),
        surrogates=said.get("surrogates", False),
    )


def _megabyte() -> list[str]:
    """Questions until there is a megabyte of them."""
    long = _data()["long"]
    count = long["megabyte"] // len(long["before"].encode()) + 1
    return [long["before"].replace("{n}", str(number)) for number in range(1, count + 1)]


def _crowd(today: date, count: int) -> Iterator[PortalNotice]:
    said = _data()["crowd"]
    day = today - timedelta(days=_CROWDED)
    wide: OfficeWording = wordings()["wide"]
    for number in range(1, count + 1):
        office = said["organizations"][pick("crowd", number, among=len(said["organizations"]))]
        name = f"{said['works'][number % len(said['works'])]}（その{number}）"
        due = day + timedelta(days=7 + number % 14)
        yield PortalNotice(
            key=f"reiji_ken/ken/{day:%Y}/{day:%Y%m%d}_{10000 + number}",
            uri=f"https://www.pref.reiji.example/nyusatsu/{10000 + number}.html",
            name=name,
            fetched=_visit(day + timedelta(days=1), number),
            text=f"{name}　{said['deadline'].format(day=wide.on(due))}",
            prefecture=PREFECTURE,
            organization=office,
            issued=day,
            category="役務",
        )


def _visit(day: date, number: int) -> datetime:
    """In the small hours, one page after the other."""
    return datetime.combine(day, time(2, 10), JST) + timedelta(seconds=number)
