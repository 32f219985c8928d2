"""Pages that take too long, too much or a process with them."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.fetching.hosts import Interrupted
from crawler.page import Answer, Blocked, Found, Page, PageChanged, Parse
from crawler.running.parsing import SHORT, Parsing
from crawler.running.problems import PageProblem, explain
from tests.crawls import toy_platform
from tests.crawls.toy_site import years

URL = "http://127.0.0.1:1/a/doc/1"
SAID = "title 例示\nday 2023-01-01\n発言。"


def page(text: str = SAID) -> Page:
    return Page(URL, text.encode())


@pytest.fixture
def parsing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parsing]:
    """Every page is parsed in the other process."""
    monkeypatch.setattr("crawler.running.parsing.SHORT", 0)
    with Parsing() as parsing:
        yield parsing


def of_process(page: Page) -> Iterator[Answer]:
    yield Found(key=str(os.getpid()), title="", date=None, url="", passages=())


def process_of(parsing: Parsing, body: str) -> int:
    (found,) = parsing.answers(page(body), of_process, {})
    return int(found.key)


def test_short_pages_are_parsed_here_and_long_ones_in_one_other_process() -> None:
    with Parsing() as parsing:
        assert process_of(parsing, "x" * SHORT) == os.getpid()
        other = process_of(parsing, "x" * (SHORT + 1))
        assert other != os.getpid()
        assert process_of(parsing, "x" * (SHORT + 2)) == other
    with pytest.raises(ProcessLookupError):
        os.kill(other, 0)


def test_the_other_process_says_what_this_one_would(parsing: Parsing) -> None:
    keywords = {"tenant": "a", "key": "1"}
    here = list(toy_platform.parse_document(page(), **keywords))
    assert parsing.answers(page(), toy_platform.parse_document, keywords) == here
    listed = Page(URL, b"2023-1 2023-01-01\n2023-2 2023-02-01")
    keywords = {"tenant": "a", "name": "2023"}
    here = list(toy_platform.parse_list(listed, **keywords))
    assert len(here) == 3
    assert parsing.answers(listed, toy_platform.parse_list, keywords) == here


@pytest.mark.parametrize("text", ["<html>", "title bug\nday 2023-01-01\nx", "title a\nday x\ny"])
def test_a_page_that_cannot_be_read_has_the_same_line(parsing: Parsing, text: str) -> None:
    keywords = {"tenant": "a", "key": "1"}
    with pytest.raises((PageChanged, KeyError, ValueError)) as here:
        list(toy_platform.parse_document(page(text), **keywords))
    with pytest.raises(PageProblem) as there:
        parsing.answers(page(text), toy_platform.parse_document, keywords)
    assert explain(URL, there.value) == explain(URL, here.value)
    assert process_of(parsing, "the next page") != os.getpid()


def test_a_host_that_blocks_is_blocked(parsing: Parsing) -> None:
    with pytest.raises(Blocked) as blocked:
        parsing.answers(page("ログイン"), toy_platform.parse_document, {"tenant": "a", "key": "1"})
    assert (blocked.value.url, blocked.value.reason) == (URL, "login")


def endless(page: Page) -> Iterator[Answer]:
    while True:
        pass
    yield


def greedy(page: Page) -> Iterator[Answer]:
    taken = []
    while True:
        taken.append(bytearray(50_000_000))
    yield


def deadly(page: Page) -> Iterator[Answer]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield


@pytest.mark.parametrize(
    ("parse", "line"),
    [
        (endless, "takes more than 1 s to read; refused"),
        (greedy, "takes more than 1000 MB of memory to read; refused"),
        (deadly, "ended the process that read it (code -11); refused"),
    ],
)
def test_a_page_beyond_its_bounds_is_one_line_and_the_next_is_read(
    parsing: Parsing, monkeypatch: pytest.MonkeyPatch, parse: Parse, line: str
) -> None:
    monkeypatch.setattr("crawler.running.parsing.SECONDS", 1.0 if parse is endless else 30.0)
    with pytest.raises(PageProblem) as refused:
        parsing.answers(page(), parse, {})
    assert str(refused.value) == f"{URL}: {line}"
    assert not refused.value.bug
    assert process_of(parsing, "the next page") != os.getpid()


def test_what_is_cut_is_interrupted_at_once(parsing: Parsing) -> None:
    threading.Timer(0.5, parsing.cut).start()
    began = time.monotonic()
    with pytest.raises(Interrupted):
        parsing.answers(page(), endless, {})
    assert time.monotonic() - began < 10
    with pytest.raises(Interrupted):
        parsing.answers(page(), of_process, {})


def wait_for(there: Path) -> None:
    for _ in range(300):
        if there.exists():
            return
        time.sleep(0.1)
    raise AssertionError(there)


def long(words: str) -> str:
    """Longer than what is parsed in the crawl's own process."""
    return words + "。" * 12_000


def test_two_ctrl_c_end_a_crawl_that_is_busy_with_a_page(crawl) -> None:
    busy = crawl.data / "busy"
    with years(2023, 2023, 3) as site:
        site.documents["2023-2"] = ("2023-05-20", long(f"busy {busy}\n"))
        process = crawl.start(site.url())
        wait_for(busy)
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        crawled = crawl.ended(process)

    assert time.monotonic() - before < 5
    assert (crawled.code, crawled.source["status"]) == (130, "interrupted")
    assert "Traceback" not in crawled.stderr
    with pytest.raises(ProcessLookupError):
        os.kill(int(busy.read_text()), 0)


def test_a_crawl_goes_on_after_a_page_that_takes_too_long(crawl, monkeypatch) -> None:
    monkeypatch.setattr("crawler.running.parsing.SECONDS", 2.0)
    with years(2023, 2023, 3) as site:
        site.documents["2023-2"] = ("2023-05-20", long(f"busy {crawl.data / 'busy'}\n"))
        crawled = crawl(site.url())
        again = crawl(site.url(), reparse=True)

    for each in (crawled, again):
        assert each.source["errors"] == [
            f"{site.url()}doc/2023-2: takes more than 2 s to read; refused"
        ]
    assert (crawled.source["new"], again.source["unchanged"]) == (2, 2)
