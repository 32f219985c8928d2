"""会議記録検索システム of AmiVoice (ami-search.amivoice.com): three lists, one page per sitting.

Signature: ``search.exe?process=list_vcsm`` and ``<div class="whitebag_right">``. Written
after public copies of pages of 沼津市 (2026: a list of sessions, one of sittings, two sittings),
which prints names in plenary meetings and offices alone in committees. 取手市 and 箱根町 have the
same system by others' description. *Never checked against the real site*; the button for more
sittings of one session is assumed to work like the one for more sessions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from lxml.html import HtmlElement

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged, Wanted
from crawler.platform import Cost, Platform, Signature
from crawler.reading.days_wanted import DaysWanted, carried
from crawler.reading.html_lines import lines
from crawler.reading.quality import given_apart
from crawler.reading.spacing import without_space
from crawler.reading.speakers import speaker_of
from crawler.reading.whole_pages import check_ended
from kazami.dates import DateError, find_date, parse_date
from kazami.document import Passage
from kazami.reading_rules import DayRule, SpeakerRule
from kazami.sources import Expect, Source

ENCODING = "utf-8"

_LONGEST_SESSION = timedelta(days=366)
"""Some assemblies sit in one session for a whole year."""

_CALL = re.compile(r"DataSubmit4\(\s*['\"](?=[^'\"]*process=disp_base)([^'\"]*+)['\"]")
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_MARK = re.compile(r"^[○〇◯◎●◆]\s*")


def recognises(url: str, html: str) -> bool:
    """Whether this is an address or a page of AmiVoice's system."""
    if (urlsplit(url).hostname or "") == "ami-search.amivoice.com":
        return True
    return "search.exe?process=list_vcsm" in html or 'class="whitebag_right"' in html


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The list of sessions, newest first, and of committees."""
    base = source.url.rsplit("/", 1)[0] + "/"
    parts = [part for part in urlsplit(base).path.split("/") if part and part != "usr"]
    yield Follow(
        url=f"{base}search.exe?process=list_vcsm",
        parse=parse_sessions,
        key="sessions",
        cb_kwargs={
            "base": base,
            "city": "/".join(parts) or (urlsplit(base).hostname or ""),
            **carried(wanted),
        },
    )


def parse_sessions(
    page: Page, number: int = 1, names: Sequence[str] = (), **cb_kwargs: object
) -> Iterator[Answer]:
    """One page of the list; committees may stand on each, without a day, and have no end."""
    tree = _tree(page)
    found = dict.fromkeys(names)
    for row, link in _rows(tree):
        query = parse_qs(urlsplit(page.link(link.get("href") or "")).query)
        if query.get("process") != ["list"] or not query.get("vcsm"):
            continue
        name = query["vcsm"][0]
        if name in found:
            continue
        found[name] = None
        first = _day(page, row)
        newest = first + _LONGEST_SESSION if first else None
        if not DaysWanted.of(cb_kwargs).meet(first, newest):
            continue
        yield Follow(
            url=f"{cb_kwargs['base']}search.exe?vcsm={quote(name)}&process=list",
            parse=parse_sittings,
            key=f"session/{name}",
            cb_kwargs={**cb_kwargs, "session": name},
            listing=name,
            newest=newest,
        )
    if len(found) == len(names):
        raise PageChanged(page.url, "sessions" if number == 1 else "more sessions", _excerpt(tree))
    onward = _next(page, tree, number, f"sessions/{number + 1}")
    if onward is None:
        yield Listed(name="sessions", listings=tuple(found))
        return
    url, body = onward
    yield Follow(
        url=url,
        parse=parse_sessions,
        key=f"sessions/{number + 1}",
        method="POST",
        body=body,
        headers=_FORM,
        cb_kwargs={**cb_kwargs, "number": number + 1, "names": list(found)},
    )


def parse_sittings(
    page: Page,
    session: str,
    number: int = 1,
    names: Sequence[str] = (),
    **cb_kwargs: object,
) -> Iterator[Answer]:
    """One page of the sittings of a session or committee, each with its day."""
    tree = _tree(page)
    found = dict.fromkeys(names)
    for row, link in _rows(tree):
        call = _CALL.search(link.get("onclick") or "")
        if call is None:
            continue
        name = (parse_qs(urlsplit(page.link(call[1])).query).get("vcsv") or [""])[0]
        day = _day(page, row)
        if not name or day is None:
            raise PageChanged(page.url, "a sitting with a name and a day", call[1])
        key = f"{cb_kwargs['city']}/{name.removesuffix('.vcsv')}"
        if key in found:
            continue
        found[key] = None
        if not DaysWanted.of(cb_kwargs).hold(day):
            continue
        ask = urlencode(
            {
                "process": "disp_right",
                # Without its ending the text comes empty, and with status 200.
                "vcsv": name if name.endswith(".vcsv") else f"{name}.vcsv",
                "spk_id": "",
                "hits": "",
                "all_hits": "",
            }
        )
        yield Follow(
            url=f"{cb_kwargs['base']}search.exe?{ask}",
            parse=parse_sitting,
            key=f"{name}/text",
            cb_kwargs={
                "key": key,
                "title": " ".join(link.text_content().split()),
                "day": day.isoformat(),
                "url": page.link(call[1]),
            },
            document=key,
            day=day,
        )
    onward = _next(page, tree, number, f"session/{session}/{number + 1}")
    if onward is None:
        if not found and not _says_none(tree):
            raise PageChanged(page.url, f"sittings of {session}", _excerpt(tree))
        yield Listed(name=session, documents=tuple(found))
        return
    if len(found) == len(names):
        raise PageChanged(page.url, "more sittings", _excerpt(tree))
    url, body = onward
    yield Follow(
        url=url,
        parse=parse_sittings,
        key=f"session/{session}/{number + 1}",
        method="POST",
        body=body,
        headers=_FORM,
        cb_kwargs={**cb_kwargs, "session": session, "number": number + 1, "names": list(found)},
    )


def parse_sitting(page: Page, key: str, title: str, day: str, url: str) -> Iterator[Answer]:
    """Blocks of one speaker each, or of a heading, under ids from 00000."""
    tree = _tree(page)
    names = [each for each in tree.iter("div") if _has(each, "NameArea")]
    if len(names) != 1:
        raise PageChanged(page.url, "one name of the meeting", str(len(names)))
    held = names[0].text_content().strip().removeprefix("会議名：").strip()
    try:
        printed = find_date(held)
    except DateError as error:
        raise PageChanged(page.url, "a day in the name of the meeting", held[:60]) from error
    if printed and printed.isoformat() != day:
        raise PageChanged(page.url, f"the sitting of {day}", held[:60])
    headings: list[str] = []
    passages: list[Passage] = []
    for block in tree.iter("div"):
        if not _has(block, "sub2"):
            continue
        anchor = next((each for each in block.iter("a") if each.get("id")), None)
        bold = next(block.iter("b"), None)
        label = bold.text_content().strip() if bold is not None else ""
        if bold is None or not _MARK.match(label):
            headings.append(lines(block))
            continue
        bold.clear(keep_tail=True)
        text = lines(block)
        if anchor is None or not text:
            raise PageChanged(page.url, f"what {label[:40]} said, under a number", "nothing")
        who = speaker_of(_MARK.sub("", without_space(label)))
        passages.append(
            Passage(
                key=str(anchor.get("id")),
                order=len(passages) + 1,
                text=text,
                speaker=who.speaker,
                role=who.role,
                seat=who.seat,
                stance=who.stance,
                url=f"{url}#{anchor.get('id')}",
                evidence=who.evidence(label, SpeakerRule.ELEMENT),
            )
        )
    if not passages or len({each.key for each in passages}) != len(passages):
        raise PageChanged(page.url, "utterances under numbers of their own", _excerpt(tree))
    yield Found(
        key=key,
        title=held or title,
        date=date.fromisoformat(day),
        url=url,
        passages=tuple(passages),
        front_matter="\n".join(heading for heading in headings if heading),
        reading=given_apart(passages, DayRule.LISTED, held if printed else ""),
    )


def _tree(page: Page) -> HtmlElement:
    check_ended(page, ENCODING)
    return page.tree(ENCODING)


def _rows(tree: HtmlElement) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    for row in tree.iter("tr"):
        cells = [cell for cell in row if cell.tag == "td"]
        if len(cells) == 2 and next(cells[1].iter("table"), None) is None:
            for link in cells[1].iter("a"):
                yield cells[0], link


def _day(page: Page, cell: HtmlElement) -> date | None:
    text = cell.text_content().strip()
    try:
        return parse_date(text) if text else None
    except DateError as error:
        raise PageChanged(page.url, "a day before a name", repr(text[:40])) from error


def _next(page: Page, tree: HtmlElement, number: int, key: str) -> tuple[str, bytes] | None:
    """The button 次の10件 is an image: its name is sent with the place where it was pressed."""
    for form in tree.iter("form"):
        for button in form.iter("input"):
            name = button.get("name") or ""
            if button.get("type") != "image" or "次" not in (button.get("alt") or ""):
                continue
            if number >= 500:
                raise PageChanged(page.url, "an end of the list", key)
            fields = [
                (box.get("name") or "", box.get("value") or "")
                for box in form.iter("input")
                if box.get("type") == "hidden"
            ]
            fields += [(f"{name}.x", "1"), (f"{name}.y", "1")]
            return page.link(form.get("action") or ""), urlencode(fields).encode("ascii")
    return None


def _says_none(tree: HtmlElement) -> bool:
    """A committee that has not met: the head of the table stands there, without rows."""
    return any("会議記録名" in head.text_content() for head in tree.iter("th"))


def _has(element: HtmlElement, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _excerpt(tree: HtmlElement) -> str:
    return repr(" ".join(tree.text_content().split())[:60])


PLATFORM = Platform(
    name="amivoice",
    # Nothing is known of its robots.txt, others wait 1 to 1.5.
    delay=3.0,
    signature=Signature(
        entry=r"https://ami-search\.amivoice\.com/[a-z]+/usr/",
        page=r"ami-search\.amivoice\.com/",
        recognises=recognises,
    ),
    cost=Cost(run=2, year=1, sitting=1.4),
    start=start,
    parsers=(
        parse_sessions,
        parse_sittings,
        parse_sitting,
    ),
    expect=Expect(at_least=20, newest_within_days=400),
)
