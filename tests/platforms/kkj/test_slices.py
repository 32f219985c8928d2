"""What is asked for: every day and area once, cut until an answer can hold it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from crawler.page import Follow, Wanted
from crawler.platforms.kkj import PLATFORM, finer, start, wrong_options
from crawler.platforms.kkj.slices import FIRST_MONTH, STATE, Slice, slices
from kazami.document import Kind
from kazami.sources import Source

DAYS = st.dates(date(2015, 1, 1), date(2026, 12, 31))
API = "https://www.kkj.go.jp/api/"


def source(**options: object) -> Source:
    return Source(body="980434", kind=Kind.TENDER, platform="kkj", url=API, options=options)  # type: ignore[arg-type]


def days_of(each: Slice) -> tuple[date, date]:
    return (
        date.fromisoformat(each.first) if each.first else date.min,
        date.fromisoformat(each.last) if each.last else date.max,
    )


def joined(some: list[Slice]) -> Iterator[tuple[date, date]]:
    """The spans of an area, where they touch made one."""
    begin: date | None = None
    end = date.min
    for first, last in sorted(map(days_of, some)):
        if begin is None or first > end + timedelta(days=1):
            if begin is not None:
                yield begin, end
            begin = first
        else:
            assert first == end + timedelta(days=1), "no day twice"
        end = last
    if begin is not None:
        yield begin, end


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_every_day_that_is_wanted_is_asked_for_once(
    today: date, since: date | None, until: date | None
) -> None:
    made = list(slices(("10", STATE), Wanted(today=today, since=since, until=until)))
    assert len({each.key for each in made}) == len(made)
    for area in ("10", STATE):
        spans = list(joined([each for each in made if each.areas == area]))
        first, last = since or date.min, until or date.max
        if first <= last and (until or today >= FIRST_MONTH):
            assert spans == [(first, last)] or not until


def test_halves_hold_the_days_of_the_whole() -> None:
    waiting = [Slice(areas="10", first="2026-02-01", last="2026-02-28")]
    single = []
    while waiting:
        each = waiting.pop()
        halves = each.halves()
        if halves:
            assert list(joined(list(halves))) == [days_of(each)]
        else:
            single.append(each)
        waiting += halves
    assert len(single) == 28


def test_an_open_beginning_is_cut_to_an_end() -> None:
    each, cuts = Slice(areas="10", last="2020-12-31"), 0
    while halves := each.halves():
        each, cuts = halves[1], cuts + 1
    assert each.first == ""
    assert cuts < 20


def test_the_requests_are_as_the_guide_has_them() -> None:
    follows = list(start(source(), Wanted(today=date(2026, 6, 1), since=date(2026, 5, 1))))
    asked = [
        {name: value for name, [value] in parse_qs(urlsplit(each.url).query).items()}
        for each in follows
    ]
    assert all(each["Count"] == "1000" for each in asked)
    assert all(("LG_Code" in each) != ("Organization_Name" in each) for each in asked)
    may = [each for each in asked if each["CFT_Issue_Date"] == "2026-05-01/2026-05-31"]
    assert {each.get("LG_Code") for each in may} == {*(f"{n:02}" for n in range(1, 48)), None}
    assert {each["CFT_Issue_Date"] for each in asked} == {
        "2026-07-01/",
        "2026-06-01/2026-06-30",
        "2026-05-01/2026-05-31",
    }
    words = next(each["Organization_Name"] for each in asked if "Organization_Name" in each)
    # A single kana in an expression is an error of the API.
    assert all(len(word) > 1 or not "ぁ" <= word <= "ヿ" for word in words.split(" OR "))


def test_what_is_too_large_is_cut_until_nothing_is_left_to_cut() -> None:
    waiting = list(
        start(source(areas=("10",)), Wanted(today=date(2026, 6, 1), since=date(2026, 6, 1)))
    )
    asked, keys = 0, set()
    while waiting:
        follow = waiting.pop()
        assert follow.key not in keys
        keys.add(follow.key)
        asked += 1
        waiting += [each for each in finer(follow) if isinstance(each, Follow)]
    # 30 days and one open end, each in three categories of five sizes and once more, and cuts.
    assert asked < 31 * (3 * 6 + 2) + 31


def test_options_are_prefectures_and_the_state() -> None:
    assert wrong_options({}) == wrong_options({"areas": ("10", "state")}) == []
    assert len(wrong_options({"areas": ("1", "群馬県"), "other": "x"})) == 3
    assert len(wrong_options({"areas": "10"})) == 1


def test_its_address_is_known() -> None:
    assert PLATFORM.signature.fits(API)
    assert not PLATFORM.signature.fits("https://www.kkj.go.jp/s/")
