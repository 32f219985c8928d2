"""The facts of one tender notice, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from crawler.reading.notices.amounts import amount, unit_of
from crawler.reading.notices.deadlines import Said, deadlines, said_days
from crawler.reading.notices.kinds import stage_of
from crawler.reading.notices.labelled import Labelled, labelled
from crawler.reading.notices.segments import Segment, segments
from crawler.reading.notices.words import vocabulary
from kazami.facts import Fact, Stage, TenderFacts
from kazami.partial_days import find_partial_days
from kazami.text import exact_form

_TEXTS = ("project", "number", "organisation", "place", "period", "eligibility", "quarter")
_NUMBER = re.compile(r"[0-9A-Za-z一-龥ァ-ヶ()第号の\-・/ ]{0,40}")
_SIGNED = re.compile(
    r"[知市町村区]\s?長|知事|管理者|担当官|担当者|代表|企業長|理事長|院長|教育長|所長|局長|部長"
)
_FIRST = 40
"""Pieces of a notice's beginning in which a day that stands alone is that of the notice."""


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
    values: dict[str, Labelled] = {}
    for each in labelled(pieces):
        if each.name == "period" and _is_paper_span(each):
            continue
        values.setdefault(each.name, each)
    texts = {name: _text(values.get(name)) for name in _TEXTS}
    if texts["project"] is None:
        texts["project"] = _project_of(title)
    stage = stage_of(title, blocks)
    return TenderFacts(
        stage=stage,
        published=_published(pieces, said, seen),
        category=_category(values.get("category"), texts["project"], title),
        procedure=_procedure(values.get("procedure"), title, pieces),
        budget=_budget(values.get("budget")),
        deadlines=() if stage is not None and stage.value is Stage.PLANNED else deadlines(said),
        **texts,
    )


def _text(found: Labelled | None) -> Fact[str] | None:
    if found is None:
        return None
    value = re.sub(r"\s+", " ", found.value).strip(" :、。|")
    return Fact(value, found.words) if value else None


def _is_paper_span(found: Labelled) -> bool:
    return not re.search(r"[0-9一二三四五六七八九十元]", found.value)


_QUOTED = re.compile(r"[「『]([^「」『』]{4,120})[」』]")
_TITLE_END = re.compile(
    r"(?:に係る|にかかる|に関する|の)?(?:(?:条件|制限)付き?|公募型|簡易|事後審査型)*(?:一般競争入札|指名競争入札|プロポーザル|企画提案|オープンカウンター?|"
    r"見積合わ?せ|公募|入札|入札公告|募集)(?:方式)?(?:公告|の?実施|の?公募|の?募集)?(?:について|のお知らせ|します)?\s*$"
)


def _project_of(title: str) -> Fact[str] | None:
    """What the title says is bought, where no label of the text does."""
    plain = exact_form(title)
    if quoted := _QUOTED.search(plain):
        return Fact(quoted[1], title.strip())
    if (end := _TITLE_END.search(plain)) and len(plain[: end.start()].strip()) >= 4:
        return Fact(plain[: end.start()].strip(), title.strip())
    return None


def _published(pieces: Sequence[Segment], said: Sequence[Said], seen: date) -> Fact[date] | None:
    words = None
    for each in said:
        if each.meaning == "-published" and not each.doubt:
            day = each.stated.begins or each.stated.day
            if each.stated.begins is None and each.stated.until:
                continue
            if day is not None and day <= seen:
                return Fact(day, each.words[:200])
            words = words or each.words[:200]
    for piece in pieces[:_FIRST]:
        if (found := _alone(piece)) and found[0] <= seen:
            return Fact(*found)
        if found:
            words = words or found[1]
    return Fact(None, words) if words else None


def _alone(piece: Segment) -> tuple[date, str] | None:
    """A day that stands alone in its line, or before the name of who signs."""
    text = piece.text.strip()
    days = find_partial_days(text[:60])
    if not days or days[0].day is None or not days[0].agrees(days[0].day) or len(piece.cells) > 1:
        return None
    before, after = text[: days[0].start], text[days[0].end :]
    numbered = re.fullmatch(r"[^0-9]{0,12}(?:公告|告示|公示)?第?\s?[0-9の\-]+\s?号\s?", before)
    if before.strip(" (") and not numbered:
        return None
    if after.strip(" )付け。") and not _SIGNED.search(after[:40]):
        return None
    if re.match(r"\s?(?:まで|から|~|必着|締切)", after):
        return None
    return days[0].day, piece.words()[:120]


def _category(found: Labelled | None, project: Fact[str] | None, title: str) -> Fact[str] | None:
    if found is not None:
        for printed, category in vocabulary().categories:
            if printed in found.value:
                return Fact(category, found.words)
    for words in (project.value or "" if project else "", exact_form(title)):
        places = [(words.rfind(printed), category) for printed, category in vocabulary().categories]
        at, category = max(places)
        if at >= 0:
            return Fact(category, words)
    return None


def _procedure(found: Labelled | None, title: str, pieces: Sequence[Segment]) -> Fact[str] | None:
    """By the words of the notice: its label, its title, its first lines; never by its kind."""
    sources = [(found.value, found.words)] if found is not None else []
    sources.append((exact_form(title), title.strip()))
    sources += [(each.text, each.words()[:200]) for each in pieces[:_FIRST]]
    for text, words in sources:
        plain = re.sub(r"\s", "", text)
        for printed, procedure in vocabulary().procedures:
            if printed in plain:
                return Fact(procedure, words)
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
