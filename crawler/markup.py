"""From decoded HTML to a tree: all HTML is read here, whole or not at all."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from lxml.html import HtmlElement

MOST_CHARACTERS = 10_000_000
"""Of a page; the largest that was recorded has some 500,000."""

MOST_FOR_SOUP = 2_000_000
"""BeautifulSoup takes twenty times as long and a kilobyte for every tag."""

DEEPEST = 2048
"""Elements inside one another: the most that libxml2 takes. Without ``huge_tree`` it is 256, and
what lies deeper is left out without a word."""

_DECLARATION = re.compile(r"\s*<\?xml[^>]*>?")
"""lxml refuses one that names a charset, in text that is decoded already."""


class NoTree(ValueError):
    """The text gives no tree, or none that holds all of it; says what it is instead."""


def tree(text: str) -> HtmlElement:
    """lxml's tree; raises NoTree for an empty, too long or too deep text."""
    from lxml.etree import ErrorTypes, ParserError
    from lxml.html import HTMLParser, document_fromstring

    text = _checked(text, MOST_CHARACTERS)
    parser = HTMLParser(huge_tree=True)
    try:
        root = document_fromstring(text, parser=parser)
    except (ParserError, ValueError) as error:  # no element at all; a character that no text holds
        raise NoTree(str(error)[:60]) from error
    # What passes a limit ends the text for libxml2, which tells only its log.
    last = parser.error_log.last_error
    if last is not None and last.type == ErrorTypes.ERR_RESOURCE_LIMIT:
        deep = "depth" in last.message
        raise NoTree(f"one more than {DEEPEST} elements deep" if deep else last.message[:60])
    return root


def soup(text: str) -> BeautifulSoup:
    """BeautifulSoup's, over lxml, as deep as need be; raises NoTree for a too long text."""
    # 0.1 s that who only names a platform need not wait for
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    if len(text) > MOST_FOR_SOUP:
        raise NoTree(f"one of more than {MOST_FOR_SOUP:,} characters")
    with warnings.catch_warnings():
        # A page that calls itself XML is read as browsers read what is served as HTML.
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text, "lxml")


def _checked(text: str, most: int) -> str:
    if len(text) > most:
        raise NoTree(f"one of more than {most:,} characters")
    declared = _DECLARATION.match(text)
    text = text[declared.end() :] if declared else text
    if not text.strip():
        raise NoTree("an empty one")
    return text
