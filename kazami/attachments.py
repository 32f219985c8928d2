"""Files that a document links to: notices carry their conditions in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class AttachmentState(StrEnum):
    """What became of an attached file.

    ``unread``: not fetched yet, or of a kind that kazami does not read. ``no_text``: a scan.
    ``elsewhere``: on a host that the source does not allow. ``forbidden``: robots.txt.
    ``refused``: too large, too slow, or broken. ``gone``: the server has it no more.
    """

    READ = "read"
    UNREAD = "unread"
    NO_TEXT = "no-text"
    ELSEWHERE = "elsewhere"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as the page names it. Raises ValueError for an empty name or address."""

    name: str
    url: str
    state: AttachmentState = AttachmentState.UNREAD

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.url.strip():
            raise ValueError("an attachment needs its name and address")


def attachments_to_json(attachments: Iterable[Attachment]) -> list[dict[str, str]]:
    """As the store keeps them."""
    return [{"name": each.name, "url": each.url, "state": each.state} for each in attachments]


def attachments_from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Attachment, ...]:
    """What the store kept."""
    return tuple(
        Attachment(each["name"], each["url"], AttachmentState(each["state"])) for each in kept
    )
