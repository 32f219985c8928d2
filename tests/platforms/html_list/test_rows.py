"""Lists of notices: by selectors, by the general rule, and what is refused. All is invented."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Elsewhere, Follow, Found, Page, PageChanged, Remark
from crawler.platforms.html_list import parse_list
from crawler.platforms.html_list.options import check_options
from replay.cms import TownSite, skins
from replay.town_office import town_office

TODAY = date(2026, 11, 28)
HOST = "www.town.reiji.example"


def answers(body: str, kind: str = "announcement", **options: object) -> list[object]:
    page = Page(f"https://{HOST}/list.html", body.encode(), "text/html; charset=utf-8")
    return list(parse_list(page, kind=kind, hosts=[HOST], options=options))


def items(body: str, **options: object) -> list[tuple[str, str | None]]:
    said = [each for each in answers(body, **options) if isinstance(each, Follow) and each.document]
    found = [each.cb_kwargs["item"] for each in said]
    return [(each["title"], each.get("day")) for each in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("skin", sorted(skins()))
def test_the_lists_of_every_system_are_read_without_a_selector(skin: str):
    site = TownSite(town_office("reiji", TODAY), skin, per_page=50)
    for name, kind in (("news", None), ("tenders", "tender"), ("results", "award")):
        path = site.list_path(name)
        reply = site.answer("GET", path, b"", {"Host": HOST})
        page = Page(f"http://{HOST}{path}", reply.body, reply.content_type)
        said = list(parse_list(page, kind="announcement", hosts=[HOST], options={}))
        follows = [each for each in said if isinstance(each, Follow) and each.document]
        wanted = {
            f"{HOST}{path}"
            for path, notice in site.keys.items()
            if kind in (None, notice.kind.value)
        }
        assert {each.document for each in follows} == wanted
        for follow in follows:
            notice = site.keys[(follow.document or "").removeprefix(HOST)]
            if name == "results":
                assert follow.day is None  # the list prints the day of the decision
            else:
                changed = name == "news" and notice.updated
                assert follow.day == (changed or notice.day)


@pytest.mark.parametrize("skin", sorted(skins()))
def test_every_page_of_a_list_is_come_to(skin: str):
    site = TownSite(town_office("reiji", TODAY), skin)
    paths, seen = [site.list_path("news")], []
    while paths:
        path = paths.pop()
        seen.append(path)
        reply = site.answer("GET", path, b"", {"Host": HOST})
        page = Page(f"http://{HOST}{path}", reply.body, reply.content_type)
        for each in parse_list(page, kind="announcement", hosts=[HOST], options={}):
            if isinstance(each, Follow) and each.document is None:
                paths.append(each.url.removeprefix(f"http://{HOST}"))
    assert len(seen) == len(set(seen)) == (4 if site.skin.more else 1)


def test_the_real_list_of_a_city_holds_141_tenders(shared: Path):
    body = (shared / "samples/municipal_web/adm/proposal-list.html").read_bytes()
    page = Page("https://www.city.osaka.lg.jp/x.html", body, "text/html")
    for options in ({}, {"item": "#koji_wrap .sec_01", "title": "h2"}):
        said = list(parse_list(page, "tender", ["www.city.osaka.lg.jp"], options))
        assert len([each for each in said if isinstance(each, Follow)]) == 141
        assert all(isinstance(each, Follow) and each.day for each in said)


def test_press_releases_are_read_by_a_selector(shared: Path):
    body = (shared / "samples/municipal_web/adm/digital-press.html").read_bytes()
    page = Page("https://www.city.osaka.lg.jp/x.html", body, "text/html")
    said = parse_list(page, "announcement", ["www.city.osaka.lg.jp"], {"item": ".hdo_sub_lower li"})
    assert len(list(said)) == 11


ROW = (
    "<tr><td>令和8年8月{n}日</td><td><a href='{n}.html'>{title}</a></td>"
    "<td>令和8年8月2{n}日</td><td>総務課</td></tr>"
)
HEAD = "<tr><th>公告日</th><th>件名</th><th>締切</th><th>担当</th></tr>"
TABLE = "<table>{}{}{}</table>".format(
    HEAD, ROW.format(n=1, title="庁舎の清掃"), ROW.format(n=2, title="道路の舗装")
)


def test_cells_are_handed_on_under_their_columns():
    said = [each for each in answers(TABLE) if isinstance(each, Follow)]
    first = said[0].cb_kwargs["item"]
    assert first["cells"] == {  # type: ignore[index]
        "公告日": "令和8年8月1日",
        "件名": "庁舎の清掃",
        "締切": "令和8年8月21日",
        "担当": "総務課",
    }
    assert (first["day"], first["dated_by"]) == ("2026-08-01", "令和8年8月1日")  # type: ignore[index]


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("<li>2026年8月3日 <a href='{n}.html'>夏まつり</a></li>", "2026-08-03"),
        ("<li><a href='{n}.html'>夏まつり</a>（R8.8.3）</li>", "2026-08-03"),
        ("<dt>令和８年８月３日</dt><dd><a href='{n}.html'>夏まつり</a></dd>", "2026-08-03"),
        (
            "<li><time datetime='2026-08-03T09:00'>8/3</time><a href='{n}.html'>夏まつり</a></li>",
            "2026-08-03",
        ),
        ("<li><a href='{n}.html'>夏まつり 令和8年8月3日</a></li>", None),
        ("<li><a href='{n}.html'>夏まつり</a> 2026年8月3日締切</li>", None),
        ("<li><a href='{n}.html'>夏まつり</a> 2026年8月1日 2026年8月3日</li>", None),
        ("<li><a href='{n}.html'>夏まつり</a> 令和8年2月30日</li>", None),
    ],
)
def test_the_day_is_that_of_publication_or_none(row: str, day: str | None):
    body = f"<ul>{''.join(row.replace('{n}', str(n)) for n in range(3))}</ul>"
    item = "dd" if "<dd>" in row else "li"
    assert items(body, item=item) == [(each[0], day) for each in items(body, item=item)]
    assert len(items(body, item=item)) == 3


def test_menus_are_no_lists():
    menu = "".join(f"<li><a href='/m{n}.html'>手続き{n}</a></li>" for n in range(20))
    rows = "".join(f"<li>2026年8月{n}日<a href='{n}.html'>お知らせ{n}</a></li>" for n in (1, 2, 3))
    body = f"<nav><ul>{menu}</ul></nav><div><ul>{menu}</ul><ul>{rows}</ul></div>"
    assert [title for title, _ in items(body)] == ["お知らせ1", "お知らせ2", "お知らせ3"]


@pytest.mark.parametrize("name", ["sidebar", "widget recent-posts", "side_navi", "ranking"])
def test_what_stands_beside_a_short_list_is_none_of_it(name: str):
    """A list of one row must not lose to the latest news beside it: these are no purchases."""
    beside = "".join(
        f"<li><a href='/oshirase/{day}.html'>戸籍の窓口を休みます</a> 令和8年5月{day}日</li>"
        for day in range(1, 6)
    )
    row = "<li><a href='/nyusatsu/1.html'>例示庁舎清掃業務</a> 令和8年5月20日</li>"
    with pytest.raises(PageChanged):
        answers(f"<div class='{name}'><ul>{beside}</ul></div><div><ul>{row}</ul></div>", "tender")
    two = row + row.replace("/1", "/2")
    found = items(f"<div class='{name}'><ul>{beside}</ul></div><div><ul>{two}</ul></div>")
    assert len(found) == 2


def test_a_page_without_rows_and_a_selector_of_nothing_are_refused():
    with pytest.raises(PageChanged, match="rows that each hold a link and a day"):
        answers("<p>現在、お知らせはありません。</p>")
    with pytest.raises(PageChanged, match=r"'li\.news'"):
        answers("<ul><li><a href='1.html'>x</a></li></ul>", item="li.news")


def test_rows_that_lead_elsewhere_stay_with_what_the_list_says():
    body = TABLE.replace("1.html", "https://files.example.com/1.html")
    said = answers(body)
    assert [each.url for each in said if isinstance(each, Elsewhere)] == [
        "https://files.example.com/1.html"
    ]
    (found,) = [each for each in said if isinstance(each, Found)]
    assert "締切：令和8年8月21日" in found.front_matter


def test_the_list_goes_on_for_as_many_pages_as_are_wanted():
    body = TABLE + "<a href='list.html?page=2'>次へ</a>"
    said = answers(body, pages=2)
    (onward,) = [each for each in said if isinstance(each, Follow) and each.document is None]
    assert onward.cb_kwargs["number"] == 2
    (remark,) = [each for each in answers(body, pages=1) if isinstance(each, Remark)]
    assert "goes on" in remark.said


@pytest.mark.parametrize(
    ("options", "mistake"),
    [
        ({"colour": "red"}, "unknown option 'colour'"),
        ({"item": "li["}, "is no CSS selector"),
        ({"item": 3}, "is no CSS selector"),
        ({"date": ".day"}, "item is missing"),
        ({"pages": 0}, "from 1 to 50"),
        ({"lists": ["/a.html"]}, "is no http"),
        ({"hosts": ["https://a.example"]}, "is no host's name"),
    ],
)
def test_wrong_options_are_named(options: dict[str, object], mistake: str):
    (said,) = check_options(options)
    assert mistake in said


@given(st.lists(st.sampled_from(list("<>/ulida ='.1年月日令和8http:")), max_size=200).map("".join))
def test_any_page_is_read_or_refused(body: str):
    with suppress(PageChanged):
        assert answers(f"<ul>{body}</ul>{TABLE}")
