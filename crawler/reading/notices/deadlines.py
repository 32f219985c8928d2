"""Until when which paper must be there: each day of a notice bound to the words that name it.

A row is one record. In a line the label stands before its day, or after it where the line begins
with a day. A label that names no paper (提出期限) takes that of its row, of the lines above it, of
the headings above them. A day that has no label is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from crawler.reading.notices.days import Stated, Years, days_of, first_hour, hours
from crawler.reading.notices.segments import Segment
from crawler.reading.notices.words import pattern, vocabulary
from kazami.facts import Deadline
from kazami.partial_days import printed_year

_LABEL = 120
"""Characters before a day in which its label is looked for."""

_AND = re.compile(
    r"(?:書類?|会|等|の提出|類)?\s?(?:及び|並びに|および|ならびに|・|、|と|,|&|/)\s?(?:の|工事費)?"
)
_PAPER_AS_PRINTED = re.compile(
    r"([一-龥ァ-ヶー]{1,12}(?:書|届|票|調書|資料|図書))(?:等|類)?(?:の|を|は|\s)"
)
_STRUCK = re.compile(r"~~.{1,60}?~~|<(s|del|strike)>.{1,80}?</\1>|\[取消線?\].{1,60}?\[/取消線?\]")
_ARROW = re.compile(r"\s?[→⇒➡]\s?")
_BRACKETS = re.compile(r"\([^()]*\)")
_MARK = re.compile(r"※\s?\d{1,2}")
_CLOSED = re.compile(r"\s?(?:まで)?\s?\(?(?:必着|締切|〆|締め切)")
_AT_ONCE = re.compile(r"直ちに|ただちに|即時|引き?続き|直後|即日|終了後|締切り?後")
_RELATIVE_BEGIN = re.compile(r"(?<=\s)[^\s0-9]{2,24}日から(?:\s?まで)?\s?$")
_FOOTNOTE_HOUR = re.compile(
    r"(?:期限日|最終日|終了日|締切日)の?(?P<hour>.{2,12}?)まで|各日の?.{2,12}?から(?P<daily>.{2,12}?)まで"
)
_NO_NAME = re.compile(r"日?(?:を記|を明記|後|以後|以降|までの間|の前日|システム|の日まで)")
_EMPTY_LABEL = frozenset({"", "-", "ー", "―", "—"})


@dataclass(frozen=True, slots=True)
class Said:
    """A day with its meaning: a paper's, or the class of another day (``-office``)."""

    meaning: str
    stated: Stated
    words: str
    place: int
    doubt: bool = False


def said_days(pieces: Sequence[Segment], seen: date) -> list[Said]:
    """Every day that has a meaning, papers' and others', in order."""
    reader = _Reader(Years(seen), _footnotes(pieces))
    for place, piece in enumerate(pieces):
        reader.read(place, piece)
    return reader.found


def deadlines(said: Sequence[Said]) -> tuple[Deadline, ...]:
    """The papers' days, each once; one that cannot be told stays where the paper has no other."""
    found: dict[tuple[object, ...], Deadline] = {}
    for each in said:
        if each.meaning.startswith("-"):
            continue
        day = None if each.doubt else each.stated.day
        new = Deadline(
            paper=each.meaning,
            day=day,
            time=each.stated.time if day is not None else None,
            words=each.words[:300],
            begins=each.stated.begins if day is not None else None,
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


def _footnotes(pieces: Sequence[Segment]) -> dict[str, time]:
    """※2 開始日の午前9時から期限日の午後5時までとする: the hour of each mark."""
    found: dict[str, time] = {}
    for piece in pieces:
        mark = _MARK.match(piece.text)
        said = _FOOTNOTE_HOUR.search(piece.text) if mark else None
        if mark and said and (read := hours(said["hour"] or said["daily"])):
            found.setdefault(re.sub(r"\s", "", mark[0]), read[-1])
    return found


class _Reader:
    def __init__(self, years: Years, footnotes: dict[str, time]) -> None:
        self.years = years
        self.footnotes = footnotes
        self.found: list[Said] = []
        self._window: list[Segment] = []
        self._header: tuple[str, ...] = ()
        self._changed: int | None = None
        self._used: list[Segment] = []

    def read(self, place: int, piece: Segment) -> None:
        if (year := printed_year(piece.text)) is not None:
            self.years.year(year)
            return
        if len(piece.cells) > 1:
            self._row(place, piece)
        else:
            self._header = ()
            self._line(place, piece)

    def _row(self, place: int, piece: Segment) -> None:
        days = [days_of(_current(cell), self.years) for cell in piece.cells]
        dated = [at for at, each in enumerate(days) if each]
        if not dated:
            if len([cell for cell in piece.cells if cell]) > 1 and not _due_unknown(piece.text):
                self._header = piece.cells
                after = [
                    at
                    for at, cell in enumerate(piece.cells)
                    if _marks(cell, vocabulary().after_change)
                ]
                before = [
                    at
                    for at, cell in enumerate(piece.cells)
                    if _marks(cell, vocabulary().before_change)
                ]
                self._changed = after[0] if after and before else None
            self._unknown(place, piece)
            self._window = [*self._window[-2:], piece]
            return
        if self._changed is not None and len(piece.cells) == len(self._header):
            dated = [at for at in dated if at == self._changed]
        columns = self._columns(piece, dated)
        labels = " ".join(cell for at, cell in enumerate(piece.cells) if at not in dated)
        for at in dated:
            cell = _current(piece.cells[at])
            label = columns[at] if columns else labels
            self._cell(place, piece, cell, days[at], label)
        self._window = []

    def _columns(self, piece: Segment, dated: list[int]) -> tuple[str, ...]:
        """The header's words for each cell, where the columns and not the rows are labelled."""
        if len(self._header) != len(piece.cells) or self._changed is not None:
            return ()
        meant = [at for at in dated if _meaning(self._header[at])[0] or _is_due(self._header[at])]
        return self._header if meant else ()

    def _cell(self, place: int, piece: Segment, cell: str, days: list[Stated], label: str) -> None:
        inside = list(_bind(cell, days, leading=False))
        for stated, own, after in inside:
            words = piece.words()
            papers = _meaning(own)[0] or _meaning(after)[0] if own or after else ()
            if not papers and own.strip(" :、") and (said := _meaning(f"{label} {own}")[0]):
                papers = said
            papers = papers or _meaning(label)[0] or self._context(piece, label + own)
            empty = label.strip() in _EMPTY_LABEL and not own.strip() and not after.strip()
            if not papers and empty and len(inside) == 1:
                self._add(place, (vocabulary().any_paper,), stated, words, cell, doubt=True)
                continue
            if not papers and (_is_due(label) or _is_due(own) or stated.until):
                papers = (vocabulary().any_paper,)
            event = set(papers) <= vocabulary().events
            due = _is_due(label) or _is_due(own) or stated.until or bool(label.strip()) or event
            if papers and due:
                self._add(place, papers, stated, words, cell, label + own)

    def _line(self, place: int, piece: Segment) -> None:
        text = _current(piece.text)
        days = days_of(text, self.years)
        if not days:
            self._unknown(place, piece)
            self._window = [*self._window[-2:], piece]
            return
        last_papers: tuple[str, ...] = ()
        for stated, before, after in _bind(text, days):
            self._used = []
            label = before[-_LABEL:]
            label = _RELATIVE_BEGIN.sub("", label)
            papers, gap = _meaning(label)
            due = _is_due(label)
            rest = text[stated.end : stated.end + 60]
            if not papers and _meaning(after)[0] and not _is_label_like(label):
                papers, gap = _meaning(after)[0], 0
                due = due or _is_due(after) or stated.until
            alone = _is_bare(label) and len(days) == 1
            if not papers and (due or stated.until or alone):
                papers = self._context(piece, label) if not _is_sentence(label) else ()
                if not papers and last_papers and len(label.strip(" 、及び又は")) < 8:
                    papers = last_papers
                if not papers and (due or stated.until) and not _other_verb(rest):
                    papers = _printed_paper(label) or (
                        (vocabulary().any_paper,) if due or _CLOSED.match(rest) else ()
                    )
            prose = gap > 30 or _is_sentence(label)
            if papers == ("-published",) and not _names_publication(label, after, rest):
                continue
            if papers and not papers[0].startswith("-"):
                due = due or stated.until or (not prose and _is_label_like(label))
                due = due or bool(after and _is_due(after)) or (_is_bare(label) and bool(papers))
                if not due or (_other_verb(rest) and not _is_due(label)):
                    last_papers = papers
                    continue
            if papers:
                words = piece.words() if len(piece.raw) <= 160 else _around(piece, stated)
                if self._used:
                    words = f"{' '.join(each.words() for each in self._used)} {words}"
                    label = f"{' '.join(each.text for each in self._used)} {label}"
                self._add(place, papers, stated, words, text, label)
            last_papers = papers
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
            one = stated
            if not paper.startswith("-"):
                if stated.time is None and paper in vocabulary().events and stated.day is not None:
                    one = replace(one, time=first_hour(text, stated.end), open=False)
                elif stated.open and not (
                    paper in vocabulary().events or (stated.time is not None and "日時" in label)
                ):
                    doubt = True
                if one.time is None and one.day is not None and (mark := _MARK.search(label)):
                    one = replace(one, time=self.footnotes.get(re.sub(r"\s", "", mark[0])))
            self.found.append(Said(paper, one, words, place, doubt))

    def _context(self, piece: Segment, label: str) -> tuple[str, ...]:
        """What the lines above, then the headings, say of a label that names no paper."""
        papers = self._above(piece)
        if "期間" in label or "期限" in label:  # an event has an hour, no span
            return tuple(each for each in papers if each not in vocabulary().events) or papers
        return papers

    def _above(self, piece: Segment) -> tuple[str, ...]:
        if piece.level == 3:
            for at in range(len(self._window) - 1, -1, -1):
                above = self._window[at]
                if above.text.rstrip().endswith("。"):
                    break
                if papers := _meaning(above.text[:100])[0]:
                    begin = max(at - 1, 0) if above.text.startswith("(") else at
                    self._used = self._window[begin:]
                    return papers
                if above.level < 3:
                    break
        for heading in piece.headings:
            if papers := _meaning(heading)[0]:
                return papers
        for above in reversed(self._window):
            if len(above.text) <= 60 and (papers := _meaning(above.text)[0]):
                return papers
        return ()

    def _unknown(self, place: int, piece: Segment) -> None:
        """A deadline whose day stands in words that leave it open: 開札日の前日まで."""
        text = piece.text[:120]
        if "開札" in text and _AT_ONCE.search(text) and "くじ" not in text:
            bids = [each for each in self.found if each.meaning == "入札書" and each.stated.day]
            if bids and len(text) - text.index("開札") <= 80:
                day = replace(bids[-1].stated, time=None, begins=None)
                words = f"{bids[-1].words} {piece.words()}"
                self.found.append(Said("開札", day, words, place))
                return
        if not (found := _due_unknown(piece.text)):
            return
        papers = _meaning(found)[0]
        if not papers or papers[0].startswith("-"):
            return
        stated = Stated(0, 0, None, None)
        for paper in papers:
            self.found.append(Said(paper, stated, piece.words()[:160], place))


def _due_unknown(text: str) -> str:
    """The label of a deadline that another day decides; empty for none."""
    if len(text) > 160:
        return ""
    due = pattern("due").search(text, 0, 60)
    if not due:
        return ""
    rest = text[due.end() :]
    other = pattern("another_day").search(rest, 0, 40)
    return text[: due.end()] if other and not _is_sentence(text[: due.end()]) else ""


def _current(text: str) -> str:
    """Without words that are struck through; of 旧→新 in a correction the new alone, in place."""
    if _STRUCK.search(text):
        text = _STRUCK.sub(lambda found: " " * len(found[0]), text)
    after = re.search(r"\(正\)|【正】|訂正後|変更後|修正後|正\s?[:：]", text)
    before = re.search(r"\(誤\)|【誤】|訂正前|変更前|修正前|誤\s?[:：]", text)
    if after and before and before.start() < after.start():
        text = (
            text[: before.start()] + " " * (after.start() - before.start()) + text[after.start() :]
        )
    elif before and not after:
        text = text[: before.start()] + " " * (len(text) - before.start())
    if (arrow := _ARROW.search(text)) and pattern("changes").search(text):
        first = re.search(r"(?:令和|平成|[RH]\d|20\d\d|\d{1,2}\s?月|\d{1,2}/\d)", text)
        if first and first.start() < arrow.start():
            text = text[: first.start()] + " " * (arrow.end() - first.start()) + text[arrow.end() :]
    return text


def _bind(
    text: str, days: list[Stated], *, leading: bool = True
) -> Iterator[tuple[Stated, str, str]]:
    """Each day with the words before it, as far as the day before, and those after it.

    ``leading``: in a text that begins with a day, the words after each are its label.
    """
    leads = leading and not _words(text[: days[0].start])
    for at, each in enumerate(days):
        begin = days[at - 1].end if at else 0
        end = days[at + 1].start if at + 1 < len(days) else len(text)
        after = text[each.end : min(end, each.end + _LABEL)]
        if leads:
            yield each, "", after
        else:
            yield each, text[begin : each.start], after if at + 1 == len(days) else ""


def _words(text: str) -> str:
    return re.sub(r"[\s()(){}<>・:：、,。\-]|^\d{1,2}[.)]?", "", text)


def _meaning(label: str) -> tuple[tuple[str, ...], int]:
    """What the label's last word means, with those it is joined to; and how far from the end."""
    meant = vocabulary().meanings
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


def _names_publication(label: str, after: str, rest: str) -> bool:
    """Whether a day is that of the notice, and not that of a law or list named in a sentence."""
    if re.match(r"\s?(?:付|の|に|以|現在|日)", rest) or "(" in label[-3:]:
        return False
    return len(_words(label)) <= 14 if _words(label) else len(_words(after)) <= 14


def _is_due(label: str) -> bool:
    return bool(pattern("due").search(label))


def _is_bare(label: str) -> bool:
    return len(_words(label)) == 0


def _is_label_like(label: str) -> bool:
    return 0 < len(_words(label)) <= 40 and not _is_sentence(label)


def _is_sentence(label: str) -> bool:
    return bool(
        re.search(r"[はをがにで][、\s]?[^はをがにで]{0,12}$|こと|する|した|もの", label[-40:])
    ) and (not re.search(r"(?:期限|期間|締切|日時|期日)\s?(?:は|:)?[、\s]*$", label))


def _other_verb(rest: str) -> bool:
    until = rest.split("。")[0]
    handed = re.search(r"提出|持参|郵送|必着|送付|申し?込|応募|送信|届", until)
    other = pattern("after_office").search(until)
    return bool(other and not (handed and handed.start() < other.start()))


def _printed_paper(label: str) -> tuple[str, ...]:
    found = list(_PAPER_AS_PRINTED.finditer(label[-60:] + " "))
    return (found[-1][1],) if found else ()


def _marks(cell: str, words: tuple[str, ...]) -> bool:
    return re.sub(r"\s", "", cell) in words


def _around(piece: Segment, stated: Stated) -> str:
    begin = max(0, stated.start - 60)
    cut = max(piece.text.rfind(mark, begin, stated.start) for mark in "。、 ")
    end = piece.text.find("。", stated.end, stated.end + 40)
    return piece.words(
        cut + 1 if cut > begin else begin,
        end if end >= 0 else min(len(piece.text), stated.end + 20),
    )
