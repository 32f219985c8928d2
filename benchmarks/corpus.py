"""What the benchmarks measure on: 桐生市's minutes, or the first part of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from crawler.importing.jsonl import Read, read_documents
from kazami.bodies import load_bodies
from kazami.document import Document

KIRYU = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "kiryu_city.jsonl.gz"
LINES = 143_414


def part(fraction: float, folder: Path) -> Path:
    """The corpus, or a file with the first part of its lines."""
    if not KIRYU.is_file():
        raise SystemExit(f"{KIRYU} is not there: these benchmarks need the real corpus")
    if fraction >= 1:
        return KIRYU
    out = folder / f"kiryu-{fraction}.jsonl.gz"
    with gzip.open(KIRYU, "rb") as whole:
        lines = list(islice(whole, int(LINES * fraction)))
    days = [json.loads(line)["meeting_date"] for line in lines]
    with gzip.open(out, "wb", compresslevel=1) as some:
        # The last sitting is cut in two.
        some.writelines(lines[: days.index(days[-1])])
    return out


def documents(path: Path) -> Iterator[Document]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for found in read_documents(path, load_bodies(), now):
        if isinstance(found, Read):
            yield found.document
