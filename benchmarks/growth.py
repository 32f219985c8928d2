"""Time and memory as a collection grows: 桐生市 once, three and ten times.

python -m benchmarks.growth [--times 1 3 10] [--longer] [--part 1.0] [--workers 2]

Each copy is another body's, shifted by years. ``--longer`` adds a city with 3.7 times
the passages and 5 times the bytes. Memory is the proportional set size (PSS) of the process and
all its children, at its highest; Linux only. Every step is also given in relation to the first
collection's.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from benchmarks.corpus import documents, part
from benchmarks.processes import KAZAMI, Ran, proportional, run
from kazami.bodies import load_bodies
from kazami.document import Document, Passage
from kazami.store import open_folder

WORD = "子育て"
LONGER_PASSAGES, LONGER_BYTES = 3.7, 5.0
_MERGE = "from benchmarks.growth import merge_all; import sys; merge_all(sys.argv[1])"


def copy(document: Document, number: int, body: str) -> Document:
    """The document as if another body had published it some years before."""
    year = document.date.year - number
    day = min(document.date.day, 28)
    return replace(
        document,
        body=body,
        key=f"{document.key}/{number}",
        date=document.date.replace(year=year, day=day),
    )


def longer(found: Iterator[Document]) -> Iterator[Document]:
    """As many more passages, and longer ones, as one large city has."""
    stretch = LONGER_BYTES / LONGER_PASSAGES - 1
    whole, rest = divmod(LONGER_PASSAGES, 1)
    copies = int(whole)
    for place, document in enumerate(found):
        texts = cycle([passage.text for passage in document.passages])
        for number in range(copies + (1 if (place * rest) % 1 + rest >= 1 else 0)):
            passages: list[Passage] = []
            owed = 0.0
            for passage in document.passages:
                owed += len(passage.text) * stretch
                text = passage.text
                while owed > 0:
                    more = next(texts)
                    text += "\n" + more
                    owed -= len(more)
                passages.append(replace(passage, text=text))
            yield replace(copy(document, number, document.body), passages=tuple(passages))


def fill(data: Path, source: Path, numbers: range) -> None:
    """Put so many copies into the store."""
    bodies = [body.code for body in load_bodies()]
    with open_folder(data) as store:
        for number in numbers:
            store.put(copy(each, number, bodies[number * 97]) for each in documents(source))


def merge_all(data: str) -> None:
    """Merge all segments of an index into one, in a folder of its own."""
    from indexer.engines.generations import Generations
    from indexer.engines.whoosh.commits import Snapshot
    from indexer.engines.whoosh.merge import merge

    folder = Generations(Path(data) / "index" / "whoosh").current()
    assert folder is not None
    snapshot = Snapshot(folder)
    with tempfile.TemporaryDirectory(dir=data) as scratch:
        merge(Path(scratch), snapshot.segments)
    snapshot.close()


def steps(data: Path, workers: int) -> dict[str, Callable[[], Ran]]:
    def kazami(*arguments: str) -> Ran:
        return run(*KAZAMI, "--data", str(data), *arguments, memory=proportional, every=0.1)

    def index() -> Ran:
        shutil.rmtree(data / "index", ignore_errors=True)
        os.environ["KAZAMI_WORKERS"] = str(workers)
        return kazami("index")

    def merge() -> Ran:
        command = (sys.executable, "-c", _MERGE, str(data))
        return run(*command, memory=proportional, every=0.1)

    return {
        "index": index,
        "merge all into one": merge,
        f"search {WORD}": lambda: kazami("search", WORD),
        f"search --match exact {WORD}": lambda: kazami("search", "--match", "exact", WORD),
        f"trend {WORD}": lambda: kazami("trend", WORD),
    }


def measure(data: Path, name: str, workers: int, first: dict[str, Ran]) -> None:
    for step, work in steps(data, workers).items():
        ran = work()
        base = first.setdefault(step, ran)
        print(
            f"{name:>8}  {step:32}{ran.seconds:8.1f} s ({ran.seconds / base.seconds:5.2f} ×)"
            f"{ran.megabytes:7.0f} MB ({ran.megabytes / base.megabytes:5.2f} ×)",
            flush=True,
        )
    size = sum(file.stat().st_size for file in (data / "index").rglob("*") if file.is_file())
    print(f"{name:>8}  the index has {size / 1e6:,.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--longer", action="store_true")
    parser.add_argument("--part", type=float, default=1.0, help="of the corpus")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    first: dict[str, Ran] = {}
    with tempfile.TemporaryDirectory(prefix="kazami-growth-") as name:
        folder = Path(name)
        source = part(given.part, folder)
        done = 0
        for times in sorted(given.times):
            fill(folder / "copies", source, range(done, times))
            done = times
            measure(folder / "copies", f"{times} ×", given.workers, first)
        if given.longer:
            shutil.rmtree(folder / "copies")
            with open_folder(folder / "longer") as store:
                store.put(longer(documents(source)))
            measure(folder / "longer", "longer", given.workers, first)


if __name__ == "__main__":
    started = time.perf_counter()
    main()
    print(f"{time.perf_counter() - started:.0f} s in all")
