"""The invented towns' feeds in every dialect and charset: the same entries come of each."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest

from crawler.page import Follow, Page, PageChanged
from crawler.platforms.feed import parse_feed
from kazami.document import Kind
from replay.cms import TownSite
from replay.feed import dialects
from replay.town_office import town_office

TODAY = date(2026, 11, 28)
HOST = "www.town.reiji.example"


def feed_of(dialect: str, kind: Kind = Kind.ANNOUNCEMENT) -> tuple[TownSite, list[Follow]]:
    site = TownSite(town_office("reiji", TODAY), "fourweb", feeds=[dialect])
    path = f"{site.home}{dialects()[dialect].path}"
    reply = site.answer("GET", path, b"", {"Host": HOST})
    page = Page(f"http://{HOST}{path}", reply.body, reply.content_type)
    answers = parse_feed(page, kind=kind.value, hosts=[HOST])
    return site, [answer for answer in answers if isinstance(answer, Follow)]


@pytest.mark.parametrize("name", sorted(dialects()))
def test_every_dialect_gives_the_same_entries(name: str):
    dialect = dialects()[name]
    site, follows = feed_of(name)
    shown = site.office.shown(TODAY)[: dialect.limit]
    paths = {id(notice): f"{HOST}{site.home}{site.skin.page(notice)}" for notice in shown}
    assert [each.document for each in follows] == [paths[id(notice)] for notice in shown]
    undated = 0
    for at, (follow, notice) in enumerate(zip(follows, shown, strict=True)):
        item = follow.cb_kwargs["item"]
        assert item["title"] == notice.title
        assert urlsplit(follow.url).path.startswith(site.home)
        if dialect.dates == "none" or (dialect.undated and at % dialect.undated == 1):
            assert follow.day is None
            undated += 1
            continue
        # Of a change the feed says no more than its day, but where it gives both.
        changed = notice.updated or notice.day
        twice = dialect.twice and at == 0
        first = notice.day if dialect.form == "atom" or twice else changed
        assert follow.day == first
        assert item.get("updated") == (changed.isoformat() if changed > first else None)
    assert undated < max(1, len(follows)) or dialect.dates == "none"


def test_a_feed_asked_for_again_has_the_same_keys_and_versions():
    """Whatever code of a session its links carry."""
    for name in dialects():
        one, other = feed_of(name)[1], feed_of(name)[1]
        assert [(a.key, a.version, a.url) for a in one] == [
            (b.key, b.version, b.url) for b in other
        ]


def test_a_page_listed_as_a_tender_is_another_document():
    tenders = feed_of("rss20", Kind.TENDER)[1]
    assert {each.document.partition("/")[0] for each in tenders if each.document} == {"tender"}


@pytest.mark.parametrize("name", sorted(dialects()))
def test_a_feed_cut_anywhere_is_refused(name: str):
    site = TownSite(town_office("reiji", TODAY), "fourweb", feeds=[name])
    path = f"{site.home}{dialects()[name].path}"
    reply = site.answer("GET", path, b"", {"Host": HOST})
    for share in (0.1, 0.5, 0.9, 0.99):
        body = reply.body[: int(len(reply.body) * share)]
        with pytest.raises(PageChanged):
            list(parse_feed(Page("http://x.jp/f", body, reply.content_type), "announcement", []))
