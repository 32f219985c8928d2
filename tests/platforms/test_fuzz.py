"""Every platform with every page we have, broken: refused quickly or read, never read as nothing.

Saved pages are broken for the parser that they were saved for, recorded ones for each parser of
their platform. What each platform does beyond that stands in its own folder.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.page import Blocked, Follow, Found, Listed, LostAtSource, Page, PageChanged, TryLater
from crawler.platform import platform, platforms
from crawler.platforms.kokkai import ApiError
from tests.builders import PAGES, parser_of

SECONDS, MEGABYTES = 2.0, 200
SEED = 3


@cache
def cases(name: str) -> tuple[tuple[dict[str, Any], bytes], ...]:
    """What the case says, and its page, for every saved page that is read."""
    found = []
    for file in sorted((PAGES / name).glob("*/case.toml")):
        said = tomllib.loads(file.read_text("utf-8"))
        if "refused" not in said:
            found.append((said, file.with_name("page.bin").read_bytes()))
    return tuple(found)


def broken(body: bytes, other: bytes, chance: random.Random) -> Iterator[bytes]:
    """The page cut off, without or with another's piece, doubled, shuffled and full of holes."""
    a, b = sorted(chance.choices(range(len(body) + 1), k=2))
    c, d = sorted(chance.choices(range(len(other) + 1), k=2))
    yield body[:a]
    yield body[:a] + body[b:]
    yield body[:b] + body[a:]
    yield body[:a] + other[c:d] + body[b:]
    yield other
    for joint in (b"\n", b"<", b","):
        pieces = body.split(joint)
        chance.shuffle(pieces)
        yield joint.join(pieces)
    yield bytes(each for each in body if chance.random() > 0.001)


def read(name: str, parser: str, page: Page, cb_kwargs: dict[str, Any]) -> None:
    """Fails on an error that is no refusal, on an empty answer, and on a slow one."""
    began = time.process_time()
    answers, refusal = [], ""
    try:
        answers = list(parser_of(name, parser)(page, **cb_kwargs))
    except (PageChanged, Blocked, LostAtSource, TryLater, ApiError) as error:
        refusal = str(error)
    assert time.process_time() - began < SECONDS
    assert answers or refusal, "a page that says nothing"
    assert "\n" not in refusal, "a refusal of several lines"
    for answer in answers:
        if isinstance(answer, Found):
            assert answer.key.strip()
            assert answer.title.strip()
            assert answer.passages or platform(name).without_page
            assert all(passage.text.strip() for passage in answer.passages)
        elif isinstance(answer, Listed):
            assert len(set(answer.documents)) == len(answer.documents)
        elif isinstance(answer, Follow):
            assert answer.key.strip()
            assert answer.url.startswith("http")


@pytest.mark.parametrize("name", sorted(platforms()))
def test_broken_saved_pages_are_refused_or_read(name: str) -> None:
    chance = random.Random(f"{SEED} {name}")
    assert cases(name)
    for said, body in cases(name):
        other = chance.choice([page for each in sorted(platforms()) for _, page in cases(each)])
        for each in broken(body, other, chance):
            page = Page(said["url"], each, said["content_type"])
            read(name, said["parser"], page, said["cb_kwargs"])


def samples(shared: Path, name: str) -> list[bytes]:
    """The recorded pages of a platform, in its own encoding: some were kept as UTF-8."""
    found = []
    for file in sorted((shared / "samples" / name).rglob("*.*")):
        if file.suffix in (".html", ".json", ".js", ".txt", ".xml"):
            body = file.read_bytes()
            if name in IN_CP932:
                body = body.decode("utf-8", "replace").encode("cp932", "replace")
            found.append(body)
    return found


IN_CP932 = {"kensakusystem", "voices"}

RECORDED = sorted(["dbsearch", "discussnet", "kensakusystem", "kokkai", "voices"])


@pytest.mark.corpus
@pytest.mark.parametrize("name", RECORDED)
def test_broken_recorded_pages_are_refused_or_read(shared: Path, name: str) -> None:
    chance = random.Random(f"{SEED} {name}")
    bodies = samples(shared, name)
    assert bodies
    parsers = {said["parser"]: said for said, _ in cases(name)}
    for body in bodies:
        wholes = [body, *broken(body, chance.choice(bodies), chance)]
        for each in chance.sample(wholes, 5):
            for parser, said in parsers.items():
                page = Page(said["url"], each, said["content_type"])
                read(name, parser, page, said["cb_kwargs"])


_MEASURE = """
import pathlib, resource, sys, tomllib
from crawler.page import Page
from crawler.platform import platform
from kazami.errors import KazamiError
name, pages, files = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
said = [tomllib.loads(case.read_text("utf-8")) for case in sorted(pages.glob("*/case.toml"))]
parsers = {each["parser"]: each for each in said if "refused" not in each}
module = platform(name)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for file in files:
    body = pathlib.Path(file).read_bytes()
    if name in {"kensakusystem", "voices"}:
        body = body.decode("utf-8", "replace").encode("cp932", "replace")
    for each in (body, body[: len(body) // 2], body + body):
        for parser, case in parsers.items():
            try:
                list(module.parser(parser)(Page(case["url"], each, None), **case["cb_kwargs"]))
            except KazamiError:
                pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.corpus
@pytest.mark.parametrize("name", RECORDED)
def test_the_largest_recorded_pages_take_little_memory(shared: Path, name: str) -> None:
    """In a process of its own, because what others took before would hide what a page takes."""
    files = [each for each in (shared / "samples" / name).rglob("*.*") if each.suffix != ".tsv"]
    largest = sorted(files, key=lambda file: file.stat().st_size)[-3:]
    command = [sys.executable, "-c", _MEASURE, name, str(PAGES / name), *map(str, largest)]
    measured = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert int(measured.stdout) < MEGABYTES * 1024
