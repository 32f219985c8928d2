"""Run as a process: crawl the sources given as JSON, print the report.

The platform is the toy one where a source names none.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import toy_platform

import crawler.running.crawl
import crawler.running.reparse
from crawler.page import Wanted
from crawler.platform import platform
from crawler.running.events import showing
from kazami.document import Kind
from kazami.errors import KazamiError
from kazami.settings import load_settings
from kazami.sources import Expect, Source
from kazami.store import open_folder


def main() -> int:
    said = json.loads(sys.argv[1])
    data = Path(said["data"])
    if "file_bytes" in said:  # no file may grow beyond: a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (said["file_bytes"], said["file_bytes"]))
    settings = load_settings(data, said.get("settings", {}))
    sources = [
        Source(
            body=source.get("body", "102032"),
            kind=Kind.MINUTES,
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
    crawler.running.crawl.platform = crawler.running.reparse.platform = lambda name: (
        toy_platform.platform() if name == "toy" else platform(name)
    )
    toy_platform.DELAY = said.get("platform_delay", 0.0)
    now = datetime.fromisoformat(said["now"]) if "now" in said else None
    clock = (lambda: now) if now else (lambda: datetime.now(UTC))
    days = {name: date.fromisoformat(said[name]) for name in ("since", "until") if name in said}
    try:
        with open_folder(data) as store, showing(sys.stderr) as progress:
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
        print(json.dumps({"error": str(error), "type": type(error).__name__}))
        return 1
    shown = [asdict(source) | {"ok": source.ok} for source in report.sources]
    print(
        json.dumps(
            {"ok": report.ok, "faults": report.faults, "sources": shown},
            default=str,
            ensure_ascii=False,
        )
    )
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
