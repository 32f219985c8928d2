"""What one robots.txt allows: read once, for crawling and for showing, and never to a yes by error.

RFC 9309 says what a well-made file means. What it leaves open is read in the stricter way: a file
that cannot be read forbids everything until a person accepts it.
"""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from unicodedata import normalize
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from crawler.permission.soft_404 import (
    looks_like_html,
    page_problem,
    page_text,
    reads_as_rule,
    visible,
)

ROBOT = "kazami"
"""The name that robots.txt knows us by."""

LONGEST_DELAY = 3600.0
"""Seconds of Crawl-delay that are kept without asking a person."""

_MOST_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB must be read. What is longer is not read in part."""

_FIELDS = {
    "useragent": "User-agent",
    "disallow": "Disallow",
    "allow": "Allow",
    "crawldelay": "Crawl-delay",
}
_HEAD = re.compile(r"([a-z]+)(?:[-_ ]([a-z]+))?(?![-_]?[a-z])", re.IGNORECASE)
_SEPARATOR = " \t:=;,"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:s|secs?|seconds?|秒)?", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_ENCODED_DOT = re.compile("%2e", re.IGNORECASE)
_SLASHES = re.compile(r"(?:/|\\|%2f|%5c)+", re.IGNORECASE)


class Reading(StrEnum):
    """How a robots.txt was read: as ``rules``, as a ``page`` in the place of one, or not."""

    RULES = "rules"
    PAGE = "page"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class RobotsTxt:
    """One robots.txt as it was read.

    ``rules`` holds a field and a value on each line, in the spelling of RFC 9309; what does not
    rule (comments, sitemaps, unknown fields) is not in it. ``problem`` says why it is unreadable.
    ``sha256`` is of the bytes.
    """

    reading: Reading
    rules: str
    sha256: str
    problem: str = ""


def read_robots(body: bytes) -> RobotsTxt:
    """Read the bytes of a robots.txt, any content coding undone.

    A byte order mark decides the encoding, else it is UTF-8. NUL and other control characters,
    bytes outside comments that cannot be decoded, a line that looks like a rule and is none, rules
    among HTML tags, and a page that stands before the door (challenge, login) make it unreadable.
    Any other HTML page is *no rules*.
    """
    sha256 = hashlib.sha256(body).hexdigest()
    text, problem = _decoded(body)
    if "\0" in text:
        return RobotsTxt(Reading.UNREADABLE, "", sha256, "NUL bytes, no text")
    if looks_like_html(text):
        page = text if body[:2] in _UTF16 else page_text(body)
        problem = page_problem(page)
        if problem is None:
            return RobotsTxt(Reading.PAGE, "", sha256)
        text = visible(page)
    if problem is None and len(body) > _MOST_BYTES:
        problem = f"longer than {_MOST_BYTES:,} bytes"
    lines = []
    for number, line in enumerate(_LINE_END.split(text[:_MOST_BYTES]), 1):
        for part in line.partition("#")[0].splitlines():
            rule, wrong = _rule(_INVISIBLE.sub("", part).strip().rstrip("\x1a"))
            if rule:
                lines.append(rule)
            if wrong and problem is None:
                problem = f"line {number} {wrong}"
    rules = "\n".join(_with_agents(lines))
    if problem is not None:
        return RobotsTxt(Reading.UNREADABLE, rules, sha256, problem)
    return RobotsTxt(Reading.RULES, rules, sha256)


def unpackable(body: bytes, problem: str) -> RobotsTxt:
    """A robots.txt whose content coding could not be undone, and why."""
    return RobotsTxt(Reading.UNREADABLE, "", hashlib.sha256(body).hexdigest(), problem)


class Rules:
    """What a robots.txt allows; an unreadable one allows nothing.

    ``accepted`` says that a person looked at it and let it stand: the lines of an unreadable one
    that could be read are then obeyed.
    """

    def __init__(self, robots: RobotsTxt | bytes, *, accepted: bool = False) -> None:
        self.robots = read_robots(robots) if isinstance(robots, bytes) else robots
        self._closed = self.robots.reading is Reading.UNREADABLE and not accepted
        self._parsed = Protego.parse(self.robots.rules)

    def allow(self, url: str) -> bool:
        """Whether ``url`` may be fetched, whichever of its spellings the server goes by.

        A server may resolve encoded dots, backslashes and double slashes before it looks for the
        file: each of these addresses must be allowed.
        """
        return not self._closed and all(
            self._parsed.can_fetch(each, ROBOT) for each in spellings(url)
        )

    @property
    def delay(self) -> float:
        """Its Crawl-delay in seconds, 0 where there is none."""
        return float(self._parsed.crawl_delay(ROBOT) or 0)


def spellings(url: str) -> list[str]:
    """The addresses that a server may take ``url`` for, itself first, without its fragment."""
    parts = urlsplit(url)
    path = parts.path or "/"
    plain = _ENCODED_DOT.sub(".", path)
    paths = dict.fromkeys((path, _resolved(plain), _resolved(_SLASHES.sub("/", plain))))
    return [urlunsplit((parts.scheme, parts.netloc, each, parts.query, "")) for each in paths]


def _resolved(path: str) -> str:
    """The path without ``.`` and ``..`` (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    parts = path.split("/")[1:]
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if parts and parts[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


_UTF16 = {BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}


def _decoded(body: bytes) -> tuple[str, str | None]:
    """The text, and what could not be decoded of it outside comments."""
    if encoding := _UTF16.get(body[:2]):
        try:
            return body[2:].decode(encoding), None
        except UnicodeDecodeError:
            return body[2:].decode(encoding, "replace"), "bytes that are no UTF-16"
    body = body.removeprefix(BOM_UTF8)
    text = body.decode("utf-8", "replace")
    if "\ufffd" in text:
        # Comments in Shift_JIS are common. No byte of a double one looks like # or a line end.
        for number, line in enumerate(re.split(rb"\r\n|\r|\n", body), 1):
            try:
                line.partition(b"#")[0].decode("utf-8")
            except UnicodeDecodeError:
                return text, f"line {number} holds bytes that are no UTF-8"
    return text, None


def _rule(line: str) -> tuple[str | None, str | None]:
    """A line as a rule in the spelling of RFC 9309, and what is wrong with it.

    Field names are forgiven what people do to them (full-width letters and colons, a missing
    colon, two swapped letters); an unknown field is no rule.
    """
    if _CONTROL.search(line):
        return None, "holds control characters"
    folded = normalize("NFKC", line)
    name, value = _split(folded)
    if name is None:
        return None, "looks like a rule and is none" if reads_as_rule(line) else None
    if name == "Crawl-delay":
        seconds = _SECONDS.fullmatch(value)
        if value and seconds is None:
            return None, "holds a Crawl-delay that is no number of seconds"
        return (f"Crawl-delay: {seconds[1]}" if seconds else None), None
    if name == "User-agent":
        return f"User-agent: {value.partition('/')[0].strip() or '*'}", None
    # A path keeps its full-width letters, unless even its slash is one.
    paths = value if folded == line or value.isascii() else _value_of(line, value)
    if name == "Disallow" and paths and paths[0] not in "/*$":
        paths = urlsplit(paths).path or "/" if "://" in paths else f"/{paths}"
    return f"{name}: {paths}".strip(), None


def _split(folded: str) -> tuple[str | None, str]:
    """The field that a folded line begins with, in its right spelling, and its value."""
    head = _HEAD.match(folded)
    if head is None:
        return None, ""
    for end, word in ((head.end(), head[1] + (head[2] or "")), (head.end(1), head[1])):
        near = get_close_matches(word.lower(), _FIELDS, n=1, cutoff=0.8)
        rest = folded[end:]
        if near and (not rest or rest[0] in _SEPARATOR):
            return _FIELDS[near[0]], rest.lstrip(_SEPARATOR).strip().strip("\"'")
    return None, ""


def _value_of(line: str, folded: str) -> str:
    """The value as it stands in the line, where folding changed more than its slash or star."""
    start = re.search(r"[/*$]", line)
    return line[start.start() :].strip() if start else folded


def _with_agents(rules: list[str]) -> Iterator[str]:
    """The rules, those before the first User-agent as everybody's."""
    if rules and not rules[0].startswith("User-agent:"):
        yield "User-agent: *"
    yield from rules
