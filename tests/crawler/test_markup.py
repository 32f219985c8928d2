"""HTML as a tree: all of it or a refusal, and no faster growing time."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import markup
from crawler.markup import DEEPEST, MOST_CHARACTERS, MOST_FOR_SOUP, NoTree
from crawler.page import Page, PageChanged
from tests.builders import ROOT
from tests.timing import LINEAR, growth

URL = "http://127.0.0.1/page.html"
UNCLOSED = ["font", "div", "li", "td", "b", "p", "section", "center", "ul><li", "table><tr><td"]


def nested(tag: str, times: int) -> str:
    said = "".join(f"<{tag}>○例示{at}番　発言{at}。" for at in range(times))
    return f"<html><body>{said}</body></html>"


@pytest.mark.parametrize("tag", UNCLOSED)
def test_utterances_under_elements_that_nobody_closes_are_all_there(tag: str) -> None:
    text = markup.tree(nested(tag, 400)).text_content()
    assert [at for at in range(400) if f"発言{at}。" not in text] == []


@pytest.mark.parametrize("tag", UNCLOSED)
def test_soup_holds_them_all_too(tag: str) -> None:
    text = markup.soup(nested(tag, 3000)).get_text()
    assert [at for at in range(3000) if f"発言{at}。" not in text] == []


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(UNCLOSED), st.integers(1, 2 * DEEPEST))
def test_a_page_is_read_whole_or_refused(tag: str, times: int) -> None:
    found = None
    with suppress(NoTree):
        found = markup.tree(nested(tag, times)).text_content().count("発言")
    assert found in (times, None)
    assert found == times or times > DEEPEST / 3


def test_what_is_too_deep_is_refused_in_one_line() -> None:
    page = Page(URL, nested("font", DEEPEST).encode())
    with pytest.raises(PageChanged) as refused:
        page.tree("utf-8")
    assert str(refused.value) == (
        f"{URL}: expected a page, found one more than 2048 elements deep: the page has changed"
    )


def test_what_is_too_deep_is_refused_after_any_number_of_other_faults() -> None:
    with pytest.raises(NoTree, match="deep"):
        markup.tree("</i>" * 500 + "<font>" * DEEPEST + "x" + "</i>" * 500)


@pytest.mark.parametrize(
    ("read", "most"), [(markup.tree, MOST_CHARACTERS), (markup.soup, MOST_FOR_SOUP)]
)
def test_what_is_too_long_is_refused(read, most: int) -> None:
    assert read("x" * most).find("body") is not None
    with pytest.raises(NoTree, match=f"more than {most:,} characters"):
        read("x" * (most + 1))


@pytest.mark.parametrize("text", ["", " \n\u3000", "<?xml version='1.0'?>", "<!---->"])
def test_what_holds_nothing_is_refused(text: str) -> None:
    with pytest.raises(NoTree):
        markup.tree(text)


@pytest.mark.parametrize("begun", ['<?xml version="1.0" encoding="Shift_JIS"?>', "\n <?xml >"])
def test_an_xml_declaration_is_passed_over(begun: str) -> None:
    assert markup.tree(f"{begun}<html><body>例示").text_content() == "例示"


HOSTILE = [
    *("<", "<a ", "</", "<!--", "&", "&#x", "<script ", "<style>", "<b></i>", "</p>"),
    *("<td><table>", "<rt></rt>a", "<a b=c ", "<br>", "<!---->a"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_tree_takes_time_in_proportion_to_the_page(piece: str) -> None:
    def read(size: int) -> None:
        with suppress(NoTree):
            markup.tree("<html><body>" + piece * (size // len(piece)))

    assert growth(read, 200_000) < LINEAR


def test_a_declaration_without_an_end_takes_time_in_proportion() -> None:
    def read(size: int) -> None:
        with pytest.raises(NoTree):
            markup.tree("<?xml" + " " * size)

    assert growth(read, 400_000) < LINEAR


@pytest.mark.parametrize("piece", ["<script ", "<script>", "<style>", "<", "</script>", "<a "])
def test_an_excerpt_takes_time_in_proportion_to_the_page(piece: str) -> None:
    def excerpt(size: int) -> None:
        Page(URL, piece.encode() * (size // len(piece))).excerpt("utf-8")

    assert growth(excerpt, 200_000) < LINEAR


def test_an_excerpt_shows_what_stands_outside_of_tags_and_scripts() -> None:
    body = "<p>はじめ</p><script>x</script >か<style>y</style>ぜ<b class='見'>み<script>z<p>"
    assert Page(URL, body.encode()).excerpt("utf-8") == "'はじめ か ぜ み'"


def test_html_becomes_a_tree_nowhere_else() -> None:
    makes_one = re.compile(
        r"document_fromstring|fragments?_fromstring|BeautifulSoup\(|HTMLParser\("
    )
    places = {
        file.relative_to(ROOT).as_posix()
        for package in ("kazami", "crawler", "answers", "presenting", "search_cli")
        for file in (ROOT / package).rglob("*.py")
        if makes_one.search(file.read_text("utf-8"))
    }
    assert places == {"crawler/markup.py"}


def test_a_page_that_calls_itself_xml_is_read_without_a_word(
    recwarn: pytest.WarningsRecorder,
) -> None:
    text = "<?xml version='1.0'?><p>会議録</p>"
    assert markup.soup(text).get_text() == "会議録"
    assert not recwarn.list
