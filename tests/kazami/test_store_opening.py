"""Opening a store: versions, files that are none, and what the disk refuses."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from kazami.document import Document, Kind, Passage
from kazami.errors import KazamiError
from kazami.store import FILE, Outcome, StoreError, migrations, open_folder, sqlite

NOW = datetime(2025, 4, 1, 9, 30, tzinfo=UTC)


def document(key: str = "a", text: str = "防災について。") -> Document:
    return Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="invented",
        key=key,
        title="定例会",
        date=date(2022, 3, 1),
        fetched=NOW,
        passages=(Passage(key="1", order=1, text=text),),
    )


@contextmanager
def refused(*words: str) -> Iterator[None]:
    """StoreError, in one line that holds the words."""
    with pytest.raises(StoreError) as error:
        yield
    line = str(error.value)
    assert isinstance(error.value, KazamiError)
    assert "\n" not in line
    for word in words:
        assert word in line


def make(data: Path, *documents: Document) -> None:
    with open_folder(data) as store:
        store.put(documents)


def execute(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / FILE)) as raw, raw:
        raw.execute(statement)


@pytest.mark.parametrize("options", [{"create": False}, {"read_only": True}])
def test_without_a_store_it_says_what_to_do_next(tmp_path: Path, options: dict[str, bool]) -> None:
    with refused("no documents yet", "kazami crawl", "kazami import", "kazami demo"):
        open_folder(tmp_path / "data", **options)
    assert not (tmp_path / "data").exists()


def test_an_empty_file_is_no_store_yet(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with refused("no documents yet"):
        open_folder(tmp_path, create=False)
    make(tmp_path, document())
    with open_folder(tmp_path, create=False) as store:
        assert store.last_change() == 1


def test_the_directory_is_made_with_its_parents(tmp_path: Path) -> None:
    make(tmp_path / "風見" / "data #1?", document())
    with open_folder(tmp_path / "風見" / "data #1?", create=False) as store:
        assert store.extent().documents == 1


def test_a_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a directory")
    with refused("data", "cannot be used"):
        open_folder(tmp_path / "data")


def test_a_newer_store_is_refused_with_both_versions(tmp_path: Path) -> None:
    make(tmp_path, document())
    execute(tmp_path, "UPDATE meta SET value = 7 WHERE name = 'schema_version'")
    for read_only in (False, True):
        with refused("version 7", f"knows {migrations.VERSION}", "install"):
            open_folder(tmp_path, read_only=read_only)


def test_an_older_store_is_brought_to_today_and_keeps_its_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, document())

    def add_ward(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE wards (name TEXT)")

    def add_seats(connection: sa.Connection) -> None:
        connection.exec_driver_sql("ALTER TABLE wards ADD COLUMN seats INTEGER")

    today = migrations.VERSION
    monkeypatch.setattr(migrations, "VERSION", today + 2)
    monkeypatch.setattr(migrations, "STEPS", {today: add_ward, today + 1: add_seats})
    with refused("older version", str(today + 2)):
        open_folder(tmp_path, read_only=True)
    with open_folder(tmp_path) as store:
        assert store.document("invented:a") == document()
        assert store.put([document("b")]) == Outcome(new=1)
    with closing(sqlite3.connect(tmp_path / FILE)) as raw:
        assert raw.execute("SELECT name, seats FROM wards").fetchall() == []
        version = raw.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
    assert version == (today + 2,)
    open_folder(tmp_path, read_only=True).close()


def test_a_migration_that_fails_leaves_the_old_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, document())

    def broken(connection: sa.Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (name TEXT)")
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    today = migrations.VERSION
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "VERSION", today + 1)
        patched.setattr(migrations, "STEPS", {today: broken})
        with refused("nowhere"):
            open_folder(tmp_path)
    with open_folder(tmp_path) as store:
        assert store.document("invented:a") == document()
    with closing(sqlite3.connect(tmp_path / FILE)) as raw:
        assert raw.execute("SELECT * FROM sqlite_master WHERE name = 'half'").fetchall() == []


def test_every_older_version_has_a_step() -> None:
    assert set(migrations.STEPS) == set(range(1, migrations.VERSION))


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_another_sort_is_refused_and_left_alone(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / FILE).write_bytes(b"PK\x03\x04 not a database" * 100)
    with refused(FILE, "not an SQLite file"):
        open_folder(tmp_path, read_only=read_only)
    assert (tmp_path / FILE).read_bytes().startswith(b"PK")


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    execute(tmp_path, "CREATE TABLE bookmarks (url TEXT)")
    with refused(FILE, "not a store of kazami"):
        open_folder(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    make(tmp_path, *(document(str(i), f"第{i}号について。" * 50) for i in range(200)))
    content = bytearray((tmp_path / FILE).read_bytes())
    content[8192:-4096] = os.urandom(len(content) - 12288)
    (tmp_path / FILE).write_bytes(content)
    with refused(FILE, "damaged"), open_folder(tmp_path) as store:
        list(store.changes(0))


def test_a_store_opened_for_reading_cannot_be_written(tmp_path: Path) -> None:
    make(tmp_path, document())
    with open_folder(tmp_path, read_only=True) as store:
        assert store.document("invented:a") == document()
        with refused(FILE, "not writable"):
            store.put([document("b")])


@contextmanager
def read_only(data: Path) -> Iterator[Path]:
    """The directory and its files may only be read, also where the tests run as root."""
    data.chmod(0o555)
    for file in data.iterdir():
        file.chmod(0o444)
    root = os.geteuid() == 0
    parents = [p for p in data.parents if p.stat().st_uid == 0 and not p.stat().st_mode & 0o001]
    modes = [(parent, parent.stat().st_mode) for parent in parents]
    for parent in parents if root else ():
        parent.chmod(0o711)
    if root:
        os.seteuid(65534)
    try:
        yield data
    finally:
        if root:
            os.seteuid(0)
            for parent, mode in modes:
                parent.chmod(mode)
        data.chmod(0o755)


@pytest.fixture
def unwritable(tmp_path: Path) -> Iterator[Path]:
    make(tmp_path / "data", document())
    with read_only(tmp_path / "data") as data:
        yield data


def copied_while_open(tmp_path: Path) -> Path:
    """A copy with the journal that holds the last document, and without the -shm file."""
    make(tmp_path / "live", document())
    (tmp_path / "copy").mkdir()
    with open_folder(tmp_path / "live") as store:
        store.put([document("b")])
        for name in (FILE, f"{FILE}-wal"):
            shutil.copy(tmp_path / "live" / name, tmp_path / "copy")
    assert (tmp_path / "copy" / f"{FILE}-wal").stat().st_size > 0
    return tmp_path / "copy"


def test_a_copy_with_its_journal_is_read_whole_where_nothing_may_be_written(
    tmp_path: Path,
) -> None:
    with read_only(copied_while_open(tmp_path)) as data:
        with open_folder(data, read_only=True) as store:
            assert store.document("invented:b") == document("b")
            assert store.extent().documents == 2
        assert sorted(each.name for each in data.iterdir()) == [FILE, f"{FILE}-wal"]


def test_a_copy_with_its_journal_is_read_whole_where_it_may_be_written(tmp_path: Path) -> None:
    data = copied_while_open(tmp_path)
    with open_folder(data, read_only=True) as store:
        assert store.extent().documents == 2


def test_a_store_with_an_empty_journal_is_read_where_nothing_may_be_written(
    tmp_path: Path,
) -> None:
    make(tmp_path / "data", document())
    (tmp_path / "data" / f"{FILE}-wal").touch()
    with (
        read_only(tmp_path / "data") as data,
        open_folder(data, read_only=True) as store,
    ):
        assert store.extent().documents == 1


def test_a_store_in_a_read_only_directory_can_be_read(unwritable: Path) -> None:
    with open_folder(unwritable, read_only=True) as store:
        assert store.document("invented:a") == document()
        assert store.extent().documents == 1


def test_writing_into_a_read_only_directory_is_one_clear_line(unwritable: Path) -> None:
    with refused(FILE, "permissions"), open_folder(unwritable) as store:
        store.put([document("b")])


def test_making_a_store_where_nothing_may_be_made_is_one_clear_line(unwritable: Path) -> None:
    with refused("Permission denied"):
        open_folder(unwritable / "deeper")


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    make(tmp_path, document())
    with open_folder(tmp_path) as store:

        @event.listens_for(store._engine, "begin")
        def no_more_room(connection: sa.Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")

        with refused(FILE, "disk is full"):
            store.put(document(str(i), "長い文。" * 9000) for i in range(40))
        assert [change.document for change in store.changes(0)] == [document()]
    with open_folder(tmp_path) as store:
        assert store.put([document("b")]) == Outcome(new=1)
        assert store.last_change() == 2


def test_a_writer_that_never_ends_is_named_after_the_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, document())
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(sqlite, "_PRAGMAS", ("PRAGMA busy_timeout = 200",))
    with open_folder(tmp_path) as store, closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with refused(FILE, "another process"):
            store.put([document("b")])
        assert store.document("invented:a") == document()
        other.rollback()
        assert store.put([document("b")]) == Outcome(new=1)


def test_the_file_is_in_wal_mode_with_foreign_keys_on(tmp_path: Path) -> None:
    make(tmp_path, document())
    with closing(sqlite3.connect(tmp_path / FILE)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with open_folder(tmp_path) as store, store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 30_000
