"""Putting, replacing, deleting, committing: the definition of an engine, part four."""

from __future__ import annotations

from indexer.engines.base import Engine
from indexer.query import Extent, Substring
from tests.contract.corpus import EVERYTHING, document, filled, ids, word, write, writing


def test_an_empty_index_answers(engine: Engine) -> None:
    reader = filled(engine)
    assert ids(reader, word("防災")) == []
    assert reader.tally(None, EVERYTHING) == []
    assert reader.extent(EVERYTHING) == Extent(
        passages=0, documents=0, bodies=0, first=None, last=None
    )


def test_nothing_is_visible_before_the_commit(engine: Engine) -> None:
    write(engine, document("a", "防災"), change=1)
    writer = writing(engine)
    writer.put([document("b", "防災")])
    writer.delete(["t:a"])
    with engine.reader() as reader:
        assert ids(reader, word("防災")) == ["a#1"]
        assert reader.change == 1
    writer.commit(7)
    writer.close()
    with engine.reader() as reader:
        assert ids(reader, word("防災")) == ["b#1"]
        assert reader.change == 7


def test_what_is_put_after_a_commit_waits_for_the_next(engine: Engine) -> None:
    writer = writing(engine)
    writer.put([document("a", "防災")])
    writer.commit(1)
    writer.put([document("b", "防災")])
    with engine.reader() as reader:
        assert ids(reader, word("防災")) == ["a#1"]
    writer.close()


def test_a_reader_keeps_its_snapshot(engine: Engine) -> None:
    write(engine, document("a", "防災"), document("b", "福祉"))
    with engine.reader() as reader:
        write(engine, document("a", "教育"), document("c", "防災"), change=2)
        writer = writing(engine)
        writer.delete(["t:b"])
        writer.commit(3)
        writer.close()
        assert ids(reader, word("防災")) == ["a#1"]
        assert ids(reader, Substring("福")) == ["b#1"]
        assert reader.extent(EVERYTHING).documents == 2
        assert reader.change == 1


def test_what_was_not_committed_is_dropped(engine: Engine) -> None:
    write(engine, document("a", "防災"))
    writer = writing(engine)
    writer.put([document("b", "防災")])
    writer.close()
    assert ids(engine.reader(), word("防災")) == ["a#1"]
    write(engine, document("c", "防災"), change=2)
    assert ids(engine.reader(), word("防災")) == ["a#1", "c#1"]


def test_a_document_replaces_what_its_id_held(engine: Engine) -> None:
    write(engine, document("a", "防災", "防災", "福祉"), document("b", "防災"))
    write(engine, document("a", "教育", day="2020-01-01", title="臨時会"), change=2)
    reader = engine.reader()
    assert ids(reader, word("防災")) == ["b#1"]
    assert ids(reader, word("教育")) == ["a#1"]
    assert reader.extent(EVERYTHING).passages == 2


def test_put_twice_before_a_commit_the_last_one_counts(engine: Engine) -> None:
    writer = writing(engine)
    writer.put([document("a", "防災"), document("a", "福祉")])
    writer.put([document("b", "防災")])
    writer.put([document("b", "教育")])
    writer.commit(1)
    writer.close()
    reader = engine.reader()
    assert ids(reader, word("防災")) == []
    assert ids(reader, word("福祉")) == ["a#1"]
    assert ids(reader, word("教育")) == ["b#1"]
    assert reader.extent(EVERYTHING).passages == 2


def test_a_deleted_document_is_gone_from_every_answer(engine: Engine) -> None:
    write(engine, document("a", "防災", "福祉"), document("b", "防災"))
    writer = writing(engine)
    writer.delete(["t:a", "t:unknown"])
    writer.commit(2)
    writer.close()
    reader = engine.reader()
    assert ids(reader, word("防災")) == ["b#1"]
    assert ids(reader, word("福祉")) == []
    assert reader.extent(EVERYTHING).documents == 1
    assert [cell.passages for cell in reader.tally(None, EVERYTHING)] == [1]


def test_delete_and_put_in_one_commit_go_in_order(engine: Engine) -> None:
    write(engine, document("a", "防災"))
    writer = writing(engine)
    writer.delete(["t:a"])
    writer.put([document("a", "福祉"), document("b", "福祉")])
    writer.delete(["t:b"])
    writer.commit(2)
    writer.close()
    reader = engine.reader()
    assert ids(reader, word("福祉")) == ["a#1"]
    assert ids(reader, word("防災")) == []


def test_a_document_can_come_back(engine: Engine) -> None:
    write(engine, document("a", "防災"))
    writer = writing(engine)
    writer.delete(["t:a"])
    writer.commit(2)
    writer.close()
    write(engine, document("a", "防災"), change=3)
    assert ids(engine.reader(), word("防災")) == ["a#1"]


def test_one_writer_commits_many_times(engine: Engine) -> None:
    writer = writing(engine)
    assert writer.change == 0
    for change in range(1, 6):
        writer.put([document(str(change), "防災")])
        writer.commit(change)
        assert writer.change == change
        with engine.reader() as reader:
            assert reader.extent(EVERYTHING).documents == change
    writer.close()


def test_a_writer_knows_the_last_change(engine: Engine) -> None:
    write(engine, document("a", "防災"), change=41)
    writer = writing(engine)
    assert writer.change == 41
    writer.commit(42)
    writer.close()
    assert engine.reader().change == 42


def test_scores_follow_deletions(engine: Engine) -> None:
    write(engine, document("a", "防災、福祉"), document("b", "福祉", "教育"))
    alone = engine.reader().search(word("防災"), EVERYTHING).hits[0].score
    write(engine, *(document(f"x{n}", "防災。" * 9) for n in range(9)), change=2)
    writer = writing(engine)
    writer.delete([f"t:x{n}" for n in range(9)])
    writer.commit(3)
    writer.close()
    assert engine.reader().search(word("防災"), EVERYTHING).hits[0].score == alone
