"""Which links of a body's own pages lead to minutes, and what the options of a source may say."""

from __future__ import annotations

from datetime import date

import pytest
from lxml.html import fromstring

from crawler.page import Follow, Listed, Page, PageChanged, Wanted
from crawler.platforms.own_pages import html as html_minutes
from crawler.platforms.own_pages import lists as own_pages
from crawler.platforms.own_pages import pdf as pdf_minutes
from crawler.platforms.own_pages.links import links, plain_words
from kazami.document import Kind
from kazami.sources import Source

HOST = "https://www.town.reiji.lg.jp"
HOME = f"{HOST}/gikai/index.html"
OPTIONS = {"documents": [f"{HOST}/files/*.pdf"], "pages": [f"{HOST}/gikai/**"]}


def words(html: str) -> str:
    return plain_words(fromstring(f"<a>{html}</a>"))


@pytest.mark.parametrize(
    "printed",
    [
        "第1号（PDF：123KB）",
        "第1号 [PDFファイル／1.2MB]",
        "第1号 (PDF形式, 123.45KB)",
        "第1号（ＰＤＦ：１２３キロバイト）（別ウィンドウで開きます）",
        "第1号 [PDF形式／1,234KB]",
        "第1号(PDF 98.7KB)（令和6年9月1日更新）",
        "第1号.pdf",
        "第1号 PDF",
        "第1号 <span>【PDF：12KB】</span>",
        "第1号 [その他のファイル／1MB]",
        "第1号（サイズ：1.5MB）",
        "第1号 1.2メガバイト",
    ],
)
def test_the_size_of_the_file_is_no_word_of_the_link(printed: str) -> None:
    assert words(printed) == "第1号"


@pytest.mark.parametrize(
    "printed",
    [
        "第１号（３月４日）",
        "令和6年第1回定例会（3月5日～3月12日）",
        "会議録本文（061205）",
        "R6.12.06　一般質問",
    ],
)
def test_everything_else_stays_as_printed(printed: str) -> None:
    assert words(printed) == " ".join(printed.split())


def test_a_picture_speaks_by_its_text() -> None:
    assert words('<img src="a.gif" alt="第1号">') == "第1号"


def listed(html: str, **options: object) -> tuple[list[str], list[str]]:
    """The documents and the lists that a page leads to."""
    page = Page(HOME, f'<html><meta charset="utf-8">{html}</html>'.encode())
    cb_kwargs = {"options": {**OPTIONS, **options}, "home": HOME}
    answers = list(pdf_minutes.parse_list(page, **cb_kwargs))
    (complete,) = [each for each in answers if isinstance(each, Listed)]
    follows = [each for each in answers if isinstance(each, Follow)]
    assert [each.document for each in follows if each.document] == list(complete.documents)
    return list(complete.documents), list(complete.listings)


@pytest.mark.parametrize(
    "said",
    [
        "議会だより第12号",
        "議案第1号",
        "一般質問通告書",
        "議決結果（第1回定例会）",
        "第1回定例会会期日程",
        "会議録目次",
        "委員会名簿",
        "第1回定例会の会議結果",
        "議会傍聴規則",
        "臨時会の録画中継",
    ],
)
def test_what_is_no_minutes_is_not_followed(said: str) -> None:
    link = f'<a href="/files/1.pdf">{said}</a><a href="/files/2.pdf">会議録</a>'
    assert listed(link) == (["/files/2.pdf"], [])


@pytest.mark.parametrize(
    "said",
    [
        "会議録",
        "３月４日",
        "１日目",
        "第1日 議案上程 令和6年12月2日",
        "3月4日本会議開会・町長招集挨拶・議案上程・提案説明",
        "本会議第１号（１２月 ８日）【開会、提案理由説明、委員会報告】",
        "①開会～行政報告",
        "R6天城町4定(1号)12月5日",
        "第４日",
        "12月定例会",
        "決算審査特別委員会",
    ],
)
def test_what_names_a_sitting_is_followed(said: str) -> None:
    assert listed(f'<a href="/files/1.pdf">{said}</a>') == (["/files/1.pdf"], [])


def test_links_follow_the_headings_that_stand_above_them() -> None:
    tree = fromstring(
        "<div><h2>令和6年</h2><h3>第1回</h3><a href='/1'>初日</a>"
        "<h3>第2回</h3><a href='/2'>初日</a>"
        "<h2>令和5年</h2><a href='/3'><h3>第1回</h3></a><a href='/4'>初日</a></div>"
    )
    found = [link.headings for link in links(Page(HOME, b""), tree, "", "")]
    assert found == [("令和6年", "第1回"), ("令和6年", "第2回"), ("令和5年",), ("令和5年",)]


def test_nothing_leads_to_another_host_unless_the_options_name_it() -> None:
    html = (
        '<a href="/files/1.pdf">会議録</a><a href="https://files.reiji.jp/files/2.pdf">会議録</a>'
        '<a href="//evil.example/files/3.pdf">会議録</a>'
    )
    wide = ["https://files.reiji.jp/**", "https://evil.example/**", f"{HOST}/files/*.pdf"]
    assert listed(html, documents=wide)[0] == ["/files/1.pdf"]
    named = listed(html, documents=wide, hosts=["files.reiji.jp"])[0]
    assert named == ["/files/1.pdf", "//files.reiji.jp/files/2.pdf"]


def test_a_key_is_the_path_however_it_is_written() -> None:
    html = (
        f'<a href="{HOST}/files/会議録.pdf">会議録</a>'
        '<a href="/files/%e4%bc%9a%e8%ad%b0%e9%8c%b2.pdf#page=2">会議録 本文</a>'
        '<a href="../files/%E4%BC%9A%E8%AD%B0%E9%8C%B2.pdf">会議録</a>'
    )
    assert listed(html)[0] == ["/files/%E4%BC%9A%E8%AD%B0%E9%8C%B2.pdf"]


@pytest.mark.parametrize(
    "href",
    [
        "/files/1.PDF",
        "/files/1.Pdf?7311435",
        "/files/1.pdf?version=2",
        "https://WWW.town.REIJI.lg.jp/files/1.pdf",
        "HTTPS://www.town.reiji.lg.jp:443/files/1.pdf",
        "http://www.town.reiji.lg.jp/files/1.pdf",
        "\\files\\1.pdf",
        "../files/1.pdf",
        "/gikai/../files/1.pdf",
        "/files/1.pdf;jsessionid=0A1B",
        " /files/1.pdf\n",
    ],
)
def test_a_pattern_means_an_address_however_it_is_typed(href: str) -> None:
    assert len(listed(f'<a href="{href}">第1号</a>')[0]) == 1


def test_a_link_that_leads_nowhere_hides_no_other() -> None:
    broken = '<a href="http://[x">会議録</a><a href="//[y/">会議録</a><a href="http:///">会議録</a>'
    assert listed(f'{broken}<a href="/files/1.pdf">第1号</a>')[0] == ["/files/1.pdf"]


def test_links_and_keys_follow_the_base_of_the_page() -> None:
    link = '<a href="1.pdf">第1号</a><a href="/files/2.pdf">第2号</a>'
    assert listed(f'<base href="/files/">{link}')[0] == ["/files/1.pdf", "/files/2.pdf"]
    elsewhere = f'<base href="https://files.reiji.jp/files/">{link}'
    wide = {"documents": ["https://files.reiji.jp/files/*.pdf"], "hosts": ["files.reiji.jp"]}
    assert listed(elsewhere, **wide)[0] == [
        "//files.reiji.jp/files/1.pdf",
        "//files.reiji.jp/files/2.pdf",
    ]


def test_an_address_of_both_sorts_is_a_list_until_its_words_name_a_sitting() -> None:
    html = (
        '<a href="/gikai/6.html">令和6年 定例会</a><a href="/gikai/61.html">定例会 第1号</a>'
        '<a href="/gikai/6.pdf">令和6年 会議録</a>'
    )
    same = {"documents": [f"{HOST}/gikai/**"], "pages": [f"{HOST}/gikai/**"]}
    assert listed(html, **same) == (["/gikai/61.html", "/gikai/6.pdf"], ["/gikai/6.html"])


def test_lists_end_where_the_levels_do() -> None:
    html = '<a href="/gikai/6.html">令和6年</a><a href="/files/1.pdf">会議録</a>'
    assert listed(html)[1] == ["/gikai/6.html"]
    assert listed(html, levels=0)[1] == []


@pytest.mark.parametrize(
    "said",
    [
        "令和6年",
        "令和６年度",
        "平成31年・令和元年",
        "2024年(令和6年)",
        "R6",
        "令和6年開催分",
        "会議録一覧",
        "第1回定例会",
    ],
)
def test_years_and_sessions_lead_on(said: str) -> None:
    assert listed(f'<a href="/gikai/6.html">{said}</a>')[1] == ["/gikai/6.html"]


@pytest.mark.parametrize(
    "said",
    [
        "令和6年度予算",
        "令和6年 成人式",
        "議長あいさつ",
        "議会だより 令和6年",
        "令和6年 会議結果",
        "月",
    ],
)
def test_other_pages_do_not_lead_on(said: str) -> None:
    link = f'<a href="/gikai/6.html">{said}</a><a href="/files/1.pdf">会議録</a>'
    assert listed(link)[1] == []


def test_the_pages_of_a_list_are_listings_of_their_own() -> None:
    def read(url: str) -> Listed:
        html = '<meta charset="utf-8"><a href="/files/1.pdf">第1号</a><a href="?p=2">次へ</a>'
        answers = pdf_minutes.parse_list(Page(url, html.encode()), options=OPTIONS, home=HOME)
        (complete,) = [each for each in answers if isinstance(each, Listed)]
        return complete

    assert read(HOME).name == "list"
    assert read(HOME).listings == ("/gikai/index.html?p=2",)
    assert read(f"{HOME}?p=3").name == "/gikai/index.html?p=3"


def test_without_options_a_source_asks_for_nothing() -> None:
    source = Source(body="102032", kind=Kind.MINUTES, platform="pdf_minutes", url=HOME)
    assert list(pdf_minutes.start(source, Wanted(today=date(2026, 8, 2)))) == []


@pytest.mark.parametrize(
    ("options", "mistake"),
    [
        ({}, "documents is missing"),
        ({"documents": "https://a.jp/*.pdf"}, "documents must be a list"),
        ({"documents": ["*.pdf"]}, "no http"),
        ({"documents": ["https://*/x.pdf"]}, "no http"),
        ({"levels": 9}, "levels must be"),
        ({"levels": "2"}, "levels must be"),
        ({"area": "div["}, "no CSS selector"),
        ({"hosts": ["https://a.jp"]}, "no host's name"),
        ({"selector": "a"}, "unknown option 'selector'"),
        ({"keep": [1]}, "keep must be a list"),
        ({"next": ["a"]}, "next must be a text"),
    ],
)
def test_a_mistake_in_the_options_is_named(options: dict[str, object], mistake: str) -> None:
    whole = options if "documents" in options or not options else {**OPTIONS, **options}
    assert any(mistake in line for line in own_pages.check_options(whole))


def test_right_options_have_no_mistakes_and_html_s_are_not_pdf_s() -> None:
    assert html_minutes.PLATFORM.wrong_options({**OPTIONS, "text": "#main", "levels": 0}) == []
    assert pdf_minutes.PLATFORM.wrong_options({**OPTIONS, "text": "#main"}) == [
        "text is for html_minutes only"
    ]


def test_a_page_of_pdfs_and_a_sitting_are_recognised() -> None:
    pdfs = '<a href="/1.pdf">第1号（3月4日）</a><a href="/2.pdf">第2号（3月5日）</a>'
    sitting = "<p>○議長（例示花子君）　開きます。</p>" * 3
    assert pdf_minutes.recognises(HOME, pdfs)
    assert not pdf_minutes.recognises(HOME, sitting)
    assert html_minutes.recognises(HOME, sitting)
    assert not html_minutes.recognises(HOME, pdfs)
    assert not pdf_minutes.recognises(HOME, "")
    assert not html_minutes.recognises(HOME, "")


def test_a_page_too_large_is_refused() -> None:
    page = Page(HOME, b"<html>" + b"x" * 10_000_001)
    with pytest.raises(PageChanged, match="10 MB"):
        list(pdf_minutes.parse_list(page, options=OPTIONS, home=HOME))
