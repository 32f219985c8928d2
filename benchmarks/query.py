"""Tallies and ranked phrases, against Whoosh's own facets and phrase search.

python -m benchmarks.query FOLDER     (the folder that ``benchmarks.index --keep`` left)

Each is measured twice: over our index files, and over those of Whoosh's own writer. Nothing is
kept from one question to the next; counts are compared before anything is timed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from whoosh import query as whoosh_query

from benchmarks import plain_whoosh
from benchmarks.processes import KAZAMI, run
from indexer.engines.whoosh.codec import TEXT
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.files import open_with_whoosh
from indexer.query import Filters, Measure, Phrase
from indexer.tokens import query_phrase
from kazami.periods import Every
from kazami.settings import load_settings
from kazami.store import open_folder

WORDS = ("防災", "人口減少", "指定管理者")
PASSAGES = frozenset({Measure.PASSAGES})
EVERYTHING = Filters()
REPEATS = 15


def milliseconds(work: Callable[[], object]) -> float:
    """The median of some runs, after one that warms the file cache."""
    work()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def facets(searcher: Any, wanted: Any) -> Counter[int]:
    """Whoosh's counts by month, from its groups by day."""
    months: Counter[int] = Counter()
    found = searcher.search(wanted, limit=None, groupedby="date", scored=False)
    for day, rows in found.groups("date").items():
        months[day // 100] += len(rows)
    return months


def as_whoosh(phrase: Phrase) -> Any:
    if len(phrase.terms) == 1:
        return whoosh_query.Term(TEXT, phrase.terms[0])
    return whoosh_query.Phrase(TEXT, list(phrase.terms))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    measure(folder)


def measure(folder: Path) -> None:
    settings = load_settings(folder / "data", {})
    with open_folder(settings.data_dir, read_only=True) as store:
        identity = store.identity()
    engine = WhooshEngine(settings.data_dir / "index" / "whoosh", store=identity)
    ours = engine.generations.current()
    if ours is None:
        sys.exit(f"no index in {folder}: python -m benchmarks.index --keep {folder}")
    same = open_with_whoosh(ours).searcher()
    plain = plain_whoosh.open_plain(folder / "plain").searcher()
    with engine.reader() as reader:
        print("monthly tally (ms)         ours   facets, same index   facets, plain index")
        for word in WORDS:
            phrase = query_phrase(word)
            assert phrase is not None
            wanted = as_whoosh(phrase)

            def tally(phrase: Phrase = phrase) -> Counter[int]:
                cells = reader.tally(phrase, EVERYTHING, every=Every.MONTH, measures=PASSAGES)
                return Counter(
                    {c.start.year * 100 + c.start.month: c.passages for c in cells if c.start}
                )

            if not tally() == facets(same, wanted) == facets(plain, wanted):
                sys.exit(f"{word}: the counts differ")
            _compare(
                word,
                len(phrase.terms),
                milliseconds(tally),
                milliseconds(lambda wanted=wanted: facets(same, wanted)),
                milliseconds(lambda wanted=wanted: facets(plain, wanted)),
                4 if len(phrase.terms) == 1 else 3,
            )
        print("ranked top 10 (ms)         ours   Whoosh, same index   Whoosh, plain index")
        for word in WORDS:
            phrase = query_phrase(word)
            assert phrase is not None
            wanted = as_whoosh(phrase)

            def search(phrase: Phrase = phrase) -> int:
                return reader.search(phrase, EVERYTHING, limit=10).total

            if search() != len(same.search(wanted, limit=None)):
                sys.exit(f"{word}: the totals differ")
            _compare(
                word,
                len(phrase.terms),
                milliseconds(search),
                milliseconds(lambda wanted=wanted: list(same.search(wanted, limit=10))),
                milliseconds(lambda wanted=wanted: list(plain.search(wanted, limit=10))),
                3,
            )
    for word in WORDS:
        ran = run(*KAZAMI, "--data", str(folder / "data"), "search", word)
        print(f"kazami search {word}: {ran.seconds:.2f} s, {ran.megabytes:.0f} MB")


def _compare(word: str, terms: int, ours: float, same: float, plain: float, least: float) -> None:
    print(
        f"{word} ({terms} terms)".ljust(20, "　")
        + f"{ours:8.2f}   {same:8.1f} = {same / ours:5.1f} ×   {plain:8.1f} = {plain / ours:5.1f} ×"
        f"   (wanted ≥ {least:.0f} ×)"
    )


if __name__ == "__main__":
    main()
