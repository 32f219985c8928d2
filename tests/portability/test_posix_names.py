"""No module of ours needs a module that only POSIX systems have."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kazami.config import config_dir

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/py.typed"))
POSIX_ONLY = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt")
BLOCKED = POSIX_ONLY[:5]
"""Those that the interpreter below cannot import."""

WITHOUT = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in {BLOCKED!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Absent())
for name in {BLOCKED!r}:
    sys.modules.pop(name, None)
from search_cli.main import main
main()
"""

MEETING = {
    "body": "000000",
    "kind": "minutes",
    "key": "1",
    "date": "2024-03-01",
    "title": "例示会議",
    "passages": [
        {"text": "職員のリスキリングを進めます。", "speaker": "例示花子", "stance": "answer"}
    ],
}


def unguarded(tree: ast.AST, inside: bool = False) -> Iterator[tuple[int, str]]:
    """Line and name of the imports outside any ``try`` or ``if``."""
    for node in ast.iter_child_nodes(tree):
        guarded = inside or isinstance(node, ast.Try | ast.If)
        if not guarded and isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif not guarded and isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
        yield from unguarded(node, guarded)


def test_the_search_for_unguarded_imports_finds_one() -> None:
    bare = "import os\nimport fcntl\ntry:\n    import resource\nexcept ImportError:\n    pass\n"
    assert [name for _, name in unguarded(ast.parse(bare))] == ["os", "fcntl"]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_imports_a_posix_name_unguarded(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert files
    found = [
        f"{file.relative_to(ROOT)}:{line}: {name}"
        for file in files
        for line, name in unguarded(ast.parse(file.read_text("utf-8")))
        if name.partition(".")[0] in POSIX_ONLY
    ]
    assert found == []


def test_import_index_search_and_trend_run_where_no_posix_module_is(tmp_path: Path) -> None:
    (tmp_path / "meeting.jsonl").write_text(json.dumps(MEETING), "utf-8")

    def kazami(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT, "--data", str(tmp_path / "data"), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={
                "KAZAMI_SETTINGS": "/dev/null",
                "KAZAMI_CONFIG": str(config_dir()),
                "PYTHONPATH": str(ROOT),
                "PYTHONUTF8": "1",
                "PATH": "",
            },
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    kazami("import", str(tmp_path / "meeting.jsonl"))
    kazami("index")
    assert "例示花子" in kazami("search", "リスキリング")
    assert "2024" in kazami("trend", "リスキリング")
