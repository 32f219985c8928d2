"""Whose day a sentence, a step of a table or a line under another states; all invented."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.notices import read_tender
from kazami.facts import Fact, Stage, TenderFacts

SEEN = date(2026, 6, 1)
DAYS = st.dates(date(2026, 6, 2), date(2026, 12, 31))
HOURS = st.times().map(lambda each: each.replace(second=0, microsecond=0))
PAPERS = st.sampled_from(
    [
        ("参加申込書", "参加申請書"),
        ("質問票", "質問書"),
        ("企画提案書", "提案書"),
        ("見積書", "見積書"),
    ]
)
OFFICES = st.sampled_from(["契約課", "総務課", "選定委員会事務局", "審査担当", "例示市長"])
Due = tuple[str, date | None, time | None]


def read(*blocks: str, title: str = "見本町の告知") -> TenderFacts:
    return read_tender(title, blocks, seen=SEEN)


def due(*blocks: str) -> list[Due]:
    return [(each.paper, each.day, each.time) for each in read(*blocks).deadlines]


def printed(day: date) -> str:
    return f"令和{day.year - 2018}年{day.month}月{day.day}日"


@given(DAYS, HOURS, PAPERS, OFFICES)
def test_the_paper_of_a_sentence_is_what_is_handed_in(
    day: date, hour: time, paper: tuple[str, str], office: str
) -> None:
    line = (
        f"希望する方は、{printed(day)}{hour:%H時%M分}までに{paper[0]}を{office}へ提出してください。"
    )
    assert due(line) == [(paper[1], day, hour)]


@given(DAYS, PAPERS)
def test_what_only_the_winner_hands_in_closes_nothing(day: date, paper: tuple[str, str]) -> None:
    assert due(f"落札候補者は、{printed(day)}までに{paper[0]}を契約課へ提出すること。") == []


@given(DAYS, DAYS, HOURS)
def test_under_columns_of_beginning_and_end_a_row_is_a_step(
    one: date, other: date, hour: time
) -> None:
    first, last = sorted((one, other))
    row = f"{printed(first)} 9:00\t{printed(last)} {hour:%H:%M}"
    facts = read("手続き\t開始\t終了", f"質問\t{row}", f"入札\t{row}")
    found = [(each.paper, each.begins, each.day, each.time) for each in facts.deadlines]
    assert found == [("質問書", first, last, hour), ("入札書", first, last, hour)]


def test_an_opening_under_the_column_of_beginnings_is_an_opening() -> None:
    rows = ["手続き\t開始\t終了", "開札\t令和8年6月22日 10:00\t－"]
    assert due(*rows) == [("開札", date(2026, 6, 22), time(10))]


@given(DAYS)
def test_a_year_printed_further_on_counts_where_the_day_of_the_week_agrees(day: date) -> None:
    weekday = "月火水木金土日"[day.weekday()]
    other = "月火水木金土日"[(day + timedelta(1)).weekday()]
    below = f"入札書の提出期限 {printed(day)}"
    short = f"{day.month}月{day.day}日"
    assert due(f"質問書の提出期限 {short}({weekday})", below)[0] == ("質問書", day, None)
    for unsure in (short, f"{short}({other})"):
        assert due(f"質問書の提出期限 {unsure}", below)[0] == ("質問書", None, None)


@given(DAYS, HOURS)
def test_a_footnote_gives_its_hour_to_the_days_that_bear_its_mark(day: date, hour: time) -> None:
    notes = [f"※１ いずれも{hour:%H時%M分}必着", "※２ 正本１部"]
    assert due(f"質問書の提出期限 {printed(day)}※１", *notes) == [("質問書", day, hour)]
    assert due(f"質問書の提出期限\t{printed(day)}※２、※１", *notes) == [("質問書", day, hour)]
    assert due(f"質問書の提出期限 {printed(day)}※２", *notes) == [("質問書", day, None)]


def test_what_another_day_decides_is_unknown_without_a_word_for_deadlines_too() -> None:
    assert due("参加申請：公告の日から10日以内") == [("参加申請書", None, None)]
    assert due("契約締結：落札決定の日から7日以内", "参加申請：無料") == []


def test_a_call_that_came_to_nothing_lends_no_day() -> None:
    failed = "前回（募集期間：令和8年4月1日～5月8日）は応募がなかったため、再度募集します。"
    assert due(failed) == []
    assert due(failed.replace("前回", "今回").replace("応募がなかったため、", "")) != []


def test_by_post_is_of_the_paper_told_above() -> None:
    assert due(
        "見積書の提出期限 令和8年6月18日17時", "※郵送の場合は令和8年6月17日必着とします。"
    ) == [("見積書", date(2026, 6, 18), time(17)), ("見積書", date(2026, 6, 17), None)]


def test_of_a_table_with_one_row_the_columns_are_labels_and_of_several_rows_none() -> None:
    header = "番号\t品名\t納入期限\t見積書提出期限"
    row = "8-15\t椅子の購入\t令和8年7月31日\t令和8年6月9日"
    one = read(header, row)
    assert one.project == Fact("椅子の購入", row.replace("\t", " | "))
    assert one.period == Fact("令和8年7月31日", row.replace("\t", " | "))
    assert read(header, row, row.replace("椅子", "机")).project is None


def test_who_registers_for_bids_to_come_is_offered_nothing_yet() -> None:
    title = "令和９・１０年度競争入札参加資格審査申請の受付について"
    assert read(title=title).stage is None
    bid = read(title="入札参加資格審査申請の受付について（見本橋補修工事）").stage
    assert bid is not None
    assert bid.value is Stage.NOTICE


@given(DAYS, st.times(time(1), time(11)), PAPERS)
def test_an_hour_in_brackets_behind_the_label_of_a_day_is_that_days(
    day: date, hour: time, paper: tuple[str, str]
) -> None:
    line = f"{printed(day)} {paper[0]}の提出期限（午後{hour.hour}時）"
    assert due(line) == [(paper[1], day, time(hour.hour + 12))]
    assert due(f"{printed(day)} {paper[0]}の提出期限（３部）") == [(paper[1], day, None)]


@given(DAYS, PAPERS)
def test_a_row_of_a_group_is_no_header(day: date, paper: tuple[str, str]) -> None:
    rows = ["入札手続\t契約\t落札後に結ぶ", f"入札手続\t{paper[0]}の提出期限\t{printed(day)}"]
    assert due(*rows) == [(paper[1], day, None)]


def test_what_is_called_off_is_named_in_quotes() -> None:
    line = "令和8年6月18日に開札予定の「見本橋補修工事」は中止します。"
    facts = read(line, title="入札中止のお知らせ")
    assert facts.project == Fact("見本橋補修工事", line)
    assert facts.deadlines == ()
