"""Records in one block, which we cut ourselves, say how well that went; invented ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.discussnet.blocks import SchedulePart, _joined, _record, cut
from kazami.reading_quality import ReadingQuality

CHAIR = "○例示花子委員長　委員会を開きます。\n　報告を受けます。"
CHIEF = "◎架空次郎財政課長　御報告いたします。"
MEMBER = "◆見本太郎委員　予算について伺います。"
LOST_MARK = "見本太郎委員　重ねて伺います。"
WHOLE = "\n".join([CHAIR, CHIEF, MEMBER, CHIEF, CHAIR, MEMBER, CHIEF])
SPOILT = "\n".join([CHAIR, CHIEF, MEMBER, LOST_MARK, CHAIR, MEMBER, CHIEF])
INDENTED = (
    "△《委員会記録》\n\n出席委員\n例示　花子\n見本　太郎\n財政課長\n架空次郎\n\n５　質疑\n\n"
    "例示委員\n　自由に伺います。\n　次の件です。\n財政課長\n　お答えします。\n"
    "見本委員\n　伺います。\n\n"
    "６　採決\n"
)


def block(text: str, *, id: int = 1, sort: int = 3, title: str = "委員会記録") -> SchedulePart:
    return SchedulePart(id=id, sort=sort, title=title, text=text, page=None)


def read(*blocks: SchedulePart) -> ReadingQuality:
    reading = cut(blocks)[2]
    assert reading is not None
    return reading


def test_a_record_in_one_block_is_counted() -> None:
    reading = read(block(WHOLE))
    assert (reading.turns, reading.missed, reading.astray) == (7, 0, 0)
    assert reading.share > 0.5
    assert not reading.doubtful


def test_a_speaker_s_line_without_its_mark_makes_it_doubtful() -> None:
    reading = read(block(SPOILT))
    assert (reading.turns, reading.missed) == (6, 1)
    assert reading.doubtful


def test_the_roster_in_its_own_block_is_looked_up() -> None:
    roster = block("出席委員\n例示花子　架空次郎", id=1, sort=2, title="（名簿）")
    assert read(roster, block(WHOLE, id=2)).strangers == 1
    assert read(block(WHOLE)).strangers is None


def test_what_was_not_cut_counts_as_said_by_nobody() -> None:
    paper = block("報告書の全文であり、だれも話していない。\n" * 90, id=2, sort=8, title="文書")
    assert not read(block(WHOLE)).doubtful
    reading = read(block(WHOLE), paper)
    assert reading.share < 0.3
    assert reading.doubtful


def test_a_sitting_that_the_site_cuts_needs_no_doubt() -> None:
    front, said, reading = cut(
        [block("○例示花子委員長　開きます。", sort=4, title="例示花子委員長")]
    )
    assert (front, len(said), reading) == ([], 1, None)


def test_a_block_in_which_nobody_speaks_has_no_reading() -> None:
    assert cut([block("１　開会\n２　閉会", title="次第")])[1:] == ([], None)


@given(st.lists(st.sampled_from([WHOLE, SPOILT, INDENTED]), min_size=1, max_size=4))
def test_several_records_count_together_each_in_its_own_print(texts: list[str]) -> None:
    blocks = [block(text, id=number) for number, text in enumerate(texts, 1)]
    together, each = read(*blocks), [read(one) for one in blocks]
    assert together.turns == sum(one.turns for one in each)
    assert together.missed == sum(one.missed for one in each)
    assert together.doubtful is any(one.doubtful for one in each)
    # A place is that of the same line in the texts below one another.
    joined = _joined([(one.text, record) for one in blocks if (record := _record(one)[0])], "")
    text = "\n".join(texts)
    for line in joined.found.lines:
        assert text[line.begin :].lstrip("○◎◆").startswith(line.printed)
    for place in joined.found.missed:
        assert text[place:].startswith(LOST_MARK)


def test_an_indented_record_is_counted_too() -> None:
    reading = read(block(INDENTED))
    assert (reading.turns, reading.missed, reading.astray) == (3, 0, 0)
    assert reading.strangers == 0  # by surname, as they are printed there
    assert not reading.doubtful


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("見本委員\n　伺います。", "見本委員\n伺います。"),  # what he says is not indented
        ("見本委員\n　伺います。", "休憩\n　午後に再開した。"),  # a heading that was taken
        ("見本委員\n　伺います。", "例示三郎\n　伺います。"),  # a name that the roster has not
    ],
)
def test_an_indented_line_that_may_be_read_wrong_is_noticed(before: str, after: str) -> None:
    assert before in INDENTED
    spoilt = block(INDENTED.replace(before, after))
    found, _ = _record(spoilt)
    assert found is not None
    assert [spoilt.text[place:].partition("\n")[0] for place in found.found.missed] == [
        after.partition("\n")[0]
    ]
    assert read(spoilt).doubtful


def test_a_roster_above_the_first_speaker_is_none_of_his() -> None:
    assert (
        read(replace(block(INDENTED), text=f"委員長\n見本委員\n財政課長\n\n{INDENTED}")).missed == 0
    )
