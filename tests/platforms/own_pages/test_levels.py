"""Which links lead a level down without a pattern, and which are told as near misses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Follow, Listed, Page, PageChanged
from crawler.platforms.own_pages import html as html_minutes
from crawler.platforms.own_pages import pdf as pdf_minutes
from kazami.sources import load_sources

HOST = "https://www.town.reiji.lg.jp"
HOME = f"{HOST}/site/gikai/list1.html"
OPTIONS = {"documents": [f"{HOST}/uploaded/attachment/*.pdf"]}
TITLE = "<h1>会議録</h1>"
FILE = '<a href="/uploaded/attachment/1.pdf">会議録 第1号</a>'


def read(body: str, url: str = HOME, level: int = 0, **options: object) -> list[Follow | Listed]:
    page = Page(url, f'<html><meta charset="utf-8"><body>{body}</body></html>'.encode())
    chosen = {**OPTIONS, **options}
    kwargs = {"options": chosen, "home": HOME, "level": level}
    return list(pdf_minutes.parse_list(page, **kwargs))


def levels(body: str, level: int = 0, **options: object) -> list[str]:
    answers = read(body, HOME if level == 0 else f"{HOST}/a", level, **options)
    return [
        each.url.removeprefix(HOST) for each in answers if isinstance(each, Follow) and each.listing
    ]


def near_misses(body: str, level: int = 0, **options: object) -> tuple[str, ...]:
    (listed,) = [each for each in read(body, HOME, level, **options) if isinstance(each, Listed)]
    return listed.near_misses


WORDS = [
    "令和6年",
    "令和6年度",
    "平成20年以前",
    "令和6年 会議録",
    "会議録 令和7（2025）年",
    "令和７年第１回例示町議会定例会",
    "令和6年第4回12月定例会",
    "第490回9月定例会",
    "5月臨時会議",
    "第4回（12月）定例会議録",
    "令和7年決算審査特別委員会会議録",
    "第１号",
    "第１日目",
    "12月3日 開会日",
    "開会日（令和７年６月１２日）",
    "初日（2月20日）",
    "一般質問（12月7日）",
    "会議録",
    "会議録本文",
]


@pytest.mark.parametrize("words", WORDS)
def test_a_year_a_session_or_a_sitting_leads_on_from_minutes(words: str) -> None:
    link = f'<a href="/site/gikai/7.html">{words}</a>'
    assert levels(f"{TITLE}{FILE}{link}") == ["/site/gikai/7.html"]
    assert levels(f"{FILE}{link}", level=1) == ["/site/gikai/7.html"]


@pytest.mark.parametrize(
    "words",
    [
        "令和6年度予算",
        "令和6年 成人式",
        "議会だより 令和6年",
        "令和6年第1回定例会の会議結果",
        "第1回定例会 一般質問通告",
        "令和6年第1回定例会 議案",
        "会議録検索システム",
        "会議録の閲覧について",
        "令和6年度 臨時職員の募集",
        "議長あいさつ",
        "一覧へ戻る",
        "",
    ],
)
def test_what_names_none_does_not(words: str) -> None:
    assert levels(f'{TITLE}{FILE}<a href="/site/gikai/7.html">{words}</a>') == []


def test_of_another_page_the_links_must_say_minutes_themselves() -> None:
    def leads(words: str, heading: str = "") -> bool:
        return bool(levels(f'{FILE}{heading}<a href="/site/gikai/7.html">{words}</a>'))

    assert leads("令和6年会議録")
    assert leads("会議録")
    assert leads("令和6年", heading="<h3>会議録</h3>")
    assert leads("第1回定例会", heading="<h3>令和6年 会議録</h3>")
    assert not leads("令和6年")
    assert not leads("第1回定例会")
    assert not leads("12月3日 議員研修会")


def test_a_list_page_that_leads_to_nothing_is_one_of_minutes_all_the_same() -> None:
    assert levels('<a href="/site/gikai/7.html">11月25日</a>') == ["/site/gikai/7.html"]


def test_the_place_in_a_list_of_years_is_enough() -> None:
    def listed(*names: str) -> list[str]:
        rows = "".join(f'<li><a href="/y/{n}.html">{name}</a>' for n, name in enumerate(names))
        return levels(f"{TITLE}{FILE}<ul>{rows}</ul>")

    assert listed("令和6年", "令和5年", "それより前") == ["/y/0.html", "/y/1.html", "/y/2.html"]
    assert listed("令和6年", "令和5年", "議会だより") == ["/y/0.html", "/y/1.html"]
    assert listed("令和6年", "議長", "副議長") == ["/y/0.html"]


def test_only_pages_of_the_same_host_are_levels() -> None:
    assert levels(f'{TITLE}{FILE}<a href="https://kensaku.example/">令和6年 会議録</a>') == []
    assert levels(f'{TITLE}{FILE}<a href="/a/1.docx">令和6年 会議録</a>') == []


def test_a_guessed_page_may_hold_nothing_and_a_configured_one_may_not() -> None:
    body = '<html><meta charset="utf-8"><p>準備中です。</p></html>'.encode()
    page = Page(f"{HOST}/a", body)
    cb_kwargs = {"options": OPTIONS, "home": HOME, "level": 1}
    (empty,) = pdf_minutes.parse_list(page, **cb_kwargs, guessed=True)
    assert empty == Listed(name="/a")
    with pytest.raises(PageChanged, match="links to lists or minutes"):
        list(pdf_minutes.parse_list(page, **cb_kwargs))


def test_a_page_is_guessed_where_no_pattern_names_it() -> None:
    link = '<a href="/site/gikai/7.html">令和6年</a>'
    for pages, guessed in (([f"{HOST}/site/gikai/*.html"], False), ([f"{HOST}/other/*"], True)):
        (follow, _) = read(f"{TITLE}{link}", pages=pages)
        assert isinstance(follow, Follow)
        assert ("guessed" in follow.cb_kwargs) is guessed


@pytest.mark.parametrize(
    "missed",
    [
        '<a href="/files/2.docx">第2号 3月5日</a>',
        '<a href="/elsewhere/2.pdf">会議録 第2号</a>',
        '<a href="https://files.example/2.pdf">第2号 3月5日</a>',
        '<a href="/elsewhere/2.pdf">3月5日</a>',
    ],
)
def test_what_looks_like_minutes_and_matches_nothing_is_told(missed: str) -> None:
    (said,) = near_misses(f"{TITLE}{FILE}{missed}")
    assert said.split()[-1].endswith(("2.docx", "2.pdf"))


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/elsewhere/2.pdf">第1回定例会 議決結果</a>',
        '<a href="/elsewhere/2.pdf">申込書</a>',
        '<a href="https://kensaku.example/">会議録検索</a>',
        '<a href="/uploaded/attachment/2.pdf">議案書</a>',
        '<a href="/site/gikai/list1.html">会議録</a>',
        '<nav><a href="/elsewhere/2.pdf">会議録 第2号</a></nav>',
    ],
)
def test_what_is_no_minutes_is_no_near_miss(link: str) -> None:
    assert near_misses(f"{TITLE}{FILE}{link}") == ()


def test_options_say_what_is_no_near_miss() -> None:
    link = '<a href="/elsewhere/2.pdf">会議録 第2号</a>'
    assert near_misses(f"{TITLE}{FILE}{link}", skip=["第2号"]) == ()
    assert near_misses(f"{TITLE}{FILE}{link}", keep=["第1号"]) == ()
    assert len(near_misses(f"{TITLE}{FILE}{link}", keep=["会議録"])) == 1


def test_below_the_last_level_a_level_is_a_near_miss() -> None:
    link = '<a href="/site/gikai/7.html">令和6年</a>'
    assert near_misses(f"{TITLE}{FILE}{link}", levels=0) == (f"令和6年 {HOST}/site/gikai/7.html",)


def test_a_page_without_any_other_link_names_its_near_misses() -> None:
    with pytest.raises(PageChanged, match="near misses: 第2号 3月5日 https"):
        read(f'{TITLE}<a href="/files/2.docx">第2号 3月5日</a>')


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.integers(0, 3))
def test_nothing_that_names_minutes_is_lost_without_a_word(words: list[str], most: int) -> None:
    rows = "".join(
        f'<li><a href="/p/{n}.{"html" if n % 2 else "pdf"}">会議録 {each}</a>'
        for n, each in enumerate(words)
    )
    answers = read(f"{TITLE}{FILE}<ul>{rows}</ul>", levels=most)
    followed = {each.url for each in answers if isinstance(each, Follow)}
    (listed,) = [each for each in answers if isinstance(each, Listed)]
    told = {each.split()[-1] for each in listed.near_misses}
    assert len((followed | told) - {f"{HOST}/uploaded/attachment/1.pdf"}) == len(words)


@pytest.mark.corpus
def test_the_links_that_98_bodies_want_followed_are_levels(shared: Path) -> None:
    """By their words, where these are known; their pages were never seen."""
    sources = {each.body: each for each in load_sources() if each.options}
    table = shared / "municipalities" / "own_pages_missing_level.tsv"
    for row in csv.DictReader(table.read_text("utf-8").splitlines(), delimiter="\t"):
        words, source = row["link_words"], sources[row["code"]]
        if not words or source.url != row["entry"]:
            continue
        module = html_minutes if source.platform == "html_minutes" else pdf_minutes
        body = f'<meta charset="utf-8"><a href="{row["unmatched_example"]}">{words}</a>'
        for level, url in ((0, source.url), (1, f"{source.url}?of-a-year")):
            page = Page(url, body.encode())
            follow, _ = module.parse_list(
                page, options=dict(source.options), home=source.url, level=level
            )
            assert isinstance(follow, Follow), row["slug"]
            assert follow.cb_kwargs["guessed"] is True, row["slug"]
            assert follow.listing, row["slug"]
