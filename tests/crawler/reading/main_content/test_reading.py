"""Title, days, text and files of invented notices, in every system's print and without a rule."""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Page, PageChanged
from crawler.reading.main_content import MainContent, main_content
from crawler.reading.main_content.rules import CmsRules, cms_rules
from kazami.attachments import Attachment
from replay.cms import TownSite, skins
from replay.town_office import town_office
from tests.timing import LINEAR, growth

NOTICES = Path(__file__).parents[3] / "pages" / "notices"
BASE = "http://town.example:8080"
TODAY = date(2026, 6, 1)
GENERAL = cms_rules().without_systems()
CHROME = (
    *(
        "架空の自治体の見本",
        "新着",
        "トップ",
        "くらし",
        "本文へ",
        "最近の投稿",
        "ページID",
        "ページ番号",
    ),
    *(
        "ページID",
        "ページ番号",
        "ツイート",
        "シェア",
        "ダウンロード",
        "役に立ちました",
        "戻る",
        "0999-20-2026",
    ),
)
by_rule_and_without = pytest.mark.parametrize("rules", [None, GENERAL], ids=["rule", "general"])


def folded(text: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def read(inside: str, rules: CmsRules | None = None, head: str = "") -> MainContent:
    page = f"<html><head><meta charset=utf-8>{head}</head><body>{inside}</body></html>"
    return main_content(Page("https://www.city.reiji.example/a/b.html", page.encode()), rules)


@by_rule_and_without
@pytest.mark.parametrize("skin", skins())
def test_the_invented_towns_pages_are_read_whole(skin: str, rules: CmsRules | None) -> None:
    site = TownSite(town_office("reiji", TODAY), skin)
    for path, notice in site.keys.items():
        reply = site.answer("GET", path, b"", {"Host": "town.example:8080"})
        content = main_content(Page(urljoin(BASE, path), reply.body, reply.content_type), rules)
        assert content.rule == ("general" if rules or skin == "plain" else skin)
        assert content.title == notice.title
        text = folded("\n".join(content.blocks))
        for part in site.parts(notice):
            for words in (*part.paragraphs, *chain.from_iterable(part.rows)):
                assert folded(words) in text
        names = {link.name for link in content.attachments}
        assert names == {file.label for file in notice.files}
        assert all(link.url.startswith(("http://", "https://")) for link in content.attachments)
        # The plain page has no frame for its text: nothing tells its last line from the notice.
        assert [word for word in CHROME[skin == "plain" :] if word in text] == []
        changed = notice.updated or notice.day
        assert content.published in (None, notice.day, changed if skin == "shirasagi" else None)
        assert content.updated in (None, changed)
        if not rules and skin != "plain":
            assert changed in (content.published, content.updated)


NOTICE_PAGES = sorted(NOTICES.glob("*.html"))


@by_rule_and_without
@pytest.mark.parametrize("page", NOTICE_PAGES, ids=[each.stem for each in NOTICE_PAGES])
def test_the_days_of_the_invented_notices_stay_in_the_text(
    page: Path, rules: CmsRules | None
) -> None:
    right: dict[str, Any] = tomllib.loads(page.with_suffix(".toml").read_text(encoding="utf-8"))
    source = Page(right["url"], page.read_bytes(), right.get("content_type"))
    content = main_content(source, rules)
    titles = right.get("title", [])
    titles = [titles] if isinstance(titles, str) else titles
    assert not titles or folded(content.title) in map(folded, titles)
    text = folded("\n".join(content.blocks))
    for item in (right, *right.get("items", [])):
        for deadline in item.get("deadlines", []):
            printed = deadline.get("printed", [])
            for words in [printed] if isinstance(printed, str) else printed:
                assert folded(words) in text
    assert "Copyright" not in text


def test_a_struck_day_cannot_be_taken_for_the_one_that_holds() -> None:
    content = read("<main><h1>公募</h1><p>期限 <s>7月10日</s> <b>7月17日</b></p></main>")
    assert content.blocks == ("期限 ~~7月10日~~ 7月17日",)


@by_rule_and_without
def test_the_box_of_the_office_stands_apart(rules: CmsRules | None) -> None:
    content = read(
        "<article id=content><div id=voice><h1>架空の公募</h1><p>本文です。</p><div id=reference>"
        "<h2>お問い合わせ</h2><p>架空課　電話 000-1</p></div></div></article>",
        rules,
        "<link href=/_template_/x.css><title>架空の公募｜例示市</title>",
    )
    assert content.contact == "お問い合わせ\n架空課　電話 000-1"
    assert content.blocks == ("本文です。",)


def test_a_numbered_section_on_whom_to_ask_is_the_notices_own() -> None:
    content = read("<main><h1>公募</h1><h2>6　問い合わせ先</h2><p>架空課</p></main>")
    assert "架空課" in content.blocks[0]


def test_links_of_the_menu_and_scripts_are_no_files() -> None:
    content = read(
        "<nav><a href=/menu.pdf>案内</a></nav><main><h1>公募</h1><p>様式</p>"
        "<a href='javascript:alert(1)//x.pdf'>悪</a><a href='mailto:a@example.jp?x.pdf'>宛先</a>"
        "<a href='//host.example/x/a.PDF#page=2'>要領 （PDF 1,277.5 KB）<img alt=''></a>"
        "<a href='/fs/12'>仕様書[ワードファイル／58KB]</a><a href='/b.pdf'><img></a>"
        "<a href='http://[/c.pdf'>壊</a><a href='//host.example/x/a.PDF'>要領（再）</a>"
        "<a href='/next.html'>次の案件</a></main>"
    )
    assert content.attachments == (
        Attachment("要領", "https://host.example/x/a.PDF"),
        Attachment("仕様書", "https://www.city.reiji.example/fs/12"),
        Attachment("b.pdf", "https://www.city.reiji.example/b.pdf"),
    )


def test_a_page_of_links_alone_is_its_list() -> None:
    rows = "".join(f"<li><a href=/n/{n}.html>架空の件その{n}</a></li>" for n in range(30))
    content = read(
        f"<div id=gnavi><ul><li><a href=/>くらし</a></ul></div><h1>入札情報</h1><ul>{rows}</ul>"
        "<div class=footer><p>例示市役所</p></div>"
    )
    assert content.title == "入札情報"
    assert "架空の件その29" in content.blocks[-1]
    assert "くらし" not in content.blocks[0]
    assert "例示市役所" not in content.blocks[-1]


def test_the_sites_name_in_a_heading_is_not_the_title() -> None:
    content = read(
        "<div><h1>例示市ホームページ</h1></div><div><h2>架空橋の入札</h2><p>本文。</p></div>",
        head="<title>架空橋の入札／例示市ホームページ</title>",
    )
    assert (content.title, content.blocks) == ("架空橋の入札", ("本文。",))


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("公開日 令和8年5月20日　最終更新日 令和8年5月27日", date(2026, 5, 20), date(2026, 5, 27)),
        ("掲載日：2026年5月20日", date(2026, 5, 20), None),
        ("更新日：2026年5月27日更新", None, date(2026, 5, 27)),
        ("架空課　2026年5月27日更新", None, date(2026, 5, 27)),
        ("ページ番号1011972　更新日 Ｒ８．５．２７", None, date(2026, 5, 27)),
        ("最終更新　令和8年5月27日", None, date(2026, 5, 27)),
        ("（令和8年5月27日掲載）", None, None),
        ("公開開始日時 令和8年5月27日", None, None),
        ("この計画は令和8年5月27日に更新しました。", None, None),
        ("更新日：令和8年2月30日", None, None),
        ("令和8年5月27日", None, None),
    ],
)
def test_which_day_is_the_pages(line: str, published: date | None, updated: date | None) -> None:
    content = read(f"<main><h1>架空の件</h1><p>{line}</p><p>本文です。</p></main>")
    assert (content.published, content.updated) == (published, updated)


def test_a_machines_stamp_is_believed_where_the_page_prints_none() -> None:
    head = '<meta property="article:published_time" content="2026-05-20T23:30:00+09:00">'
    assert read("<main><h1>件</h1><p>本文</p></main>", head=head).published == date(2026, 5, 20)


@pytest.mark.parametrize("inside", ["", "<nav><a href=/>トップ</a></nav>", "<h1>題だけの頁</h1>"])
def test_a_page_without_text_has_changed(inside: str) -> None:
    with pytest.raises(PageChanged, match="expected the text of a notice"):
        read(inside)


tags = st.sampled_from(
    ["div", "p", "table", "tr", "td", "li", "h1", "nav", "form", "article", "pre", "dl", "dt"]
)
pieces = st.lists(
    st.one_of(
        tags.map("<{}>".format),
        tags.map("</{}>".format),
        st.sampled_from(["<div id=main_body>", "<a href=x.pdf>", "<div class=footer>", "<!--"]),
        st.sampled_from(["<br>", "<a href='http://['>", "<s>", "</s>", "<main>", "<title>"]),
        st.text(st.sampled_from("架空の公告 \n　<>&;\u00a0\ufeff令和8年2月30日"), max_size=12),
    ),
    max_size=30,
)


@given(pieces)
def test_broken_pages_are_read_or_refused(made: list[str]) -> None:
    try:
        content = read("".join(made))
    except PageChanged:
        return
    assert content.blocks
    assert all(block.strip() for block in content.blocks)


@by_rule_and_without
@pytest.mark.parametrize(
    "unit",
    [
        "<p>架空の本文です。</p>",
        "<table><tr><th>件名<td>架空の件</table>",
        "<h2>お問い合わせ</h2><div class=sns><a href=/x>共有</a></div>",
        "<ul><li><a href=/a.pdf>要領（PDF 1KB）</a></ul>",
        "<td>架空",
        "更新日：2026年5月27日<br>架空の件、",
    ],
)
def test_four_times_the_page_takes_four_times_the_time(unit: str, rules: CmsRules | None) -> None:
    def work(count: int) -> None:
        read(f"<div id=tmp_contents><h1>架空の件</h1>{unit * count}</div>", rules)

    assert growth(work, 300) <= LINEAR


@by_rule_and_without
def test_deep_pages_are_read(rules: CmsRules | None) -> None:
    content = read("<div id=tmp_contents>" + "<div>" * 2000 + "<p>深い。</p>", rules)
    assert content.blocks == ("深い。",)


def test_what_stands_between_the_pieces_of_a_page_is_kept() -> None:
    content = read(
        "<script>var cms_api_domain=''</script><article id=contents><h1 class=title>結果</h1>"
        "<div id=contents-in><h2>決定</h2><div class=wysiwyg><p>次のとおり。</p></div>"
        "<h3>1．業務名</h3><div class=wysiwyg><p>架空の業務</p></div></div></article>"
    )
    assert (content.rule, content.title) == ("smartcms", "結果")
    assert content.blocks == ("決定\n次のとおり。\n\n1．業務名\n架空の業務",)
