"""What a page of purchases is: a notice and its stage, a list of plans, an award, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kazami.facts import AwardOutcome, Fact, Stage
from kazami.text import exact_form

STAGES: tuple[tuple[str, str], ...] = (
    ("cancelled", r"中止|取りやめ|取り?止め|とりやめ|取消し?|取り消し"),
    ("failed", r"不調|不落|落札者な\s?し|落札者無し|入札者なし|応札者なし|不成立"),
    ("planned", r"見通し|発注予定|調達予定|入札予定"),
    ("correction", r"訂正|変更|修正|延期|延長|正誤"),
)
"""What a title says of its notice, the first that is found counting."""

_DONE = r"(?:し|いたし|致し|と(?:し|なり|いたし)|る(?:こと)?と?(?:し|いた)?)(?:ます|ました|た)"
_CALLED_OFF = (
    r"(?:入札|公告|公募|調達|本件|募集|手続|契約)[^。]{0,30}"
    rf"(?:中止|取りやめ|取り止め|取消し|取り消){_DONE}"
)
_NOBODY = (
    r"(?:不調|不落|不成立|落札者な(?:し|く)|(?:応募|入札|応札|申込|参加|落札)者?が?(?:い|あり)?"
    r"(?:な(?:かった|し)|ませんでした))[^。]{0,20}(?:ました|でした)"
)
_CORRECTED = (
    r"(?:公告|説明書|仕様書|要領|期限|以下|次)[^。]{0,40}(?:訂正|変更|修正|延長)(?:し|いたし)"
    r"(?:ます|ました|た)"
)
STATED_STAGES = (("cancelled", _CALLED_OFF), ("failed", _NOBODY), ("correction", _CORRECTED))
"""What the first words say: what was done, never what may be (中止することがある)."""


_OFFERED = (
    r"入札|プロポーザル|企画提案|企画競争|見積(?:書|合わ?せ|り合わ?せ|依頼)|オープンカウンタ|指定管理者?の?(?:公募|募集)"
    r"|(?:事業者|受託者|受注者|業者|提案|委託先|指定管理者|候補者)[^。]{0,8}(?:公募|募集|選定)|情報提供依頼|RFI"
)
_NOTICES = re.compile(
    rf"{_OFFERED}|公告|公募|調達|業務委託|委託業務|(?:購入|賃貸借|買入れ?|工事)(?:$|\(|の|に係る|について)"
)
_OFFERS = re.compile(
    rf"(?:方式|方法)[\s:|]{{1,3}}[^。]{{0,16}}(?:{_OFFERED})"
    rf"|(?:{_OFFERED})[^。]{{0,60}}(?:付し|付する|行い|行う|実施|執行|募集|公募|公告|提出|参加|開札|期限|期間|日時)"
)
_AWARDS = re.compile(
    r"(?:入札|開札|見積(?:り?合わ?せ)?|選定|審査|契約|プロポーザル|公募|落札|調達)[^。]{0,12}結果"
    r"|落札(?:者|業者)?(?:決定|情報|一覧)"
    r"|契約(?:の)?(?:締結|状況|結果|情報)[^。]{0,8}(?:公表|一覧|状況)"
    r"|随意契約[^。]{0,12}(?:公表|結果|状況)|優先交渉権者の?(?:決定|選定)"
    r"|受託候補者の?(?:決定|選定)|指定管理者の?(?:指定|決定)(?:について|$)"
)
NO_WINNER = re.compile(
    r"落札者な\s?し|落札者無し|不\s?調|不\s?落|入札者な\s?し|応札者な\s?し|該当者?な\s?し|不成立"
)
CALLED_OFF = re.compile(r"中\s?止|取り?や?止?め|とりやめ|取消")

_REGISTERS = re.compile(
    r"(?:令和[0-9・,、元]+年度|定期|追加|随時|新規|更新)[^。]{0,24}(?:入札|指名)[^。]{0,8}資格"
    r"[^。]{0,8}(?:申請|登録)[^。]{0,24}(?:受付|受け付け)"
)
"""Companies are registered for the bids of years: nothing is bought yet."""

_HEAD = 1_500
"""Characters of a notice's beginning that say what became of it."""


def kind_of_notice(title: str, blocks: Sequence[str]) -> Stage | AwardOutcome | None:
    """What the title, else the first words, say that it is; None for what is no purchase.

    A list of plans is ``Stage.PLANNED``. A table of results is ``AwardOutcome.AWARDED``, even
    where some of its rows have no winner; each row says its own.
    """
    plain = exact_form(title)
    if _AWARDS.search(plain):
        if CALLED_OFF.search(plain):
            return AwardOutcome.CANCELLED
        return AwardOutcome.FAILED if NO_WINNER.search(plain) else AwardOutcome.AWARDED
    stage = stage_of(title, blocks)
    if stage is not None and stage.value is not None:
        return stage.value
    return None


def stage_of(title: str, blocks: Sequence[str]) -> Fact[Stage] | None:
    """The stage with the words that state it; None for what is no purchase."""
    plain = exact_form(title)
    if _REGISTERS.search(plain):
        return None
    for name, pattern in STAGES:
        if re.search(pattern, plain) and (name != "correction" or _corrects(plain)):
            return Fact(Stage(name), title.strip())
    head = _head(blocks)
    for name, pattern in STATED_STAGES:
        if found := re.search(pattern, exact_form(head)):
            return Fact(Stage(name), found[0])
    if _NOTICES.search(plain):
        return Fact(Stage.NOTICE, title.strip())
    for block in blocks:  # an office's letter may stand before its notice
        if found := _OFFERS.search(exact_form(block[:_HEAD])):
            return Fact(Stage.NOTICE, found[0])
    return None


def _corrects(title: str) -> bool:
    """設計変更業務 and 計画変更 are what is bought, 期限の変更 is a correction."""
    return bool(
        re.search(
            r"訂正|正誤|延期|延長|(?:期限|日程|期間|内容|公告|仕様書?|要領|説明書|一部|日時|入札).{0,6}(?:変更|修正)",
            title,
        )
        or re.search(r"(?:変更|修正)(?:について|のお知らせ|公告|版|$|\))", title)
    )


def _head(blocks: Sequence[str]) -> str:
    taken: list[str] = []
    size = 0
    for block in blocks:
        taken.append(block[: _HEAD - size])
        size += len(block)
        if size >= _HEAD:
            break
    return "\n".join(taken)
