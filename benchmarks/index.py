"""Import and index 桐生市, against SudachiPy alone and Whoosh's own writer alone.

python -m benchmarks.index [--part 0.1] [--keep FOLDER]

--keep leaves the data directory and the plain index for ``benchmarks.query``.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from sys import intern

from benchmarks import plain_whoosh
from benchmarks.corpus import documents, part
from benchmarks.processes import KAZAMI, run
from indexer.tokens import terms
from kazami.document import Document

RATIO, MEGABYTES = 0.65, 1500


def sudachi_alone(texts: list[str]) -> float:
    """Seconds that SudachiPy needs for the normalised forms, in this process."""
    from sudachipy import Dictionary, SplitMode

    tokenizer = Dictionary().tokenizer(mode=SplitMode.A)
    started = time.perf_counter()
    for text in texts:
        for at in range(0, len(text), 12_000):
            [morpheme.normalized_form() for morpheme in tokenizer.tokenize(text[at : at + 12_000])]
    return time.perf_counter() - started


def whoosh_alone(folder: Path, found: list[Document]) -> tuple[float, int]:
    """Seconds that Whoosh's own writer needs in this process, and how many tokens it got."""
    tokens = [
        [intern(term) for term in terms(passage.text)]
        for document in found
        for passage in document.passages
    ]
    started = time.perf_counter()
    plain_whoosh.write(folder, found, tokens)
    return time.perf_counter() - started, sum(map(len, tokens))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", type=float, default=1.0)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="kazami-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        measure(folder, given.part)
    finally:
        if not given.keep:
            shutil.rmtree(folder)


def measure(folder: Path, fraction: float) -> None:
    source = part(fraction, folder)
    data = str(folder / "data")
    imported = run(*KAZAMI, "--data", data, "import", str(source))
    indexed = run(*KAZAMI, "--data", data, "index")
    ours = imported.seconds + indexed.seconds
    print(f"kazami import {imported.seconds:7.1f} s  {imported.megabytes:6.0f} MB")
    print(f"kazami index  {indexed.seconds:7.1f} s  {indexed.megabytes:6.0f} MB")

    found = list(documents(source))
    texts = [passage.text for document in found for passage in document.passages]
    sudachi = sudachi_alone(texts)
    print(f"SudachiPy     {sudachi:7.1f} s  {sum(map(len, texts)) / sudachi:,.0f} characters/s")
    plain, tokens = whoosh_alone(folder / "plain", found)
    print(f"Whoosh writer {plain:7.1f} s  {tokens / plain:,.0f} tokens/s")

    ratio = ours / (sudachi + plain)
    print(f"import + index: {ratio:.2f} of SudachiPy alone + Whoosh alone (wanted ≤ {RATIO})")
    print(f"peak memory of index: {indexed.megabytes:.0f} MB (wanted ≤ {MEGABYTES})")
    for name in ("data/index", "plain"):
        size = sum(file.stat().st_size for file in (folder / name).rglob("*") if file.is_file())
        print(f"{name}: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
