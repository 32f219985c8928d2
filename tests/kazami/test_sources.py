from __future__ import annotations

from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest

from kazami.bodies import load_bodies
from kazami.config import ConfigError, config_dir
from kazami.document import Kind
from kazami.permission import load_permissions
from kazami.sources import Expect, load_sources
from kazami.toml_tables import SourceError

_SITE = 'platform = "kensakusystem"\nurl = "https://minutes.example/reiji/"\n'


def folder(tmp_path: Path, text: str, name: str = "10-gunma.toml") -> Path:
    (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_a_source_is_read(tmp_path: Path) -> None:
    text = f"""["102032".minutes]
{_SITE}delay = 5
expect = {{ at_least = 50, newest_within_days = 200 }}
doubt = "never seen"
notes = "invented"
"""
    (source,) = load_sources(folder(tmp_path, text))
    assert source.id == "102032/minutes/kensakusystem"
    assert (source.body, source.kind, source.delay) == ("102032", Kind.MINUTES, 5.0)
    assert source.expect == Expect(at_least=50, newest_within_days=200)
    assert (source.doubt, source.notes) == ("never seen", "invented")


def test_a_body_can_have_several_platforms_and_kinds(tmp_path: Path) -> None:
    text = f"""[["102032".minutes]]
{_SITE}
[["102032".minutes]]
platform = "pdf"
url = "http://old.example/"

["102032".tender]
{_SITE}"""
    assert [source.id for source in load_sources(folder(tmp_path, text))] == [
        "102032/minutes/kensakusystem",
        "102032/minutes/pdf",
        "102032/tender/kensakusystem",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'["102031".minutes]\n{_SITE}', "102031: no body has this code"),
        (f'["112119".minutes]\n{_SITE}', "belongs into the file of prefecture 11"),
        (f'["102032".minute]\n{_SITE}', "unknown kind; did you mean minutes?"),
        (f'["102032".minutes]\n{_SITE}delai = 3\n', "unknown key 'delai'; did you mean delay?"),
        (f'["102032".minutes]\n{_SITE}expect = {{ least = 3 }}\n', "did you mean at_least?"),
        (f'["102032".minutes]\n{_SITE}expect = {{ at_least = 0 }}\n', "expect.at_least"),
        (f'["102032".minutes]\n{_SITE}delay = -1\n', "minutes.delay: seconds"),
        (f'["102032".minutes]\n{_SITE}delay = "3"\n', "minutes.delay: seconds"),
        (f'["102032".minutes]\n{_SITE}delay = nan\n', "minutes.delay: seconds"),
        ('["102032".minutes]\nurl = "https://x.example/"\n', "minutes.platform: a text is needed"),
        ('["102032".minutes]\nplatform = "a b"\nurl = "https://x.example/"\n', "no name of a plat"),
        ('["102032".minutes]\nplatform = "ab"\nurl = "ftp://x.example/"\n', "no http(s) address"),
        ('["102032".minutes]\nplatform = "ab"\nurl = "https:///x"\n', "no http(s) address"),
        ('["102032".minutes]\nplatform = "ab"\nurl = "https://[x/"\n', "no http(s) address"),
        ('"102032" = 3\n', "a table is needed"),
        (f'["102032".minutes]\n{_SITE}[["102032".tender]]\n{_SITE}x', "10-gunma.toml"),
        (f'[["102032".minutes]]\n{_SITE}[["102032".minutes]]\n{_SITE}', "stands there twice"),
    ],
)
def test_a_source_that_makes_no_sense_is_refused_naming_file_and_key(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(SourceError) as error:
        load_sources(folder(tmp_path, text))
    assert said in str(error.value)
    assert "10-gunma.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_of_sources_is_named_by_its_prefecture(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="named like"):
        load_sources(folder(tmp_path, "", "gunma.toml"))


def test_options_are_values_for_the_platform(tmp_path: Path) -> None:
    text = f"""["102032".minutes]
{_SITE}
["102032".minutes.options]
first_year = 2005
items = "div.entry a"
skip = ["議会だより", "議案"]
"""
    (source,) = load_sources(folder(tmp_path, text))
    assert source.options == {
        "first_year": 2005,
        "items": "div.entry a",
        "skip": ("議会だより", "議案"),
    }


@pytest.mark.parametrize("value", ["true", "1.5", "[]", "[1]", "{ a = 1 }"])
def test_an_option_is_text_a_number_or_texts(tmp_path: Path, value: str) -> None:
    text = f'["102032".minutes]\n{_SITE}["102032".minutes.options]\nx = {value}\n'
    with pytest.raises(SourceError, match=r"minutes\.options\.x: text, a whole number or a list"):
        load_sources(folder(tmp_path, text))


def test_only_an_unknown_platform_does_without_an_address(tmp_path: Path) -> None:
    (source,) = load_sources(folder(tmp_path, '["102032".minutes]\nplatform = "unknown"\n'))
    assert (source.platform, source.url) == ("unknown", "")
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(SourceError, match=r"minutes\.url: a text is needed"):
        load_sources(folder(other, '["102032".minutes]\nplatform = "voices"\n'))


def test_every_body_has_a_source_of_minutes() -> None:
    minutes = [source.body for source in load_sources() if source.kind == Kind.MINUTES]
    assert set(minutes) == {body.code for body in load_bodies()}


def test_no_two_bodies_share_an_address() -> None:
    """Nor do two kinds of one body, but for a bidding system, which has tenders and awards.

    A list gave some feeds to two bodies, which are unproven.
    """
    proven = [source for source in load_sources() if source.url and not source.unproven]
    urls = Counter((source.url, source.system and source.kind) for source in proven)
    assert [url for url, count in urls.items() if count > 1] == []


def test_a_bidding_system_that_others_share_has_a_name(tmp_path: Path) -> None:
    told = f'["102032".tender]\n{_SITE}system = "例示電子入札"\nothers = "県内の3団体"\n'
    (source,) = load_sources(folder(tmp_path, told))
    assert (source.system, source.others) == ("例示電子入札", "県内の3団体")
    nameless = tmp_path / "nameless"
    nameless.mkdir()
    with pytest.raises(SourceError, match="others share a system; name it, as system"):
        load_sources(folder(nameless, told.replace("system =", "# system =")))


def test_a_system_that_is_not_read_stands_at_a_body_with_tenders_and_awards() -> None:
    systems = [source for source in load_sources() if source.system]
    assert {source.kind for source in systems} == {Kind.TENDER, Kind.AWARD}
    kinds = Counter(source.body for source in systems)
    assert set(kinds.values()) == {2}
    assert {"120006", "130001", "220001", "050008", "240001", "170003", "310000"} <= kinds.keys()


def test_the_shipped_sources_count_by_platform_what_the_lists_name() -> None:
    platforms = Counter(source.platform for source in load_sources())
    assert platforms["kokkai"] == 1
    assert platforms["kensakusystem"] == 142
    assert platforms["discussnet"] == 527
    assert platforms["dbsearch"] == 175
    assert platforms["voices"] == 86
    assert platforms["html_minutes"] + platforms["pdf_minutes"] > 400


def test_a_source_that_nobody_can_read_says_why() -> None:
    silent = [s.id for s in load_sources() if s.platform == "unknown" and not s.notes]
    assert silent == []


def test_tenants_of_kensakusystem_are_no_film_entries_and_no_session_codes() -> None:
    tenants = [s.url for s in load_sources() if "kensakusystem.jp/" in s.url]
    assert len(tenants) == 141
    assert not [url for url in tenants if "-vod" in url or "Code=" in url]


def test_the_shipped_files_bear_the_names_of_their_prefectures() -> None:
    bodies = load_bodies()
    for file in (config_dir() / "sources").glob("*.toml"):
        code, romaji = file.stem.split("-")
        if code not in ("00", "98"):  # the Diet, and the state's organs
            assert bodies.prefecture(romaji) == code


def permissions(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "permissions.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_permission_is_read(tmp_path: Path) -> None:
    text = """["102032/minutes/dbsearch"]
granted_by = "例示市議会事務局"
granted_on = 2026-08-02
hours = "20:00-06:00"
days = ["sat", "sun"]
minimum_delay = 5
fetch = true
redistribute = false
notes = "by mail"
"""
    given = load_permissions(permissions(tmp_path, text))["102032/minutes/dbsearch"]
    assert (given.granted_by, given.granted_on) == ("例示市議会事務局", date(2026, 8, 2))
    assert given.hours == (time(20), time(6))
    assert given.days == {5, 6}
    assert given.minimum_delay == 5
    assert given.fetch
    assert not given.redistribute


def test_a_permission_that_does_not_say_so_allows_neither_fetching_nor_passing_on(
    tmp_path: Path,
) -> None:
    text = '["102032/minutes/dbsearch"]\ngranted_by = "x"\ngranted_on = 2026-08-02\n'
    given = load_permissions(permissions(tmp_path, text))["102032/minutes/dbsearch"]
    assert (given.fetch, given.redistribute, given.hours, given.days) == (False, False, None, None)


def test_without_a_file_nothing_is_permitted(tmp_path: Path) -> None:
    assert load_permissions(tmp_path / "permissions.toml") == {}


_GRANT = '["102032/minutes/dbsearch"]\ngranted_by = "x"\ngranted_on = 2026-08-02\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_GRANT + "fech = true\n", "did you mean fetch"),
        (_GRANT + 'fetch = "yes"\n', "true or false"),
        (_GRANT + 'hours = "20-6"\n', "20:00-06:00"),
        (_GRANT + 'hours = "24:00-06:00"\n', "20:00-06:00"),
        (_GRANT + 'days = ["Saturday"]\n', "weekdays"),
        (_GRANT + "days = []\n", "weekdays"),
        (_GRANT + "minimum_delay = -1\n", "seconds"),
        ('["102032/minutes/dbsearch"]\ngranted_by = "x"\n', "granted_on"),
        ('["102032/minutes/x"]\ngranted_by = "x"\ngranted_on = "2026-08-02"\n', "granted_on"),
        ('["102032/minutes/dbsearch"]\ngranted_on = 2026-08-02\n', "granted_by"),
        ('["桐生市"]\ngranted_by = "x"\n', "named like"),
        ("x = \n", "permissions.toml"),
    ],
)
def test_a_permission_that_makes_no_sense_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError) as error:
        load_permissions(permissions(tmp_path, text))
    assert said in str(error.value)


def test_the_shipped_data_is_found_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAZAMI_CONFIG", str(tmp_path))
    assert config_dir() == tmp_path
    monkeypatch.setenv("KAZAMI_CONFIG", str(tmp_path / "none"))
    with pytest.raises(ConfigError, match="KAZAMI_CONFIG"):
        config_dir()


def test_one_address_for_two_bodies_is_an_error_unless_one_is_unproven(tmp_path):
    """Of one kind: a body's page may hold both its minutes and its news."""
    feed = 'platform = "feed"\nurl = "https://www.shouwa.example/feed/"\n'
    file = tmp_path / "10-gunma.toml"
    file.write_text(f'["102032".announcement]\n{feed}["102041".announcement]\n{feed}')
    with pytest.raises(SourceError, match=r"102041.announcement.url: .* stands at 102032 too"):
        load_sources(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "10-gunma.toml").write_text(
        f'["102032".announcement]\n{feed}["102041".announcement]\n{feed}unproven = "a shop"\n'
    )
    assert [each.unproven for each in load_sources(other)] == ["", "a shop"]


def test_the_feeds_are_those_of_the_table():
    feeds = [each for each in load_sources() if each.platform == "feed"]
    assert sum(bool(each.unproven) for each in feeds) == 79
    assert sum(not each.unproven for each in feeds) == 715
