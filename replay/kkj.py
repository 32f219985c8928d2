"""The search API of the state's procurement portal (www.kkj.go.jp/api/) replayed.

After the official guide, version 1.1: what it leaves undefined is answered so that a reader cannot
lean on it. The order of the elements under one parent is another in every answer; there is no
paging; errors come with status 200. Not in the guide, and chosen here: results come by the time of
the portal's visit, the latest first; a number or a code that is none is an ``internal error``, and
so is a parameter given twice or a query beside a form. Unknown parameters change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import count
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from replay.invented_words import pick
from replay.kkj_notices import PREFECTURE, PREFECTURE_NAME, PortalNotice
from replay.kkj_query import INTERNAL, Matches, PortalRefusal, expression
from replay.replies import Reply, not_found
from replay.town_office import JST

MOST_AT_ONCE = 1000
INVALID_DATE = "Invalid Date Parameter"

_CATEGORIES = {"1": "物品", "2": "工事", "3": "役務"}
_PROCEDURES = {"1": "一般競争入札", "2": "簡易公募型競争入札", "3": "簡易公募型指名競争入札"}
_NEEDED = {"Query", "Project_Name", "Organization_Name", "LG_Code"}
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PERIOD = re.compile(rf"(?P<day>{_DAY})|(?P<first>{_DAY})?/(?P<last>{_DAY})?")
_BEYOND = re.compile(r"[\U00010000-\U0010ffff]")

Period = tuple[date, date]


class ProcurementPortal:
    """The API under ``/api/``, as it stands at the end of the day ``now``, which may be set.

    ``error``, where set, is the answer to everything: ``search disabled``, ``service does not
    exist``.
    """

    def __init__(self, notices: Iterable[PortalNotice], now: date) -> None:
        self.notices = tuple(notices)
        self.now = now
        self.error = ""
        self._asked = count(1)

    @property
    def sites(self) -> Mapping[str, ProcurementPortal]:
        """What a ReplayServer takes as ``sites``."""
        return {"api": self}

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        place, _, query = path.partition("?")
        if place != "/api/" or method not in ("GET", "POST"):
            return not_found(path)
        order = _Order(next(self._asked))
        try:
            if self.error:
                raise PortalRefusal(self.error)
            if method == "POST" and query:
                raise PortalRefusal(INTERNAL)
            fields = _fields(body if method == "POST" else query.encode())
            found = self.found(fields)
            most = min(_number(fields.get("Count", "10")), MOST_AT_ONCE)
            whole = order.element("Results", "", _results(found, most, order))
        except PortalRefusal as refused:
            whole = f"<Results><Error>{escape(str(refused))}</Error></Results>"
        text = f'<?xml version="1.0" encoding="UTF-8"?>{whole}'
        return Reply(
            body=text.encode("utf-8", "surrogatepass"), content_type="text/xml; charset=UTF-8"
        )

    def found(self, fields: Mapping[str, str]) -> tuple[PortalNotice, ...]:
        """Everything that the parameters ask for, however much that is.

        Raises PortalRefusal with the portal's message.
        """
        if not _NEEDED & {name for name, value in fields.items() if value}:
            raise PortalRefusal(INTERNAL)
        texts: list[tuple[Matches, str]] = [
            (expression(fields[name]), name)
            for name in ("Query", "Project_Name", "Organization_Name")
            if fields.get(name)
        ]
        codes = _codes(fields.get("LG_Code", ""), "[0-9]{2}")
        ranks = _codes(fields.get("Certification", ""), "[A-D]")
        category = _chosen(fields.get("Category", ""), _CATEGORIES)
        procedure = _chosen(fields.get("Procedure_Type", ""), _PROCEDURES)
        periods = {
            name: _period(fields[name]) for name in (*_DAYS, "CFT_Issue_Date") if fields.get(name)
        }
        return tuple(
            each
            for each in self.notices
            if each.fetched.date() <= self.now
            and all(matches(_searched(each, name)) for matches, name in texts)
            and (not codes or each.prefecture in codes)
            and (not ranks or not ranks.isdisjoint(each.certification))
            and (not category or each.category == category)
            and (not procedure or each.procedure == procedure)
            and all(_within(_day(each, name), period) for name, period in periods.items())
        )


class _Order:
    """The order of one answer: no other has the same."""

    def __init__(self, number: int) -> None:
        self.number = number

    def element(self, name: str, where: str, children: Sequence[str]) -> str:
        """An element of such children; ``where`` tells it from others of its name."""
        seed = (self.number, name, where)
        mixed = sorted(children, key=lambda each: pick(*seed, each[:40], among=1 << 60))
        return f"<{name}>{''.join(mixed)}</{name}>"


def _results(found: Sequence[PortalNotice], most: int, order: _Order) -> list[str]:
    results = [_result(each, at, order) for at, each in enumerate(found[:most], 1)]
    hits = f"<SearchHits>{len(found)}</SearchHits>"
    # The results among themselves stay in their order; the number of hits may stand behind them.
    listed = order.element("SearchResults", "", [hits, "".join(results)])
    return ["<Version>1.0</Version>", listed]


def _result(notice: PortalNotice, at: int, order: _Order) -> str:
    issued = _midnight(notice.issued) or _moment(notice.fetched)
    leaves = {
        "ResultId": str(at),
        "Key": notice.packed_key,
        "ExternalDocumentURI": notice.uri,
        "ProjectName": notice.name,
        "Date": _moment(notice.fetched),
        "FileType": notice.file_type,
        "FileSize": str(len(notice.text.encode())),
        "LgCode": notice.prefecture,
        "PrefectureName": PREFECTURE_NAME if notice.prefecture == PREFECTURE else None,
        "CityCode": notice.city,
        "CityName": notice.city_name,
        "OrganizationName": notice.organization,
        "Certification": " ".join(notice.certification) or None,
        "CftIssueDate": issued,
        "PeriodEndTime": _midnight(notice.period_end),
        "Category": notice.category,
        "ProcedureType": notice.procedure,
        "Location": notice.location,
        "TenderSubmissionDeadline": _midnight(notice.bid_start),
        "OpeningTendersEvent": _midnight(notice.opening),
        "ProjectDescription": notice.text,
    }
    children = [
        f"<{name}>{escape(value)}</{name}>" for name, value in leaves.items() if value is not None
    ]
    if notice.attachments:
        attachments = [
            order.element(
                "Attachment", uri, [f"<Name>{escape(name)}</Name>", f"<Uri>{escape(uri)}</Uri>"]
            )
            for name, uri in notice.attachments
        ]
        children.append(f"<Attachments>{''.join(attachments)}</Attachments>")
    whole = order.element("SearchResult", notice.key, children)
    return _BEYOND.sub(_surrogates, whole) if notice.surrogates else whole


def _surrogates(found: re.Match[str]) -> str:
    """The two halves of a character as UTF-16 has them (CESU-8, once they are bytes)."""
    packed = found[0].encode("utf-16-be")
    return "".join(chr(int.from_bytes(packed[at : at + 2])) for at in (0, 2))


def _fields(query: bytes) -> dict[str, str]:
    try:
        given = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise PortalRefusal(INTERNAL) from error
    fields = dict(given)
    if len(fields) < len(given):
        raise PortalRefusal(INTERNAL)
    return fields


def _number(written: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", written) or int(written) < 1:
        raise PortalRefusal(INTERNAL)
    return int(written)


def _codes(written: str, code: str) -> frozenset[str]:
    if written and not re.fullmatch(f"{code}(,{code})*", written):
        raise PortalRefusal(INTERNAL)
    return frozenset(written.split(",")) if written else frozenset()


def _chosen(written: str, among: Mapping[str, str]) -> str:
    if written and written not in among:
        raise PortalRefusal(INTERNAL)
    return among.get(written, "")


def _period(written: str) -> Period:
    """Both days included; refused where a day does not exist or the end comes first."""
    found = _PERIOD.fullmatch(written)
    if found is None or written == "/":
        raise PortalRefusal(INVALID_DATE)
    try:
        first = date.fromisoformat(found["day"] or found["first"] or "0001-01-01")
        last = date.fromisoformat(found["day"] or found["last"] or "9999-12-31")
    except ValueError as error:
        raise PortalRefusal(INVALID_DATE) from error
    if last < first:
        raise PortalRefusal(INVALID_DATE)
    return first, last


_DAYS = {
    "Tender_Submission_Deadline": "bid_start",
    "Opening_Tenders_Event": "opening",
    "Period_End_Time": "period_end",
}


def _day(notice: PortalNotice, name: str) -> date | None:
    if name == "CFT_Issue_Date":
        return notice.day
    day: date | None = getattr(notice, _DAYS[name])
    return day


def _within(day: date | None, period: Period) -> bool:
    return day is not None and period[0] <= day <= period[1]


def _searched(notice: PortalNotice, name: str) -> str:
    match name:
        case "Project_Name":
            return notice.name
        case "Organization_Name":
            return notice.organization or ""
        case _:
            return f"{notice.name}\n{notice.organization or ''}\n{notice.text}"


def _midnight(day: date | None) -> str | None:
    return None if day is None else _moment(datetime.combine(day, time(), JST))


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
