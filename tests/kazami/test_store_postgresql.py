"""A store in PostgreSQL: what its server says, in one line, and what a person sees."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from kazami.settings import Settings
from kazami.store import StoreError, open_store
from kazami.store.postgresql import PostgresqlDatabase
from search_cli.main import main

_NOW = datetime(2025, 4, 1, tzinfo=UTC)
MEETING = {
    "body": "102032",
    "kind": "minutes",
    "key": "1",
    "date": "2024-03-01",
    "title": "令和6年第1回定例会",
    "passages": [
        {"text": "職員のリスキリングを伺います。", "speaker": "例示太郎", "stance": "question"},
        {"text": "リスキリングを進めます。", "speaker": "例示花子", "stance": "answer"},
    ],
}


def settings(data: Path, store: str) -> Settings:
    return Settings(
        data_dir=data,
        contact="",
        engine="whoosh",
        workers=1,
        recheck_months=4,
        max_response_mb=20,
        retries=2,
        store=store,
    )


@pytest.mark.parametrize(
    "address",
    ["nonsense", "mysql://user@host/db", "postgresql://user:secret@host", "postgresql://"],
)
def test_what_is_no_address_is_told_without_its_password(tmp_path: Path, address: str) -> None:
    with pytest.raises(StoreError, match="no address like postgresql://") as refused:
        open_store(settings(tmp_path, address))
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_one_line_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be reached.*setting store") as refused:
        open_store(settings(tmp_path, "postgresql://user:secret@127.0.0.1:1/kazami"))
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_database_that_is_not_there_is_named(postgresql: str, tmp_path: Path) -> None:
    other = sa.make_url(postgresql).set(database="not_there").render_as_string(False)
    with pytest.raises(StoreError, match=r"not_there on the local server.*createdb") as refused:
        open_store(settings(tmp_path, other))
    assert "\n" not in str(refused.value)


def test_a_user_that_is_not_known_is_told_what_to_check(postgresql: str, tmp_path: Path) -> None:
    other = sa.make_url(postgresql).set(username="nobody_here").render_as_string(False)
    with pytest.raises(StoreError, match=r"nobody_here.*setting store"):
        open_store(settings(tmp_path, other))


def test_a_database_that_cannot_hold_every_character_is_refused(
    postgresql: str, tmp_path: Path
) -> None:
    url = sa.make_url(postgresql)
    name = f"{url.database}_euc"
    maker = sa.create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with maker.connect() as connection:
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} ENCODING 'EUC_JP' LOCALE 'C' TEMPLATE template0"
        )
        try:
            with pytest.raises(StoreError, match=r"EUC_JP.*createdb --encoding UTF8"):
                open_store(settings(tmp_path, url.set(database=name).render_as_string(False)))
        finally:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    maker.dispose()


def test_a_database_of_another_program_is_left_alone(postgresql: str, tmp_path: Path) -> None:
    engine = PostgresqlDatabase(postgresql).connect(read_only=False)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(StoreError, match="not a store of kazami"):
        open_store(settings(tmp_path, postgresql))
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["bookmarks"]
    engine.dispose()


def test_a_store_opened_for_reading_cannot_be_written(postgresql: str, tmp_path: Path) -> None:
    where = settings(tmp_path, postgresql)
    open_store(where).close()
    with (
        open_store(where, read_only=True) as store,
        pytest.raises(StoreError, match="for reading only"),
    ):
        store.record_listing("s", "n", documents=[], listings=[], seen=_NOW)


def test_an_empty_database_is_no_store_to_read(postgresql: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no documents yet"):
        open_store(settings(tmp_path, postgresql), read_only=True)


def test_the_command_line_says_the_same_as_over_a_file(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "meeting.jsonl").write_text(json.dumps(MEETING), "utf-8")
    monkeypatch.setenv("KAZAMI_SETTINGS", "/dev/null")
    answers = []
    for name, store in (("file", ""), ("server", postgresql)):
        monkeypatch.setenv("KAZAMI_STORE", store)

        def run(*arguments: str, data: Path = tmp_path / name) -> str:
            done = CliRunner().invoke(main, ["--data", str(data), *arguments])
            assert done.exit_code == 0, done.output
            return done.stdout

        run("import", str(tmp_path / "meeting.jsonl"))
        run("index")
        search = run("search", "リスキリング", "--format", "json")
        trend = run("trend", "リスキリング", "--by", "stance", "--format", "json")
        answers.append((search, trend, "1" in run("status")))
        assert (tmp_path / name / "kazami.sqlite").exists() == (not store)
    assert answers[0] == answers[1]
    assert json.loads(answers[0][0])["total"] == 2
