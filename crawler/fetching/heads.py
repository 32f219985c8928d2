"""The head of an answer, held to a size: Twisted bounds each line of it, not their number."""

from __future__ import annotations

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, HTTP11ClientProtocol, Request, ResponseFailed
from twisted.web.iweb import IResponse

MOST_BYTES = 256 * 1024
"""Of status line and headers, as in Chrome; interim answers (HTTP 1xx) count with the last one."""


class HeadTooLong(Exception):
    """The headers of an answer do not end."""


class LimitedHeadFactory(_LenientHTTP11ClientFactory):
    """Scrapy's connections, each closed where a head grows beyond ``MOST_BYTES``."""

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:
        return _LimitedHead(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _LimitedHead(_LenientHTTP11ClientProtocol):
    _received = 0

    def request(self, request: Request) -> Deferred[IResponse]:
        self._received = 0
        return super().request(request)

    def dataReceived(self, bytes: bytes) -> None:
        # The piece in which a head ends may hold much of the body: those before it count.
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            if self._received > MOST_BYTES:
                self._giveUp(Failure(HeadTooLong()))  # type: ignore[no-untyped-call]
                return
            self._received += len(bytes)
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]


def is_too_long(error: BaseException | None) -> bool:
    """Whether a failed download failed by its head."""
    reasons = error.reasons if isinstance(error, ResponseFailed) else ()
    return any(reason.check(HeadTooLong) for reason in reasons)
