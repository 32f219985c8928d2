"""What a newcomer sees: the demo in a process of its own, twice, beside what was written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from socket import socket
from typing import Any

import pytest
from click.testing import CliRunner

from crawler.permission.grants import record
from kazami.document import Document, Kind, Passage, Stance
from kazami.permission import Permission, load_permissions
from kazami.store import open_folder
from replay.cms import TownSite
from replay.invented_offices import offices
from replay.invented_sites import Town, towns
from replay.town_office import OfficeNotice
from search_cli.main import main

ROOT = Path(__file__).resolve().parents[2]
KAZAMI = [sys.executable, "-c", "from search_cli.main import main; main()"]
TOWNS = towns()
DOCUMENTS = [document for town in TOWNS for document in town.documents]
TODAY = date(2026, 6, 1)
SITES = offices(TODAY).sites
MINUTES = ("--kind", "minutes")
NAMES = {"992011": "例示市", "992020": "架空市", "993018": "見本町", "993026": "雛形村"}


def source_id(town: Town) -> str:
    return f"{town.body}/minutes/{town.platform}"


FORBIDDEN = {source_id(town) for town in TOWNS if town.platform != "kensakusystem"}


def kazami(folder: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command in ``folder``, as somebody with no settings of their own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KAZAMI_")}
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*KAZAMI, *words],
        cwd=folder,
        env={**clean, **home, **environ},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


@dataclass(frozen=True)
class Runs:
    """The folder, and what two runs in a row printed."""

    folder: Path
    first: subprocess.CompletedProcess[str]
    second: subprocess.CompletedProcess[str]
    seconds: float

    def json(self, *words: str) -> Any:
        """What a question to the demo's data prints; asked in this process."""
        theirs = {name: None for name in os.environ if name.startswith("KAZAMI_")}
        runner = CliRunner(env={**theirs, "XDG_CONFIG_HOME": str(self.folder)})
        data = str(self.folder / "demo-data")
        done = runner.invoke(main, ["--data", data, *words, "--format", "json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("demo")
    began = time.monotonic()
    first = kazami(folder, "demo")
    seconds = time.monotonic() - began
    return Runs(folder, first, kazami(folder, "demo"), seconds)


def printed(passage: Passage) -> str:
    """The text as it stands on the page, NFKC: what an exact match looks through."""
    return unicodedata.normalize("NFKC", passage.text)


def heard(passage: Passage) -> str:
    """The text as it was said, NFKC: without the line ends of the layout, which cut words."""
    return printed(passage).replace("\n", "")


def test_it_succeeds_within_two_minutes(runs: Runs) -> None:
    assert runs.first.returncode == 0, runs.first.stderr
    assert runs.seconds < 120


def test_it_collects_every_sitting(runs: Runs) -> None:
    new = re.findall(r"^(\S+) 会議録.*新規 (\d+)", runs.first.stdout, re.MULTILINE)
    expected = Counter(NAMES[document.body] for document in DOCUMENTS)
    assert {name.removeprefix("例示県"): int(number) for name, number in new} == expected


def test_a_second_run_finds_nothing_new(runs: Runs) -> None:
    assert runs.second.returncode == 0, runs.second.stderr
    assert "新しいものはありません" in runs.second.stdout
    assert not re.search(r"(新規|更新) [1-9]", runs.second.stdout)


def test_a_second_run_fetches_next_to_nothing(runs: Runs) -> None:
    def pages(run: subprocess.CompletedProcess[str]) -> int:
        return sum(map(int, re.findall(r"([\d,]+)ページ", run.stdout)))

    assert pages(runs.first) > 400
    assert pages(runs.second) < 30


def test_it_answers_the_same_both_times(runs: Runs) -> None:
    def answers(text: str) -> str:
        return text[text.index("── 3") : text.index("── 8")]

    assert answers(runs.first.stdout) == answers(runs.second.stdout)


def test_the_towns_are_on_four_platforms_and_nothing_is_lost_on_any(runs: Runs) -> None:
    def told(document: Document) -> tuple[object, ...]:
        said = [(p.order, p.text, p.speaker, p.role, p.stance, p.page) for p in document.passages]
        head = (document.body, document.platform, document.title, document.date)
        return (*head, document.front_matter, said)

    with open_folder(runs.folder / "demo-data") as store:
        stored = [
            told(change.document)
            for change in store.changes(0)
            if change.document.kind is Kind.MINUTES
        ]
    assert sorted(stored, key=str) == sorted(map(told, DOCUMENTS), key=str)
    assert len({platform for _, platform, *_ in stored}) == 4


def test_what_robots_txt_forbids_is_fetched_by_an_invented_permission(runs: Runs) -> None:
    permissions = load_permissions(runs.folder / "demo-data" / "permissions.toml")
    assert permissions.keys() == FORBIDDEN
    assert all("架空" in each.notes and not each.redistribute for each in permissions.values())
    assert runs.first.stdout.count("本文は禁止 → 例示議会事務局の許可") == len(FORBIDDEN)


def test_an_assembly_that_refuses_is_not_asked(runs: Runs, tmp_path: Path) -> None:
    data = tmp_path / "demo-data"
    data.mkdir()
    town = next(town for town in TOWNS if town.platform == "voices")
    no = Permission(
        source=f"{town.body}/minutes/voices", granted_by="見本町議会", granted_on=date(2026, 5, 1)
    )
    record(data / "permissions.toml", no, date(2026, 5, 1))
    done = kazami(tmp_path, "demo")
    assert done.returncode == 1
    assert "本文は禁止 → 見本町議会の断り" in done.stdout
    assert "refused on 2026-05-01" in done.stderr
    with open_folder(data) as store:
        given = {each.body for each in TOWNS if store.documents_of(source_id(each))}
    assert given == {each.body for each in TOWNS} - {town.body}


@pytest.mark.parametrize("word", ["リスキリング", "生成ＡＩ", "空き家", "リスキング"])
def test_a_search_finds_as_many_utterances_as_were_written(runs: Runs, word: str) -> None:
    wanted = unicodedata.normalize("NFKC", word)
    for match, text in (("word", heard), ("exact", printed)):
        written = sum(wanted in text(p) for d in DOCUMENTS for p in d.passages)
        assert written
        assert (
            runs.json("search", word, *MINUTES, "--limit", "1", "--match", match)["total"]
            == written
        )


def test_the_answers_of_the_executive_are_told_from_the_questions(runs: Runs) -> None:
    for stance in (Stance.QUESTION, Stance.ANSWER):
        written = sum(
            p.stance is stance and "リスキリング" in heard(p) for d in DOCUMENTS for p in d.passages
        )
        found = runs.json("search", "リスキリング", "--stance", stance, "--limit", "2")
        assert found["total"] == written
        assert {hit["stance"] for hit in found["hits"]} == {stance}


def test_a_hit_can_be_cited(runs: Runs) -> None:
    hit = runs.json("search", "リスキング", "--limit", "1")["hits"][0]
    (document,) = [d for d in DOCUMENTS if d.date == date(2023, 12, 5) and d.body == "992020"]
    (passage,) = [p for p in document.passages if "リスキング" in p.text]
    assert (hit["body_name"], hit["date"]) == ("例示県架空市", "2023-12-05")
    assert (hit["speaker"], hit["role"]) == (passage.speaker, passage.role)
    assert (hit["page"], hit["text"]) == (passage.page, passage.text)
    assert "架空市" in hit["citation"]
    assert f"p.{passage.page}" in hit["citation"]


@pytest.mark.parametrize(("match", "text"), [("word", heard), ("exact", printed)])
def test_a_trend_counts_what_was_written(
    runs: Runs, match: str, text: Callable[[Passage], str]
) -> None:
    words = ["リスキリング", "ヤングケアラー", "ＤＸ", "防災"]
    counted: dict[str, Callable[[Passage, str], int]] = {
        "passages": lambda passage, word: word in text(passage),
        "occurrences": lambda passage, word: text(passage).count(word),
    }
    for measure, count in counted.items():
        options = (*MINUTES, "--every", "year", "--measure", measure, "--match", match)
        answer = runs.json("trend", *words, *options)["series"]
        for word, series in zip(words, answer, strict=True):
            plain = unicodedata.normalize("NFKC", word)
            found = {int(point["start"][:4]): point["count"] for point in series["points"]}
            written: Counter[int] = Counter()
            for document in DOCUMENTS:
                written[document.date.year] += sum(count(p, plain) for p in document.passages)
            assert found == written


def test_a_share_is_divided_by_all_utterances_of_the_year(runs: Runs) -> None:
    spoken: Counter[int] = Counter()
    for document in DOCUMENTS:
        spoken[document.date.year] += len(document.passages)
    (series,) = runs.json("trend", "リスキリング", *MINUTES, "--every", "year", "--per", "share")[
        "series"
    ]
    for point in series["points"]:
        assert point["total"] == spoken[int(point["start"][:4])]
        assert point["rate"] == pytest.approx(point["count"] / point["total"])


def test_a_month_without_a_sitting_is_no_data_and_not_a_zero(runs: Runs) -> None:
    (series,) = runs.json("trend", "リスキリング", *MINUTES, "--every", "month")["series"]
    held = {(d.date.year, d.date.month) for d in DOCUMENTS}
    for point in series["points"]:
        start = date.fromisoformat(point["start"])
        assert point["no_data"] == ((start.year, start.month) not in held)


def notices(kind: Kind) -> list[tuple[TownSite, OfficeNotice]]:
    """What the offices' sites show of a kind on the demo's day, each with its site."""
    return [(site, each) for site in SITES for each in site.keys.values() if each.kind is kind]


def test_every_notice_of_the_offices_is_collected_under_its_day(runs: Runs) -> None:
    stored: dict[tuple[str, Kind], Counter[tuple[str, date | None]]] = {}
    with open_folder(runs.folder / "demo-data") as store:
        for change in store.changes(0):
            document = change.document
            if document.platform in ("feed", "html_list"):
                counted = stored.setdefault((document.body, document.kind), Counter())
                page = (document.url or "").partition("127.0.0.1")[2].partition("/")[2]
                counted[page, document.date] += 1
    shown: dict[tuple[str, Kind], Counter[tuple[str, date | None]]] = {}
    for kind in (Kind.ANNOUNCEMENT, Kind.TENDER, Kind.AWARD):
        for site in SITES:
            # A feed names every page, whatever it is.
            shown[site.office.body, kind] = Counter(
                (path.removeprefix("/"), notice.day)
                for path, notice in site.keys.items()
                if kind in (Kind.ANNOUNCEMENT, notice.kind)
            )
    for site in SITES:
        (feed,) = site.feeds.values()
        assert len(site.keys) <= feed.dialect.limit, "a feed shows the newest only"
    assert stored == shown


def test_every_award_is_counted_once_with_who_won_it_and_for_how_much(runs: Runs) -> None:
    answer = runs.json("awards", "--limit", "100")
    found = Counter(
        (each["body"], unicodedata.normalize("NFKC", each["supplier"]), each["amount"])
        for each in answer["latest"]
    )
    awarded = [(site, each) for site, each in notices(Kind.AWARD) if each.winner]
    written = Counter(
        (site.office.body, unicodedata.normalize("NFKC", each.winner or ""), each.amount)
        for site, each in awarded
    )
    assert found == written
    assert len(awarded) > 8


def test_every_open_tender_closes_when_its_page_says(runs: Runs) -> None:
    answer = runs.json("tenders", "--open", "--as-of", TODAY.isoformat())
    found = {(each["body"], each["closes"]) for each in answer["tenders"]}
    coming = {
        (site.office.body, each.last_day)
        for site, each in notices(Kind.TENDER)
        if each.last_day and each.last_day >= TODAY and "中止" not in each.title
    }
    assert found == {(body, day.isoformat()) for body, day in coming}
    assert len(found) >= 6
    assert re.search(r"^2026-06-04 12:00 見積書  あと3日  例示県架空市$", runs.first.stdout, re.M)


def test_a_topic_goes_from_the_first_word_to_the_contract(runs: Runs) -> None:
    body = ("--body", "架空市", "リスキリング", "--until", "2023-08")
    events = runs.json("timeline", *body)["events"]
    kinds = [event["kind"] for event in events]
    assert [kind for kind in kinds if kind not in ("question", "answer")] == [
        "announcement",
        "notice",
        "award",
    ]
    assert kinds[:2] == ["question", "answer"]
    assert events[0]["first"]
    office = next(site.office for site in SITES if site.office.body == "992020")
    steps = [n for n in office.notices if n.project and n.project.id == "reskilling"]
    told = [each for each in events if each["kind"] not in ("question", "answer")]
    assert [each["day"] for each in told] == [step.day.isoformat() for step in steps]
    assert (told[-1]["supplier"], told[-1]["amount"]) == (steps[-1].winner, steps[-1].amount)


def test_a_port_that_is_taken_is_told_in_a_line(runs: Runs) -> None:
    port = int(re.findall(r"127\.0\.0\.1:(\d+)", runs.first.stdout)[0])
    with socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        refused = kazami(runs.folder, "demo")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert f"another program uses port {port}" in refused.stderr


def test_it_draws_a_picture(runs: Runs) -> None:
    assert (runs.folder / "demo-data" / "trend.png").read_bytes().startswith(b"\x89PNG")


def test_it_says_what_to_do_next_for_real_sources(runs: Runs) -> None:
    assert "kazami crawl --body 国会" in runs.first.stdout
    assert "KAZAMI_CONTACT" in runs.first.stdout


def test_every_command_that_it_shows_can_be_run(runs: Runs) -> None:
    shown = re.findall(r"^\$ kazami (.*)$", runs.first.stdout, re.MULTILINE)
    assert len(shown) == 6
    for line in shown:
        done = kazami(runs.folder, *line.split())
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", ["README.md", "README.ja.md"])
def test_what_the_readme_shows_is_what_the_demo_prints(runs: Runs, page: str) -> None:
    def lines(text: str) -> list[str]:
        text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", text)
        return re.sub(r"（\d+\.\d秒）", "（SECONDS秒）", text).splitlines()

    (shown,) = re.findall(r"```text\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    printed = set(lines(runs.first.stdout)) | {"…"}
    assert len(lines(shown)) > 20
    assert [line for line in lines(shown) if line not in printed] == []


def test_it_leaves_the_users_own_data_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    with open_folder(mine) as store:
        store.put([real()])
    refused = kazami(tmp_path, "--data", "mine", "demo")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "holds real documents" in refused.stderr
    with open_folder(mine) as store:
        assert store.extent().documents == 1


def test_an_environment_that_names_real_data_is_not_taken_for_the_demo(
    runs: Runs, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    with open_folder(mine) as store:
        store.put([real()])
    done = kazami(runs.folder, "demo", KAZAMI_DATA=str(mine))
    assert done.returncode == 0, done.stderr
    with open_folder(mine) as store:
        assert store.extent().documents == 1


def real() -> Document:
    """A document of a real body, with invented words."""
    return Document(
        body="102032",
        kind=Kind.MINUTES,
        platform="import",
        key="1",
        title="令和4年第1回定例会",
        date=date(2022, 3, 1),
        fetched=datetime(2026, 1, 1, tzinfo=UTC),
        passages=(Passage(key="1", order=1, text="これも架空の発言です。"),),
    )
