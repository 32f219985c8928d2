"""Documents of DB-Search in all its skins: what was said, in the blocks that the page cuts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

from lxml.html import HtmlElement

from crawler.page import Page, PageChanged
from crawler.platforms.dbsearch.lists import whole
from crawler.reading.candidate_lines import MARKS, SpeakerLine, SpeakerLines
from crawler.reading.quality import quality_of
from crawler.reading.spacing import without_space
from crawler.reading.speaker_lines import leading_line
from crawler.reading.speakers import NOBODY, Speaker, speaker_of
from crawler.reading.turns import CutSitting, Turn, missed_line
from crawler.reading.utterances import Entry, Misaligned, blocks, marked
from crawler.reading.whole_pages import check_ended
from kazami.document import Passage, Stance
from kazami.reading_quality import MOST_LINES, ReadingQuality
from kazami.reading_rules import SpeakerRule

MARK = "◯"
"""U+25EF stands before a speaker; ○ (U+25CB) before 午後１時開会 and headings."""

_MARKED = re.compile(rf"^[ \u3000]*{MARK}", re.MULTILINE)
_LONGEST_LINE = 500
_BREAK = "\u2028"
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,9}")
_ALL = re.compile(r"parent\.VoiceType\s*=\s*'(\w*)'")
_TEXT_FRAME = re.compile(r"[?&]Template=doc-page\d*(?:&|$)", re.IGNORECASE)
_NOT_TEXT = ("visible-print-block", "page-text__number", "docpage-voice-no")
_BLOCKS = ("voice-block", "page-text__voice", "docpage-voice-text-box")
_TEXTS = ("voice__text", "js-textwrap-container", "page-text__text", "docpage-voice-text")


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One block of a page: its number from 1, the site's own label if it has one, and its text."""

    number: int
    label: str
    text: str


def frame(page: Page) -> str | None:
    """The address of the frame that holds the text; None where the page has no frames.

    Raises PageChanged where it has others.
    """
    if b"<frameset" not in page.body.lower():
        return None
    frames = [each.get("src") or "" for each in whole(page).iter("frame")]
    texts = [src for src in frames if _TEXT_FRAME.search(src)]
    if len(texts) != 1:
        raise PageChanged(page.url, "one frame with the text", str(len(texts)))
    return page.link(texts[0])


def read(page: Page, id: int, day: date) -> list[PageBlock]:
    """All blocks of a document; raises PageChanged on another document or a part of it."""
    tree = _tree(page)
    _check_document(page, tree, id, day)
    utterances = list(_utterances(page, tree))
    if not utterances:
        raise PageChanged(page.url, "what was said", page.excerpt("utf-8"))
    if [each.number for each in utterances] != list(range(1, len(utterances) + 1)):
        raise PageChanged(page.url, "utterances numbered from 1", f"{len(utterances)} others")
    announced = _announced(tree)
    if announced is not None and announced != len(utterances):
        raise PageChanged(page.url, f"{announced} utterances", str(len(utterances)))
    return utterances


def front_matter(utterances: Sequence[PageBlock]) -> str:
    """A roster, agenda or table of contents, as printed."""
    return "\n".join(each.text for each in utterances if each.text)


def passages(
    page: Page, utterances: Sequence[PageBlock], roster: str
) -> tuple[str, tuple[Passage, ...]]:
    """What stands before the first speaker (the hour of opening), and the utterances."""
    opening = ""
    said: list[Passage] = []
    for each in utterances:
        found = _parted(page, each)
        text = found.text
        if found.before and each.number == 1:
            opening = found.before
        elif found.before:
            text = f"{found.before}\n{text}"
        if not text:
            raise PageChanged(page.url, f"what {found.label or each.number} said", "no text")
        who = speaker_of(found.label, roster) if found.label else NOBODY
        place = [found.place] if found.place else []
        said.append(
            Passage(
                key=str(each.number),
                order=each.number,
                text=text,
                speaker=who.speaker,
                role=who.role,
                seat=who.seat,
                stance=who.stance,
                evidence=who.evidence(found.printed, *place),
            )
        )
    return opening, tuple(said)


def reading(
    utterances: Sequence[PageBlock], front: str, said: Sequence[Passage]
) -> ReadingQuality | None:
    """How well speakers were read from their print; None where the site names them beside it.

    Every block is an utterance: one that says a sentence and has no speaker's line counts as
    missed, and so does each further line of a speaker in a block.
    """
    if any(each.label for each in utterances):
        return None
    lines: list[SpeakerLine] = []
    missed: list[int] = []
    begin = 0
    for each in utterances:
        own = list(_speakers_lines(each.text))
        if not own and "。" in each.text:
            missed.append(begin)
        missed += [begin + at for at, _ in own[1:]]
        lines += [
            replace(line, begin=begin + at, words=begin + at + line.words) for at, line in own[:1]
        ]
        begin += len(each.text) + 1
    turns = tuple(
        Turn(MARK, "", each.text, Speaker(each.speaker, each.role, each.stance or Stance.OTHER))
        for each in said
    )
    found = SpeakerLines(tuple(lines), tuple(missed))
    text = "\n".join(each.text for each in utterances)
    shown = tuple(missed_line(text, at) for at in missed[:MOST_LINES])
    return quality_of(CutSitting(front, turns, found, shown))


def _speakers_lines(text: str) -> Iterator[tuple[int, SpeakerLine]]:
    """Lines with the mark of speakers that are a speaker's, each with its place in the text."""
    for found in _MARKED.finditer(text):
        at = found.start()
        line = leading_line(text[at : at + _LONGEST_LINE])
        if line is not None:
            yield at, line


@dataclass(frozen=True, slots=True)
class _Parted:
    """A block cut at its marker: ``label`` as it is read, the marker as printed, where it stands.

    A block without a marker has no label.
    """

    text: str
    before: str = ""
    label: str = ""
    printed: str = ""
    place: SpeakerRule | None = None


def _parted(page: Page, each: PageBlock) -> _Parted:
    """What is printed counts, where the label beside it says something else."""
    if each.label[:1] and each.label[0] in MARKS:
        label = without_space(each.label[1:])
        if not label:
            return _Parted(each.text)
        with suppress(Misaligned):
            before, [block] = blocks(each.text, [Entry(0, label, True)])
            text, printed = block.text.strip(), block.printed
            return _Parted(text, before.strip(), block.marker, printed, SpeakerRule.LISTED)
    found = marked(each.text, MARK)
    if found is None:
        if each.label[:1] == MARK:
            raise PageChanged(page.url, f"the marker of {each.label}", repr(each.text[:40]))
        return _Parted(each.text)
    before, turn = found
    place = SpeakerRule.TEXT_OVER_LIST if each.label else SpeakerRule.BLOCK
    return _Parted(turn.text, before.strip(), turn.label, turn.printed, place)


def _tree(page: Page) -> HtmlElement:
    """The page with every <br> made a character: a tree without them is a third of the size."""
    check_ended(page, "utf-8")
    text = _BREAKS.sub(_BREAK, page.text("utf-8").replace("\r", ""))
    return page.with_text(text).tree()


def _utterances(page: Page, tree: HtmlElement) -> Iterator[PageBlock]:
    for element in tree.iter("li", "div"):
        classes = (element.get("class") or "").split()
        if any(name in classes for name in _BLOCKS):
            number = element.get("data-voice_code") or element.get("data-voice-no")
            yield _utterance(
                page, element, number or element.get("id"), element.get("data-voice-title")
            )
        elif element.tag == "li" and _one(element, "voice__header") is not None:
            header = _one(element, "voice__header")
            title = _one(element, "voice__title")
            assert header is not None
            label = title.text_content() if title is not None else ""
            yield _utterance(page, element, header.get("id"), label)


def _utterance(
    page: Page, element: HtmlElement, number: str | None, label: str | None
) -> PageBlock:
    counted = _NUMBER.search(number or "")
    text = next((each for each in element.iter("p") if _has(each, _TEXTS)), None)
    if counted is None or text is None:
        raise PageChanged(page.url, "an utterance with number and text", repr(number))
    for span in [each for each in text.iter("span") if _has(each, _NOT_TEXT)]:
        span.drop_tree()
    printed = text.text_content().replace("\n", "").replace(_BREAK, "\n").strip()
    return PageBlock(int(counted[0]), (label or "").strip(), printed)


def _announced(tree: HtmlElement) -> int | None:
    for name in ("menu-count__all", "badge"):
        for each in tree.iter("span"):
            if _has(each, (name,)):
                text = each.text_content().strip().replace(",", "")
                return int(text) if re.fullmatch("[0-9]{1,9}", text) else None
    return None


def _check_document(page: Page, tree: HtmlElement, id: int, day: date) -> None:
    """The page's own number and day, where the skin shows them."""
    for field in tree.iter("input"):
        if field.get("name") == "DocumentID" and field.get("value") != str(id):
            raise PageChanged(page.url, f"document {id}", repr(field.get("value")))
    for link in tree.iter("a"):
        query = parse_qs(urlsplit(link.get("href") or "").query)
        if query.get("Template") == ["download"] and query.get("DocumentID", [str(id)]) != [
            str(id)
        ]:
            raise PageChanged(page.url, f"document {id}", repr(query["DocumentID"]))
    for name in ("command__date", "view__date"):
        shown = _one(tree, name)
        found = re.search(r"\d{4}-\d{2}-\d{2}", shown.text_content()) if shown is not None else None
        if found and found[0] != day.isoformat():
            raise PageChanged(page.url, f"the sitting of {day}", found[0])
    shown_as = _ALL.search(page.text("utf-8"))
    if shown_as and shown_as[1].lower() != "all":
        raise PageChanged(page.url, "all utterances", f"the view {shown_as[1]!r}")


def _one(root: HtmlElement, name: str) -> HtmlElement | None:
    return next(
        (each for each in root.iter("div", "span", "p", "date") if _has(each, (name,))), None
    )


def _has(element: HtmlElement, names: Sequence[str]) -> bool:
    classes = (element.get("class") or "").split()
    return any(name in classes for name in names)
