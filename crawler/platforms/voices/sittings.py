"""One sitting on VOICES: the list of its utterances (ACT=202) and its whole text (ACT=203)."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.page import Page, PageChanged
from crawler.reading.candidate_lines import MARKS
from crawler.reading.gaiji import images_as_text
from crawler.reading.spacing import without_space
from crawler.reading.speakers import speaker_of
from crawler.reading.turns import leading
from crawler.reading.utterances import printings, unmarked
from kazami.document import Passage
from kazami.reading_rules import SpeakerRule, StanceRule

_HUID = re.compile(r"[?&]HUID=([0-9]+)")
_FINO = re.compile(r"[?&]FINO=([0-9]+)")
_PRINTED = re.compile(r"[(（]P\.?([0-9]+)[)）]")

_ANCHOR = re.compile(r'<A\s+NAME="HUID([0-9]+)">\s*</A>', re.IGNORECASE)
_END = re.compile(r"<P>\s*<FORM\b", re.IGNORECASE)
_PREFORMATTED = re.compile(r"<pre\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LINE_ENDS = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One row of the list: HUID, ○◆◎ or nothing, 委員長(例示), and the printed page."""

    huid: str
    mark: str
    label: str
    page: int | None

    @property
    def is_spoken(self) -> bool:
        """Not (名簿) or (議題), which have no mark."""
        return self.mark in MARKS if self.mark else self.label[:1] not in "（("


def entries(page: Page, root: HtmlElement, fino: str) -> list[SpeakerRow]:
    """Read the list of a sitting's utterances.

    Raises PageChanged where it is another sitting's, has no row, or a row without a label.
    """
    found: list[SpeakerRow] = []
    for link in root.iter("a"):
        address = link.get("href") or ""
        huid = _HUID.search(address)
        if not huid or "ACT=203" not in address:
            continue
        own = _FINO.search(address)
        row = next(link.iterancestors("tr"), None)
        label = without_space(link.text_content())
        if row is None or not label or not own or own[1] != fino:
            raise PageChanged(page.url, f"an utterance of {fino}", repr(address)[-80:])
        cells = [without_space(cell.text_content()) for cell in row.iter("td")]
        printed = next(filter(None, map(_PRINTED.fullmatch, cells)), None)
        found.append(
            SpeakerRow(
                huid=huid[1],
                mark=next((cell for cell in cells if len(cell) == 1 and cell in MARKS), ""),
                label=label,
                page=(int(printed[1]) or None) if printed else None,
            )
        )
    if not found or len({entry.huid for entry in found}) != len(found):
        raise PageChanged(page.url, "utterances, each with its HUID", str(len(found)))
    return found


def blocks(page: Page, text: str) -> dict[str, str]:
    """The text of each utterance by its HUID, in order; it ends before the form.

    Raises PageChanged where an utterance comes twice or the end is missing.
    """
    anchors = list(_ANCHOR.finditer(text))
    end = _END.search(text, anchors[-1].end()) if anchors else None
    if not end:
        raise PageChanged(page.url, "utterances, each behind its HUID", "half of them")
    ends = [anchor.start() for anchor in anchors[1:]] + [end.start()]
    cut = {
        anchor[1]: _plain(text[anchor.end() : at]) for anchor, at in zip(anchors, ends, strict=True)
    }
    if len(cut) != len(anchors):
        raise PageChanged(page.url, "each HUID once", "one of them twice")
    return cut


def passages(
    rows: Sequence[SpeakerRow], cut: dict[str, str], title: str, url: str
) -> tuple[list[str], list[Passage]]:
    """The front matter (roster, headings) and what was said.

    The roster begins with the title, which is left out.
    """
    front = [cut[row.huid] for row in rows if not row.is_spoken]
    if front:
        first, _, rest = front[0].partition("\n")
        front[0] = rest.strip() if without_space(first) == without_space(title) else front[0]
    roster = "\n".join(front)
    said: list[Passage] = []
    for row in rows:
        if not row.is_spoken:
            continue
        label, printed, text, place = _spoken(row, cut[row.huid])
        if not text:
            continue
        who = speaker_of(label, roster).marked(row.mark, StanceRule.SITE_MARK)
        said.append(
            Passage(
                key=row.huid,
                order=len(said) + 1,
                text=text,
                speaker=who.speaker,
                role=who.role,
                seat=who.seat,
                stance=who.stance,
                page=row.page,
                url=f"{url}&HUID={row.huid}",
                evidence=who.evidence(printed, place),
            )
        )
    return [part for part in front if part], said


def _spoken(row: SpeakerRow, text: str) -> tuple[str, str, str, SpeakerRule]:
    """Whose words they are, ○議長（例示花子君） as printed, the words without it, and where it is.

    Where text and list name another speaker, the text counts.
    """
    for label in printings(row.label):
        words = unmarked(text, label)
        if words is not None:
            printed = text[: len(text) - len(words)].strip()
            return row.label, printed, words.strip(), SpeakerRule.LISTED
    turn = leading(text)
    if turn is not None:
        return turn.label, turn.printed, turn.text, SpeakerRule.TEXT_OVER_LIST
    return row.label, row.mark + row.label, text, SpeakerRule.LIST_ONLY


def _plain(body: str) -> str:
    """Lines end at ``<BR>``, not where the source has line ends; 〓 stands for an image."""
    text = body if _PREFORMATTED.search(body) else _LINE_ENDS.sub("", body)
    text = _BREAK.sub("\n", text)
    if "<" in text:
        text = _TAG.sub("", images_as_text(text))
    if "&" in text:
        text = html.unescape(text)
    return text.replace("\r\n", "\n").strip()
