"""What a page of purchases is, and what its tables of results and plans state."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.reading.notices import (
    kind_of_notice,
    read_award,
    read_planned,
    sort_of_category,
    sort_of_procedure,
)
from kazami.facts import AwardOutcome, Stage

SEEN = date(2026, 7, 10)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("見本庁舎清掃業務委託に係る一般競争入札について", Stage.NOTICE),
        ("見本計画策定業務の公募型プロポーザルを実施します", Stage.NOTICE),
        ("令和8年度発注見通し（7月）", Stage.PLANNED),
        ("入札公告の訂正について", Stage.CORRECTION),
        ("参加申込書の提出期限の延長について", Stage.CORRECTION),
        ("都市計画変更業務委託の入札", Stage.NOTICE),
        ("入札の中止について（見本橋補修工事）", Stage.CANCELLED),
        ("見本橋補修工事の入札不調について", Stage.FAILED),
        ("令和8年6月分 入札結果一覧", AwardOutcome.AWARDED),
        ("入札結果（不調）のお知らせ", AwardOutcome.FAILED),
        ("受託候補者の選定結果について", AwardOutcome.AWARDED),
        ("随意契約の公表（第1四半期）", AwardOutcome.AWARDED),
        ("見本まつりを開きます", None),
    ],
)
def test_a_title_says_what_a_page_is(title: str, kind: Stage | AwardOutcome | None) -> None:
    assert kind_of_notice(title, []) == kind


def test_what_may_be_is_no_cancellation() -> None:
    title = "見本業務の入札"
    maybe = "入札者が連合するおそれがあるときは、入札の執行を中止することがある。"
    assert kind_of_notice(title, [maybe]) is Stage.NOTICE
    assert kind_of_notice(title, ["都合により、本件の入札を中止しました。"]) is Stage.CANCELLED


def test_a_table_of_results_holds_an_award_a_row() -> None:
    first, second, group, failed, called_off = read_award(
        "令和8年6月分 入札結果一覧",
        [
            "開札日\t件名\t方式\t落札者\t法人番号\t落札金額（千円）",
            "6月3日\t庁舎植栽管理業務委託\t一般競争\t（株）例示建設 北支店\t9234567890123\t5,940",
            "6月3日\t寝具賃貸借\t一般競争\t㈱例示建設\t9234567890123\t12,870",
            "6月17日\t流量観測\t指名競争\t例示・見本共同企業体 法人番号 －\t\t18,150",
            "6月24日\t健康診断業務\t一般競争\t不調\t\t0",
            "6月24日\t公用車購入\t一般競争\t中止\t\t",
        ],
        seen=SEEN,
    )
    assert first.supplier is not None
    assert first.supplier.value == "（株）例示建設 北支店"
    assert first.amount is not None
    assert first.amount.value == 5_940_000
    assert first.category is not None
    assert first.category.value == "業務委託"
    assert first.corporate_number == second.corporate_number or (
        first.corporate_number is not None
        and second.corporate_number is not None
        and first.corporate_number.value == second.corporate_number.value == "9234567890123"
    )
    assert group.supplier is not None
    assert group.supplier.value == "例示・見本共同企業体"
    assert group.corporate_number is None
    for each, outcome in ((failed, AwardOutcome.FAILED), (called_off, AwardOutcome.CANCELLED)):
        assert each.outcome is not None
        assert each.outcome.value is outcome
        assert each.supplier is None
        assert each.amount is None


def test_one_result_stands_behind_its_labels() -> None:
    (award,) = read_award(
        "入札結果",
        [
            "件名\t見本無線機整備工事",
            "予定価格（税抜）\t88,400,000円",
            "落札者\t㈱例示通信 （法人番号 9234567890123）",
            "落札金額（税抜）\t0円",
        ],
        seen=SEEN,
    )
    assert award.outcome is not None
    assert award.outcome.value is AwardOutcome.AWARDED
    assert award.supplier is not None
    assert award.supplier.value == "㈱例示通信"
    assert award.corporate_number is not None
    assert award.corporate_number.value == "9234567890123"
    assert award.amount is not None
    assert award.amount.value is None
    assert award.estimate is not None
    assert award.estimate.value == 88_400_000


def test_plans_are_read_row_by_row_and_have_no_deadline() -> None:
    rows = read_planned(
        "令和8年度 発注見通し",
        [
            "番号\t工事名\t工事場所\t種別\t工期\t入札方法\t入札予定時期",
            "1\t見本橋補修\t見本町大字例\t土木一式\t5か月\t制限付一般競争入札\t第3四半期",
            "2\t見本校舎改修\t見本町\t建築一式\t\t指名競争入札\t10月",
        ],
    )
    assert [row.project.value for row in rows if row.project] == ["見本橋補修", "見本校舎改修"]
    assert [row.quarter.value for row in rows if row.quarter] == ["第3四半期", "10月"]
    assert [row.procedure.value for row in rows if row.procedure] == [
        "制限付一般競争入札",
        "指名競争入札",
    ]
    assert all(row.stage is not None and row.stage.value is Stage.PLANNED for row in rows)
    assert all(row.deadlines == () for row in rows)
    assert read_planned("入札結果", ["件名\t工期", "見本\t5か月"]) == ()


def test_the_sort_of_a_purchase_is_told_from_its_words() -> None:
    assert sort_of_procedure("制限付き一般競争入札（郵便入札）") == "一般競争"
    assert sort_of_procedure("簡易公募型プロポーザル") == "プロポーザル"
    assert sort_of_procedure("くじ") is None
    assert [sort_of_category(each) for each in ("解体工事", "業務委託", "買入", "その他")] == [
        "工事",
        "役務",
        "物品",
        None,
    ]
