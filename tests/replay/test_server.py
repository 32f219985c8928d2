"""What the replay server can do wrong on purpose, and that it keeps count."""

from __future__ import annotations

import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.client import IncompleteRead
from time import monotonic

import pytest

from kazami.document import Document, Kind, Passage
from replay import Fault, ReplayServer


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    said = Passage(key="1", order=1, text="はい。", speaker="例示太郎", role="市長")
    document = Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="kensakusystem",
        key="reiji/R070225A",
        title="令和 7年第1回定例会（第1号 2月25日）",
        date=date(2025, 2, 25),
        fetched=datetime(2026, 8, 2, tzinfo=UTC),
        passages=(said,),
    )
    with ReplayServer({"reiji": [document]}) as opened:
        yield opened


def get(url: str, data: bytes | None = None) -> bytes:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, data, timeout=10) as response:
        body: bytes = response.read()
        return body


def test_robots_txt_is_absent_until_it_is_given(server: ReplayServer) -> None:
    with pytest.raises(urllib.error.HTTPError) as missing:
        get(f"{server.url}/robots.txt")
    missing.value.close()
    server.robots = "User-agent: *\nDisallow: /reiji/"
    assert get(f"{server.url}/robots.txt") == b"User-agent: *\nDisallow: /reiji/"


def test_a_label_in_another_encoding_opens_nothing(server: ReplayServer) -> None:
    see = f"{server.entry('reiji')}cgi-bin3/See.exe"
    fields = {"Code": server.code, "treedepth": "令和 7年", "page": "", "fileName": ""}
    right = urllib.parse.urlencode(fields, encoding="cp932").encode()
    wrong = urllib.parse.urlencode(fields, encoding="utf-8").encode()
    assert "第1回定例会".encode("cp932") in get(see, right)
    assert "第1回定例会".encode("cp932") not in get(see, wrong)


def test_a_fault_strikes_as_often_as_said(server: ReplayServer) -> None:
    busy = Fault(path="/reiji/", status=429, headers={"Retry-After": "1"})
    server.faults.append(busy)
    with pytest.raises(urllib.error.HTTPError, match="429") as refused:
        get(server.entry("reiji"))
    assert refused.value.headers["Retry-After"] == "1"
    refused.value.close()
    assert b"See.exe" in get(server.entry("reiji"))
    assert [seen.status for seen in server.log] == [429, 200]


def test_a_page_can_break_off(server: ReplayServer) -> None:
    server.faults.append(Fault(path="/reiji/", cut=True))
    with pytest.raises(IncompleteRead):
        get(server.entry("reiji"))


def test_a_page_can_be_changed_and_late(server: ReplayServer) -> None:
    server.faults.append(
        Fault(path="/reiji/", delay=0.05, edit=lambda body: body.replace(b"See.exe", b"No.exe"))
    )
    began = monotonic()
    assert b"No.exe" in get(server.entry("reiji"))
    assert monotonic() - began >= 0.05


def test_requests_that_are_open_together_are_counted(server: ReplayServer) -> None:
    server.faults.append(Fault(path="/reiji/", delay=0.2, times=None))
    threads = [threading.Thread(target=get, args=[server.entry("reiji")]) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.most_at_once == 3
    assert server.paths == ["/reiji/"] * 3
