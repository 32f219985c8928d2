"""Lists as people paste and save them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.recall_list import Known, WrongList, read_list
from kazami.bodies import load_bodies

BODIES = load_bodies()
WANTED = [
    Known(line=2, title="例示庁舎清掃", body="102032", day=date(2026, 5, 1)),
    Known(line=3, title="例示, 警備"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_csv_file_with_names_of_columns(encoding: str) -> None:
    text = '公告日,件名,団体\n令和8年5月1日,例示庁舎清掃,桐生市\n,"例示, 警備",\n'
    assert read_list(text.encode(encoding), BODIES) == WANTED


def test_cells_pasted_from_a_spreadsheet() -> None:
    text = "title\tbody\tday\n例示庁舎清掃\t102032\t2026/5/1\n例示, 警備\t\t\n"
    assert read_list(text.encode(), BODIES) == WANTED


def test_bare_titles_a_line_each() -> None:
    found = read_list("例示庁舎清掃\n\n例示警備\n".encode(), BODIES)
    assert [(each.line, each.title, each.body) for each in found] == [
        (1, "例示庁舎清掃", None),
        (3, "例示警備", None),
    ]


def test_a_code_as_our_own_csv_writes_it_and_a_body_that_nobody_knows() -> None:
    found = read_list('件名,団体\nア,"=""102032"""\nイ,桐生町\n'.encode(), BODIES)
    assert (found[0].body, found[1].body, found[1].named) == ("102032", None, "桐生町")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "holds no title"),
        ("件名\n".encode(), "holds no title"),
        ("件名,団体\n,桐生市\n".encode(), "line 2: there is no title"),
        ("件名,公告日\nア,いつか\n".encode(), "line 2"),
        (b"\xff\xfe\x81", "neither UTF-8 nor"),
        ('件名\n"ア'.encode(), "no CSV"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(data: bytes, told: str) -> None:
    with pytest.raises(WrongList, match=told):
        read_list(data, BODIES)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_wrong(data: bytes) -> None:
    with suppress(WrongList):
        assert read_list(data, BODIES)
