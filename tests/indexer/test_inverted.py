"""Inverted lists survive packing, whatever their numbers need."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.whoosh.inverted import TermNumbers, decode, invert, pack, unpack

TERMS = st.sampled_from(["", "防災", "の", "市", "dx", "𠮷", "あ"])


def _inverted(documents):
    numbers = TermNumbers()
    ids = [numbers[term] for document in documents for term in document]
    lengths = [len(document) for document in documents]
    return invert(numbers, np.array(ids, np.int64), np.array(lengths, np.int64))


def _expected(documents):
    found: dict[str, dict[int, list[int]]] = {}
    for number, document in enumerate(documents):
        for position, term in enumerate(document):
            if term:
                found.setdefault(term, {}).setdefault(number, []).append(position)
    return found


def _read(documents):
    lists = _inverted(documents)
    packed = pack(lists)
    buffer = memoryview(packed.buffer.tobytes())
    found = {}
    for at, term in enumerate(lists.terms):
        postings = decode(buffer[packed.offsets[at] : packed.offsets[at + 1]])
        positions = iter(postings.positions.tolist())
        found[term.decode()] = {
            doc: [next(positions) for _ in range(freq)]
            for doc, freq in zip(postings.docs.tolist(), postings.freqs.tolist(), strict=True)
        }
    return found


@given(st.lists(st.lists(TERMS, max_size=12), max_size=8))
def test_packed_lists_hold_every_position_of_every_term(documents):
    assert _read(documents) == _expected(documents)


@given(st.lists(st.lists(TERMS, max_size=12), max_size=8))
def test_many_lists_are_unpacked_as_they_were_packed(documents):
    lists = _inverted(documents)
    packed = pack(lists)
    df, tf, docs, freqs, positions = unpack(packed.buffer, packed.offsets[:-1])
    assert df.tolist() == lists.df.tolist()
    assert tf.tolist() == lists.tf.tolist()
    assert docs.tolist() == lists.docs.tolist()
    assert freqs.tolist() == lists.freqs.tolist()
    assert positions.tolist() == lists.positions.tolist()


def test_gaps_frequencies_and_positions_may_need_four_bytes():
    long = ["防災", *[""] * 70_000, "防災", *["市"] * 66_000]
    documents = [long, *[[]] * 70_000, ["防災"], *[[]] * 300, ["市", "防災"]]
    assert _read(documents) == _expected(documents)


def test_terms_are_sorted_as_bytes():
    assert _inverted([["𠮷", "市", "dx", "あ"]]).terms == sorted(
        term.encode() for term in ("𠮷", "市", "dx", "あ")
    )
