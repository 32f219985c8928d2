from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kazami.dates import (
    LAST_YEAR,
    YEAR_BEFORE,
    DateError,
    EraYear,
    Span,
    era_year,
    find_date,
    fiscal_year,
    parse_date,
    parse_span,
    period_name,
    span_name,
    wareki,
)
from kazami.periods import Every, period_of

MARCH = date(2022, 3, 1)
days = st.dates(date(1868, 1, 25), date(2100, 12, 31))
_LETTERS = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
_FULL_WIDTH = str.maketrans("0123456789.-/RHSTM", "０１２３４５６７８９．－／ＲＨＳＴＭ")


def kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else ("十" if tens == 1 else "〇一二三四五六七八九"[tens] + "十")
    return ten + ("" if ones == 0 else "〇一二三四五六七八九"[ones])


def era(day: date) -> tuple[str, int]:
    name = wareki(day)[:2]
    first = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}[name]
    return name, day.year - first + 1


def letters(day: date, mark: str) -> str:
    name, year = era(day)
    return f"{_LETTERS[name]}{year}{mark}{day.month}{mark}{day.day}"


def kanji_wareki(day: date) -> str:
    name, year = era(day)
    return f"{name}{'元' if year == 1 else kanji(year)}年{kanji(day.month)}月{kanji(day.day)}日"


def kanji_western(day: date) -> str:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    return f"{year}年{kanji(day.month)}月{kanji(day.day)}日"


def padded(day: date) -> str:
    name, year = era(day)
    return f"{name}{year:>3}年{day.month:>3}月{day.day:>3}日".replace(" ", "　")


def twice(day: date) -> str:
    name, year = era(day)
    return f"{name}{year}年（{day.year}年）{day.month}月{day.day}日（水）"


STYLES: dict[str, Callable[[date], str]] = {
    "wareki": wareki,
    "full-width wareki": lambda day: wareki(day).translate(_FULL_WIDTH),
    "padded wareki": padded,
    "kanji wareki": kanji_wareki,
    "kanji western": kanji_western,
    "year named twice": twice,
    "dots": lambda day: letters(day, "."),
    "full-width dots": lambda day: letters(day, ".").translate(_FULL_WIDTH),
    "middle dots": lambda day: letters(day, "・").replace("R", "令和"),
    "small letters": lambda day: letters(day, "/").lower(),
    "ISO": date.isoformat,
    "packed": lambda day: f"{day:%Y%m%d}",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "western with weekday": lambda day: f"{day.year}年{day.month}月{day.day}日(火・祝)",
}


@pytest.mark.parametrize("style", STYLES)
@given(day=days)
@settings(max_examples=60, deadline=None)
@example(day=date(2019, 5, 1))
@example(day=date(2019, 4, 30))
@example(day=date(1989, 1, 7))
@example(day=date(1926, 12, 25))
@example(day=date(2020, 2, 29))
def test_a_day_written_in_any_style_is_read_back(style: str, day: date) -> None:
    assert parse_date(STYLES[style](day)) == day


@pytest.mark.parametrize(
    "text",
    [
        "令和４年３月１日",
        "R4.3.1",
        "令和４・３・１",
        "Ｒ４．３．１",
        "2022-03-01",
        "2022/3/1",
        "2022年3月1日(火)",
        "令和四年三月一日",
        "二〇二二年三月一日",
        "二千二十二年三月一日",
        "令和　４年 3月　1日",
        "㋿４年３月１日",
        "2022(令和4)年3月1日",
        "令和４年３月１日㈫",
        "令和４年３月１日（㈫）",
        "西暦２０２２年３月１日火曜日",
        "  2022-03-01\n",
    ],
)
def test_the_first_of_march_2022_is_read(text: str) -> None:
    assert parse_date(text) == MARCH


def test_the_first_year_of_an_era_may_be_written_gannen() -> None:
    assert parse_date("令和元年５月１日") == parse_date("R元.5.1") == date(2019, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "平成57年3月1日",
        "平成32年3月31日",
        "昭和65年1月1日",
        "令和0年5月1日",
        "2022年2月30日",
        "2023-02-29",
        "令和4年13月1日",
        "令和4年3月32日",
        "令和元年4月30日",
        "平成元年1月7日",
        "令和4年(2023年)3月1日",
        "20220230",
    ],
)
def test_a_day_that_does_not_exist_is_an_error_that_names_the_text(text: str) -> None:
    with pytest.raises(DateError) as error:
        parse_date(text)
    assert repr(text) in str(error.value)


@pytest.mark.parametrize(
    "text", ["", "　", "3月1日", "令和4年3月", "2022", "22/3/1", "明日", "R4/3-1"]
)
def test_what_names_no_whole_day_is_an_error(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


def test_an_error_stays_one_short_line_for_a_long_text() -> None:
    with pytest.raises(DateError) as error:
        parse_date("あ\n" * 5000)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 200


def test_an_era_is_carried_to_the_end_of_its_last_calendar_year() -> None:
    assert parse_date("平成31年6月11日") == date(2019, 6, 11)


def test_a_weekday_that_contradicts_the_date_does_not_lose_the_document() -> None:
    assert parse_date("2022年3月1日（月）") == MARCH


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_random_text_raises_nothing_but_a_date_error(text: str) -> None:
    for read in (parse_date, parse_span, find_date):
        with suppress(DateError):
            read(text)


_PARTS = "令和 平成 明治 元 R H 年 度 月 日 0 1 2 12 31 2022 １ 〇 十 二 . / - ・"
_PARTS += " ( ） 　 上半期 第 四半期 Q FY 〜"


@given(st.lists(st.sampled_from([*_PARTS.split(" "), " "]), max_size=14).map("".join))
@settings(max_examples=1500, deadline=None)
def test_text_like_dates_raises_nothing_but_a_date_error(text: str) -> None:
    for read in (parse_date, parse_span, find_date):
        with suppress(DateError):
            read(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("開催日：令和 7年 2月17日 / 会議名", date(2025, 2, 17)),
        ("掲載日 2022.3.1 ～ 2022.3.15", MARCH),
        ("告示（R4.3.1）第5号", MARCH),
        ("令和４年３月１日号 p.4", MARCH),
    ],
)
def test_the_first_day_inside_a_text_is_found(text: str, day: date) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["令和4年2月定例会3月1日-05号", "電話 2022-03-0123", "PAR4.3.1", "版 1.2022.3.1.5", "なし"],
)
def test_no_day_is_made_of_what_names_none(text: str) -> None:
    assert find_date(text) is None


def test_an_impossible_day_inside_a_text_is_an_error_and_not_skipped() -> None:
    with pytest.raises(DateError, match="2月31日"):
        find_date("会議は令和4年2月31日から令和4年3月1日まで")


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("令和4年3月1日", "2022-03-01", "2022-03-01"),
        ("令和4年3月", "2022-03-01", "2022-03-31"),
        ("平成３１年4月", "2019-04-01", "2019-04-30"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("R4.3", "2022-03-01", "2022-03-31"),
        ("2022/3", "2022-03-01", "2022-03-31"),
        ("令和4年", "2022-01-01", "2022-12-31"),
        ("ｒ４", "2022-01-01", "2022-12-31"),
        ("2022", "2022-01-01", "2022-12-31"),
        ("令和元年", "2019-05-01", "2019-12-31"),
        ("平成31年", "2019-01-01", "2019-04-30"),
        ("平成31年5月", "2019-05-01", "2019-05-31"),
        ("昭和64年1月", "1989-01-01", "1989-01-07"),
        ("令和4年度", "2022-04-01", "2023-03-31"),
        ("令和４（2022）年度", "2022-04-01", "2023-03-31"),
        ("平成31年度", "2019-04-01", "2020-03-31"),
        ("令和元年度", "2019-04-01", "2020-03-31"),
        ("2022年度", "2022-04-01", "2023-03-31"),
        ("FY2022", "2022-04-01", "2023-03-31"),
        ("令和4年度上半期", "2022-04-01", "2022-09-30"),
        ("令和四年度下期", "2022-10-01", "2023-03-31"),
        ("2022年下半期", "2022-07-01", "2022-12-31"),
        ("令和4年度第1四半期", "2022-04-01", "2022-06-30"),
        ("令和4年度第四四半期", "2023-01-01", "2023-03-31"),
        ("2022年第2四半期", "2022-04-01", "2022-06-30"),
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("FY2022-Q4", "2023-01-01", "2023-03-31"),
        ("2022年1～3月", "2022-01-01", "2022-03-31"),
    ],
)
def test_a_span_is_read(text: str, first: str, last: str) -> None:
    assert parse_span(text) == span(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "平成57年",
        "平成57年度",
        "令和元年4月",
        "2022-13",
        "2022年0月",
        "2022-Q5",
        "FY令和4",
        "12345",
        "",
    ],
)
def test_a_span_that_does_not_exist_is_an_error_that_names_the_text(text: str) -> None:
    with pytest.raises(DateError) as error:
        parse_span(text)
    assert repr(text) in str(error.value)


@pytest.mark.parametrize("every", Every)
@given(day=st.dates(date(1868, 4, 1), date(2100, 12, 31)))
@settings(max_examples=80, deadline=None)
def test_the_name_of_a_period_is_read_back(every: Every, day: date) -> None:
    period = period_of(day, every)
    assert parse_span(period_name(period)) == Span(period.start, period.end)


@pytest.mark.parametrize("every", Every)
@given(day=days)
@settings(max_examples=80, deadline=None)
def test_the_label_of_a_period_is_read_back(every: Every, day: date) -> None:
    period = period_of(day, every)
    assert parse_span(period.label) == Span(period.start, period.end)


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)), part=st.sampled_from("上下1234"))
@settings(max_examples=120, deadline=None)
def test_halves_and_quarters_of_a_fiscal_year_are_named_and_read_back(day: date, part: str) -> None:
    name = f"{fiscal_year(day)}年度" + (f"第{part}四半期" if part.isdigit() else f"{part}半期")
    read = parse_span(name)
    assert fiscal_year(read.start) == fiscal_year(read.end) == fiscal_year(day)
    assert parse_span(span_name(read)) == read


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2022-03-01", "2022-03-01", "令和4年3月1日"),
        ("2022-03-01", "2022-03-31", "2022年3月"),
        ("2022-01-01", "2022-12-31", "2022年"),
        ("2019-04-01", "2020-03-31", "令和元年度"),
        ("2022-04-01", "2022-09-30", "令和4年度上半期"),
        ("2023-01-01", "2023-03-31", "令和4年度第4四半期"),
        ("2022-03-01", "2022-03-07", "令和4年3月1日〜令和4年3月7日"),
    ],
)
def test_a_span_gets_its_shortest_japanese_name(first: str, last: str, name: str) -> None:
    assert span_name(span(first, last)) == name


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2022-03-01", "令和4年3月1日"),
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1912-07-29", "明治45年7月29日"),
        ("1868-01-24", "1868年1月24日"),
    ],
)
def test_a_day_is_written_in_its_era(day: str, name: str) -> None:
    assert wareki(date.fromisoformat(day)) == name


def test_a_fiscal_year_begins_in_april() -> None:
    assert fiscal_year(date(2022, 3, 31)) == 2021
    assert fiscal_year(date(2022, 4, 1)) == 2022


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Span(MARCH, date(2022, 2, 28))


def test_padding_of_a_hundred_thousand_spaces_is_read_at_once() -> None:
    with pytest.raises(DateError):
        parse_date("令和4年" + " " * 100_000 + "x")
    assert find_date("令和" * 20_000 + "2022 " * 20_000) is None


@given(days)
def test_the_year_of_an_era_is_the_one_that_is_written(day: date) -> None:
    name, year = era(day)
    assert era_year(day) == EraYear(name, _LETTERS[name], year)


def test_an_era_begins_on_its_first_day() -> None:
    assert era_year(date(2019, 4, 30)) == EraYear("平成", "H", 31)
    assert era_year(date(2019, 5, 1)) == EraYear("令和", "R", 1)
    with pytest.raises(DateError, match="1868-01-24"):
        era_year(date(1868, 1, 24))


def test_a_year_of_an_era_counts_on_from_the_year_before_it() -> None:
    named = {"令和": 2018, "R": 2018, "平成": 1988, "S": 1925, "大正": 1911, "明治": 1867}
    assert {name: YEAR_BEFORE[name] for name in named} == named
    assert [LAST_YEAR[era] for era in ("昭和", "平成", "令和")] == [1989, 2019, 9999]
