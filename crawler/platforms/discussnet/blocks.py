"""The blocks of a sitting: rosters, headings and utterances, or all of it in one block."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.page import Page, PageChanged
from crawler.reading.candidate_lines import MARKS, SpeakerLine, SpeakerLines
from crawler.reading.gaiji import images_as_text
from crawler.reading.json_values import Row, number, words
from crawler.reading.quality import quality_of
from crawler.reading.spacing import without_space
from crawler.reading.speakers import NOBODY, speaker_of
from crawler.reading.turns import CutSitting, Turn, leading, read_sitting
from crawler.reading.utterances import indented_turns, unmarked
from kazami.document import Passage
from kazami.reading_quality import MOST_LINES, ReadingQuality
from kazami.reading_rules import SpeakerRule, StanceRule

_SORTS = range(1, 10)
"""目次, 名簿, △議題, ○議長, ◆質問, ◎答弁, 一覧, 文書, 資料."""

_CONTENTS = 1
_SPOKEN = {4: "○", 5: "◆", 6: "◎"}

_ANY_MARK = f"{MARKS}△▲▽▼◇□■☆★"

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
_INTERVAL = re.compile(
    r"(休憩|再開|開会|開議|散会|閉会|延会|中断|中止)[（(][^0-9０-９一-十]*+[0-9０-９一-十].*[）)]"
)


@dataclass(frozen=True, slots=True)
class SchedulePart:
    """One part of a sitting as the site cuts it. ``page`` is the printed page it begins on."""

    id: int
    sort: int
    title: str
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class KeyedTurn:
    """An utterance: the key of its passage, the block it stands in, and its turn.

    ``place`` is where its label stands, None where that is a line of the text.
    """

    key: str
    block: SchedulePart
    turn: Turn
    place: SpeakerRule | None = None


def read_block(page: Page, row: Row) -> SchedulePart:
    """A block of ``get_minute``; its text without ``<pre>``, entities resolved.

    Raises PageChanged for one of an unknown sort.
    """
    sort = number(page, row, "minute_type_code")
    if sort not in _SORTS:
        raise PageChanged(page.url, "a minute_type_code from 1 to 9", str(sort))
    printed = row.get("page_no")
    return SchedulePart(
        id=number(page, row, "minute_id"),
        sort=sort,
        title=words(page, row, "title", empty=True),
        text=_plain(words(page, row, "body", empty=True)),
        page=(number(page, row, "page_no") or None) if printed is not None else None,
    )


def is_split(blocks: Sequence[SchedulePart]) -> bool:
    """Whether the site gives a block for each utterance."""
    return any(block.sort in _SPOKEN for block in blocks)


def cut(
    blocks: Sequence[SchedulePart],
) -> tuple[list[str], list[KeyedTurn], ReadingQuality | None]:
    """The front matter (rosters, headings, papers), and what was said, both in their order.

    And how well speakers were read from their print, where the site does not tell them apart.
    """
    return (*_utterances(blocks), None) if is_split(blocks) else _records(blocks)


def _utterances(blocks: Sequence[SchedulePart]) -> tuple[list[str], list[KeyedTurn]]:
    front: list[str] = []
    said: list[KeyedTurn] = []
    for block in blocks:
        # ○休憩（１０時５９分） comes like an utterance and is none.
        if block.sort not in _SPOKEN or _INTERVAL.fullmatch(without_space(block.title)):
            front += filter(None, [block.text])
            continue
        turn, place = _turn(block)
        if turn.text:
            said.append(KeyedTurn(str(block.id), block, turn, place))
    return front, said


def _turn(block: SchedulePart) -> tuple[Turn, SpeakerRule]:
    """What a block's speaker says, without the marker that repeats its title, whatever its mark.

    Where the marker is another (long titles are cut off), the marker counts.
    """
    mark = _SPOKEN[block.sort]
    text = unmarked(mark + block.text.lstrip(_ANY_MARK), without_space(block.title))
    if text is not None:
        printed = block.text[: len(block.text) - len(text)].strip()
        return Turn(mark, block.title, text.strip(), printed=printed), SpeakerRule.LISTED
    own = leading(block.text)
    if own is not None:
        turn = Turn(mark, own.label, own.text, printed=own.printed)
        return turn, SpeakerRule.TEXT_OVER_LIST
    turn = Turn(mark, block.title, block.text, printed=block.title.strip())
    return turn, SpeakerRule.LIST_ONLY


def _records(
    blocks: Sequence[SchedulePart],
) -> tuple[list[str], list[KeyedTurn], ReadingQuality | None]:
    """Committee records that come as one block of another sort, and what stands beside them.

    Cut at lines with mark and speaker, two at least; 神奈川県 (《委員会記録…》) prints no marks.
    """
    front: list[str] = []
    said: list[KeyedTurn] = []
    records: list[tuple[str, CutSitting]] = []
    for block in blocks:
        record, place = _record(block)
        if record is None:
            front += filter(None, [block.text])
            continue
        front += filter(None, [record.front.strip()])
        said += [
            KeyedTurn(f"{block.id}.{n}", block, turn, place)
            for n, turn in enumerate(record.turns, start=1)
            if turn.text
        ]
        records.append((block.text, record))
    return front, said, quality_of(_joined(records, "\n".join(front))) if said else None


def _record(block: SchedulePart) -> tuple[CutSitting | None, SpeakerRule | None]:
    """The block cut at its speakers' lines, and where these stand; None where it is no record."""
    if block.sort != _CONTENTS:
        record = read_sitting(block.text)
        if len(record.turns) >= 2:
            return record, None
    if "委員会記録" in block.title:
        return indented_turns(block.text), SpeakerRule.LINE_OF_ITS_OWN
    return None, None


def _joined(records: Sequence[tuple[str, CutSitting]], front: str) -> CutSitting:
    """Records as one sitting behind ``front``; places count in their texts, a line end between."""
    lines: list[SpeakerLine] = []
    missed: list[int] = []
    begin = 0
    for text, record in records:
        lines += [
            replace(line, begin=line.begin + begin, words=line.words + begin)
            for line in record.found.lines
        ]
        missed += [place + begin for place in record.found.missed]
        begin += len(text) + 1
    turns = tuple(turn for _, record in records for turn in record.turns)
    shown = tuple(line for _, record in records for line in record.missed)[:MOST_LINES]
    return CutSitting(front, turns, SpeakerLines(tuple(lines), tuple(missed)), shown)


def passages(said: Sequence[KeyedTurn], roster: str, url: str) -> Iterator[Passage]:
    """One passage for each utterance, with a link to its block below ``url``.

    The printed page is that on which the block begins: of its first utterance only.
    """
    begun: set[int] = set()
    for order, each in enumerate(said, start=1):
        block, turn = each.block, each.turn
        who = turn.who or (speaker_of(turn.label, roster) if turn.label.strip() else NOBODY)
        by = StanceRule.SITE_MARK if block.sort in _SPOKEN else StanceRule.MARK
        who = who.marked(turn.mark, by)
        place = [each.place] if each.place and turn.label.strip() else []
        yield Passage(
            key=each.key,
            order=order,
            text=turn.text,
            speaker=who.speaker,
            role=who.role,
            seat=who.seat,
            stance=who.stance,
            page=block.page if block.id not in begun else None,
            url=f"{url}&minute_id={block.id}",
            evidence=who.evidence(turn.printed, *place),
        )
        begun.add(block.id)


def _plain(body: str) -> str:
    """One ``<pre>`` with entities and a few elements; 〓 stands for a character given as image."""
    text = body
    if "<" in text:
        text = _BREAK.sub("\n", text)
        text = images_as_text(text)
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
