"""What is typed wrongly is said in one line, with exit code 2, before anything is opened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

Kazami = Callable[..., Result]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["search", "ＤＸ", "--since", "平成57年"], "平成57年"),
        (["search", "ＤＸ", "--until", "2022-02-30"], "2022-02-30"),
        (["trend", "ＤＸ", "--since", "きのう"], "きのう"),
        (["search", "ＤＸ", "--since", "2025", "--until", "2024"], "--until 2024-12-31"),
        (["search", "ＤＸ", "--body", "桐生氏"], "群馬県桐生市 (102032)"),
        (["search", "ＤＸ", "--body", "102033"], "check digit"),
        (["search", "ＤＸ", "--body", "府中市"], "東京都府中市 (132063)"),
        (["search", "ＤＸ", "--pref", "グンマ"], "no prefecture"),
        (["search", "ＤＸ", "--kind", "minute"], "minutes (会議録)"),
        (["search", "ＤＸ", "--stance", "反対"], "answer (答弁)"),
        (["search", "ＤＸ", "--match", "fuzzy"], "fuzzy"),
        (["search", "ＤＸ", "--format", "xml"], "xml"),
        (["search", "ＤＸ", "--limit", "0"], "--limit"),
        (["search", "ＤＸ", "--offset", "-1"], "--offset"),
        (["search", ""], "QUERY"),
        (["search", "\u3000"], "QUERY"),
        (["search"], "QUERY"),
        (["search", "リスキリング", "職員"], "'リスキリング 職員'"),
        (["search", "リスキリング", "-職員"], "goes into quotes"),
        (["trend", "リスキリング", "-DX"], "goes into quotes"),
        (["trend", "ＤＸ", "--every", "week"], "week"),
        (["trend", "ＤＸ", "--measure", "words"], "words"),
        (["trend", "ＤＸ", "--by", "weather"], "weather"),
        (["trend", "ＤＸ", "--plot", "trend.jpg"], ".png"),
        (["trend", "ＤＸ", "--plot", "no/such/folder/trend.png"], "no/such/folder"),
        (["trend", "ＤＸ", "--measure", "occurrences", "--per", "share"], "share"),
        (["trend"], "QUERY"),
        (["import"], "FILE"),
        (["import", "nowhere.jsonl"], "nowhere.jsonl"),
        (["crawl"], "say which"),
        (["crawl", "--body", "国会", "--limit", "0"], "--limit"),
        (["crawl", "--platform", "kensaku"], "kensakusystem"),
        (["crawl", "--body", "高槻市", "--query", "ＤＸ"], "国会"),
        (["nosuch"], "nosuch"),
    ],
)
def test_it_is_one_line_that_names_the_mistake(
    kazami: Kazami, arguments: list[str], told: str
) -> None:
    result = kazami(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("kazami: ")


def test_broken_utf8_on_the_command_line_is_said_to_be_that(kazami: Kazami) -> None:
    result = kazami("search", "\udce3\udc81")
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr
