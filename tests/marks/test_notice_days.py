"""The marks of notices hold together, whatever reads them.

``notice_days.toml`` lists real notices of ../shared, ``tests/pages/notices`` holds invented
ones; the form of both is in the README there. Nothing here reads a notice.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import PAGES

Entry = dict[str, Any]
FOLDER = PAGES / "notices"
REAL: list[Entry] = tomllib.loads(Path(__file__).with_name("notice_days.toml").read_text("utf-8"))[
    "notice"
]
INVENTED: dict[str, Entry] = {
    file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(FOLDER.glob("*.toml"))
}

KINDS = {"notice", "rfi", "annex", "common", "answers", "list", "data"}
STATUSES = {"open", "planned", "correction", "cancelled", "failed", "award", "closed"}
PAPERS = {
    *("質問書", "参加申請書", "資格審査申請書", "提案書", "見積書", "入札書", "同等品申請書"),
    *("見本", "紙入札申請書", "説明会申込書", "回答書", "締切"),
    *("開札", "現場説明", "説明会", "プレゼンテーション"),
}
SEVERAL = {"title", "name", "organisation", "category", "procedure", "eligibility"}
DAYS = {"published", "updated", "decided"}
YEN = {"budget", "amount"}
TAXES = {"budget_tax", "amount_tax"}
TEXTS = {"place", "supplier", "corporate_number", "why"}
STATED = SEVERAL | DAYS | YEN | TAXES | TEXTS | {"kind", "status", "period", "deadlines", "other"}
OF_REAL = {"file", "sha256", "url", "text_sha256", "body"}
OF_INVENTED = {"origin", "note", "layout", "url", "content_type", "items"}
OF_DEADLINE = {
    *("paper", "start", "start_time", "day", "time", "hours"),
    *("postmark", "doubt", "optional", "printed", "why", "likely"),
}
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
WEEKDAY = re.compile(r"\(([月火水木金土日])(?:曜日?)?\)")


def whole(entry: Entry) -> Iterator[Entry]:
    """The entry and the items of its list."""
    yield entry
    yield from entry.get("items", ())


def page_of(name: str) -> Path:
    """The page beside the values."""
    (page,) = (each for each in FOLDER.glob(f"{name}.*") if each.suffix != ".toml")
    return page


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def read(name: str) -> str:
    """The page without tags and white space, in NFKC."""
    charset = INVENTED[name]["content_type"].partition("charset=")[2]
    text = page_of(name).read_bytes().decode(charset)
    if page_of(name).suffix == ".html":
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
    return squeezed(text)


def check(entry: Entry, also: set[str]) -> None:
    """Raises AssertionError for what the form does not know, and for days that contradict."""
    assert set(entry) - STATED - also == set()
    assert entry.get("kind", "notice") in KINDS
    assert entry.get("status", "open") in STATUSES
    for key in SEVERAL & set(entry):
        assert entry[key], key
        assert all(isinstance(each, str) and each.strip() for each in entry[key]), key
    for key in TEXTS & set(entry):
        assert entry[key].strip(), key
    for key in YEN & set(entry):
        assert type(entry[key]) is int, key
        assert entry[key] >= 0, key
    for key in TAXES & set(entry):
        assert entry[key] in ("included", "excluded"), key
        assert key.removesuffix("_tax") in entry, key
    for key in DAYS & set(entry):
        assert type(entry[key]) is date, key
    period = entry.get("period", {})
    assert set(period) <= {"start", "end"}
    assert all(type(each) is date for each in period.values())
    if len(period) == 2:
        assert period["start"] < period["end"]
    for deadline in entry.get("deadlines", ()):
        check_deadline(deadline)
    ends = {each["day"] for each in entry.get("deadlines", ())}
    assert all(type(each) is date for each in entry.get("other", ()))
    assert ends & set(entry.get("other", ())) == set()


def check_deadline(deadline: Entry) -> None:
    assert set(deadline) <= OF_DEADLINE
    assert deadline["paper"] in PAPERS
    start, day = deadline.get("start"), deadline["day"]
    unknown = "unknown" in (start, day, deadline.get("time"))
    assert unknown == ("why" in deadline), "a reason, where something cannot be told"
    assert all(type(each) is date for each in (start, day) if each not in (None, "unknown"))
    if isinstance(start, date) and isinstance(day, date):
        assert start <= day
    for key in {"start_time", "time", "hours"} & set(deadline):
        assert deadline[key] == "unknown" or TIME.fullmatch(deadline[key]), key
    assert not ("time" in deadline and "hours" in deadline)
    assert "likely" not in deadline or day == "unknown"


@pytest.mark.parametrize("number", range(len(REAL)))
def test_a_real_notice_is_marked_in_the_form(number: int) -> None:
    entry = REAL[number]
    check(entry, OF_REAL)
    assert {"file", "kind", "deadlines", "other"} <= set(entry)
    assert ("sha256" in entry) != ("text_sha256" in entry)
    for key in {"title", "name", "organisation"} & set(entry):
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in entry[key]), key
    if entry["kind"] in ("annex", "common"):
        assert entry["deadlines"] == []
        assert "published" not in entry


def test_the_real_notices_are_those_of_the_samples() -> None:
    folder = "samples/procurement_pages/pdf/"
    files = [entry for entry in REAL if entry["file"].startswith(folder)]
    assert Counter(entry["kind"] for entry in files) == {"notice": 11, "annex": 3, "common": 4}
    assert len({entry["file"] for entry in files}) == 18
    rows = [entry for entry in REAL if "text_sha256" in entry]
    assert len({entry["text_sha256"] for entry in rows}) == len(rows) == 7


def test_the_real_files_are_the_ones_that_were_read(shared: Path) -> None:
    for entry in REAL:
        if "sha256" in entry:
            data = (shared / entry["file"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == entry["sha256"], entry["file"]


def test_the_real_texts_are_the_ones_that_were_read(shared: Path) -> None:
    with gzip.open(shared / "corpus/sample/docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = {hashlib.sha256(row["text"].encode()).hexdigest(): row["url"] for row in rows}
    for entry in REAL:
        if "text_sha256" in entry:
            assert texts[entry["text_sha256"]] == entry["url"]


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_notice_is_marked_in_the_form(name: str) -> None:
    entry = INVENTED[name]
    check(entry, OF_INVENTED)
    assert entry["origin"] == "invented"
    assert {"note", "layout", "url", "content_type", "kind"} <= set(entry)
    assert page_of(name).stat().st_size < 200_000
    assert ("items" in entry) == (entry["kind"] in ("list", "data"))
    for each in whole(entry):
        check(each, OF_INVENTED)


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_notice_states_what_is_marked(name: str) -> None:
    text = read(name)
    for entry in whole(INVENTED[name]):
        for key in {"title", "name", "organisation", "category", "procedure"} & set(entry):
            assert any(squeezed(each) in text for each in entry[key]), key
        for key in {"place", "supplier", "corporate_number"} & set(entry):
            assert squeezed(entry[key]) in text, key
        for deadline in entry.get("deadlines", ()):
            printed = squeezed(deadline["printed"])
            assert printed in text
            weekday = WEEKDAY.search(printed)
            day = deadline.get("likely", deadline["day"])
            if weekday and isinstance(day, date) and "doubt" not in deadline:
                assert "月火水木金土日"[day.weekday()] == weekday[1], printed


def test_every_page_has_its_values() -> None:
    pages = {each.stem for each in FOLDER.iterdir() if each.suffix not in (".toml", ".md")}
    assert pages == set(INVENTED)


def test_the_invented_notices_are_many_and_unlike() -> None:
    entries = INVENTED.values()
    assert len(INVENTED) >= 24
    assert len({entry["layout"] for entry in entries}) >= 6
    assert len({re.split("/", entry["url"])[2] for entry in entries}) >= 6
    every = [each for entry in entries for each in whole(entry)]
    assert {each.get("status") for each in every} >= STATUSES
    assert {one["paper"] for each in every for one in each.get("deadlines", ())} >= {
        *("質問書", "参加申請書", "提案書", "見積書", "入札書", "同等品申請書"),
        *("開札", "現場説明", "プレゼンテーション"),
    }
