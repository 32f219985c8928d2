"""A notice's page to its title, days, text and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from crawler.page import Page, PageChanged
from crawler.reading.main_content.days import PageDays, iso_day, labelled, page_days
from crawler.reading.main_content.general import general_content, page_heading, page_title
from crawler.reading.main_content.links import file_links
from crawler.reading.main_content.printed import printed
from crawler.reading.main_content.rules import CmsRule, CmsRules, cms_rules, found_by, selected
from crawler.reading.paragraphs import pieces
from kazami.attachments import Attachment

GENERAL = "general"
_MOST_SEARCHED = 2_000_000
"""Characters of the source that are searched for marks."""


@dataclass(frozen=True, slots=True)
class MainContent:
    """What a notice's page says.

    ``blocks`` are of about 200 to 1,200 characters and do not repeat the title's heading; the
    cells of a table's row stand in one line, parted by tabs. ``published`` and ``updated`` are as
    the page states them, ``contact`` is its box of the office to ask. ``rule`` names the system
    whose rule read the page, or is ``general``.
    """

    title: str | None
    published: date | None
    updated: date | None
    blocks: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    rule: str
    contact: str = ""


def main_content(page: Page, rules: CmsRules | None = None) -> MainContent:
    """The main content of a notice's page, without the site's menus.

    ``rules`` are those of ``config/cms.toml`` unless others are given. Raises PageChanged where the
    page has no text to read, or is in another charset than it says.
    """
    rules = rules or cms_rules()
    source = page.text()
    root = page.tree_of(source)
    for rule, roots in _fitting(rules.systems, source[:_MOST_SEARCHED], root):
        if found := _by_rule(page, root, rule, roots, rules):
            return found
    if found := _generally(page, root, rules):
        return found
    raise PageChanged(page.url, "the text of a notice")


def _fitting(
    systems: Sequence[CmsRule], source: str, root: HtmlElement
) -> Iterable[tuple[CmsRule, list[HtmlElement]]]:
    bearing = [rule for rule in systems if rule.marks_page(source)]
    for rule in bearing:
        for css in rule.content:
            if roots := _outermost(selected(root, [css])):
                yield rule, roots
    for rule in systems:
        if rule not in bearing:
            for css in rule.alone:
                if roots := _outermost(selected(root, [css])):
                    yield rule, roots


def _outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Those that lie in no other of them, each once, in the order of the page."""
    among = set(elements)
    kept = [each for each in among if not any(a in among for a in each.iterancestors())]
    return sorted(kept, key=elements.index)


def _by_rule(
    page: Page, root: HtmlElement, rule: CmsRule, roots: list[HtmlElement], rules: CmsRules
) -> MainContent | None:
    heading = next(
        (each for each in selected(root, rule.title) if printed(each)), page_heading(root)
    )
    contacts = _outermost(found_by(root, (*rule.contact, *rules.contact)))
    around = {above for each in roots for above in each.iterancestors()} | set(roots)
    contacts = [each for each in contacts if each not in around]
    dropped = set(found_by(root, (*rule.drop, *rules.drop))) - around
    blocks = _blocks(roots, dropped | set(contacts), heading, rules)
    if not blocks:
        return None
    day_lines = [line for each in selected(root, rule.days) for line in _day_lines(each)]
    days = page_days(day_lines, rule.day)
    if days == PageDays():
        days = _days_of_lines(root)
    return _content(page, root, heading, days, blocks, roots, dropped, contacts, rule.name)


def _generally(page: Page, root: HtmlElement, rules: CmsRules) -> MainContent | None:
    heading = page_heading(root)
    found = general_content(
        root, heading, found_by(root, rules.drop), found_by(root, rules.contact)
    )
    if found is None:
        return None
    blocks = _blocks([found.root], found.dropped | set(found.contacts), heading, rules)
    if not blocks:
        return None
    days = _days_of_lines(root)
    return _content(
        page, root, heading, days, blocks, [found.root], found.dropped, found.contacts, GENERAL
    )


def _days_of_lines(root: HtmlElement) -> PageDays:
    return page_days(each for each in printed(root).split("\n") if labelled(each))


def _content(
    page: Page,
    root: HtmlElement,
    heading: HtmlElement | None,
    days: PageDays,
    blocks: list[str],
    roots: list[HtmlElement],
    dropped: set[HtmlElement],
    contacts: list[HtmlElement],
    rule: str,
) -> MainContent:
    title = page_title(root, heading)
    stamps = _stamps(root)
    return MainContent(
        title=title,
        published=days.published or stamps.published,
        updated=days.updated or stamps.updated,
        blocks=tuple(blocks),
        attachments=file_links(page, roots, dropped),
        rule=rule,
        contact="\n".join(filter(None, map(printed, contacts))),
    )


def _stamps(root: HtmlElement) -> PageDays:
    said = {each.get("property"): each.get("content") for each in root.iter("meta")}
    return PageDays(
        iso_day(said.get("article:published_time")), iso_day(said.get("article:modified_time"))
    )


def _day_lines(element: HtmlElement) -> list[str]:
    """What says the day; a bare <time> is told by its class."""
    words = (element.get("class") or "").lower()
    said = "更新日 " if "updat" in words or "modif" in words else ""
    said = said or ("公開日 " if "publish" in words or "releas" in words else "")
    text = printed(element)
    # 更新日 and its day may stand in two lines of the source, or in two blocks.
    return [said + " ".join(text.split("\n"))]


def _blocks(
    roots: Iterable[HtmlElement],
    dropped: set[HtmlElement],
    heading: HtmlElement | None,
    rules: CmsRules,
) -> list[str]:
    if heading is not None:
        dropped = dropped | {heading}
    chrome = re.compile("|".join(f"(?:{each})" for each in rules.lines))
    lines = [
        line
        for root in roots
        for line in (*printed(root, dropped).split("\n"), "")
        if not chrome.fullmatch(line.strip()) and not labelled(line)
    ]
    return pieces("\n".join(lines))
