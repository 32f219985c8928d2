"""Of how much of a document each field is filled, and sums of that over many."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kazami.attachments import Attachment, AttachmentState
from kazami.document import Document, Kind, Passage, Stance
from kazami.facts import FACTS, AwardFacts, Deadline, Fact, Stage, TenderFacts, declared
from kazami.fills import Fills, Rate, counted, documents_in, fills_from_json, rates_of, together
from kazami.settings import Settings
from kazami.store import SourceRun, open_store

NOW = datetime(2026, 4, 1, tzinfo=UTC)
LATER = datetime(2026, 5, 1, tzinfo=UTC)
SOURCE = "102032/minutes/invented"


def document(key: int, *passages: Passage, kind: Kind = Kind.MINUTES, **more: object) -> Document:
    """An invented one."""
    numbered = (replace(each, key=str(n), order=n) for n, each in enumerate(passages, 1))
    return Document(
        body="102032",
        kind=kind,
        platform="invented",
        key=str(key),
        title="第1号",
        date=date(2026, 3, 1),
        fetched=NOW,
        passages=tuple(numbered) or (Passage(key="1", order=1, text="公告する。"),),
        **more,  # type: ignore[arg-type]
    )


_NAMES = st.sampled_from([None, "例示太郎", "市長"])
_PASSAGES = st.builds(
    Passage,
    key=st.just("1"),
    order=st.just(1),
    text=st.just("伺います。"),
    speaker=_NAMES,
    role=_NAMES,
    stance=st.none() | st.sampled_from(Stance),
    page=st.none() | st.integers(1, 9),
)
_SITTINGS = st.lists(st.lists(_PASSAGES, min_size=1, max_size=5), max_size=6).map(
    lambda many: [document(n, *passages) for n, passages in enumerate(many)]
)


def test_every_kind_has_something_that_is_counted_under_a_name_of_its_own() -> None:
    for kind in Kind:
        names = [field.name for field in counted(kind)]
        assert names
        assert len(set(names)) == len(names)
    assert [field.name for field in counted(Kind.MINUTES)] == ["speaker", "role", "stance", "page"]
    for kind, facts in FACTS.items():
        assert {name for name, _, _ in declared(facts)} <= {each.name for each in counted(kind)}


def test_a_stance_that_tells_nothing_is_none() -> None:
    said = Passage(key="1", order=1, text="伺います。", speaker="例示太郎", page=3)
    sitting = document(
        1,
        replace(said, stance=Stance.QUESTION, role="議員"),
        replace(said, stance=Stance.OTHER),
        replace(said, page=None),
        replace(said, stance=Stance.CHAIR, speaker=None),
    )
    shares = {"speaker": 0.75, "role": 0.25, "stance": 0.5, "page": 0.75}
    assert rates_of([sitting]) == {name: Rate.of(share) for name, share in shares.items()}


@pytest.mark.parametrize(
    ("facts", "filled"),
    [
        (TenderFacts(), set()),
        (TenderFacts(budget=Fact(None, "予定価格は事後公表")), set()),
        (TenderFacts(budget=Fact(3, "3円"), place=Fact("例示市", "例示市")), {"budget", "place"}),
        (TenderFacts(deadlines=(Deadline(paper="入札書", day=None, words="別途通知"),)), set()),
        (
            TenderFacts(
                deadlines=(
                    Deadline(paper="質問書", day=None, words="別途通知"),
                    Deadline(paper="入札書", day=date(2026, 4, 3), words="4月3日"),
                )
            ),
            {"deadlines", "closes"},
        ),
        (
            TenderFacts(deadlines=(Deadline(paper="質問書", day=date(2026, 4, 3), words="3日"),)),
            {"deadlines"},
        ),
        (AwardFacts(amount=Fact(3, "3円")), {"amount"}),
        (None, set()),
    ],
)
def test_a_fact_counts_where_it_can_be_told(
    facts: TenderFacts | AwardFacts | None, filled: set[str]
) -> None:
    kind = Kind.AWARD if isinstance(facts, AwardFacts) else Kind.TENDER
    rates = rates_of([document(1, kind=kind, facts=facts)])
    assert {name for name, rate in rates.items() if rate.mean} == {"date", "text", *filled}
    assert documents_in(rates) == 1


NOTICES = (Kind.ANNOUNCEMENT, Kind.TENDER, Kind.AWARD)


@pytest.mark.parametrize("kind", NOTICES)
def test_of_a_notice_date_text_and_attached_files_are_counted(kind: Kind) -> None:
    files = [
        Attachment(f"{state}.pdf", f"https://reiji.example/{state}.pdf", state)
        for state in AttachmentState
    ]
    whole = document(1, kind=kind, attachments=(files[0],))
    bare = replace(whole, date=None, passages=(), attachments=())
    partly = replace(whole, attachments=tuple(files))
    names = ("date", "text", "attachments")
    assert [rates_of([whole])[name].mean for name in names] == [1.0, 1.0, 1.0]
    found = rates_of([bare])
    assert (found["date"].mean, found["text"].mean) == (0.0, 0.0)
    assert "attachments" not in found
    assert rates_of([partly, bare])["attachments"] == Rate.of(1 / len(AttachmentState))


@pytest.mark.parametrize("stage", Stage)
def test_a_closing_day_is_missed_of_those_only_that_can_be_offered_for(stage: Stage) -> None:
    rates = rates_of([document(1, kind=Kind.TENDER, facts=TenderFacts(stage=Fact(stage, "段階")))])
    expected = stage in (Stage.NOTICE, Stage.CORRECTION)
    assert ("closes" in rates) is expected
    assert rates["deadlines"].documents == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_SITTINGS, _SITTINGS)
def test_runs_put_together_are_the_run_of_all(one: list[Document], other: list[Document]) -> None:
    apart, whole = together(rates_of(one), rates_of(other)), rates_of([*one, *other])
    assert apart.keys() == whole.keys()
    for name, rate in whole.items():
        assert apart[name].documents == len(one) + len(other)
        assert apart[name].shares == pytest.approx(rate.shares)
        assert apart[name].squares == pytest.approx(rate.squares)
        assert 0 <= rate.mean <= 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_SITTINGS, _SITTINGS)
def test_they_are_kept_as_they_were(one: list[Document], other: list[Document]) -> None:
    fills = Fills(latest=rates_of(one), usual=rates_of(other))
    assert fills_from_json(json.loads(json.dumps(asdict(fills)))) == fills


SITTINGS = [
    document(
        n,
        *(
            Passage(
                key="1",
                order=1,
                text=f"第{n}の発言。",
                speaker="例示太郎" if m % 3 else None,
                role="市長" if (n + m) % 4 else None,
                stance=[None, *Stance][(n * m) % 5],
                page=m if n % 2 else None,
            )
            for m in range(1, n + 2)
        ),
    )
    for n in range(1, 8)
]
_DUE = Deadline(paper="入札書", day=date(2026, 4, 3), words="4月3日")
_FILE = Attachment("公告.pdf", "https://reiji.example/1.pdf", AttachmentState.READ)
_SCAN = Attachment("図面.pdf", "https://reiji.example/2.pdf", AttachmentState.NO_TEXT)
TENDERS = [
    replace(
        document(
            n,
            kind=Kind.TENDER,
            facts=TenderFacts(budget=Fact(n, f"{n}円"), deadlines=(_DUE,) * (n % 2))
            if n % 3
            else None,
            attachments=((), (_FILE, _SCAN), (_FILE,))[n % 3],
        ),
        **({"date": None} if n % 4 == 0 else {}),
        **({"passages": ()} if n % 5 == 0 else {}),
    )
    for n in range(1, 8)
]
ANOTHER = [document(n, kind=Kind.TENDER) for n in range(90, 95)]


@pytest.mark.parametrize("documents", [SITTINGS, TENDERS], ids=["minutes", "tenders"])
def test_what_is_stored_is_counted_as_what_is_read(
    where: Settings, documents: list[Document]
) -> None:
    kind = documents[0].kind
    with open_store(where) as store:
        assert store.stored_rates(SOURCE, kind) == {}
        store.put(documents, source=SOURCE)
        store.put(ANOTHER, source="102032/tender/another")
        found, expected = store.stored_rates(SOURCE, kind), rates_of(documents)
    assert found.keys() == expected.keys()
    for name, rate in expected.items():
        assert found[name].documents == rate.documents
        assert found[name].shares == pytest.approx(rate.shares)
        assert found[name].squares == pytest.approx(rate.squares)


def test_what_a_pass_stored_itself_is_left_out(where: Settings) -> None:
    with open_store(where) as store:
        for start, runs in ((NOW, SITTINGS[:3]), (LATER, SITTINGS[3:5]), (LATER, SITTINGS[5:])):
            run = store.start_run(start, "")
            store.record_source_run(SourceRun(run, SOURCE, start))
            store.put(runs, source=SOURCE, run=run)
        again = replace(SITTINGS[0], title="第1号の2")
        store.put([again], source=SOURCE, run=run)
        found = store.stored_rates(SOURCE, Kind.MINUTES, but_of=LATER)
        assert found["role"].mean == pytest.approx(rates_of(SITTINGS[1:3])["role"].mean)
        assert documents_in(store.stored_rates(SOURCE, Kind.MINUTES)) == len(SITTINGS)


def test_the_latest_run_with_rates_is_asked_for_and_forgotten(where: Settings) -> None:
    fills = Fills(latest=rates_of(SITTINGS[:2]), usual=rates_of(SITTINGS[2:]))
    with open_store(where) as store:
        assert store.last_filled_run(SOURCE) is None
        for of in (None, fills, None):
            run = store.start_run(NOW, "")
            store.record_source_run(SourceRun(run, SOURCE, NOW, LATER, "ok", fills=of))
        last = store.last_filled_run(SOURCE)
        assert last == SourceRun(run - 1, SOURCE, NOW, LATER, "ok", fills=fills)
        store.record_source_run(SourceRun(run, SOURCE, NOW, LATER, "ok", fills=fills))
        assert store.source_runs()[SOURCE].fills == fills
        store.forget_fills(SOURCE)
        assert store.last_filled_run(SOURCE) is None
        assert store.source_runs()[SOURCE].run == run
