"""Documents and passages: the values that cross every border between the packages."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kazami.attachments import Attachment
    from kazami.evidence import Evidence
    from kazami.facts import Facts
    from kazami.reading_quality import ReadingQuality


_PACKED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Kind(StrEnum):
    """What sort of document it is."""

    MINUTES = "minutes"
    ANNOUNCEMENT = "announcement"
    TENDER = "tender"
    AWARD = "award"


class Stance(StrEnum):
    """What an utterance does in the exchange between the members and the executive."""

    QUESTION = "question"
    ANSWER = "answer"
    CHAIR = "chair"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One unit of search and counting: an utterance, elsewhere a paragraph-sized piece.

    ``key`` is the platform's stable name of the passage inside its document. ``order`` counts
    from 1. ``text`` is as published: nothing here is normalised for search. ``page`` is the
    printed page. ``seat`` is the 議席番号 as printed (８番), ``role`` the office as printed, or the
    seat where that is all that is. ``url`` is a link that a person can open. ``evidence`` is what
    speaker and stance were read from; None in imports and in what was stored before. ``corrected``
    names the fields that hold a person's correction in place of what was read. ``part`` is where
    in its document it stands, where that is not the page itself: an attached file, with its sheet.

    Raises ValueError for an empty key or text, an order or page below 1, or an empty speaker,
    role, seat, url or part (absent is ``None``).
    """

    key: str
    order: int
    text: str
    speaker: str | None = None
    role: str | None = None
    seat: str | None = None
    stance: Stance | None = None
    page: int | None = None
    url: str | None = None
    evidence: Evidence | None = None
    corrected: tuple[str, ...] = ()
    part: str | None = None

    def __post_init__(self) -> None:
        if not self.key.strip():
            raise ValueError("a passage without key")
        if self.order < 1:
            raise ValueError(f"passage {self.key}: order {self.order} is below 1")
        if not self.text.strip():
            raise ValueError(f"passage {self.key}: empty text")
        if self.page is not None and self.page < 1:
            raise ValueError(f"passage {self.key}: page {self.page} is below 1")
        for name in ("speaker", "role", "seat", "url", "part"):
            value = getattr(self, name)
            if value is not None and not value.strip():
                raise ValueError(f"passage {self.key}: empty {name}; absent is None")
        if self.stance is not None and not isinstance(self.stance, Stance):
            raise ValueError(f"passage {self.key}: {self.stance!r} is no stance")


@dataclass(frozen=True, kw_only=True)
class Document:
    """One published item, as the public body worded it.

    ``body`` is the six-digit code of the public body. ``key`` is stable on its ``platform``: the
    same document fetched twice has the same id, whatever it says by then. ``date`` is the day of
    the sitting or of first publication, never that of fetching; None where the source states none;
    minutes always do. An announcement, tender or award may have no passage: then its title and
    facts are all that is known. ``front_matter`` holds roster and agenda, which are shown but
    neither searched nor counted. ``fetched`` carries a time zone. ``facts`` are of the class that
    ``kazami.facts.FACTS`` has for the kind. ``pass_on`` is what an imported file says of its
    own text; of what a source publishes ``kazami.permission``
    decides. ``reading`` says how well a sitting was read from its print, and its day from what;
    None in imports and in what was stored before. ``read_date`` is the day that was read, where
    ``date`` is a person's correction of it. ``attachments`` are the files it links to. ``version``
    is what its listing said of it when it was fetched: while it says the same, it is not fetched
    again.

    Raises ValueError when built from nonsense: an empty title, minutes without day or passage,
    orders that do not rise, passage keys that repeat, a naive time, facts of another kind.
    """

    body: str
    kind: Kind
    platform: str
    key: str
    title: str
    date: date | None
    fetched: datetime
    passages: tuple[Passage, ...]
    url: str | None = None
    front_matter: str = ""
    facts: Facts | None = None
    pass_on: bool = False
    reading: ReadingQuality | None = None
    read_date: dt.date | None = None
    attachments: tuple[Attachment, ...] = ()
    version: str | None = None

    def __post_init__(self) -> None:
        where = f"document {self.platform}:{self.key}"
        if len(self.body) != 6 or not (self.body.isascii() and self.body.isdigit()):
            raise ValueError(f"{where}: {self.body!r} is no six-digit body code")
        if not isinstance(self.kind, Kind):
            raise ValueError(f"{where}: {self.kind!r} is no kind")
        if not self.platform or ":" in self.platform or not self.key.strip():
            raise ValueError(f"{where}: a platform name without colon and a key are needed")
        if not self.title.strip():
            raise ValueError(f"{where}: empty title")
        minutes = self.kind is Kind.MINUTES
        undated = self.date is None and not minutes
        if not undated and (isinstance(self.date, datetime) or not isinstance(self.date, date)):
            raise ValueError(f"{where}: {self.date!r} is no day")
        if self.fetched.tzinfo is None:
            raise ValueError(f"{where}: fetched must carry a time zone")
        if minutes and not self.passages:
            raise ValueError(f"{where}: no passage")
        if any(b.order <= a.order for a, b in zip(self.passages, self.passages[1:], strict=False)):
            raise ValueError(f"{where}: the passages' orders do not rise")
        if len({passage.key for passage in self.passages}) != len(self.passages):
            raise ValueError(f"{where}: two passages with the same key")
        if self.facts is not None:
            from kazami.facts import FACTS  # minutes, nearly all there is, have none

            if not isinstance(self.facts, FACTS.get(self.kind, ())):
                raise ValueError(f"{where}: facts that are none of its kind ({self.kind})")

    @property
    def doubtful(self) -> bool:
        """Whether speakers or day may have been read wrong; a corrected day is in no doubt."""
        if self.reading is None:
            return False
        return self.reading.doubtful if self.read_date is None else self.reading.speakers_doubtful

    @property
    def id(self) -> str:
        """``platform:key``, for example ``kokkai:122114260X00320260402``."""
        return f"{self.platform}:{self.key}"

    def passage_id(self, passage: Passage) -> str:
        """``platform:key#passage``, for example ``kokkai:122114260X00320260402#25``."""
        return f"{self.id}#{passage.key}"

    @property
    def day(self) -> dt.date:
        """The date of one that has one, as minutes have; raises ValueError for another."""
        if self.date is None:
            raise ValueError(f"{self.id} has no date")
        return self.date

    @cached_property
    def written_facts(self) -> dict[str, Any] | None:
        """The facts as JSON; the hash and the store both need it."""
        if self.facts is None:
            return None
        from kazami.facts import facts_to_json  # only where there are any: minutes have none

        return facts_to_json(self.facts)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 (hex) of everything but the time of fetching and leave to pass it on.

        The store compares that of the document as read, before any correction.
        """
        content: list[object] = [
            self.body,
            self.kind,
            self.title,
            None if self.date is None else self.date.isoformat(),
            self.url,
            self.front_matter,
            [
                [p.key, p.order, p.text, p.speaker, p.role, p.stance, p.page, p.url]
                # What came later counts where it is, so that older hashes stay what they are.
                + ([] if p.seat is None else [p.seat])
                + ([] if p.part is None else ["part", p.part])
                for p in self.passages
            ],
        ]
        if self.facts is not None:
            content.append(self.written_facts)
        if self.attachments:
            content.append([[each.name, each.url, each.state] for each in self.attachments])
        if self.reading is not None and self.reading.doubtful:
            # A sitting that is no longer doubtful has changed, though its words have not.
            content.append("doubtful")
        packed = _PACKED(content)
        return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()
