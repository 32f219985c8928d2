"""A document's page and its attached files come one by one: how they become one document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler.page import Attached, Found
from kazami.attachments import Attachment, AttachmentState
from kazami.document import Document, Kind, Passage
from kazami.facts import AnnouncementFacts, Fact

_KEEPS_ITS_TEXT = (AttachmentState.GONE, AttachmentState.FORBIDDEN, AttachmentState.UNREAD)
"""States that say nothing against what was read of the file before."""


def with_what_was_stored(new: Document, found: Found, before: Document | None) -> Document:
    """A page read again, with the text of its files as stored, and its first day."""
    if before is None:
        return new
    before = as_read(before)
    attachments = tuple(_as_before(each, before) for each in new.attachments)
    document = replace(
        new,
        attachments=attachments,
        passages=_together(new.passages, attachments, before.passages),
    )
    return _first_day(document, found.dated_by, before)


def with_attached(before: Document, attached: Attached) -> Document:
    """The document with what its file holds by now in the place of what the file held."""
    before = as_read(before)
    known = next((each for each in before.attachments if each.url == attached.url), None)
    if known is None:  # the page was read again meanwhile and links to it no more
        return before
    kept = [each for each in before.passages if each.part is not None]
    if attached.passages or attached.state not in _KEEPS_ITS_TEXT:
        kept = [each for each in kept if each.url != attached.url]
    attachments = tuple(
        replace(each, state=attached.state) if each.url == attached.url else each
        for each in before.attachments
    )
    page = [each for each in before.passages if each.part is None]
    return replace(
        before,
        attachments=attachments,
        passages=_together(page, attachments, [*kept, *attached.passages]),
    )


def as_read(document: Document) -> Document:
    """A stored document without a person's correction of its day, which the store lays over it."""
    if document.read_date is None:
        return document
    return replace(document, date=document.read_date, read_date=None)


def _together(
    page: Iterable[Passage], attachments: Iterable[Attachment], every: Iterable[Passage]
) -> tuple[Passage, ...]:
    """The page's passages, then those of each file in the page's order; orders without gaps."""
    by_file: dict[str | None, list[Passage]] = {}
    for passage in every:
        if passage.part is not None:
            by_file.setdefault(passage.url, []).append(passage)
    ordered = [each for each in page if each.part is None]
    ordered += [each for file in attachments for each in by_file.pop(file.url, ())]
    return tuple(replace(each, order=order) for order, each in enumerate(ordered, 1))


def _as_before(attachment: Attachment, before: Document) -> Attachment:
    """A file that is not read yet is what it was, until it is read again."""
    if attachment.state is not AttachmentState.UNREAD:
        return attachment
    known = next((each for each in before.attachments if each.url == attachment.url), attachment)
    return replace(attachment, state=known.state)


def _first_day(document: Document, dated_by: str, before: Document) -> Document:
    """The earlier day, where the later one is a listing's of the page's latest state."""
    if not dated_by or before.date is None or document.date is None:
        return document
    if document.date <= before.date:
        return document
    facts = document.facts
    if document.kind is Kind.ANNOUNCEMENT and (facts is None or _not_updated(facts)):
        facts = AnnouncementFacts(updated=Fact(document.date, dated_by))
    return replace(document, date=before.date, facts=facts)


def _not_updated(facts: object) -> bool:
    return isinstance(facts, AnnouncementFacts) and facts.updated is None
