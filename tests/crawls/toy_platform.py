"""The platform that reads ``toy_site``: pure, like the real ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crawler.page import Blocked, Follow, Found, Listed, Page, PageChanged, Wanted, refuse
from crawler.platform import Cost, Platform, Signature
from kazami.document import Passage
from kazami.sources import Source

DELAY = 0.0


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    tenant = source.url.rstrip("/").rpartition("/")[2]
    yield Follow(url=source.url, parse=parse_index, key="index", cb_kwargs={"tenant": tenant})


def parse_index(page: Page, tenant: str) -> Iterator[Follow | Listed]:
    names = page.text("utf-8").split()
    for name in names:
        yield Follow(
            url=page.link(f"list/{name}"),
            parse=parse_list,
            key=f"list {name}",
            cb_kwargs={"tenant": tenant, "name": name},
            listing=name,
            newest=date(int(name), 12, 31),
        )
    yield Listed(name="index", listings=tuple(names))


def parse_list(page: Page, tenant: str, name: str) -> Iterator[Follow | Listed]:
    rows = [line.split() for line in page.text("utf-8").splitlines()]
    for key, day in rows:
        yield Follow(
            url=page.link(f"../doc/{key}"),
            parse=parse_document,
            key=f"doc {key}",
            cb_kwargs={"tenant": tenant, "key": key},
            document=f"{tenant}-{key}",
            day=date.fromisoformat(day),
        )
    yield Listed(name=name, documents=tuple(f"{tenant}-{key}" for key, _ in rows))


def parse_document(page: Page, tenant: str, key: str) -> Iterator[Found]:
    refuse(page)
    words = page.text("utf-8")
    if "ログイン" in words:
        raise Blocked(page.url, "login")
    if "bug" in words:
        raise KeyError("a bug of ours")
    lines = words.splitlines()
    if busy := [line.partition(" ")[2] for line in lines if line.startswith("busy ")]:
        Path(busy[0]).write_text(str(os.getpid()))
        while True:  # until somebody ends it
            pass
    if len(lines) < 3 or not lines[0].startswith("title "):
        raise PageChanged(page.url, "a line 'title …'", lines[0][:20] if lines else "nothing")
    yield Found(
        key=f"{tenant}-{key}",
        title=lines[0][6:],
        date=date.fromisoformat(lines[1][4:]),
        url=page.url,
        passages=tuple(
            Passage(key=str(n), order=n, text=line) for n, line in enumerate(lines[2:], 1)
        ),
    )


def platform() -> Platform:
    """The platform as this module is now: tests change its functions and its delay."""
    return Platform(
        name="toy",
        delay=DELAY,
        signature=Signature(entry=r"http://127\.0\.0\.1.*"),
        cost=Cost(run=1, year=1, sitting=1),
        start=start,
        parsers=[each for name, each in globals().items() if name.startswith("parse_")],
    )
