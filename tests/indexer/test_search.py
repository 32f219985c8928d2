"""Hits ready to present, and the claim beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from answers.claim import Claim
from answers.questions import Question
from answers.search import SearchAnswer, search
from indexer.engines.memory import MemoryEngine
from indexer.language import QuerySyntaxError
from indexer.query import Filters, KindExtent, Match, Sort
from kazami.bodies import load_bodies
from kazami.document import Document, Kind, Passage, Stance
from kazami.store import Store, open_folder
from tests.contract.corpus import EVERYTHING, FETCHED, document, passage, write

SITTING = Document(
    body="102032",
    kind=Kind.MINUTES,
    platform="t",
    key="a",
    title="令和4年3月定例会",
    date=date(2022, 3, 1),
    fetched=FETCHED,
    url="https://example.jp/sitting",
    passages=(
        Passage(
            key="1",
            order=1,
            text="　学び直しを\n支援します。",
            speaker="見本太郎",
            role="市長",
            stance=Stance.ANSWER,
            page=12,
            url="https://example.jp/sitting#1",
        ),
        Passage(key="2", order=2, text="支援に感謝します。"),
    ),
)


class Desk:
    """A store and an index that hold the same."""

    def __init__(self, store: Store, engine: MemoryEngine) -> None:
        self.store = store
        self.engine = engine

    def put(self, *documents: Document) -> None:
        self.store.put(documents)
        write(self.engine, *documents, change=self.store.last_change())

    def ask(self, query: str, filters: Filters = EVERYTHING, **options: object) -> SearchAnswer:
        match = Match(options.pop("match", Match.WORD))
        return search(
            self.store,
            self.engine.reader(),
            Question(texts=(query,), match=match, filters=filters),
            bodies=load_bodies(),
            **options,  # type: ignore[arg-type]
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_folder(tmp_path) as store:
        yield Desk(store, MemoryEngine())


def test_a_hit_shows_all_that_is_known_of_it(desk: Desk) -> None:
    desk.put(SITTING)
    answer = desk.ask("学び直し")
    [hit] = answer.hits
    assert (answer.query, answer.total, answer.documents) == ("学び直し", 1, 1)
    assert (hit.id, hit.document) == ("t:a#1", "t:a")
    assert (hit.body, hit.body_name) == ("102032", "群馬県桐生市")
    assert (hit.kind, hit.title, hit.date) == (
        Kind.MINUTES,
        "令和4年3月定例会",
        date(2022, 3, 1),
    )
    assert (hit.speaker, hit.role, hit.stance, hit.page) == (
        "見本太郎",
        "市長",
        Stance.ANSWER,
        12,
    )
    assert hit.text == "　学び直しを\n支援します。"
    assert hit.snippet == "学び直しを支援します。"
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["学び直し"]
    assert hit.url == "https://example.jp/sitting#1"
    assert hit.citation == "『群馬県桐生市令和4年3月定例会』（令和4年3月1日） p.12"
    assert hit.score > 0
    assert hit.missing is None


def test_a_passage_without_a_link_of_its_own_has_the_document_s(desk: Desk) -> None:
    desk.put(SITTING)
    [hit] = desk.ask("感謝").hits
    assert hit.url == "https://example.jp/sitting"
    assert (hit.speaker, hit.role, hit.stance, hit.page) == (None, None, None, None)


def test_paging_sorting_and_grouping_are_passed_on(desk: Desk) -> None:
    desk.put(SITTING, document("b", "支援", day="2023-01-01"))
    assert [h.id for h in desk.ask("支援", sort=Sort.NEWEST).hits] == ["t:b#1", "t:a#1", "t:a#2"]
    assert [h.id for h in desk.ask("支援", sort=Sort.OLDEST, limit=1, offset=1).hits] == ["t:a#2"]
    grouped = desk.ask("支援", sort=Sort.OLDEST, group_documents=True)
    assert [(h.id, h.passages) for h in grouped.hits] == [("t:a#1", 2), ("t:b#1", 1)]
    assert grouped.total == 3


def test_exact_search_marks_what_it_found(desk: Desk) -> None:
    desk.put(SITTING)
    [hit] = desk.ask("び直", match=Match.EXACT).hits
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["び直"]


def test_a_mistake_in_the_query_is_said(desk: Desk) -> None:
    with pytest.raises(QuerySyntaxError, match="column 4"):
        desk.ask("支援 )")


def test_a_passage_that_the_store_has_no_longer_is_named(desk: Desk) -> None:
    desk.put(SITTING)
    write(desk.engine, document("gone", "支援"), change=9)
    answer = desk.ask("支援", sort=Sort.OLDEST)
    assert answer.total == 3
    assert [hit.id for hit in answer.hits] == ["t:a#1", "t:a#2"]
    assert answer.lost == ("t:gone#1",)


def test_zero_hits_come_with_what_was_searched(desk: Desk) -> None:
    desk.put(
        SITTING,
        document("b", "話", body="110001", day="2023-01-01"),
        document("c", "話", body="000000", day="2021-01-01"),
    )
    answer = desk.ask("鯨")
    assert (answer.total, answer.documents, answer.hits) == (0, 0, ())
    assert answer.claim == Claim(
        documents=3,
        passages=4,
        bodies=2,
        bodies_of=1788,
        diet=True,
        invented=0,
        since=date(2021, 1, 1),
        until=date(2023, 1, 1),
        match=Match.WORD,
        not_searched=(),
        by_kind={Kind.MINUTES: KindExtent(3, 4)},
    )


def test_the_claim_names_what_was_asked_for_and_is_not_there(desk: Desk) -> None:
    desk.put(SITTING)
    filters = Filters(bodies=frozenset({"102032", "110001"}))
    assert desk.ask("支援", filters).claim.not_searched == ("110001",)
    filters = Filters(prefectures=frozenset({"10", "13"}))
    assert desk.ask("支援", filters).claim.not_searched == ("13",)
    nowhere = desk.ask("支援", Filters(bodies=frozenset({"110001"}))).claim
    assert (nowhere.documents, nowhere.bodies, nowhere.since) == (0, 0, None)


def test_a_document_that_left_its_source_says_so(desk: Desk, tmp_path: Path) -> None:
    desk.store.put([SITTING], source="s")
    desk.store.record_listing("s", "all", documents=["t:a"], listings=[], seen=FETCHED)
    desk.store.record_listing("s", "all", documents=[], listings=[], seen=FETCHED)
    write(desk.engine, SITTING)
    assert {hit.missing for hit in desk.ask("支援").hits} == {FETCHED.date()}


def test_passages_keep_their_speakers_when_several_match(desk: Desk) -> None:
    desk.put(document("d", passage("支援", 1, speaker="甲"), passage("支援", 2, speaker="乙")))
    assert [hit.speaker for hit in desk.ask("支援").hits] == ["甲", "乙"]
