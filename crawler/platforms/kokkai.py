"""国会会議録検索システム (kokkai.ndl.go.jp): the Diet's minutes through the published API.

Signature: ``/api/meeting`` answers JSON or XML with ``numberOfRecords``. Specification:
https://kokkai.ndl.go.jp/api.html. Seen in 2026 in recorded answers of ``meeting`` (XML) and
``speech`` (JSON); a recorded error body was not to be had. The rules ask for no parallel requests
and a pause of some seconds after each answer.

Only 会議録 with utterances become documents: 目次, 索引, 附録 and 追録 hold none.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, takewhile
from urllib.parse import urlencode

from lxml import etree

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged, Wanted, refuse
from crawler.platform import Cost, Platform, Signature
from crawler.reading.candidate_lines import MARKS
from crawler.reading.quality import given_apart
from crawler.reading.spacing import without_space
from crawler.reading.speakers import plain_name
from crawler.reading.stance import told_stance
from kazami.dates import DateError, parse_date
from kazami.document import Passage, Stance
from kazami.errors import KazamiError
from kazami.evidence import Evidence
from kazami.reading_rules import DayRule, SpeakerRule, StanceRule
from kazami.sources import Source

AT_ONCE = 10
"""The most that ``meeting`` gives in one answer."""

FIRST_DAY = date(1947, 5, 20)
"""The first session of the Diet opened."""

Record = Mapping[str, object]

_MARKER = re.compile(
    rf"[{MARKS}](?P<label>[^\s（、。]*+(?:（(?:[^（）\n]|（[^（）\n]*）)*+）[^\s（、。]*+)?)(?:\s+|$)"
)
_OFFICE_AND_NAME = re.compile(r"(?P<office>[^（]+)（(?P<name>(?:[^（）]|（[^（）]*）)+)）")
_OFFICE_AFTER_NAME = re.compile(
    r"(?:(?:仮|副)?(?:議長|委員長|主査|会長)|委員|議員|[國国]務大臣|副大臣|大臣政務官|政務次官|長官|"
    r"政府委員|政府参考人|説明員|参考人|公述人|証人|事務総長|君)$"
)


class ApiError(KazamiError):
    """The API refused a request, and says why."""


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """One window for each month, the newest first.

    A month that ``since`` or ``until`` cuts, and what a query finds, are listings of their own:
    they say nothing about what the whole month holds.
    """
    api = source.url.rstrip("/").removesuffix("/meeting") + "/meeting"
    last = wanted.until or _month_end(wanted.today)
    first = max(wanted.since or FIRST_DAY, FIRST_DAY)
    while last >= first:
        begin = max(last.replace(day=1), first)
        whole = (begin.day == 1 and last == _month_end(last)) or begin == FIRST_DAY
        name = f"{begin:%Y-%m}" if whole else f"{begin}/{last}"
        if wanted.query:
            name = f"any={wanted.query}/{name}"
        yield _window(api, name, begin, last, wanted.query, 1, {})
        last = begin - timedelta(days=1)


def parse_meetings(
    page: Page,
    *,
    api: str,
    name: str,
    since: str,
    until: str,
    begin: int,
    query: str | None = None,
    expected: int | None = None,
    documents: Sequence[str] = (),
) -> Iterator[Answer]:
    """One answer of ``meeting``, and the next; at the end the listing of the window.

    Raises PageChanged where the numbers do not fit: records that moved between two answers
    would be missed without a word.
    """
    answer = read_answer(page)
    total = answer.total if expected is None else expected
    if answer.total != total:
        raise PageChanged(page.url, f"{total} records as before", str(answer.total))
    if total and answer.begin != begin:
        raise PageChanged(page.url, f"records from {begin}", f"from {answer.begin}")
    done = begin - 1 + len(answer.records)
    if (done < total) != (answer.following is not None):
        raise PageChanged(page.url, f"{total} records", f"an end after {done}")
    if answer.following is not None and answer.following != done + 1:
        raise PageChanged(page.url, f"record {done + 1} next", str(answer.following))
    found = [meeting for record in answer.records if (meeting := read_meeting(page, record))]
    yield from found
    documents = [*documents, *(meeting.key for meeting in found)]
    if len(set(documents)) != len(documents):
        raise PageChanged(page.url, "every meeting once", "one of them twice")
    if answer.following is None:
        yield Listed(name=name, documents=tuple(documents))
        return
    yield _window(
        api,
        name,
        date.fromisoformat(since),
        date.fromisoformat(until),
        query,
        answer.following,
        {"expected": total, "documents": documents},
    )


def _window(
    api: str,
    name: str,
    since: date,
    until: date,
    query: str | None,
    begin: int,
    so_far: Mapping[str, object],
) -> Follow:
    fields: dict[str, str | int] = {"any": query} if query else {}
    fields |= {"from": since.isoformat(), "until": until.isoformat(), "startRecord": begin}
    fields |= {"maximumRecords": AT_ONCE, "recordPacking": "json"}
    return Follow(
        url=f"{api}?{urlencode(fields)}",
        parse=parse_meetings,
        key=f"{name}/{begin}",
        cb_kwargs={
            "api": api,
            "name": name,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "query": query,
            "begin": begin,
            **so_far,
        },
        listing=name if begin == 1 else None,
        newest=until if begin == 1 else None,
    )


@dataclass(frozen=True, kw_only=True)
class ApiAnswer:
    """What stands around the records: how many there are, the first of these, the next."""

    total: int
    begin: int
    following: int | None
    records: tuple[Record, ...]


def read_answer(page: Page) -> ApiAnswer:
    """The answer of ``meeting`` or ``speech``, JSON or XML; speeches are put into their meetings.

    Raises ApiError with the API's message, PageChanged for anything else than an answer.
    """
    refuse(page)
    body = page.body.lstrip()
    whole = _from_xml(page) if body.startswith(b"<") else _from_json(page)
    if "numberOfRecords" not in whole and whole.get("message"):
        details = whole.get("details")
        more = "; ".join(map(str, details)) if isinstance(details, list) else ""
        raise ApiError(f"{page.url}: {whole['message']} {more}".rstrip())
    total = _number(page, whole, "numberOfRecords")
    records = whole.get("meetingRecord", whole.get("speechRecord", []))
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise PageChanged(page.url, "a list of records", repr(records)[:40])
    if len(records) != _number(page, whole, "numberOfReturn") or bool(records) != bool(total):
        raise PageChanged(page.url, f"records out of {total}", str(len(records)))
    following = whole.get("nextRecordPosition")
    return ApiAnswer(
        total=total,
        begin=_number(page, whole, "startRecord") if total else 1,
        following=_number(page, whole, "nextRecordPosition") if following else None,
        records=tuple(_meetings(records) if "speechRecord" in whole else records),
    )


def read_meeting(page: Page, record: Record) -> Found | None:
    """One meeting; None where it is no 会議録 or nobody speaks in it.

    会議録情報 (date, attendance, agenda) is the front matter. What was said comes without the
    marker 「○例示太郎君　」 before it.
    """
    if _text(record, "imageKind") != "会議録":
        return None
    key, speeches = _text(record, "issueID"), record.get("speechRecord")
    if not key or not isinstance(speeches, list):
        raise PageChanged(page.url, "an issueID and its speechRecord", repr(key))
    front: list[str] = []
    passages: list[Passage] = []
    for speech in speeches:
        if not isinstance(speech, dict):
            raise PageChanged(page.url, f"a speech in {key}", repr(speech)[:40])
        if (_text(speech, "speaker") or "").startswith("会議録情報"):
            front.append(_printed(speech))
        else:
            passages.append(_passage(page, speech))
    if not passages:
        return None
    if any(a.order >= b.order for a, b in pairwise(passages)):
        raise PageChanged(page.url, f"speeches of {key} in order", "another order")
    try:
        day = parse_date(_text(record, "date") or "")
    except DateError as error:
        raise PageChanged(page.url, f"the day of {key}", str(error)) from error
    return Found(
        key=key,
        title=_title(page, record),
        date=day,
        url=_text(record, "meetingURL") or f"https://kokkai.ndl.go.jp/txt/{key}",
        passages=tuple(passages),
        front_matter="\n\n".join(filter(None, front)),
        reading=given_apart(passages, DayRule.LISTED, _text(record, "date") or ""),
    )


def _title(page: Page, record: Record) -> str:
    """第221回国会 参議院 厚生労働委員会 第3号"""
    meeting, session = _text(record, "nameOfMeeting"), _text(record, "session")
    if not meeting:
        raise PageChanged(page.url, "nameOfMeeting")
    session = f"第{session}回国会" if session else None
    parts = (session, _text(record, "nameOfHouse"), meeting, _text(record, "issue"))
    closing = "（閉会中）" if _text(record, "closing") else ""
    return " ".join(filter(None, parts)) + closing


def _passage(page: Page, speech: Record) -> Passage:
    order = _number(page, speech, "speechOrder")
    name = _text(speech, "speaker")
    text = _printed(speech)
    office, said = _said(text, without_space(name or ""))
    position, capacity = _text(speech, "speakerPosition"), _text(speech, "speakerRole")
    role = position or capacity or office
    if not text or order < 1:
        raise PageChanged(page.url, f"a speech at {order}", repr(text))
    if said != text and not (role or capacity):
        # A member without office: ○例示太郎君.
        stance, told = Stance.QUESTION, StanceRule.NO_OFFICE
    else:
        stance, told = told_stance(capacity or office or position, name)
    given = position or capacity
    rules = [SpeakerRule.FIELD] if name else [SpeakerRule.NOBODY]
    if role and not given:
        rules.append(SpeakerRule.OFFICE_IN_LINE)
    line = text[: len(text) - len(said)].strip()
    evidence = Evidence(
        printed=line or " ".join(filter(None, (given, name))),
        speaker=" ".join(rule.value for rule in rules),
        stance=told.value,
    )
    return Passage(
        key=str(order),
        order=order,
        text=said,
        speaker=plain_name(name) if name else None,
        role=role,
        stance=stance,
        page=_number(page, speech, "startPage") or None if speech.get("startPage") else None,
        url=_text(speech, "speechURL"),
        evidence=evidence,
    )


def _printed(speech: Record) -> str:
    return (_text(speech, "speech") or "").replace("\r\n", "\n").strip()


def _said(text: str, name: str) -> tuple[str | None, str]:
    """The office in the marker, and what follows the marker.

    ○議長（例示太郎君）, ○例示国務大臣, ○例示（太）委員, ○例示太郎君. What is no marker of this
    speaker is left where it is.
    """
    match = _MARKER.match(text)
    said = text[match.end() :] if match else ""
    if not match or not said:
        return None, text
    label = match["label"]
    outside = _OFFICE_AND_NAME.fullmatch(label)
    if outside and _same(outside["name"], name):
        return outside["office"], said
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(label, name, strict=False))
    surname = len(list(alike))
    rest = re.sub(r"^（[^）]*）", "", label[surname:])
    if surname and rest:
        return (None if rest == "君" else rest), said
    office = _OFFICE_AFTER_NAME.search(label)
    if office:
        return (None if office[0] == "君" else office[0]), said
    return (None, said) if surname else (None, text)


def _same(printed: str, name: str) -> bool:
    """Old minutes print 滿 where the index says 満, so that one shared character must do."""
    return bool(set(plain_name(printed)) & set(plain_name(name)))


def _from_json(page: Page) -> dict[str, object]:
    try:
        whole = json.loads(page.text("utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise PageChanged(page.url, "whole JSON", str(error)) from error
    if not isinstance(whole, dict):
        raise PageChanged(page.url, "an object", repr(whole)[:40])
    return whole


def _from_xml(page: Page) -> dict[str, object]:
    """``<data>`` as the JSON would be; entities are not resolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(page.body, parser)
    except etree.XMLSyntaxError as error:
        raise PageChanged(page.url, "whole XML", str(error)) from error
    if root.tag != "data":
        raise PageChanged(page.url, "<data>", f"<{root.tag}>")
    whole: dict[str, object] = {child.tag: child.text for child in root if len(child) == 0}
    for kind in ("meetingRecord", "speechRecord"):
        records = root.findall(f"records/record/recordData/{kind}")
        if records:
            whole[kind] = [_element(record) for record in records]
    return whole


def _element(element: etree._Element) -> dict[str, object]:
    fields: dict[str, object] = {}
    for child in element:
        if child.tag == "speechRecord":
            speeches = fields.setdefault("speechRecord", [])
            assert isinstance(speeches, list)
            speeches.append(_element(child))
        else:
            fields[str(child.tag)] = child.text
    return fields


def _meetings(speeches: Sequence[Record]) -> list[Record]:
    """Speeches of ``speech``, each of which repeats its meeting, under their meetings."""
    meetings: dict[object, dict[str, object]] = {}
    for speech in speeches:
        meeting = meetings.setdefault(speech.get("issueID"), {**speech, "speechRecord": []})
        own = meeting["speechRecord"]
        assert isinstance(own, list)
        own.append(speech)
    for meeting in meetings.values():
        own = meeting["speechRecord"]
        assert isinstance(own, list)
        own.sort(key=lambda speech: int(speech.get("speechOrder") or 0))
    return list(meetings.values())


def _text(record: Record, field: str) -> str | None:
    value = record.get(field)
    return str(value) if value is not None and str(value).strip() else None


def _number(page: Page, record: Record, field: str) -> int:
    value = str(record.get(field))
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise PageChanged(page.url, f"a number {field}", repr(value)[:40])
    return int(value)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


PLATFORM = Platform(
    name="kokkai",
    # 「数秒おいて」, wait a few after each answer.
    delay=3.0,
    signature=Signature(
        entry=r"https://kokkai\.ndl\.go\.jp/api/",
        page=r"kokkai\.ndl\.go\.jp/",
        text="/api/meeting",
    ),
    cost=Cost(run=1, year=12, sitting=0.1),  # ten sittings in an answer
    start=start,
    parsers=(parse_meetings,),
)
