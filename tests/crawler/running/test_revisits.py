"""What is settled and need not be fetched again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.running.revisits import Revisits, months_after
from kazami.store import KnownDocument, Listing


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def known(day: str, fetched: str) -> KnownDocument:
    return KnownDocument(date.fromisoformat(day), at(fetched), "", None)


KNOWN = {
    "p:old": known("2020-03-01", "2024-06-01"),
    "p:young": known("2024-03-01", "2024-06-01"),
}
LISTINGS = {
    "2020": Listing("2020", ("p:old",), (), at("2024-06-01")),
    "2024": Listing("2024", ("p:young",), (), at("2024-06-01")),
    "all": Listing("all", (), ("2020",), at("2024-06-01")),
    "loop": Listing("loop", ("p:old",), ("loop", "2020"), at("2024-06-01")),
    "lost": Listing("lost", ("p:never stored",), (), at("2024-06-01")),
    "half": Listing("half", (), ("2020", "never seen"), at("2024-06-01")),
}


def revisits(resumed: str | None = None) -> Revisits:
    return Revisits(KNOWN, LISTINGS.get, 4, at(resumed) if resumed else None)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-11-30", 4, "2024-03-30"),
        ("2023-12-31", 12, "2024-12-31"),
        ("2023-05-01", 0, "2023-05-01"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(day, months, then):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_a_document_last_seen_four_months_after_its_day_is_settled():
    assert revisits().document("p:old", date(2020, 3, 1))
    assert revisits().document("p:old", date(2024, 2, 1))
    assert not revisits().document("p:old", date(2024, 2, 2))


def test_a_young_document_is_fetched_again():
    assert not revisits().document("p:young", None)


def test_a_document_that_is_not_stored_is_fetched():
    assert not revisits().document("p:new", date(2000, 1, 1))


@pytest.mark.parametrize(
    ("id", "url", "day", "unreadable"),
    [
        ("p:scan", "https://reiji.example/会.pdf", "2024-02-01", True),
        ("p:scan", "https://reiji.example/会.pdf", "2024-02-02", False),
        ("p:scan", "https://reiji.example/会.pdf", None, False),
        ("p:scan", "https://reiji.example/2.pdf", "2020-02-01", False),
        ("p:old", "https://reiji.example/会.pdf", "2020-02-01", False),
    ],
)
def test_a_page_fetched_when_settled_that_gave_no_document_is_unreadable(id, url, day, unreadable):
    answered = {"https://reiji.example/%E4%BC%9A.pdf": at("2024-06-01")}
    revisits = Revisits(KNOWN, LISTINGS.get, 4, answered=lambda: answered)

    assert revisits.unreadable(id, url, day and date.fromisoformat(day)) is unreadable


def test_what_the_unfinished_pass_has_seen_is_not_fetched_again():
    assert revisits("2024-05-31").document("p:young", None)
    assert not revisits("2024-06-02").document("p:young", None)


def test_a_settled_listing_answers_with_its_documents():
    assert revisits().listing("2020", date(2020, 12, 31)) == ("p:old",)
    assert revisits().listing("all", date(2020, 12, 31)) == ("p:old",)


def test_a_listing_that_can_still_grow_is_fetched():
    assert revisits().listing("2020", date(2024, 2, 2)) is None
    assert revisits().listing("2020", None) is None


@pytest.mark.parametrize("name", ["2024", "lost", "half", "unknown"])
def test_a_listing_of_anything_unsettled_is_fetched(name):
    assert revisits().listing(name, date(2020, 12, 31)) is None


def test_a_listing_that_names_itself_ends():
    assert revisits().listing("loop", date(2020, 12, 31)) == ("p:old", "p:old")


def test_a_listing_seen_by_the_unfinished_pass_is_done_when_its_documents_are():
    assert revisits("2024-05-31").listing("2024", None) == ("p:young",)
    assert revisits("2024-05-31").listing("lost", None) is None
