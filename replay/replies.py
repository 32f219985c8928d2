"""What a replayed site answers, and why it may be unable to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kazami.errors import KazamiError


class ReplayError(KazamiError):
    """A document cannot be served in this protocol, for example for want of a character."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One HTTP answer, without the headers that the server adds by itself."""

    body: bytes
    content_type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def not_found(path: str) -> Reply:
    return Reply(
        body=f"<html><head><title>404</title></head><body>{path}</body></html>".encode(), status=404
    )
