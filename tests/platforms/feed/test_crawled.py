"""A feed crawled whole: pages, files, updates, pages that are gone. All content is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from kazami.attachments import AttachmentState
from kazami.document import Document
from kazami.store import open_folder
from replay.pdf_writer import across
from tests.crawls.driver import Crawl, Crawled
from tests.crawls.toy_site import Answer, ToySite

NOW = "2026-08-10T03:00:00+00:00"


@dataclass
class Town:
    """An invented town's site: a feed, pages by name, files by name."""

    site: ToySite
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    pages: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.site.special["/news.rss"] = lambda _: answer(self.feed(), "application/xml")

    def item(self, name: str, title: str, when: str) -> None:
        self.items[name] = (title, when)

    def page(self, name: str, body: str) -> None:
        self.serve(f"/{name}", answer(html(body)))

    def serve(self, path: str, said: Answer) -> None:
        self.site.special[path] = lambda _: said

    def feed(self) -> str:
        items = "".join(
            f"<item><title>{title}</title><link>{name}</link>"
            + (f"<pubDate>{when}</pubDate>" if when else "")
            + "</item>"
            for name, (title, when) in self.items.items()
        )
        head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        return f"{head}<title>例示町</title>{items}</channel></rss>"

    @property
    def source(self) -> dict[str, Any]:
        url = f"http://127.0.0.1:{self.site.port}/news.rss"
        return {"url": url, "platform": "feed", "kind": "announcement"}

    def key(self, name: str) -> str:
        return f"feed:127.0.0.1:{self.site.port}/{name}"


def answer(text: str, kind: str = "text/html; charset=utf-8") -> Answer:
    return 200, {"Content-Type": kind}, text.encode()


def html(body: str) -> str:
    return f"<html><body><h1>見出し</h1><div id='tmp_contents'>{body}</div></body></html>"


def a_pdf(*lines: str) -> Answer:
    return 200, {"Content-Type": "application/pdf"}, across([list(lines)])


@pytest.fixture
def town() -> Iterator[Town]:
    with ToySite() as site:
        town = Town(site)
        town.item("1.html", "図書館を閉めます", "Mon, 03 Aug 2026 09:00:00 +0900")
        town.page("1.html", "<p>図書館を十日間閉めます。</p><a href='/a.pdf'>お知らせ</a>")
        town.serve("/a.pdf", a_pdf("棚を入れ替えます。"))
        town.item("2.html", "夏まつり", "Sun, 02 Aug 2026 20:00:00 GMT")
        town.page("2.html", "<p>広場でまつりを行います。</p>")
        yield town


def run(crawl: Crawl, town: Town, **said: Any) -> Crawled:
    return crawl(town.source, now=said.pop("now", NOW), **said)


def stored(data: Path, id: str) -> Document:
    with open_folder(data) as store:
        found = store.document(id)
    assert found is not None
    return found


def test_an_item_becomes_a_document_with_its_page_and_its_file(crawl: Crawl, town: Town):
    crawled = run(crawl, town)
    assert crawled.counts() == (2, 0, 0, 0), crawled.stderr
    first = stored(crawl.data, town.key("1.html"))
    assert (first.title, first.date) == ("図書館を閉めます", date(2026, 8, 3))
    assert [passage.text for passage in first.passages] == [
        "図書館を十日間閉めます。\nお知らせ",
        "棚を入れ替えます。",
    ]
    assert first.passages[1].part == "お知らせ"
    assert first.passages[1].page == 1
    assert [each.state for each in first.attachments] == [AttachmentState.READ]
    assert stored(crawl.data, town.key("2.html")).date == date(2026, 8, 3)  # in Japan


def test_a_second_run_asks_for_the_feed_alone(crawl: Crawl, town: Town):
    run(crawl, town)
    town.site.asked.clear()
    assert run(crawl, town).counts() == (0, 0, 0, 2)
    assert town.site.asked == ["/robots.txt", "/news.rss"]


def test_a_page_that_says_the_same_is_unchanged_though_the_feed_gives_a_later_day(
    crawl: Crawl, town: Town
):
    """The first day stays, and the later one is when it was updated."""
    run(crawl, town)
    town.item("2.html", "夏まつり", "Fri, 07 Aug 2026 09:00:00 +0900")
    assert run(crawl, town).counts() == (0, 1, 0, 1)
    second = stored(crawl.data, town.key("2.html"))
    assert second.date == date(2026, 8, 3)
    assert second.facts.updated.value == date(2026, 8, 7)
    assert second.facts.updated.words == "Fri, 07 Aug 2026 09:00:00 +0900"
    assert run(crawl, town).counts() == (0, 0, 0, 2)


def test_a_page_and_its_file_fetched_again_are_unchanged(crawl: Crawl, town: Town):
    run(crawl, town)
    before = stored(crawl.data, town.key("1.html"))
    town.item("1.html", "図書館を閉めます", "Mon, 03 Aug 2026 09:30:00 +0900")
    assert run(crawl, town).counts() == (0, 0, 1, 1)
    assert stored(crawl.data, town.key("1.html")).passages == before.passages


def test_a_file_that_changed_replaces_its_own_passages_only(crawl: Crawl, town: Town):
    run(crawl, town)
    before = stored(crawl.data, town.key("1.html"))
    town.item("1.html", "図書館を閉めます", "Mon, 03 Aug 2026 09:30:00 +0900")
    town.serve("/a.pdf", a_pdf("床を張り替えます。"))
    assert run(crawl, town).counts() == (0, 1, 0, 1)
    after = stored(crawl.data, town.key("1.html"))
    assert after.passages[0] == before.passages[0]
    assert after.passages[1].text == "床を張り替えます。"
    assert after.passages[1].key == before.passages[1].key


def test_a_page_that_is_gone_keeps_its_text_and_is_marked(crawl: Crawl, town: Town):
    run(crawl, town)
    before = stored(crawl.data, town.key("2.html"))
    town.item("2.html", "夏まつり", "Fri, 07 Aug 2026 09:00:00 +0900")
    town.serve("/2.html", (410, {}, b"gone"))
    crawled = run(crawl, town)
    assert crawled.source["missing"] == 1
    assert crawled.source["errors"] == []
    assert stored(crawl.data, town.key("2.html")).passages == before.passages
    assert missing(crawl.data, town) == {town.key("2.html"): date(2026, 8, 10)}
    town.page("2.html", "<p>広場でまつりを行います。</p>")
    run(crawl, town)
    assert missing(crawl.data, town) == {}


def missing(data: Path, town: Town) -> dict[str, date]:
    with open_folder(data) as store:
        known = store.documents_of("102032/announcement/feed")
    return {id: each.missing for id, each in known.items() if each.missing}


def test_what_falls_off_the_feed_is_not_gone(crawl: Crawl, town: Town):
    run(crawl, town)
    del town.items["2.html"]
    assert run(crawl, town).source["missing"] == 0
    assert missing(crawl.data, town) == {}


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ((404, {}, b""), 0),
        ((200, {"Content-Type": "text/html; charset=utf-8"}, b""), 1),
        ((500, {}, b""), 1),
    ],
)
def test_an_item_whose_page_cannot_be_had_is_stored_without_text(
    crawl: Crawl, town: Town, said: Answer, errors: int
):
    town.serve("/2.html", said)
    crawled = run(crawl, town, settings={"retries": 0})
    assert crawled.counts() == (2, 0, 0, 0)
    assert len(crawled.source["errors"]) == errors
    second = stored(crawl.data, town.key("2.html"))
    assert (second.title, second.date, second.passages) == ("夏まつり", date(2026, 8, 3), ())
    town.page("2.html", "<p>広場でまつりを行います。</p>")
    town.item("2.html", "夏まつり", "Fri, 07 Aug 2026 09:00:00 +0900")
    run(crawl, town)
    assert len(stored(crawl.data, town.key("2.html")).passages) == 1


def test_a_page_that_did_not_answer_is_asked_for_again_in_the_same_version(
    crawl: Crawl, town: Town
):
    town.serve("/2.html", (500, {}, b""))
    run(crawl, town, settings={"retries": 0})
    town.page("2.html", "<p>広場でまつりを行います。</p>")
    run(crawl, town)
    assert len(stored(crawl.data, town.key("2.html")).passages) == 1


def test_robots_txt_is_asked_for_each_page_and_file(crawl: Crawl, town: Town):
    town.site.robots = (200, {}, b"User-agent: *\nDisallow: /2.html\nDisallow: /a.pdf\n")
    crawled = run(crawl, town)
    assert crawled.counts() == (2, 0, 0, 0)
    assert crawled.source["forbidden"] == 2
    assert crawled.source["status"] == "ok"
    assert town.site.count("2.html") == town.site.count("a.pdf") == 0
    assert stored(crawl.data, town.key("2.html")).passages == ()
    (file,) = stored(crawl.data, town.key("1.html")).attachments
    assert file.state is AttachmentState.FORBIDDEN


def test_links_to_other_hosts_are_counted_and_not_followed(crawl: Crawl, town: Town):
    with ToySite() as other:
        away = f"http://localhost:{other.port}/3.html"
        town.item(away, "別のところ", "Mon, 03 Aug 2026 09:00:00 +0900")
        town.page(
            "2.html", f"<p>まつり。</p><a href='http://localhost:{other.port}/b.pdf'>地図</a>"
        )
        town.site.special["/4.html"] = lambda _: (302, {"Location": away}, b"")
        town.item("4.html", "よそへ移りました", "Mon, 03 Aug 2026 09:00:00 +0900")
        crawled = run(crawl, town)
        assert other.asked == []
    assert crawled.counts() == (4, 0, 0, 0)
    assert crawled.source["elsewhere"] == {"localhost": 3}
    (file,) = stored(crawl.data, town.key("2.html")).attachments
    assert file.state is AttachmentState.ELSEWHERE
    assert stored(crawl.data, f"feed:localhost:{other.port}/3.html").passages == ()


def test_a_declared_host_is_followed_through_the_same_door(crawl: Crawl, town: Town):
    """Its own robots.txt is read first, and a redirect there is followed."""
    # Another name of this machine, at the same port.
    files = f"http://localhost:{town.site.port}"
    town.page("2.html", f"<p>まつり。</p><a href='{files}/b.pdf'>地図</a>")
    town.serve("/b.pdf", a_pdf("広場の地図。"))
    source = town.source | {"options": {"hosts": ["localhost"]}}
    crawled = crawl(source, now=NOW)
    assert crawled.source["elsewhere"] == {}
    assert town.site.asked.count("/robots.txt") == 2
    assert [p.text for p in stored(crawl.data, town.key("2.html")).passages][-1] == "広場の地図。"


def test_links_of_scripts_and_mail_are_nobodys(crawl: Crawl, town: Town):
    town.item("javascript:alert(1)", "開く", "Mon, 03 Aug 2026 09:00:00 +0900")
    town.item("mailto:a@example.jp", "問い合わせ", "Mon, 03 Aug 2026 09:00:00 +0900")
    town.page("2.html", "<p>まつり。</p><a href='javascript:x()//.pdf'>地図</a>")
    crawled = run(crawl, town)
    assert crawled.counts() == (2, 0, 0, 0)
    assert "left out: 2 of 4 entries" in crawled.source["remarks"][0]
    assert stored(crawl.data, town.key("2.html")).attachments == ()


def test_a_day_to_come_is_no_day_of_publication(crawl: Crawl, town: Town):
    town.item("2.html", "夏まつり", "Fri, 21 Aug 2026 09:00:00 +0900")
    crawled = run(crawl, town)
    assert "2026-08-21" in crawled.source["remarks"][0]
    assert stored(crawl.data, town.key("2.html")).date is None


def test_one_refused_page_costs_itself_and_three_in_a_row_the_source(crawl: Crawl, town: Town):
    town.serve("/1.html", (403, {}, b""))
    assert run(crawl, town).source["status"] == "ok"
    for name in ("5.html", "6.html", "7.html", "8.html", "9.html"):
        town.item(name, "お知らせ", "Mon, 03 Aug 2026 09:00:00 +0900")
        town.serve(f"/{name}", (403, {}, b""))
    # With a pause between two requests, as every real host has: the next one is not out yet.
    crawled = crawl(town.source | {"delay": 0.2}, now=NOW)
    assert crawled.source["status"] == "blocked"
    assert sum(town.site.count(f"/{n}.html") for n in range(5, 10)) == 3


def test_the_archive_is_read_again_to_the_same_store(crawl: Crawl, town: Town):
    run(crawl, town)
    before = stored(crawl.data, town.key("1.html"))
    again = run(crawl, town, reparse=True)
    assert again.source["changed"] == again.source["new"] == 0
    assert stored(crawl.data, town.key("1.html")) == before
    town.site.asked.clear()
    run(crawl, town)
    assert town.site.asked == ["/robots.txt", "/news.rss"]


def test_a_tenders_days_come_from_a_file_without_an_ending_too(crawl: Crawl, town: Town):
    """Its link says that it is a file, the server's word and its bytes which."""
    town.item("3.html", "例示清掃業務の入札公告", "Sat, 01 Aug 2026 09:00:00 +0900")
    town.page(
        "3.html",
        "<p>公告日 令和8年8月1日</p><p>次のとおり入札を行います。</p>"
        "<a href='/fs/12'>公告文 (PDF：120KB)</a> <a href='/get.php?id=3'>様式 (CSV：1KB)</a>",
    )
    town.serve("/fs/12", a_pdf("入札書の提出期限 令和8年8月28日 午後5時必着"))
    town.serve("/get.php?id=3", answer("様式,名前", "text/csv; charset=utf-8"))
    crawled = crawl({**town.source, "kind": "tender"}, now=NOW)
    assert crawled.counts()[0] == 3, crawled.stderr
    key = f"feed:tender/127.0.0.1:{town.site.port}/3.html"
    notice = stored(crawl.data, key)
    assert [each.state for each in notice.attachments] == [AttachmentState.READ] * 2
    (bid,) = notice.facts.deadlines
    assert (bid.paper, bid.day, bid.time) == ("入札書", date(2026, 8, 28), time(17))
