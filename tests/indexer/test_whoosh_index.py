"""The index files: Whoosh reads them too, and damage is told in one line."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from whoosh import query as whoosh_query

from indexer.engines.base import EngineError
from indexer.engines.whoosh.codec import TEXT
from indexer.engines.whoosh.files import open_with_whoosh
from indexer.engines.whoosh.reader import WhooshReader
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.query import Filters, Phrase
from kazami.periods import Every
from tests.contract.corpus import document

EVERYTHING = Filters()
WORDS = ["防災", "人口", "減少", "指定", "管理", "者", "市長", "答弁", "予算", "学校"]


def split(text: str) -> list[str]:
    return text.split()


def made(folder: Path, documents: int = 12, batch: int = 300) -> None:
    rng = random.Random(7)
    writer = WhooshWriter(folder, workers=1, batch=batch, terms=split)
    writer.put(
        document(
            str(number),
            *(" ".join(rng.choices(WORDS, k=rng.randrange(1, 30))) for _ in range(9)),
            day=f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}",
        )
        for number in range(documents)
    )
    writer.commit(documents)
    writer.close()


@pytest.mark.parametrize(
    "terms", [("防災",), ("人口", "減少"), ("指定", "管理", "者"), ("防災", "防災")]
)
def test_whoosh_finds_and_groups_the_same_in_our_index(tmp_path: Path, terms: tuple[str, ...]):
    made(tmp_path)
    wanted = (
        whoosh_query.Phrase(TEXT, list(terms))
        if len(terms) > 1
        else whoosh_query.Term(TEXT, terms[0])
    )
    with open_with_whoosh(tmp_path).searcher() as searcher:
        found = searcher.search(wanted, limit=None, groupedby="date")
        days = {day: len(rows) for day, rows in found.groups("date").items()}
    months: dict[str, int] = {}
    for day, count in days.items():
        months[f"{day // 100}"] = months.get(f"{day // 100}", 0) + count
    with WhooshReader(tmp_path) as reader:
        cells = reader.tally(Phrase(terms), EVERYTHING, every=Every.MONTH)
    assert {f"{cell.start:%Y%m}": cell.passages for cell in cells if cell.start} == months


def test_whoosh_reads_lengths_and_positions(tmp_path: Path):
    writer = WhooshWriter(tmp_path, workers=1, terms=split)
    writer.put([document("a", "市長 防災 市長", "防災")])
    writer.commit(1)
    writer.close()
    with open_with_whoosh(tmp_path).reader() as reader:
        matcher = reader.postings(TEXT, "市長")
        assert matcher.value_as("positions") == [0, 2]
        assert [reader.doc_field_length(number, TEXT) for number in (0, 1)] == [3, 1]
        assert reader.field_length(TEXT) == 4


def test_a_search_needs_neither_the_crawler_nor_all_of_the_index(tmp_path: Path):
    made(tmp_path)
    code = (
        "import sys; from pathlib import Path\n"
        "from indexer.engines.whoosh.reader import WhooshReader\n"
        f"WhooshReader(Path({str(tmp_path)!r}))\n"
        "print([name for name in ('scrapy', 'sudachipy', 'sqlalchemy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_where_nothing_was_indexed_the_reader_says_what_to_do(tmp_path: Path):
    with pytest.raises(EngineError, match="run kazami index"):
        WhooshReader(tmp_path)


@pytest.mark.parametrize("suffix", [".seg", ".toc"])
@pytest.mark.parametrize("left", [0.0, 0.3, 0.999])
def test_a_file_that_was_cut_off_is_told_in_one_line(tmp_path: Path, suffix: str, left: float):
    made(tmp_path)
    [file, *_] = [path for path in tmp_path.iterdir() if path.suffix == suffix]
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * left)])
    with pytest.raises(EngineError, match=r"damaged.*--rebuild") as refused:
        WhooshReader(tmp_path)
    assert "\n" not in str(refused.value)


def test_a_missing_segment_is_told_in_one_line(tmp_path: Path):
    made(tmp_path)
    next(path for path in tmp_path.iterdir() if path.suffix == ".seg").unlink()
    with pytest.raises(EngineError, match=r"damaged.*--rebuild"):
        WhooshReader(tmp_path)


def test_rubbish_instead_of_the_table_of_contents_is_told_in_one_line(tmp_path: Path):
    made(tmp_path)
    next(path for path in tmp_path.iterdir() if path.suffix == ".toc").write_bytes(b"rubbish" * 40)
    with pytest.raises(EngineError, match=r"damaged.*--rebuild"):
        WhooshReader(tmp_path)
