"""Pages that repeat one thing: what a parser does with four times as much takes four times as long.

Each is a saved page with the piece again and again behind a place of it. These are the ones that
once took ever longer, and for every platform those that any page can hold.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress

import pytest

from crawler.page import Page
from crawler.reading.gaiji import images_as_text
from kazami.errors import KazamiError
from tests.builders import PAGES, parser_of
from tests.timing import LINEAR, growth

SIZE = 20_000
"""Bytes of what is repeated, and four times as many."""


def swollen(case: str, behind: bytes, piece: str, size: int) -> None:
    """Read the saved page with ``size`` bytes of the piece behind the first ``behind``."""
    folder = PAGES / case
    said = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    body = (folder / "page.bin").read_bytes()
    at = body.lower().index(behind) + len(behind)
    assert at >= len(behind)
    encoded = piece.encode("cp932" if case.split("/")[0] in IN_CP932 else "utf-8")
    page = Page(
        said["url"],
        body[:at] + encoded * (size // len(encoded)) + body[at:],
        said["content_type"],
    )
    parse = parser_of(case.split("/")[0], said["parser"])
    with suppress(KazamiError):
        list(parse(page, **said["cb_kwargs"]))


IN_CP932 = {"kensakusystem", "voices"}

ONCE_SLOW = [
    ("dbsearch/document", b"<body", "><script "),
    ("kensakusystem/tree-root", b"<body", "><style>"),
    ("voices/entry-frames", b"<title>", "○"),
    ("voices/list-last-page", b"<title>", "1"),
    ("voices/text", b"</a>", "<img alt="),
    ("discussnet/minutes", b'"body": "<pre>', "<img alt="),
    ("discussnet/minutes", b'"title": "', "1"),
    ("discussnet/tenant", b"tenant_id", "/*"),
    ("discussnet/schedules", b'"name": "', "\u3000"),
    ("kokkai/markers", b'"speech": "\xe2\x97\x8b', "あ"),
    ("html_minutes/sitting", b"</p>", "<rt></rt>a"),
    ("html_minutes/list", b"</a>", "<a href=/kaigi/1.html>1</a>"),
    ("pdf_minutes/list", b"</a>", "1"),
    ("amivoice/sittings", b"<td", '><a onclick="DataSubmit4(\'process=disp_base">'),
]


@pytest.mark.parametrize(("case", "behind", "piece"), ONCE_SLOW)
def test_what_once_took_ever_longer(case: str, behind: bytes, piece: str) -> None:
    assert growth(lambda size: swollen(case, behind, piece, size), SIZE) < LINEAR


TEXTS = [
    ("amivoice/sitting", b"<br>"),
    ("dbsearch/document", b"</p>"),
    ("html_minutes/sitting", b"</p>"),
    ("kensakusystem/text", b"\n"),
    ("static_dir/page-that-is-a-list", b"</td>"),
    ("voices/text", b"</a>"),
]
ANYWHERE = ["<", "<b>", "<br>", "&", " \u3000", "\n \n", "○議長（", "1", "あ", "<!--", "第1号"]


@pytest.mark.parametrize(("case", "behind"), TEXTS)
@pytest.mark.parametrize("piece", ANYWHERE)
def test_what_any_page_can_repeat(case: str, behind: bytes, piece: str) -> None:
    assert growth(lambda size: swollen(case, behind, piece, size), SIZE) < LINEAR


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('一<img src="g.gif" alt="﨑">二', "一﨑二"),
        ("<IMG width=9 ALT=髙>", "髙"),
        ("<img alt=''>", "〓"),
        ("<img src=g.gif>", "〓"),
        ("<img src=g.gif", "<img src=g.gif"),
        ("<imgalt=x>", "<imgalt=x>"),
    ],
)
def test_an_image_of_a_character_is_its_alt(markup: str, text: str) -> None:
    assert images_as_text(markup) == text


@pytest.mark.parametrize("piece", ["<img alt=", " alt=a", "<img ", "alt='"])
def test_images_take_time_in_proportion(piece: str) -> None:
    assert growth(lambda size: images_as_text("<img " + piece * (size // 4)), 50_000) < LINEAR
