"""The whole of 桐生市 as a stranger has it, imported and indexed, and beside it the raw file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from sys import intern
from typing import Any

import pytest

from crawler.importing.jsonl import import_file
from indexer.build import build
from indexer.engines.base import Reader
from indexer.engines.memory import MemoryEngine
from indexer.engines.registry import open_engine
from indexer.sinks import Digest, PassageTokens
from indexer.tokens import terms
from kazami.bodies import load_bodies
from kazami.document import Document
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


class KeptTokens:
    """Keeps the tokens of every passage while the index is made: nothing is tokenized twice."""

    change = 0

    def __init__(self) -> None:
        self.of: dict[str, list[list[str]]] = {}

    @property
    def digest(self) -> Digest:
        return as_lists

    def fold(self, id: str, digested: Any) -> None:
        self.of[id] = [list(map(intern, tokens)) for tokens in digested]

    def forget(self, ids: Iterable[str]) -> None: ...

    def commit(self, change: int) -> None: ...


def as_lists(document: Document, tokens: PassageTokens) -> list[list[str]]:
    return [list(passage) for passage in tokens]


@pytest.fixture(scope="session")
def kiryu(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiryu]:
    raw = shared / "corpus" / "kiryu_city.jsonl.gz"
    utterances = list(_spoken(raw))
    kept = KeptTokens()
    by_text: dict[str, list[str]] = {}
    memory = MemoryEngine(tokenize=by_text.__getitem__)
    settings = load_settings(tmp_path_factory.mktemp("kiryu"), {})
    with open_folder(settings.data_dir) as store:
        import_file(store, raw, load_bodies(), datetime(2026, 1, 1, tzinfo=UTC))
        engine = open_engine(settings, store)
        build(store, engine, sinks=[kept])
        writer = memory.writer()
        for change in store.changes(0):
            found = change.document
            for passage, tokens in zip(found.passages, kept.of.pop(found.id), strict=True):
                by_text[passage.text] = tokens
            writer.put([found])
        writer.commit(store.last_change())
    # That the index kept what the tokenizer makes, seen on some texts.
    for utterance in Random(7).sample(utterances, 300):
        assert by_text[utterance.text] == list(terms(utterance.text))
    tokens_of_all = [by_text[utterance.text] for utterance in utterances]
    with engine.reader() as whoosh:
        yield Kiryu(utterances, tokens_of_all, {"memory": memory.reader(), "whoosh": whoosh})


def _spoken(raw: Path) -> Iterator[Utterance]:
    with gzip.open(raw, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["role"] not in NOT_SPOKEN:
                meeting = (row["meeting_name"], row["meeting_date"], row["url"])
                yield Utterance(int(row["meeting_date"][:4]), meeting, row["text"])
