"""What the words beside a day say of it: whose it is, and whether something is due by it."""

from __future__ import annotations

import re

from crawler.reading.notices.words import pattern, vocabulary

_AND = re.compile(
    r"(?:書類?|会|等|の提出|類)?\s?(?:及び|並びに|および|ならびに|・|、|と|,|&|/)\s?(?:の|工事費)?"
)

_PAPER_AS_PRINTED = re.compile(
    r"([一-龥ァ-ヶー]{1,12}(?:書|届|票|調書|資料|図書))(?:等|類)?(?:の|を|は|\s)"
)

_HANDED_IN = re.compile(
    r"[^。を]{0,24}?まで(?:に|の間に)?(?:必着で)?、?(?P<papers>[^。を]{1,60})を"
    r"[^。]{0,60}?(?:提出|持参|郵送|送付|送信|お送り|お届け|届け)"
)

_FORMER = re.compile("前回|前年度?|昨年度?")
_CAME_TO_NOTHING = re.compile("なかった|ありません|不調|不落|不成立|中止")
_WINNER = re.compile(
    r"(?:落札(?:候補|予定|決定)?者|受託者|受注者|契約者|受託候補者)(?:は|が)、?\s?$"
)
_BEFORE_JUDGES = re.compile(r"審査(?:会|委員会)?\((?:プレゼン|ヒアリング|面接)[^()]{0,12}\)\s?$")
_BRACKETS = re.compile(r"\([^()]*\)")

_NO_NAME = re.compile(r"日?(?:を記|を明記|後|以後|以降|までの間|の前日|システム|の日まで)")
_PUBLISHED_ON = re.compile(r"(?:公告|公示|公表|掲載|公開|発行)年?月?日[\s:：]*$")
_NUMBERING = re.compile(
    r"^\s?\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}(?=[\s)]))[.、)]?|[\s:：・()]"
)


def meaning_of(label: str) -> tuple[tuple[str, ...], int]:
    """What the label's last word means, with those it is joined to; and how far from the end."""
    meant = vocabulary().meanings
    if held := _BEFORE_JUDGES.search(label):
        return ("プレゼンテーション",), len(label) - held.end()
    if len(label) <= 16 and (
        only := vocabulary().alone.get(_NUMBERING.sub("", label).rstrip("は"))
    ):
        return (only,), 0
    for text in (_BRACKETS.sub(lambda found: " " * len(found[0]), label), label):
        matches = [
            each
            for each in pattern("meanings").finditer(text)
            if not _NO_NAME.match(text, each.end())
        ]
        if not matches:
            continue
        names = [meant[re.sub(r"\s", "", each[0])] for each in matches]
        papers = [names[-1]]
        for at in range(len(matches) - 2, -1, -1):
            if not _AND.fullmatch(text, matches[at].end(), matches[at + 1].start()) and not (
                matches[at][0].endswith(("及び", "・"))
            ):
                break
            if names[at].startswith("-") != papers[-1].startswith("-"):
                break
            if names[at] not in papers:
                papers.append(names[at])
        return tuple(reversed(papers)), len(label) - matches[-1].end()
    return (), 0


def names_publication(label: str, after: str, rest: str) -> bool:
    """Whether a day is that of the notice, and not that of a law or list named in a sentence."""
    if re.match(r"\s?(?:付|の|に|以|現在|日)", rest) or "(" in label[-3:]:
        return False
    if not plain(label):
        return len(plain(after)) <= 14
    return len(plain(label)) <= 14 or bool(_PUBLISHED_ON.search(label))


def is_due(label: str, *, alone: bool = False) -> bool:
    """Whether something is due; ``alone``: whatever it is, for no paper is named."""
    return bool(pattern("due" if alone else "all_due").search(label))


def is_bare(label: str) -> bool:
    """Whether nothing but marks stands there."""
    return len(plain(label)) == 0


def is_label_like(label: str) -> bool:
    """Whether it is as short as a label, and no sentence."""
    return 0 < len(plain(label)) <= 40 and not is_sentence(label)


def is_sentence(label: str) -> bool:
    """Whether a sentence runs up to the day: 入札書を令和…."""
    return bool(
        re.search(r"[はをがにで][、\s]?[^はをがにで]{0,12}$|こと|する|した|もの", label[-40:])
    ) and (not re.search(r"(?:期限|期間|締切|日時|期日)\s?(?:は|:)?[、\s]*$", label))


def is_for_other(rest: str) -> bool:
    """Whether the words after a day say that it is for no paper: までに通知する."""
    until = rest.split("。")[0]
    handed = re.search(r"提出|持参|郵送|必着|送付|申し?込|応募|送信|届|受け付け|^\s?を予定", until)
    other = pattern("after_office").search(until)
    return bool(other and not (handed and handed.start() < other.start()))


def is_of_another_call(before: str, rest: str) -> bool:
    """Whether a day is that of a call that failed: 前回(4月1日～5月8日)は応募がなかったため."""
    return bool(_FORMER.search(before) and _CAME_TO_NOTHING.search(rest.split("。")[0]))


def is_for_the_winner(label: str) -> bool:
    """Whether only who has won hands something in by a day: 落札候補者は、7月3日までに."""
    return bool(_WINNER.search(label[-40:]))


def printed_paper(label: str) -> tuple[str, ...]:
    """A paper that no list knows, by its printed name: 理由書."""
    found = list(_PAPER_AS_PRINTED.finditer(label[-60:] + " "))
    return (found[-1][1],) if found else ()


def due_unknown(text: str) -> str:
    """The label of a deadline that another day decides; empty for none."""
    if len(text) > 160:
        return ""
    due = pattern("all_due").search(text, 0, 60)
    if not due:
        return _relative(text)
    rest = text[due.end() :]
    other = pattern("another_day").search(rest, 0, 40)
    return text[: due.end()] if other and not is_sentence(text[: due.end()]) else ""


def _relative(text: str) -> str:
    """The label of 参加申請：公告の日から10日以内, which no other word calls due."""
    label, _, rest = text.partition(":")
    ends = len(label) <= 24 and re.match(r"[^。]{0,40}?(?:以内|まで|必着)", rest)
    return label if ends and pattern("another_day").search(ends[0]) else ""


def handed_in(after: str) -> tuple[str, ...]:
    """The papers of a sentence's rest: までに参加申込書を契約課へ提出してください."""
    found = _HANDED_IN.match(after)
    return meaning_of(found["papers"])[0] if found else ()


def plain(text: str) -> str:
    """Without numbering, blanks and marks."""
    return re.sub(r"^\s?自(?=\s|$)|[\s()(){}<>・:：、,。\-]|^\d{1,2}[.)]?", "", text)
