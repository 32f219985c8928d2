"""From an office to a stance: who presides, who asks, who answers for the executive."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from crawler.reading.offices import parted
from kazami.document import Stance
from kazami.radicals import RADICALS
from kazami.reading_rules import StanceRule

_AT_THE_END_IN_BRACKETS = re.compile(r"\([^()]*\)$")
"""部長（課長事務取扱）: the second office changes nothing."""

_BRACKETS = str.maketrans("〔〕［］【】[]", "()()()()")
_BESIDE = re.compile(r"(?<=.)(?:兼務|併任|兼任)$")
"""室長兼務: an office held beside another one."""

_RADICALS = str.maketrans(RADICALS)
_WITHOUT_SPACE = str.maketrans("", "", " \t\u3000")

_EXECUTIVE_COMMISSION = re.compile(
    r"(選挙管理|教育|監査|公平|人事|公安|農業|収用|労働|固定資産評価審査|海区漁業調整|内水面漁場管理|"
    r"原子力規制|公正取引|個人情報保護|運輸安全|公害等調整|中央労働)(委員会)?"
    r"(事務局長?)?(副?委員長|会長|委員長職務代理者?|会長職務代理者?|委員)$"
)
"""Commissions of the executive: their chairs and members answer to the assembly."""

_COUNCIL_STAFF = re.compile(
    r"([県都道府市区町村]議会(事務)?局|憲法審査会事務局)(次?長|参事|[^局]*課長)$|"
    r"^([県都道府市区町村]?議会(事務)?局.*|事務局(次?長|次長補佐|書記|主幹|主査|係長|職員)?|"
    r"(議事|議事調査|議会総務|議事課.*|委員部|議事部).*[長幹査記]|書記長?|事務総長|法制局長)$"
)
"""They read out and report to the assembly, and are no part of the executive."""

_CHAIR = re.compile(
    r"(年長の?議員|(?<!会)議長|議長(職務)?(代理|代行)者?|委員長|委員長(職務)?(代理|代行)者?|分科会長|"
    r"審査会長|座長)$|^(副?会長|会長代理|主査|主査代理)$"
)

_QUESTION = re.compile(r"(番|議員|委員)$")

_NEITHER = re.compile(
    r"(紹介議員|専門委員|民生委員|児童委員|傍聴人?)$|法人|会社|大学|協会|研究会|連合会"
)

_ANSWER = re.compile(
    r"([長監官]|知事|大臣|助役|収入役|管理者|監理者|参事|副?参与|理事|主幹|主査|主任|主事|技師|担当|"
    r"補佐|代理者?|代行|心得|事務取扱|総監|政府参考人|説明員|政府特別補佐人|職員)$"
)

_OFFICE_IN_NAME = re.compile(
    r"([部課局室次所館園校院係区市町村支署]長|教育長|消防長|委員会?長|議長|座長|議員|委員|番|知事|大臣|"
    r"助役|収入役|管理者|参事|主幹|長官|政務官|政府参考人)$"
)
"""Only these count where the office has to be read off the end of a name: 忠長 is no office."""


def stance_of(role: str | None, speaker: str | None = None) -> Stance:
    """The stance of whoever holds ``role``; without one, of the office that ends ``speaker``.

    A committee's chair who reports to the plenary is still ``chair``: the office is all that the
    minutes give. Staff of the assembly, witnesses (参考人, 公述人) and proposers of bills are
    ``other``; a 政府参考人 answers for the executive.
    """
    return told_stance(role, speaker)[0]


def told_stance(role: str | None, speaker: str | None = None) -> tuple[Stance, StanceRule]:
    """The stance as ``stance_of`` has it, and what told it."""
    rule = StanceRule.OFFICE
    if not _plain(role):
        if not _OFFICE_IN_NAME.search(_plain(speaker)):
            return Stance.OTHER, StanceRule.UNTOLD
        role, speaker = speaker, None
        rule = StanceRule.OFFICE_IN_NAME
    stance = office_stance(role, speaker)
    return (Stance.OTHER, StanceRule.UNTOLD) if stance is None else (stance, rule)


@lru_cache(maxsize=4096)
def office_stance(role: str | None, speaker: str | None = None) -> Stance | None:
    """The stance that an office has wherever it stands; None for one that nobody has listed.

    A list may cut the office down (部長) of whom it calls 例示議事部長: the longer one counts.
    """
    office = _plain(role)
    if not office:
        return None
    apart = parted(_plain(speaker))
    if apart and apart[1].endswith(office):
        office = apart[1]
    if office == "政府委員" or _EXECUTIVE_COMMISSION.search(office):
        return Stance.ANSWER
    if _COUNCIL_STAFF.search(office) or _NEITHER.search(office):
        return Stance.OTHER
    if _CHAIR.search(office):
        return Stance.CHAIR
    if _QUESTION.search(office):
        return Stance.QUESTION
    if _ANSWER.search(office):
        return Stance.ANSWER
    return None


_BY_MARK = {"◆": Stance.QUESTION, "◎": Stance.ANSWER}


def marked_stance(mark: str, role: str | None, own: Stance) -> Stance:
    """The stance in minutes that mark who asks (◆) and who answers (◎); ``own`` is the office's.

    A committee's chair who reports to the plenary (◆総務委員長) does not preside there. Staff and
    witnesses stay ``other`` under any mark. ○ says nothing: many print it before everybody.
    """
    if own is Stance.OTHER and role:
        return own
    return _BY_MARK.get(mark, own)


def _plain(words: str | None) -> str:
    plain = (words or "").translate(_RADICALS)
    plain = unicodedata.normalize("NFKC", plain).translate(_WITHOUT_SPACE)
    plain = plain.translate(_BRACKETS)
    return _BESIDE.sub("", _AT_THE_END_IN_BRACKETS.sub("", plain))
