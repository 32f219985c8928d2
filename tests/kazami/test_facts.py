"""Typed facts: what is refused, and that each comes back as it went, everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.importing.document_json import NotADocument, document_from_json
from kazami.bodies import load_bodies
from kazami.document import Document, Kind, Passage
from kazami.facts import (
    FACTS,
    LARGEST,
    AnnouncementFacts,
    AwardFacts,
    AwardOutcome,
    Deadline,
    Fact,
    Stage,
    TenderFacts,
    declared,
    facts_from_json,
    facts_to_json,
    texts_of,
)
from kazami.settings import Settings
from kazami.store import DocumentRefused, Outcome, open_store
from tests.builders import document_to_json

NOW = datetime(2026, 4, 1, tzinfo=UTC)
AMOUNT = Fact(98_000_000_000, "落札金額　９８０億円")
AWARD = AwardFacts(amount=AMOUNT, supplier=Fact("例示建設", "落札者　(株)例示建設"))
TENDER = TenderFacts(
    procedure=Fact("一般競争入札", "一般競争入札に付する"),
    budget=Fact(None, "予定価格は事後公表"),
    deadlines=(
        Deadline(paper="質問書", day=date(2026, 4, 3), time=time(17), words="4月3日午後5時必着"),
        Deadline(paper="入札書", day=None, words="別途通知"),
    ),
)


def document(kind: Kind = Kind.AWARD, **more: Any) -> Document:
    return Document(
        body="102032",
        kind=kind,
        platform="invented",
        key="1",
        title="庁舎建設工事",
        date=date(2026, 3, 1),
        fetched=NOW,
        passages=(Passage(key="1", order=1, text="落札者を決定した。"),),
        **more,
    )


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
_VALUES: dict[type, st.SearchStrategy[Any]] = {
    str: _TEXT,
    int: st.integers(0, LARGEST),
    date: st.dates(),
    Stage: st.sampled_from(Stage),
    AwardOutcome: st.sampled_from(AwardOutcome),
}


def _span(one: date, other: date) -> Deadline:
    return Deadline(paper="入札書", day=max(one, other), begins=min(one, other), words="期間")


@st.composite
def all_facts(draw: st.DrawFn) -> tuple[Kind, Any]:
    kind = draw(st.sampled_from(list(FACTS)))
    found: dict[str, Any] = {}
    for name, type_, _ in declared(FACTS[kind]):
        value = st.none() | _VALUES[type_]
        found[name] = draw(st.none() | st.builds(Fact, value=value, words=_TEXT))
    if kind == Kind.TENDER:
        days = st.builds(Deadline, paper=_TEXT, day=st.none() | st.dates(), words=_TEXT)
        minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
        timed = st.builds(Deadline, paper=_TEXT, day=st.dates(), time=minutes, words=_TEXT)
        spans = st.builds(_span, st.dates(), st.dates())
        found["deadlines"] = tuple(draw(st.lists(days | timed | spans, max_size=3)))
    return kind, FACTS[kind](**found)


@given(all_facts())
def test_facts_come_back_from_json_and_count_in_the_hash(drawn: tuple[Kind, Any]) -> None:
    kind, facts = drawn
    assert facts_from_json(FACTS[kind], facts_to_json(facts)) == facts
    one = document(kind, facts=facts)
    again = document_from_json(document_to_json(one), load_bodies(), NOW)
    assert again == one
    assert again.content_hash == one.content_hash != document(kind).content_hash


def test_every_kind_but_minutes_has_facts_with_labels() -> None:
    assert set(FACTS) == set(Kind) - {Kind.MINUTES}
    for facts in FACTS.values():
        assert all(label for _, _, label in declared(facts))


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: AwardFacts(amount=Fact("12", "12円")), "amount: '12' is no whole number"),  # type: ignore[arg-type]
        (lambda: AwardFacts(amount=Fact(True, "1円")), "amount: True is no whole number"),
        (lambda: AwardFacts(amount=Fact(-1, "-1円")), "amount: -1 is not between"),
        (lambda: AwardFacts(supplier=Fact(" ", "落札者")), "supplier: ' ' is no text"),
        (lambda: AwardFacts(supplier=Fact("例示建設", "")), "supplier: a fact needs the words"),
        (lambda: AnnouncementFacts(updated=Fact(NOW, "更新")), "updated: .* is no day"),
        (lambda: Deadline(paper="", day=None, words="x"), "a deadline needs its paper"),
        (lambda: Deadline(paper="質問", day=None, time=time(9), words="9時"), "without a day"),
        (lambda: document(Kind.MINUTES, facts=AWARD), "facts that are none of its kind"),
        (lambda: document(Kind.TENDER, facts=AWARD), "facts that are none of its kind"),
    ],
)
def test_nonsense_is_refused(make: Any, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        make()


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"amuont": {"value": 1, "words": "1円"}}, "facts: unknown 'amuont'; known: amount"),
        ({"amount": 1}, "facts: amount is no JSON object"),
        ({"amount": {"value": 1}}, "facts: amount: no words"),
        ({"amount": {"value": 1.5, "words": "1.5円"}}, "amount: 1.5 is no whole number"),
        ({"deadlines": []}, "facts: unknown 'deadlines'"),
        ([], "facts is no JSON object"),
    ],
)
def test_an_import_with_wrong_facts_says_which(facts: object, complaint: str) -> None:
    line = document_to_json(document()) | {"facts": facts}
    with pytest.raises(NotADocument, match=complaint):
        document_from_json(line, load_bodies(), NOW)


@pytest.mark.parametrize(
    ("deadline", "complaint"),
    [
        ({"day": "2026-04-03", "words": "x"}, "paper is no text"),
        ({"paper": "質問", "day": "4月3日", "words": "x"}, "is no day like"),
        ({"paper": "質問", "day": "2026-04-03", "time": "17時", "words": "x"}, "no time like"),
        ({"paper": "質問", "day": "2026-04-03", "time": "17:00:01", "words": "x"}, "no time like"),
        ("4月3日", "deadlines is no JSON object"),
    ],
)
def test_an_import_with_a_wrong_deadline_says_why(deadline: object, complaint: str) -> None:
    line = document_to_json(document(Kind.TENDER)) | {"facts": {"deadlines": [deadline]}}
    with pytest.raises(NotADocument, match=complaint):
        document_from_json(line, load_bodies(), NOW)


def test_minutes_with_facts_are_no_document() -> None:
    line = document_to_json(document(Kind.MINUTES)) | {"facts": {}}
    with pytest.raises(NotADocument, match="facts: minutes have none"):
        document_from_json(line, load_bodies(), NOW)


@pytest.mark.parametrize("facts", [AWARD, TENDER])
def test_the_store_keeps_them(where: Settings, facts: Any) -> None:
    kind = Kind.AWARD if facts is AWARD else Kind.TENDER
    given = document(kind, facts=facts)
    with open_store(where) as store:
        assert store.put([document(kind)]) == Outcome(new=1)
        assert store.put([given]) == Outcome(changed=1)
        assert store.put([given]) == Outcome(unchanged=1)
        assert store.document(given.id) == given
        assert [change.document for change in store.changes(0)] == [given]


def test_words_that_cannot_be_stored_are_refused_with_the_document(where: Settings) -> None:
    for bad in ("落札者\0", "落札者\ud800"):
        facts = replace(AWARD, supplier=Fact("例示建設", bad))
        assert bad in list(texts_of(facts))
        with open_store(where) as store, pytest.raises(DocumentRefused):
            store.put([document(facts=facts)])
