"""An HTML page in the place of a robots.txt: a soft 404, or what stands before the door."""

from __future__ import annotations

import re
from html import unescape
from unicodedata import normalize

_TAG = re.compile(
    r"<(?:!doctype|!--|\?xml|/?(?:html|head|body|title|script|style|meta|link|div|p|br|hr|a|span|pre|"
    r"code|h[1-6]|table|t[rdh]|ul|ol|li|center|font|b|i|img|form|iframe|frameset|noscript|error)\b)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(?=/?(?:script|style)\b)", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_TITLE = re.compile(r"<(?:title|h1)\b[^<>]*>([^<]*)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)

_RULE = re.compile(
    r"(?:user[-_ ]?agent|d[a-z]?[ia]s+al+[oa]w|crawl[-_ ]?delay)\s*[:=]|^\W*(?:user[-_ ]agent\b"
    r"|(?:dis)?allow\s*(?:[:=]|\s/))",
    re.IGNORECASE,
)

# What the common firewalls, login pages and busy servers say.
_BEFORE_THE_DOOR = re.compile(
    r"just a moment|checking your browser|cf-chl|captcha|attention required|"
    r"access\s*(?:is\s*|was\s*)?denied|not authorized|request rejected|incapsula|"
    r"you are (?:a )?human|are you a robot|unusual traffic|enable (?:javascript|cookies)|"
    r"type\s*=\s*[\"']?password|"
    r"server (?:is )?(?:too )?busy|service unavailable|too many requests|under maintenance|"
    r"メンテナンス中|アクセスが集中|混み合って|混雑し|アクセス(?:が|を)?(?:制限|拒否|遮断)|"
    r"ロボットではありません",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"log[ -]?in|sign[ -]?in|ログイン|認証", re.IGNORECASE)


def reads_as_rule(line: str) -> bool:
    """Whether a person would read a line as a rule of robots.txt, wherever it stands in it."""
    return _RULE.search(normalize("NFKC", line)) is not None


def looks_like_html(text: str) -> bool:
    """Whether there are HTML tags outside of what robots.txt would call comments."""
    return any(_TAG.search(line.partition("#")[0]) for line in text.splitlines())


def page_text(body: bytes) -> str:
    """An HTML page decoded as it says, else as what fits it. Nothing is lost that is ASCII."""
    said = _CHARSET.search(body[:4000])
    names = [said[1].decode("ascii", "replace")] if said else []
    for name in [*names, "utf-8", "cp932", "euc_jp"]:
        try:
            return body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode("latin-1")


def page_problem(html: str) -> str | None:
    """Why a page does not mean *no rules*, in words; None where it does."""
    if said := _BEFORE_THE_DOOR.search(html):
        return f"an HTML page that says {' '.join(said[0].split())!r}"
    if any(_LOGIN.search(title) for title in _TITLE.findall(html)):
        return "an HTML page to log in"
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
