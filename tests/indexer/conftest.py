"""The whole of 桐生市 as a stranger has it, imported and indexed, and beside it the raw file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from crawler.importing.jsonl import import_file
from indexer.build import build
from indexer.engines.base import Reader
from indexer.engines.memory import MemoryEngine
from indexer.engines.registry import open_engine
from indexer.tokens import terms
from kazami.bodies import load_bodies
from kazami.settings import load_settings
from kazami.store import open_folder

NOT_SPOKEN = {"名簿", "議題"}


@dataclass(frozen=True)
class Utterance:
    """A line of the raw file that somebody spoke."""

    year: int
    meeting: tuple[str, str, str]
    text: str


@dataclass(frozen=True)
class Kiryu:
    """The utterances of the raw file with the tokens of each, and a reader of each engine."""

    utterances: list[Utterance]
    tokens: list[list[str]]
    readers: dict[str, Reader]


@pytest.fixture(scope="session")
def kiryu(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiryu]:
    raw = shared / "corpus" / "kiryu_city.jsonl.gz"
    utterances = list(_spoken(raw))
    texts = [utterance.text for utterance in utterances]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        tokens = list(pool.map(terms, texts, chunksize=500))
    by_text = dict(zip(texts, tokens, strict=True))
    memory = MemoryEngine(tokenize=by_text.__getitem__)
    settings = load_settings(tmp_path_factory.mktemp("kiryu"), {})
    with open_folder(settings.data_dir) as store:
        import_file(store, raw, load_bodies(), datetime(2026, 1, 1, tzinfo=UTC))
        engine = open_engine(settings, store)
        build(store, engine)
        writer = memory.writer()
        writer.put(change.document for change in store.changes(0))
        writer.commit(store.last_change())
    with engine.reader() as whoosh:
        yield Kiryu(utterances, tokens, {"memory": memory.reader(), "whoosh": whoosh})


def _spoken(raw: Path) -> Iterator[Utterance]:
    with gzip.open(raw, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["role"] not in NOT_SPOKEN:
                meeting = (row["meeting_name"], row["meeting_date"], row["url"])
                yield Utterance(int(row["meeting_date"][:4]), meeting, row["text"])
