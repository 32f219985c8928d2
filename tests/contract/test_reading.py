"""Documents whose reading is in doubt can be left out: the definition of an engine, part five."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engines.base import Engine, Reader
from indexer.engines.memory import MemoryEngine
from indexer.longer_words import Sought
from indexer.query import By, Cell, Filters, Node, Not, Readings
from kazami.document import Document
from kazami.periods import Every
from tests.contract.corpus import (
    DOUBTED,
    EVERYTHING,
    SOUND,
    document,
    filled,
    ids,
    word,
    write,
)
from tests.contract.test_agreement import documents, filters, nodes

CORPUS = (
    document("a", "防災", "防災と防災", body="102032", reading=DOUBTED),
    document("b", "防災", body="102032", reading=SOUND),
    document("c", "シャトルバス", body="011002", reading=DOUBTED),
    document("d", "福祉", body="100005"),
)
ONLY_SOUND = Filters(reading=Readings.SOUND)


def test_what_is_in_doubt_is_neither_found_nor_counted(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    assert ids(reader, word("防災")) == ["a#1", "a#2", "b#1"]
    assert ids(reader, word("防災"), ONLY_SOUND) == ["b#1"]
    assert ids(reader, Not(word("防災")), ONLY_SOUND) == ["d#1"]
    [count] = reader.tally(word("防災"), ONLY_SOUND)
    [whole] = reader.tally(None, ONLY_SOUND, tokens=True)
    assert (count.passages, count.documents, count.bodies, count.occurrences) == (1, 1, 1, 1)
    assert (whole.passages, whole.documents, whole.bodies, whole.tokens) == (2, 2, 2, 2)
    bus = Sought("バス", "バス", frozenset({"バス"}), ())
    assert reader.longer_terms(bus, EVERYTHING) == ["シャトルバス"]
    assert reader.longer_terms(bus, ONLY_SOUND) == []


def test_the_extent_says_how_many_are_in_doubt(engine: Engine) -> None:
    reader = filled(engine, *CORPUS)
    whole, sound = reader.extent(EVERYTHING), reader.extent(ONLY_SOUND)
    assert (whole.documents, whole.passages, whole.doubtful) == (4, 5, 2)
    assert (sound.documents, sound.passages, sound.doubtful) == (2, 2, 0)
    assert sound.codes == {"102032", "100005"}
    one_body = Filters(bodies=frozenset({"102032"}))
    assert (reader.extent(one_body).documents, reader.extent(one_body).doubtful) == (2, 1)


def test_a_better_reading_takes_the_doubt_away_and_a_worse_one_brings_it(engine: Engine) -> None:
    write(engine, *CORPUS)
    write(engine, replace(CORPUS[0], reading=SOUND), replace(CORPUS[3], reading=DOUBTED), change=2)
    with engine.reader() as reader:
        assert ids(reader, word("防災"), ONLY_SOUND) == ["a#1", "a#2", "b#1"]
        assert reader.extent(EVERYTHING).doubtful == 2
        assert reader.extent(Filters(bodies=frozenset({"100005"}))).doubtful == 1


def summed(parts: list[list[Cell]]) -> dict[tuple[object, object], tuple[int, ...]]:
    """What can be added up (a body may be on both sides), by period and group."""
    sums: dict[tuple[object, object], tuple[int, ...]] = {}
    for cell in (cell for part in parts for cell in part):
        counts = (cell.passages, cell.documents, cell.occurrences, cell.tokens)
        before = sums.get((cell.start, cell.group), (0, 0, 0, 0))
        sums[cell.start, cell.group] = tuple(map(sum, zip(before, counts, strict=True)))  # type: ignore[arg-type]
    return sums


def unique(found: list[Document]) -> list[Document]:
    return list({document.id: document for document in found}.values())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    found=st.lists(documents(), max_size=10).map(unique),
    questions=st.lists(st.tuples(st.none() | nodes, filters), min_size=2, max_size=4),
)
def test_the_sound_and_the_doubtful_make_up_all(
    make_engine: Callable[[], Engine],
    found: list[Document],
    questions: list[tuple[Node | None, Filters]],
) -> None:
    doubted: Reader = filled(MemoryEngine(), *(each for each in found if each.doubtful))
    with filled(make_engine(), *found) as reader:
        for node, limits in questions:
            everything = replace(limits, reading=Readings.ALL)
            sound = replace(limits, reading=Readings.SOUND)
            for every in (None, *Every):
                for by in (None, *By):
                    parts = [
                        reader.tally(node, sound, every=every, by=by, tokens=True),
                        doubted.tally(node, everything, every=every, by=by, tokens=True),
                    ]
                    whole = reader.tally(node, everything, every=every, by=by, tokens=True)
                    assert summed(parts) == summed([whole])
            extent = reader.extent(everything)
            assert extent.doubtful == doubted.extent(everything).documents
            assert extent.documents == reader.extent(sound).documents + extent.doubtful
