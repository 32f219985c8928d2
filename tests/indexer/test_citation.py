"""Citations as a person would write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from indexer.citation import citation
from kazami.document import Kind, Passage
from kazami.store import StoredPassage


def cited(body: str, title: str, day: str, page: int | None = None) -> str:
    return citation(
        StoredPassage(
            id="t:a#1",
            document_id="t:a",
            body=body,
            kind=Kind.MINUTES,
            title=title,
            date=date.fromisoformat(day),
            document_url=None,
            fetched=datetime(2026, 1, 1, tzinfo=UTC),
            missing=None,
            source=None,
            pass_on=False,
            passage=Passage(key="1", order=1, text="話", page=page),
        )
    )


@pytest.mark.parametrize(
    ("body", "title", "day", "page", "wanted"),
    [
        (
            "110001",
            "令和4年2月定例会3月1日-05号",
            "2022-03-01",
            423,
            "『埼玉県令和4年2月定例会3月1日-05号』 p.423",
        ),
        (
            "102032",
            "令和 4年  3月 定例会（第１回）-03月01日－01号",
            "2022-03-01",
            None,
            "『群馬県桐生市令和 4年 3月 定例会（第１回）-03月01日－01号』",
        ),
        (
            "102032",
            "平成１５年第１回定例会　議案説明",
            "2003-03-04",
            None,
            "『群馬県桐生市平成１５年第１回定例会 議案説明』（平成15年3月4日）",
        ),
        (
            "130001",
            "東京都中央卸売市場に関する委員会",
            "2019-05-01",
            7,
            "『東京都中央卸売市場に関する委員会』（令和元年5月1日） p.7",
        ),
        (
            "272078",
            "高槻市議会定例会",
            "2015-03-05",
            None,
            "『大阪府高槻市議会定例会』（平成27年3月5日）",
        ),
        (
            "000000",
            "第221回国会 参議院 厚生労働委員会 第3号",
            "2026-04-02",
            25,
            "『第221回国会 参議院 厚生労働委員会 第3号』（令和8年4月2日） p.25",
        ),
        ("000000", "憲法審査会", "2026-04-02", None, "『国会憲法審査会』（令和8年4月2日）"),
        (
            "110001",
            "『彩の国』の会",
            "2022-03-01",
            None,
            "『埼玉県「彩の国」の会』（令和4年3月1日）",
        ),
        ("110001", "令和元年5月10日委員会", "2019-05-10", None, "『埼玉県令和元年5月10日委員会』"),
        ("110001", "2022年03月01日 本会議", "2022-03-01", None, "『埼玉県2022年03月01日 本会議』"),
    ],
)
def test_a_citation_names_body_title_day_and_page_once(
    body: str, title: str, day: str, page: int | None, wanted: str
) -> None:
    assert cited(body, title, day, page) == wanted


@pytest.mark.parametrize(
    "title", ["令和4年13月1日の話", "令和4年3月11日", "令和3年3月1日", "3月1日", "令和4年3月定例会"]
)
def test_a_day_that_the_title_does_not_quite_say_is_added(title: str) -> None:
    assert cited("110001", title, "2022-03-01").endswith("』（令和4年3月1日）")


def test_a_body_that_nobody_knows_is_left_out() -> None:
    assert cited("999999", "例示会議", "2022-03-01") == "『例示会議』（令和4年3月1日）"
