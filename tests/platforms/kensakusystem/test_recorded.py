"""The recorded pages of kensakusystem, which are UTF-8 copies: encoded back to cp932 first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from crawler.page import Follow, Found, Listed, Page, PageChanged
from crawler.platforms import kensakusystem
from kazami.document import Stance

pytestmark = pytest.mark.corpus

BASE = {"since": None, "until": None, "today": "2026-08-02"}


@dataclass(frozen=True)
class Recorded:
    folder: str
    slug: str
    name: str
    positions: int
    utterances: int

    @property
    def entry(self) -> str:
        return f"https://www.kensakusystem.jp/{self.slug}/"


KATSUSHIKA = Recorded("cgi", "katsushika", "R070214A", 34, 33)
HIROSAKI = Recorded("index-html", "hirosaki", "R050217A", 13, 12)
MEGURO = Recorded("sapphire", "meguro", "R070217A", 26, 25)
ALL = (KATSUSHIKA, HIROSAKI, MEGURO)


def page(shared: Path, recorded: Recorded, file: str, url: str = "") -> Page:
    text = (shared / "samples/kensakusystem" / recorded.folder / file).read_bytes()
    url = url or f"{recorded.entry}cgi-bin3/See.exe"
    return Page(url, text.decode("utf-8").encode("cp932"), "text/html; charset=shift-jis")


def sitting(shared: Path, recorded: Recorded) -> tuple[list[Follow], Found]:
    answers: list[Follow] = []
    cb_kwargs: dict[str, object] = {"slug": recorded.slug, "entry": recorded.entry}
    cb_kwargs["name"] = recorded.name
    [frame] = kensakusystem.parse_frame(page(shared, recorded, "frameset.html"), **cb_kwargs)
    assert isinstance(frame, Follow)
    answers.append(frame)
    [speakers] = frame.parse(page(shared, recorded, "speakers.html", frame.url), **frame.cb_kwargs)
    assert isinstance(speakers, Follow)
    answers.append(speakers)
    text = page(shared, recorded, "statements.txt", speakers.url)
    [found] = speakers.parse(text, **speakers.cb_kwargs)
    assert isinstance(found, Found)
    return answers, found


@pytest.mark.parametrize("recorded", ALL, ids=lambda recorded: recorded.slug)
def test_the_top_page_leads_to_the_tree(shared: Path, recorded: Recorded) -> None:
    top = page(shared, recorded, "top.html", recorded.entry)
    [tree] = kensakusystem.parse_entry(top, **BASE)
    assert isinstance(tree, Follow)
    assert tree.url.startswith(f"{recorded.entry}cgi-bin3/See.exe?Code=")
    assert tree.key == "tree"


def test_the_tree_has_the_tabs_and_not_what_is_commented_out(shared: Path) -> None:
    tree = page(shared, MEGURO, "tree.html")
    *tabs, listed = kensakusystem.parse_tree(tree, slug="meguro", entry=MEGURO.entry, **BASE)
    years = ["令和 8年", "令和 5年", "令和元年", "平成28年", "平成24年", "平成20年", "平成16年"]
    assert listed == Listed(name="tree", listings=tuple(years))
    assert [tab.listing for tab in tabs if isinstance(tab, Follow)] == years
    assert isinstance(tabs[1], Follow)
    assert tabs[1].newest == date(2023, 12, 31)
    assert tabs[1].url == "https://www.kensakusystem.jp/meguro/cgi-bin3/See.exe"
    assert tabs[1].body == (b"Code=hxcvax8v0tgrybompl&treedepth=%97%DF%98a+5%94N&page=&fileName=")


def test_only_tabs_that_reach_into_the_wanted_days_are_opened(shared: Path) -> None:
    wanted = {**BASE, "since": "2018-04-01", "until": "2021-03-31"}
    tree = page(shared, MEGURO, "tree.html")
    *tabs, _ = kensakusystem.parse_tree(tree, slug="meguro", entry=MEGURO.entry, **wanted)
    assert [tab.listing for tab in tabs if isinstance(tab, Follow)] == ["令和 5年", "令和元年"]


def test_a_trimmed_tree_of_three_levels_is_followed_down(shared: Path) -> None:
    folder = Recorded("zaruju_trimmed", "fuchu-c", "", 0, 0)
    cb_kwargs = {"slug": "fuchu-c", "entry": folder.entry, **BASE}
    *years, _ = kensakusystem.parse_tree(page(shared, folder, "see.html"), **cb_kwargs)
    assert [year.key for year in years if isinstance(year, Follow)] == [
        "tree/令和 8年",
        "tree/令和 7年",
    ]
    assert isinstance(years[1], Follow)
    *sessions, _ = years[1].parse(page(shared, folder, "year.html"), **years[1].cb_kwargs)
    assert [session.listing for session in sessions if isinstance(session, Follow)] == [
        "令和 7年 第1回定例会",
        "令和 7年 第2回定例会",
        "令和 7年 総務文教委員会",
        "令和 7年 第1回予算特別委員会",
    ]
    assert isinstance(sessions[0], Follow)
    assert b"%89%EF+&page" in (sessions[0].body or b""), "the label keeps its trailing space"
    *sittings, listed = sessions[0].parse(
        page(shared, folder, "session.html"), **sessions[0].cb_kwargs
    )
    assert [(s.document, s.day) for s in sittings if isinstance(s, Follow)] == [
        ("fuchu-c/R070225A", date(2025, 2, 25)),
        ("fuchu-c/R070303A", date(2025, 3, 3)),
    ]
    assert listed == Listed(
        name="令和 7年 第1回定例会", documents=("fuchu-c/R070225A", "fuchu-c/R070303A")
    )


@pytest.mark.parametrize("recorded", ALL, ids=lambda recorded: recorded.slug)
def test_every_announced_utterance_is_found_in_the_text(shared: Path, recorded: Recorded) -> None:
    [_, speakers], found = sitting(shared, recorded)
    rows = speakers.cb_kwargs["rows"]
    assert isinstance(rows, list)
    assert len(rows) == recorded.positions
    assert (speakers.body or b"").count(b"downloadPos=") == recorded.positions
    assert len(found.passages) == recorded.utterances
    assert [passage.key for passage in found.passages] == [str(row[0]) for row in rows if row[2]]
    assert all(passage.speaker and passage.role for passage in found.passages)
    assert not any(passage.text.startswith("○") for passage in found.passages)


def test_a_sitting_is_read_whole(shared: Path) -> None:
    _, found = sitting(shared, HIROSAKI)
    assert found.key == "hirosaki/R050217A"
    assert found.title == "令和 5年第1回定例会（第1号 2月17日）"
    assert found.date == date(2023, 2, 17)
    assert found.front_matter.startswith("議事日程（第１号）")
    assert [passage.page for passage in found.passages] == [2] * 8 + [3] + [6] * 3
    assert Counter(passage.stance for passage in found.passages) == {
        Stance.CHAIR: 10,
        Stance.OTHER: 1,
        Stance.ANSWER: 1,
    }
    assert not any("PAGE" in passage.text for passage in found.passages)
    assert not any("Code" in str(passage.url) for passage in found.passages)


def test_name_and_office_that_run_together_are_parted(shared: Path) -> None:
    _, found = sitting(shared, MEGURO)
    roles = Counter((passage.role, passage.stance) for passage in found.passages)
    assert roles == {
        ("議長", Stance.CHAIR): 10,
        ("区長", Stance.ANSWER): 6,
        ("教育長", Stance.ANSWER): 4,
        ("２０番", Stance.QUESTION): 2,
        ("２２番", Stance.QUESTION): 3,
    }
    assert len({passage.speaker for passage in found.passages}) == 5


def test_headings_between_utterances_are_no_speech(shared: Path) -> None:
    _, found = sitting(shared, MEGURO)
    assert "◎代表質問" in found.front_matter
    assert not any("◎" in passage.text for passage in found.passages)


@pytest.mark.parametrize("recorded", ALL, ids=lambda recorded: recorded.slug)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_half_a_page_is_no_page(shared: Path, recorded: Recorded, share: float) -> None:
    def half(file: str) -> Page:
        whole = page(shared, recorded, file)
        return Page(whole.url, whole.body[: int(len(whole.body) * share)], whole.content_type)

    cb_kwargs: dict[str, object] = {"slug": recorded.slug, "entry": recorded.entry}
    [_, speakers], _ = sitting(shared, recorded)
    reads = (
        lambda: kensakusystem.parse_tree(half("tree.html"), **BASE, **cb_kwargs),
        lambda: kensakusystem.parse_frame(half("frameset.html"), **cb_kwargs, name=recorded.name),
        lambda: speakers.parse(half("statements.txt"), **speakers.cb_kwargs),
        lambda: kensakusystem.parse_speakers(
            half("speakers.html"), **cb_kwargs, name=recorded.name, title="x"
        ),
    )
    for read in reads:
        with pytest.raises(PageChanged):
            list(read())


def test_a_sitting_of_another_day_is_not_taken_for_this_one(shared: Path) -> None:
    [_, speakers], _ = sitting(shared, KATSUSHIKA)
    other = page(shared, MEGURO, "statements.txt")
    with pytest.raises(PageChanged, match="会議名"):
        list(speakers.parse(other, **speakers.cb_kwargs))
