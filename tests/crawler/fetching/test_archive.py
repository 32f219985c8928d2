"""The raw archive: what is kept comes back, whatever happened to the file's end."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.fetching import archive as archive_module
from crawler.fetching.archive import (
    MOST_MEMBERS,
    Archive,
    ArchiveError,
    Exchange,
    decoded,
    digest,
    latest,
    load,
)
from tests.timing import LINEAR, growth

START = datetime(2025, 6, 1, 12, 0, 0, 123456, tzinfo=UTC)


def exchange(key: str = "doc 1", body: bytes = "例示の本文。".encode("cp932"), **said) -> Exchange:
    return Exchange(
        **{
            "source": "102032/minutes/toy",
            "key": key,
            "parser": "parse_document",
            "cb_kwargs": {"名": "一\r\n二", "数": [1, None]},
            "url": "http://127.0.0.1/doc?id=1",
            "method": "POST",
            "request_headers": (("User-Agent", "kazami"),),
            "request_body": b"a=%93%FA",
            "status": 200,
            "headers": (("Content-Type", "text/html; charset=Shift_JIS"),),
            "body": body,
            "fetched": START,
            **said,
        }
    )


def archived(data, *exchanges, roll_at=10**9):
    with Archive(data, 7, START, roll_at=roll_at) as archive:
        for one in exchanges:
            archive.keep(one)
    return sorted((data / "raw").iterdir())


def no_damage(line, cut):
    raise AssertionError(line)


def test_an_answer_comes_back_with_all_that_parsing_needs(tmp_path):
    archived(tmp_path, exchange(key="会議 1"))

    (place,) = latest(tmp_path, no_damage)
    back = load(place)
    assert (back.source, back.key, back.parser) == (
        "102032/minutes/toy",
        "会議 1",
        "parse_document",
    )
    assert back.cb_kwargs == {"名": "一\r\n二", "数": [1, None]}
    assert (back.url, back.status, back.fetched) == ("http://127.0.0.1/doc?id=1", 200, START)
    assert back.content.decode("cp932") == "例示の本文。"
    assert back.header("content-type") == "text/html; charset=Shift_JIS"


def test_the_file_is_warc_that_other_programs_read(tmp_path):
    (file,) = archived(tmp_path, exchange())

    with file.open("rb") as stream:
        records = [
            (record.rec_type, record.raw_stream.read(), record.digest_checker.passed)
            for record in ArchiveIterator(stream, check_digests=True)
        ]
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "request"]
    assert records[1][1].decode("cp932") == "例示の本文。"
    assert records[2][1] == b"a=%93%FA"
    assert all(passed is not False for _, _, passed in records)


def test_the_digest_is_written_as_warc_writes_it(tmp_path):
    (file,) = archived(tmp_path, exchange())

    assert f"WARC-Payload-Digest: {digest(exchange().body)}".encode() in gzip.decompress(
        file.read_bytes()
    )


def test_the_latest_answer_of_a_page_stands_where_the_page_was_first_seen(tmp_path):
    later = START + timedelta(days=1)
    archived(
        tmp_path,
        exchange("index", b"old"),
        exchange("doc 1"),
        exchange("index", b"new", fetched=later),
    )

    index, document = latest(tmp_path, no_damage)
    assert (index.key, load(index).body) == ("index", b"new")
    assert document.key == "doc 1"


def test_a_full_file_is_followed_by_another(tmp_path):
    files = archived(tmp_path, *(exchange(f"doc {n}") for n in range(5)), roll_at=1000)

    assert len(files) > 1
    assert len(latest(tmp_path, no_damage)) == 5


def test_a_file_cut_anywhere_gives_all_whole_answers_and_one_note(tmp_path):
    (file,) = archived(tmp_path, *(exchange(f"doc {n}") for n in range(3)))
    whole = file.read_bytes()
    offsets = [place.offset for place in latest(tmp_path, no_damage)]
    starts = [n for n in range(len(whole)) if whole.startswith(b"\x1f\x8b\x08\x00", n)]

    for length in {*range(offsets[1] - 3, len(whole), 7), *starts[2:]}:
        file.write_bytes(whole[:length])
        notes = []
        places = latest(tmp_path, lambda line, cut, notes=notes: notes.append((line, cut)))

        ends = [starts[starts.index(offset) + 1] for offset in offsets]
        assert len(places) == sum(end <= length for end in ends)
        assert [cut for _, cut in notes] == ([] if length in starts else [True])
        for place in places:
            load(place)


def test_a_damaged_answer_costs_that_answer_only(tmp_path):
    (file,) = archived(tmp_path, *(exchange(f"doc {n}") for n in range(3)))
    places = latest(tmp_path, no_damage)
    whole = bytearray(file.read_bytes())
    whole[places[1].offset + 60] ^= 0xFF
    file.write_bytes(whole)
    notes = []

    left = latest(tmp_path, lambda line, cut: notes.append((line, cut)))

    assert [place.key for place in left] == ["doc 0", "doc 2"]
    ((line, cut),) = notes
    assert (f"{file.name} at byte {places[1].offset}: a damaged record" in line, cut) == (
        True,
        False,
    )
    with pytest.raises(ArchiveError, match=f"at byte {places[1].offset}"):
        load(places[1])


def test_an_answer_that_another_program_archived_is_noted_and_skipped(tmp_path):
    (file,) = archived(tmp_path, exchange())
    (place,) = latest(tmp_path, no_damage)
    foreign = gzip.decompress(file.read_bytes()[place.offset :]).replace(b"Kazami-", b"Another-")
    file.write_bytes(gzip.compress(foreign, mtime=0))
    notes = []

    assert latest(tmp_path, lambda line, cut: notes.append(line)) == []
    assert "no answer that kazami archived" in notes[0]


def test_each_flush_leaves_the_record_on_disk(tmp_path):
    archive = Archive(tmp_path, 7, START)
    archive.keep(exchange())

    assert len(latest(tmp_path, no_damage)) == 1
    archive.close()


def test_a_full_disk_is_one_line_from_keeping_and_from_closing(tmp_path, full_disk):
    archive = Archive(tmp_path, 1, START)
    with pytest.raises(ArchiveError) as kept:
        archive.keep(exchange())
    with pytest.raises(ArchiveError) as closed:
        archive.close()
    archive.close()
    for error in (kept.value, closed.value):
        assert str(error) == (
            f"{tmp_path / 'raw'}: cannot be written: No space left on device; "
            "what was stored before is kept: free some space, then crawl again"
        )


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "GZIP"])
def test_packed_bodies_are_unpacked(encoding):
    packed = zlib.compress(b"abc") if encoding == "deflate" else gzip.compress(b"abc")
    assert decoded(packed, encoding) == b"abc"


def test_deflate_without_its_header_is_unpacked():
    packer = zlib.compressobj(wbits=-15)
    assert decoded(packer.compress(b"abc") + packer.flush(), "deflate") == b"abc"


@pytest.mark.parametrize(
    ("body", "encoding", "why"),
    [
        (gzip.compress(b"abc" * 99, mtime=0)[:-1], "gzip", "cut short"),
        (b"<html>", "gzip", "broken gzip"),
        (b"<html>", "deflate", "broken deflate"),
        (b"x", "br", "'br' was not asked for"),
        (gzip.compress(b"x" * 1001, mtime=0), "gzip", "larger than 1000"),
        (gzip.compress(b"x" * 600, mtime=0) * 2, "gzip", "larger than 1000"),
    ],
)
def test_a_body_that_cannot_be_unpacked_is_refused(body, encoding, why):
    with pytest.raises(ValueError, match=why):
        decoded(body, encoding, 1000)


def test_a_body_of_exactly_the_limit_is_unpacked():
    assert decoded(gzip.compress(b"x" * 1000), "gzip", 1000) == b"x" * 1000


def test_members_are_unpacked_one_after_another_whatever_their_size():
    bodies = [b"", b"x" * 3_000_000, b"abc", b"", b"y" * 300]
    assert decoded(b"".join(map(gzip.compress, bodies)), "gzip") == b"".join(bodies)


def test_empty_members_take_time_in_proportion_to_their_number(monkeypatch):
    monkeypatch.setattr(archive_module, "MOST_MEMBERS", 1_000_000)
    empty = gzip.compress(b"", mtime=0)
    assert growth(lambda times: decoded(empty * times, "gzip", 1000), 10_000) < LINEAR


def test_more_members_than_any_server_sends_are_refused():
    empty = gzip.compress(b"", mtime=0)
    assert decoded(empty * MOST_MEMBERS, "gzip", 1000) == b""
    with pytest.raises(ValueError, match="more than 10,000 pieces"):
        decoded(empty * (MOST_MEMBERS + 1), "gzip", 1000)


def test_an_empty_archive_has_no_answers(tmp_path):
    assert latest(tmp_path, no_damage) == []
