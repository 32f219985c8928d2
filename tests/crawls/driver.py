"""Whole crawls, one after another on one reactor; those to be killed in processes of their own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Crawled:
    """How a crawl ended: exit code, its report as JSON, and what a person saw."""

    code: int
    report: dict[str, Any]
    stderr: str

    @property
    def source(self) -> dict[str, Any]:
        (only,) = self.report["sources"]
        return only

    def counts(self) -> tuple[int, int, int, int]:
        """New, changed, unchanged, skipped."""
        source = self.source
        return source["new"], source["changed"], source["unchanged"], source["skipped"]


class Crawl:
    """Crawls toy sources into one data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def __call__(self, *sources: str | dict[str, Any], **said: Any) -> Crawled:
        from tests.crawls.crawl_toy import crawled

        stderr = io.StringIO()
        code, report = crawled(self._asked(sources, said), stderr)
        return Crawled(code, report, stderr.getvalue())

    def start(self, *sources: str | dict[str, Any], **said: Any) -> subprocess.Popen[str]:
        """The same in a process of its own, to be killed or stopped."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith("KAZAMI_")}
        environ["PYTHONPATH"] = str(HERE.parents[1])
        return subprocess.Popen(
            [sys.executable, str(HERE / "crawl_toy.py"), json.dumps(self._asked(sources, said))],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
        )

    def ended(self, process: subprocess.Popen[str]) -> Crawled:
        out, err = process.communicate(timeout=60)
        assert out, err
        return Crawled(process.returncode, json.loads(out), err)

    def _asked(
        self, sources: tuple[str | dict[str, Any], ...], said: dict[str, Any]
    ) -> dict[str, Any]:
        named = [{"url": each} if isinstance(each, str) else each for each in sources]
        return {"data": str(self.data), "sources": named, **said}
