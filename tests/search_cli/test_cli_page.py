"""docs/cli.md says what the commands say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "make_cli.py"


def test_the_page_is_what_the_help_says_today() -> None:
    spec = importlib.util.spec_from_file_location("make_cli", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    make_cli = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_cli)
    assert make_cli.PAGE.read_text(encoding="utf-8") == make_cli.page(), (
        "run: python docs/make_cli.py"
    )
