"""The facts of one tender notice, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from crawler.reading.notices.amounts import amount, unit_of
from crawler.reading.notices.deadlines import Said, deadlines, said_days
from crawler.reading.notices.grades import grades
from crawler.reading.notices.kinds import stage_of
from crawler.reading.notices.labelled import Labelled, labelled
from crawler.reading.notices.meaning import meaning_of
from crawler.reading.notices.naming import category_in, procedure_in
from crawler.reading.notices.segments import Statement, segments
from crawler.reading.notices.words import vocabulary
from kazami.facts import Deadline, Fact, Stage, TenderFacts
from kazami.partial_days import find_partial_days
from kazami.text import exact_form

_TEXTS = ("project", "number", "organisation", "place", "period", "eligibility", "quarter")
_NUMBER = re.compile(r"[0-9A-Za-z一-龥ァ-ヶ()第号の\-・/ ]{0,40}")
_SOME_DAY = re.compile(r"[0-9〇一二三四五六七八九十]\s?日|[0-9][./][0-9]")
_SIGNED = re.compile(
    r"[知市町村区]\s?長|知事|管理者|担当官|担当者|代表|企業長|理事長|院長|教育長|所長|局長|部長"
    r"|[課室局部]\)?$"
)
_NUMBERED = re.compile(r"付け?\s?[^0-9。]{0,16}(?:公告|告示|公示)\s?第?\s?[0-9の\-]+\s?号")
_PLAIN_LABELS = {"place": "場所", "period": "期間"}
_NOT_ITS_COURSE = ("-period", "-record", "-updated")
"""Whose days may lie in another year than those of the procedure."""

_EARLIEST = timedelta(days=60)
_DATED = 12
"""Of the pieces with a day, so many from the first in which one alone is that of the notice."""

_LAST = 40
"""Pieces of a notice's end in which the name of an office is that of who buys."""


def read_tender(
    title: str, blocks: Sequence[str], *, seen: date, listed: Mapping[str, str] | None = None
) -> TenderFacts:
    """What a notice states of its purchase; a fact that it does not state is None.

    ``blocks`` are its paragraphs, lines or rows (cells parted by tabs or `` | ``) in order.
    ``listed`` are cells of the list that linked to it, or fields of an API, by their printed
    names. ``seen`` is the day of the visit: a day of publication after it is None, its words
    shown. A day is never guessed, see ``crawler.reading.notices.deadlines``.
    """
    pieces = segments(blocks, listed)
    said = said_days(pieces, seen)
    published = _published(pieces, said, seen)
    if any(each.stated.day is None for each in said):
        first = (each.stated.day for each in said if each.meaning not in _NOT_ITS_COURSE)
        later = next((day for day in first if day is not None), None)
        said = said_days(pieces, seen, published.value if published else None, later)
    values: dict[str, Labelled] = {}
    found = list(labelled(pieces))
    for each in found:
        if each.name == "period" and _is_paper_span(each):
            continue
        values.setdefault(each.name, each)
    for name, label in _PLAIN_LABELS.items():
        if name not in values and (plain := _of_the_work(label, found, pieces)):
            values[name] = replace(plain, name=name)
    texts = {name: _text(values.get(name)) for name in _TEXTS}
    if texts["project"] is None:
        texts["project"] = _project_of(title) or _quoted_project(pieces)
    if texts["organisation"] is None:
        texts["organisation"] = _buyer(pieces)
    texts["period"] = texts["period"] or _in_prose(_PERIOD_PROSE, pieces)
    texts["eligibility"] = grades(pieces) or texts["eligibility"]
    stage = stage_of(title, blocks)
    over = stage is not None and stage.value in (Stage.PLANNED, Stage.CANCELLED, Stage.FAILED)
    return TenderFacts(
        stage=stage,
        published=published,
        category=_category(values.get("category"), values.get("project"), texts["project"], title),
        procedure=_procedure(values.get("procedure"), title, pieces),
        budget=_budget(values.get("budget")) or _budget_in_prose(pieces),
        deadlines=() if over else _after(published, deadlines(said)),
        **texts,
    )


def _after(published: Fact[date] | None, found: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """The deadlines, one long before the notice's own day unknown: its year is a slip."""
    if published is None or published.value is None:
        return tuple(found)
    first = published.value - _EARLIEST
    return tuple(
        replace(each, day=None, time=None, begins=None) if each.day and each.day < first else each
        for each in found
    )


def _text(found: Labelled | None) -> Fact[str] | None:
    if found is None:
        return None
    value = re.sub(r"\s+", " ", found.printed).strip(" :：、。|")
    if found.name == "project":
        value = re.sub(r"\s(?:一式|[1１]式)$", "", value)
    return Fact(value, found.words) if value else None


def _of_the_work(
    label: str, found: Sequence[Labelled], pieces: Sequence[Statement]
) -> Labelled | None:
    """What stands behind 場所 or 期間 alone, where no heading says that it is a paper's."""
    for each in found:
        if re.sub(r"[^一-龥]", "", each.label).endswith(label) and each.name in (
            "remarks",
            "period",
        ):
            headings = pieces[each.place].headings
            if not any(meaning_of(heading)[0] for heading in headings[:1]):
                return each
    return None


def _is_paper_span(found: Labelled) -> bool:
    return not re.search(r"[0-9一二三四五六七八九十元]", found.value)


_QUOTED = re.compile(r"[「『]([^「」『』]{4,120})[」』]")
_QUOTED_PURCHASE = re.compile(
    r"[「『]([^「」『』]{4,60}(?:委託|工事|購入|買入れ?|賃貸借|業務|借入|リース|修繕|製造))[」』]"
)
_FIRST = 6
"""Pieces of a notice's beginning in which a name in quotes is that of what is bought."""

_TITLE_END = re.compile(
    r"(?:に係る|にかかる|に関する|を|の|\s)?(?:事業者|受託者|参加者|業者)?(?:選定|募集|の)?"
    r"(?:(?:条件|制限)付き?|公募型|簡易|事後審査型|希望制)*"
    r"(?:一般競争入札|指名競争入札|プロポーザル|企画提案|オープンカウンター?|見積合わ?せ|公募|入札"
    r"|入札公告|募集)(?:方式|\([^()]{1,14}\))*の?(?:公告|実施|公募|募集|参加者募集|事業者募集)?"
    r"(?:について|のお知らせ|します|を募集します|を公募します|を行います|実施要領|募集要項|入札説明書)?(?:\([^()]{1,20}\))?\s*$"
)


def _project_of(title: str) -> Fact[str] | None:
    """What the title says is bought, where no label of the text does."""
    plain = re.sub(r"[【\[][^【】\[\]]{0,24}[】\]]|[◆◇■□●○★☆]", " ", exact_form(title)).strip()
    if quoted := _QUOTED.search(plain):
        return Fact(quoted[1], title.strip())
    if re.search(r"(?:委託|工事|購入|買入れ?|賃貸借|業務|借入|リース|修繕|製造)$", plain):
        return Fact(plain, title.strip())
    if (end := _TITLE_END.search(plain)) and len(plain[: end.start()].strip()) >= 4:
        return Fact(plain[: end.start()].strip(), title.strip())
    return None


def _quoted_project(pieces: Sequence[Statement]) -> Fact[str] | None:
    """What a notice names in its first words: 「見本橋補修工事」は、中止します."""
    for piece in pieces[:_FIRST]:
        if found := _QUOTED_PURCHASE.search(piece.text):
            return Fact(found[1], piece.words()[:200])
    return None


def _published(pieces: Sequence[Statement], said: Sequence[Said], seen: date) -> Fact[date] | None:
    words = None
    for each in said:
        if each.meaning == "-published" and not each.doubt:
            day = each.stated.begins or each.stated.day
            if each.stated.begins is None and each.stated.until:
                continue
            if day is not None and day <= seen:
                return Fact(day, each.words[:200])
            words = words or each.words[:200]
    dated = (each for each in pieces if _SOME_DAY.search(each.text, 0, 60))
    for piece in islice(dated, _DATED):
        if (found := _alone(piece)) and found[0] <= seen:
            return Fact(*found)
        if found:
            words = words or found[1]
    return Fact(None, words) if words else None


def _alone(piece: Statement) -> tuple[date, str] | None:
    """A day that stands alone in its line, or before the name of who signs."""
    text = piece.text.strip()
    days = find_partial_days(text[:60])
    if not days or days[0].day is None or not days[0].agrees(days[0].day) or len(piece.cells) > 1:
        return None
    before, after = text[: days[0].start], text[days[0].end :]
    numbered = re.fullmatch(r"[^0-9]{0,12}(?:公告|告示|公示)?第?\s?[0-9の\-]+\s?号\s?", before)
    said = re.fullmatch(r"\s?(?:公示|公告|公表|掲載|発行)\)?", after.strip())
    if said and len(before) <= 16 and not re.search(r"[0-9]", before):
        return days[0].day, piece.words()[:120]
    if before.strip(" (") and not numbered:
        return None
    signed = _SIGNED.search(after[:40]) or _NUMBERED.fullmatch(after.strip())
    if after.strip(" )付け。") and not signed:
        return None
    if re.match(r"\s?(?:まで|から|~|必着|締切)", after):
        return None
    return days[0].day, piece.words()[:120]


def _category(
    found: Labelled | None, named: Labelled | None, project: Fact[str] | None, title: str
) -> Fact[str] | None:
    """In the words of the notice: its label, that of the name (工事名), the name, the title."""
    if found is not None and (value := _text(found)):
        return value
    if named is not None and (printed := category_in(named.label)):
        return Fact(printed, named.words)
    for fact in (project, Fact(exact_form(title), title.strip() or "-")):
        if fact and fact.value and (printed := category_in(fact.value)):
            return Fact(printed, fact.words)
    return None


def _procedure(found: Labelled | None, title: str, pieces: Sequence[Statement]) -> Fact[str] | None:
    """By the words of the notice: its label, its title, its lines; never by its kind."""
    sources = [(found.value, found.words)] if found is not None else []
    sources.append((exact_form(title), title.strip()))
    for text, words in sources:
        if printed := procedure_in(text):
            return Fact(printed, words)
    for piece in pieces:
        if printed := procedure_in(piece.text):
            return Fact(printed, piece.words()[:200])
    return None


_SIGNS = re.compile("長|知事|契約担当|管理者|委員会|企業|水道")
_BUYER = re.compile(
    r"(?:^|[^一-龥]|日)((?:[一-龥ヶケァ-ヴー]\s?){1,7}?[都道府県市区町村])\s?(?:長|知事|契約担当|病院事業管理者|教育委員会|公営企業|水道)"
    r"|(?:^|[^一-龥]|日)([一-龥]{1,3}[都道府県])知事"
)


_OFFICE = re.compile(
    r"(?:.{0,60}[。\s])?[【(]?(?:(?:ご?お?問い?合わ?せ先?|担当(?:課|部署)?|事務局)[\s:】]*)?"
    r"((?:[一-龥ァ-ヶー]{1,14}\s?){0,2}[一-龥ァ-ヶー]{1,14}[課室局部])[】)]?(?:\s(?:電話|TEL|Tel).*)?"
)
"""A line that is the name of an office, at the end of a notice."""


def _buyer(pieces: Sequence[Statement]) -> Fact[str] | None:
    """Who signs the notice: 見本市 of 見本市長, where no label says who buys."""
    for piece in pieces:
        if (
            len(piece.text) <= 200
            and _SIGNS.search(piece.text)
            and (found := _BUYER.search(piece.text))
        ):
            return Fact(
                re.sub(r"\s", "", found[1] or found[2])
                .lstrip("日")
                .removeprefix("入札執行者")
                .removeprefix("契約担当者"),
                piece.words()[:120],
            )
    for piece in reversed(pieces[-_LAST:]):
        if found := _OFFICE.fullmatch(piece.text.strip()):
            return Fact(found[1].strip(), piece.words())
    return None


def _budget(found: Labelled | None) -> Fact[int] | None:
    if found is None:
        return None
    value = amount(found.value, unit_of(found.label), bare="円" in found.label)
    if (
        value is None
        and not any(each in found.value for each in vocabulary().unstated)
        and not re.search(r"[0-9]", found.value)
    ):
        return None
    return Fact(value, found.words)


_PERIOD_PROSE = re.compile(
    r"(?:履行|契約|委託|業務|指定|賃貸借|供給)の?(?:期間|期限)\s?(?:は|:)?、?\s?"
    r"(?P<value>(?:契約|令和|平成|20[0-9]{2}|[RH][0-9])[^。]{2,60}?(?:まで|限り|日間?))(?:と|。|、|の|$|\s|\))"
)
_BUDGET_PROSE = re.compile(
    r"(?:予定価格|提案上限額?|委託料の上限額?|上限額|上限金額|契約限度額|予算額|限度額|見積上限額)"
    r"\s?(?:は|:|の額は|として)、?\s?(?P<value>[^。0-9]{0,12}[0-9][^。]{0,30}?円(?!以上|未満|を超)[^。]{0,24})"
)


def _in_prose(pattern: re.Pattern[str], pieces: Sequence[Statement]) -> Fact[str] | None:
    """What a sentence says where no label does: 業務の期間は、契約締結日から令和…まで."""
    for piece in pieces:
        if found := pattern.search(piece.text):
            return Fact(piece.words(*found.span("value")), piece.words(*found.span())[:200])
    return None


def _budget_in_prose(pieces: Sequence[Statement]) -> Fact[int] | None:
    for piece in pieces:
        if "円" not in piece.text:
            continue
        found = _BUDGET_PROSE.search(piece.text)
        if found and (value := amount(found["value"])) is not None:
            return Fact(value, piece.words(*found.span())[:200])
    return None
