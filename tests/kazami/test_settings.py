from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kazami.config import config_dir
from kazami.settings import SettingsError, load_settings, settings_file


def file(folder: Path, text: str) -> dict[str, str]:
    """An environment whose settings file holds the text."""
    path = folder / "kazami.toml"
    path.write_text(text, "utf-8")
    return {"KAZAMI_SETTINGS": str(path)}


@pytest.fixture(autouse=True)
def _nobodys_own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))


def test_without_any_file_the_defaults_hold() -> None:
    settings = load_settings(None, {})
    assert (settings.engine, settings.workers, settings.recheck_months) == ("whoosh", 0, 4)
    assert (settings.max_response_mb, settings.retries, settings.contact) == (20, 2, "")
    assert settings.data_dir.name == "kazami"


def test_the_users_file_goes_before_the_defaults(tmp_path: Path) -> None:
    assert load_settings(None, file(tmp_path, "workers = 3\n")).workers == 3


def test_the_environment_goes_before_the_users_file(tmp_path: Path) -> None:
    environ = file(tmp_path, 'workers = 3\ncontact = "https://file.example/"\n')
    environ |= {"KAZAMI_WORKERS": "5", "KAZAMI_DATA": str(tmp_path / "from-environment")}
    settings = load_settings(None, environ)
    assert settings.workers == 5
    assert settings.contact == "https://file.example/"
    assert settings.data_dir == tmp_path / "from-environment"


def test_the_data_directory_of_the_command_line_goes_before_all(tmp_path: Path) -> None:
    environ = file(tmp_path, 'data_dir = "/nowhere"\n') | {"KAZAMI_DATA": "/elsewhere"}
    assert load_settings(tmp_path, environ).data_dir == tmp_path


def test_a_home_directory_is_expanded() -> None:
    settings = load_settings(None, {"KAZAMI_DATA": "~/kazami-data"})
    assert settings.data_dir == Path.home() / "kazami-data"


def test_the_users_file_is_looked_for_in_the_configuration_folder() -> None:
    assert settings_file({}).name == "kazami.toml"
    settings_file({}).parent.mkdir(parents=True)
    settings_file({}).write_text("retries = 7\n", "utf-8")
    assert load_settings(None, {}).retries == 7


def test_other_programs_variables_are_not_ours() -> None:
    load_settings(None, {"KAZAMIDORI": "x", "_KAZAMI_COMPLETE": "bash_source", "PATH": "/bin"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("worker = 3\n", "did you mean workers"),
        ('engin = "x"\n', "did you mean engine"),
        ("xyz = 3\n", "known are data_dir"),
        ('workers = "3"\n', "whole number"),
        ("workers = true\n", "whole number"),
        ("workers = -1\n", "least is 0"),
        ("max_response_mb = 0\n", "least is 1"),
        ("engine = 3\n", "must be text"),
        ('engine = ""\n', "engine is empty"),
        ('contact = "ask me"\n', "neither a URL nor a mail address"),
        ('contact = "a@b.example\\nX-Header: 1"\n', "neither a URL nor a mail address"),
        ("workers = \n", "cannot read the settings"),
        ("[crawler]\nworkers = 3\n", "unknown setting 'crawler'"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(None, file(tmp_path, text))
    assert said in str(error.value)
    assert "kazami.toml" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("KAZAMI_WORKER", "3", "did you mean KAZAMI_WORKERS"),
        ("KAZAMI_DATA_DIR", "/x", "did you mean KAZAMI_DATA"),
        ("KAZAMI_WORKERS", "many", "no whole number"),
        ("KAZAMI_RETRIES", "-1", "least is 0"),
        ("KAZAMI_CONTACT", "x y", "neither a URL nor a mail address"),
    ],
)
def test_a_variable_that_makes_no_sense_is_refused(variable: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(None, {variable: value})
    assert said in str(error.value)
    assert variable in str(error.value)


def test_a_named_settings_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        load_settings(None, {"KAZAMI_SETTINGS": str(tmp_path / "none.toml")})


def test_a_binary_settings_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kazami.toml"
    path.write_bytes(b"\x89PNG\xff\x00")
    with pytest.raises(SettingsError, match="cannot read the settings"):
        load_settings(None, {"KAZAMI_SETTINGS": str(path)})


def test_a_file_saved_by_an_editor_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kazami.toml"
    path.write_bytes(b"\xef\xbb\xbfworkers = 2\r\n")
    assert load_settings(None, {"KAZAMI_SETTINGS": str(path)}).workers == 2


def test_every_default_is_explained() -> None:
    lines = (config_dir() / "defaults.toml").read_text("utf-8").splitlines()
    for name in tomllib.loads("\n".join(lines)):
        at = next(i for i, line in enumerate(lines) if line.startswith(f"{name} ="))
        assert lines[at - 1].startswith("# ")
