"""An HTML page in the place of a robots.txt: a soft 404, or what stands before the door."""

from __future__ import annotations

import re
from html import unescape
from unicodedata import normalize

from crawler import charset
from crawler.refusals import may_refuse

_TAG = re.compile(
    r"<(?:!doctype|!--|\?xml|/?(?:html|head|body|title|script|style|meta|link|div|p|br|hr|a|span|pre|"
    r"code|h[1-6]|table|t[rdh]|ul|ol|li|center|font|b|i|img|form|iframe|frameset|noscript|error)\b)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(?=/?(?:script|style)\b)", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")

_RULE = re.compile(
    r"(?:user[-_ ]?agent|d[a-z]?[ia]s+al+[oa]w|crawl[-_ ]?delay)\s*[:=]|^\W*(?:user[-_ ]agent\b"
    r"|(?:dis)?allow\s*(?:[:=]|\s/))",
    re.IGNORECASE,
)


def reads_as_rule(line: str) -> bool:
    """Whether a person would read a line as a rule of robots.txt, wherever it stands in it."""
    return _RULE.search(normalize("NFKC", line)) is not None


def looks_like_html(text: str) -> bool:
    """Whether there are HTML tags outside of what robots.txt would call comments."""
    return any(_TAG.search(line.partition("#")[0]) for line in text.splitlines())


def page_text(body: bytes) -> str:
    """An HTML page as text, whatever it is; nothing is lost that is ASCII."""
    try:
        return charset.decoded(body)
    except charset.WrongCharset:
        return body.decode("latin-1")


def page_problem(html: str) -> str | None:
    """Why a page does not mean *no rules*, in words; None where it does."""
    if sign := may_refuse(html):
        return f"an HTML page with {sign!r}, as challenges, logins and busy servers have it"
    words = visible(html)
    if any(reads_as_rule(line) for line in words.splitlines()):
        return "rules inside an HTML page"
    if not words.strip() and _SCRIPT.search(html):
        return "an HTML page of scripts alone"
    return None


def visible(html: str) -> str:
    """The page's words, tags as line ends. Linear in its length, whatever is left open."""
    shown = []
    for part in _SCRIPT.split(html):
        if part.lower().startswith(("script", "style")):
            continue
        if part.startswith("/"):
            part = part.partition(">")[2]
        shown.append(part)
    return unescape(_ANY_TAG.sub("\n", "\n".join(shown)))
