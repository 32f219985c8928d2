"""The text of a Word file (docx): paragraphs and rows of tables in their order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from crawler.reading.attachments.packed import BadFile, members

_MOST_XML = 40_000_000
_SKIPPED = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "rt", "pPr", "sectPr"))


def lines(body: bytes, unpacked: int) -> Iterator[str]:
    """Lines of the document; headers, footers, notes and what was deleted are left out.

    Inserted text, text in content controls and in text boxes is in; a row of a table is a line, its
    cells parted by tabs. Raises BadFile.
    """
    found = members(body, lambda name: name == "word/document.xml", min(unpacked, _MOST_XML))
    if "word/document.xml" not in found:
        raise BadFile("no Word file")
    # No entities, no network; what lxml cannot read strictly is no document of Word's.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(found["word/document.xml"], parser)
    except etree.XMLSyntaxError as error:
        if not error.lineno:  # libxml2 has no other words for it
            raise MemoryError from error
        raise BadFile(f"broken XML ({str(error)[:60]})") from error
    yield from _Printer().lines(root)


class _Printer:
    def __init__(self) -> None:
        self._line: list[str] = []
        self._cells = 0

    def lines(self, root: etree._Element) -> Iterator[str]:
        stack: list[tuple[etree._Element, bool]] = [(root, False)]
        while stack:
            element, ends = stack.pop()
            tag = _name(element)
            if ends:
                yield from self._end(tag)
                continue
            if tag in _SKIPPED:
                continue
            if tag == "tc":
                self._cells += 1
            elif tag == "t":
                self._line.append(element.text or "")
            elif tag == "tab" or tag == "ptab":
                self._line.append("\u3000")
            elif tag in ("br", "cr"):
                yield from self._break()
            elif tag == "noBreakHyphen":
                self._line.append("-")
            stack.append((element, True))
            stack.extend((each, False) for each in reversed(element))

    def _end(self, tag: str) -> Iterator[str]:
        if tag == "p":
            yield from self._break()
        elif tag == "tc":
            self._cells -= 1
            self._trim()
            self._line.append("\t" if not self._cells else "\u3000")
        elif tag == "tr" and not self._cells:
            yield "".join(self._line).rstrip()
            self._line = []

    def _break(self) -> Iterator[str]:
        if self._cells:
            self._trim()
            self._line.append("\u3000")
        else:
            yield "".join(self._line).rstrip()
            self._line = []

    def _trim(self) -> None:
        while self._line and self._line[-1] == "\u3000":
            self._line.pop()


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
