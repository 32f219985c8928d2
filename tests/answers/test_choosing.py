"""Which sources a crawl visits, and which a list shows: decided without a terminal."""

from __future__ import annotations

import pytest

from answers.choosing import NoChoice, chosen_sources, to_fetch
from answers.sources import KnownSource, NoSource, SourceFilters, Standing, chosen
from kazami.bodies import load_bodies
from kazami.document import Kind
from kazami.sources import UNKNOWN, Source

DIET_SOURCE = Source(
    body="000000", kind=Kind.MINUTES, platform="kokkai", url="https://kokkai.ndl.go.jp/"
)
UNREAD = Source(body="102032", kind=Kind.MINUTES, platform=UNKNOWN, url="")


def known(source: Source) -> KnownSource:
    body = load_bodies().get(source.body)
    assert body is not None
    return KnownSource(source, body, Standing.UNKNOWN, None, None)


def test_a_choice_is_needed_unless_all_are_wanted() -> None:
    with pytest.raises(NoChoice, match="say which"):
        chosen_sources((), (), (), all_of_them=False)
    assert len(chosen_sources((), (), (), all_of_them=True)) > 1000


def test_a_body_chooses_its_sources() -> None:
    found = chosen_sources(("000000",), (), (), all_of_them=False)
    assert {source.body for source in found} == {"000000"}


def test_a_choice_that_fits_nothing_says_so() -> None:
    with pytest.raises(NoChoice, match="no platform 'x'"):
        chosen_sources((), (), ("x",), all_of_them=False)
    with pytest.raises(NoChoice, match="no source fits"):
        chosen_sources(("000000",), (Kind.TENDER,), (), all_of_them=False)


def test_what_cannot_be_read_is_left_out_and_counted() -> None:
    choice = to_fetch([DIET_SOURCE, UNREAD], query=None)
    assert (choice.sources, choice.left_out) == ((DIET_SOURCE,), 1)
    with pytest.raises(NoChoice, match="cannot be fetched"):
        to_fetch([UNREAD], query=None)


def test_only_the_diet_is_asked_a_query() -> None:
    assert to_fetch([DIET_SOURCE], query="学び直し").left_out == 0
    with pytest.raises(NoChoice, match="Diet only"):
        to_fetch([DIET_SOURCE, UNREAD], query="学び直し")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (SourceFilters(), 2),
        (SourceFilters(prefectures=("10",)), 1),
        (SourceFilters(kinds=(Kind.TENDER,)), 0),
        (SourceFilters(platforms=("kokkai",)), 1),
        (SourceFilters(healths=("never",)), 2),
        (SourceFilters(standings=("granted",)), 0),
        (SourceFilters(least=1), 1),
        (SourceFilters(most=1), 0),
    ],
)
def test_sources_pass_every_filter(wanted: SourceFilters, found: int) -> None:
    assert len(chosen([known(DIET_SOURCE), known(UNREAD)], wanted)) == found


def test_a_filter_that_names_nothing_is_said() -> None:
    for wanted in (SourceFilters(platforms=("x",)), SourceFilters(healths=("x",))):
        with pytest.raises(NoSource, match="'x'"):
            chosen([known(DIET_SOURCE)], wanted)
