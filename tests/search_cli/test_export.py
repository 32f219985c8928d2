"""Results for other programs."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presenting.columns import Code
from presenting.export import defused, in_markdown, link_in_markdown, to_csv, to_json


@pytest.mark.parametrize("formula", ["=1+1", "+81", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_a_formula_is_text_in_a_spreadsheet(formula: str) -> None:
    assert defused(formula).startswith("'")


def test_a_formula_behind_a_control_character_is_text_too() -> None:
    assert defused("\x00=1") == "'=1"


def test_ordinary_text_is_not_prefixed() -> None:
    assert defused("答弁=検討") == "答弁=検討"


def test_csv_begins_with_the_mark_that_excel_needs_and_keeps_numbers() -> None:
    text = to_csv(["name", "count", "rate", "partial"], [["=A1", 3, None, True]])
    assert text.startswith("\ufeffname,")
    row = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert row == [{"name": "'=A1", "count": "3", "rate": "", "partial": "true"}]


def test_csv_keeps_the_0_in_front_of_a_code() -> None:
    """A spreadsheet reads the cell as text; bare digits, quoted or not, are a number to it."""
    cells = [Code("011002"), Code("01"), "011002", Code("=1+1")]
    rows = list(csv.reader(io.StringIO(to_csv(["body", "group", "text", "odd"], [cells]))))
    assert rows[1] == ['="011002"', '="01"', "011002", "'=1+1"]


def test_csv_keeps_line_ends_and_quotes_inside_a_cell() -> None:
    text = to_csv(["text"], [['一行目\n"二行目"']])
    assert list(csv.reader(io.StringIO(text)))[1] == ['一行目\n"二行目"']


def test_json_escapes_terminal_controls_and_loses_nothing() -> None:
    value = {"text": "\x9b2J消去\x7f\u2028次\udc80"}
    text = to_json(value)
    assert "\x9b" not in text
    assert "\x7f" not in text
    text.encode("utf-8")
    assert json.loads(text) == value


@given(st.text() | st.text(alphabet=st.characters(categories=["Cc", "Cf"])))
def test_json_escapes_marks_of_direction_and_tags_and_loses_nothing(published: str) -> None:
    text = to_json({"text": published})
    assert json.loads(text) == {"text": published}
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]", text)
    assert not re.search("[\U000e0000-\U000e007f\x7f-\x9f]", text)


def test_json_leaves_japanese_readable() -> None:
    assert "学び直し" in to_json({"query": "学び直し"})


def test_markdown_in_a_page_is_shown_and_not_obeyed() -> None:
    assert in_markdown("# 題 *強調* [押す](x) <b>") == r"\# 題 \*強調\* \[押す\](x) \<b\>"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. はじめに", r"1\. はじめに"),
        ("- 点", r"\- 点"),
        ("令和4.3", "令和4.3"),
        ("-3度", r"\-3度"),
    ],
)
def test_no_list_begins_by_accident(text: str, escaped: str) -> None:
    assert in_markdown(text) == escaped


def test_only_web_addresses_become_links() -> None:
    assert link_in_markdown("javascript:alert(1)") is None
    assert link_in_markdown("https://a.example/(b) c") == "https://a.example/%28b%29%20c"
