"""Lines of other people's corpora: an utterance a line, or an announcement or tender a line."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from crawler.importing.document_json import NotADocument, day, link, optional, required, yes_no
from crawler.reading.notices import read_award, read_tender
from crawler.reading.paragraphs import pieces
from crawler.reading.seats import seat_of
from crawler.reading.stance import stance_of
from kazami.bodies import Bodies, UnknownBody
from kazami.dates import DateError
from kazami.document import Document, Kind, Passage
from kazami.facts import Facts
from kazami.procurement import JAPAN

PLATFORM = "import"

_FRONT_MATTER_ROLES = frozenset({"名簿", "議題"})
_FRONT_MATTER_SPEAKERS = frozenset({"会議録情報"})
"""The Diet's API gives the roster and agenda of a sitting as the words of 会議録情報."""

_KINDS = {
    "award": Kind.AWARD,
    "tender": Kind.TENDER,
    "announcement": Kind.ANNOUNCEMENT,
    "bulletin": Kind.ANNOUNCEMENT,
    "news": Kind.ANNOUNCEMENT,
    "report": Kind.ANNOUNCEMENT,
}

_SPEECH_OF_THE_DIET = re.compile(r"(https://kokkai\.ndl\.go\.jp/(?:#/)?(?:txt|detail)/\w+)/\d+")
"""The Diet's links lead to one speech: without the last number, to its sitting."""

MeetingName = tuple[str, str, str, str, str | None]
"""source, body, day and folded name of the meeting, and its address in one form"""

_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff70\u301c~]")


def meeting_name(row: Mapping[str, Any], bodies: Bodies) -> MeetingName | None:
    """Which meeting the utterance belongs to, however its names are typed; None where the row
    cannot say. A body or day that is none stands as it is typed.
    """
    source, municipality = row.get("source"), row.get("municipality")
    meeting, held, url = row.get("meeting_name"), row.get("meeting_date"), row.get("url")
    if not (
        isinstance(source, str)
        and isinstance(municipality, str)
        and isinstance(meeting, str)
        and isinstance(held, str)
        and (url is None or isinstance(url, str))
        and source.strip()
        and municipality.strip()
        and meeting.strip()
        and held.strip()
    ):
        return None
    body, _ = _looked_up(bodies, municipality)
    return source.strip(), body or municipality, _day(held), _folded(meeting), one_form(url)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """A name without what typing makes different: width, space, sort of dash, capitals.

    Not ``kazami.text.fold_name``, which may learn more: a key is for good.
    """
    plain = unicodedata.normalize("NFKC", name)
    return _DASHES.sub("-", "".join(plain.split())).casefold()


@lru_cache(maxsize=4096)
def _day(held: str) -> str:
    try:
        return day(held).isoformat()
    except DateError:
        return held


@lru_cache(maxsize=64)
def one_form(url: str | None) -> str | None:
    """An address of a meeting in one form: https, host in lower case, no fragment."""
    url = _meeting_url(url)
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    return urlunsplit(("https", parts.netloc.lower(), parts.path, parts.query, ""))


@lru_cache(maxsize=64)
def _meeting_url(url: str | None) -> str | None:
    if url is None:
        return None
    speech = _SPEECH_OF_THE_DIET.fullmatch(url)
    return speech.group(1) if speech else url


@dataclass(slots=True)
class Meeting:
    """One sitting as its lines come in, in any order.

    ``line`` is the number of the first; ``lines`` says which one gave each order. It may be passed
    on where every line says so. ``title`` and ``url`` are as the first line gives them.
    """

    name: MeetingName
    title: str
    line: int
    body: str
    date: date
    passages: list[Passage] = field(default_factory=list)
    front_matter: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    pass_on: bool = True
    url: str | None = None

    def add(self, row: Mapping[str, Any], line: int) -> None:
        """Take one more line; raises NotADocument, or ValueError, where it is no utterance."""
        order = required(row, "order", int)
        text = required(row, "text", str)
        speaker, role = _named(row, "speaker"), _named(row, "role")
        pass_on = yes_no(row, "pass_on")
        url = link(optional(row, "url", str))
        self.url = self.url or _meeting_url(url)
        if order in self.lines:
            raise NotADocument(f"order {order} again, as in line {self.lines[order]}")
        if (speaker is None and role in _FRONT_MATTER_ROLES) or speaker in _FRONT_MATTER_SPEAKERS:
            if text.strip():
                self.front_matter.append((order, text.strip("\n")))
        else:
            self.passages.append(
                Passage(
                    key=str(order),
                    order=order,
                    text=text,
                    speaker=speaker,
                    role=role,
                    seat=seat_of(role),
                    stance=_stance_of(role, speaker),
                    url=None if url == self.url else url,
                )
            )
        self.lines[order] = line
        self.pass_on = self.pass_on and pass_on

    def document(self, now: datetime) -> Document:
        """The whole sitting; raises NotADocument where nobody speaks in it."""
        source, *rest = self.name
        if not self.passages:
            raise NotADocument(f"{self.title} has no utterance, only a roster or an agenda")
        return Document(
            body=self.body,
            kind=Kind.MINUTES,
            platform=PLATFORM,
            key=f"{source}/{_digest(*rest)}",
            title=self.title.strip(),
            date=self.date,
            fetched=now,
            passages=tuple(sorted(self.passages, key=lambda passage: passage.order)),
            url=self.url,
            front_matter="\n".join(text for _, text in sorted(self.front_matter)),
            pass_on=self.pass_on,
        )


def _named(row: Mapping[str, Any], name: str) -> str | None:
    found = optional(row, name, str)
    return found if found and found.strip() else None


_stance_of = lru_cache(maxsize=4096)(stance_of)


def meeting(name: MeetingName, title: str, line: int, bodies: Bodies) -> Meeting:
    """A meeting without lines yet. Raises UnknownBody or DateError where its name is nonsense."""
    return Meeting(name, title, line, _code(bodies, name[1]), day(name[2]))


def published(
    row: Mapping[str, Any], bodies: Bodies, now: datetime, taken: dict[str, str]
) -> Document:
    """The document of a line with ``title``, ``published`` and ``text``.

    Such lines carry no stable key. It is made of everything but the text; where that names several
    documents of one file (three lots with the same title), the later ones are numbered. ``taken``
    remembers the keys of the file, with the text of each.

    Raises NotADocument, UnknownBody or DateError.
    """
    source, title, text = (required(row, name, str) for name in ("source", "title", "text"))
    municipality, kind = required(row, "municipality", str), required(row, "kind", str)
    held = required(row, "published", str)
    url = link(optional(row, "url", str))
    if kind not in _KINDS:
        raise NotADocument(f"no kind {kind!r}; use {', '.join(sorted(_KINDS))}")
    body, when = _body(row, municipality, bodies), day(held)
    named = (body, _KINDS[kind].value, _folded(title), when.isoformat(), one_form(url))
    first = f"{source.strip()}/{_digest(*named)}"
    key, times = first, 1
    while taken.setdefault(key, text) != text:
        times += 1
        key = f"{first}-{times}"
    try:
        return Document(
            body=body,
            kind=_KINDS[kind],
            platform=PLATFORM,
            key=key,
            title=title.strip(),
            date=when,
            fetched=now,
            passages=tuple(
                Passage(key=str(at), order=at, text=piece)
                for at, piece in enumerate(pieces(text), start=1)
            ),
            url=url,
            facts=_facts(_KINDS[kind], title, text, row, now),
            pass_on=yes_no(row, "pass_on"),
        )
    except ValueError as error:
        raise NotADocument(str(error)) from error


_EXTRA = {
    "winner_name": "落札者",
    "corporate_no": "法人番号",
    "amount": "落札金額",
    "dept": "発注機関",
    "category": "種別",
    "method": "入札方式",
}
"""Names under which the lines of such files give beside the text what an award states."""


def _facts(
    kind: Kind, title: str, text: str, row: Mapping[str, Any], now: datetime
) -> Facts | None:
    """What a notice's text states, as of a page; of a page with several awards nothing."""
    if kind not in (Kind.TENDER, Kind.AWARD):
        return None
    extra = row.get("extra")
    stated = extra if isinstance(extra, dict) else {}
    listed = {label: str(stated[name]) for name, label in _EXTRA.items() if stated.get(name)}
    if (amount := listed.get("落札金額", "")).isdigit():
        listed["落札金額"] = f"{amount}円"
    lines, seen = text.splitlines(), now.astimezone(JAPAN).date()
    if kind is Kind.TENDER:
        return read_tender(title, lines, seen=seen, listed=listed)
    awards = read_award(title, [] if listed else lines, seen=seen, listed=listed)
    return awards[0] if len(awards) == 1 else None


def _body(row: Mapping[str, Any], municipality: str, bodies: Bodies) -> str:
    """美郷町 alone is ambiguous; some corpora name the prefecture beside it."""
    extra = row.get("extra")
    prefecture = extra.get("pref") if isinstance(extra, dict) else None
    if isinstance(prefecture, str) and prefecture and not municipality.startswith(prefecture):
        try:
            return _code(bodies, prefecture + municipality)
        except UnknownBody:
            pass
    return _code(bodies, municipality)


def _code(bodies: Bodies, name: str) -> str:
    code, reason = _looked_up(bodies, name)
    if code is None:
        raise UnknownBody(reason)
    return code


@lru_cache(maxsize=4096)
def _looked_up(bodies: Bodies, name: str) -> tuple[str | None, str]:
    """Looking for what is nearest to an unknown name takes milliseconds, and comes every line."""
    try:
        return bodies.find(name).code, ""
    except UnknownBody as error:
        return None, str(error)


def _digest(*names: str | None) -> str:
    packed = json.dumps(names, ensure_ascii=False)
    return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()[:16]
