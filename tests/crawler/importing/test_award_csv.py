"""Importing tables of awards: layouts, charsets, cells, and every way in which a row can be bad.

All rows are invented.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.importing.award_csv import cells
from crawler.importing.award_csv.awards import AwardReader
from crawler.importing.award_csv.importing import AwardReport, import_awards
from crawler.importing.award_csv.layout import PORTAL as PORTAL_COLUMNS
from crawler.importing.award_csv.layout import Layout
from crawler.importing.award_csv.mapping import read_mapping
from crawler.importing.award_csv.reading import awards_of
from crawler.importing.award_csv.whose import portal_body, state_body
from crawler.importing.award_csv.words import award_words
from crawler.importing.document_json import NotADocument
from crawler.importing.text_lines import BadLine, NoTextFile
from kazami.bodies import UNKNOWN_BODY, load_bodies, unknown_body
from kazami.facts import AwardFacts, AwardOutcome
from kazami.store import AwardFilter, Outcome, Store, StoredAward, open_folder
from kazami.toml_tables import SourceError

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BODIES = load_bodies()
PORTAL = [
    "0000000000000000123",
    "庁舎清掃",
    "2026-04-01",
    "880000.00",
    "W1",
    "8002010",
    "例示ビル管理株式会社",
    "7123456789012",
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_folder(tmp_path / "data") as opened:
        yield opened


def table(path: Path, rows: list[list[str]], charset: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(charset))
    return path


def imported(store: Store, path: Path, **more: str) -> AwardReport:
    report = import_awards(store, path, BODIES, NOW, **more)  # type: ignore[arg-type]
    outcome = report.outcome
    kept = outcome.new + outcome.changed + outcome.unchanged
    assert report.rows == kept + report.bad_lines
    return report


def stored(store: Store) -> list[StoredAward]:
    return sorted(store.awards(AwardFilter()), key=lambda each: each.title)


def facts(store: Store, award: StoredAward) -> AwardFacts:
    document = store.document(award.id)
    assert document is not None
    assert isinstance(document.facts, AwardFacts)
    return document.facts


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_portals_columns_without_a_header(store: Store, tmp_path: Path, charset: str) -> None:
    report = imported(store, table(tmp_path / "a.csv", [PORTAL], charset))
    (award,) = stored(store)
    assert (award.title, award.date, award.amount) == ("庁舎清掃", date(2026, 4, 1), 880_000)
    assert award.number == "0000000000000000123"
    assert award.corporate_number == "7123456789012"
    read = facts(store, award)
    assert read.organisation is not None
    assert (read.organisation.value, read.organisation.words) == ("デジタル庁", "W1")
    assert read.procedure is not None
    assert (read.procedure.value, read.procedure.words) == (
        "一般競争入札・最低価格",
        "8002010",
    )
    assert award.body == state_body(BODIES, "デジタル庁").code
    assert award.body.startswith("98")
    assert report.bad_lines == 0


def test_the_same_file_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [PORTAL, [*PORTAL[:6], "見本㈱", ""]])
    assert imported(store, path).outcome == Outcome(new=2)
    assert imported(store, path).outcome == Outcome(unchanged=2)


def test_towns_number_their_cases_anew_each_year(store: Store, tmp_path: Path) -> None:
    header = ["工事番号", "工事名", "落札者", "開札日", "落札金額"]
    for year in (2025, 2026):
        row = ["1", "例示庁舎清掃", "㈱例示", f"{year}-04-01", "100"]
        imported(store, table(tmp_path / f"{year}.csv", [header, row]), body="102032")
    assert len(stored(store)) == 2


def test_a_corrected_amount_is_a_change_of_the_same_award(store: Store, tmp_path: Path) -> None:
    imported(store, table(tmp_path / "a.csv", [PORTAL]))
    again = [*PORTAL]
    again[3] = "900000.00"
    assert imported(store, table(tmp_path / "b.csv", [again])).outcome == Outcome(changed=1)
    assert [each.amount for each in stored(store)] == [900_000]


def test_one_case_with_several_winners_is_several_awards(store: Store, tmp_path: Path) -> None:
    other = [*PORTAL[:6], "見本清掃㈱", ""]
    imported(store, table(tmp_path / "all.csv", [PORTAL, other]))
    # A later file that brings only one of them must not overwrite the other.
    assert imported(store, table(tmp_path / "diff.csv", [other])).outcome == Outcome(unchanged=1)
    assert {each.supplier for each in stored(store)} == {"例示ビル管理株式会社", "見本清掃㈱"}


def test_lots_alike_but_for_the_amount_are_all_kept_a_repeated_row_is_told(
    store: Store, tmp_path: Path
) -> None:
    lot = [*PORTAL]
    lot[3] = "1.00"
    report = imported(store, table(tmp_path / "a.csv", [PORTAL, lot, PORTAL]))
    assert len(stored(store)) == 2
    assert [(each.number, each.reason) for each in report.bad] == [(3, "the same row as line 1")]


SHIFTED = [
    [*PORTAL[:1], "庁舎", *PORTAL[1:]],  # an unquoted comma: nine columns
    [*PORTAL[1:], ""],
    ["", *PORTAL[:7]],
    [*PORTAL[:6], "7123456789012", ""],
    PORTAL[:7],
    [*PORTAL[:2], "令和8年2月30日", *PORTAL[3:]],
    [*PORTAL[:3], "例示", *PORTAL[4:]],
    [PORTAL[0], " ", *PORTAL[2:]],
    [*PORTAL[:2], "", *PORTAL[3:]],
]


@pytest.mark.parametrize("row", SHIFTED)
def test_a_shifted_row_is_rejected_with_its_line(
    store: Store, tmp_path: Path, row: list[str]
) -> None:
    report = imported(store, table(tmp_path / "a.csv", [PORTAL, row, [*PORTAL[:6], "㈱乙", ""]]))
    assert [each.number for each in report.bad] == [2]
    assert "\n" not in report.bad[0].reason
    assert len(stored(store)) == 2


def test_an_invalid_number_stays_as_stated_and_merges_nothing(store: Store, tmp_path: Path) -> None:
    row = [*PORTAL[:7], "7123456789013"]
    report = imported(store, table(tmp_path / "a.csv", [row]))
    (award,) = stored(store)
    assert award.corporate_number is None
    read = facts(store, award)
    assert read.corporate_number is not None
    assert read.corporate_number.value == "7123456789013"
    assert report.invalid_numbers == 1


@pytest.mark.parametrize(
    ("fifth", "sixth", "code", "procedure"),
    [
        ("W1", "8002010", state_body(BODIES, "デジタル庁").code, "8002010"),
        ("8002010", "W1", state_body(BODIES, "デジタル庁").code, "8002010"),
        ("一般競争", "102032", "102032", "一般競争"),
        ("W1", "102032", "102032", "W1"),
        ("102032", "8002010", "102032", "8002010"),
        ("ZZ", "8002010", UNKNOWN_BODY, "8002010"),
        ("8002010", "8000000", UNKNOWN_BODY, "8002010"),
    ],
)
def test_whose_award_and_which_procedure(fifth: str, sixth: str, code: str, procedure: str) -> None:
    whose, rest = portal_body(BODIES, fifth, sixth)
    assert (whose.code, rest) == (code, procedure)


@pytest.mark.parametrize("name", award_words().bodies.values())
def test_an_organ_of_the_state_is_taken_for_no_local_body_and_not_for_the_diet(name: str) -> None:
    whose = state_body(BODIES, name)
    assert whose.code.startswith("98")
    assert whose.name == name


HEADER = ["市町村名", "工事名", "落札者名", "開札日", "落札金額（千円）", "備考"]


def town(*cells_: str) -> list[str]:
    return ["群馬県桐生市", "例示橋りょう工事", "㈱例示組", "令和８年４月１日", "３１，３８９", ""][
        : 6 - len(cells_)
    ] + list(cells_)


def local(store: Store, tmp_path: Path, *rows: list[str], charset: str = "cp932") -> AwardReport:
    return imported(store, table(tmp_path / "b.csv", [HEADER, *rows], charset))


def test_a_towns_table_with_a_header_below_its_title(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [["令和８年度 入札結果"], [], HEADER, town()], "cp932")
    assert imported(store, path).bad_lines == 0
    (award,) = stored(store)
    assert (award.body, award.date, award.amount) == ("102032", date(2026, 4, 1), 31_389_000)


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (town("不調", "", "", ""), AwardOutcome.FAILED),
        (town("落札者なし", "2026-04-01", "", ""), AwardOutcome.FAILED),
        (town("", "2026-04-01", "－", "中止（設計見直しのため）"), AwardOutcome.CANCELLED),
        (town("-", "2026-04-01", "0", ""), AwardOutcome.FAILED),
        (town("㈱例示組", "2026-04-01", "0", ""), AwardOutcome.AWARDED),
        (town("㈱例示組", "2026-04-01", "1", "不調後の随意契約"), AwardOutcome.AWARDED),
        (["桐生市", "【中止】例示工事", "", "2026-04-01", "", ""], AwardOutcome.CANCELLED),
    ],
)
def test_what_is_no_award(
    store: Store, tmp_path: Path, row: list[str], outcome: AwardOutcome
) -> None:
    assert local(store, tmp_path, row).bad_lines == 0
    (award,) = stored(store)
    assert award.outcome is outcome
    assert facts(store, award).outcome is not None


def test_an_amount_of_zero_is_not_stated(store: Store, tmp_path: Path) -> None:
    report = local(store, tmp_path, town("0", ""))
    (award,) = stored(store)
    assert (award.outcome, award.amount, report.not_stated) == (AwardOutcome.AWARDED, None, 1)


def test_a_body_that_no_table_knows_is_kept_and_counted(store: Store, tmp_path: Path) -> None:
    row = ["群馬県例示水道企業団", *town()[1:]]
    assert local(store, tmp_path, row).unknown_bodies == 1
    (award,) = stored(store)
    assert award.body == unknown_body("10")
    organisation = facts(store, award).organisation
    assert organisation is not None
    assert organisation.value == "群馬県例示水道企業団"


def test_a_body_of_nowhere_is_rejected(store: Store, tmp_path: Path) -> None:
    report = local(store, tmp_path, ["例示組合", *town()[1:]], town())
    assert report.bad_lines == 1
    assert "no body is called '例示組合'" in report.bad[0].reason


def test_columns_that_nothing_is_read_from_are_named(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [[*HEADER, "天気"], [*town(), "晴"]])
    assert imported(store, path).unused == ("天気",)


def test_a_table_that_names_no_body_needs_one(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [HEADER[1:], town()[1:]])
    with pytest.raises(NoTextFile, match="--body"):
        imported(store, path)
    imported(store, path, body="102032")
    assert [each.body for each in stored(store)] == ["102032"]


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"PK\x03\x04zip", "桐生市の予定\n".encode(), b"\x00\x01\x02\x03"],
)
def test_what_is_no_table_of_awards_is_refused_in_one_line(
    store: Store, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(NoTextFile) as refused:
        imported(store, path)
    assert "\n" not in str(refused.value)


def test_a_bad_byte_costs_its_row(store: Store, tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [HEADER, town(), town("㈱見本組", "2026-04-02", "1", "")])
    path.write_bytes(path.read_bytes().replace("見本".encode(), b"\xff\xfe", 1))
    report = imported(store, path)
    assert [(each.number, each.reason) for each in report.bad] == [(3, "bytes that are not UTF-8")]


def test_a_mapping_names_columns(store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        'body = "桐生市"\nunit = "千円"\n[columns]\ntitle = "なまえ"\namount = "いくら"\n'
        'supplier = "だれ"\nday = "いつ"\n',
        "utf-8",
    )
    path = table(
        tmp_path / "a.csv",
        [["だれ", "いつ", "なまえ", "いくら"], ["㈱例示", "2026/4/1", "例示工事", "12.5"]],
    )
    import_awards(store, path, BODIES, NOW, mapping=read_mapping(mapping))
    (award,) = stored(store)
    assert (award.title, award.amount, award.body) == ("例示工事", 12_500, "102032")


def test_a_mapping_by_places_needs_no_header(store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text('body = "102032"\n[columns]\ntitle = 2\namount = 1\n', "utf-8")
    path = table(tmp_path / "a.csv", [["1,000", "例示工事"]])
    import_awards(store, path, BODIES, NOW, mapping=read_mapping(mapping))
    (award,) = stored(store)
    assert (award.title, award.amount, award.date) == ("例示工事", 1000, None)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[columns]\namount = 1", "title"),
        ("[columns]\ntitle = 0", "columns.title"),
        ('[columns]\ntitle = 1\namount = "額"', "not both"),
        ("[columns]\ntitel = 1", "did you mean title"),
        ('unit = "ドル"\n[columns]\ntitle = 1', "unit"),
        ("titel = 1", "unknown key"),
        ("=", "m.toml"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_named(tmp_path: Path, text: str, named: str) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=named):
        read_mapping(mapping)


def test_missing_columns_of_a_mapping_are_named(store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text('[columns]\ntitle = "件名"\namount = "いくら"\n', "utf-8")
    path = table(tmp_path / "a.csv", [["件名", "金額"], ["例示", "1"]])
    with pytest.raises(NoTextFile, match="いくら"):
        import_awards(store, path, BODIES, NOW, mapping=read_mapping(mapping))


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("31389000.00", 1, 31_389_000),
        ("31,389", 1000, 31_389_000),
        ("３１，３８９千円", 1, 31_389_000),
        ("¥31,389,000", 1, 31_389_000),
        ("￥31,389,000-", 1, 31_389_000),
        ("\\31,389,000", 1, 31_389_000),
        ("31,389,000円（税込）", 1000, 31_389_000),
        ("金31,389,000円也", 1, 31_389_000),
        ("12.5", 1000, 12_500),
        ("12.5", 1, None),
        ("3百万円", 1, 3_000_000),
        ("0", 1, None),
        ("0.00", 1, None),
        ("", 1, None),
        ("－", 1, None),
        ("非公表", 1, None),
        ("単価契約", 1, None),
        ("不調", 1, None),
    ],
)
def test_amounts(text: str, unit: int, expected: int | None) -> None:
    assert cells.amount(text, unit) == expected


@pytest.mark.parametrize("text", ["例示㈱", "-5", "▲1,000", "1,00", "2026-04-01", "9" * 20, "1e6"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(NotADocument):
        cells.amount(text, 1)


@given(st.integers(1, 10**12), st.sampled_from([1, 1000]), st.booleans(), st.booleans())
def test_an_amount_however_printed(value: int, unit: int, wide: bool, comma: bool) -> None:
    printed = f"{value:,}" if comma else str(value)
    if wide:
        printed = printed.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,"})
    for form in ("{}", "¥{}", " {} ", "金{}也"):
        assert cells.amount(form.format(printed), unit) == value * unit


def test_a_name_loses_only_its_tail() -> None:
    name = cells.supplier_name("例示・見本特定建設工事共同企業体 法人番号 －")
    assert name == "例示・見本特定建設工事共同企業体"
    assert cells.supplier_name("－") is None
    assert cells.supplier_name("（株）不調解消") == "（株）不調解消"


def test_a_long_table_is_read_the_same_in_a_second_process() -> None:
    places = {column: place for place, column in enumerate(PORTAL_COLUMNS)}
    reader = AwardReader(Layout(places=places, first=0, width=8, portal=True), BODIES, NOW)
    rows: list[tuple[int, list[str] | BadLine]] = [
        (at, [str(at), *PORTAL[1:]] if at % 3 else PORTAL[:7]) for at in range(1, 1700)
    ]
    rows[700] = (701, BadLine(701, "bytes that are not UTF-8"))
    here = list(awards_of(iter(rows), reader, aside=False))
    assert list(awards_of(iter(rows), reader, aside=True)) == here
    assert sum(isinstance(award, str) for _, award in here) == 567


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.lists(CELL, max_size=10),
            st.lists(st.sampled_from([*PORTAL, "", "0", "不調"]), min_size=8, max_size=8),
        ),
        max_size=8,
    ),
    st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_every_row_is_stored_or_told(rows: list[list[str]], charset: str) -> None:
    with TemporaryDirectory() as folder, open_folder(Path(folder) / "data") as store:
        path = table(Path(folder) / "a.csv", [PORTAL, *rows, *[PORTAL] * len(rows)], charset)
        try:
            report = imported(store, path)
        except NoTextFile:
            return
        again = imported(store, path)
        kept = report.outcome
        assert again.outcome == Outcome(unchanged=kept.new + kept.changed + kept.unchanged)
        assert len(stored(store)) == kept.new
