"""An answer is written into the user's file, and nothing else there is touched."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.permission.grants import record
from kazami.permission import Permission, load_permissions
from kazami.toml_tables import SourceError

ID = "102032/minutes/discussnet"
TODAY = date(2026, 8, 2)


def permission(source: str = ID, **said: object) -> Permission:
    return Permission(
        source=source,
        granted_on=TODAY,
        **{"granted_by": "例示市議会事務局", "fetch": True, **said},  # type: ignore[arg-type]
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "permissions.toml"


def test_an_answer_with_every_condition_comes_back(file: Path) -> None:
    given = permission(
        hours=(time(20), time(6)),
        days=frozenset({5, 6}),
        minimum_delay=2.5,
        contact="gikai@reiji.example",
        notice="前日までにメールで連絡",
        redistribute=True,
        notes='「可」と\n"条件"あり \\ \x7f',
    )
    assert record(file, given, TODAY) is None
    assert load_permissions(file) == {ID: given}


def test_what_stood_there_stays_word_for_word(file: Path) -> None:
    file.parent.mkdir()
    before = (
        "# my notes\n\n"
        '["112119/minutes/voices"]  # by phone\n'
        'granted_by = "例示事務局"\ngranted_on = 2026-01-01\nfetch = true\n'
    )
    file.write_text(before, "utf-8")
    record(file, permission(), TODAY)
    assert file.read_text("utf-8").startswith(before)
    assert set(load_permissions(file)) == {ID, "112119/minutes/voices"}


def test_a_new_answer_replaces_the_old_one_and_keeps_it_as_a_comment(file: Path) -> None:
    record(file, permission(notes="first"), TODAY)
    record(file, permission("112119/minutes/voices"), TODAY)
    old = record(file, permission(fetch=False, notes="second"), TODAY)
    assert old is not None
    assert old.notes == "first"
    kept = load_permissions(file)
    assert kept[ID].notes == "second"
    assert not kept[ID].fetch
    assert set(kept) == {ID, "112119/minutes/voices"}
    text = file.read_text("utf-8")
    assert '# notes = "first"' in text
    assert "# replaced on 2026-08-02:" in text


def test_a_file_that_cannot_be_read_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("[broken", "utf-8")
    with pytest.raises(SourceError):
        record(file, permission(), TODAY)
    assert file.read_text("utf-8") == "[broken"
    assert [each.name for each in file.parent.iterdir()] == ["permissions.toml"]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([ID, "112119/minutes/voices", "272078/minutes/kensakusystem"]),
            st.booleans(),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=20),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_last_answer_of_each_source_stands(tmp_path_factory, answers) -> None:
    file = tmp_path_factory.mktemp("grants") / "permissions.toml"
    wanted = {}
    for source, fetch, notes in answers:
        wanted[source] = permission(source, fetch=fetch, notes=notes)
        record(file, wanted[source], TODAY)
    assert load_permissions(file) == wanted
