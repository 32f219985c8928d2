"""All benchmarks, one after the other: ``python -m benchmarks [--part 0.1]``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import crawl, index, parse, query, startup

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", type=float, default=1.0, help="of the corpus")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kazami-bench-") as folder:
        index.measure(Path(folder), given.part)
        query.measure(Path(folder))
        startup.measure(Path(folder))
    crawl.main([])
    parse.main([])
