"""Until when which paper must be there: each day of a notice bound to the words that name it.

A row is one record. In a line the label stands before its day, or after it where the line begins
with a day. A label that names no paper (提出期限) takes that of its row, of the lines above it, of
the headings above them. A day that has no label is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from crawler.reading.notices.binding import LABEL, OF_THE_NEXT, around, bind
from crawler.reading.notices.columns import columns_as_rows
from crawler.reading.notices.corrections import current
from crawler.reading.notices.days import Stated, Years, days_of, first_hour, hour_behind_label
from crawler.reading.notices.footnotes import hour_referred_to, hours_of_footnotes
from crawler.reading.notices.meaning import (
    due_unknown,
    handed_in,
    is_bare,
    is_due,
    is_for_other,
    is_for_the_winner,
    is_label_like,
    is_of_another_call,
    is_sentence,
    meaning_of,
    names_publication,
    plain,
    printed_paper,
)
from crawler.reading.notices.segments import Statement
from crawler.reading.notices.words import vocabulary
from kazami.facts import Deadline
from kazami.partial_days import printed_year

_NEXT = re.compile(r"(?:令和|平成|20)?[0-9]{1,2}\s?[月/年]")
_DONE = re.compile("ました。?$")
_ASKS = re.compile(r"(?:ですか|でしょうか|ますか|ませんか)[。?？]?$")
_SAID = re.compile(r"は、?\s?$")
_PUT_OUT = re.compile(r"(?:公告|公示|公表)を?(?:いた)?しました。?")
_BY_POST = re.compile(r"(?:郵送|郵便|持参|電子メール|電子申請)[^。]{0,12}(?:場合|とき)は?、?\s?$")
_HELD = re.compile(r"[^。]{0,40}(?:行い|行う|行な|執行|実施)")
_CLOSED = re.compile(r"\s?(?:まで)?\s?\(?(?:必着|締切|〆|締め切)")
_AT_ONCE = re.compile(r"直ちに|ただちに|即時|引き?続き|直後|即日|終了後|締切り?後")
_RELATIVE_BEGIN = re.compile(r"(?<=\s)[^\s0-9]{2,24}日から(?:\s?まで)?\s?$")
_EMPTY_LABEL = frozenset({"", "-", "ー", "―", "—"})


@dataclass(frozen=True, slots=True)
class Said:
    """A day with its meaning: a paper's, or the class of another day (``-office``)."""

    meaning: str
    stated: Stated
    words: str
    place: int
    doubt: bool = False


def said_days(
    pieces: Sequence[Statement],
    seen: date,
    published: date | None = None,
    later: date | None = None,
) -> list[Said]:
    """Every day that has a meaning, papers' and others', in order.

    ``published``: the day of the notice, which a day without a year is near to where none
    stands before it. ``later``: another day of the notice's, see ``Years``.
    """
    reader = _Reader(Years(seen, published, later), hours_of_footnotes(pieces))
    for place, piece in enumerate(columns_as_rows(pieces)):
        reader.read(place, piece)
    return reader.found


def deadlines(said: Sequence[Said]) -> tuple[Deadline, ...]:
    """The papers' days, each once; one that cannot be told stays where the paper has no other."""
    found: dict[tuple[object, ...], Deadline] = {}
    began: Said | None = None
    for each in said:
        if each.meaning.startswith("-"):
            began = each if each.meaning == "-start" else None
            continue
        day = None if each.doubt else each.stated.day
        begins = each.stated.begins
        if began and began.stated.day and each.place - began.place <= 1:
            begins = begins or began.stated.day
        began = None
        if day is None or (begins and begins > day) or each.meaning in vocabulary().events:
            begins = None
        new = Deadline(
            paper=each.meaning,
            day=day,
            time=each.stated.time if day is not None else None,
            words=each.words[:300],
            begins=begins,
        )
        key = (new.paper, new.day)
        old = found.get(key)
        if old is None:
            found[key] = new
        elif old.time is None and new.time is not None:
            found[key] = replace(new, begins=new.begins or old.begins)
        elif old.time is not None and new.time not in (None, old.time):
            found[(*key, new.time)] = new
    known = {each.paper for each in found.values() if each.day is not None}
    kept = [each for each in found.values() if each.day is not None or each.paper not in known]
    named = {each.day for each in kept if each.paper != vocabulary().any_paper}
    return tuple(
        each for each in kept if each.paper != vocabulary().any_paper or each.day not in named
    )


def closing(found: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """Those that close the tender: after them no offer can be handed in."""
    for papers in vocabulary().closing:
        if of_them := tuple(each for each in found if each.paper in papers):
            return of_them
    return ()


class _Reader:
    def __init__(self, years: Years, footnotes: dict[str, time]) -> None:
        self.years = years
        self.footnotes = footnotes
        self.found: list[Said] = []
        self._window: list[Statement] = []
        self._header: tuple[str, ...] = ()
        self._changed: int | None = None
        self._used: list[Statement] = []

    def read(self, place: int, piece: Statement) -> None:
        if _ASKS.search(piece.text):
            return  # what a bidder supposes is not what the office states
        if (year := printed_year(piece.text)) is not None:
            self.years.year(year)
            return
        if len(piece.cells) > 1:
            self._row(place, piece)
        else:
            self._header = ()
            self._line(place, piece)

    def _row(self, place: int, piece: Statement) -> None:
        days = [days_of(current(cell), self.years) for cell in piece.cells]
        dated = [at for at, each in enumerate(days) if each]
        if not dated:
            if len([cell for cell in piece.cells if cell]) > 1:
                self._header = piece.cells
                after = _marked(piece.cells, vocabulary().after_change)
                before = _marked(piece.cells, vocabulary().before_change)
                self._changed = after[0] if after and before else None
            self._unknown(place, piece)
            self._window = [*self._window[-2:], piece]
            return
        if self._changed is not None and len(piece.cells) == len(self._header):
            dated = [at for at in dated if at == self._changed]
        columns = self._columns(piece, dated)
        labels = " ".join(cell for at, cell in enumerate(piece.cells) if at not in dated)
        for at in dated:
            cell = current(piece.cells[at])
            row = len(piece.cells) == 2 and bool(meaning_of(labels)[0] or is_due(labels))
            label = columns[at] if columns and not row else labels
            if columns and self._steps:
                label = self._of_step(labels, columns[at])
            self._cell(place, piece, cell, days[at], label)
        self._window = []

    @property
    def _steps(self) -> bool:
        """Whether the header names a column of beginnings: its rows are steps, not lots."""
        return any(meaning_of(cell)[0] == ("-start",) for cell in self._header)

    def _of_step(self, step: str, column: str) -> str:
        """The label of a cell under 開始 or 終了: its row's, but for where a span begins."""
        held = set(meaning_of(step)[0]) & vocabulary().events
        if meaning_of(column)[0] == ("-start",):
            return step if held else column
        if meaning_of(column)[0]:
            return column
        return step if meaning_of(step)[0] else f"{step} {column}"

    def _columns(self, piece: Statement, dated: list[int]) -> tuple[str, ...]:
        """The header's words for each cell, where the columns and not the rows are labelled."""
        if len(self._header) != len(piece.cells) or self._changed is not None:
            return ()
        # 入札手続 | 工期 | 240日間 above 入札手続 | 質問の期限 | 6月5日 is a row as that is
        if self._header[0] == piece.cells[0] or any(
            re.search("[0-9]", self._header[at]) for at in dated
        ):
            return ()
        meant = [at for at in dated if meaning_of(self._header[at])[0] or is_due(self._header[at])]
        return self._header if meant else ()

    def _cell(
        self, place: int, piece: Statement, cell: str, days: list[Stated], label: str
    ) -> None:
        inside = list(bind(cell, days, leading=False))
        for stated, own, after in inside:
            words = piece.words()
            papers = meaning_of(own)[0] or meaning_of(label)[0] or meaning_of(after)[0]
            papers = papers or self._context(piece, label + own)
            empty = label.strip() in _EMPTY_LABEL and not own.strip() and not after.strip()
            if not papers and empty and len(inside) == 1:
                self._add(place, (vocabulary().any_paper,), stated, words, cell, doubt=True)
                continue
            if not papers and (
                is_due(f"{label} {own}", alone=True) or _CLOSED.match(cell, stated.end)
            ):
                papers = (vocabulary().any_paper,)
            event = set(papers) <= vocabulary().events
            due = is_due(label) or is_due(own) or stated.until or bool(label.strip()) or event
            if papers and due:
                self._add(place, papers, stated, words, cell, label + own)

    def _line(self, place: int, piece: Statement) -> None:
        text = current(piece.text)
        days = days_of(text, self.years)
        if not days:
            self._unknown(place, piece)
            self._window = [*self._window[-2:], piece]
            return
        last_papers: tuple[str, ...] = ()
        for stated, before, after in bind(text, days):
            self._used = []
            label = before[-LABEL:]
            label = _RELATIVE_BEGIN.sub("", label)
            papers, gap = meaning_of(label)
            due = is_due(label)
            rest = text[stated.end : stated.end + 60]
            if (cut := _NEXT.search(rest)) and OF_THE_NEXT.search(rest[: cut.start()]):
                rest = ""  # 回答は8月3日: that is of the day behind it
            if is_of_another_call(before, rest) or is_for_the_winner(label):
                continue
            done = _DONE.search(after.strip()) and not _PUT_OUT.fullmatch(after.strip())
            if is_bare(label) and done:
                continue  # 7月8日追記：提出期限を延長しました
            if not papers and (handed := handed_in(after)):
                papers, gap, due = handed, 0, True
            if not papers and meaning_of(after)[0] and not is_label_like(label):
                papers, gap = meaning_of(after)[0], 0
                due = due or is_due(after) or stated.until
            alone = is_bare(label) and len(days) == 1
            if not papers and (due or stated.until or alone):
                papers = self._context(piece, label) if not is_sentence(label) else ()
                if not papers and _BY_POST.search(label):
                    papers = self._before(place)
                if not papers and last_papers and len(label.strip(" 、及び又は")) < 8:
                    papers = last_papers
                if not papers and due and is_label_like(plain(after)):
                    papers = tuple(
                        each for each in meaning_of(after)[0] if not each.startswith("-")
                    )
                if not papers and (due or stated.until) and not is_for_other(rest):
                    papers = printed_paper(label) or (
                        (vocabulary().any_paper,)
                        if is_due(label, alone=True) or _CLOSED.match(rest)
                        else ()
                    )
            prose = gap > 30 or is_sentence(label)
            if papers == ("-published",) and not names_publication(label, after, rest):
                continue
            if papers and not papers[0].startswith("-"):
                due = due or stated.until or (not prose and is_label_like(label))
                due = due or bool(after and is_due(after)) or (is_bare(label) and bool(papers))
                due = due or (gap <= 4 and bool(_SAID.search(label)))
                if not due or (is_for_other(rest) and not is_due(label)):
                    last_papers = papers
                    continue
            if papers:
                words = piece.words() if len(piece.raw) <= 160 else around(piece, stated)
                if self._used:
                    words = f"{' '.join(each.words() for each in self._used)} {words}"
                    label = f"{' '.join(each.text for each in self._used)} {label}"
                self._add(place, papers, stated, words, text, label)
            last_papers = papers
        if self.found and self.found[-1].place == place and self.found[-1].meaning == "-start":
            return  # what ends stands below it, under the same words
        self._window = []

    def _add(
        self,
        place: int,
        papers: tuple[str, ...],
        stated: Stated,
        words: str,
        text: str,
        label: str = "",
        doubt: bool = False,
    ) -> None:
        if (
            stated.day is not None
            and not doubt
            and papers[0] not in ("-period", "-record", "-updated")
        ):
            self.years.heed(stated.day)
        for paper in papers:
            if paper == "参加申請書" and self._of_an_event(place, label):
                paper = "説明会申込書"
            one = stated
            if not paper.startswith("-"):
                if paper in vocabulary().events and stated.day is not None:
                    one = replace(one, time=first_hour(text, stated.day_end), open=False)
                elif stated.open and not (
                    stated.time is not None
                    and (
                        "日時" in label
                        # 入札は7月3日午後2時から行います: no span begins, bids are opened there
                        or (
                            paper == "入札書"
                            and not is_due(label)
                            and _HELD.match(text, stated.end)
                        )
                    )
                ):
                    doubt = True
                if one.time is None and one.day is not None:
                    one = replace(one, time=hour_behind_label(text, stated.end))
                if one.time is None and one.day is not None:
                    one = replace(
                        one, time=hour_referred_to(self.footnotes, label, text[stated.end :])
                    )
            self.found.append(Said(paper, one, words, place, doubt))

    def _of_an_event(self, place: int, label: str) -> bool:
        """Whether who applies here applies for a briefing: 申込 in its line or under it."""
        if not re.search("申し?込", label) or "入札" in label or "表明" in label:
            return False
        near = [each.meaning for each in self.found[-2:] if place - each.place <= 1]
        return bool(near) and near[-1] in ("現場説明", "説明会")

    def _context(self, piece: Statement, label: str) -> tuple[str, ...]:
        """What the lines above, then the headings, say of a label that names no paper."""
        papers = self._above(piece)
        if "期間" in label or "期限" in label:  # an event has an hour, no span
            return tuple(each for each in papers if each not in vocabulary().events) or papers
        return papers

    def _above(self, piece: Statement) -> tuple[str, ...]:
        if piece.level == 3:
            if len(self._window) > 1 and self._window[-1].text.startswith("("):
                both = " ".join(each.text[:100] for each in self._window[-2:])
                if papers := meaning_of(both)[0]:
                    self._used = self._window[-2:]
                    return papers
            for at in range(len(self._window) - 1, -1, -1):
                above = self._window[at]
                if above.text.rstrip().endswith("。"):
                    break
                if papers := meaning_of(above.text[:100])[0]:
                    begin = max(at - 1, 0) if above.text.startswith("(") else at
                    self._used = self._window[begin:]
                    return papers
                if above.level < 3:
                    break
        for heading in piece.headings:
            if papers := meaning_of(heading)[0]:
                return papers
        for above in reversed(self._window):
            if len(above.text) <= 60 and (papers := meaning_of(above.text)[0]):
                return papers
        return ()

    def _before(self, place: int) -> tuple[str, ...]:
        """The paper told right above, of which 郵送の場合は6月17日必着 says more."""
        last = self.found[-1] if self.found else None
        near = last is not None and place - last.place <= 1 and not last.meaning.startswith("-")
        return (last.meaning,) if last is not None and near else ()

    def _unknown(self, place: int, piece: Statement) -> None:
        """A deadline whose day stands in words that leave it open: 開札日の前日まで."""
        text = piece.text[:120]
        if "開札" in text and _AT_ONCE.search(text) and "くじ" not in text:
            bids = [each for each in self.found if each.meaning == "入札書" and each.stated.day]
            if bids and len(text) - text.index("開札") <= 80:
                day = replace(bids[-1].stated, time=None, begins=None)
                words = f"{bids[-1].words} {piece.words()}"
                self.found.append(Said("開札", day, words, place))
                return
        found = due_unknown(piece.text) if len(piece.cells) <= 2 else ""
        if not found:
            return
        papers = meaning_of(found)[0]
        if not papers or papers[0].startswith("-"):
            return
        stated = Stated(0, 0, None, None)
        for paper in papers:
            self.found.append(Said(paper, stated, piece.words()[:160], place))


def _marked(cells: Sequence[str], words: tuple[str, ...]) -> list[int]:
    return [at for at, cell in enumerate(cells) if re.sub(r"\s", "", cell) in words]
