"""When a field that is filled less often is an alarm, and how often that rule errs."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.stance import stance_of
from crawler.running.fill_rates import (
    LEAST,
    LEAST_USUAL,
    MARGIN,
    MOST_USUAL,
    alarms,
    fell,
    following,
    known,
    reread_alarms,
)
from kazami.attachments import Attachment, AttachmentState
from kazami.document import Document, Kind, Passage, Stance
from kazami.facts import AnnouncementFacts, Deadline, Fact, TenderFacts
from kazami.fills import Fills, Rate, Rates, documents_in, rates_of, together
from kazami.sources import Source
from kazami.store import SourceRun, Store, open_folder
from tests.kazami.test_fills import SITTINGS, SOURCE

NOW = datetime(2026, 4, 1, tzinfo=UTC)
MINUTES = Source(body="102032", kind=Kind.MINUTES, platform="invented", url="")


FILE = Attachment("例示.pdf", "https://reiji.example/1.pdf", AttachmentState.READ)
SCAN = replace(FILE, state=AttachmentState.NO_TEXT)


def rate(shares: Iterable[float]) -> Rate:
    return sum(map(Rate.of, shares), Rate())


@pytest.mark.parametrize(
    ("latest", "usual", "told"),
    [
        ([0.0] * 3, [1.0] * 10, True),
        ([0.0] * (LEAST - 1), [1.0] * 400, False),
        ([0.0] * 3, [1.0] * (LEAST_USUAL - 1), False),
        ([0.91] * 40, [1.0] * 400, False),
        ([0.89] * 40, [1.0] * 400, True),
        ([1.0] * 8 + [0.0] * 2, [1.0] * 90, True),
        ([1.0, 1.0, 0.0], [1.0] * 10, False),
        ([0.5, 0.6, 0.4], [0.9, 0.4, 0.8, 0.5, 0.9] * 8, False),
        ([0.0, 0.0, 0.0], [0.0] * 400, False),
        ([1.0, 1.0, 1.0], [0.2] * 400, False),
    ],
)
def test_a_drop_counts_where_it_is_large_and_no_chance(
    latest: list[float], usual: list[float], told: bool
) -> None:
    assert fell(rate(latest), rate(usual)) is told


_SHARES = st.lists(st.floats(0, 1), max_size=60)


@given(_SHARES, _SHARES)
def test_what_is_filled_as_often_or_nearly_is_never_told(
    latest: list[float], usual: list[float]
) -> None:
    now, before = rate(latest), rate(usual)
    if now.mean >= before.mean - MARGIN:
        assert not fell(now, before)
    assert not fell(before, before)


@given(st.lists(st.floats(0.2, 1), min_size=LEAST_USUAL, max_size=60), st.integers(LEAST, 40))
def test_a_field_that_was_in_every_document_and_is_in_none_is_told(
    usual: list[float], count: int
) -> None:
    assert fell(rate([0.0] * count), rate([max(usual)] * len(usual)))


def test_only_the_fields_that_fell_are_named() -> None:
    before = {name: rate([1.0] * 20) for name in ("speaker", "role", "page")}
    now = {"speaker": rate([1.0] * 4), "role": rate([0.25] * 4), "page": rate([1.0] * 4)}
    (line,) = alarms(MINUTES, Fills(latest=now, usual=before))
    assert line.startswith("role (役職): 25.0% filled in the latest 4 documents, usually 100.0%")


FEED = Source(body="102032", kind=Kind.ANNOUNCEMENT, platform="feed", url="")


def news(number: int, **more: object) -> Document:
    """An invented announcement; ``more`` is what it lacks or has beside."""
    whole: dict[str, object] = {
        "date": date(2026, 3, 1),
        "passages": (Passage(key="1", order=1, text="水道の工事です。"),),
        **more,
    }
    return Document(
        body="102032",
        kind=Kind.ANNOUNCEMENT,
        platform="feed",
        key=str(number),
        title="例示",
        fetched=NOW,
        **whole,  # type: ignore[arg-type]
    )


def test_new_items_without_a_change_to_tell_are_no_alarm() -> None:
    """What a feed lists for the first time was seldom changed, what it began with often."""
    changed = AnnouncementFacts(updated=Fact(date(2026, 3, 2), "更新日 3月2日"))
    before = rates_of(news(n, facts=changed) for n in range(40))
    now = rates_of(news(n) for n in range(10))
    assert (before["updated"].mean, now["updated"].mean) == (1.0, 0.0)
    assert not list(alarms(FEED, Fills(latest=now, usual=before)))
    (line,) = reread_alarms(FEED, before, now)
    assert line.startswith("updated (更新日): 0.0%")


@pytest.mark.parametrize(
    ("without", "name"),
    [
        ({"date": None}, "date (日付)"),
        ({"passages": ()}, "text (本文)"),
        ({"attachments": (SCAN,)}, "attachments (添付の読取)"),
    ],
)
def test_a_feed_that_loses_days_texts_or_files_is_an_alarm(
    without: dict[str, object], name: str
) -> None:
    before = rates_of(news(n, attachments=(FILE,)) for n in range(40))
    now = rates_of(news(n, **{"attachments": (FILE,), **without}) for n in range(5))
    (line,) = alarms(FEED, Fills(latest=now, usual=before))
    assert line.startswith(f"{name}: 0.0% filled in the latest 5 documents, usually 100.0%")


def test_items_that_have_no_files_are_no_alarm() -> None:
    before = rates_of(news(n, attachments=(FILE,)) for n in range(40))
    now = rates_of(news(n) for n in range(5))
    assert not list(alarms(FEED, Fills(latest=now, usual=before)))


def test_tenders_whose_closing_day_is_no_longer_read_are_an_alarm() -> None:
    due = [Deadline(paper="入札書", day=day, words="4月3日") for day in (date(2026, 4, 3), None)]
    before, now = (
        rates_of(
            replace(news(n), kind=Kind.TENDER, facts=TenderFacts(deadlines=(each,)))
            for n in range(20)
        )
        for each in due
    )
    tenders = replace(FEED, kind=Kind.TENDER)
    told = list(alarms(tenders, Fills(latest=now, usual=before)))
    assert [line.split(":")[0] for line in told] == ["deadlines (期限)", "closes (締切)"]


def test_a_field_declared_since_is_not_judged_yet() -> None:
    before = {"speaker": rate([1.0] * 20)}
    now = {"speaker": rate([1.0] * 4), "role": rate([0.0] * 4)}
    assert not list(alarms(MINUTES, Fills(latest=now, usual=before)))


def test_reading_the_same_pages_again_leaves_nothing_to_chance() -> None:
    def told(before: float, after: float) -> int:
        rates: list[Rates] = [{"role": rate([share])} for share in (before, after)]
        return len(list(reread_alarms(MINUTES, *rates)))

    assert [told(1.0, 0.89), told(1.0, 0.91), told(0.5, 1.0), told(0.0, 0.0)] == [1, 0, 0, 0]


def run_of(*shares: float) -> dict[str, Rate]:
    return {"role": rate(shares)}


def test_the_runs_of_one_pass_and_runs_of_few_documents_count_as_one() -> None:
    first = following(Fills(latest={}, usual={}), run_of(1.0, 1.0))
    more = following(first, run_of(1.0))
    assert (documents_in(more.latest), documents_in(more.usual)) == (3, 0)
    again = following(more, run_of(0.5, 0.5, 0.5), same_pass=True)
    assert (documents_in(again.latest), documents_in(again.usual)) == (6, 0)
    then = following(again, run_of(0.0))
    assert (documents_in(then.latest), documents_in(then.usual)) == (1, 6)
    assert then.usual["role"].mean == pytest.approx(0.75)


def test_a_site_that_prints_otherwise_for_good_becomes_usual() -> None:
    fills = following(Fills(latest=run_of(*[1.0] * 468), usual={}), run_of(*[0.0] * 5))
    told = 0
    while list(alarms(MINUTES, fills)):
        told += 1
        fills = following(fills, run_of(*[0.0] * 5))
        assert documents_in(fills.usual) <= MOST_USUAL + 1e-6
    assert 5 <= told <= 12


def test_a_first_run_has_no_usual(tmp_path: Path) -> None:
    with open_folder(tmp_path) as store:
        store.put(SITTINGS, source=SOURCE, run=begun(NOW, store))
        fills = known(store, MINUTES, NOW, rates_of(SITTINGS))
    assert fills == Fills(latest=rates_of(SITTINGS), usual={})
    assert not list(alarms(MINUTES, fills))


def test_a_run_that_stored_nothing_says_nothing(tmp_path: Path) -> None:
    with open_folder(tmp_path) as store:
        assert known(store, MINUTES, NOW, {}) is None


def test_what_was_stored_before_rates_were_kept_is_usual(tmp_path: Path) -> None:
    earlier, stored = SITTINGS[:4], SITTINGS[4:]
    with open_folder(tmp_path) as store:
        store.put(earlier, source=SOURCE, run=begun(NOW, store))
        later = NOW + timedelta(days=7)
        run = begun(later, store)
        store.put(stored, source=SOURCE, run=run)
        fills = known(store, MINUTES, later, rates_of(stored))
        assert fills is not None
        assert fills.latest == rates_of(stored)
        assert fills.usual.keys() == rates_of(earlier).keys()
        for name, each in rates_of(earlier).items():
            assert fills.usual[name].mean == pytest.approx(each.mean)

        store.record_source_run(SourceRun(run, SOURCE, later, later, "ok", fills=fills))
        same = known(store, MINUTES, later, rates_of(stored))
        assert same is not None
        assert documents_in(same.latest) == 2 * len(stored)
        after = known(store, MINUTES, later + timedelta(days=7), rates_of(stored))
        assert after is not None
        assert documents_in(after.usual) == pytest.approx(len(SITTINGS))


def begun(started: datetime, store: Store) -> int:
    run = store.start_run(started, "")
    store.record_source_run(SourceRun(run, SOURCE, started))
    return run


Sitting = Mapping[str, float]
"""The share of each field in one sitting."""

BATCHES = (3, 4, 5, 6, 8, 10, 15, 20, 30, 50)
ENOUGH, ENOUGH_USUAL = 8, 60
FIRST = 20


@pytest.mark.corpus
@pytest.mark.slow
def test_how_often_the_rule_errs_on_real_sittings(shared: Path) -> None:
    """Real sittings in the order of their days, so many a run, from every place to begin at.

    The fields are harder than most that are read: beside the utterances' own, those that agenda
    rows, which nobody says, leave empty, and offices without the members' seats.
    """
    sittings = list(real_sittings(shared))
    assert len(sittings) == 468
    random = Random(20261128)
    for size in BATCHES:
        false = runs = dropped = 0
        caught: dict[str, int] = defaultdict(int)
        for begin in range(FIRST, FIRST + size):
            fills = Fills(latest=rates(sittings[:begin]), usual={})
            for at in range(begin, len(sittings) - size + 1, size):
                batch = sittings[at : at + size]
                fills = following(fills, rates(batch))
                runs += 1
                false += any(fell(fills.latest[name], fills.usual[name]) for name in FIELDS)
                if size < ENOUGH or documents_in(fills.usual) < ENOUGH_USUAL:
                    continue
                dropped += 1
                lost = set(random.sample(range(size), round(size * 0.2)))
                for name in FIELDS:
                    shares = [0.0 if n in lost else each[name] for n, each in enumerate(batch)]
                    caught[name] += fell(rate(shares), fills.usual[name])
        rates_caught = {name: f"{count / dropped:.0%}" for name, count in caught.items()}
        print(f"{size:2} a run: {false / runs:.2%} of {runs} false; caught: {rates_caught}")
        assert false <= 0.01 * runs
        assert all(count >= 0.9 * dropped for count in caught.values())


FIELDS = ("speaker", "role", "stance", "rows with speaker", "office but no seat")


def rates(sittings: Sequence[Sitting]) -> dict[str, Rate]:
    return together(*({name: Rate.of(each[name]) for name in FIELDS} for each in sittings))


def real_sittings(shared: Path) -> Iterable[Sitting]:
    meetings: dict[tuple[str, str], list[dict[str, str | None]]] = defaultdict(list)
    with gzip.open(shared / "corpus/kiryu_city.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["role"] != "名簿":
                meetings[row["meeting_date"], row["url"]].append(row)
    for _, rows in sorted(meetings.items()):
        said = [row for row in rows if row["speaker"]]
        members = sum(str(row["role"]).endswith("番") for row in said)
        stances = [stance_of(row["role"], row["speaker"]) for row in said]
        yield {
            "speaker": 1.0,
            "role": sum(row["role"] is not None for row in said) / len(said),
            "stance": sum(each is not Stance.OTHER for each in stances) / len(said),
            "rows with speaker": len(said) / len(rows),
            "office but no seat": 1 - members / len(said),
        }
