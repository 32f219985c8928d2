"""Hits as text, JSON, CSV and Markdown, from invented answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from answers.claim import Claim
from answers.search import SearchAnswer, SearchHit
from indexer.query import Filters, Match, Readings, Sort
from kazami.document import Kind, Stance
from kazami.fields import TEXT_FIELDS
from presenting.search import as_csv, as_json, as_markdown
from search_cli.layout.search import HitPage, as_text
from search_cli.terminal import PLAIN, Style

Answer = Callable[..., SearchAnswer]

HIT = SearchHit(
    id="kensakusystem:R040301A#2",
    document="kensakusystem:R040301A",
    body="110001",
    body_name="埼玉県",
    kind=Kind.MINUTES,
    title="令和4年2月定例会\u30003月1日-05号",
    date=date(2022, 3, 1),
    fields=dict.fromkeys(TEXT_FIELDS) | {"speaker": "例示 太郎", "role": "議員", "seat": "８番"},
    stance=Stance.QUESTION,
    page=423,
    text="長い発言の全文。職員のリスキリングについて伺います。",
    snippet="…職員のリスキリングについて伺います。",
    marks=((4, 10),),
    url="https://reiji.example/R040301A#2",
    citation="『埼玉県令和4年2月定例会3月1日-05号』 p.423",
    score=3.25,
    passages=2,
    missing=None,
    pass_on=False,
)


@pytest.fixture
def answer(claim: Claim) -> Answer:
    """One hit of twelve; anything else can be given."""
    found = SearchAnswer(
        query="リスキリング", total=12, documents=3, hits=(HIT,), lost=(), claim=claim
    )
    return lambda **changes: replace(found, **changes)


def hits(answer: Answer, **changes: object) -> SearchAnswer:
    """An answer whose hit is changed."""
    return answer(hits=(replace(HIT, **changes),))  # type: ignore[arg-type]


def test_a_hit_is_a_block_with_everything_to_judge_and_to_cite(answer: Answer) -> None:
    assert as_text(answer(), HitPage(), PLAIN).splitlines() == [
        "「リスキリング」  12件（3会議）  うち1–1件目 · 関連度順",
        "",
        "1  令和4年3月1日 (2022-03-01)  埼玉県",
        "   令和4年2月定例会 3月1日-05号",
        "   質問  例示 太郎  議員  p.423",
        "   …職員の【リスキリング】について伺います。",
        "   『埼玉県令和4年2月定例会3月1日-05号』 p.423",
        "   https://reiji.example/R040301A#2",
        "   kazami show 'kensakusystem:R040301A#2'",
        "",
        "続きは --offset 1",
        "",
        "検索対象: 1団体 / 1,788団体 · 468会議 · 128,393発言 · 2019-06-03〜2022-05-19",
    ]


def test_ranks_go_on_behind_the_offset(answer: Answer) -> None:
    text = as_text(answer(), HitPage(offset=10, sort=Sort.NEWEST), PLAIN)
    assert "うち11–11件目 · 新しい順" in text
    assert "\n11  令和4年3月1日" in text


def test_the_last_page_names_no_next_one(answer: Answer) -> None:
    assert "続きは" not in as_text(answer(total=1), HitPage(), PLAIN)


def test_grouped_hits_count_meetings_and_the_passages_in_each(answer: Answer) -> None:
    text = as_text(answer(), HitPage(grouped=True), PLAIN)
    assert "うち1–1会議目" in text
    assert "この会議に2件" in text


def test_a_terminal_gets_colours_and_lines_that_fit(answer: Answer) -> None:
    text = as_text(hits(answer, snippet="リスキリング" * 40), HitPage(), Style(width=60))
    assert "\x1b[1;33mリスキリング\x1b[0m" in as_text(answer(), HitPage(), Style(colour=True))
    snippet = [line for line in text.splitlines() if line.startswith("   リ")]
    assert snippet
    assert max(cell_len(line.replace("【", "").replace("】", "")) for line in snippet) <= 60


def test_what_a_page_says_cannot_steer_the_terminal(answer: Answer) -> None:
    hostile = "\x1b]0;x\x07\x9b2J\u202e"
    changes = ("title", "snippet", "url", "citation", "id")
    text = f"あ{hostile}い"
    nasty = hits(answer, fields=dict.fromkeys(HIT.fields, text), **dict.fromkeys(changes, text))
    for text in (
        as_text(nasty, HitPage(), PLAIN),
        as_markdown(nasty),
        as_json(nasty, grouped=False),
        as_csv(nasty, grouped=False),
    ):
        assert not set("\x1b\x07\x9b") & set(text)


def test_unknown_speakers_and_links_leave_no_empty_lines(answer: Answer) -> None:
    bare = hits(answer, fields=dict.fromkeys(HIT.fields), stance=None, page=None, url=None)
    block = as_text(bare, HitPage(), PLAIN).splitlines()[2:8]
    assert block[2].strip().startswith("…職員の")
    assert block[4].strip().startswith("kazami show")


def test_a_document_that_left_its_source_is_marked(answer: Answer) -> None:
    gone = hits(answer, missing=date(2024, 5, 1))
    assert "2024-05-01 に見当たらなくなりました" in as_text(gone, HitPage(), PLAIN)


def test_no_hits_where_something_was_searched_offers_other_ways(answer: Answer) -> None:
    page = HitPage(filters=Filters(since=date(2020, 1, 1)))
    text = as_text(answer(total=0, documents=0, hits=()), page, PLAIN)
    assert text.startswith("「リスキリング」  0件。")
    assert "--match exact" in text
    assert "絞り込みを外す" in text
    assert "128,393発言" in text


def test_no_hits_by_letters_do_not_offer_letters_again(answer: Answer, claim: Claim) -> None:
    exact = answer(total=0, documents=0, hits=(), claim=replace(claim, match=Match.EXACT))
    assert "--match exact" not in as_text(exact, HitPage(), PLAIN)


def test_no_hits_where_nothing_is_collected_are_no_silence(answer: Answer, claim: Claim) -> None:
    nothing = replace(claim, passages=0, documents=0, bodies=0, not_searched=("10",))
    text = as_text(answer(total=0, documents=0, hits=(), claim=nothing), HitPage(), PLAIN)
    assert "収集されていません" in text
    assert "未収集: 群馬県" in text


def test_no_hits_where_all_was_left_out_as_doubtful_say_so(answer: Answer, claim: Claim) -> None:
    left_out = replace(claim, passages=0, documents=0, reading=Readings.SOUND, doubtful=2)
    page = HitPage(filters=Filters(reading=Readings.SOUND))
    text = as_text(answer(total=0, documents=0, hits=(), claim=left_out), page, PLAIN)
    assert "0件。この条件の文書（2件）はどれも読み取りに疑義があり、除かれました" in text
    assert "収集されていません" not in text


def test_an_offset_behind_the_last_hit_says_so(answer: Answer) -> None:
    assert "12件。--offset 50 はその後ろです" in as_text(answer(hits=()), HitPage(offset=50), PLAIN)


KEYS = [
    "id",
    "document",
    "body",
    "body_name",
    "kind",
    "title",
    "date",
    *TEXT_FIELDS,
    "stance",
    "page",
    "text",
    "snippet",
    "url",
    "citation",
    "score",
    "pass_on",
    "doubtful",
    "corrected",
    "found_in",
]


def test_json_has_exactly_the_promised_keys(answer: Answer) -> None:
    value = json.loads(as_json(answer(), grouped=False))
    assert list(value) == [
        *(
            "schema",
            "query",
            "total",
            "documents",
            "titles",
            "lost",
            "hits",
            "claim",
            "longer_words",
        )
    ]
    assert set(value["hits"][0]) == {*KEYS, "marks", "title_marks", "missing"}
    assert value["hits"][0]["date"] == "2022-03-01"
    assert value["hits"][0]["stance"] == "question"
    start, end = value["hits"][0]["marks"][0]
    assert value["hits"][0]["snippet"][start:end] == "リスキリング"
    assert value["claim"]["passages"] == 128393


def test_grouped_json_counts_the_passages_of_each_document(answer: Answer) -> None:
    assert json.loads(as_json(answer(), grouped=True))["hits"][0]["passages"] == 2


def test_csv_has_the_keys_as_header_and_harmless_cells(answer: Answer) -> None:
    formula = hits(
        answer, text='=HYPERLINK("https://evil.example")', fields={**HIT.fields, "speaker": "@例示"}
    )
    rows = list(csv.DictReader(io.StringIO(as_csv(formula, grouped=False).removeprefix("\ufeff"))))
    assert list(rows[0]) == KEYS
    assert rows[0]["text"].startswith("'=")
    assert rows[0]["speaker"] == "'@例示"
    assert rows[0]["page"] == "423"


def test_markdown_quotes_and_cites(answer: Answer) -> None:
    assert as_markdown(answer()).splitlines() == [
        "## 「リスキリング」 12件",
        "",
        "1. **埼玉県** 令和4年3月1日 (2022-03-01)　質問 例示 太郎 議員",
        "",
        "    > …職員の**リスキリング**について伺います。",
        "",
        "    [『埼玉県令和4年2月定例会3月1日-05号』 p.423](<https://reiji.example/R040301A#2>)",
        "",
        "検索対象: 1団体 / 1,788団体 · 468会議 · 128,393発言 · 2019-06-03〜2022-05-19",
    ]


def test_markdown_in_a_page_stays_text(answer: Answer) -> None:
    nasty = hits(
        answer, snippet="# 見出し\n[押す](javascript:x) *強*", marks=(), url="javascript:x"
    )
    text = as_markdown(nasty)
    assert r"> \# 見出し \[押す\](javascript:x) \*強\*" in text
    assert "](<" not in text
