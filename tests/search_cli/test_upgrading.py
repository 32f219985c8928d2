"""A data directory of an older version: each command says in one line what to run."""

from __future__ import annotations

import json
from pathlib import Path

from kazami.settings import load_settings
from tests.kazami.first_version import make_first_version
from tests.search_cli.conftest import Kazami


def test_a_question_to_an_older_store_says_what_to_run_and_that_works(
    indexed: Path, kazami: Kazami
) -> None:
    """The index of then is of another layout, too: here it is of another store."""
    (indexed / "kazami.sqlite").unlink()
    make_first_version(load_settings(indexed, {"KAZAMI_SETTINGS": "/dev/null"}))
    asked = kazami("search", "防災")
    assert (asked.exit_code, asked.stdout) == (1, "")
    assert asked.stderr.endswith("run kazami index\n")
    updated = kazami("index")
    assert updated.exit_code == 1
    assert "kazami index --rebuild" in updated.stderr
    assert kazami("index", "--rebuild").exit_code == 0
    assert json.loads(kazami("search", "防災", "--format", "json").stdout)["total"] == 1
