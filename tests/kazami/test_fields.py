"""Every declared field goes all the way: store, index, query, filter, group, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.query import By, Field, Filters
from kazami.document import Passage
from kazami.fields import TEXT_FIELDS, TextField
from search_cli.main import main

MEETING = {
    "body": "102032",
    "kind": "minutes",
    "key": "1",
    "date": "2024-03-01",
    "title": "令和6年第1回定例会",
}


@pytest.fixture(params=TEXT_FIELDS.values(), ids=TEXT_FIELDS.keys())
def field(request: pytest.FixtureRequest) -> TextField:
    found: TextField = request.param
    return found


def test_it_is_an_attribute_of_passages_and_of_filters(field: TextField) -> None:
    assert field.name in {each.name for each in fields(Passage)}
    assert field.plural in {each.name for each in fields(Filters)}
    assert Field(field.name) == field.name
    assert (field.name in {by.value for by in By}) == field.grouped


def test_what_was_imported_is_found_filtered_grouped_and_shown(
    field: TextField, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAZAMI_SETTINGS", "/dev/null")
    passages = [
        {"text": "防災を伺います。", field.name: "甲乙"},
        {"text": "防災です。", field.name: "丙丁"},
        {"text": "防災を進めます。"},
    ]
    (tmp_path / "a.jsonl").write_text(json.dumps(MEETING | {"passages": passages}), "utf-8")

    def kazami(*arguments: str) -> str:
        done = CliRunner().invoke(main, ["--data", str(tmp_path / "data"), *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    kazami("import", str(tmp_path / "a.jsonl"))
    kazami("index")
    for asked in (("防災", f"--{field.name}", "甲乙"), (f"防災 {field.name}:甲乙",)):
        [hit] = json.loads(kazami("search", *asked, "--format", "json"))["hits"]
        assert (hit["text"], hit[field.name]) == ("防災を伺います。", "甲乙")
    rows = csv.DictReader(io.StringIO(kazami("search", "防災", "--format", "csv").lstrip("\ufeff")))
    assert {row[field.name] for row in rows} == {"甲乙", "丙丁", ""}
    if field.grouped:
        said = json.loads(kazami("trend", "防災", "--by", field.name, "--format", "json"))
        counts = {each["group"]: each["points"][-1]["count"] for each in said["series"]}
        assert counts == {"甲乙": 1, "丙丁": 1, "": 1}


def test_no_code_names_a_text_field_by_its_enum() -> None:
    """It would have to be found and edited for the next field; ``case _`` reads the declaration."""
    root = Path(__file__).resolve().parents[2]
    named = re.compile(rf"\b(Field|By)\.({'|'.join(TEXT_FIELDS)})\b", re.I)
    packages = ("answers", "crawler", "indexer", "kazami", "presenting", "search_cli")
    files = [file for package in packages for file in (root / package).rglob("*.py")]
    assert len(files) > 100
    assert [file for file in files if named.search(file.read_text("utf-8"))] == []
