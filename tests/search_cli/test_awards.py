"""``kazami awards`` and the import of tables, as typed. All rows are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.search_cli.conftest import Kazami
from tests.search_cli.test_schema import fits

TABLE = """団体名,件名,落札者,法人番号,落札日,落札金額,備考,天気
桐生市,例示橋りょう工事,㈱例示組,7123456789012,2026-04-01,"1,000,000",,晴
桐生市,例示庁舎清掃,株式会社例示組,,2026-04-02,"3,000,000",,晴
桐生市,例示道路工事,=例示・見本ＪＶ,,2026-04-03,500,,晴
桐生市,例示不調工事,,,2026-04-03,,不調,晴
桐生市,例示中止工事,,,2026-04-03,,中止,晴
桐生市,悪い行,㈱例示組,,,5,,晴
"""


@pytest.fixture
def imported(kazami: Kazami, tmp_path: Path) -> str:
    path = tmp_path / "入札結果.csv"
    path.write_bytes(TABLE.encode("cp932"))
    result = kazami("import", str(path))
    assert result.exit_code == 1  # one row is bad
    return result.output


def test_the_import_says_what_became_of_every_row(imported: str) -> None:
    assert "6行 · 新規 5" in imported
    assert "取り込めない行 1 · 不調・落札者なし 1 · 中止 1" in imported
    assert "line 7: no day of the award" in imported
    assert "使わなかった列: 天気" in imported


def test_the_latest_awards(imported: str, kazami: Kazami) -> None:
    shown = kazami("awards").output
    assert "落札 3件  合計 4,000,500円 · 最大 3,000,000円 · 中央値 1,000,000円" in shown
    assert "ほかに不調・落札者なし 1件 · 中止 1件" in shown
    assert shown.index("例示道路工事") < shown.index("例示橋りょう工事")
    assert "検索対象: 1団体 / 1,788団体 · 5件の落札結果 · 2026-04-01〜2026-04-03" in shown


def test_by_supplier(imported: str, kazami: Kazami) -> None:
    shown = kazami("awards", "--by", "supplier").output
    assert "法人番号のない1件は商号でまとめています" in shown
    assert "4,000,000" in shown
    less = kazami("awards", "--by", "supplier", "--limit", "1").output
    assert "2件のうち1件を表示 · すべては --limit 2" in less


@pytest.mark.parametrize(
    "arguments", [(), ("--by", "supplier"), ("--by", "body"), ("--by", "year"), ("清掃",)]
)
def test_the_json_is_what_the_schema_says(
    imported: str, kazami: Kazami, arguments: tuple[str, ...]
) -> None:
    result = kazami("awards", *arguments, "--format", "json")
    value = json.loads(result.stdout)
    fits("awards", value)
    assert value["claim"]["documents"] == 5


def test_a_spreadsheet_gets_codes_whole_and_no_formula(imported: str, kazami: Kazami) -> None:
    table = kazami("awards", "--by", "supplier", "--format", "csv").stdout
    assert '"=""7123456789012"""' in table
    assert ",'=例示" in table
    assert '"=""102032"""' in kazami("awards", "--format", "csv").stdout


def test_filters_and_their_line(imported: str, kazami: Kazami) -> None:
    shown = kazami("awards", "--body", "桐生市", "--since", "2026-04-02", "--pref", "群馬").output
    assert "落札 2件" in shown
    assert "絞り込み: 群馬県 · 群馬県桐生市 · 2026-04-02から" in shown


def test_a_mapping_goes_with_tables_only(kazami: Kazami, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}", "utf-8")
    result = kazami("import", str(tmp_path / "a.jsonl"), "--body", "桐生市")
    assert result.exit_code == 2
    assert "award-csv" in result.output


def test_without_anything_collected_it_says_what_to_do(kazami: Kazami) -> None:
    result = kazami("awards")
    assert result.exit_code == 1
    assert "nothing is collected" in result.output
