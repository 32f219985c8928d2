"""What a tender notice states, read from invented lines of the kinds that people have misread."""

from __future__ import annotations

from datetime import date, time

import pytest

from crawler.reading.notices import closing, read_tender
from kazami.facts import Deadline, TenderFacts

SEEN = date(2026, 6, 1)


def read(*blocks: str, title: str = "見本町の告知", seen: date = SEEN) -> TenderFacts:
    return read_tender(title, blocks, seen=seen)


def due(*blocks: str, seen: date = SEEN) -> list[tuple[str, date | None, time | None]]:
    return [(each.paper, each.day, each.time) for each in read(*blocks, seen=seen).deadlines]


def test_of_a_span_the_end_counts_and_each_paper_has_its_own() -> None:
    facts = read(
        "参加意向届の提出期限 令和8年6月5日(金)午後5時必着 "
        "企画提案書 応募期間 令和8年5月25日(月)から令和8年6月12日(金)まで 午後5時必着"
    )
    papers = [(each.paper, each.begins, each.day, each.time) for each in facts.deadlines]
    assert papers == [
        ("参加申請書", None, date(2026, 6, 5), time(17)),
        ("提案書", date(2026, 5, 25), date(2026, 6, 12), time(17)),
    ]


def test_a_row_is_one_record_whichever_cell_holds_the_label() -> None:
    expected = [
        ("参加申請書", date(2026, 6, 1), time(12)),
        ("提案書", date(2026, 6, 4), time(12)),
    ]
    rows = [
        ("6月1日（月）正午まで", "参加申込書の提出期限"),
        ("6月4日（木）正午まで", "企画提案書の提出期限"),
    ]
    assert due("令和8年", *(f"{day}\t{label}" for day, label in rows)) == expected
    assert due("令和8年", *(f"{label} | {day}" for day, label in rows)) == expected


def test_the_year_is_that_of_the_days_printed_before_and_turns_with_it() -> None:
    row = "１月15日（金）17時 参加申込書の提出期限"
    assert due("令和8年12月22日（火） 公告", row) == [("参加申請書", date(2027, 1, 15), time(17))]
    assert due(row) == [("参加申請書", None, None)]


def test_a_label_that_names_no_paper_takes_that_of_the_line_above() -> None:
    assert due(
        "提出書類 参加意向申出書 / 提出期間 令和８年６月８日(月曜日)17時まで（必着） / 申込期限 / "
        "質問書 提出期限 令和８年６月17日17時まで"
    ) == [
        ("参加申請書", date(2026, 6, 8), time(17)),
        ("質問書", date(2026, 6, 17), time(17)),
    ]


@pytest.mark.parametrize("day", ["2026年6月24日", "2026/6/24", "R8.6.24", "令和八年六月二十四日"])
def test_a_deadline_without_a_paper_is_one_all_the_same(day: str) -> None:
    facts = read(f"見本清掃業務委託（{day}締切）")
    assert [(each.paper, each.day) for each in facts.deadlines] == [("締切", date(2026, 6, 24))]
    assert closing(facts.deadlines) == facts.deadlines


@pytest.mark.parametrize(
    "line",
    [
        "入札書の提出期限 公告日の翌日から起算して10日以内",
        "入札書の提出期限 令和8年6月31日",
        "入札書の提出期限 令和8年6月5日（月）",
        "入札書の提出期限 開札日の前日まで",
    ],
)
def test_a_deadline_that_cannot_be_told_is_unknown_and_shows_its_words(line: str) -> None:
    assert read(line).deadlines == (Deadline(paper="入札書", day=None, words=line),)


@pytest.mark.parametrize(
    "line",
    [
        "質問回答日 令和8年6月20日 17:00までに",
        "設計図書の縦覧期間 令和8年6月1日から令和8年6月20日まで",
        "入札参加資格確認結果通知日 令和8年6月20日",
        "最終更新日：令和8年6月20日",
        "工事期限 令和8年12月25日まで",
        "平成23年4月1日から令和8年3月31日までに履行した実績があること。",
    ],
)
def test_days_of_other_acts_are_no_deadlines(line: str) -> None:
    assert due(line) == []


def test_a_day_of_publication_after_the_visit_is_not_believed() -> None:
    later = read("公告日 令和8年7月14日")
    assert later.published is not None
    assert later.published.value is None
    assert "7月14日" in later.published.words
    believed = read("公告日 令和8年5月14日").published
    assert believed is not None
    assert believed.value == date(2026, 5, 14)
    assert read("本文", title="ボイラー測定 令和8年5月14日(火)").published is None


def test_a_procedure_is_the_notice_s_word_or_nothing() -> None:
    said = read("本件はオープンカウンター方式による見積合わせです。").procedure
    assert said is not None
    assert said.value == "オープンカウンター"
    assert read("見本町の清掃です。").procedure is None


def test_values_stand_behind_their_labels_however_spaced() -> None:
    facts = read(
        "工 事 名　見本橋補修工事",
        "工 事 箇 所　見本町字例地内",
        "予 定 価 格　６，８９７，０００円（消費税及び地方消費税を含む。）",
        "工 事 期 限　令和８年１２月２５日まで",
    )
    assert facts.project is not None
    assert facts.project.value == "見本橋補修工事"
    assert facts.place is not None
    assert facts.place.value == "見本町字例地内"
    assert facts.budget is not None
    assert facts.budget.value == 6_897_000
    assert "消費税" in facts.budget.words
    assert facts.period is not None
    assert facts.period.value == "令和８年１２月２５日まで"


def test_a_footnote_says_the_hour_of_what_bears_its_mark() -> None:
    assert due(
        "質問受付期間※１ 令和８年８月７日（金）～令和８年８月14日（金）",
        "入札書受付期間※２",
        "(入札書・工事費内訳書)",
        "令和８年８月31日（月）～令和８年９月１日（火）",
        "※１ 各日の午前９時から午後５時までとする。",
        "※２ 開始日の午前９時から期限日の午後５時までとする。",
    ) == [("質問書", date(2026, 8, 14), time(17)), ("入札書", date(2026, 9, 1), time(17))]


def test_in_a_correction_the_new_day_counts_and_the_old_stays_in_the_words() -> None:
    new = [("提案書", date(2026, 7, 31), time(17))]
    table = read(
        "項目 | 訂正前 | 訂正後",
        "企画提案書の提出期限 | 令和8年7月24日 17時 | 令和8年7月31日 17時",
    )
    assert [(each.paper, each.day, each.time) for each in table.deadlines] == new
    assert "7月24日" in table.deadlines[0].words
    for line in (
        "企画提案書の提出期限 ~~令和8年7月24日 17時~~ 令和8年7月31日 17時",
        "企画提案書の提出期限を変更 令和8年7月24日 17時 → 令和8年7月31日 17時",
        "企画提案書の提出期限 （誤）令和8年7月24日 17時（正）令和8年7月31日 17時",
        "企画提案書の提出期限 令和8年7月24日から令和8年7月31日 17時に延長",
    ):
        (only,) = read(line).deadlines
        assert (only.paper, only.day, only.time, only.begins) == (*new[0], None)
        assert "7月24日" in only.words


@pytest.mark.parametrize("title", ["入札の中止について", "見本業務委託の入札不調について"])
def test_of_a_tender_that_is_over_no_deadline_holds(title: str) -> None:
    assert read("入札書の提出期限 令和8年6月5日", title=title).deadlines == ()


def test_a_fiscal_year_before_a_day_may_be_the_heading_s() -> None:
    row = "入札日\t令和８年度３月19日 9:00"
    near = read("公告日 令和8年2月24日", row, seen=date(2026, 3, 1)).deadlines
    assert [(each.day, each.time) for each in near] == [(date(2026, 3, 19), time(9))]
    far = read("公告日 令和9年2月24日", row, seen=date(2027, 3, 1)).deadlines
    assert [each.day for each in far] == [date(2027, 3, 19)]


def test_columns_may_be_labelled_by_their_header() -> None:
    assert due(
        "件名\t質問締切\t入札日時\t開札日時",
        "見本業務\t令和8年6月3日\t令和8年6月9日 10時\t令和8年6月9日 10時5分",
    ) == [
        ("質問書", date(2026, 6, 3), None),
        ("入札書", date(2026, 6, 9), time(10)),
        ("開札", date(2026, 6, 9), time(10, 5)),
    ]


def test_two_papers_of_one_label_are_due_alike() -> None:
    assert due("参加表明書及び企画提案書の提出期限 令和8年6月9日") == [
        ("参加申請書", date(2026, 6, 9), None),
        ("提案書", date(2026, 6, 9), None),
    ]


def test_an_offer_closes_a_tender_else_the_wish_to_take_part() -> None:
    facts = read("参加申込書の提出期限 令和8年6月5日", "入札書の提出期限 令和8年6月9日")
    assert [each.paper for each in closing(facts.deadlines)] == ["入札書"]
    assert [each.paper for each in closing(facts.deadlines[:1])] == ["参加申請書"]
    assert closing(read("開札 令和8年6月9日 10時").deadlines) == ()


def test_cells_of_the_list_are_facts_too() -> None:
    facts = read_tender(
        "見本", [], seen=SEEN, listed={"公告日": "2026/5/20", "入札締切": "2026/6/9"}
    )
    assert facts.published is not None
    assert facts.published.value == date(2026, 5, 20)
    assert [(each.paper, each.day) for each in facts.deadlines] == [("入札書", date(2026, 6, 9))]


@pytest.mark.parametrize(
    ("line", "yen"),
    [
        ("予定価格 12,500千円（税抜）", 12_500_000),
        ("予定価格（千円） 12,500円", 12_500),
        ("提案上限額 金１億２，０００万円", 120_000_000),
        ("予定価格 金五百万円", 5_000_000),
        ("予定価格 \\31,900,000-", 31_900_000),
        ("予定価格 ￥24,860,000（税込）", 24_860_000),
        ("予定価格 事後公表", None),
        ("予定価格 0円", None),
    ],
)
def test_an_amount_is_read_in_yen_or_is_not_stated(line: str, yen: int | None) -> None:
    budget = read(line).budget
    assert budget is not None
    assert (budget.value, budget.words) == (yen, line)


def test_grades_are_those_of_the_words() -> None:
    for line, grades in {
        "解体工事の格付がＢ又はＡ等級である者": "A・B",
        "「Ａ」、「Ｂ」又は「Ｃ」の等級に格付されている者": "A・B・C",
        "Ａ～Ｃランク": "A・B・C",
    }.items():
        eligibility = read(line).eligibility
        assert eligibility is not None
        assert eligibility.value == grades


def test_where_it_opens_and_where_it_closes_may_be_two_rows() -> None:
    facts = read(
        "入札書受付開始日時\t令和8年6月5日 9:00",
        "入札書受付締切日時\t令和8年6月9日 17:00",
        "開札予定日時\t令和8年6月10日 9:30",
    )
    assert [(each.paper, each.begins, each.day) for each in facts.deadlines] == [
        ("入札書", date(2026, 6, 5), date(2026, 6, 9)),
        ("開札", None, date(2026, 6, 10)),
    ]


def test_an_event_has_the_hour_at_which_it_begins() -> None:
    assert due("現場説明会 令和8年6月3日（水）10時から11時まで") == [
        ("現場説明", date(2026, 6, 3), time(10))
    ]


def test_what_follows_the_bidding_at_once_is_on_its_day() -> None:
    assert due("入札の日時 令和8年6月16日 午前10時", "開札は、入札後直ちに行う。") == [
        ("入札書", date(2026, 6, 16), time(10)),
        ("開札", date(2026, 6, 16), None),
    ]


def test_the_day_of_the_notice_lends_its_year_wherever_it_stands() -> None:
    facts = read_tender(
        "見本業務", ["令和8年2月24日 見本町総務課"], seen=SEEN, listed={"入札日": "3月10日 10:00"}
    )
    assert [(each.paper, each.day) for each in facts.deadlines] == [("入札書", date(2026, 3, 10))]
