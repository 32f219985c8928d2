"""What a person corrects: what can be right, what follows of it, and what no run undoes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import crawler.running.reparse
from crawler.page import Found, Page
from crawler.running.correcting import LONGEST, WrongCorrection, correct, take_back
from crawler.running.reparse import reparse
from kazami.dates import DateError
from kazami.document import Kind, Passage, Stance
from kazami.store import NothingToCorrect, Store, open_folder
from tests.crawls import toy_platform
from tests.crawls.driver import Crawl
from tests.crawls.toy_site import years
from tests.kazami.test_store import document, passage

GIVEN = datetime(2025, 6, 1, 12, tzinfo=UTC)
NOW = "2025-06-01T12:00:00+00:00"
LATER = "2025-06-02T12:00:00+00:00"
ID = "invented:a"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_folder(tmp_path) as opened:
        yield opened


def stance_after(
    store: Store,
    role: str | None,
    read: Stance | None = Stance.OTHER,
    *corrected: str | None,
    kind: Kind = Kind.MINUTES,
) -> tuple[str | None, tuple[str, ...]]:
    """The stance of a passage read with an office and a stance, the office corrected thereafter."""
    store.put([document("a", passage(1, role=role, stance=read), kind=kind)])
    for each in corrected:
        correct(store, f"{ID}#1", {"role": each}, now=GIVEN)
    found = store.passage(f"{ID}#1")
    assert found is not None
    return found.passage.stance, found.passage.corrected


def test_the_stance_follows_a_corrected_office(store: Store) -> None:
    question, other = Stance.QUESTION, Stance.OTHER
    assert stance_after(store, "議員", question, "総務部長") == (Stance.ANSWER, ("role", "stance"))
    assert stance_after(store, None, other, "例示部長") == (Stance.ANSWER, ("role", "stance"))
    assert stance_after(store, "議", None, "議長") == (Stance.CHAIR, ("role", "stance"))


def test_the_stance_stays_where_no_list_tells_the_office(store: Store) -> None:
    assert stance_after(store, "議員", Stance.QUESTION, "例示") == (Stance.QUESTION, ("role",))
    assert stance_after(store, "市長", Stance.ANSWER, None) == (Stance.ANSWER, ("role",))


def test_the_stance_stays_where_the_sitting_told_it_otherwise(store: Store) -> None:
    """A committee's chair who reports to the plenary (◆総務委員長) does not preside there."""
    read = ("総務委員長", Stance.QUESTION)
    assert stance_after(store, *read, "文教委員長") == (Stance.QUESTION, ("role",))


def test_a_later_office_undoes_the_stance_of_the_earlier_one(store: Store) -> None:
    read = ("議員", Stance.QUESTION)
    assert stance_after(store, *read, "部長", "例示") == (Stance.QUESTION, ("role",))
    assert stance_after(store, *read, "部長", "議員") == (Stance.QUESTION, ())


def test_only_minutes_have_stances(store: Store) -> None:
    assert stance_after(store, None, None, "部長", kind=Kind.TENDER) == (None, ("role",))


def test_the_stance_of_a_corrected_office_outlasts_another_reading(store: Store) -> None:
    stance_after(store, "課長", Stance.ANSWER, "部長")
    told = [(each.field, each.value) for each in store.corrections()]
    assert told == [("role", "部長")]
    store.put([document("a", passage(1, role="議員", stance=Stance.QUESTION))])
    found = store.passage(f"{ID}#1")
    assert found is not None
    assert (found.passage.role, found.passage.stance) == ("部長", Stance.ANSWER)
    assert found.read == {"role": "議員", "stance": "question"}


def test_the_rest_of_a_name_counts_for_the_stance_of_a_cut_office(store: Store) -> None:
    read = passage(1, speaker="例示", role="議員", stance=Stance.QUESTION)
    store.put([document("a", read)])
    correct(store, f"{ID}#1", {"role": "部長"}, now=GIVEN)
    correct(store, f"{ID}#1", {"speaker": "例示花子"}, now=GIVEN)
    found = store.passage(f"{ID}#1")
    assert found is not None
    assert found.passage.stance is Stance.ANSWER
    assert found.passage.corrected == ("speaker", "role", "stance")


def test_one_call_corrects_passage_and_day_and_says_what_is_kept(store: Store) -> None:
    store.put([document("a", passage(1, speaker="例示花"))])
    kept = correct(store, f"{ID}#1", {"speaker": " 例示花子　"}, date(2022, 3, 2), now=GIVEN)
    assert [(each.id, each.field, each.read, each.value) for each in kept] == [
        (ID, "day", "2022-03-01", "2022-03-02"),
        (f"{ID}#1", "speaker", "例示花", "例示花子"),
    ]
    assert [each.field for each in take_back(store, f"{ID}#1")] == ["speaker"]
    assert [each.field for each in take_back(store, ID)] == ["day"]


@pytest.mark.parametrize(
    ("id", "fields", "day", "said"),
    [
        (f"{ID}#1", {}, None, "nothing is corrected; say what is right"),
        (ID, {"speaker": "例示", "role": "市長"}, None, "give speaker and role of one passage"),
        (f"{ID}#1", {"title": "例示"}, None, "title cannot be corrected; there are speaker, role"),
        (f"{ID}#1", {"speaker": " 　"}, None, "speaker is blank"),
        (f"{ID}#1", {"speaker": "例示\0"}, None, "is not printed"),
        (f"{ID}#1", {"role": "市\n長"}, None, "is not printed"),
        (f"{ID}#1", {"role": "\u202e長市"}, None, "is not printed"),
        (f"{ID}#1", {"role": "\ud800"}, None, "is not printed"),
        (f"{ID}#1", {"role": "長" * (LONGEST + 1)}, None, "role has 201 characters; 200 are"),
        (ID, {}, date(2025, 6, 2), "2025-06-02 is still to come"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(
    id: str, fields: dict[str, str | None], day: date | None, said: str, store: Store
) -> None:
    store.put([document("a", passage(1))])
    with pytest.raises(WrongCorrection, match=said):
        correct(store, id, fields, day, now=GIVEN)
    assert (store.corrections(), store.last_change()) == ([], 1)


def test_the_longest_value_and_the_last_day_are_taken(store: Store) -> None:
    store.put([document("a", passage(1))])
    today = datetime(2025, 6, 1, 15, tzinfo=UTC)  # 2 June in Japan
    kept = correct(store, f"{ID}#1", {"speaker": "例" * LONGEST}, date(2025, 6, 2), now=today)
    assert [each.field for each in kept] == ["day", "speaker"]


def test_no_assembly_sat_before_meiji(store: Store) -> None:
    store.put([document("a", passage(1))])
    with pytest.raises(DateError, match="no era that is known here had begun"):
        correct(store, ID, {}, date(1850, 1, 1), now=GIVEN)


def test_an_unknown_passage_takes_the_day_back_too(store: Store) -> None:
    store.put([document("a", passage(1))])
    with pytest.raises(NothingToCorrect, match="invented:a has no passage #9"):
        correct(store, f"{ID}#9", {"speaker": "例示"}, date(2022, 3, 2), now=GIVEN)
    assert (store.corrections(), store.last_change()) == ([], 1)


def read_otherwise(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """From now on the toy's documents are one passage of this text, said by 例示."""
    plain = toy_platform.parse_document

    def parse_document(page: Page, tenant: str, key: str) -> Iterator[Found]:
        for found in plain(page, tenant, key):
            said = Passage(key="0", order=1, text=text, speaker="例示")
            yield replace(found, passages=(said,))

    monkeypatch.setattr(toy_platform, "parse_document", parse_document)


def test_neither_a_new_fetch_nor_a_reparse_undoes_it(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawler.running.reparse, "platform", lambda name: toy_platform.platform())
    read, right = date(2025, 5, 20), date(2025, 5, 21)
    with years(2025, 2025, 2) as site:
        site.documents = dict.fromkeys(site.documents, (read.isoformat(), "はじめます。"))
        crawl(site.url(), now=NOW)
        with open_folder(crawl.data) as store:
            correct(store, "toy:a-2025-1#1", {"speaker": "例示花子"}, right, now=GIVEN)
        assert crawl(site.url(), now=LATER).counts() == (0, 0, 2, 0)

    def answers(store: Store) -> tuple[str | None, date]:
        found = store.document("toy:a-2025-1")
        assert found is not None
        return found.passages[0].speaker, found.date

    with open_folder(crawl.data) as store:
        assert answers(store) == ("例示花子", right)
        (source,) = reparse(store, crawl.data).sources
        assert (source.unchanged, source.changed, source.reread) == (2, 0, {})
        assert answers(store) == ("例示花子", right)

        read_otherwise(monkeypatch, "はじめます。")
        (source,) = reparse(store, crawl.data).sources
        assert (source.changed, source.reread) == (2, {"speakers": 2})
        assert source.corrections_lost == 0
        assert answers(store) == ("例示花子", right)
        assert [each.read for each in store.corrections()] == ["2025-05-20", "例示"]

        read_otherwise(monkeypatch, "別の言葉。")
        (source,) = reparse(store, crawl.data).sources
        assert source.corrections_lost == 1
        assert answers(store) == ("例示", right)
        (source,) = reparse(store, crawl.data).sources
        assert (source.corrections_lost, source.unchanged) == (0, 2)


def test_a_corrected_day_is_no_longer_counted_as_doubtful(crawl: Crawl) -> None:
    with years(2025, 2025, 2) as site:
        site.documents["2025-1"] = ("2031-01-05", "例示の発言。")
        assert crawl(site.url(), now=NOW).source["doubtful"] == 1
        with open_folder(crawl.data) as store:
            correct(store, "toy:a-2025-1", {}, date(2025, 1, 5), now=GIVEN)
        assert crawl(site.url(), now=LATER).source["doubtful"] == 0
        with open_folder(crawl.data) as store:
            take_back(store, "toy:a-2025-1")
        assert crawl(site.url(), now=LATER).source["doubtful"] == 1
