"""``kazami sources …`` and ``kazami crawl --dry-run``, as a person types them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.permission.robots import read_robots, unpackable
from crawler.permission.robots_history import RobotsHistory
from kazami.permission import load_permissions
from kazami.sources import load_sources
from kazami.store import SourceRun, open_folder
from tests.search_cli.conftest import Kazami

LOOKED = date(2026, 1, 1)
TENANT = "102032/minutes/discussnet"
CONTACT = "https://reiji.example/kazami"


@pytest.fixture
def contact(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("KAZAMI_CONTACT", CONTACT)
    return CONTACT


def listed(kazami: Kazami, *arguments: str) -> list[dict[str, object]]:
    result = kazami("sources", "list", "--format", "json", *arguments)
    assert result.exit_code == 0, result.stderr
    rows = json.loads(result.stdout)
    assert isinstance(rows, list)
    return rows


def test_the_list_as_json_holds_what_other_programs_need(kazami: Kazami) -> None:
    rows = listed(kazami, "--pref", "群馬県", "--kind", "minutes")
    (row,) = (row for row in rows if row["body"] == "102032")
    wanted = {
        "body": "102032",
        "body_name": "群馬県桐生市",
        "prefecture": "群馬県",
        "kind": "minutes",
        "platform": "discussnet",
        "url": "https://ssp.kaigiroku.net/tenant/kiryu/MinuteSearch.html",
        "permission": "needs-permission",
        "health": "never",
    }
    assert row.items() >= wanted.items()


def test_every_body_is_listed_with_its_gaps(kazami: Kazami) -> None:
    rows = listed(kazami)
    assert len({row["body"] for row in rows} - {"980434"}) == 1789  # 中小企業庁, for kkj
    assert all(row["notes"] for row in rows if row["url"] is None)


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (("--pref", "gunma"), lambda row: str(row["body"]).startswith("10")),
        (("--platform", "voices"), lambda row: row["platform"] == "voices"),
        (("--permission", "allowed"), lambda row: row["permission"] == "allowed"),
        (("--min-population", "1000000"), lambda row: (row["population"] or 0) >= 1_000_000),
        (("--max-population", "1000"), lambda row: (row["population"] or 9_999) <= 1_000),
        (("--health", "never"), lambda row: row["health"] == "never"),
        (("--kind", "announcement"), lambda row: row["kind"] == "announcement"),
    ],
)
def test_the_list_is_filtered(kazami: Kazami, arguments: tuple[str, ...], holds) -> None:
    rows = listed(kazami, *arguments)
    everything = listed(kazami)
    assert rows == [row for row in everything if holds(row)]
    assert rows


def test_the_list_as_csv_has_the_same_rows(kazami: Kazami) -> None:
    result = kazami("sources", "list", "--platform", "dbsearch", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [
        row["id"] for row in listed(kazami, "--platform", "dbsearch")
    ]


def test_the_health_is_how_the_last_run_ended(kazami: Kazami, stored: Path) -> None:
    with open_folder(stored) as store:
        now = datetime(2026, 1, 2, tzinfo=UTC)
        run = store.start_run(now, "")
        store.record_source_run(SourceRun(run, TENANT, now, now, "needs permission"))
    (row,) = listed(kazami, "--health", "needs-permission")
    assert row["id"] == TENANT
    assert row["last_run"] == "2026-01-02T00:00:00+00:00"


def test_an_unknown_filter_names_the_known_ones(kazami: Kazami) -> None:
    for option, known in (("--platform", "discussnet"), ("--health", "never")):
        result = kazami("sources", "list", option, "nosuch")
        assert result.exit_code == 2
        assert known in result.stderr


def test_the_check_counts_what_cannot_be_read(kazami: Kazami) -> None:
    result = kazami("sources", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.match(r"1,789 bodies, 2,\d{3} sources \(\d+ that cannot be read yet\)", result.stdout)


def test_a_source_in_doubt_does_not_count_as_readable(kazami: Kazami) -> None:
    shown = kazami("sources", "show", "兵庫県").stdout
    assert "読取  未対応（another generation of the system" in shown
    rows = {row["id"]: row["readable"] for row in listed(kazami, "--platform", "kensakusystem")}
    assert rows["280003/minutes/kensakusystem"] is False
    assert sum(rows.values()) == len(rows) - 1


def test_a_source_is_shown_with_what_robots_txt_says(kazami: Kazami) -> None:
    shown = kazami("sources", "show", "桐生市").stdout
    assert "許可  要許可 (needs-permission)" in shown
    assert "robots.txt  本文を禁止（2026-08-02現在）" in shown


def test_the_letter_says_all_that_an_office_asks(kazami: Kazami, contact: str) -> None:
    result = kazami("sources", "letter", "桐生市", "--from", "例示研究所", "--hours", "22:00-05:00")
    text = result.stdout
    assert result.exit_code == 0, result.stderr
    folded = text.replace("\n　　", "")
    for said in (
        "群馬県桐生市議会事務局　御中",
        "例示研究所",
        f"連絡先　{contact}",
        "https://ssp.kaigiroku.net/tenant/kiryu/MinuteSearch.html",
        "5秒以上の間隔を空け",
        "22:00から05:00まで（日本時間）",
        "保存するもの",
        "公開の範囲",
        "停止の方法",
        "敬具",
        "以上",
    ):
        assert said in folded, said
    assert "robots.txt により" in text.replace("\n", "")
    assert "令和8年8月2日現在" in text.replace("\n", "")
    assert max(map(len, text.splitlines())) < 80


def test_a_letter_to_an_assembly_whose_host_forbids_nothing_does_not_say_so(
    kazami: Kazami, contact: str
) -> None:
    text = kazami("sources", "letter", "高槻市", "--redistribute").stdout.replace("\n", "")
    assert "制限されております" not in text
    assert "第三者に提供することについても" in text.replace("　", "")


def test_offices_have_their_own_names(kazami: Kazami, contact: str) -> None:
    assert "東京都議会議会局　御中" in kazami("sources", "letter", "東京都").stdout
    assert "北海道議会事務局　御中" in kazami("sources", "letter", "010006").stdout


def test_without_a_contact_there_is_no_letter(
    kazami: Kazami, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAZAMI_CONTACT", raising=False)
    result = kazami("sources", "letter", "桐生市")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "contact" in result.stderr


def grant(kazami: Kazami, *arguments: str):
    return kazami(
        "sources", "grant", "桐生市", "--by", "議会事務局", "--on", "2026-01-05", *arguments
    )


def test_a_grant_opens_the_source_and_keeps_its_conditions(kazami: Kazami, data: Path) -> None:
    result = grant(
        kazami,
        *("--hours", "20:00-06:00", "--days", "sat,sun", "--delay", "7", "--redistribute"),
        *("--note", "電話で"),
    )
    assert result.exit_code == 0, result.stderr
    given = load_permissions(data / "permissions.toml")[TENANT]
    assert (given.granted_on, given.minimum_delay) == (date(2026, 1, 5), 7)
    assert (given.fetch, given.redistribute, given.days) == (True, True, {5, 6})
    (row,) = (row for row in listed(kazami, "--permission", "granted"))
    assert (row["id"], row["redistribute"]) == (TENANT, True)


def test_a_refusal_is_recorded_too(kazami: Kazami) -> None:
    grant(kazami)
    result = grant(kazami, "--refused")
    assert "stays there as a comment" in result.stdout
    assert [row["id"] for row in listed(kazami, "--permission", "refused")] == [TENANT]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--hours", "8-9"), "no span of hours"),
        (("--days", "sunday"), "weekdays"),
        (("--refused", "--redistribute"), "no conditions"),
        (("--on", "2999-01-01"), "future"),
    ],
)
def test_a_grant_that_makes_no_sense_is_one_line(
    kazami: Kazami, data: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = grant(kazami, *arguments)
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (data / "permissions.toml").exists()


def test_a_changed_robots_txt_is_shown_and_accepted(kazami: Kazami, data: Path) -> None:
    data.mkdir()
    looks = RobotsHistory(data / "robots.json")
    url = "https://www.kensakusystem.jp/robots.txt"
    looks.see(url, 404, read_robots(b""), date(2026, 1, 1))
    looks.see(url, 200, read_robots(b"User-agent: *\nDisallow: /private/\n"), date(2026, 1, 2))
    looks.save()
    assert len(listed(kazami, "--permission", "suspended")) == 141

    shown = kazami("sources", "show", "高槻市").stdout
    assert "+ Disallow: /private/" in shown
    assert "2026-01-02に変更を検知" in shown

    accepted = kazami("sources", "accept", "高槻市")
    assert accepted.exit_code == 0, accepted.stderr
    assert "it allows the text" in accepted.stdout
    assert listed(kazami, "--permission", "suspended") == []
    again = kazami("sources", "accept", "高槻市")
    assert (again.exit_code, again.stderr.count("\n")) == (1, 1)


def test_a_grant_accepts_the_robots_txt_that_changed(kazami: Kazami, data: Path) -> None:
    data.mkdir()
    looks = RobotsHistory(data / "robots.json")
    url = "https://ssp.kaigiroku.net/robots.txt"
    looks.see(url, 200, read_robots(b"User-agent: *\n"), date(2026, 1, 1))
    looks.see(url, 404, read_robots(b""), date(2026, 1, 2))
    looks.save()
    grant(kazami)
    assert [row["id"] for row in listed(kazami, "--permission", "granted")] == [TENANT]


def test_an_address_is_detected_and_found_in_the_registry(kazami: Kazami) -> None:
    url = "https://ssp.kaigiroku.net/tenant/kiryu/SpTop.html"
    result = kazami("sources", "detect", url)
    assert result.exit_code == 0
    assert result.stdout.startswith("discussnet  can be an entry")
    assert f"({TENANT})" in result.stdout


def test_a_saved_page_in_shift_jis_is_looked_into(kazami: Kazami, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes("<a href='cgi/voiweb.exe?ACT=100'>会議録</a>".encode("cp932"))
    bare = kazami("sources", "detect", "https://www.city.reiji.example/gikai/")
    assert (bare.exit_code, "--file" in bare.stdout) == (1, True)
    saved = kazami(
        "sources", "detect", "https://www.city.reiji.example/gikai/", "--file", str(page)
    )
    assert saved.stdout.startswith("voices  ")


def test_what_is_no_address_is_one_line(kazami: Kazami) -> None:
    for text in ("桐生市", "ftp://a.example/", "https://[x/"):
        result = kazami("sources", "detect", text)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)


def test_a_dry_run_plans_the_whole_registry_without_a_store_or_contact(
    kazami: Kazami, data: Path
) -> None:
    result = kazami("crawl", "--dry-run", "--format", "json")
    assert result.exit_code == 0, result.stderr
    made = json.loads(result.stdout)
    assert made["total"]["bodies"] == 1789
    counts = ("allowed", "needs_permission", "unknown")
    assert sum(made["total"][count] for count in counts) == len(load_sources())
    by_name = {each["platform"]: each for each in made["platforms"]}
    assert by_name["discussnet"]["needs_permission"] > 500
    assert by_name["kensakusystem"]["first_fill"]["hours"] > 100
    assert made["assumptions"]
    assert not data.exists()


def test_a_dry_run_takes_a_choice_and_speaks_of_hours(kazami: Kazami) -> None:
    text = kazami("crawl", "--dry-run", "--platform", "voices").stdout
    assert "voices" in text
    assert "discussnet" not in text
    assert "仮定" in text


def test_a_dry_run_plans_whole_sources_only(kazami: Kazami) -> None:
    assert kazami("crawl", "--dry-run", "--since", "2024").exit_code == 2
    assert kazami("crawl", "--format", "json").exit_code == 2


def test_a_source_that_nobody_can_read_is_not_crawled(kazami: Kazami, contact: str) -> None:
    result = kazami("crawl", "--body", "仁淀川町")
    assert result.exit_code == 2
    assert "its address is not known" in result.stderr


def test_an_unreadable_robots_txt_is_shown_as_one_and_accepted(kazami: Kazami, data: Path) -> None:
    data.mkdir()
    looks = RobotsHistory(data / "robots.json")
    url = "https://www.kensakusystem.jp/robots.txt"
    looks.see(url, 200, unpackable(b"x", "Content-Encoding 'br' was not asked for"), LOOKED)
    looks.save()
    shown = kazami("sources", "show", "高槻市").stdout
    assert f"robots.txt  {LOOKED}に取得、現在は読めないため、承認されるまで全体を禁止" in shown
    accepted = kazami("sources", "accept", "高槻市")
    assert accepted.exit_code == 0, accepted.stderr
    assert listed(kazami, "--permission", "suspended") == []


def test_a_page_in_the_place_of_robots_txt_and_a_long_delay_are_shown(
    kazami: Kazami, data: Path
) -> None:
    data.mkdir()
    url = "https://www.kensakusystem.jp/robots.txt"
    for body, said in (
        (b"<html><body>404", "本文を許可、規則なし（HTMLのページが返る）"),
        (b"User-agent: *\nCrawl-delay: 7200", "本文を許可、間隔7,200秒の指定"),
    ):
        (data / "robots.json").unlink(missing_ok=True)
        looks = RobotsHistory(data / "robots.json")
        looks.see(url, 200, read_robots(body), date(2026, 1, 1))
        looks.save()
        assert said in kazami("sources", "show", "高槻市").stdout
    assert len(listed(kazami, "--permission", "suspended")) == 141
    assert "7,200 s apart" in kazami("sources", "accept", "高槻市").stdout


def test_a_feed_that_may_be_somebody_elses_is_listed_and_never_asked(kazami: Kazami) -> None:
    (row,) = (each for each in listed(kazami, "--kind", "announcement") if each["body"] == "102032")
    assert row["readable"] is False
    asked = kazami("crawl", "--body", "桐生市", "--kind", "announcement")
    assert asked.exit_code == 2
    assert "nobody has confirmed that its address is the body's own" in asked.stderr


def test_a_bodys_name_alone_means_its_minutes_where_it_also_has_a_feed(kazami: Kazami) -> None:
    shown = kazami("sources", "letter", "札幌市")
    assert "several sources" not in shown.stderr


PROPOSALS = "271004/tender/html_list"


@pytest.mark.parametrize(
    ("source", "office", "documents"),
    [
        (PROPOSALS, "大阪府大阪市　入札・契約事務ご担当　御中", "入札公告等"),
        ("980434/tender/kkj", "中小企業庁　入札・契約事務ご担当　御中", "入札公告等"),
        ("312011/announcement/feed", "鳥取県鳥取市　広報ご担当　御中", "お知らせ・報道発表"),
    ],
)
def test_a_letter_about_notices_goes_to_their_office_and_speaks_of_no_minutes(
    kazami: Kazami, contact: str, source: str, office: str, documents: str
) -> None:
    text = kazami("sources", "letter", source, "--redistribute").stdout
    assert office in text
    assert f"{documents}の自動取得についてのお願い" in text
    assert not {word for word in ("会議", "議会", "発言") if word in text.replace("\n", "")}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("102032/announcement/feed", "may be somebody else's"),
        ("130001/tender/unknown", "no platform reads it"),
    ],
)
def test_there_is_no_letter_about_what_may_be_anothers_or_cannot_be_read(
    kazami: Kazami, contact: str, source: str, said: str
) -> None:
    result = kazami("sources", "letter", source)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_grant_says_which_kind_it_is_about_and_which_not(kazami: Kazami) -> None:
    by = ("--by", "例示課", "--on", "2026-01-05")
    lines = kazami("sources", "grant", "大阪市", *by).stdout.splitlines()
    assert lines[0].startswith("271004/minutes/discussnet (会議録): granted by 例示課")
    assert lines[1] == f"not about its other sources: {PROPOSALS} (入札公告)"
    assert kazami("sources", "grant", PROPOSALS, *by).stdout.startswith(f"{PROPOSALS} (入札公告)")
    assert "other sources" not in kazami("sources", "grant", "国会", *by).stdout
    granted = {row["id"] for row in listed(kazami, "--permission", "granted")}
    assert granted == {"271004/minutes/discussnet", PROPOSALS, "000000/minutes/kokkai"}


def test_a_body_accepts_what_waits_of_whichever_kind(kazami: Kazami, data: Path) -> None:
    data.mkdir()
    looks = RobotsHistory(data / "robots.json")
    hosts = ("www.city.osaka.lg.jp", "ssp.kaigiroku.net")
    for host in hosts:
        url = f"https://{host}/robots.txt"
        looks.see(url, 404, read_robots(b""), date(2026, 1, 1))
        if host == hosts[0]:
            looks.see(url, 200, read_robots(b"User-agent: *\nDisallow: /x/\n"), date(2026, 1, 2))
    looks.save()
    accepted = kazami("sources", "accept", "大阪市")
    assert accepted.exit_code == 0, accepted.stderr
    (line,) = accepted.stdout.splitlines()
    assert line.endswith(f"accepted: it allows the text of {PROPOSALS} (入札公告)")
    again = kazami("sources", "accept", "大阪市")
    assert (again.exit_code, again.stderr.count("\n")) == (1, 1)


def test_a_bidding_system_is_shown_with_who_else_uses_it(kazami: Kazami) -> None:
    shown = kazami("sources", "show", "千葉県").stdout
    assert shown.count("電子入札  ちば電子調達システム（県内の56団体も利用、団体名は不明）") == 2
    assert "電子入札" not in kazami("sources", "show", "桐生市").stdout
