"""``kazami recall``: what is here of a list, and why not the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kazami.attachments import Attachment, AttachmentState
from kazami.document import Passage
from kazami.store import open_folder
from search_cli.main import main
from tests.answers.notices import KIRYU, award, due, notice
from tests.search_cli.conftest import Kazami, invented
from tests.search_cli.test_schema import fits

NEEDS_PERMISSION = "112089"
"""A council whose minutes robots.txt forbids, by the shipped look."""


@pytest.fixture
def filled(data: Path, kazami: Kazami) -> Path:
    scan = replace(
        notice("scan", title="入札のお知らせ", day=date(2026, 5, 2), category=None),
        attachments=(
            Attachment("公告.pdf", "https://reiji.example/a.pdf", AttachmentState.NO_TEXT),
        ),
        facts=None,
        passages=(),
    )
    inside = replace(
        notice("list", title="発注見通しの公表", day=date(2026, 4, 1)),
        facts=None,
        passages=(Passage(key="1", order=1, text="例示体育館照明取替修繕 第2四半期"),),
    )
    with open_folder(data) as store:
        store.put(
            [
                notice("clean", "令和8年度例示庁舎清掃業務委託", due(date(2026, 6, 12))),
                notice("late", "例示公園警備", day=date(2026, 8, 1)),
                award("won", "例示橋補修工事（第1工区）"),
                scan,
                inside,
                invented(),
            ]
        )
    assert kazami("index").exit_code == 0
    return data


def recalled(kazami: Kazami, folder: Path, text: str, *options: str) -> list[dict[str, Any]]:
    path = folder / "list.csv"
    path.write_text(f"title,body,day\n{text}", encoding="utf-8")
    result = kazami("recall", str(path), "--format", "json", *options)
    assert result.exit_code == 0, result.output
    value = json.loads(result.stdout)
    fits("recall", value)
    lines: list[dict[str, Any]] = value["lines"]
    return lines


@pytest.mark.parametrize(
    ("line", "document"),
    [
        ("Ｒ８年度　例示庁舎清掃業務 委託について,桐生市,", "html_list:clean"),
        ("例示庁舎清掃,桐生市,2026-05-20", "html_list:clean"),
        ("2026年度例示庁舎清掃業務委託,,", "html_list:clean"),
        ("例示橋補修工事(第一工区),102032,", "award_csv:won"),
        ("例示体育館照明取替修繕,桐生市,", "html_list:list"),
    ],
)
def test_what_is_here_is_found(
    filled: Path, kazami: Kazami, tmp_path: Path, line: str, document: str
) -> None:
    [found] = recalled(kazami, tmp_path, line)
    assert (found["document"], found["cause"]) == (document, None)


@pytest.mark.parametrize(
    ("line", "cause", "told"),
    [
        ("例示庁舎清掃,桐生町,", "unknown-body", "桐生町"),
        ("例示庁舎清掃,高崎市,", "not-crawled", "集めていません"),
        ("例示庁舎清掃業務,桐生市,2024-05-20", "outside-period", "2026-04-01〜2026-08-01"),
        ("例示橋設計業務委託,桐生市,2026-05-02", "no-text", "html_list:scan"),
        ("ヌロポヌクレ導入業務,桐生市,2026-07-20", "unknown-words", "ヌロポヌクレ"),
        ("令和7年度例示庁舎清掃業務委託,桐生市,2026-07-20", "not-found", "見当たりません"),
        ("例示橋補修工事（第2工区）,桐生市,2026-07-20", "not-found", "見当たりません"),
    ],
)
def test_a_miss_has_its_cause(
    filled: Path, kazami: Kazami, tmp_path: Path, line: str, cause: str, told: str
) -> None:
    [missed] = recalled(kazami, tmp_path, line)
    assert (missed["cause"], missed["document"]) == (cause, None)
    assert told in missed["reason"]


def test_a_body_that_may_not_be_fetched(filled: Path, kazami: Kazami, tmp_path: Path) -> None:
    line = f"例示庁舎清掃,{NEEDS_PERMISSION},"
    [missed] = recalled(kazami, tmp_path, line, "--kind", "minutes")
    assert missed["cause"] == "no-permission"


def test_mentions_in_minutes(filled: Path, kazami: Kazami, tmp_path: Path) -> None:
    [found] = recalled(kazami, tmp_path, "リスキリングを検討,桐生市,", "--kind", "minutes")
    assert found["passage"] == "kensakusystem:R040301A#3"


def test_a_table_for_reading(filled: Path, kazami: Kazami, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("例示公園警備\nヌロポヌクレ\n", encoding="utf-8")
    result = kazami("recall", str(tmp_path / "list.txt"))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("2件のうち1件があります（50%）")
    assert "集めたどの文書にもないことばがあります: ヌロポヌクレ" in result.stdout
    assert "kazami show 'html_list:late'" in result.stdout
    rows = kazami("recall", str(tmp_path / "list.txt"), "--format", "csv").stdout.splitlines()
    assert len(rows) == 3


def test_without_an_index_titles_are_enough(filled: Path, kazami: Kazami, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(filled / "index")
    (tmp_path / "list.txt").write_text("例示公園警備\n", encoding="utf-8")
    result = kazami("recall", str(tmp_path / "list.txt"))
    assert result.exit_code == 0, result.output
    assert "題名だけ" in result.stdout
    assert "kazami index" in result.stderr


def test_a_list_that_is_pasted(filled: Path, data: Path) -> None:
    typed = ["--data", str(data), "recall", "-", "--format", "json"]
    result = CliRunner().invoke(main, typed, input="例示公園警備\n".encode())
    assert json.loads(result.stdout)["found"] == 1


def test_a_list_that_is_none_is_told_in_a_line(
    filled: Path, kazami: Kazami, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").write_text("")
    missing = kazami("recall", str(tmp_path / "none.csv"))
    assert (missing.exit_code, missing.stderr.count("\n")) == (1, 1)
    result = kazami("recall", str(tmp_path / "empty.csv"))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_awards_without_text_are_no_gap(filled: Path, kazami: Kazami, tmp_path: Path) -> None:
    [missed] = recalled(kazami, tmp_path, f"例示橋公園清掃,{KIRYU},2026-06-20")
    assert missed["cause"] == "not-found"
