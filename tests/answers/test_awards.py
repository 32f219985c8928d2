"""Who won how often and for how much, against counting by hand. All awards are invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers.awards import AwardGroup, AwardsBy, Figures, WrongQuery, awards
from indexer.language import QuerySyntaxError
from kazami.bodies import load_bodies
from kazami.document import Document, Kind
from kazami.facts import AwardFacts, AwardOutcome, Fact
from kazami.store import AwardFilter, Store, open_folder
from presenting.awards import claim_line

BODIES = load_bodies()
NOW = datetime(2026, 6, 1, tzinfo=UTC)
NUMBER = "7123456789012"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_folder(tmp_path / "data") as opened:
        yield opened


def award(
    key: str,
    supplier: str | None = "㈱例示",
    amount: int | None = 100,
    *,
    outcome: AwardOutcome = AwardOutcome.AWARDED,
    number: str | None = None,
    body: str = "102032",
    day: date | None = date(2026, 1, 1),
    title: str = "例示工事",
) -> Document:
    def fact(value: object) -> Fact | None:  # type: ignore[type-arg]
        return None if value is None else Fact(value, "例示")

    facts = AwardFacts(
        outcome=fact(outcome),
        supplier=fact(supplier),
        amount=fact(amount),
        corporate_number=fact(number),
    )
    return Document(
        body=body,
        kind=Kind.AWARD,
        platform="invented",
        key=key,
        title=title,
        date=day,
        fetched=NOW,
        passages=(),
        facts=facts,
    )


def groups(store: Store, by: AwardsBy, **asked: object) -> dict[str | None, AwardGroup]:
    answer = awards(store, AwardFilter(**asked), BODIES, by=by)  # type: ignore[arg-type]
    assert answer.of_groups == len(answer.groups)
    return {each.group: each for each in answer.groups}


def test_the_figures_of_a_supplier(store: Store) -> None:
    store.put(
        [
            award("a", "㈱例示", 100, number=NUMBER),
            award("b", "（株）例示 北支店", 300, number=NUMBER),
            award("c", "株式会社例示", 200),
            award("d", "株式会社例示", None),
            award("e", None, None, outcome=AwardOutcome.FAILED),
            award("f", "㈱例示", None, outcome=AwardOutcome.CANCELLED),
            award("g", None, 7),
        ]
    )
    answer = awards(store, AwardFilter(), BODIES, by=AwardsBy.SUPPLIER)
    first, nobody = answer.groups
    assert first.group == NUMBER
    assert first.figures == Figures(
        awards=4, not_stated=1, total=600, largest=300, median=200, smallest=100
    )
    assert first.by_name == 2
    assert first.supplier is not None
    assert first.supplier.name in ("㈱例示", "株式会社例示")
    assert (nobody.group, nobody.figures.awards) == (None, 1)
    assert (answer.failed, answer.cancelled) == (1, 1)
    assert answer.figures.awards == 5


def test_a_joint_venture_is_none_of_its_members(store: Store) -> None:
    venture = "例示・見本特定建設工事共同企業体"
    store.put([award("a", number=NUMBER), award("b", venture, number=NUMBER)])
    found = groups(store, AwardsBy.SUPPLIER)
    assert len(found) == 2
    joint = next(each for each in found.values() if each.supplier and each.supplier.joint)
    assert (joint.figures.awards, joint.by_name) == (1, 0)


def test_a_filter_does_not_change_who_is_who(store: Store) -> None:
    store.put(
        [
            award("a", "㈱例示", number=NUMBER, day=date(2025, 1, 1)),
            award("b", "株式会社例示", day=date(2026, 1, 1)),
        ]
    )
    assert list(groups(store, AwardsBy.SUPPLIER, since=date(2026, 1, 1))) == [NUMBER]


def test_years_are_in_order_and_the_undated_at_the_end(store: Store) -> None:
    store.put(
        [
            award("a", day=date(2026, 3, 31)),
            award("b", day=date(2025, 12, 1)),
            award("c", day=None),
        ]
    )
    assert list(groups(store, AwardsBy.YEAR)) == ["2025", "2026", None]
    assert list(groups(store, AwardsBy.FISCAL_YEAR)) == ["2025", None]


def test_bodies_come_by_total(store: Store) -> None:
    store.put([award("a", amount=1), award("b", amount=2, body="011002")])
    assert list(groups(store, AwardsBy.BODY)) == ["011002", "102032"]


def test_the_claim_is_of_all_that_was_searched(store: Store) -> None:
    store.put([award("a"), award("b", None, None, outcome=AwardOutcome.FAILED, body="980008")])
    answer = awards(store, AwardFilter(), BODIES, query="何もない")
    assert answer.figures.awards == 0
    claim = answer.claim
    assert (claim.documents, claim.bodies, claim.others, claim.bodies_of) == (2, 1, 1, 1788)


@pytest.mark.parametrize(
    ("bodies", "told"),
    [
        (("992011", "993018"), "架空の2団体"),
        (("102032", "992011"), "1団体 / 1,788団体と架空の1団体"),
        (("980008",), "0団体 / 1,788団体とその他1機関"),
        (("102032", "980008", "992011"), "1団体 / 1,788団体とその他1機関と架空の1団体"),
    ],
)
def test_the_demos_bodies_are_none_of_the_1788(
    store: Store, bodies: tuple[str, ...], told: str
) -> None:
    store.put([award(body, body=body) for body in bodies])
    claim = awards(store, AwardFilter(), BODIES).claim
    assert claim_line(claim).startswith(f"検索対象: {told} · ")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("橋りょう", {"a", "b"}),
        ("橋りょう 見本㈱", {"b"}),
        ("橋りょう -見本", {"a"}),
        ("清掃 OR 見本", {"b", "c"}),
        ("body:桐生市 清掃", {"c"}),
        ("pref:北海道", set()),
        ("title:清掃", {"c"}),
        ("kind:award 清掃", {"c"}),
        ("kind:tender", set()),
        ('"橋りょう 点検"', {"a"}),  # folded: no space counts
        ("株式会社例示", {"a", "c"}),
        (NUMBER, {"c"}),
    ],
)
def test_what_a_query_finds(store: Store, query: str, expected: set[str]) -> None:
    store.put(
        [
            award("a", title="橋りょう点検"),
            award("b", "見本（株）", title="橋 りょう補修"),
            award("c", "㈱例示", title="庁舎清掃", number=NUMBER),
        ]
    )
    answer = awards(store, AwardFilter(), BODIES, query=query)
    assert {each.id.removeprefix("invented:") for each in answer.latest} == expected
    assert answer.figures.awards == len(expected)


@pytest.mark.parametrize("query", ["speaker:例示", "清掃 NEAR/3 警備"])
def test_what_awards_have_not_is_said(store: Store, query: str) -> None:
    with pytest.raises((WrongQuery, QuerySyntaxError)):
        awards(store, AwardFilter(), BODIES, query=query)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.none() | st.integers(1, 99)), max_size=12))
def test_figures_are_what_counting_by_hand_gives(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int | None]]
) -> None:
    with open_folder(tmp_path_factory.mktemp("data")) as store:
        store.put([award(str(at), f"㈱{name}", amount) for at, (name, amount) in enumerate(rows)])
        found = {
            each.supplier.name if each.supplier else None: each.figures
            for each in groups(store, AwardsBy.SUPPLIER).values()
        }
    for name in {name for name, _ in rows}:
        amounts = [amount for each, amount in rows if each == name and amount is not None]
        figures = found[f"㈱{name}"]
        assert figures.awards == sum(each == name for each, _ in rows)
        assert figures.total == sum(amounts)
        assert figures.median == (median(amounts) if amounts else None)
        assert (figures.largest, figures.smallest) == (
            max(amounts, default=None),
            min(amounts, default=None),
        )
