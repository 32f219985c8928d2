"""The Diet's API (kokkai.ndl.go.jp/api/meeting) replayed from documents, JSON and XML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from kazami.document import Document, Passage, Stance
from replay.replies import ReplayError, Reply, not_found

MOST_AT_ONCE = 10

_TITLE = re.compile(
    r"第(?P<session>\d+)回国会 (?P<nameOfHouse>衆議院|参議院|両院|両院協議会) "
    r"(?P<nameOfMeeting>\S+) (?P<issue>第\S+号)"
)
_ISSUE = re.compile(r"[0-9A-Z]{21}")

Fields = dict[str, object]


class Diet:
    """The meetings of the Diet under ``/api/``.

    A title like 第221回国会 参議院 厚生労働委員会 第3号 is taken apart; any other becomes the name
    of the meeting. A key that is an issueID is kept, others are replaced by one made of their day.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        newest_first = sorted(documents, key=lambda document: document.day, reverse=True)
        self.meetings: dict[str, Document] = {}
        for document in newest_first:
            key = document.key if _ISSUE.fullmatch(document.key) else ""
            while not key or key in self.meetings:
                key = f"1{len(self.meetings):08X}X000{document.day:%Y%m%d}"
            self.meetings[key] = document
        self._records = {key: _record(key, each) for key, each in self.meetings.items()}

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The meetings that a query finds, or why it is refused."""
        rest = path.removeprefix("/api/")
        place, _, query = rest.partition("?")
        if place != "meeting" or method != "GET":
            return not_found(rest)
        fields = {name: values[0] for name, values in parse_qs(query).items()}
        if not fields.keys() & {"any", "from", "until", "nameOfMeeting", "issueID", "speaker"}:
            return _refused("(19007)検索条件を指定してください。")
        begin, most = fields.get("startRecord", "1"), fields.get("maximumRecords", "3")
        if not begin.isdigit() or int(begin) < 1:
            return _refused("(19004)開始位置の指定に誤りがあります。")
        if not most.isdigit() or not 1 <= int(most) <= MOST_AT_ONCE:
            return _refused("(19006)一回の最大取得件数の指定に誤りがあります。")
        found = [key for key, each in self.meetings.items() if _matches(each, fields)]
        if found and int(begin) > len(found):
            return _refused("(19004)開始位置が検索結果件数を超えています。")
        shown = found[int(begin) - 1 :][: int(most)]
        following = int(begin) + len(shown)
        whole: Fields = {
            "numberOfRecords": len(found),
            "numberOfReturn": len(shown),
            "startRecord": int(begin),
            "nextRecordPosition": following if following <= len(found) else None,
            "meetingRecord": [self._records[key] for key in shown],
        }
        if fields.get("recordPacking", "xml") != "json":
            return Reply(body=_xml(whole).encode(), content_type="application/xml; charset=UTF-8")
        return Reply(
            body=json.dumps(whole, ensure_ascii=False).encode(),
            content_type="application/json; charset=utf-8",
        )


def _matches(document: Document, fields: Mapping[str, str]) -> bool:
    first = date.fromisoformat(fields.get("from", "0001-01-01"))
    last = date.fromisoformat(fields.get("until", "9999-12-31"))
    text = "\n".join(passage.text for passage in document.passages)
    words = fields.get("any", "").split()
    return first <= document.day <= last and all(word in text for word in words)


def _record(key: str, document: Document) -> Fields:
    title = _TITLE.fullmatch(document.title)
    named: Fields = {"session": None, "nameOfHouse": None, "issue": None}
    named |= title.groupdict() if title else {"nameOfMeeting": document.title}
    if title:
        named["session"] = int(title["session"])
    speeches = [_speech(document, key, passage) for passage in document.passages]
    if document.front_matter:
        front = {"speaker": "会議録情報", "speech": _lines(document.front_matter)}
        speeches.insert(0, _numbered(key, 0, **front))
    return {
        "issueID": key,
        "imageKind": "会議録",
        "searchObject": 0,
        **named,
        "date": document.day.isoformat(),
        "closing": None,
        "speechRecord": speeches,
        "meetingURL": f"https://kokkai.ndl.go.jp/txt/{key}",
        "pdfURL": None,
    }


def _speech(document: Document, key: str, passage: Passage) -> Fields:
    """The marker is made so that speaker, office and stance can be read back from it."""
    name, role = passage.speaker, passage.role
    if role and not name:
        raise ReplayError(f"{document.key}#{passage.key}: the Diet names every speaker")
    if role:
        marker = f"○{role}（{name}君）\u3000"
    elif name and passage.stance is Stance.QUESTION:
        marker = f"○{name}君\u3000"
    else:
        marker = ""
    return _numbered(
        key,
        passage.order,
        speaker=name,
        speakerPosition=role,
        speech=_lines(marker + passage.text),
        startPage=passage.page or 0,
    )


def _numbered(key: str, order: int, **fields: object) -> Fields:
    empty = ("speaker", "speakerYomi", "speakerGroup", "speakerPosition", "speakerRole", "speech")
    return {
        "speechID": f"{key}_{order:03}",
        "speechOrder": order,
        **dict.fromkeys(empty),
        "startPage": 0,
        "createTime": "2026-01-05 01:02:43",
        "updateTime": "2026-01-26 18:29:58",
        "speechURL": f"https://kokkai.ndl.go.jp/txt/{key}/{order}",
        **fields,
    }


def _lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def _refused(message: str) -> Reply:
    body = json.dumps({"message": message, "details": []}, ensure_ascii=False)
    return Reply(body=body.encode(), content_type="application/json; charset=utf-8", status=400)


def _xml(whole: Fields) -> str:
    """As the site writes it: no line breaks, empty elements for null, no element at the end."""
    records = whole["meetingRecord"]
    assert isinstance(records, list)
    head = "".join(
        f"<{name}>{value}</{name}>"
        for name, value in whole.items()
        if name != "meetingRecord" and value is not None
    )
    packed = "".join(
        "<record><recordSchema>meeting</recordSchema><recordPacking>xml</recordPacking>"
        f"<recordData><meetingRecord>{_elements(record)}</meetingRecord></recordData></record>"
        for record in records
    )
    body = f"<records>{packed}</records>" if packed else ""
    return f'<?xml version="1.0" encoding="UTF-8"?><data>{head}{body}</data>'


def _elements(fields: Fields) -> str:
    parts = []
    for name, value in fields.items():
        if isinstance(value, list):
            parts += [f"<{name}>{_elements(each)}</{name}>" for each in value]
        else:
            text = "" if value is None else escape(str(value), {"\r": ""})
            parts.append(f"<{name}>{text}</{name}>")
    return "".join(parts)
