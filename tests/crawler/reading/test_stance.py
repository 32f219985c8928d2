"""Who presides, asks and answers, told by the office alone."""

from __future__ import annotations

import pytest

from crawler.reading.stance import marked_stance, stance_of
from kazami.document import Stance

ROLES = {
    Stance.CHAIR: """
        議長 副議長 臨時議長 仮議長 議長職務代理者 議長代理 委員長 副委員長 委員長代理 総務委員長
        予算特別委員長 文教委員会委員長 予算決算分科会長 座長 会長 主査 憲法審査会長
    """,
    Stance.QUESTION: "６番 12番 ３１番 十二番 12番議員 議員 委員 例示（花）委員 委員外議員",
    Stance.ANSWER: """
        市長 副市長 知事 副知事 町長 助役 収入役 会計管理者 教育長 教育次長 総務部長 課長 担当課長
        例示・危機管理課長 水道局長 消防長 病院事業管理者 ＤＸ推進室長 経済部参事 例示担当理事
        危機管理監 警察本部長 監査委員 代表監査委員 監査委員事務局長 選挙管理委員会委員長
        選挙管理委員長 教育委員長 教育委員 農業委員会会長 公安委員長 国家公安委員会委員長
        例示県選挙管理委員会事務局選挙課長 内閣総理大臣 国務大臣 副大臣 大臣政務官 政府参考人
        政府委員 市長職務代理者 総務部長兼危機管理監 課長補佐 部長心得 例示支所市民生活課長 副区長
        館長 例示市議会担当部長 農業委員会事務局長 参事（例示課長事務取扱）
    """,
    Stance.OTHER: """
        議会事務局長 議会局長 市議会事務局次長 参議院憲法審査会事務局長 事務局長
        議事課長 議事部長 議事調査課長 書記 事務総長
        参考人 公述人 証人 紹介議員 発議者 一般社団法人例示研究会会長 名簿 議題 質疑 質疑続行 討論
    """,
}


@pytest.mark.parametrize(
    ("role", "stance"),
    [(role, stance) for stance, roles in ROLES.items() for role in roles.split()],
)
def test_an_office_has_one_stance(role: str, stance: Stance) -> None:
    assert stance_of(role) is stance


def test_padding_inside_an_office_changes_nothing() -> None:
    assert stance_of("議　長") is Stance.CHAIR
    assert stance_of(" 総務 部長 ") is Stance.ANSWER


@pytest.mark.parametrize(
    ("speaker", "stance"),
    [
        ("例示教育長", Stance.ANSWER),
        ("例示警察本部長", Stance.ANSWER),
        ("例示委員長", Stance.CHAIR),
        ("例示（花）委員", Stance.QUESTION),
        ("例示区議会事務局長", Stance.OTHER),
        ("例示忠長", Stance.OTHER),
        ("例示花子", Stance.OTHER),
        (None, Stance.OTHER),
    ],
)
def test_without_an_office_the_end_of_the_name_may_tell(
    speaker: str | None, stance: Stance
) -> None:
    assert stance_of(None, speaker) is stance


def test_the_office_wins_over_the_name() -> None:
    assert stance_of("市長", "例示委員") is Stance.ANSWER


@pytest.mark.parametrize(
    ("mark", "role", "own", "stance"),
    [
        ("◆", "総務常任委員長", Stance.CHAIR, Stance.QUESTION),
        ("◆", None, Stance.OTHER, Stance.QUESTION),
        ("◎", "総務常任委員長", Stance.CHAIR, Stance.ANSWER),
        ("◎", "１番", Stance.QUESTION, Stance.ANSWER),
        ("◎", "事務局長", Stance.OTHER, Stance.OTHER),
        ("○", "議長", Stance.CHAIR, Stance.CHAIR),
        ("○", "市長", Stance.ANSWER, Stance.ANSWER),
        ("○", None, Stance.OTHER, Stance.OTHER),
    ],
)
def test_a_mark_says_who_asks_and_who_answers(
    mark: str, role: str | None, own: Stance, stance: Stance
) -> None:
    assert marked_stance(mark, role, own) is stance
