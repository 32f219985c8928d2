"""Where the links of a page lead."""

from __future__ import annotations

import pytest

from crawler.page import Page, PageChanged

HOST = "https://www.town.reiji.lg.jp"
URL = f"{HOST}/gikai/index.html"


def page(head: str = "", body: str = "") -> Page:
    return Page(URL, f"<html><head>{head}</head><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("base", "leads"),
    [
        ("", f"{HOST}/gikai/1.pdf"),
        ('<base href="/gikai/files/">', f"{HOST}/gikai/files/1.pdf"),
        ("<BASE target=_top HREF='../r6/'>", f"{HOST}/r6/1.pdf"),
        ('<base href="https://files.reiji.jp/a/b.html">', "https://files.reiji.jp/a/1.pdf"),
        ('<base href="//files.reiji.jp/">', "https://files.reiji.jp/1.pdf"),
        ('<base href="\\gikai\\r6\\">', f"{HOST}/gikai/r6/1.pdf"),
        ('<base href="/a/?x=1&amp;y=2">', f"{HOST}/a/1.pdf"),
        ("<base target=_blank>", f"{HOST}/gikai/1.pdf"),
        ('<base target=_blank><base href="/a/"><base href="/b/">', f"{HOST}/a/1.pdf"),
        ('<!-- <base href="/a/"> -->', f"{HOST}/gikai/1.pdf"),
        ("<script>'<base href=\"/a/\">'</script>", f"{HOST}/gikai/1.pdf"),
        ('<base href="javascript:x">', f"{HOST}/gikai/1.pdf"),
        ('<base href="http://[broken/">', f"{HOST}/gikai/1.pdf"),
    ],
)
def test_links_are_relative_to_the_base(base: str, leads: str) -> None:
    assert page(base).link("1.pdf") == leads


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("\\gikai\\1.pdf", f"{HOST}/gikai/1.pdf"),
        ("r6\\1.pdf?a=\\b", f"{HOST}/gikai/r6/1.pdf?a=\\b"),
        ("https:\\\\www.town.reiji.lg.jp\\1.pdf", f"{HOST}/1.pdf"),
        ("  1.pdf\n", f"{HOST}/gikai/1.pdf"),
        ("r6/\n  1.pdf", f"{HOST}/gikai/r6/  1.pdf"),
        ("\u30001.pdf", f"{HOST}/gikai/\u30001.pdf"),
    ],
)
def test_an_address_is_read_as_browsers_do(href: str, leads: str) -> None:
    assert page().link(href) == leads


def test_what_is_no_address_is_a_changed_page() -> None:
    with pytest.raises(PageChanged, match="an address"):
        page().link("http://[broken")


def test_a_page_with_another_text_holds_it_whatever_it_declares() -> None:
    said = Page(URL, b'<meta charset="euc-jp">', "text/html; charset=shift_jis")
    assert said.with_text('<meta charset="euc-jp">会議録').text() == '<meta charset="euc-jp">会議録'
