"""Columns of a table, for CSV and JSON alike: said once, with the type of what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Code(str):
    """A code of digits, which is no number: in CSV it keeps its 0 in front."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its name, the type of its values (any may be None), and the value of a row."""

    name: str
    type: type
    value: Callable[[Row], object]


def names_of(columns: Sequence[Column[Row]]) -> list[str]:
    """The header."""
    return [column.name for column in columns]


def values_of(columns: Sequence[Column[Row]], row: Row) -> list[object]:
    """The cells of one row."""
    return [column.value(row) for column in columns]
