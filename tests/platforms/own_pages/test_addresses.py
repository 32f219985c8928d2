"""Which addresses are one page, and which page a pattern means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.own_pages.addresses import glob, is_file, path_of, plain

HOST = "https://www.town.reiji.lg.jp"
HOME = f"{HOST}/gikai/index.html"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("/gikai/1.html;jsessionid=S0001", "/gikai/1.html"),
        ("/gikai/1.html;JSESSIONID=S0001?id=3", "/gikai/1.html?id=3"),
        ("/gikai;jsessionid=S1/1.html", "/gikai/1.html"),
        ("/gikai/1;v=2.html", "/gikai/1;v=2.html"),
        ("/gikai/show.php?PHPSESSID=ab12&id=3", "/gikai/show.php?id=3"),
        ("/gikai/show.php?id=3&sid=0123456789abcdef0123", "/gikai/show.php?id=3"),
        ("/gikai/show.php?sid=12", "/gikai/show.php?sid=12"),
        ("/gikai/show.php?id=3&_=1719900000", "/gikai/show.php?id=3"),
        ("/gikai/show.php?id=3&nocache=1&utm_source=x", "/gikai/show.php?id=3"),
        ("/gikai/show.php?id=3&v=2", "/gikai/show.php?id=3&v=2"),
        ("/gikai/show.php?7311435", "/gikai/show.php?7311435"),
        ("/gikai/1.html?v=1", "/gikai/1.html"),
        ("/gikai/1.html?20240301", "/gikai/1.html"),
        ("/gikai/list.html?2", "/gikai/list.html?2"),
        ("/gikai/list.html?p=2", "/gikai/list.html?p=2"),
        ("/gikai/detail.html?id=5&category_id=51", "/gikai/detail.html?id=5&category_id=51"),
        ("/files/1.PDF?7311435", "/files/1.PDF"),
        ("/files/1.pdf?version=2&date=20240301", "/files/1.pdf"),
        ("/files/1.pdf?id=3", "/files/1.pdf?id=3"),
        ("/files/1.pdf?", "/files/1.pdf"),
        ("/files/./a/../1.pdf", "/files/1.pdf"),
        ("/files/..a/1.pdf", "/files/..a/1.pdf"),
        ("/%e4%bc%9a.pdf", "/%E4%BC%9A.pdf"),
        ("/会.pdf", "/%E4%BC%9A.pdf"),
    ],
)
def test_a_key_holds_what_names_the_page(typed: str, key: str) -> None:
    assert path_of(f"{HOST}{typed}", HOME) == key
    assert path_of(f"https://WWW.TOWN.REIJI.LG.JP:443{typed}", HOME) == key


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://files.reiji.jp/1.pdf", "//files.reiji.jp/1.pdf"),
        ("https://FILES.reiji.jp:443/1.pdf", "//files.reiji.jp/1.pdf"),
        ("http://files.reiji.jp:8080/1.pdf", "//files.reiji.jp:8080/1.pdf"),
        ("http://files.reiji.jp:99999/1.pdf", "//files.reiji.jp:99999/1.pdf"),
    ],
)
def test_another_host_is_part_of_the_key(url: str, key: str) -> None:
    assert path_of(url, HOME) == key


NAMES = st.from_regex(
    r"[A-Za-z0-9_-]{1,8}(/[A-Za-z0-9_-]{1,8}){0,2}\.(html|pdf|php)", fullmatch=True
)
FIELDS = st.dictionaries(
    st.sampled_from(["id", "cd", "category_id", "hdnID", "frmCd", "p", "co"]),
    st.from_regex("[A-Za-z0-9-]{1,6}", fullmatch=True),
    max_size=3,
)
NOISE = st.sampled_from(
    ["", ";jsessionid=AB12", "PHPSESSID=0a1b2c", "_=17199", "ts=99", "CFTOKEN=77", "cb=1"]
)


def query(fields: dict[str, str], *more: str) -> str:
    parts = [*(f"{name}={value}" for name, value in fields.items()), *filter(None, more)]
    return f"?{'&'.join(parts)}" if parts else ""


@given(NAMES, FIELDS, NOISE, NOISE)
def test_a_visit_changes_no_key(name: str, fields: dict[str, str], one: str, two: str) -> None:
    def typed(noise: str) -> str:
        if noise.startswith(";"):
            return f"{HOST}/{name}{noise}{query(fields)}"
        return f"{HOST}/{name}{query(fields, noise)}"

    assert path_of(typed(one), HOME) == path_of(typed(two), HOME) == f"/{name}{query(fields)}"


@given(NAMES, FIELDS, FIELDS)
def test_other_values_are_other_pages(name: str, one: dict[str, str], two: dict[str, str]) -> None:
    same = path_of(f"{HOST}/{name}{query(one)}", HOME) == path_of(
        f"{HOST}/{name}{query(two)}", HOME
    )
    assert same == (list(one.items()) == list(two.items()))


@given(NAMES, NOISE)
def test_the_plain_form_is_its_own(name: str, noise: str) -> None:
    once = plain(f"HTTPS://{HOST[8:].upper()}/{name}{noise if noise[:1] == ';' else ''}")
    assert plain(once) == once == f"{HOST}/{name}"


@pytest.mark.parametrize(
    ("pattern", "url", "meant"),
    [
        ("*.pdf", "/1.PDF", True),
        ("*.pdf", "/1.pdf?7311435", True),
        ("*.pdf", "/1.pdf?id=4", True),
        ("*.pdf", "/a/1.pdf", False),
        ("**.pdf", "/a/1.pdf", True),
        ("*.pdf", "/1.pdf.html", False),
        ("detail.html?id=*&category_id=51", "/detail.html?id=3&category_id=51", True),
        ("detail.html?id=*&category_id=51", "/detail.html?id=3&category_id=46", False),
        ("会議録/*.pdf", "/%E4%BC%9A%E8%AD%B0%E9%8C%B2/1.pdf", True),
    ],
)
def test_a_pattern_means_a_page(pattern: str, url: str, meant: bool) -> None:
    found = glob((f"{HOST}/{pattern}",)).fullmatch(plain(f"{HOST}{url}"))
    assert bool(found) is meant


def test_a_file_is_no_page() -> None:
    assert is_file(f"{HOST}/1.PDF?3")
    assert not is_file(f"{HOST}/1.html")
