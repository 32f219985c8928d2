"""Which electronic bidding systems an answer about some bodies may lack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import answers.bidding_systems
from answers.bidding_systems import unread_systems
from kazami.document import Kind
from kazami.settings import Settings, load_settings
from kazami.sources import Source

TOLD = {"kind": Kind.TENDER, "platform": "unknown", "url": "https://reiji.example/"}
SHARED = Source(body="100005", system="例示共同入札", others="県内の3団体", **TOLD)  # type: ignore[arg-type]
OWN = Source(body="110001", system="例示電子入札", **TOLD)  # type: ignore[arg-type]
NEWS = Source(body="102032", **TOLD)  # type: ignore[arg-type]
READ = Source(
    body="120006",
    kind=Kind.TENDER,
    platform="html_list",
    url="https://chiba.reiji.example/",
    options={"items": "li"},
    system="例示公開入札",
)
GUNMA, KIRYU, SAITAMA, KAWAGUCHI, CHIBA = "100005", "102032", "110001", "112038", "120006"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    def beneath(prefectures: set[str]) -> tuple[Source, ...]:
        every = (SHARED, OWN, NEWS, READ)
        return tuple(s for s in every if not prefectures or s.body[:2] in prefectures)

    monkeypatch.setattr(answers.bidding_systems, "sources_beneath", beneath)
    return load_settings(tmp_path, {"KAZAMI_SETTINGS": "/dev/null"})


@pytest.mark.parametrize(
    ("bodies", "prefectures", "found"),
    [
        ((), (), [SHARED, OWN]),
        ((GUNMA,), (), [SHARED]),
        ((KIRYU,), (), [SHARED]),
        ((SAITAMA,), (), [OWN]),
        ((KAWAGUCHI,), (), []),
        ((KAWAGUCHI, KIRYU), (), [SHARED]),
        ((CHIBA,), (), []),
        ((), ("10",), [SHARED]),
        ((), ("13",), []),
        ((KIRYU,), ("11",), []),
    ],
)
def test_a_system_counts_for_those_who_use_it_and_those_who_may(
    settings: Settings, bodies: tuple[str, ...], prefectures: tuple[str, ...], found: list[Source]
) -> None:
    asked = unread_systems(settings, Kind.TENDER, bodies=bodies, prefectures=prefectures)
    assert [known.source for known in asked] == found
    assert unread_systems(settings, Kind.AWARD, bodies=bodies, prefectures=prefectures) == []


def test_one_that_could_be_read_counts_where_it_may_not_be(settings: Settings) -> None:
    (settings.data_dir / "permissions.toml").write_text(
        f'["{READ.id}"]\ngranted_by = "例示課"\ngranted_on = {date(2026, 8, 2)}\nfetch = false\n',
        "utf-8",
    )
    (known,) = unread_systems(settings, Kind.TENDER, bodies=[CHIBA])
    assert known.needs_leave
    assert known.unreadable is None
