"""One notice as the portal's record gives it: a document with its passages and facts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from crawler.page import Found
from crawler.platforms.kkj.portal_answer import PortalRecord
from crawler.platforms.kkj.stated import facts_of, first_day, moment
from crawler.platforms.kkj.text import blocks_of, pieces_of, title_of
from crawler.platforms.kkj.whose import body_of
from kazami.attachments import Attachment, AttachmentState
from kazami.document import Passage

PERSON_PAGE = "https://www.kkj.go.jp/d/?D={}&L=ja"

_SHOWN = {
    "CityName": "市区町村",
    "Certification": "参加資格",
    "PeriodEndTime": "納入期限日",
    # The guide calls the field so, and its name a deadline.
    "TenderSubmissionDeadline": "入札開始日",
    "OpeningTendersEvent": "開札日",
    "ItemCode": "品目分類番号",
}
_KNOWN_ELSEWHERE = "公告情報"


def read_notice(record: PortalRecord) -> Found:
    """The document; raises ValueError saying what is missing or wrong."""
    key = record.get("Key")
    if not key or any(each.isspace() or each == "#" for each in key):
        raise ValueError(f"Key {key[:60]!r}")
    seen = moment(record, "Date")
    if seen is None:
        raise ValueError(f"{key}: no Date of the portal's visit")
    blocks = blocks_of(record.get("ProjectName"), record.get("ProjectDescription"))
    title, project = title_of(record.get("ProjectName"), blocks)
    if not title:
        raise ValueError(f"{key}: neither ProjectName nor a text")
    # With its frame, in which the day of publication may stand.
    whole = pieces_of(record.get("ProjectDescription"))
    facts = facts_of(record, title, project, whole, seen)
    return Found(
        key=key,
        title=title,
        date=first_day(record, facts, seen),
        url=PERSON_PAGE.format(quote(key, safe="=")),
        passages=tuple(_passages(blocks)),
        front_matter="\n".join(_shown(record)),
        facts=facts,
        attachments=tuple(_attachments(record)),
        version=record.get("Date"),
        body=body_of(record.get("OrganizationName"), record.get("LgCode"), record.get("CityCode")),
    )


def _passages(blocks: tuple[str, ...]) -> Iterator[Passage]:
    for order, text in enumerate(blocks, 1):
        yield Passage(key=str(order), order=order, text=text)


def _shown(record: PortalRecord) -> Iterator[str]:
    """Fields that are no fact by themselves, as the portal has them."""
    for tag, label in _SHOWN.items():
        if said := " ".join(record.get(tag).split()):
            yield f"{label}（{tag}）: {said}"


def _attachments(record: PortalRecord) -> Iterator[Attachment]:
    """The published page and its files; they lie on other hosts and are not fetched."""
    known = set()
    for name, url in ((_KNOWN_ELSEWHERE, record.get("ExternalDocumentURI")), *record.files):
        if url in known or not _is_address(url):
            continue
        known.add(url)
        name = " ".join(name.split()) or url.rpartition("/")[2] or url
        yield Attachment(name, url, AttachmentState.ELSEWHERE)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url.split()) == 1
