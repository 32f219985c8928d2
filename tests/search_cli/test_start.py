"""What a command imports: a question needs neither the crawler nor what it does not show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_RUN = """
import sys
from search_cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as error:
    assert not error.code, error.code
finally:
    print(*sys.modules, file=sys.stderr)
"""

NEVER = (
    *("sqlalchemy.orm", "sqlalchemy.ext", "psycopg", "numpy.ma", "numpy.testing", "numpy.random"),
    *("scrapy", "twisted", "lxml", "bs4", "pypdfium2", "matplotlib", "filelock", "platformdirs"),
    *("kazami.sources", "kazami.permission", "kazami.facts", "crawler.platforms", "replay"),
    *("indexer.build", "indexer.engines.whoosh.writer", "indexer.engines.whoosh.merge"),
    *("multiprocessing", "concurrent.futures.process"),
)


@pytest.mark.parametrize(
    ("arguments", "also"),
    [
        (("search", "リスキリング"), ("presenting.trend", "presenting.chart")),
        (("search", "リスキリング", "--format", "md"), ("presenting.trend",)),
        (("search", "リスキリング", "--match", "exact"), ("presenting.trend",)),
        (("trend", "リスキリング"), ("indexer.highlight", "answers.search")),
        (("show", "kensakusystem:R040301A"), ("numpy", "whoosh", "sudachipy")),
    ],
)
def test_a_question_imports_no_more_than_it_needs(
    indexed: Path, arguments: tuple[str, ...], also: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "--data", str(indexed), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"KAZAMI_SETTINGS": "/dev/null", "PATH": "/usr/bin:/bin"},
    )
    modules = done.stderr.split()
    assert "search_cli.main" in modules
    unwanted = (*NEVER, *also)
    assert [
        m for m in modules if m in unwanted or m.startswith(tuple(f"{u}." for u in unwanted))
    ] == []


def test_status_reads_the_index_without_its_dictionary(indexed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "--data", str(indexed), "status"],
        capture_output=True,
        text=True,
        check=True,
        env={"KAZAMI_SETTINGS": "/dev/null", "PATH": "/usr/bin:/bin"},
    )
    modules = done.stderr.split()
    unwanted = ("sqlalchemy.orm", "numpy.ma", "scrapy", "twisted", "lxml", "bs4", "filelock")
    assert [m for m in modules if m in unwanted] == []
