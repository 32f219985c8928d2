"""A platform is one file and its pages: the example of the documentation, put in and tried."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import crawler.platforms
from crawler import detection
from crawler.platform import Revisit, UnknownPlatform, platform, platforms
from crawler.running.cost import requests
from kazami.bodies import load_bodies
from kazami.document import Kind
from kazami.sources import Source, load_sources

ROOT = Path(__file__).resolve().parents[2]
NAME = "reiji_list"
LIST = """<html><ul class="sittings">
<li><a href="/s1.html">令和6年第1回定例会</a> <time>令和6年3月1日</time></li>
<li><a href="/s2.html">令和6年第2回定例会</a> <time>令和6年6月3日</time></li>
</ul></html>"""
SITTING = '<html><p class="utterance">リスキリングを進めます。</p></html>'


@pytest.fixture
def put_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a module with the example of docs/adding-a-platform.md, among the platforms."""
    text = (ROOT / "docs" / "adding-a-platform.md").read_text("utf-8")
    example = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert example is not None
    folder = tmp_path / "platforms"
    folder.mkdir()
    (folder / f"{NAME}.py").write_text(example[1], "utf-8")
    monkeypatch.setattr(crawler.platforms, "__path__", [*crawler.platforms.__path__, str(folder)])
    platforms.cache_clear()
    platform.cache_clear()
    yield folder
    sys.modules.pop(f"crawler.platforms.{NAME}", None)
    platforms.cache_clear()
    platform.cache_clear()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "sittings.html").write_text(LIST, "utf-8")
    for name in ("s1", "s2"):
        (pages / f"{name}.html").write_text(SITTING, "utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pages)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sittings.html"
    server.shutdown()
    server.server_close()


def source(url: str, **said: object) -> Source:
    return Source(body="102032", kind=Kind.MINUTES, platform=NAME, url=url, **said)  # type: ignore[arg-type]


def test_without_the_file_nobody_knows_it() -> None:
    with pytest.raises(UnknownPlatform, match=f"no platform '{NAME}'; there are amivoice"):
        platform(NAME)
    assert "not written" in str(detection.readable(source("https://a.example/sittings.html")))


def test_the_file_alone_makes_it_known_everywhere(put_in: Path) -> None:
    url = "https://www.reiji.example/sittings.html"
    assert detection.detect(url, LIST) == [NAME]
    assert detection.wrong_address(NAME, url) is None
    assert detection.wrong_address(NAME, url + "x") is not None
    assert detection.readable(source(url)) is None
    assert detection.text_address(source(url)) == url
    assert detection.wrong_options(source(url, options={"a": "b"})) == [
        f"{NAME} takes no options, but there is a"
    ]
    assert detection.expected_of(source(url)).at_least == 1
    body = load_bodies().find("桐生市")
    first, daily = requests(source(url), body, today=date(2026, 11, 28), months=4)
    assert first > daily > 1


CRAWL = """
import json, sys
from datetime import date
from pathlib import Path
import crawler.platforms
crawler.platforms.__path__.append(sys.argv[1])
from crawler.page import Wanted
from crawler.running.crawl import crawl
from crawler.running.reparse import reparse
from kazami.document import Kind
from kazami.settings import load_settings
from kazami.sources import Source, load_sources
from kazami.store import Store, open_folder
data = Path(sys.argv[2])
source = Source(body="102032", kind=Kind.MINUTES, platform="reiji_list", url=sys.argv[3])
with open_folder(data) as store:
    crawled = crawl(store, [source], load_settings(data, {}), Wanted(today=date(2024, 7, 1)))
    read = reparse(store, data)
    print(json.dumps([[r.ok, r.sources[0].new, r.sources[0].unchanged, r.sources[0].errors]
                      for r in (crawled, read)]))
"""


def test_it_is_crawled_and_read_again_from_the_archive(
    put_in: Path, site: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRAWL, str(put_in), str(tmp_path / "data"), site],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert json.loads(done.stdout) == [[True, 2, 0, []], [True, 0, 2, []]]


def test_naming_one_platform_does_not_import_the_others() -> None:
    code = (
        "import sys; from crawler.platform import platform; platform('kokkai');"
        "print([n for n in sys.modules if n.startswith('crawler.platforms.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "['crawler.platforms.kokkai']"


@pytest.mark.parametrize("name", sorted(platforms()))
def test_every_platform_is_found_by_its_name(name: str) -> None:
    found = platform(name)
    assert found.name == name
    assert found is platforms()[name]
    assert found.revisit


def test_every_parser_of_a_module_is_named_by_its_platform() -> None:
    for each in platforms().values():
        module = sys.modules[each.start.__module__]
        own = {
            name
            for name, value in vars(module).items()
            if name.startswith("parse_") and getattr(value, "__module__", "") == module.__name__
        }
        # Further ones it may share with other platforms.
        assert own
        assert own <= {parse.__name__ for parse in each.parsers}, each.name


def test_a_platform_may_say_itself_when_a_document_is_settled() -> None:
    kokkai = platform("kokkai")
    assert kokkai.months(Kind.MINUTES, 4) == 4
    own = replace(kokkai, revisit={Kind.MINUTES: Revisit(months=0)})
    assert own.months(Kind.MINUTES, 4) == 0


def test_every_shipped_source_expects_what_it_always_did() -> None:
    """Until November 2026 each said so itself: vendors' 20 in 400 days, own pages 4 in 500."""
    expected = [detection.expected_of(each) for each in minutes()]
    assert Counter((each.at_least, each.newest_within_days) for each in expected) == {
        (20, 400): 935,
        (4, 500): 536,
        (None, None): 318,
    }


def minutes() -> list[Source]:
    return [each for each in load_sources() if each.kind is Kind.MINUTES]


UNKNOWN_SINCE = {"014028", "124435", "394050"}
"""Bodies whose address turned out to be that of another office, or of no minutes."""


def test_each_source_expects_what_it_did_when_it_said_so_itself() -> None:
    """The digest is of commit 732d477: totals alone would not see two sources exchanged."""
    own_pages = platform("pdf_minutes").expect
    lines = sorted(
        f"{each.body} {each.kind.value} {expected.at_least} {expected.newest_within_days}"
        for each in minutes()
        for expected in [own_pages if each.body in UNKNOWN_SINCE else detection.expected_of(each)]
    )
    assert sha256("\n".join(lines).encode()).hexdigest() == (
        "9a519d5c5d7834c9654b5f95073bee01ccd66004299c1baf2850e8df402f4a16"
    )
