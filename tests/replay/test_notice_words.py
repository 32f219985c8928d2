"""The same notice in different offices' words, and in files."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, time, timedelta

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazami.dates import parse_date
from replay import ReplayError
from replay.notice_words import notice_parts, plain_lines, wordings
from replay.office_files import office_file
from replay.town_office import NoticeFile, OfficeNotice, PaperDue, town_office

OFFICE = town_office("reiji", date(2026, 6, 1))
WORDINGS = wordings()


def notice(key: str) -> OfficeNotice:
    return next(each for each in OFFICE.notices if each.key == key)


def lines(key: str, wording: str) -> list[str]:
    parts = notice_parts(OFFICE.name, notice(key), WORDINGS[wording])
    return list(plain_lines(notice(key).title, parts))


@given(day=st.dates(date(2019, 5, 1), date(2099, 12, 31)), name=st.sampled_from(sorted(WORDINGS)))
def test_a_printed_day_means_the_day(day: date, name: str) -> None:
    assert parse_date(WORDINGS[name].on(day)) == day


@pytest.mark.parametrize(
    ("wording", "printed"),
    [
        ("city", "質問書の提出期限　令和7年5月20日（火曜日）正午まで"),
        ("west", "質問書締切　2025年5月20日 12時00分まで（必着）"),
        ("west0", "質問書受付期限　2025年05月20日 12:00"),
        ("wide", "質問書の提出期限　令和７年５月２０日（火）正午必着"),
        ("letter", "質問書提出期限　R7.5.20 12時〆"),
        ("slash", "質問書（締切）　2025/5/20 12:00"),
        ("rows", "令和7年5月20日（火） 12時まで　質問書の提出"),
    ],
)
def test_each_office_writes_a_deadline_in_its_own_way(wording: str, printed: str) -> None:
    assert printed in lines("genai-2", wording)
    assert set(WORDINGS) == {"city", "west", "west0", "wide", "letter", "slash", "rows"}


def test_a_span_names_both_ends() -> None:
    assert "入札書締切　2025年6月5日～2025年6月9日 17時00分まで（必着）" in lines("genai-2", "west")
    assert (
        "入札書の提出期限　令和７年６月５日（木）から令和７年６月９日（月）午後５時必着"
        in lines("genai-2", "wide")
    )


def test_rows_that_begin_with_the_day_name_the_year_once() -> None:
    schedule = lines("genai-2", "rows")
    at = schedule.index("選定までの流れ")
    assert schedule[at + 1 : at + 5] == [
        "令和7年5月20日（火） 12時まで　質問書の提出",
        "5月26日（月） 17時まで　入札参加資格確認申請書の提出",
        "6月5日（木）から6月9日（月） 17時まで　入札書の提出",
        "令和7年6月10日（火） 10時　開札日時",
    ]


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    days=st.lists(st.integers(0, 200), min_size=2, max_size=4),
)
def test_a_new_year_is_always_named(first: date, days: list[int]) -> None:
    dues = tuple(
        PaperDue(paper=f"書類{at}", day=first + timedelta(days=after), time=time(17))
        for at, after in enumerate(days)
    )
    made = replace(notice("genai-2"), dues=dues, opening=None)
    parts = notice_parts(OFFICE.name, made, WORDINGS["rows"])
    (schedule,) = (part for part in parts if part.heading == "選定までの流れ")
    year = None
    for row, due in zip(schedule.rows, sorted(dues, key=lambda due: due.day), strict=True):
        named = row[0].startswith("令和")
        assert named or due.day.year == year
        year = due.day.year


def test_an_award_says_who_for_how_much() -> None:
    said = lines("genai-3", "wide")
    assert "落札業者　見本システム株式会社" in said
    assert "法人番号　7999990000002" in said
    assert "落札価格　金３，８４６，０００円" in said
    assert "結果　不調" in lines("water-2", "west0")
    assert not any("落札者" in line for line in lines("water-2", "west0"))


def test_who_has_no_number_has_a_dash_in_some_offices_only() -> None:
    town = town_office("mihon", date(2026, 6, 1))
    award = next(each for each in town.notices if each.key == "tank-2")
    for name, dash in (("wide", True), ("city", False)):
        said = list(plain_lines("", notice_parts(town.name, award, WORDINGS[name])))
        assert ("法人番号　－" in said) == dash


def test_files_are_the_same_bytes_each_time_and_can_be_read() -> None:
    made = notice("genai-2")
    parts = notice_parts(OFFICE.name, made, WORDINGS["city"])
    for file in made.files:
        assert office_file(made, file, parts) == office_file(made, file, parts)
    pdf = office_file(made, made.files[0], parts)
    words = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf.body)
    )
    assert "令和7年5月20日（火曜日）正午まで" in "".join(words.split())
    docx = office_file(made, made.files[2], parts)
    with zipfile.ZipFile(io.BytesIO(docx.body)) as archive:
        assert archive.testzip() is None
        assert "正午まで" in archive.read("word/document.xml").decode()


def test_a_file_of_another_kind_is_refused() -> None:
    file = NoticeFile(name="zu.dwg", label="図面")
    with pytest.raises(ReplayError, match=r"zu\.dwg: no such file is written here"):
        office_file(notice("genai-2"), file, ())
