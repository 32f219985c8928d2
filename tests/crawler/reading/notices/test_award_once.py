"""An award that a list states and its own page states again is one award."""

from __future__ import annotations

from datetime import date

from crawler.reading.notices import read_award

SEEN = date(2026, 6, 1)
LISTED = {
    "件名": "例示庁舎清掃業務委託",
    "落札者": "（株）例示ビル管理",
    "落札金額": "1,200,000円",
}


def page(*, winner: str = "株式会社例示ビル管理", amount: str = "1,200,000円") -> list[str]:
    return ["件名：例示庁舎清掃業務委託", f"落札者：{winner}", f"落札金額：{amount}"]


def test_a_list_and_its_page_state_one_award() -> None:
    (award,) = read_award("例示庁舎清掃業務委託 入札結果", page(), seen=SEEN, listed=LISTED)
    assert award.amount is not None
    assert award.amount.value == 1_200_000


def test_another_winner_or_amount_is_another_award() -> None:
    for blocks in (page(winner="見本清掃株式会社"), page(amount="900,000円")):
        assert len(read_award("入札結果", blocks, seen=SEEN, listed=LISTED)) == 2


def test_lots_of_one_name_stay_apart_where_nothing_tells_that_they_are_one() -> None:
    blocks = ["件名：例示工事", "落札者：例示建設", "件名：例示工事その２", "落札者：例示建設"]
    assert len(read_award("入札結果", blocks, seen=SEEN)) == 2
