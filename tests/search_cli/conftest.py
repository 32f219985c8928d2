"""An invented meeting in a store, and a way to type commands at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from answers.claim import Claim
from indexer.query import Match
from kazami.document import Document, Kind, Passage, Stance
from kazami.store import open_folder
from search_cli.main import main

Kazami = Callable[..., Result]


def invented() -> Document:
    """A sitting that never was."""
    return Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="kensakusystem",
        key="R040301A",
        title="令和4年第1回定例会 一般質問",
        date=date(2022, 3, 1),
        fetched=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        url="https://reiji.example/minutes/R040301A",
        front_matter="出席議員\n例示 太郎",
        passages=(
            Passage(
                key="1",
                order=1,
                text="これより会議を開きます。",
                speaker="例示 一郎",
                role="議長",
                stance=Stance.CHAIR,
            ),
            Passage(
                key="2",
                order=2,
                text="職員のリスキリングについて\x1b[31m伺います\x1b[0m。\n次にＤＸです。",
                speaker="例示 太郎",
                role="議員",
                stance=Stance.QUESTION,
                page=12,
                url="https://reiji.example/minutes/R040301A#2",
            ),
            Passage(
                key="3",
                order=3,
                text="リスキリングを検討してまいります。",
                speaker="例示 花子",
                role="総務部長",
                stance=Stance.ANSWER,
                page=13,
            ),
            Passage(key="4", order=4, text="以上で散会します。", stance=Stance.CHAIR),
        ),
    )


@pytest.fixture
def claim() -> Claim:
    """What an invented answer stands on."""
    return Claim(
        documents=468,
        passages=128393,
        bodies=1,
        bodies_of=1788,
        diet=False,
        invented=0,
        since=date(2019, 6, 3),
        until=date(2022, 5, 19),
        match=Match.WORD,
        not_searched=(),
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with nothing in it."""
    return tmp_path / "data"


@pytest.fixture
def kazami(data: Path, monkeypatch: pytest.MonkeyPatch) -> Kazami:
    """``kazami --data DATA …`` in this process."""
    for name in ("KAZAMI_DATA", "KAZAMI_CONTACT", "KAZAMI_ENGINE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KAZAMI_SETTINGS", "/dev/null")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["--data", str(data), *arguments])

    return run


@pytest.fixture
def stored(data: Path) -> Path:
    """A data directory with the invented sitting in its store, and no index."""
    with open_folder(data) as store:
        store.put([invented()], source="102032/minutes/kensakusystem")
    return data


@pytest.fixture
def indexed(stored: Path, kazami: Kazami) -> Path:
    """The same, indexed."""
    result = kazami("index")
    assert result.exit_code == 0, result.output
    return stored
