"""Where the real data lies and what its absence means, and what all crawls run on."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import pytest
import sqlalchemy as sa

from kazami.garbage import look_less_for_garbage
from tests.crawls.driver import Crawl

look_less_for_garbage()

SHARED = Path(__file__).resolve().parents[2] / "shared"
LONGEST = ("tests/indexer/test_truth.py", "tests/platforms/own_pages/")
"""What takes a minute or more goes first, so that no worker is left alone with it at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real samples and corpora beside the checkout.

    Absent, the test is skipped; with ``CI=true`` its absence is a failure.
    """
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SHARED} is missing, and CI must test on real data")
        pytest.skip(f"no real data at {SHARED}")
    return SHARED


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty database of a PostgreSQL server, dropped afterwards.

    ``TEST_POSTGRESQL`` is the address of a server where databases may be made, such as
    ``.ci/postgresql start DIR`` prints. Absent, the test is skipped; with ``CI=true`` it fails.
    """
    server = os.environ.get("TEST_POSTGRESQL")
    if not server:
        if os.environ.get("CI") == "true":
            pytest.fail("TEST_POSTGRESQL names no server, and CI must test on a real one")
        pytest.skip("no PostgreSQL server: TEST_POSTGRESQL is not set (see .ci/postgresql)")
    url = sa.make_url(server)
    name = f"kazami_{uuid4().hex}"
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


@pytest.fixture(scope="session")
def reactor() -> Iterator[None]:
    """Twisted's reactor, which starts only once in a process, running beside the tests.

    With it ``crawl`` can be called again and again.
    """
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor

    thread = threading.Thread(target=reactor.run, args=(False,), daemon=True)
    thread.start()
    yield
    reactor.callFromThread(reactor.stop)
    thread.join(10)


@pytest.fixture
def crawl(tmp_path: Path, reactor: None) -> Crawl:
    """Crawls toy sources, or sources of the real platforms, into the test's own folder."""
    return Crawl(tmp_path)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The raw archive finds no room for a byte."""
    from crawler.fetching.archive import Archive

    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")

    def opened(archive: Archive) -> BinaryIO:
        archive._out = archive._out or full.open("wb")
        return archive._out

    monkeypatch.setattr(Archive, "_file", opened)
