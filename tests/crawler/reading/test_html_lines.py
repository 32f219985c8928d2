"""The lines of a page as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from crawler import markup
from crawler.reading.html_lines import lines
from tests.timing import LINEAR, growth

UNSEEN = ["script", "style", "noscript", "nav", "header", "footer", "select", "rt"]


def body(inside: str) -> HtmlElement:
    found = markup.tree(f"<html><body>{inside}</body></html>").find("body")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        ("<ruby>風<rt>かざ</rt>見<rt>み</rt></ruby>の例", "風見の例"),
        ("<rt>か</rt>風<rt>ざ</rt>", "風"),
        ("<p>一</p><nav>目次<nav>上</nav>下</nav>二", "一\n二"),
        ("一 <rt>x</rt>\n二<br>三<rt>y</rt> <rt>z</rt> 四", "一二\n三 四"),
        ("<pre>一<rt>x</rt>\n二</pre>", "一\n二"),
        ("<nav>" * 3, ""),
    ],
)
def test_what_nobody_sees_is_left_out_and_what_stands_around_it_joined(
    inside: str, seen: str
) -> None:
    assert lines(body(inside)) == seen


@given(st.lists(st.sampled_from(["あ", "b", "<b>c</b>", *UNSEEN]), max_size=30))
def test_nothing_that_is_seen_is_lost(pieces: list[str]) -> None:
    inside = "".join(f"<{each}>無</{each}>" if each in UNSEEN else each for each in pieces)
    seen = "".join(each for each in pieces if each not in UNSEEN)
    assert lines(body(inside)) == seen.replace("<b>", "").replace("</b>", "")


@pytest.mark.parametrize(
    "piece", ["<rt></rt>a", "<nav></nav>a", "<b>x</b><rt>a</rt>", "<br>", "\n \n", "<!---->a"]
)
def test_lines_take_time_in_proportion_to_the_page(piece: str) -> None:
    trees: dict[int, list[HtmlElement]] = {
        size: [body(piece * (size // len(piece))) for _ in range(3)] for size in (50_000, 200_000)
    }
    assert growth(lambda size: lines(trees[size].pop()), 50_000) < LINEAR
