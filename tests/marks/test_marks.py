"""The marks fit the pages they were made on, and lie on what a person sees there."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marks.main_content import (
    HELD_UNSEEN,
    LABELS,
    MARKS,
    MarkedPage,
    decoded,
    marked_pages,
    texts,
    visible,
)

PAGES = marked_pages()
README = MARKS.with_name("README.md").read_text(encoding="utf-8")
of_each_page = pytest.mark.parametrize("page", PAGES, ids=[page.file for page in PAGES])


def test_the_file_of_marks_holds_no_text() -> None:
    row = re.compile(r"[a-z_/-]+\.html,[0-9a-f]{64},[0-9]+,[0-9]+,(content|either)")
    header, *rows = MARKS.read_text(encoding="utf-8").splitlines()
    assert header == "file,sha256,start,end,label"
    assert [line for line in rows if not row.fullmatch(line)] == []


def test_half_of_the_pages_is_held_unseen() -> None:
    files = [page.file for page in PAGES]
    assert len(files) == len(set(files)) == 2 * len(HELD_UNSEEN)
    assert set(files) > HELD_UNSEEN


@of_each_page
def test_marks_are_in_order_and_do_not_overlap(page: MarkedPage) -> None:
    assert all(mark.start < mark.end for mark in page.marks)
    assert all(one.end < next_one.start for one, next_one in pairwise(page.marks))
    assert {mark.label for mark in page.marks} == set(LABELS)


@pytest.mark.corpus
def test_every_saved_page_of_a_municipality_is_marked(shared: Path) -> None:
    samples = shared / "samples"
    saved = {
        found.relative_to(samples).as_posix()
        for found in (samples / "municipal_web").rglob("*.html")
    }
    assert {page.file for page in PAGES} == saved


@pytest.mark.corpus
@of_each_page
def test_marks_fit_the_page(shared: Path, page: MarkedPage) -> None:
    raw = (shared / "samples" / page.file).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == page.sha256, "another page: mark it anew"
    source = decoded(raw)
    nodes = texts(source)
    starts = {start for start, _ in nodes}
    ends = {end for _, end in nodes}
    assert [m for m in page.marks if m.start not in starts or m.end not in ends] == []

    shown = dict.fromkeys((*LABELS, "chrome"), 0)
    for start, end in nodes:
        labels = [m.label for m in page.marks if m.start <= start and end <= m.end]
        shown[labels[0] if labels else "chrome"] += len(visible(source, start, end))
    print(page.file, *(f"{label} {count}" for label, count in shown.items()))
    [told] = [line for line in README.splitlines() if page.file.split("/", 1)[1] in line]
    assert told.endswith(f"| {shown['content']}, {shown['either']}, {shown['chrome']} |")
    assert (page.file in HELD_UNSEEN) == ("**held:**" in told)


words = st.text(st.sampled_from("例示市の架空公告AZ09「」（）"), min_size=1, max_size=8)
spaces = st.text(st.sampled_from(" \t\r\n　"), max_size=3)
references = st.sampled_from([("&amp;", "&"), ("&#20363;", "例"), ("&#x793a;", "示"), ("&lt", "<")])
nodes = st.lists(words.map(lambda word: (word, word)) | references, min_size=1, max_size=4)
unseen = st.sampled_from(
    [
        "<!-- 架空 <p>の</p> 註 -->",
        "<script>if (1 < 2) { '<p>架空</p>' }</script>",
        "<style>p::before { content: '架空' }</style>",
        "<noscript><p>架空</p></noscript>",
        '<img alt="架空 > の絵" src="a.png">',
        "<p>&nbsp; </p>",
        "<br />\r\n",
    ]
)


@given(pieces=st.lists(st.tuples(unseen, spaces, nodes, spaces), max_size=6))
def test_texts_are_what_stands_between_the_marks_of_an_invented_page(
    pieces: list[tuple[str, str, list[tuple[str, str]], str]],
) -> None:
    source = '<!DOCTYPE html>\n<head><meta charset="utf-8"><title>架空</title></head><body>'
    expected = []
    for hidden, before, node, after in pieces:
        source += hidden + "<p>" + before
        start = len(source)
        source += " ".join(written for written, _ in node)
        expected.append((start, len(source), "".join(shown for _, shown in node)))
        source += after + "</p>"
    found = texts(source + "</body>")
    assert found == [(start, end) for start, end, _ in expected]
    assert [visible(source, *node) for node in found] == [shown for *_, shown in expected]


def test_a_page_is_decoded_by_the_charset_that_it_declares() -> None:
    page = "<html><META http-equiv=x content='text/html; charset=Shift_JIS'>\r\n例示市"
    assert decoded(page.encode("cp932")) == page
    with pytest.raises(ValueError, match="declares no charset"):
        decoded(b"<html>")
    with pytest.raises(UnicodeDecodeError):
        decoded(b'<meta charset="utf-8">\x82')
