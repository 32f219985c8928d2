"""Stores of every older version, brought to today's, in both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from kazami.settings import Settings
from kazami.store import (
    Frontier,
    FrontierPage,
    Outcome,
    SourceRun,
    migrations,
    open_folder,
    open_store,
)
from kazami.store.opening import database_of
from tests.kazami.first_version import MEETING, NOW, make_first_version


@pytest.fixture
def old(where: Settings) -> Settings:
    """A store of version 1 with one meeting."""
    make_first_version(where)
    return where


def test_a_store_of_the_first_version_keeps_its_documents(old: Settings) -> None:
    with open_store(old) as store:
        assert store.document("invented:a") == MEETING
        assert store.put([MEETING]) == Outcome(unchanged=1)
        assert store.last_change() == 1
        assert store.identity() > 0
        stored = store.passage("invented:a#1")
        assert stored is not None
        assert (stored.source, stored.pass_on) == (None, False)
        frontier = Frontier("asked", NOW, (FrontierPage("a", 1, None),))
        store.begin_frontier("102032/minutes/invented", frontier)
        assert store.frontier("102032/minutes/invented") == frontier
    with open_store(old, read_only=True) as store:
        assert store.document("invented:a") == MEETING


def test_a_migrated_store_has_the_tables_and_columns_of_a_new_one(old: Settings) -> None:
    open_store(old).close()
    engine = database_of(old).connect(read_only=False)
    with engine.begin() as connection:
        migrated = _columns(connection)
        for name in reversed(list(migrated)):
            connection.exec_driver_sql(f"DROP TABLE {name}")
        migrations.create(connection)
        assert _columns(connection) == migrated
    engine.dispose()


def _columns(connection: sa.Connection) -> dict[str, dict[str, tuple[str, bool]]]:
    """Every table's columns with their family of types and whether they may be absent."""
    inspector = sa.inspect(connection)
    names = ["meta", "runs", "documents", "passages", "content_history", "listings"]
    names += [
        "listing_members",
        "frontiers",
        "frontier_pages",
        "source_runs",
        "fetches",
        "corrections",
        "tenders",
        "awards",
    ]
    assert set(names) == set(inspector.get_table_names())
    return {
        name: {
            column["name"]: (
                str(column["type"].as_generic()).replace("DATETIME", "TIMESTAMP"),
                column["nullable"],
            )
            for column in inspector.get_columns(name)
        }
        for name in names
    }


def test_every_store_draws_its_own_number(where: Settings, tmp_path_factory) -> None:
    with open_store(where) as one, open_store(where) as again:
        assert one.identity() == again.identity()
    other = tmp_path_factory.mktemp("other")
    with open_store(where) as one, open_folder(other) as two:
        assert one.identity() != two.identity()


def test_words_that_no_database_holds_do_not_stop_a_crawl(where: Settings) -> None:
    """A note quotes pages, a listing names what a page names; documents are refused instead."""
    with open_store(where) as store:
        run = store.start_run(NOW, "crawl \0")
        source = "102032/minutes/invented"
        store.record_source_run(SourceRun(run, source, NOW, NOW, "ok", note="a\0b\ud800c"))
        last = store.last_source_run(source)
        assert last is not None
        assert last.note == "a\ufffdb\ufffdc"
        names = {"documents": ["invented:\0"], "listings": ["\udfff"]}
        store.record_listing(source, "\0", **names, seen=NOW)
        store.begin_frontier(source, Frontier("\0", NOW, (FrontierPage("\ud800", 1, "page"),)))
        assert store.record_listing(source, "\0", documents=[], listings=[], seen=NOW) == []
