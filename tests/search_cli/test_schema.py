"""Every JSON output is what the schema of its version says, and that is all it says."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from answers.sources import HEALTHS, Standing
from answers.trend import Per
from indexer.query import By, Match, Measure, Readings
from kazami.document import Kind, Stance
from kazami.periods import Every
from presenting.corrections import FIELDS
from presenting.schema import VERSION
from tests.search_cli.conftest import Kazami

SCHEMA: dict[str, Any] = json.loads(
    files("presenting.schema").joinpath(f"v{VERSION}.json").read_text("utf-8")
)
DEFINED = SCHEMA["$defs"]


def fits(name: str, value: object) -> None:
    """Fail where ``value`` is not what the schema says of this output."""
    one = {"$schema": SCHEMA["$schema"], "$ref": f"#/$defs/{name}", "$defs": DEFINED}
    Draft202012Validator(one, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert DEFINED["search"]["properties"]["schema"] == {"const": VERSION}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search", ("search", "リスキリング")),
        ("search", ("search", "リスキリング", "--group", "document")),
        ("search", ("search", "リスキリング", "--reading", "sound")),
        ("search", ("search", "リスキリング", "--body", "高槻市", "--match", "exact")),
        ("trend", ("trend", "リスキリング", "ＤＸ")),
        ("trend", ("trend", "リスキリング", "--by", "stance", "--per", "none")),
        ("trend", ("trend", "ＤＸ", "--measure", "occurrences", "--every", "month")),
        ("show_document", ("show", "kensakusystem:R040301A")),
        ("show_passage", ("show", "kensakusystem:R040301A#2")),
        ("status", ("status",)),
        ("corrections", ("correct", "--list")),
        ("sources", ("sources", "list", "--pref", "群馬県")),
        ("sources", ("sources", "show", "国会")),
        ("plan", ("crawl", "--dry-run", "--body", "国会")),
    ],
)
def test_an_output_fits(
    name: str, arguments: tuple[str, ...], indexed: Path, kazami: Kazami
) -> None:
    result = kazami(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    value = json.loads(result.stdout)
    fits(name, value)
    Draft202012Validator(SCHEMA).validate(value)


def test_outputs_fit_where_something_is_corrected(indexed: Path, kazami: Kazami) -> None:
    id = "kensakusystem:R040301A#3"
    said = ("--speaker", "例示花美", "--role", "", "--day", "2022-03-02", "--seat", "３番")
    assert kazami("correct", id, *said).exit_code == 0
    for name, arguments in (
        ("search", ("search", "リスキリング")),
        ("show_document", ("show", "kensakusystem:R040301A")),
        ("show_passage", ("show", id)),
        ("status", ("status",)),
        ("corrections", ("correct", "--list")),
    ):
        value = json.loads(kazami(*arguments, "--format", "json").stdout)
        fits(name, value)
        assert "corrected" in json.dumps(value) or value["corrections"] == 4


def test_the_status_of_nothing_fits(kazami: Kazami) -> None:
    value = json.loads(kazami("status", "--format", "json").stdout)
    fits("status", value)
    assert (value["documents"], value["index"]) == (0, None)


def test_the_status_of_a_store_without_an_index_says_so(stored: Path, kazami: Kazami) -> None:
    value = json.loads(kazami("status", "--format", "json").stdout)
    fits("status", value)
    assert (value["documents"], value["passages"]) == (1, 4)
    assert "kazami index" in value["index"]["problem"]


def test_a_passage_is_shown_between_its_neighbours(indexed: Path, kazami: Kazami) -> None:
    value = json.loads(kazami("show", "kensakusystem:R040301A#2", "--format", "json").stdout)
    assert value["passage"] == "kensakusystem:R040301A#2"
    assert [each["id"][-2:] for each in value["passages"]] == ["#1", "#2", "#3", "#4"]
    assert value["passages"][1]["page"] == 12


@pytest.mark.parametrize(
    ("listed", "values"),
    [
        (DEFINED["kind"]["enum"], list(Kind)),
        (DEFINED["stance"]["enum"], [*Stance, None]),
        (DEFINED["claim"]["properties"]["match"]["enum"], list(Match)),
        (DEFINED["claim"]["properties"]["reading"]["enum"], list(Readings)),
        (DEFINED["trend"]["properties"]["measure"]["enum"], list(Measure)),
        (DEFINED["trend"]["properties"]["per"]["enum"], list(Per)),
        (DEFINED["trend"]["properties"]["every"]["enum"], list(Every)),
        (DEFINED["trend"]["properties"]["by"]["enum"], [*By, None]),
        (DEFINED["correction"]["properties"]["field"]["enum"], list(FIELDS)),
        (DEFINED["source"]["properties"]["permission"]["enum"], list(Standing)),
        (DEFINED["source"]["properties"]["health"]["enum"], list(HEALTHS)),
    ],
)
def test_the_schema_lists_every_value_there_is(
    listed: list[str | None], values: list[str | None]
) -> None:
    assert set(listed) == set(values)
