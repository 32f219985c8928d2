"""The reader of notice pages against the ranges that were marked before there was one."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.page import Page
from crawler.reading.main_content import main_content
from crawler.reading.main_content.rules import CmsRules, cms_rules
from tests.marks.main_content import Mark, MarkedPage, decoded, marked_pages
from tests.marks.measured import Measured, measured

PAGES = marked_pages()
GENERAL_KEEPS_CHROME = {"municipal_web/adm/digital-press.html"}
"""A jump to months under headings of years is of no kind that the general rule knows."""

of_each_page = pytest.mark.parametrize("page", PAGES, ids=[page.file for page in PAGES])


def read_and_measured(shared: Path, page: MarkedPage, rules: CmsRules | None = None) -> Measured:
    raw = (shared / "samples" / page.file).read_bytes()
    content = main_content(Page("https://www.example.lg.jp/a/b.html", raw), rules)
    found = measured(decoded(raw), page.marks, "\n".join((content.title or "", *content.blocks)))
    print(f"{page.file} by {content.rule}: kept {found.kept:.4f}, chrome {found.chrome:.4f}")
    return found


@pytest.mark.corpus
@of_each_page
def test_the_text_is_kept_and_the_chrome_is_not(shared: Path, page: MarkedPage) -> None:
    found = read_and_measured(shared, page)
    assert found.kept >= 0.98, found.lost
    assert found.chrome <= 0.02, found.chrome_text


@pytest.mark.corpus
@of_each_page
def test_the_general_rule_alone_reads_them_nearly_as_well(shared: Path, page: MarkedPage) -> None:
    found = read_and_measured(shared, page, cms_rules().without_systems())
    assert found.kept >= 0.98, found.lost
    most = 0.07 if page.file in GENERAL_KEEPS_CHROME else 0.02
    assert found.chrome <= most, found.chrome_text


SOURCE = "<body><p>案内</p><h1>架空の件</h1><p>本文です。</p><p>更新日</p><p>案内</p></body>"


def mark(words: str, label: str) -> Mark:
    start = SOURCE.index(words)
    return Mark(start, start + len(words), label)


MARKS = (mark("架空の件", "content"), mark("本文です。", "content"), mark("更新日", "either"))


@pytest.mark.parametrize(
    ("text", "kept", "chrome"),
    [
        ("架空の件\n本文です。", 1.0, 0.0),
        ("架空の件\n本文です。\n更新日", 1.0, 0.0),
        ("架空の件\n本文です。\n案内", 1.0, 2 / 11),
        ("本文です。", 5 / 9, 0.0),
        ("本文です。架空の件", 4 / 9, 5 / 9),
        ("", 0.0, 0.0),
    ],
)
def test_the_measure_counts_what_is_lost_and_what_is_chrome(
    text: str, kept: float, chrome: float
) -> None:
    found = measured(SOURCE, MARKS, text)
    assert (found.kept, found.chrome) == pytest.approx((kept, chrome))
