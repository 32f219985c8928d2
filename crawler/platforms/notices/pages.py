"""A notice's page and the files it links to, read to documents: the same for feeds and lists."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from crawler.page import (
    Answer,
    Attached,
    Elsewhere,
    Follow,
    Found,
    Page,
    PageChanged,
    Remark,
    Wanted,
    refuse,
)
from crawler.platforms.notices.addresses import (
    READ,
    canonical,
    followable,
    is_unread,
    on_hosts,
    suffix,
)
from crawler.platforms.notices.items import Item, alone, item_of
from crawler.reading.attachments import AttachmentText, attachment_text
from crawler.reading.main_content import MainContent, main_content
from crawler.reading.notices import read_award, read_tender
from kazami.attachments import Attachment, AttachmentState
from kazami.document import Kind, Passage
from kazami.facts import AnnouncementFacts, Fact
from kazami.sources import Source

MOST_FILES = 100
"""Attached files of one page; a page with more is a catalogue."""


def seen_on(source: Source, wanted: Wanted) -> dict[str, str]:
    """The day of the visit, which pages of purchases are read by."""
    return {} if source.kind is Kind.ANNOUNCEMENT else {"seen": wanted.today.isoformat()}


def follow_item(item: Item, kind: Kind, hosts: Sequence[str], seen: str | None) -> Answer:
    """What to do about an item: fetch its page, or on a host that is not ours, take it as it is.

    ``seen`` is the day of the visit (ISO), by which the days of a purchase are told.
    """
    if not on_hosts(item.url, hosts):
        return alone(item, kind)
    return Follow(
        url=item.url,
        parse=parse_page,
        key=f"page {item.key}",
        cb_kwargs={"item": item.written(), "kind": str(kind), "hosts": list(hosts)}
        | ({} if seen is None else {"seen": seen}),
        document=item.key,
        day=item.date,
        version=item.version,
    )


def parse_page(
    page: Page,
    item: Mapping[str, Any],
    kind: str,
    hosts: Collection[str],
    seen: str | None = None,
) -> Iterator[Answer]:
    """The page of an item, or the file that it leads to in the place of a page.

    Of results each row that names a purchase is a document of its own, without text.
    """
    listed = item_of(item)
    if suffix(page.url) in READ or page.is_file:
        read = _text_of(listed.title, page)
        yield from _with_facts(_of_file(read, page, listed, kind), listed, kind, seen)
        yield from _remarks(read, page.url)
        return
    refuse(page)
    content = main_content(page)
    found = replace(
        alone(listed, kind),
        title=listed.title or content.title or "",
        passages=tuple(
            Passage(key=str(at), order=at, text=text) for at, text in enumerate(content.blocks, 1)
        ),
    )
    found = _dated(found, listed, content, kind)
    files = list(_files(page, content, hosts))
    found = replace(found, attachments=tuple(file for file, _ in files))
    yield from _with_facts(found, listed, kind, seen)
    for file, url in files:
        if file.state is AttachmentState.ELSEWHERE:
            yield Elsewhere(url)
        elif not is_unread(url):  # without an ending the words of the link say that it is a file
            yield Follow(
                url=url,
                parse=parse_attachment,
                key=f"file {listed.key} {canonical(url)}",
                cb_kwargs={"document": listed.key, "name": file.name, "url": url},
                version=listed.version,
                part_of=listed.key,
            )


def parse_attachment(page: Page, document: str, name: str, url: str) -> Iterator[Answer]:
    """A file that a page links to."""
    read = _text_of(name, page)
    yield Attached(
        document=document,
        url=url,
        state=read.state,
        passages=tuple(_passages(read, f"f{_short(canonical(url))}-", name, url)),
    )
    yield from _remarks(read, url)


def _with_facts(found: Found, item: Item, kind: str, seen: str | None) -> Iterator[Found]:
    """The document with what it states of a purchase; of several awards one for each beside it."""
    day = date.fromisoformat(seen) if seen else date.max
    blocks = [passage.text for passage in found.passages]
    if kind == Kind.TENDER:
        yield replace(found, facts=read_tender(found.title, blocks, seen=day, listed=item.cells))
        return
    awards = (
        read_award(found.title, blocks, seen=day, listed=item.cells) if kind == Kind.AWARD else ()
    )
    if len(awards) == 1:
        yield replace(found, facts=awards[0])
        return
    yield found
    names: Counter[str] = Counter()
    for award in awards:
        project = award.project.value if award.project and award.project.value else None
        if project is None:
            continue
        name = f"{award.number.value} {project}" if award.number else project
        names[name] += 1
        yield replace(
            found,
            key=f"{found.key}+{_short(f'{name} {names[name]}')}",
            title=project,
            passages=(),
            attachments=(),
            facts=award,
        )


def _of_file(read: AttachmentText, page: Page, item: Item, kind: str) -> Found:
    """A document that is a file itself: its passages are the file's."""
    found = alone(item, kind)
    passages = [replace(each, part=None) for each in _passages(read, "", item.title, page.url)]
    return replace(found, passages=tuple(passages))


def _text_of(name: str, page: Page) -> AttachmentText:
    """The bytes tell the kind, then the server's word, then the end of the address."""
    kind = (page.content_type or "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml") and not page.is_file:
        raise PageChanged(page.url, "a file", "a page of HTML")
    return attachment_text(urlsplit(page.url).path or name, page.content_type, page.body)


def _remarks(read: AttachmentText, url: str) -> Iterator[Remark]:
    """Why a file was refused, or that not all of it is read."""
    if read.note and read.state in (AttachmentState.REFUSED, AttachmentState.READ):
        yield Remark(f"{url}: {read.note}")


def _passages(read: AttachmentText, prefix: str, name: str, url: str) -> Iterator[Passage]:
    for at, piece in enumerate(read.pieces, 1):
        yield Passage(
            key=f"{prefix}{at}",
            order=at,
            text=piece.text,
            page=piece.page,
            url=url,
            part=f"{name} {piece.sheet}" if piece.sheet else name,
        )


def _files(
    page: Page, content: MainContent, hosts: Collection[str]
) -> Iterator[tuple[Attachment, str]]:
    """The attached files, each address once, in the page's order."""
    seen: set[str] = set()
    for link in content.attachments:
        url = followable(page, link.url)
        if url is None or (key := canonical(url)) in seen:
            continue
        if len(seen) == MOST_FILES:
            raise PageChanged(page.url, f"at most {MOST_FILES} files", "more")
        seen.add(key)
        ours = on_hosts(url, hosts)
        state = AttachmentState.UNREAD if ours else AttachmentState.ELSEWHERE
        name = link.name.strip() or url.rpartition("/")[2] or url
        yield Attachment(name, url, state), url


def _dated(found: Found, item: Item, content: MainContent, kind: str) -> Found:
    """The page's own word on its days goes before the listing's."""
    if content.published is not None and (found.date is None or content.published <= found.date):
        found = replace(found, date=content.published, dated_by="")
    if kind != Kind.ANNOUNCEMENT:
        return found
    stated = [
        (content.updated, "更新日") if content.updated else None,
        (date.fromisoformat(item.updated), item.updated_by) if item.updated else None,
        (item.date, item.dated_by) if item.date and item.dated_by else None,
    ]
    latest = max((each for each in stated if each is not None), default=None)
    if latest is None or (found.date is not None and latest[0] <= found.date):
        return replace(found, facts=None)
    return replace(found, facts=AnnouncementFacts(updated=Fact(*latest)))


def _short(name: str) -> str:
    """A name for a file or a row that stays when others come and go beside it."""
    return hashlib.sha256(name.encode()).hexdigest()[:8]
