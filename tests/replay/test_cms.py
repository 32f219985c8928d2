"""The invented towns' websites: in every system the same truth, reached by links alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

import lxml.html
import pypdfium2
import pytest

from kazami.document import Kind
from replay import ReplayServer, Reply
from replay.cms import TownSite, skins
from replay.feed import dialects
from replay.town_office import FileLink, OfficeNotice, slugs, town_office
from tests.replay.test_server import get

TODAY = date(2026, 6, 1)
BASE = "http://town.example:8080"
MAIN = {
    "cms8341": "div#tmp_contents",
    "fourweb": "div#main_body",
    "tsunago": "article#content > div#voice",
    "smartcms": "div#contents-in",
    "mol": "div#mol_contents",
    "shirasagi": "article.body",
    "zomeki": "article.contentGpArticleDoc div.body div.text-beginning",
    "joruri": "div.contentArticleDoc div.body",
    "wordpress": "div.entry-content",
    "plain": "td[valign=top]:last-child",
}
UPDATED = {
    "cms8341": ("#tmp_update", "更新日：2026年5月27日"),
    "fourweb": ("#content_header", "更新日：2026年5月27日更新"),
    "tsunago": ("p.update", "更新日\n令和8年5月27日"),
    "smartcms": ("p.update", "更新日：2026年05月27日"),
    "mol": (".page_day01", "2026年5月27日"),
    "shirasagi": ("header.released time", "2026年05月27日"),
    "zomeki": (".date p.updatedAt", "更新日 2026年5月27日"),
    "joruri": ("div.date", "最終更新日 令和8年5月27日"),
    "wordpress": ("time.updated", "2026.05.27"),
    "plain": ("div[align=right]", "令和8年5月27日"),
}
NEWS = {
    "cms8341": "#tmp_contents > ul > li > a",
    "fourweb": "div.info_list ul li span.article_title a",
    "tsunago": "#voice ul.newslist > li.box > span.newsli > a",
    "smartcms": "#contents-in li.page a",
    "mol": "#hdo_wrap .hdo_sub_lower a",
    "shirasagi": "div.article-pages article > header > h2 > a",
    "zomeki": ".contentGpArticleDocs .docs a",
    "joruri": ".contentArticleDocs .docs a",
    "wordpress": "article h2.entry-title a",
    "plain": "td[valign=top]:last-child > table a",
}

FINGERPRINTS = {
    "smartcms": r"smart-lgov|var cms_api_domain=",
    "cms8341": r"/shared/(site|style|rn|renew|css)/",
    "tsunago": r"/_template_/",
    "fourweb": r'scs_jyogai_start|class="jsmessage"',
    "shirasagi": r"SS\.config",
    "joruri": r"/_common/themes/",
    "zomeki": r"/_themes/",
    "wordpress": r"/wp-content/",
}
"""What tells the systems apart in public lists of them; two skins are of none."""


def site_of(skin: str, slug: str = "reiji", **said: object) -> TownSite:
    return TownSite(town_office(slug, TODAY), skin, **said)  # type: ignore[arg-type]


def ask(site: TownSite, url: str) -> Reply:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return site.answer("GET", path, b"", {"Host": "town.example:8080"})


def page_of(site: TownSite, url: str) -> lxml.html.HtmlElement:
    reply = ask(site, url)
    assert reply.status == 200, url
    written = reply.body.decode(site.skin.charset)
    page = lxml.html.document_fromstring(re.sub(r"^<\?xml[^>]*>", "", written))
    bases = page.xpath("//base/@href")
    page.make_links_absolute(bases[0] if bases else urljoin(BASE, url))
    return page


def links(site: TownSite, url: str, css: str = "a") -> list[str]:
    return [each.get("href") for each in page_of(site, url).cssselect(css) if each.get("href")]


def text(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"[ \u3000]+", "", element.text_content())


def walked(site: TownSite, name: str) -> Iterator[str]:
    """The pages of a list, by their own links to the next."""
    url: str | None = urljoin(BASE, site.list_path(name))
    seen: set[str] = set()
    while url:
        assert url not in seen
        seen.add(url)
        yield url
        onward = [
            each.get("href")
            for each in page_of(site, url).cssselect("a")
            if re.search("^次|次の?ページ|次へ", each.text_content()) and each.get("href")
        ]
        url = onward[-1] if onward else None


def by_key(site: TownSite, key: str) -> tuple[str, OfficeNotice]:
    return next((path, each) for path, each in site.keys.items() if each.key == key)


def test_ten_systems_are_known_to_this_test() -> None:
    assert set(MAIN) == set(UPDATED) == set(NEWS) == set(skins())
    assert len(skins()) >= 8


@pytest.mark.parametrize("skin", MAIN)
def test_a_page_bears_the_mark_of_its_system_alone(skin: str) -> None:
    site = site_of(skin)
    for path in (site.home, site.list_path("tenders"), *site.keys):
        page = ask(site, path).body.decode(site.skin.charset)
        marks = {name for name, mark in FINGERPRINTS.items() if re.search(mark, page)}
        assert marks == {skin} & set(FINGERPRINTS)


@pytest.mark.parametrize("slug", slugs())
@pytest.mark.parametrize("skin", MAIN)
def test_the_news_lead_to_every_page_and_no_other(skin: str, slug: str) -> None:
    site = site_of(skin, slug)
    pages = list(walked(site, "news"))
    listed = [urlsplit(url) for page in pages for url in links(site, page, NEWS[skin])]
    found = [f"{each.path}?{each.query}" if each.query else each.path for each in listed]
    assert len(found) == len(set(found))
    assert set(site.keys) <= set(found)
    for path in set(found) - set(site.keys):
        assert ask(site, path).status == 410
    many = len(site.office.shown()) > site.per_page and site.skin.more
    assert (len(pages) > 1) == bool(many)


@pytest.mark.parametrize("slug", slugs())
@pytest.mark.parametrize("skin", MAIN)
def test_every_page_says_its_title_and_all_of_its_facts(skin: str, slug: str) -> None:
    site = site_of(skin, slug)
    for path, notice in site.keys.items():
        page = page_of(site, path)
        (main,) = page.cssselect(MAIN[skin])
        assert notice.title in page.text_content()
        said = text(main)
        for part in site.parts(notice):
            for words in (*part.paragraphs, *(cell for row in part.rows for cell in row)):
                assert re.sub(r"[ \u3000]+", "", words) in said, (skin, notice.key)
            for file in part.files:
                assert file.label in said
        assert ("架空の自治体の見本" in said) == (skin == "plain")  # it has no frame for the text
        assert "架空の自治体の見本" in page.text_content()


@pytest.mark.parametrize("skin", MAIN)
def test_the_line_of_the_update_is_the_systems_own(skin: str) -> None:
    site = site_of(skin)
    path, notice = by_key(site, "news-4")
    assert notice.updated == date(2026, 5, 27)
    css, words = UPDATED[skin]
    (line,) = page_of(site, path).cssselect(css)
    assert words in line.text_content()


@pytest.mark.parametrize("skin", MAIN)
def test_every_file_of_a_page_is_there(skin: str) -> None:
    site = site_of(skin)
    kinds = set()
    for path, notice in site.keys.items():
        names = {file.name for file in notice.files}
        urls = {
            url
            for url in links(site, path)
            if re.search(r"\.(pdf|docx|xlsx|csv)$", url) and any(url.endswith(n) for n in names)
        }
        assert len(urls) == len(names)
        for url in urls:
            if url.startswith("https://files.example.com/"):
                continue
            assert url.startswith(f"{BASE}/reiji/")
            reply = ask(site, url)
            assert reply.status == 200
            kinds.add(url.rpartition(".")[2])
    assert kinds == {"pdf", "docx", "xlsx", "csv"}


def test_files_say_what_the_page_says() -> None:
    site = site_of("tsunago")
    path, notice = by_key(site, "reskilling-2")
    found = {url.rpartition("/")[2]: ask(site, url) for url in links(site, path, "ul.objectlink a")}
    printed = pypdfium2.PdfDocument(found["youryou.pdf"].body)
    words = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert "令和5年6月12日（月曜日）午後5時15分まで" in re.sub(r"\s", "", words)
    scanned = pypdfium2.PdfDocument(found["shiyousho.pdf"].body)
    assert len(scanned) == 2
    assert "".join(page.get_textpage().get_text_bounded() for page in scanned).strip() == ""
    inside = {"youshiki.docx": "word/document.xml", "uchiwake.xlsx": "xl/worksheets/sheet1.xml"}
    for name, part in inside.items():
        with zipfile.ZipFile(io.BytesIO(found[name].body)) as archive:
            assert archive.testzip() is None
            assert "例示市リスキリング相談窓口運営業務委託" in archive.read(part).decode()
    assert notice.kind is Kind.TENDER
    path, _ = by_key(site, "genai-1")
    table = next(ask(site, url) for url in links(site, path) if url.endswith(".csv"))
    assert table.body.decode("cp932").splitlines()[0] == "項目,内容"


@pytest.mark.parametrize(
    ("key", "link", "begins"),
    [
        ("reskilling-again-1", FileLink.PROTOCOL, "//town.example:8080/reiji/"),
        ("reskilling-again-1", FileLink.ELSEWHERE, "https://files.example.com/reiji/"),
        ("water-3", FileLink.HTTP, "http://town.example:8080/reiji/"),
    ],
)
@pytest.mark.parametrize("skin", MAIN)
def test_some_files_are_linked_in_other_ways(
    skin: str, key: str, link: FileLink, begins: str
) -> None:
    site = site_of(skin)
    path, notice = by_key(site, key)
    (file,) = (file for file in notice.files if file.link is link)
    body = ask(site, path).body.decode(site.skin.charset)
    (href,) = set(re.findall(rf'href="([^"]*{re.escape(file.name)})"', body))
    assert href.startswith(begins)


@pytest.mark.parametrize("skin", MAIN)
def test_lists_of_tenders_results_and_plans_agree_with_the_truth(skin: str) -> None:
    site = site_of(skin, "kakuu")
    shown = site.office.shown()
    for name, kind in (("tenders", Kind.TENDER), ("results", Kind.AWARD)):
        pages = [page_of(site, url) for url in walked(site, name)]
        said = "".join(text(page) for page in pages)
        for notice in shown:
            if notice.kind is not kind or notice.project is None:
                continue
            assert notice.project.subject in said
            if notice.kind is Kind.AWARD:
                assert notice.winner is not None
                assert re.sub(r"[ \u3000]", "", notice.winner) in said
                assert site.wording.yen(notice.amount or 0).replace(" ", "") in said
            else:
                assert site.day(notice.day).replace(" ", "") in said
                last = max(notice.dues, key=lambda due: due.day)
                assert site.wording.on(last.day) in said
                assert notice.project.procedure in said
                assert notice.department in said
    plans = "".join(text(page_of(site, url)) for url in walked(site, "plans"))
    assert "夢見が丘橋補修工事工事" in plans
    assert "８年度第２四半期" in plans or "8年度第2四半期" in plans


def test_the_list_of_tenders_in_blocks_names_every_deadline() -> None:
    site = site_of("mol", "kakuu")
    blocks = page_of(site, site.list_path("tenders")).cssselect("#koji_wrap .sec_01")
    block = next(each for each in blocks if "書かない窓口" in each.text_content())
    cells = [each.text_content() for each in block.cssselect("td.td01")]
    assert cells[0] == "2026年5月18日"
    assert cells[2] == (
        "質問書締切：令和8年5月29日（金） 17時30分まで\n"
        "参加申込書締切：令和8年6月5日（金） 17時30分まで\n"
        "企画提案書締切：令和8年6月26日（金） 17時30分まで"
    )
    assert cells[3:] == ["公募型プロポーザル", "デジタル推進部デジタル推進課"]


def test_a_closed_call_says_so_where_the_system_does() -> None:
    site = site_of("tsunago")
    for path, notice in site.keys.items():
        over = notice.kind is Kind.TENDER and notice.last_day and notice.last_day < TODAY
        assert bool(page_of(site, path).cssselect(".boxnotice")) == bool(over)


def test_between_visits_pages_come_change_and_go() -> None:
    site = site_of("shirasagi")
    before = dict(site.keys)
    path, _ = by_key(site, "news-4")
    site.now = date(2026, 5, 26)
    old = ask(site, path).body
    assert "紹介する事業所を一つ増やしました".encode() not in old
    assert ask(site, f"{site.home}nyusatsu/news-1.html").status == 404  # not yet
    site.now = TODAY
    assert "紹介する事業所を一つ増やしました".encode() in ask(site, path).body
    site.now = TODAY + timedelta(days=10)
    after = dict(site.keys)
    assert [each.key for key, each in after.items() if key not in before] == ["news-5"]
    gone = {key: each for key, each in before.items() if key not in after}
    assert {each.key: ask(site, key).status for key, each in gone.items()} == {
        "news-2": 404,
        "news-3": 410,
    }
    listed = [url for page in walked(site, "news") for url in links(site, page, NEWS["shirasagi"])]
    assert not any("news-2" in url for url in listed)
    assert ask(site, next(url for url in listed if "news-3" in url)).status == 410
    assert ask(site, f"{site.home}fs/18/_/zu.pdf").status == 404


def test_a_files_page_that_is_not_there_yet_has_no_files() -> None:
    site = site_of("shirasagi")
    url = f"{site.home}fs/10/_/koukoku.pdf"
    assert ask(site, url).status == 200
    site.now = date(2026, 5, 25)
    assert ask(site, url).status == 404


def test_one_today_makes_one_site() -> None:
    one, other = site_of("wordpress"), site_of("wordpress")
    assert one is not other
    for path in one.keys:
        assert ask(one, path) == ask(other, path)


@pytest.mark.parametrize("skin", MAIN)
def test_sessions_and_tracking_lead_to_the_same_page(skin: str) -> None:
    site = site_of(skin)
    path, _ = by_key(site, "water-3")
    mark = "&" if "?" in path else "?"
    plain = ask(site, path).body
    assert ask(site, f"{path}{mark}utm_source=rss&utm_medium=feed").body == plain
    place, question, query = path.partition("?")
    assert ask(site, f"{place};jsessionid=0A1B{question}{query}").body == plain


@pytest.mark.parametrize("skin", MAIN)
def test_what_is_nowhere_is_404(skin: str) -> None:
    site = site_of(skin)
    assert ask(site, f"{site.home}nowhere.html").status == 404
    if site.skin.more:
        assert ask(site, f"{site.home}{site.skin.list_page('news', 99)}").status == 404
    assert site.answer("POST", site.home, b"", {}).status == 404
    assert ask(site, "/elsewhere/").status == 404


def test_the_sites_of_all_towns_stand_on_one_server() -> None:
    office = town_office("reiji", TODAY)
    sites = [TownSite(office, name, slug=f"reiji-{name}", feeds=dialects()) for name in skins()]
    with ReplayServer(sites={site.slug: site for site in sites}) as server:
        for site in sites:
            top = get(f"{server.url}{site.home}").decode(site.skin.charset)
            feeds = re.findall(r'<link rel="alternate" [^>]+ href="([^"]+)"', top)
            assert len(feeds) == len(dialects())
            assert all(url.startswith(f"{server.url}{site.home}") for url in feeds)
            assert "例示市" in get(f"{server.url}{next(iter(site.keys))}").decode(site.skin.charset)
