"""Recorded pages of VOICES, broken: they are refused, quickly, and never an empty document."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from crawler.page import Answer, Blocked, Found, Listed, LostAtSource, Page, PageChanged, TryLater
from crawler.platforms import voices
from tests.platforms.breaking import Make, broken

pytestmark = pytest.mark.corpus

CGI = "https://reiji.gijiroku.com/voices/cgi/voiweb.exe"
SECONDS, MEGABYTES = 2.0, 200
HOSTS = {"standard": "2778", "asp": "4285", "self-hosted-voices": "999"}
SITTING = {"title": "例示", "name": "例示 12月26日-01号", "url": CGI, "day": "2024-12-26"}

Read = Callable[[Page], Iterator[Answer]]


def read_list(page: Page) -> Iterator[Answer]:
    return voices.parse_list(page, year=2024, surely=True, cgi=CGI)


def read_speakers(fino: str) -> Read:
    return lambda page: voices.parse_speakers(
        page, cgi=CGI, fino=fino, key="reiji/1", certain=True, **SITTING
    )


def read_text(page: Page) -> Iterator[Answer]:
    """With a list of speakers that fits what the page holds: more is read than of the true one."""
    huids = re.findall(rb'NAME="HUID(\d+)"', page.body)
    rows = [[huid.decode(), "○", "委員長(例示)", 1] for huid in huids]
    return voices.parse_text(
        page,
        key="reiji/1",
        title="例示",
        name="例示 12月26日-01号",
        url=CGI,
        day="2024-12-26",
        certain=True,
        rows=rows,
    )


READS: dict[str, Read] = {}
for _folder, _fino in HOSTS.items():
    READS[f"{_folder}/search-result.html"] = read_list
    READS[f"{_folder}/sidebar.html"] = read_speakers(_fino)
    READS[f"{_folder}/header.html"] = read_text
    READS[f"{_folder}/huid-page.html"] = read_text
ENTRY = "zaruju_hiroshima/g08v_views_soumu_2025.excerpt.html"
READS[ENTRY] = voices.parse_entry
READS["zaruju_hiroshima/act100_soumu_2025.html"] = lambda page: voices.parse_root(page, cgi=CGI)


class Bodies(dict[str, bytes]):
    """The recorded pages by name; hypothesis prints what a test gets, and they are long."""

    def __repr__(self) -> str:
        return "the recorded pages"


@pytest.fixture(scope="module")
def bodies(shared: Path) -> Bodies:
    folder = shared / "samples/voices"
    return Bodies(
        {name: (folder / name).read_bytes().decode("utf-8").encode("cp932") for name in READS}
    )


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken(sorted(READS)))
def test_a_broken_page_is_refused_or_read(bodies: Bodies, page: tuple[str, Make]) -> None:
    name, make = page
    body = make(bodies)
    began = time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        answers = list(READS[name](Page(CGI, body, "text/html")))
    except (PageChanged, Blocked, LostAtSource, TryLater):
        answers = []
    assert time.process_time() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024
    for answer in answers:
        if isinstance(answer, Found):
            assert answer.passages
            assert all(passage.text.strip() for passage in answer.passages)
        if isinstance(answer, Listed):
            assert len(set(answer.documents)) == len(answer.documents)
