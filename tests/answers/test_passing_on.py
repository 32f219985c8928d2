"""Whether a text may be given to others: what nobody has said is no."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers.passing_on import PassingOn
from kazami.permission import PERMISSIONS, Permission, load_permissions, may_pass_on
from kazami.sources import load_sources
from kazami.toml_tables import SourceError

ID = "102032/minutes/discussnet"
SOURCE = """["102032".minutes]
platform = "discussnet"
url = "https://reiji.example/"
"""
GRANT = """["102032/minutes/discussnet"]
granted_by = "議事課"
granted_on = 2026-08-02
"""


@pytest.mark.parametrize(
    ("source", "grant", "yes"),
    [
        ("", "", False),
        ("open_data = true", "", True),
        ("open_data = false", "", False),
        ("", "fetch = true", False),
        ("", "fetch = true\nredistribute = true", True),
        ("open_data = true", "fetch = true", True),
        ("", "redistribute = true", False),
        ("open_data = true", "redistribute = true", False),
    ],
)
def test_by_the_terms_or_by_leave_and_never_after_a_refusal(
    tmp_path: Path, source: str, grant: str, yes: bool
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "10-gunma.toml").write_text(SOURCE + source, "utf-8")
    if grant:
        (data / PERMISSIONS).write_text(GRANT + grant, "utf-8")
    leave = PassingOn(data, tmp_path)
    assert leave.of(ID, False) is yes
    assert leave.of(ID, True) is yes  # what an import once said of it counts no more
    (known,) = load_sources(tmp_path)
    permission: Permission | None = load_permissions(data / PERMISSIONS).get(ID)
    assert may_pass_on(known, permission) is yes


def test_what_was_imported_goes_by_its_own_word(tmp_path: Path) -> None:
    leave = PassingOn(tmp_path)
    assert leave.of(None, True) is True
    assert leave.of(None, False) is False


def test_what_is_registered_no_more_is_no(tmp_path: Path) -> None:
    (tmp_path / "10-gunma.toml").write_text(SOURCE + "open_data = true", "utf-8")
    assert PassingOn(tmp_path, tmp_path).of("102032/minutes/voices", True) is False


@pytest.mark.parametrize("broken", [PERMISSIONS, "10-gunma.toml"])
def test_what_cannot_be_read_is_no(tmp_path: Path, broken: str) -> None:
    (tmp_path / "10-gunma.toml").write_text(SOURCE + "open_data = true", "utf-8")
    (tmp_path / broken).write_text("= nothing", "utf-8")
    assert PassingOn(tmp_path, tmp_path).of(ID, True) is False


def test_no_shipped_source_is_open_data_without_saying_where(tmp_path: Path) -> None:
    """A source of the Diet is not: its terms leave the rights with the speakers."""
    for source in load_sources():
        assert not source.open_data or "open data" in source.notes, source.id


def test_a_source_says_yes_or_no(tmp_path: Path) -> None:
    (tmp_path / "10-gunma.toml").write_text(SOURCE + 'open_data = "CC BY"', "utf-8")
    with pytest.raises(SourceError, match=r"open_data: true or false is needed, not 'CC BY'"):
        load_sources(tmp_path)
