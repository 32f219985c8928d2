"""The files that a notice links to, under the names that it gives them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set
from urllib.parse import unquote, urldefrag, urlsplit

from lxml.html import HtmlElement

from crawler.page import Page, PageChanged
from crawler.reading.main_content.printed import printed
from kazami.attachments import Attachment

FILE = re.compile(
    r"\.(?:pdf|docx?|docm|xlsx?|xlsm|pptx?|csv|tsv|txt|zip|lzh|rtf|jtd|ods|odt|odp|dwg|dxf|sxf|p21|exe)$",
    re.IGNORECASE,
)
_KIND = (
    r"(?:PDF|ワード|Word|エクセル|Excel|パワーポイント|PowerPoint|一太郎|CSV|ZIP|テキスト|DOCX?|XLSX?|"
    r"PPTX?|TXT|RTF|JTD|LZH|その他)"
)
_SIZE = r"[0-9][0-9.,]*\s*(?:バイト|[KMG]?B(?:ytes)?|キロバイト|メガバイト)"
_NOTE = re.compile(
    rf"\s*[\[(（［【]\s*(?:{_KIND}(?:ファイル|形式|文書|版)?(?:\s*[／/:：,、・\s]\s*{_SIZE})?|{_SIZE})\s*[\])）］】]\s*$",
    re.IGNORECASE,
)
_WINDOW = re.compile(r"\s*[\[(（]?(?:別|新しい)ウィンドウで開(?:く|きます)[\])）]?\s*$")
_IS_FILE = re.compile(
    rf"[\[(（［【]\s*{_KIND}(?:ファイル|形式)?\s*[／/:：,、\s]\s*{_SIZE}", re.IGNORECASE
)


def is_file(anchor: HtmlElement) -> bool:
    """Whether the link leads to a file: by the end of its address, or the size that it states."""
    href = anchor.get("href") or ""
    try:
        path = urlsplit(href.strip()).path
    except ValueError:
        return False
    return bool(
        FILE.search(unquote(path)) or _IS_FILE.search(unicodedata.normalize("NFKC", _words(anchor)))
    )


def file_links(
    page: Page, roots: Iterable[HtmlElement], dropped: Set[HtmlElement]
) -> tuple[Attachment, ...]:
    """The files linked under ``roots``, in order, each address once, under the name there.

    Left out: what is no address of the web (``javascript:``, ``mailto:``) or none at all.
    """
    found: dict[str, Attachment] = {}
    for root in roots:
        for anchor in root.iter("a"):
            if not anchor.get("href") or not is_file(anchor):
                continue
            if any(above in dropped for above in anchor.iterancestors()):
                continue
            try:
                url, _ = urldefrag(page.link(anchor.get("href", "")))
                if not re.match(r"https?://[^/]", url, re.IGNORECASE):
                    continue
            except (PageChanged, ValueError):
                continue
            name = named(_words(anchor)) or unquote(url.rsplit("/", 1)[-1]) or url
            found.setdefault(url, Attachment(name, url))
    return tuple(found.values())


def named(words: str) -> str:
    """The words of a link without the kind, size and window that it states at its end."""
    shorter = words.strip()
    while True:
        cut = _NOTE.sub("", _WINDOW.sub("", shorter)).strip()
        if cut == shorter or not cut:
            return shorter if cut else ""
        shorter = cut


def _words(anchor: HtmlElement) -> str:
    return " ".join(printed(anchor).split())
