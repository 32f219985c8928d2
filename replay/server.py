"""An HTTP server on loopback that replays assemblies in the protocols of their platforms."""

from __future__ import annotations

import re
import secrets
import string
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import MappingProxyType, TracebackType
from typing import Protocol, Self

from kazami.document import Document
from replay.kensakusystem import KensakusystemTenant
from replay.replies import Reply, not_found


class Site(Protocol):
    """What speaks a platform's protocol: the true answer to every request under its paths.

    ``path`` is whole, with its query; ``headers`` are as they came.
    """

    def answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply: ...


@dataclass(kw_only=True)
class Fault:
    """What goes wrong with the first ``times`` requests (None: with all) whose path matches.

    ``path`` is a regular expression searched in the path with its query. The true answer is
    made late by ``delay`` seconds, replaced by ``status``, ``headers`` and ``body``, changed by
    ``edit``, or broken off half-way (``cut``) although its full length was announced.
    """

    path: str
    times: int | None = 1
    delay: float = 0.0
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    edit: Callable[[bytes], bytes] | None = None
    cut: bool = False

    def strikes(self, path: str) -> bool:
        if self.times == 0 or not re.search(self.path, path):
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(frozen=True, kw_only=True)
class Received:
    """One request that came in, and when its answer was about to be whole (seconds)."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int
    began: float
    ended: float


class ReplayServer:
    """Serves ``tenants`` of kensakusystem (slug → its sittings) until the ``with`` block ends.

    ``sites`` are those of other platforms, by the first part of the paths that they answer.
    ``code`` is the session code of every tenant; without one, each server makes up its own, as
    the real host changes it from time to time. ``robots`` is the text of robots.txt, 404 without.
    ``log`` holds every request; ``most_at_once`` is how many were ever open together.

    Raises ReplayError for documents that the protocols cannot carry.
    """

    def __init__(
        self,
        tenants: Mapping[str, Iterable[Document]] | None = None,
        *,
        sites: Mapping[str, Site] | None = None,
        code: str | None = None,
        robots: str | None = None,
        faults: Iterable[Fault] = (),
        port: int = 0,
    ) -> None:
        self.code = code or _code()
        self.robots = robots
        self.faults = list(faults)
        self.tenants = {
            slug: KensakusystemTenant(slug, documents, self.code)
            for slug, documents in (tenants or {}).items()
        }
        self.sites = dict(sites or {})
        self.log: list[Received] = []
        self.most_at_once = 0
        self._open = 0
        self._lock = Lock()
        self._port = port

    @property
    def url(self) -> str:
        """``http://127.0.0.1:40123``, without a slash at its end."""
        return f"http://127.0.0.1:{self._port}"

    def entry(self, slug: str) -> str:
        """Where a crawl of this tenant begins; the ``url`` of its source."""
        return f"{self.url}/{slug}/"

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in the order in which their answers left."""
        return [seen.path for seen in self.log]

    def answer(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str] = MappingProxyType({})
    ) -> Reply:
        """The true answer to one request, before any fault."""
        if path == "/robots.txt":
            if self.robots is None:
                return not_found(path)
            return Reply(body=self.robots.encode(), content_type="text/plain")
        slug, _, rest = path.lstrip("/").partition("/")
        site = self.sites.get(slug.partition("?")[0])
        if site is not None:
            return site.answer(method, path, body, headers)
        if slug in self.tenants:
            return self.tenants[slug].answer(method, rest, body)
        return not_found(path)

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"site": self})
        self._http = _Server(("127.0.0.1", self._port), handler)
        self._port = self._http.server_port
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def opened(self, path: str) -> Fault | None:
        """Count a request in, and choose what goes wrong with it."""
        with self._lock:
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
            return next((fault for fault in self.faults if fault.strikes(path)), None)

    def closed(self, seen: Received) -> None:
        """Count a request out."""
        with self._lock:
            self._open -= 1
            self.log.append(seen)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is ordinary here: that is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    site: ReplayServer

    def do_GET(self) -> None:
        self._reply(b"")

    def do_POST(self) -> None:
        self._reply(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _reply(self, body: bytes) -> None:
        began = time.monotonic()
        fault = self.site.opened(self.path)
        status = 500
        last = b""
        try:
            reply = self.site.answer(self.command, self.path, body, dict(self.headers.items()))
            status, last = self._send(reply, fault)
        finally:
            # Before the last byte: whoever has the whole answer finds it in the log.
            seen = Received(
                method=self.command,
                path=self.path,
                headers=dict(self.headers.items()),
                body=body,
                status=status,
                began=began,
                ended=time.monotonic(),
            )
            self.site.closed(seen)
        self.wfile.write(last)
        self.wfile.flush()

    def _send(self, reply: Reply, fault: Fault | None) -> tuple[int, bytes]:
        """Send all but the last byte; returns the status and that byte."""
        status, headers, body = reply.status, dict(reply.headers), reply.body
        if fault:
            time.sleep(fault.delay)
            status = fault.status or status
            headers |= fault.headers
            body = body if fault.body is None else fault.body
            body = fault.edit(body) if fault.edit else body
        self.send_response_only(status)
        for name, value in {"Content-Type": reply.content_type, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault and fault.cut:
            body = body[: len(body) // 2]
            self.close_connection = True
        self.wfile.write(body[:-1])
        return status, body[-1:]

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr: ``log`` keeps the requests."""


def _code() -> str:
    letters = string.ascii_lowercase + string.digits
    return "".join(secrets.choice(letters) for _ in range(18))
