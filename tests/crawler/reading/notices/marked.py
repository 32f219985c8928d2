"""The notices that were marked by hand before their reader was written, as the reader gets them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from lxml.html import HtmlElement, fromstring

from tests.builders import PAGES

_MARKS = Path(__file__).resolve().parents[3] / "marks" / "notice_days.toml"
_BLOCKS = frozenset(
    ("p", "div", "li", "dt", "dd", "h1", "h2", "h3", "h4", "tr", "br", "section", "article")
) | frozenset(("table", "ul", "ol", "dl", "main", "caption", "pre"))
_LEFT_OUT = "//script|//style|//head|//nav|//footer|//header[not(ancestor::main)]|//comment()"


@dataclass(frozen=True, slots=True)
class Marked:
    """A notice and its right values, the form of which tests/pages/notices/README.md describes."""

    name: str
    title: str
    blocks: tuple[str, ...]
    right: dict[str, Any]


def invented() -> Iterator[Marked]:
    """The invented notices that state one purchase each."""
    for file in sorted((PAGES / "notices").glob("*.toml")):
        right = tomllib.loads(file.read_text("utf-8"))
        (page,) = (each for each in file.parent.glob(f"{file.stem}.*") if each != file)
        if (
            page.suffix not in (".html", ".txt")
            or "items" in right
            or right.get("status") == "award"
        ):
            continue
        text = page.read_bytes().decode(right["content_type"].partition("charset=")[2])
        if page.suffix == ".txt":
            lines = text.split("\n")
            yield Marked(file.stem, lines[0], tuple(lines), right)
        else:
            root = fromstring(text)
            yield Marked(file.stem, root.findtext(".//title") or "", _blocks(root), right)


def real(shared: Path) -> Iterator[Marked]:
    """The real notices of ../shared that state one purchase each."""
    rows = {}
    with gzip.open(shared / "corpus/sample/docs.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            rows[hashlib.sha256(row["text"].encode()).hexdigest()] = row
    for right in tomllib.loads(_MARKS.read_text("utf-8"))["notice"]:
        if "items" in right:
            continue
        if "text_sha256" in right:
            row = rows[right["text_sha256"]]
            yield Marked(row["title"], row["title"], tuple(row["text"].split("\n")), right)
        elif right["file"].endswith(".pdf"):
            pdf = pypdfium2.PdfDocument(shared / right["file"])
            pages = (page.get_textpage().get_text_range() for page in pdf)
            lines = [line for page in pages for line in page.splitlines()]
            yield Marked(Path(right["file"]).name, lines[0], tuple(lines), right)


def _blocks(root: HtmlElement) -> tuple[str, ...]:
    """Lines of a page, a row as one with tabs, what is struck through between ~~."""
    for each in root.xpath(_LEFT_OUT):
        each.drop_tree()
    lines = "".join(_text(root)).split("\n")
    return tuple(line for line in lines if line.strip())


def _text(element: HtmlElement) -> Iterator[str]:
    tag = element.tag
    struck = "~~" if tag in ("s", "del", "strike") else ""
    inside = "".join((re.sub(r"\s+", " ", element.text or ""), *_children(element)))
    if tag in ("td", "th"):
        yield re.sub(r"\s+", " ", inside).strip() + "\t"
    elif tag == "tr":
        yield f"\n{inside.removesuffix(chr(9)).strip(' ')}\n"
    elif tag == "pre":
        yield f"\n{element.text_content()}\n"
    else:
        around = "\n" if tag in _BLOCKS else ""
        yield f"{around}{struck}{inside}{struck}{around}"


def _children(element: HtmlElement) -> Iterator[str]:
    for child in element:
        yield from _text(child)
        yield re.sub(r"\s+", " ", child.tail or "")
