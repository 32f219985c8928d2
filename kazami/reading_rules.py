"""The rules by which speaker, stance and day are read, each with the sentence that explains it.

``word`` is what the store keeps, so it stays what it is; docs/reading.md lists all of them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Rule(StrEnum):
    """A rule by its word, and in ``sentence`` what it did, in Japanese."""

    sentence: str

    def __new__(cls, word: str, sentence: str) -> Self:
        rule = str.__new__(cls, word)
        rule._value_ = word
        rule.sentence = sentence
        return rule


class SpeakerRule(Rule):
    """Where a speaker's label stands, and how name and office are told in it."""

    LISTED = "listed", "サイトの発言者の一覧（欄）と本文の行が同じ"
    LIST_ONLY = "list-only", "本文に発言者の行がなく、サイトの発言者の一覧（欄）だけから"
    TEXT_OVER_LIST = "text-over-list", "サイトの一覧（欄）と本文の行が違うので、本文の行から"
    BLOCK = "block", "サイトが区切った発言の、印で始まる行から"
    ELEMENT = "element", "ページが発言者を見出しや太字で分けている"
    LINE_OF_ITS_OWN = "line-of-its-own", "発言者だけの行があり、発言が字下げされている"
    FIELD = "field", "データの発言者の欄から"
    OFFICE_IN_LINE = "office-in-line", "役職は、欄になく本文の行から"
    NOBODY = "nobody", "発言者の印字がない"

    BRACKET_WHOLE = "bracket-whole", "行頭の括弧に名前がある（【議長：例示花子】）"
    NAME_IN_BRACKET = "name-in-bracket", "役職か議席番号のあとの括弧に名前（議長（例示花子君））"
    TWO_OFFICES = (
        "two-offices",
        "役職が二つあり、そのあとの括弧に名前（番外［知事］（例示花子君））",
    )
    OFFICES_ONLY = "offices-only", "役職が二つだけで、名前がない（番外［知事］）"
    OFFICE_IN_BRACKET = "office-in-bracket", "名前のあとの括弧に役職（例示太郎（市長））"
    SECOND_OFFICE = (
        "second-office",
        "括弧は兼ねる役職なので、全体を一人とした（例示部長（見本課長事務取扱））",
    )
    INITIAL = "initial", "同じ姓を括弧の字で区別している（例示（太）委員）"
    NOTE_IN_BRACKET = (
        "note-in-bracket",
        "名前のあとの括弧は会派や動作の注（例示太郎議員（例示党））",
    )
    OFFICE_THEN_NAME = "office-then-name", "役職か議席番号のあとに名前（議長　例示花子君）"
    NAME_GUESSED = (
        "name-guessed",
        "役職のあとの語を、繰り返しや字の並びから名前とみた（議長　例示　花子　…）",
    )
    REST_AS_NAME = "rest-as-name", "役職のあとの残りを名前とみた（総務課長　例示太郎）"
    NAME_THEN_OFFICE = "name-then-office", "名前のあとに、間をあけて役職（例示太郎　総務課長）"
    RUN_TOGETHER = "run-together", "続いた名前と役職を、役職の語で分けた（例示太郎総務課長）"
    COURTESY = "courtesy", "名前に敬称がある（例示太郎君）"
    KNOWN_NAME = "known-name", "ほかの行や名簿にある名前（例示太郎）"
    NAME_ALONE = "name-alone", "名前らしい語だけ（例示太郎）"
    OFFICE_ALONE = "office-alone", "役職だけで、名前がない（議長）"
    UNLISTED_OFFICE = "unlisted-office", "知られていない役職とみた語だけ（例示統括長）"
    SEAT_ALONE = "seat-alone", "議席番号だけで、名前がない（８番）"
    RUN_INTO_WORDS = (
        "run-into-words",
        "役職か敬称の終わりから発言とみた（例示議長おはようございます）",
    )
    ROSTER = "roster", "名簿の印字と照らして分けた"
    UNPARTED = "unparted", "名前と役職に分けられず、行の語をそのまま発言者とした"
    OTHER_FORM = "other-form", "そのほかの形の行"


class StanceRule(Rule):
    """What told the stance of a speaker."""

    OFFICE = "office", "役職から"
    OFFICE_IN_NAME = "office-in-name", "名前の終わりの役職から"
    SEAT = "seat", "議席番号があるので、質問する議員"
    VERB = "verb", "行の「答弁」「質問」などから"
    COURTESY = "courtesy", "役職がなく敬称だけなので、質問する議員"
    OTHER_LINES = "other-lines", "同じ人のほかの行の立場から"
    MARK_MEANING = "mark-meaning", "この会議で同じ印が付く役職の立場から"
    NO_OFFICE = "no-office", "役職のある者は役職が印字される会議で、役職がないので質問する議員"
    MARK = "mark", "印から（◆は質問、◎は答弁）"
    SITE_MARK = "site-mark", "サイトの一覧（欄）の区分から（◆は質問、◎は答弁）"
    UNTOLD = "untold", "手がかりがない"


class DayRule(Rule):
    """What the day of a sitting was read from."""

    PRINTED = "printed", "会議の日として印字されている"
    LINK_AND_PRINT = "link-and-print", "リンクの月日と同じ日が印字されている"
    YEAR_OF_TITLE = "year-of-title", "印字された月日に、表題の年を補った"
    WEEKDAY_MENDED = "weekday-mended", "印字された曜日に合うよう、年を表題か一覧の年に直した"
    WEEKDAY_OFF = "weekday-off", "印字された日と曜日が合わず、ほかに手がかりがない"
    LINK = "link", "リンクの語から"
    LISTED = "listed", "サイトの一覧（欄）から"
    LIST_AND_PRINT = "list-and-print", "サイトの一覧の月日に、印字された年を補った"
    PAGE_FIELD = "page-field", "ページの日付の欄から"
    ID = "id", "会議の番号（ID）に含まれる日"
