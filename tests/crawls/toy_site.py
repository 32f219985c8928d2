"""An invented website on loopback, with the misbehaviour that a test asks for."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class ToySite:
    """``/robots.txt``, ``/<tenant>/``, ``/<tenant>/list/<name>``, ``/<tenant>/doc/<key>``.

    ``listings`` holds the documents of each listing, ``documents`` day and text of each.
    ``special`` may answer a path in another way; it gets how often the path was asked before.
    """

    listings: dict[str, list[str]] = field(default_factory=dict)
    documents: dict[str, tuple[str, str]] = field(default_factory=dict)
    robots: Answer = (404, {}, b"")
    special: dict[str, Callable[[int], Answer | bytes]] = field(default_factory=dict)
    seconds: float = 0.0
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def __enter__(self) -> Self:
        site = self
        lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # headers and body in one packet: without Nagle's 40 ms

            def log_message(self, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                with lock:
                    before = Counter(site.asked)[self.path]
                    site.asked.append(self.path)
                    site.headers.append(dict(self.headers))
                    site.times.append(time.monotonic())
                    site.at_once += 1
                    site.most_at_once = max(site.most_at_once, site.at_once)
                time.sleep(site.seconds)
                answer = site.answer(self.path, before)
                with lock:
                    site.at_once -= 1
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.send(answer)

            def send(self, answer: Answer | bytes) -> None:
                if isinstance(answer, bytes):  # raw, and the connection is closed after it
                    self.wfile.write(answer)
                    self.close_connection = True
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    def url(self, tenant: str = "a") -> str:
        return f"http://127.0.0.1:{self.port}/{tenant}/"

    def count(self, part: str) -> int:
        """How many requests had ``part`` in their path."""
        return sum(part in path for path in self.asked)

    def answer(self, path: str, before: int) -> Answer | bytes:
        if path in self.special:
            return self.special[path](before)
        if path == "/robots.txt":
            return self.robots
        _, tenant, *rest = path.split("/")
        match rest:
            case [""]:
                return text("\n".join(self.listings))
            case ["list", name] if name in self.listings:
                days = [f"{key} {self.documents[key][0]}" for key in self.listings[name]]
                return text("\n".join(days))
            case ["doc", key] if key in self.documents:
                day, words = self.documents[key]
                return text(f"title {tenant}-{key}\nday {day}\n{words}")
        return 404, {}, b"no such page"


def text(words: str) -> Answer:
    return 200, {"Content-Type": "text/plain; charset=utf-8"}, words.encode()


def years(first: int, last: int, per_year: int) -> ToySite:
    """A site with a listing for each year and so many documents in each."""
    site = ToySite()
    for year in range(first, last + 1):
        keys = [f"{year}-{n}" for n in range(1, per_year + 1)]
        site.listings[str(year)] = keys
        for n, key in enumerate(keys, 1):
            site.documents[key] = (f"{year}-{n % 12 + 1:02d}-{n % 28 + 1:02d}", f"{key}の発言。")
    return site
