"""Documents of all kinds, from imported lines to every answer, as a person types it. Invented."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kazami.attachments import Attachment, AttachmentState
from kazami.document import Document, Kind, Passage
from kazami.facts import Deadline, TenderFacts
from kazami.store import open_folder
from tests.search_cli.conftest import Kazami

FETCHED = datetime(2026, 3, 1, tzinfo=UTC)


def document(
    key: str, kind: Kind, *texts: str, title: str, day: str | None, **more: Any
) -> Document:
    passages = tuple(Passage(key=str(n), order=n, text=text) for n, text in enumerate(texts, 1))
    return Document(
        body="102032",
        kind=kind,
        platform="t",
        key=key,
        title=title,
        date=None if day is None else date.fromisoformat(day),
        fetched=FETCHED,
        **{"passages": passages, **more},
    )


SITTING = document(
    "m", Kind.MINUTES, "防災を学ぶ機会です。", "散会します。", title="定例会", day="2024-03-01"
)
NEWS = document(
    "n", Kind.ANNOUNCEMENT, "来てください。", title="防災フェアの開催", day="2025-05-02"
)
NO_DAY = document("u", Kind.ANNOUNCEMENT, "防災の備えを。", title="備え", day=None)
WON = document("w", Kind.AWARD, title="防災倉庫の建設", day="2025-06-01")
WANTED = document(
    "t",
    Kind.TENDER,
    title="防災倉庫の設計",
    day="2025-04-01",
    facts=TenderFacts(
        deadlines=(
            Deadline(
                paper="入札書",
                begins=date(2025, 4, 7),
                day=date(2025, 4, 9),
                words="4月7日から9日まで",
            ),
        )
    ),
    attachments=(
        Attachment("仕様書.pdf", "https://a.example/s.pdf", AttachmentState.READ),
        Attachment("図面.pdf", "https://a.example/z.pdf", AttachmentState.NO_TEXT),
    ),
    passages=(
        Passage(key="1", order=1, text="入札を行う。"),
        Passage(key="2", order=2, text="防災倉庫の仕様。", part="仕様書.pdf", page=1),
    ),
)
ALL = (SITTING, NEWS, NO_DAY, WON, WANTED)


@pytest.fixture
def collected(data: Path, kazami: Kazami) -> None:
    data.mkdir()
    with open_folder(data) as store:
        store.put(ALL)
    assert kazami("index").exit_code == 0


def answer(kazami: Kazami, *arguments: str) -> Any:
    return json.loads(kazami(*arguments, "--format", "json").stdout)


@pytest.mark.usefixtures("collected")
def test_search_tells_what_stands_in_the_title(kazami: Kazami) -> None:
    found = answer(kazami, "search", "防災")
    assert (found["total"], found["titles"], found["documents"]) == (3, 2, 5)
    assert found["lost"] == []
    hits = {hit["id"]: hit for hit in found["hits"]}
    assert {id: hit["found_in"] for id, hit in hits.items()} == {
        "t:m#1": "passage",
        "t:u#1": "passage",
        "t:t#2": "both",
        "t:n": "title",
        "t:w": "title",
    }
    by_title = hits["t:n"]
    assert (by_title["text"], by_title["snippet"], by_title["date"]) == (
        "",
        "防災フェアの開催",
        "2025-05-02",
    )
    assert by_title["marks"] == by_title["title_marks"] == [[0, 2]]
    assert hits["t:t#2"]["title_marks"] == [[0, 2]]
    assert by_title["citation"] == "『群馬県桐生市防災フェアの開催』（令和7年5月2日）"
    assert hits["t:u#1"]["title_marks"] == []


@pytest.mark.usefixtures("collected")
def test_search_as_text_marks_titles_and_says_what_was_searched_by_kind(kazami: Kazami) -> None:
    text = kazami("search", "防災").stdout
    assert "「防災」  5件（3発言・段落と本文以外2件、文書5件）" in text
    assert "会議録 1会議 2発言 · お知らせ 2件 2段落 · 入札公告 1件 2段落 · 落札結果 1件 · " in text
    assert "うち日付なし 1件" in text
    assert text.count("件名に一致") == 2
    assert text.count("件名にも一致") == 1
    dated = kazami("search", "防災", "--since", "2020").stdout
    assert "日付なし 1件を除く" in dated
    assert "お知らせ 1件 1段落" in dated


@pytest.mark.usefixtures("collected")
def test_search_pages_through_titles_too(kazami: Kazami) -> None:
    ids = [
        answer(kazami, "search", "防災", "--limit", "1", "--offset", str(n))["hits"]
        for n in range(6)
    ]
    assert sorted(hit["id"] for [hit] in ids[:5]) == ["t:m#1", "t:n", "t:t#2", "t:u#1", "t:w"]
    assert ids[5] == []
    assert "続きは --offset 4" in kazami("search", "防災", "--limit", "4").stdout


@pytest.mark.usefixtures("collected")
def test_a_field_finds_what_has_no_text(kazami: Kazami) -> None:
    [hit] = answer(kazami, "search", "kind:award")["hits"]
    assert (hit["id"], hit["found_in"], hit["title_marks"]) == ("t:w", "fields", [])
    assert "本文なし" in kazami("search", "kind:award").stdout


@pytest.mark.usefixtures("collected")
def test_csv_and_markdown_have_hits_in_titles(kazami: Kazami) -> None:
    rows = kazami("search", "防災", "--format", "csv").stdout.splitlines()
    assert sum(row.endswith(",title") for row in rows) == 2
    assert kazami("search", "防災", "--format", "md").stdout.count("    件名に一致") == 2


@pytest.mark.usefixtures("collected")
def test_show_has_attachments_and_spans_and_parts(kazami: Kazami) -> None:
    text = kazami("show", "t:t").stdout
    assert "期限 入札書  2025-04-07〜2025-04-09  「4月7日から9日まで」" in text
    assert "添付  仕様書.pdf  本文あり  https://a.example/s.pdf" in text
    assert "添付  図面.pdf  文字情報なし（画像のみ）" in text
    lines = text.splitlines()
    assert lines.index("添付 仕様書.pdf") > lines.index("入札を行う。")
    found = answer(kazami, "show", "t:t")
    assert [each["state"] for each in found["attachments"]] == ["read", "no-text"]
    assert [each["part"] for each in found["passages"]] == [None, "仕様書.pdf"]


@pytest.mark.usefixtures("collected")
def test_show_has_documents_without_passages_and_without_a_day(kazami: Kazami) -> None:
    assert "t:w · 本文なし" in kazami("show", "t:w").stdout
    assert answer(kazami, "show", "t:w")["passages"] == []
    assert "日付なし · お知らせ" in kazami("show", "t:u").stdout
    unknown = kazami("show", "t:w#1")
    assert unknown.exit_code == 1
    assert "t:w has no passages" in unknown.stderr


@pytest.mark.usefixtures("collected")
def test_a_page_that_is_gone_says_since_when(data: Path, kazami: Kazami) -> None:
    with open_folder(data) as store:
        for ids in (("t:n", "t:w"), ("t:w",)):
            store.record_listing("s", "l", documents=ids, listings=(), seen=FETCHED)
    gone = "掲載終了を確認した日: 2026-03-01"
    assert gone in kazami("show", "t:n").stdout
    assert gone in kazami("search", "フェア").stdout
    assert gone not in kazami("show", "t:w").stdout
    assert answer(kazami, "search", "フェア")["hits"][0]["missing"] == "2026-03-01"


@pytest.mark.usefixtures("collected")
def test_a_trend_has_a_line_for_each_kind_and_says_what_it_does_not_count(kazami: Kazami) -> None:
    text = kazami("trend", "防災").stdout
    assert [name in text for name in ("会議録  1", "お知らせ  0", "入札公告  1")] == [True] * 3
    assert "日付のない1件は、どの期間にも入っていません。" in text
    assert "落札結果には本文がありません。--measure documents は件名でも数えます。" in text
    assert "（種類ごとの全発言・段落に占める割合）" in text
    assert "発言数  全発言  " in text
    assert "段落数  全段落  " in text
    by_documents = kazami("trend", "防災", "--measure", "documents").stdout
    assert "落札結果  1" in by_documents
    assert "お知らせ  1" in by_documents
    assert "本文がありません" not in by_documents
    assert answer(kazami, "trend", "防災")["by"] == "kind"


@pytest.mark.usefixtures("collected")
def test_other_groups_ask_for_one_kind(kazami: Kazami) -> None:
    refused = kazami("trend", "防災", "--by", "prefecture")
    assert refused.exit_code == 1
    assert refused.stderr.count("\n") == 1
    assert "add --kind minutes" in refused.stderr
    assert kazami("trend", "防災", "--by", "prefecture", "--kind", "minutes").exit_code == 0


@pytest.mark.usefixtures("collected")
def test_status_counts_each_kind_in_its_own_units(kazami: Kazami) -> None:
    text = kazami("status").stdout
    kinds = "会議録 1会議 2発言 · お知らせ 2件 2段落 · 入札公告 1件 2段落 · 落札結果 1件"
    assert f"1団体 / 1,788団体 · {kinds} · 2024-03-01〜2025-06-01 · 日付なし 1件" in text
    assert f"群馬県桐生市 (102032)  {kinds} · 2024-03-01〜2025-06-01 · 取得" in text
    assert "  落札結果 1件\n" in text
    found = answer(kazami, "status")
    assert found["undated"] == 1
    assert found["bodies"][0]["kinds"] == found["kinds"]
    assert {each["kind"]: each["passages"] for each in found["kinds"]} == {
        "minutes": 2,
        "announcement": 2,
        "tender": 2,
        "award": 0,
    }


def test_status_of_undated_documents_alone_has_no_period(data: Path, kazami: Kazami) -> None:
    data.mkdir()
    with open_folder(data) as store:
        store.put([NO_DAY])
    assert kazami("index").exit_code == 0
    assert "None" not in kazami("status").stdout
    found = answer(kazami, "status")
    assert (found["since"], found["bodies"][0]["until"]) == (None, None)
    assert "None" not in kazami("trend", "防災").stdout
    assert "None" not in kazami("search", "防災").stdout
