"""A data directory of the version before: each command says in one line what to run."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kazami.store import FILE
from tests.search_cli.conftest import Kazami


def aged(data: Path) -> None:
    """Take from a store what the last version added, and from its index whose it is."""
    with closing(sqlite3.connect(data / FILE)) as raw, raw:
        raw.execute("ALTER TABLE documents DROP COLUMN facts")
        raw.execute("ALTER TABLE documents DROP COLUMN pass_on")
        raw.execute("DELETE FROM meta WHERE name = 'identity'")
        raw.execute("UPDATE meta SET value = 2 WHERE name = 'schema_version'")


def test_a_question_to_an_older_store_says_what_to_run_and_that_works(
    indexed: Path, kazami: Kazami
) -> None:
    before = kazami("search", "リスキリング").stdout
    aged(indexed)
    asked = kazami("search", "リスキリング")
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert asked.stderr.endswith("run kazami index\n")
    updated = kazami("index")
    assert updated.exit_code == 1
    assert "kazami index --rebuild" in updated.stderr
    assert kazami("index", "--rebuild").exit_code == 0
    assert kazami("search", "リスキリング").stdout == before
