"""会議録検索システム "Sapphire" (kensakusystem.jp): a cp932 tree of years and sessions, POST forms.

Signature: ``<form name="viewtree" action="/…/cgi-bin3/See.exe">``. Seen in 2026 in recorded pages
of 葛飾区, 弘前市, 目黒区, 府中市 (広島) and 延岡市. 兵庫県 is of another generation: ``data-depth``
instead of ``onClick``, and no download form, which is not read yet. robots.txt is 404 and the
pages say ``follow,index``.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qs, urlencode, urlsplit

from bs4 import BeautifulSoup
from lxml.html import HtmlElement

from crawler.page import Answer, Follow, Found, Listed, Page, PageChanged, Wanted, one, refuse
from crawler.platform import HOST, Cost, Platform, Signature
from crawler.platforms.kensakusystem import labels
from crawler.reading.charset import ENCODING, check_whole
from crawler.reading.days_wanted import DaysWanted, carried
from crawler.reading.quality import given_apart
from crawler.reading.spacing import without_space
from crawler.reading.speakers import speaker_of
from crawler.reading.utterances import Block, Entry, Misaligned, blocks
from kazami.dates import DateError, parse_date
from kazami.document import Passage
from kazami.reading_rules import DayRule, SpeakerRule
from kazami.sources import Expect, Source

log = logging.getLogger(__name__)

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}

_DEPTH = re.compile(r"treedepth\.value='([^']*)'")
_CGI = re.compile(r"(?:\A|/)(\w+)\.exe")
_HEADER = re.compile(r"\s*開催日：(?P<day>[^\n]*)\n会議名：(?P<title>[^\n]*)\n")
_HEADING = re.compile(r"[ \u3000]*[◎△◇◆▽][^\n]*")
_NOT_SPOKEN = re.compile(r"[ \u3000]*(?:[◎△◇◆▽―─－〔（〇○…].*)?")


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """The entry page, from which ``Code`` is read anew in each run; it is never part of a key."""
    yield Follow(
        url=source.url,
        parse=parse_entry,
        key="entry",
        cb_kwargs={
            "slug": _slug(source.url),
            "entry": source.url,
            **carried(wanted),
            "today": wanted.today.isoformat(),
        },
    )


def _slug(url: str) -> str:
    """The tenant's folder; on a city's own host, which has none, the host."""
    parts = urlsplit(url)
    folder = parts.path.strip("/").split("/")[0]
    return folder if folder and "." not in folder else str(parts.hostname)


def parse_entry(page: Page, hops: int = 0, **cb_kwargs: object) -> Iterator[Answer]:
    """index.html, sapphire.html, the bare folder or the search form: all link to See.exe."""
    soup = _html(page)
    for link in soup.select('a[href*="See.exe"]'):
        href = str(link["href"])
        if "Code=" in href:
            yield Follow(url=page.link(href), parse=parse_tree, key="tree", cb_kwargs=cb_kwargs)
            return
    onward = soup.select('a[href*="sapphire.html"], frame[src*="sapphire.html"]')
    refresh = soup.select('meta[http-equiv="refresh" i][content*="sapphire.html"]')
    if hops or not (onward or refresh):
        raise PageChanged(page.url, "a link to See.exe?Code=", page.excerpt(ENCODING))
    target = onward[0].get("href") or onward[0].get("src") if onward else None
    if target is None:
        target = re.split(r"url\s*=\s*", str(refresh[0]["content"]), flags=re.I)[-1]
    yield Follow(
        url=page.link(str(target)),
        parse=parse_entry,
        key="entry/sapphire",
        cb_kwargs={**cb_kwargs, "hops": hops + 1},
    )


def parse_tree(
    page: Page, label: str | None = None, tabs: Sequence[str] = (), **cb_kwargs: object
) -> Iterator[Answer]:
    """One page of the tree: the root, a tab of years, a year, a session; and the sittings on it.

    A tab holds several years and posts the latest: 令和 2年～令和 5年 posts 令和 5年. That page is
    the year's own page, and its side bar has the other years of the tab. ``label`` is what was
    posted; labels are sent back as they came, with their padding and their trailing space.
    """
    root = _tree(page)
    form, hidden = _form(page, root, "viewtree", "Code", "treedepth")
    nodes = _nodes(root)
    if label is None:
        below = labels.tabs(nodes) or {node: labels.span(node) for node in nodes}
        tabs = list(below)
    else:
        below = labels.children(label, nodes, tabs)
    sittings = list(_sittings(page, root, cb_kwargs)) if label is not None else []
    if not below and not sittings and _is_past(label, cb_kwargs):
        raise PageChanged(
            page.url, f"years, sessions or sittings under {label!r}", page.excerpt(ENCODING)
        )
    for node, years in below.items():
        if not _wanted_years(node, years, cb_kwargs):
            continue
        fields = {**hidden, "treedepth": node, "page": "", "fileName": ""}
        yield Follow(
            url=_action(page, form.get("action")),
            parse=parse_tree,
            key=f"tree/{node.strip()}",
            method="POST",
            body=urlencode(fields, encoding=ENCODING).encode("ascii"),
            headers=_FORM,
            cb_kwargs={**cb_kwargs, "label": node, "tabs": list(tabs)},
            listing=node.strip(),
            newest=labels.newest(node),
        )
    slug = str(cb_kwargs["slug"])
    for name, day, url in sittings:
        if DaysWanted.of(cb_kwargs).hold(day):
            yield Follow(
                url=url,
                parse=parse_frame,
                key=f"{name}/frame",
                cb_kwargs={"slug": slug, "entry": cb_kwargs["entry"], "name": name},
                document=f"{slug}/{name}",
                day=day,
            )
    yield Listed(
        name=label.strip() if label is not None else "tree",
        documents=tuple(dict.fromkeys(f"{slug}/{name}" for name, _, _ in sittings)),
        listings=tuple(node.strip() for node in below),
    )


def parse_frame(page: Page, slug: str, entry: str, name: str) -> Iterator[Answer]:
    """The frameset of one sitting: its title is the best one, its menu lists the speakers."""
    soup = _html(page)
    menu = one(page, soup, 'frame[name="MENU"]')
    title = soup.title.get_text().strip() if soup.title else ""
    if not title:
        raise PageChanged(page.url, "the sitting's title")
    if f"/{name}/" not in str(menu.get("src")):
        raise PageChanged(page.url, f"a menu of {name}", str(menu.get("src")))
    yield Follow(
        url=page.link(str(menu["src"])),
        parse=parse_speakers,
        key=f"{name}/speakers",
        cb_kwargs={"slug": slug, "entry": entry, "name": name, "title": title},
        document=f"{slug}/{name}",
        day=labels.day_of(name),
    )


def parse_speakers(page: Page, slug: str, entry: str, name: str, title: str) -> Iterator[Answer]:
    """The list of speakers with their positions, which the download form takes back all at once."""
    form, hidden = _form(page, _tree(page), "download", "Code", "fileName")
    if hidden["fileName"] != name:
        raise PageChanged(page.url, f"the speakers of {name}", f"those of {hidden['fileName']!r}")
    boxes = [box for box in form.iter("input") if box.get("name") == "downloadPos"]
    rows = [_row(page, box) for box in boxes]
    if any(a.position >= b.position for a, b in pairwise(rows)):
        raise PageChanged(page.url, "positions that rise", "others")
    if not any(row.numbered for row in rows):
        raise PageChanged(page.url, "speakers with a position", page.excerpt(ENCODING))
    fields = list(hidden.items())
    fields += [("downloadPos", str(row.position)) for row in rows]
    yield Follow(
        url=_action(page, form.get("action")),
        parse=parse_text,
        key=f"{name}/text",
        method="POST",
        body=urlencode(fields).encode("ascii"),
        headers=_FORM,
        cb_kwargs={
            "slug": slug,
            "entry": entry,
            "name": name,
            "title": title,
            "rows": [[row.position, row.label, row.numbered, row.page] for row in rows],
        },
        document=f"{slug}/{name}",
        day=labels.day_of(name),
    )


def parse_text(
    page: Page, slug: str, entry: str, name: str, title: str, rows: Sequence[Sequence[object]]
) -> Iterator[Answer]:
    """The whole sitting as plain text, cut into the utterances that the list announced.

    Every link with ``Code`` dies when the site changes it, so document and passages link to the
    entry page; the fragment names the sitting and the position for whoever reads it.
    """
    text = _plain(page).replace("\r\n", "\n").replace("\r", "\n")
    header = _HEADER.match(text)
    if not header:
        raise PageChanged(page.url, "開催日 and 会議名 above the text", repr(text[:40]))
    if without_space(header["title"]) != without_space(title):
        raise PageChanged(page.url, f"会議名 {title}", header["title"])
    entries = [_entry(row) for row in rows]
    try:
        day = parse_date(header["day"])
        before, cut = blocks(text[header.end() :], entries)
    except (Misaligned, DateError) as error:
        raise PageChanged(page.url, "the announced utterances", str(error)) from error
    front, passages = _read(page, cut, f"{entry}#{name}")
    yield Found(
        key=f"{slug}/{name}",
        title=title,
        date=day,
        url=f"{entry}#{name}",
        passages=tuple(passages),
        front_matter="\n\n".join(part for part in (_trimmed(before), *front) if part),
        reading=given_apart(passages, DayRule.PAGE_FIELD, header["day"]),
    )


def _read(page: Page, cut: Sequence[Block], url: str) -> tuple[list[str], list[Passage]]:
    """Numbered entries are utterances, the others (議事日程, 出席議員) front matter.

    Headings (◎会期の決定) that close a block announce the next one and are not spoken: they go
    to the front matter too.
    """
    front = [_trimmed(block.text) for block in cut if not block.entry.numbered]
    roster = "\n".join(front)
    passages: list[Passage] = []
    for block in cut:
        if not block.entry.numbered:
            continue
        text, headings = _without_headings(block.text)
        front += headings
        if not text:
            raise PageChanged(page.url, f"what {block.marker} said", "no text")
        who = speaker_of(block.marker, roster)
        passages.append(
            Passage(
                key=str(block.entry.position),
                order=len(passages) + 1,
                text=text,
                speaker=who.speaker,
                role=who.role,
                seat=who.seat,
                stance=who.stance,
                page=block.page,
                url=f"{url}/{block.entry.position}",
                evidence=who.evidence(block.printed, SpeakerRule.LISTED),
            )
        )
    return front, passages


def _without_headings(text: str) -> tuple[str, list[str]]:
    lines = text.split("\n")
    last = len(lines)
    while last and _NOT_SPOKEN.fullmatch(lines[last - 1]):
        last -= 1
    tail = lines[last:]
    headings = [line.strip() for line in tail if _HEADING.fullmatch(line)]
    kept = [line for line in tail if not _HEADING.fullmatch(line)]
    return _trimmed("\n".join(lines[:last] + kept)), headings


def _trimmed(text: str) -> str:
    return text.strip()


def _action(page: Page, action: object) -> str:
    if not isinstance(action, str) or not action.endswith(".exe"):
        raise PageChanged(page.url, "a form that posts to the CGI", repr(action))
    return page.link(action)


def _row(page: Page, box: HtmlElement) -> Entry:
    value = str(box.get("value"))
    row = next(box.iterancestors("tr"), None)
    if row is None or not re.fullmatch("[0-9]{1,9}", value):
        raise PageChanged(page.url, "a row with a position", value)
    links = {
        cgi[1]: link.text_content()
        for link in row.iter("a")
        if (cgi := _CGI.search(link.get("href") or ""))
    }
    label = without_space(links.get("r_TextFrame", ""))
    if not label:
        raise PageChanged(page.url, f"a speaker at position {value}")
    printed = re.fullmatch(r"P\.(\d+)", links.get("r_PageFrame", "").strip())
    return Entry(
        position=int(value),
        label=label,
        numbered=bool(re.match(r"\s*No\.\d", row.text_content())),
        page=int(printed[1]) or None if printed else None,
    )


def _entry(row: Sequence[object]) -> Entry:
    position, label, numbered, page = row
    return Entry(
        int(str(position)), str(label), bool(numbered), int(str(page)) if page is not None else None
    )


def _html(page: Page) -> BeautifulSoup:
    check_whole(page)
    return page.soup(ENCODING)


def _tree(page: Page) -> HtmlElement:
    """The long pages, by lxml alone."""
    check_whole(page)
    return page.tree(ENCODING)


def _form(
    page: Page, root: HtmlElement, name: str, *fields: str
) -> tuple[HtmlElement, dict[str, str]]:
    """The form of that name, and what its hidden fields hold."""
    forms = [form for form in root.iter("form") if form.get("name") == name]
    if len(forms) != 1:
        raise PageChanged(page.url, f"a form named {name}", page.excerpt(ENCODING))
    held = {box.get("name"): box.get("value") or "" for box in forms[0].iter("input")}
    if not all(field in held for field in fields):
        raise PageChanged(page.url, f"{' and '.join(fields)} in the form {name}", str(list(held)))
    return forms[0], {field: held[field] for field in fields}


def _plain(page: Page) -> str:
    refuse(page)
    if re.match(rb"\s*<(!doctype|html|head)", page.body, re.I):
        raise PageChanged(page.url, "plain text", page.excerpt(ENCODING))
    if not page.body.endswith(b"\r\n"):
        raise PageChanged(page.url, "a text that ends with a line end", "half of it")
    return page.text(ENCODING)


def _nodes(root: HtmlElement) -> dict[str, str]:
    """Labels to be posted, in order, each with what the page calls it."""
    nodes: dict[str, str] = {}
    for link in root.iter("a"):
        posted = _DEPTH.search(link.get("onclick") or "")
        label = posted[1] if posted else link.get("data-depth") or ""
        if label.strip():
            names = [picture.get("alt") for picture in link.iter("img") if picture.get("alt")]
            nodes.setdefault(label, names[0] if names else link.text_content())
    return nodes


def _sittings(
    page: Page, root: HtmlElement, cb_kwargs: Mapping[str, object]
) -> Iterator[tuple[str, date, str]]:
    for link in root.iter("a"):
        url = page.link(link.get("href") or "")
        if "ResultFrame.exe" not in url:
            continue
        name = (parse_qs(urlsplit(url).query).get("fileName") or [""])[0]
        if labels.is_sitting(name):
            yield name, _checked(page, name), url
        elif not name or not labels.is_no_sitting(name):
            log.warning("%s: a file of unknown shape, skipped: %r", cb_kwargs["slug"], name)


def _checked(page: Page, name: str) -> date:
    try:
        return labels.day_of(name)
    except ValueError as error:
        raise PageChanged(page.url, "a file named after its day", name) from error


def _is_past(label: str | None, cb_kwargs: Mapping[str, object]) -> bool:
    """A year that has ended holds something; in January the new one may still be empty."""
    year = labels.last_year(label) if label is not None else None
    return year is None or year < date.fromisoformat(str(cb_kwargs["today"])).year


def _wanted_years(node: str, years: labels.Span, cb_kwargs: Mapping[str, object]) -> bool:
    if years is None:
        return True
    last = years[1] + 1 if "年度" in node else years[1]
    return DaysWanted.of(cb_kwargs).meet_years(years[0], last)


PLATFORM = Platform(
    name="kensakusystem",
    # No robots.txt says anything, 2 s is what considerate others use.
    delay=2.0,
    signature=Signature(
        entry=r"https://www\.kensakusystem\.jp/(?![a-z-]+-vod)[a-z0-9-]+/([a-z0-9-]+(/[a-z]+)?\.html)?"
        rf"|{HOST}/(index|sapphire|default)\.html",
        page=r"kensakusystem\.jp/(?![a-z-]+-vod)"
        r"|\b(See|ResultFrame|r_Speakers|GetText3)\.exe\b",
        text="cgi-bin3/GetPerson.exe",
    ),
    cost=Cost(run=3, year=1, sitting=3.3),  # frame, speakers, text
    start=start,
    parsers=(
        parse_entry,
        parse_tree,
        parse_frame,
        parse_speakers,
        parse_text,
    ),
    expect=Expect(at_least=20, newest_within_days=400),
)
