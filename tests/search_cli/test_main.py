"""The command as a process: what it loads, how it ends, what it says."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kazami.errors import KazamiError
from search_cli import main as main_module
from search_cli.main import COMMANDS, main

HEAVY = {
    "scrapy",
    "twisted",
    "bs4",
    "lxml",
    "whoosh",
    "sudachipy",
    "sqlalchemy",
    "numpy",
    "rich",
    "vl_convert",
    "warcio",
}


def run(*arguments: str, data: Path, **more: object) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("KAZAMI_")}
    environment |= {"KAZAMI_DATA": str(data), "KAZAMI_SETTINGS": os.devnull}
    return subprocess.run(
        [sys.executable, "-m", "search_cli", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
        **more,  # type: ignore[call-overload]
    )


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that ``kazami ARGUMENTS`` imports."""
    code = (
        "import sys\n"
        f"sys.argv = ['kazami', *{arguments!r}]\n"
        "from search_cli.main import main\n"
        "try:\n    main()\n"
        "finally:\n    print('\\n'.join({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stdout.split("\n"))


def test_the_help_loads_no_engine_no_crawler_and_no_dictionary() -> None:
    assert not HEAVY & loaded_by("--help")


@pytest.mark.parametrize("name", ["crawl", "index", "search", "trend"])
def test_the_help_of_a_command_loads_none_of_them_either(name: str) -> None:
    assert not (HEAVY - {"rich"}) & loaded_by(name, "--help")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_the_line_of_the_table(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    help = command.help or ""
    assert f"kazami {name}" in help.partition("Example")[2]
    assert help.split("\n", 1)[0] == COMMANDS[name][1]


def test_the_version_is_shown(tmp_path: Path) -> None:
    from kazami import __version__

    assert run("--version", data=tmp_path).stdout == f"kazami {__version__}\n"


def test_a_mistyped_command_names_the_nearest() -> None:
    result = CliRunner().invoke(main, ["serach", "ＤＸ"])
    assert result.exit_code == 2
    assert "'search'" in result.stderr


def ending(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> tuple[int, str, str]:
    """How ``kazami index`` ends where it raises ``error``: exit code, stdout, stderr."""

    @click.command()
    def command() -> None:
        raise error

    monkeypatch.setattr(main_module.Commands, "get_command", lambda *_: command)
    result = CliRunner().invoke(main, ["index"])
    return result.exit_code, result.stdout, result.stderr


def test_a_known_error_is_one_line_and_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ending(monkeypatch, KazamiError("索引が\x1b[31mありません\nkazami index")) == (
        1,
        "",
        "kazami: 索引がありません kazami index\n",
    )


def test_a_full_disk_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    error = OSError(errno.ENOSPC, "No space left on device", "/data/kazami.sqlite")
    code, _, said = ending(monkeypatch, error)
    assert code == 1
    assert said.startswith("kazami: /data/kazami.sqlite: No space left on device; free some space")
    assert said.count("\n") == 1


def test_a_directory_of_somebody_else_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, said = ending(monkeypatch, PermissionError(errno.EACCES, "Permission denied", "/d"))
    assert code == 1
    assert "--data" in said


def test_an_interruption_is_exit_code_130(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ending(monkeypatch, KeyboardInterrupt())[0] == 130


def test_a_mistake_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command()
    def command() -> None:
        raise AssertionError("a bug")

    monkeypatch.setattr(main_module.Commands, "get_command", lambda *_: command)
    assert isinstance(CliRunner().invoke(main, ["index"]).exception, AssertionError)


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    code = (
        "import click\n"
        "from search_cli import main as m\n"
        "@click.command()\n"
        "def many():\n"
        "    for _ in range(100_000):\n        click.echo('x' * 80)\n"
        "m.Commands.get_command = lambda *_: many\n"
        "m.main(['index'])\n"
    )
    done = subprocess.run(
        f"{sys.executable} -c '{code.replace(chr(39), chr(34))}' | head -1; "
        "echo ${PIPESTATUS[0]}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == "x" * 80 + "\n0\n"


def test_a_terminal_without_japanese_does_not_end_the_command(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "KAZAMI_SETTINGS": os.devnull}
    done = subprocess.run(
        [sys.executable, "-m", "search_cli", "--data", str(tmp_path / "無"), "search", "風"],
        capture_output=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
