"""Merging in pieces: whatever their size, the merged segment answers as the reference does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import merge_policy, merged_lists, set_algebra
from indexer.engines.whoosh.columns import StreamedStrings, encoded, strings
from indexer.engines.whoosh.merge_policy import Candidate, alike, smallest
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.set_algebra import substrings
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.query import Filters, Phrase
from tests.contract.corpus import document
from tests.indexer.test_whoosh_writer import same, segments, some, split


@pytest.mark.parametrize("piece", [1, 40, 200])
@pytest.mark.parametrize("seed", range(3))
def test_lists_longer_than_a_piece_are_merged_in_stretches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int, seed: int
):
    monkeypatch.setattr(merged_lists, "PIECE_BYTES", piece)
    monkeypatch.setattr(merged_lists, "_STRETCH", 3)
    monkeypatch.setattr(merged_lists, "_WINDOW_TERMS", 1)
    rng = random.Random(seed)
    memory = MemoryEngine(tokenize=split)
    reference = memory.writer()
    writer = WhooshWriter(tmp_path, workers=1, batch=150, terms=split)
    for change in range(1, 4):
        put = [some(rng, str(number)) for number in rng.sample(range(60), 30)]
        gone = [f"t:{number}" for number in rng.sample(range(60), 5)]
        for each in (writer, reference):
            each.put(put)
            each.delete(gone)
            each.commit(change)
    writer.close()
    assert len(segments(tmp_path)) < 8
    same(tmp_path, memory)


class Held:
    """A part that is in memory, and how much of it was asked for at once."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.most = 0

    def __len__(self) -> int:
        return len(self._content)

    def read(self, start: int, stop: int) -> bytes:
        self.most = max(self.most, stop - start)
        return self._content[start:stop]


@pytest.mark.parametrize("size", [1, 10, 64, 1 << 20])
def test_runs_hold_every_string_once_and_are_not_larger_than_asked(size: int):
    texts = ["防災", "", "市" * 30, *(str(number) for number in range(50))]
    held = Held(b"".join(strings(map(encoded, texts))))
    longest = max(len(encoded(text)) + 1 for text in texts)
    found = []
    for first, blob, offsets in StreamedStrings(held).runs(size=size):
        assert first == len(found)
        assert len(blob) == offsets[-1] <= max(size, longest)
        pairs = zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
        found += [blob[start : end - 1].decode() for start, end in pairs]
    assert found == texts


def test_an_exact_search_never_holds_more_than_a_run_of_text():
    texts = ["市の防災と防災" + "、" * 400_000, "予算", "防" * 3, "災防災"] * 8
    held = Held(b"".join(strings(map(encoded, texts))))
    found = substrings(StreamedStrings(held), encoded("防災"))
    assert found.passages.tolist() == [at for at in range(len(texts)) if at % 4 in (0, 3)]
    assert found.counts.tolist() == [2, 1] * 8
    assert held.most < 3 << 20 < len(held)


@pytest.mark.parametrize("often", [0, 1, 3, 1000])
def test_substrings_do_not_overlap_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch, often: int
) -> None:
    """Rare ones are looked for in another way than frequent ones; where they meet none is lost."""
    monkeypatch.setattr(set_algebra, "_OFTEN", often)
    texts = ["ああああ防", "あ防あああああ", "", "防", "あああ"] * 3
    found = substrings(
        StreamedStrings(Held(b"".join(strings(map(encoded, texts))))), encoded("ああ")
    )
    counts = {at: text.count("ああ") for at, text in enumerate(texts) if "ああ" in text}
    assert dict(zip(found.passages.tolist(), found.counts.tolist(), strict=True)) == counts


def candidates(*sizes: tuple[int, int]) -> list[Candidate]:
    return [
        Candidate(entry=at, live=live, passages=live, bytes=bytes)
        for at, (live, bytes) in enumerate(sizes)
    ]


def test_no_merge_makes_a_segment_larger_than_its_bound():
    assert alike(candidates(*[(50_000, 1 << 20)] * 8)) == list(range(8))
    many = candidates(*[(100_000, 1 << 20)] * 8)
    assert len(alike(many)) == len(smallest(many)) == merge_policy.MOST_PASSAGES // 100_000
    long = candidates(*[(1_000, merge_policy.MOST_BYTES // 3)] * 8)
    assert len(alike(long)) == len(smallest(long)) == 3
    full = candidates(*[(300_000, 1 << 20)] * 8)
    assert alike(full) == smallest(full) == []


def test_the_widest_positions_of_a_long_list_decide_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(merged_lists, "PIECE_BYTES", 1)
    far = " ".join([*["予算"] * 70_000, "防災 市長"])
    writer = WhooshWriter(tmp_path, workers=1, batch=1, terms=split)
    writer.put([document("near", "防災 市長"), document("far", far)])
    writer.commit(1)
    writer.close()
    assert segments(tmp_path) == [2]
    with WhooshReader(tmp_path) as reader:
        found = reader.search(Phrase(("防災", "市長")), Filters())
    assert sorted(hit.document for hit in found.hits) == ["t:far", "t:near"]
