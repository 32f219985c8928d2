"""One robots.txt, read as its author meant it or not at all; never as *everything is allowed*."""

from __future__ import annotations

import gzip
import itertools
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.permission.robots import Reading, Rules, read_robots, spellings

SITE = "https://gikai.example"
TEXT = SITE + "/gikai/a.pdf"


def closed(text: str, **url: str) -> bool:
    rules = Rules(text.encode())
    assert rules.robots.reading is Reading.RULES, rules.robots.problem
    return not rules.allow(url.get("url", TEXT))


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /gikai/",
        "User-agent：*\nDisallow：/gikai/",
        "User-agent：　＊\nDisallow：　/gikai/",
        "User-agent: *\nDisallow:\u3000/gikai/\u3000",
        "User-agent: *\nDisallow:\u00a0/gikai/",
        "ＵＳＥＲ－ＡＧＥＮＴ：＊\nＤＩＳＡＬＬＯＷ：／ｇｉｋａｉ／",
        "\ufeffUser-agent: *\n\ufeffDisallow: /gikai/",
        "User-agent: *\nDisallow: \u200b/gikai/",
        "user agent *\ndisallow /gikai/",
        "USERAGENT: *\nDissalow: gikai/",
        "User_agent: *\nDisallow = /gikai/",
        "Disallow: /gikai/",
        "User-agent:\nDisallow: /gikai/",
        "User-agent: kazami/0.1 (+https://example.jp)\nDisallow: /\n\nUser-agent: *\nDisallow:",
        "User-agent: *\nFoo: bar\nUser-agent: other\nDisallow: /gikai/",
        'User-agent: "*"\nDisallow: "/gikai/"',
        "User-agent: *\nDisallow: https://gikai.example/gikai/",
        "User-agent: *\nDisallow: /gikai/ # 会議録\x1a",
        "# 議会のページ\nUser-agent: * # 全て\nDisallow: /g*/*.pdf$",
        "User-agent: *\nAllow: /\nDisallow: /gikai/",
    ],
)
def test_what_a_person_reads_as_a_ban_is_one(text):
    assert closed(text)
    assert Rules(text.encode()).allow(SITE + "/other/a.pdf") or "/\n\nUser" in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "User-agent: *\nDisallow:",
        "User-agent: *\nDisallow: /private/\nAllow: /gikai/",
        "User-agent: other\nDisallow: /",
        "User-agent: *\nDisallow: /\nAllow: /gikai/",
        "Sitemap: https://gikai.example/sitemap.xml\nHost: gikai.example\n",
        "User-agent: *\nDisallow: /議会だより/",
        '{"error": "not found"}',
        "このサイトは巡回を禁止していません。",
    ],
)
def test_what_bans_nothing_of_ours_bans_nothing(text):
    assert not closed(text)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"User-agent: *\0\nDisallow:", "NUL"),
        ("User-agent: *\nDisallow:".encode("utf-16-le"), "NUL"),
        ("User-agent: *\nDisallow:".encode("utf-32"), "NUL"),
        ("User-agent: *\nDisallow:".encode("cp037"), "no UTF-8"),
        ("User-agent: *\nDisallow: /議会/".encode("cp932"), "line 2 holds bytes that are no UTF-8"),
        ("User-agent: *\nDisallow: /議会/".encode("iso2022_jp"), "control characters"),
        (gzip.compress(b"User-agent: *\nDisallow:", mtime=0), "NUL"),
        (b"\xff\xfeU", "no UTF-16"),
        (b"// Disallow: /gikai/", "line 1 looks like a rule"),
        (b"User-agent: *\nCrawl-delay: often", "no number of seconds"),
        (b"User-agent: *\nDisallow:\n" + b"#" * 512_000, "longer than"),
        (b"User-agent: *<br>\nDisallow: /gikai/<br>\n", "rules inside an HTML page"),
    ],
)
def test_what_cannot_be_read_forbids_everything(body, why):
    rules = Rules(body)
    assert rules.robots.reading is Reading.UNREADABLE
    assert why in rules.robots.problem
    assert not rules.allow(SITE + "/other/")


def test_comments_may_be_in_any_encoding():
    for encoding in ("cp932", "euc_jp", "iso2022_jp"):
        body = "# 議会のソ表示十\r\nUser-agent: * # 全能\r\nDisallow: /gikai/ # 予ー\r\n".encode(
            encoding
        )
        rules = Rules(body)
        assert rules.robots.reading is Reading.RULES
        assert (rules.allow(TEXT), rules.allow(SITE + "/")) == (False, True)


PAGE = "<!DOCTYPE html>\n<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def page(title: str = "お探しのページはありません", head: str = "", body: str = "404") -> str:
    return PAGE.format(title=title, head=head, body=body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"])
def test_a_soft_404_is_no_rules(encoding):
    script = "<script>if (x.userAgent) { disallow = {allow: 1}; }</script>"
    for html in (page(), page(head=script), page(body="<p>検索：<input type=text></p>")):
        robots = read_robots(html.encode(encoding))
        assert (robots.reading, robots.rules) == (Reading.PAGE, "")
        assert Rules(robots).allow(TEXT)


@pytest.mark.parametrize(
    "html",
    [
        page(title="Just a moment..."),
        page(head='<script src="/recaptcha/api.js"></script>'),
        page(body="<form><input name=p type='password'></form>"),
        page(title="職員ログイン"),
        page(body="ただいまアクセスが集中しています"),
        page(title="503 Service Unavailable"),
        page(body="<pre>User-agent: *\nDisallow: /</pre>"),
        page(body="User-agent: *<br>Disallow： /gikai/"),
        page(body="<div>" * 400 + "<p>Disallow&#58; /</p>"),
        page(title="", body="", head="<script>go()</script>"),
        "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_page_before_the_door_or_with_rules_forbids(html, encoding):
    rules = Rules(html.encode(encoding))
    assert rules.robots.reading is Reading.UNREADABLE
    assert not rules.allow(TEXT)


def test_rules_inside_a_page_are_obeyed_once_a_person_lets_it_stand():
    html = page(body="<pre>User-agent: *\nDisallow: /gikai/</pre>")
    rules = Rules(html.encode(), accepted=True)
    assert (rules.allow(TEXT), rules.allow(SITE + "/x")) == (False, True)


@pytest.mark.parametrize(
    "path",
    [
        "/private/a",
        "/x/%2e%2e/private/a",
        "/x/%2E./private/",
        "/x/../private/a",
        "/x/y/.%2e/%2e%2e/private/",
        "/./private/a",
        "/%2e/private/a",
        "//private/a",
        "/x//../../private/a",
        "/%70rivate/a",
        "/private%2Fa",
        "/x\\..\\private\\a",
        "/x/%2e%2e%2fprivate/a",
        "/private/a#top",
    ],
)
def test_no_spelling_of_an_address_passes_a_ban(path):
    rules = Rules(b"User-agent: *\nDisallow: /private/\n")
    assert not rules.allow(SITE + path)
    assert rules.allow(SITE + "/x/%2e/y/")
    assert rules.allow(SITE)


def test_an_ordinary_address_is_asked_once():
    assert spellings(TEXT + "?a=/../b#c") == [TEXT + "?a=/../b"]
    assert spellings(SITE) == [SITE + "/"]


@pytest.mark.parametrize(
    ("said", "delay"),
    [
        ("20", 20.0),
        ("2.5", 2.5),
        ("２０", 20.0),
        ("20 秒", 20.0),
        ("20s", 20.0),
        ("86400", 86_400.0),
    ],
)
def test_a_delay_is_read_in_seconds(said, delay):
    assert Rules(f"User-agent: *\nCrawl-delay： {said}\n".encode()).delay == delay


@given(st.lists(st.sampled_from([
    "User-agent: *", "User-agent: kazami", "Disallow: /a", "Disallow：　b c", "Allow: /a/b", "x y",
    "Crawl-delay: 7", "# c", "", "Disallow:", "Sitemap: /s", "Ｄｉｓａｌｌｏｗ：／ｄ",
])))  # fmt: skip
def test_what_is_kept_reads_as_what_was_read(lines):
    once = read_robots("\n".join(lines).encode())
    again = read_robots(once.rules.encode())
    assert (again.reading, again.rules) == (once.reading, once.rules)


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "euc_jp",
             "iso2022_jp", "cp037")  # fmt: skip
CODINGS = {
    "identity": lambda body: body,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda body: b"\x0b\x80" + body + b"\x03",
    "gzip, gzip": lambda body: gzip.compress(gzip.compress(body)),
    "": gzip.compress,  # packed and not said
}
LINES = ("User-agent: *", "# 議会の頁", "Disallow: /")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\r\n"])
def test_a_ban_is_never_missed(crawl, line_end):
    """Every encoding, content coding and line end: never one request to a forbidden path."""
    from tests.crawls.toy_site import years

    with years(2023, 2023, 2) as site:
        for encoding, coding in itertools.product(ENCODINGS, CODINGS):
            body = CODINGS[coding](line_end.join(LINES).encode(encoding, "replace"))
            headers = {"Content-Encoding": coding} if coding else {}
            site.robots = (200, headers, body)
            site.asked.clear()
            crawled = crawl(site.url(), data=str(crawl.data / f"{encoding}-{coding or 'raw'}"))
            assert site.asked == ["/robots.txt"], (encoding, coding)
            assert crawled.source["status"] in ("needs permission", "suspended")


def test_the_same_site_without_a_ban_is_read_in_every_coding_that_was_asked_for(crawl):
    """Or the test above could not fail."""
    from tests.crawls.toy_site import years

    with years(2023, 2023, 2) as site:
        for encoding, coding in itertools.product(
            ("utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"), ("identity", "gzip", "deflate")
        ):
            lines = [*LINES[:-1], "Disallow: /private/"]
            body = CODINGS[coding]("\r\n".join(lines).encode(encoding))
            site.robots = (200, {"Content-Encoding": coding}, body)
            crawled = crawl(site.url(), data=str(crawl.data / f"{encoding}-{coding}"))
            assert crawled.source["status"] == "ok", (encoding, coding, crawled.source)


def test_a_robots_txt_that_cannot_be_read_is_said_and_may_be_accepted(crawl):
    from crawler.permission.robots_history import RobotsHistory
    from tests.crawls.toy_site import years

    with years(2023, 2023, 2) as site:
        site.robots = (200, {"Content-Encoding": "br"}, b"User-agent: *")
        first = crawl(site.url())
        assert first.source["status"] == "suspended"
        assert "cannot be read (Content-Encoding 'br' was not asked for" in first.source["note"]
        looks = RobotsHistory(crawl.data / "robots.json")
        looks.accept(site.url())
        looks.save()
        assert crawl(site.url()).source["status"] == "ok"


def test_a_crawl_delay_of_hours_waits_for_a_person(crawl):
    from tests.crawls.toy_site import years

    with years(2023, 2023, 2) as site:
        site.robots = (200, {}, b"User-agent: *\nCrawl-delay: 90000\n")
        crawled = crawl(site.url())
        assert site.asked == ["/robots.txt"]
    assert crawled.source["status"] == "suspended"
    assert "asks for 90,000 s between two requests" in crawled.source["note"]


def test_redirects_without_end_are_no_permission(crawl):
    from tests.crawls.toy_site import years

    with years(2023, 2023, 2) as site:
        site.robots = (302, {"Location": "/robots.txt"}, b"")
        crawled = crawl(site.url())
        assert set(site.asked) == {"/robots.txt"}
    assert crawled.source["status"] == "unreachable"
