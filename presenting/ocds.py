"""Notices and awards in the Open Contracting Data Standard, version 1.1.

https://standard.open-contracting.org/1.1/en/ says what the fields mean. A process has the id of its
oldest document here, so that a notice, its correction and its award are one. The prefix is not one
of the registered ones: who publishes such a file asks for a prefix of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from answers.joining import VersionStage
from kazami.errors import KazamiError
from kazami.facts import AwardOutcome, Deadline
from kazami.procurement import JAPAN, OFFERS, TenderState
from presenting.export import to_json
from presenting.names import body_name
from presenting.safe_text import clean, one_line

if TYPE_CHECKING:
    from answers.awards import StoredAward
    from answers.tenders import Offer, TendersAnswer

PREFIX = "kazami"
_LAST = time(23, 59, 59)
_BODY_SCHEME = "JP-LGC"
"""団体コード; there is no scheme of org-id.guide for it."""
_COMPANY_SCHEME = "JP-JCN"
"""法人番号, as org-id.guide calls it."""

_TAGS = {
    VersionStage.PLANNED: "planning",
    VersionStage.NOTICE: "tender",
    VersionStage.CORRECTION: "tenderAmendment",
    VersionStage.CANCELLED: "tenderCancellation",
    VersionStage.FAILED: "tenderUpdate",
    VersionStage.AWARD: "award",
}
_TENDER_STATUS = {
    TenderState.PLANNED: "planned",
    TenderState.OPEN: "active",
    TenderState.CLOSED: "complete",
    TenderState.CANCELLED: "cancelled",
    TenderState.FAILED: "unsuccessful",
}
_AWARD_STATUS = {
    AwardOutcome.AWARDED: "active",
    AwardOutcome.FAILED: "unsuccessful",
    AwardOutcome.CANCELLED: "cancelled",
}
_CATEGORIES = {
    "works": ("工事",),
    "goods": ("物品", "購入", "売買"),
    "services": ("役務", "委託", "業務", "コンサル", "測量", "賃貸借"),
}


class NothingToExport(KazamiError):
    """A package must hold at least one release."""

    def __init__(self) -> None:
        super().__init__("no document with a date fits, and OCDS has no empty package")


@dataclass(frozen=True, slots=True)
class OcdsPackage:
    """``text`` holds ``releases``; ``undated`` documents have no day, which a release needs."""

    text: str
    releases: int
    undated: int


def tenders_package(answer: TendersAnswer) -> OcdsPackage:
    """A release for each tender, as its latest document leaves it; raises NothingToExport."""
    dated = [offer for offer in answer.offers if offer.tender.date is not None]
    releases = [_tender_release(offer) for offer in dated]
    return _package(releases, answer.at, len(answer.offers) - len(dated))


def awards_package(
    awards: Sequence[StoredAward], processes: dict[str, str], at: datetime
) -> OcdsPackage:
    """A release for each award; ``processes`` says which document its process is named after.

    Raises NothingToExport.
    """
    dated = [award for award in awards if award.date is not None]
    releases = [_award_release(award, processes.get(award.id, award.id)) for award in dated]
    return _package(releases, at, len(awards) - len(dated))


def _package(releases: list[dict[str, Any]], at: datetime, undated: int) -> OcdsPackage:
    if not releases:
        raise NothingToExport
    content = json.dumps(releases, ensure_ascii=False, sort_keys=True)
    package = {
        "uri": f"urn:uuid:{uuid5(NAMESPACE_URL, content)}",
        "version": "1.1",
        "publishedDate": at.astimezone(JAPAN).isoformat(timespec="seconds"),
        "publisher": {"name": "kazami"},
        "releases": releases,
    }
    return OcdsPackage(to_json(package), len(releases), undated)


def _tender_release(offer: Offer) -> dict[str, Any]:
    tender = offer.tender
    assert tender.date is not None  # else there is no release
    latest = offer.versions[-1].stage if offer.versions else VersionStage.NOTICE
    deadlines = [each for each in offer.deadlines if each.day is not None]
    known: dict[str, Any] = {
        "id": one_line(tender.number) if tender.number else _ocid(offer.first_id),
        "title": one_line(tender.project or tender.title),
        "status": _TENDER_STATUS.get(offer.state),
        "value": _yen(tender.budget),
        "procurementMethodDetails": tender.procedure and one_line(tender.procedure),
        "mainProcurementCategory": _category(tender.category),
        "tenderPeriod": tender.closes and {"endDate": _moment(tender.closes, tender.closes_at)},
        "enquiryPeriod": _last(each for each in deadlines if "質問" in each.paper),
        "documents": [
            _document(each.id, each.url, each.day, _TAGS[each.stage])
            for each in offer.versions
            if each.url
        ],
        "milestones": [
            {
                "id": str(number),
                "type": "engagement",
                "title": one_line(each.paper),
                "dueDate": _moment(each.day, each.time),
                "status": "scheduled",
            }
            for number, each in enumerate(deadlines, 1)
            if each.day is not None and not _is_told(each)
        ],
    }
    return _release(
        tender.id,
        offer.first_id,
        tender.date,
        _TAGS[latest],
        tender.body,
        [],
        {"tender": _there(known)},
    )


def _is_told(deadline: Deadline) -> bool:
    """Whether the periods tell of it already."""
    return "質問" in deadline.paper or any(each in deadline.paper for each in OFFERS)


def _last(deadlines: Iterable[Deadline]) -> dict[str, str] | None:
    moments = [_moment(each.day, each.time) for each in deadlines if each.day is not None]
    return {"endDate": max(moments)} if moments else None


def _award_release(award: StoredAward, process: str) -> dict[str, Any]:
    assert award.date is not None  # else there is no release
    suppliers = [_supplier(award)] if award.supplier else []
    known: dict[str, Any] = {
        "id": award.id,
        "title": one_line(award.project or award.title),
        "status": _AWARD_STATUS[award.outcome],
        "date": _moment(award.date, time()),
        "value": _yen(award.amount),
        "suppliers": [{"id": each["id"], "name": each["name"]} for each in suppliers],
        "documents": [_document(award.id, award.url, award.date, "award")] if award.url else [],
    }
    tag = "awardCancellation" if award.outcome is AwardOutcome.CANCELLED else "award"
    return _release(
        award.id, process, award.date, tag, award.body, suppliers, {"awards": [_there(known)]}
    )


def _release(
    id: str,
    process: str,
    day: date,
    tag: str,
    body: str,
    suppliers: list[dict[str, Any]],
    told: dict[str, Any],
) -> dict[str, Any]:
    buyer = {"id": f"{_BODY_SCHEME}-{body}", "name": body_name(body)}
    party = buyer | {
        "identifier": {"scheme": _BODY_SCHEME, "id": body},
        "roles": ["buyer", "procuringEntity"],
    }
    return {
        "ocid": _ocid(process),
        # A release's id must hold no #; ours do not.
        "id": f"{id}/{tag}",
        "date": _moment(day, time()),
        "tag": [tag],
        "initiationType": "tender",
        "language": "ja",
        "parties": [party, *suppliers],
        "buyer": buyer,
        **told,
    }


def _supplier(award: StoredAward) -> dict[str, Any]:
    name = one_line(award.supplier or "")
    if award.corporate_number:
        identifier = {"scheme": _COMPANY_SCHEME, "id": award.corporate_number}
        id = f"{_COMPANY_SCHEME}-{award.corporate_number}"
        return {"id": id, "name": name, "identifier": identifier, "roles": ["supplier"]}
    return {"id": f"{PREFIX}-{_short(name)}", "name": name, "roles": ["supplier"]}


def _document(id: str, url: str | None, day: date | None, tag: str) -> dict[str, Any]:
    kind = "awardNotice" if tag == "award" else "tenderNotice"
    known = {
        "id": id,
        "documentType": kind,
        "url": clean(url or ""),
        "datePublished": day and _moment(day, time()),
        "language": "ja",
    }
    return _there(known)


def _category(printed: str | None) -> str | None:
    """goods, works or services, where the printed category says so."""
    for category, words in _CATEGORIES.items():
        if printed and any(word in printed for word in words):
            return category
    return None


def _yen(amount: int | None) -> dict[str, Any] | None:
    return None if amount is None else {"amount": amount, "currency": "JPY"}


def _moment(day: date, at: time | None) -> str:
    """A date-time in Japan's time; a day alone lasts to its end."""
    return datetime.combine(day, _LAST if at is None else at, JAPAN).isoformat()


def _ocid(id: str) -> str:
    return f"{PREFIX}-{_short(id)}"


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:24]


def _there(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in values.items() if value not in (None, [], "")}
