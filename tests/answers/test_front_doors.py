"""The front doors of crawler and indexer: there by name, and nothing heavy behind the import."""

from __future__ import annotations

import subprocess
import sys
from types import FunctionType, ModuleType

import pytest

import crawler
import indexer

HEAVY = {"scrapy", "twisted", "bs4", "lxml", "whoosh", "sudachipy", "sqlalchemy", "numpy", "rich"}


@pytest.mark.parametrize("package", [crawler, indexer], ids=lambda package: package.__name__)
def test_every_front_door_opens(package: ModuleType) -> None:
    names = package.__all__
    assert names == sorted(names)
    for name in names:
        door = getattr(package, name)
        assert door is not None
        if isinstance(door, type | FunctionType):  # Event is a union of classes
            assert door.__name__ == name


@pytest.mark.parametrize("package", [crawler, indexer], ids=lambda package: package.__name__)
def test_a_door_that_is_not_there_is_said(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match="no attribute 'crwal'"):
        _ = package.crwal


def test_importing_the_packages_loads_nothing_heavy() -> None:
    code = "import sys, crawler, indexer; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())
