"""The export as OCDS 1.1, held against the published schema."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from kazami.facts import Stage
from kazami.store import open_folder
from tests.answers.notices import award, due, notice
from tests.builders import ROOT
from tests.search_cli.conftest import Kazami

AS_OF = ("--as-of", "2026-06-01")
PROJECT = "令和8年度例示庁舎清掃業務委託"


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "tests/ocds" / name).read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def package() -> Draft4Validator:
    releases = Resource.from_contents(
        schema("release-schema-1__1__4.json"), default_specification=DRAFT4
    )
    address = "https://standard.open-contracting.org/schema/1__1__5/release-schema.json"
    registry: Registry[Any] = Registry().with_resource(address, releases)
    return Draft4Validator(schema("release-package-schema-1__1__5.json"), registry=registry)


@pytest.fixture
def filled(data: Path) -> Path:
    with open_folder(data) as store:
        store.put(
            [
                notice(
                    "call",
                    PROJECT,
                    due(date(2026, 6, 3), "質問書", time(12)),
                    due(date(2026, 6, 5), "参加申請書"),
                    due(date(2026, 6, 12), at=time(17)),
                    due(None, "見積書"),
                    budget=5_000_000,
                ),
                notice("fix", PROJECT, stage=Stage.CORRECTION, day=date(2026, 5, 25)),
                notice("off", "例示公園警備業務", stage=Stage.CANCELLED, category="物品の購入"),
                notice("plan", "例示橋補修工事", stage=Stage.PLANNED, category=None, url=None),
                notice("undated", "例示システム更新業務", day=None),
                award("won", PROJECT),
                award("failed", "例示橋りょう点検", supplier=None, amount=None),
            ]
        )
    return data


def exported(kazami: Kazami, package: Draft4Validator, *typed: str) -> dict[str, dict[str, Any]]:
    result = kazami(*typed, "--format", "ocds")
    assert result.exit_code == 0, result.output
    value = json.loads(result.stdout)
    package.validate(value)
    assert urlsplit(value["uri"]).scheme == "urn"
    for each in (value["publishedDate"], *(one["date"] for one in value["releases"])):
        assert datetime.fromisoformat(each).tzinfo is not None
    return {each["id"]: each for each in value["releases"]}


def test_notices(filled: Path, kazami: Kazami, package: Draft4Validator) -> None:
    releases = exported(kazami, package, "tenders", "--all", *AS_OF)
    assert set(releases) == {
        "html_list:fix/tenderAmendment",
        "html_list:off/tenderCancellation",
        "html_list:plan/planning",
    }
    tender = releases["html_list:fix/tenderAmendment"]["tender"]
    assert tender["status"] == "active"
    assert tender["tenderPeriod"] == {"endDate": "2026-06-12T17:00:00+09:00"}
    assert tender["enquiryPeriod"] == {"endDate": "2026-06-03T12:00:00+09:00"}
    assert [(each["title"], each["dueDate"]) for each in tender["milestones"]] == [
        ("参加申請書", "2026-06-05T23:59:59+09:00")
    ]
    assert tender["value"] == {"amount": 5_000_000, "currency": "JPY"}
    assert tender["mainProcurementCategory"] == "services"
    assert [each["url"] for each in tender["documents"]] == [
        "https://reiji.example/call",
        "https://reiji.example/fix",
    ]
    off = releases["html_list:off/tenderCancellation"]["tender"]
    assert (off["status"], off["mainProcurementCategory"]) == ("cancelled", "goods")
    assert "1件は省きました" in kazami("tenders", *AS_OF, "--format", "ocds").stderr


def test_an_award_is_of_the_process_of_its_notice(
    filled: Path, kazami: Kazami, package: Draft4Validator
) -> None:
    notices = exported(kazami, package, "tenders", *AS_OF)
    awards = exported(kazami, package, "awards")
    won = awards["award_csv:won/award"]
    assert won["ocid"] == notices["html_list:fix/tenderAmendment"]["ocid"]
    [told] = won["awards"]
    assert told["value"] == {"amount": 12_000_000, "currency": "JPY"}
    assert [each["name"] for each in told["suppliers"]] == ["例示商事株式会社"]
    assert {role for each in won["parties"] for role in each["roles"]} >= {"buyer", "supplier"}
    nobody = awards["award_csv:failed/award"]
    assert nobody["ocid"] != won["ocid"]
    assert "suppliers" not in nobody["awards"][0]


def test_the_schema_refuses_what_is_none(package: Draft4Validator) -> None:
    release = {"ocid": "x", "id": "1", "date": "2026-06-01T00:00:00+09:00", "tag": ["tender"]}
    whole = {
        "uri": "urn:x",
        "version": "1.1",
        "publishedDate": "2026-06-01T00:00:00+09:00",
        "publisher": {"name": "x"},
    }
    assert package.is_valid(whole | {"releases": [release | {"initiationType": "tender"}]})
    assert not package.is_valid(whole | {"releases": [release]})
    assert not package.is_valid(
        whole | {"releases": [release | {"initiationType": "tender", "tag": ["notice"]}]}
    )


def test_an_empty_package_is_told_in_a_line(filled: Path, kazami: Kazami) -> None:
    result = kazami("tenders", "--pref", "01", "--format", "ocds")
    assert result.exit_code == 1
    assert "OCDS has no empty package" in result.stderr
    assert kazami("awards", "--by", "year", "--format", "ocds").exit_code == 2
