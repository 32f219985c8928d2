"""What an installation puts into site-packages."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("kazami-*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_holds_our_packages_and_nothing_else_at_its_top(
    wheel: zipfile.ZipFile,
) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "kazami",
        "crawler",
        "answers",
        "indexer",
        "presenting",
        "replay",
        "search_cli",
    }


def test_the_shipped_data_travels_inside_our_own_name(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for path in (ROOT / "config").rglob("*"):
        if path.is_file():
            assert f"kazami/_config/{path.relative_to(ROOT / 'config').as_posix()}" in names


def test_the_wheel_carries_of_the_replay_what_the_demo_needs(wheel: zipfile.ZipFile) -> None:
    needed, waiting = set(), ["replay.invented_sites", "replay.invented_offices"]
    while waiting:
        file = module_file(waiting.pop())
        if file not in needed:
            needed.add(file)
            waiting += imports_of_replay(ROOT / file)
    needed |= {"replay/__init__.py"}
    carried = {name for name in wheel.namelist() if name.startswith("replay/")}
    assert {name for name in carried if name.endswith(".py")} == needed
    pages = {name.split("/")[2] for name in carried if name.startswith("replay/pages/")}
    of_minutes = {"dbsearch", "discussnet", "kensakusystem", "voices"}
    assert pages == of_minutes | {"cms", "feed", "kkj", "office_files", "town_office"}
    for name in pages:
        for path in filter(Path.is_file, (ROOT / "replay/pages" / name).rglob("*")):
            assert path.relative_to(ROOT).as_posix() in carried


def test_the_wheel_carries_the_schema_of_json(wheel: zipfile.ZipFile) -> None:
    assert "presenting/schema/v1.json" in wheel.namelist()


def module_file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def imports_of_replay(path: Path) -> list[str]:
    modules: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        if node.module == "replay":
            modules += [f"replay.{each.name}" for each in node.names]
        elif (node.module or "").startswith("replay."):
            modules.append(str(node.module))
    return modules


@pytest.mark.slow
def test_the_demo_runs_from_the_wheel_alone(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """-S: the path file of an editable installation, which names the checkout, is not read."""
    installed = tmp_path / "installed"
    wheel.extractall(installed)
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KAZAMI_")}
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    path = os.pathsep.join([str(installed), *sorted(libraries)])
    program = "import kazami; from search_cli.main import main; print(kazami.__file__); main()"
    done = subprocess.run(
        [sys.executable, "-S", "-c", program, "demo"],
        cwd=tmp_path,
        env={**clean, **home, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{installed / 'kazami'}")
    assert (tmp_path / "demo-data" / "trend.png").stat().st_size > 1000


def test_config_is_data_and_can_shadow_no_package() -> None:
    assert not list((ROOT / "config").rglob("*.py"))


def test_every_package_says_that_it_is_typed(wheel: zipfile.ZipFile) -> None:
    for package in PACKAGES:
        assert f"{package}/py.typed" in wheel.namelist()


def test_the_wheel_installs_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    (info,) = {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" in name}
    assert "kazami = search_cli.main:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert f"{info}/licenses/LICENSE" in wheel.namelist()


def test_every_requirement_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    }
    for requirement in wanted:
        name = requirement.split(">=")[0].split("==")[0].split("[")[0].strip().lower()
        assert name.replace("_", "-") in pinned


def test_the_pins_name_no_path_and_no_host() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert "/" not in text
    assert "@" not in text


PACKAGES = ("kazami", "crawler", "indexer", "answers", "presenting", "replay", "search_cli")
DISTRIBUTIONS = {
    "bs4": "beautifulsoup4",
    "python_calamine": "python-calamine",
    "pylopdf_fonts_jp": "pylopdf-fonts-jp",
    "vl_convert": "vl-convert-python",
    "twisted": "scrapy",
}
"""Import names that differ from the names of their distributions; Twisted is Scrapy's."""


def imported(package: str) -> set[str]:
    """The top-level names that the package's modules import, wherever in the file."""
    names: set[str] = set()
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_package_imports_is_a_declared_dependency(package: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", wanted)[0].lower() for wanted in project["dependencies"]}
    for name in imported(package) - set(sys.stdlib_module_names) - set(PACKAGES):
        distribution = DISTRIBUTIONS.get(name, name).lower()
        assert distribution in declared, f"{package} imports {name}"


def test_the_font_of_the_pictures_is_a_declared_dependency() -> None:
    from presenting import plot

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    font = DISTRIBUTIONS.get(plot.FONT_PACKAGE, plot.FONT_PACKAGE)
    assert any(wanted.startswith(font) for wanted in project["dependencies"])
