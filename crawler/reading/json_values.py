"""Answers of APIs read value by value: what is not of the expected sort is a changed page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from crawler.page import Page, PageChanged, refuse

Row = Mapping[str, object]

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def read(page: Page) -> Row:
    """The JSON object that the page is; raises PageChanged, and Blocked for a challenge."""
    if page.body.lstrip()[:1] != b"{":
        refuse(page)
        raise PageChanged(page.url, "a JSON object", excerpt(page))
    try:
        answer = json.loads(page.text("utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise PageChanged(page.url, "whole JSON", str(error)) from error
    assert isinstance(answer, dict)
    return answer


def rows(page: Page, value: object, what: str) -> Sequence[Row]:
    """``value`` as a list of objects, which may be empty; ``what`` they are, for the error."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise PageChanged(page.url, f"a list of {what}", repr(value)[:40])
    return value


def number(page: Page, row: Row, field: str) -> int:
    """A whole number from 0, which some answers write as text."""
    value = row.get(field)
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise PageChanged(page.url, f"a number {field}", repr(value)[:40])
    return value


def words(page: Page, row: Row, field: str, empty: bool = False) -> str:
    """A text, not blank unless ``empty`` is allowed, of whole characters."""
    value = row.get(field)
    if not isinstance(value, str) or not (empty or value.strip()):
        raise PageChanged(page.url, f"a text {field}", repr(value)[:40])
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise PageChanged(page.url, f"a text {field}", "half a character") from error
    return value


def excerpt(page: Page) -> str:
    """The first words of a page, to be shown in an error."""
    words = " ".join(_TAG.sub(" ", page.body[:2000].decode("utf-8", "replace")).split())
    return repr(words[:60]) if words else "an empty page"
