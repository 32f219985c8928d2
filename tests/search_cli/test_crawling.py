"""``kazami crawl`` as a process, against an invented site on this machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kazami.config import config_dir
from replay.invented import assemblies, invented_documents
from replay.server import ReplayServer

Start = Callable[..., subprocess.Popen[str]]

SOURCE = """\
["272078".minutes]
platform = "kensakusystem"
url = "{url}"
expect = {{ at_least = {at_least} }}
"""


@pytest.fixture
def site() -> Iterator[ReplayServer]:
    slug, code = next(iter(assemblies().items()))
    documents = [document for document in invented_documents() if document.body == code]
    with ReplayServer({slug: documents[:6]}) as server:
        yield server


@pytest.fixture
def start(site: ReplayServer, tmp_path: Path) -> Start:
    """``kazami ARGUMENTS`` where the only source is the invented site."""
    config = tmp_path / "config"
    shutil.copytree(config_dir(), config)
    for file in (config / "sources").iterdir():
        file.unlink()
    slug = next(iter(assemblies()))

    def run(*arguments: str, at_least: int = 1, contact: str = "a@b.example") -> object:
        (config / "sources" / "27-osaka.toml").write_text(
            SOURCE.format(url=site.entry(slug), at_least=at_least), encoding="utf-8"
        )
        kept = {name: value for name, value in os.environ.items() if "KAZAMI" not in name}
        return subprocess.Popen(
            [sys.executable, "-m", "search_cli", "--data", str(tmp_path / "data"), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=kept
            | {
                "KAZAMI_CONFIG": str(config),
                "KAZAMI_SETTINGS": os.devnull,
                "KAZAMI_CONTACT": contact,
            },
        )

    return run  # type: ignore[return-value]


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, told = process.communicate(timeout=60)
    return process.returncode, out, told


def test_a_crawl_counts_what_is_new_and_a_second_one_fetches_no_sitting_again(
    start: Start,
) -> None:
    code, out, told = ended(start("crawl", "--body", "高槻市"))
    assert (code, out.count("新規 6")) == (0, 1), told
    assert "次は: kazami index" in out
    code, out, told = ended(start("crawl", "--body", "高槻市"))
    assert code == 0, told
    assert "新規 0 · 更新 0" in out
    assert "kazami index" not in out


def test_what_was_crawled_can_be_read_again_from_the_archive(start: Start) -> None:
    ended(start("crawl", "--body", "高槻市"))
    code, out, told = ended(start("reparse"))
    assert code == 0, told
    assert "変更なし 6" in out


def test_too_little_is_an_alarm_that_names_the_source(start: Start) -> None:
    code, _, told = ended(start("crawl", "--body", "高槻市", at_least=99))
    assert code == 1
    assert "272078/minutes/kensakusystem: ALARM: 6 documents, expected at least 99" in told


def test_a_limit_and_a_span_of_days_ask_for_a_part_and_raise_no_alarm(start: Start) -> None:
    code, out, told = ended(
        start("crawl", "--platform", "kensakusystem", "--limit", "2", at_least=99)
    )
    assert (code, out.count("新規 2")) == (0, 1), told


def test_ctrl_c_ends_with_130_and_without_a_traceback(start: Start, site: ReplayServer) -> None:
    process = start("crawl", "--body", "高槻市")
    until = time.monotonic() + 30
    while not site.paths and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    code, _, told = ended(process)
    assert code == 130
    assert "Traceback" not in told
