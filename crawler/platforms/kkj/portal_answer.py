"""An answer of the portal's API: XML whose elements stand in no order, and errors with status 200.

Guide 1.1, sections 4 and 5: https://www.kkj.go.jp/ (検索APIガイド, 2016-05-27). Characters beyond
U+FFFF have been seen as two surrogates, each in UTF-8 (CESU-8), which is no UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from crawler.page import Page, PageChanged, TryLater, refuse
from kazami.errors import KazamiError

_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NO_XML_REFERENCE = re.compile(
    "&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.I
)
_DECLARED = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*")
_LATER = ("search disabled", "service does not exist", "internal error")
_LONGEST_LEAF = 8_000_000
"""Characters; libxml2 refuses a text of 10 MB anyway, the longest seen has a million."""


class PortalError(KazamiError):
    """The API refuses a request, and says why."""


@dataclass(frozen=True, kw_only=True)
class PortalRecord:
    """One SearchResult: its fields by tag, and the files that it names (name, address)."""

    fields: Mapping[str, str]
    files: tuple[tuple[str, str], ...] = ()

    def get(self, tag: str) -> str:
        """The field without white space around; empty where it is not there."""
        return self.fields.get(tag, "").strip()


@dataclass(frozen=True, kw_only=True)
class PortalAnswer:
    """``hits``: what fits the question, of which the ``records`` came.

    ``unreadable`` says what is wrong with single ones, a line each.
    """

    hits: int
    records: tuple[PortalRecord, ...]
    unreadable: tuple[str, ...] = ()


def read_answer(page: Page) -> PortalAnswer:
    """The answer in a page.

    Raises TryLater for an error that passes, PortalError for another, PageChanged for anything
    else than an answer.
    """
    refuse(page)
    root = _root(page)
    if root.tag != "Results":
        raise PageChanged(page.url, "<Results>", f"<{str(root.tag)[:40]}>")
    # The guide says Error; one client of the API looks for e.
    for tag in ("Error", "e"):
        said = root.findtext(tag)
        if said is not None:
            raise _refusal(page.url, " ".join(said.split())[:200] or "an error without words")
    found = root.findall("SearchResults")
    if len(found) != 1:
        raise PageChanged(page.url, "one <SearchResults>", str(len(found)))
    hits = _hits(page, found[0])
    results = found[0].findall("SearchResult")
    if len(results) > hits:
        raise PageChanged(page.url, f"no more records than the {hits} hits", str(len(results)))
    records, wrong = [], []
    for result in results:
        try:
            records.append(_record(result))
        except ValueError as error:
            wrong.append(f"{page.url}: a record that cannot be read: {error}")
    return PortalAnswer(hits=hits, records=tuple(records), unreadable=tuple(wrong))


def _refusal(url: str, said: str) -> KazamiError:
    if said.lower() in _LATER:
        return TryLater(url, said)
    return PortalError(f"{url}: the portal refuses: {said}")


def _root(page: Page) -> etree._Element:
    text = _text(page.body)
    start = _DECLARED.match(text)
    assert start is not None  # it fits an empty text
    inside = text[start.end() :]
    if not inside.startswith("<Results"):
        raise PageChanged(page.url, "<Results>", page.excerpt("utf-8"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(inside.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise PageChanged(page.url, "whole XML", str(error)[:200]) from error


def _text(body: bytes) -> str:
    """UTF-8 whatever is declared, as the guide has it; what is none is one character lost."""
    whole = _PAIR.sub(_character, body.removeprefix(b"\xef\xbb\xbf"))
    return _NO_XML_REFERENCE.sub(" ", _NO_XML.sub(" ", whole.decode("utf-8", "replace")))


def _character(pair: re.Match[bytes]) -> bytes:
    halves = pair[0].decode("utf-8", "surrogatepass")
    return halves.encode("utf-16", "surrogatepass").decode("utf-16").encode()


def _hits(page: Page, results: etree._Element) -> int:
    said = [(each.text or "").strip() for each in results.findall("SearchHits")]
    if len(said) != 1 or not re.fullmatch("[0-9]{1,9}", said[0], re.ASCII):
        raise PageChanged(page.url, "one number <SearchHits>", repr(said)[:40])
    return int(said[0])


def _record(result: etree._Element) -> PortalRecord:
    fields: dict[str, str] = {}
    files: list[tuple[str, str]] = []
    for child in _elements(result):
        tag = str(child.tag)
        if tag == "Attachments":
            files += _files(child)
            continue
        if len(child):
            raise ValueError(f"<{tag[:40]}> holds elements where a text is expected")
        if tag in fields:
            raise ValueError(f"<{tag[:40]}> stands there twice")
        text = child.text or ""
        if len(text) > _LONGEST_LEAF:
            raise ValueError(f"<{tag[:40]}> is longer than {_LONGEST_LEAF:,} characters")
        fields[tag] = text
    return PortalRecord(fields=fields, files=tuple(files))


def _files(attachments: etree._Element) -> Iterator[tuple[str, str]]:
    for each in _elements(attachments):
        name, uri = (" ".join((each.findtext(tag) or "").split()) for tag in ("Name", "Uri"))
        if uri:
            yield name, uri


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    return (each for each in parent if isinstance(each.tag, str))
