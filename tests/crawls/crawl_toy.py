"""A crawl of the sources given as JSON, in this process or, run as a script, in its own.

The platform is the toy one where a source names none.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO
from unittest.mock import patch

import crawler.running.crawl
import crawler.running.reparse
from crawler.page import Wanted
from crawler.platform import Platform, platform
from kazami.document import Kind
from kazami.errors import KazamiError
from kazami.settings import load_settings
from kazami.sources import Expect, Source
from kazami.store import open_folder
from search_cli.crawl_progress import showing
from tests.crawls import toy_platform


def crawled(said: dict[str, Any], stderr: TextIO) -> tuple[int, dict[str, Any]]:
    """Exit code and report, as JSON has it."""
    data = Path(said["data"])
    settings = load_settings(data, said.get("settings", {}))
    sources = [
        Source(
            body=source.get("body", "102032"),
            kind=Kind(source.get("kind", "minutes")),
            platform=source.get("platform", "toy"),
            url=source["url"],
            delay=source.get("delay"),
            expect=Expect(**source.get("expect", {})),
            options={
                name: tuple(value) if isinstance(value, list) else value
                for name, value in source.get("options", {}).items()
            },
        )
        for source in said["sources"]
    ]
    now = datetime.fromisoformat(said["now"]) if "now" in said else None
    clock = (lambda: now) if now else (lambda: datetime.now(UTC))
    days = {name: date.fromisoformat(said[name]) for name in ("since", "until") if name in said}
    try:
        with (
            patch.object(crawler.running.crawl, "platform", _platform),
            patch.object(crawler.running.reparse, "platform", _platform),
            patch.object(toy_platform, "DELAY", said.get("platform_delay", 0.0)),
            open_folder(data) as store,
            showing(stderr) as progress,
        ):
            if said.get("reparse"):
                report = crawler.running.reparse.reparse(store, data, sources, progress=progress)
            else:
                report = crawler.running.crawl.crawl(
                    store,
                    sources,
                    settings,
                    Wanted(today=clock().date(), **days),
                    limit=said.get("limit"),
                    progress=progress,
                    clock=clock,
                )
    except KazamiError as error:
        return 1, {"error": str(error), "type": type(error).__name__}
    shown = [asdict(source) | {"ok": source.ok} for source in report.sources]
    told = {"ok": report.ok, "faults": report.faults, "sources": shown}
    return report.exit_code, json.loads(json.dumps(told, default=str, ensure_ascii=False))


def _platform(name: str) -> Platform:
    return toy_platform.platform() if name == "toy" else platform(name)


def main() -> int:
    said = json.loads(sys.argv[1])
    if "file_bytes" in said:  # no file may grow beyond: a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (said["file_bytes"], said["file_bytes"]))
    code, report = crawled(said, sys.stderr)
    print(json.dumps(report, ensure_ascii=False))
    return code


if __name__ == "__main__":
    sys.exit(main())
