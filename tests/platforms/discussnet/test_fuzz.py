"""Answers of DiscussNet with something wrong in them: refused or read, quickly, never empty."""

from __future__ import annotations

import copy
import json
import random
import time
import tomllib
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.page import Blocked, Follow, Found, LostAtSource, Page, PageChanged, TryLater
from crawler.platforms import discussnet
from tests import builders

PAGES = builders.PAGES / "discussnet"
WHOLE = [
    name
    for name in ("councils", "schedules", "minutes", "committee-in-one-block")
    if (PAGES / name / "page.bin").exists()
]
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.sampled_from(["\ud842", "<pre>", "&#x110000;", "○（）　", [], {}, [[]], [{}]]),
)


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = list(value) if isinstance(value, dict) else []
    if isinstance(value, list):
        steps = list(range(len(value)))
    return [here] * bool(here) + [
        place for step in steps for place in places(value[step], (*here, step))
    ]


def read(parser: str, url: str, body: bytes, cb_kwargs: dict[str, Any]) -> None:
    try:
        answers = list(
            getattr(discussnet, parser)(Page(url, body, "application/json"), **cb_kwargs)
        )
    except (PageChanged, Blocked, LostAtSource, TryLater):
        return
    for answer in answers:
        if isinstance(answer, Found):
            assert answer.title.strip()
            assert all(each.text.strip() for each in answer.passages)
            assert answer.passages


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_one_wrong_value_is_refused_or_read(data: st.DataObject) -> None:
    case = PAGES / data.draw(st.sampled_from(WHOLE))
    said = tomllib.loads((case / "case.toml").read_text("utf-8"))
    answer = json.loads((case / "page.bin").read_bytes())
    *path, last = data.draw(st.sampled_from(places(answer)))
    inside = answer
    for step in path:
        inside = inside[step]
    way = data.draw(st.sampled_from(("junk", "gone", "twice")))
    if way == "junk":
        inside[last] = data.draw(JUNK)
    elif way == "gone":
        del inside[last]
    elif isinstance(inside, list):
        inside.insert(data.draw(st.integers(0, len(inside))), copy.deepcopy(inside[last]))
    read(said["parser"], said["url"], json.dumps(answer).encode(), said["cb_kwargs"])


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["saas", "self-hosted", "smart"])
@pytest.mark.parametrize("seed", range(4))
def test_real_answers_cut_spliced_and_shuffled(shared: Path, folder: str, seed: int) -> None:
    samples = shared / "samples/discussnet" / folder
    parsers = {
        "tenant.js": ("parse_tenant", "tenant"),
        "councils.json": ("parse_councils", "councils"),
        "schedules.json": ("parse_schedules", "schedules"),
        "minute.json": ("parse_minutes", "minutes"),
    }
    bodies = [(samples / name).read_bytes() for name in parsers]
    chance = random.Random(seed)
    for name, (parser, case) in parsers.items():
        cb_kwargs = tomllib.loads((PAGES / case / "case.toml").read_text("utf-8"))["cb_kwargs"]
        body, other = (samples / name).read_bytes(), chance.choice(bodies)
        a, b = sorted(chance.choices(range(len(body) + 1), k=2))
        c, d = sorted(chance.choices(range(len(other) + 1), k=2))
        broken = (body[:a], body[:a] + body[b:], body[:a] + other[c:d] + body[b:], other)
        for each in (*broken, shuffled(body, chance), grown(body)):
            began = time.perf_counter()
            read(parser, "https://ssp.kaigiroku.net/x", each, cb_kwargs)
            assert time.perf_counter() - began < 2
    tracemalloc.start()
    read(parser, "https://ssp.kaigiroku.net/x", grown(body), cb_kwargs)
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


def shuffled(body: bytes, chance: random.Random) -> bytes:
    """Every list of the answer in another order."""
    if not body.startswith(b"{"):
        return body[::-1]

    def mixed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: mixed(each) for name, each in value.items()}
        if isinstance(value, list):
            return [mixed(each) for each in chance.sample(value, len(value))]
        return value

    return json.dumps(mixed(json.loads(body))).encode()


def grown(body: bytes) -> bytes:
    """Ten times as many blocks, under numbers of their own."""
    if b"tenant_minutes" not in body:
        return body * 2
    blocks = json.loads(body)["tenant_minutes"]
    many = [{**each, "minute_id": n} for n, each in enumerate(blocks * 10)]
    return json.dumps({"tenant_minutes": many}).encode()


@settings(max_examples=200, deadline=None)
@given(st.text("○〇◎◆　（）君議長委員番１\n<>&;a。", max_size=200), st.text(max_size=20))
def test_any_text_of_a_block_is_read_or_refused(text: str, title: str) -> None:
    case = PAGES / "minutes"
    cb_kwargs = tomllib.loads((case / "case.toml").read_text("utf-8"))["cb_kwargs"]
    for code in (3, 4, 5):
        block = {"minute_id": 1, "minute_type_code": code, "title": title, "body": text}
        read("parse_minutes", "x", json.dumps({"tenant_minutes": [block]}).encode(), cb_kwargs)


@pytest.mark.parametrize(
    "text",
    ["○" * 300_000, "○議長（" * 60_000, "<img " * 60_000, "　" * 300_000, "○（" + "あ" * 300_000],
)
def test_a_block_made_to_be_slow_is_not(text: str) -> None:
    cb_kwargs = tomllib.loads((PAGES / "minutes/case.toml").read_text("utf-8"))["cb_kwargs"]
    for code in (3, 4):
        block = {"minute_id": 1, "minute_type_code": code, "title": "《委員会記録》", "body": text}
        body = json.dumps({"tenant_minutes": [block]}).encode()
        began = time.perf_counter()
        read("parse_minutes", "x", body, cb_kwargs)
        assert time.perf_counter() - began < 2


def test_deep_nesting_is_refused() -> None:
    body = b'{"councils":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    with pytest.raises(PageChanged):
        list(discussnet.parse_councils(Page("x", body), tenant=1, base="x", api="x"))


def test_every_follow_of_a_shuffled_list_has_a_key_of_its_own() -> None:
    said = tomllib.loads((PAGES / "councils/case.toml").read_text("utf-8"))
    body = shuffled((PAGES / "councils/page.bin").read_bytes(), random.Random(1))
    answers = list(discussnet.parse_councils(Page("x", body), **said["cb_kwargs"]))
    keys = [each.key for each in answers if isinstance(each, Follow)]
    assert len(keys) == len(set(keys)) == 8
