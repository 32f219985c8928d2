"""The words of notices, from ``config/notices.toml``, which says what each list is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kazami.config import config_dir
from kazami.toml_tables import SourceError, only_keys, read_toml, table_at, text_at

_LISTS = ("due", "due_with_paper", "events", "unstated", "another_day", "after_office", "changes")
_LISTS_TOO = ("before_change", "after_change", "procedure_prefixes")
_PAIRS = ("procedures", "categories")
_TABLES = ("papers", "others", "labels")


@dataclass(frozen=True)
class Vocabulary:
    """``meanings``: a word and the paper it names, or ``-`` and the class of another day.

    ``labels``: a printed label and the fact it is of. ``closing``: papers, those of the first set
    that has a deadline closing the tender.
    """

    due: tuple[str, ...]
    due_with_paper: tuple[str, ...]
    any_paper: str
    events: frozenset[str]
    closing: tuple[frozenset[str], ...]
    unstated: tuple[str, ...]
    another_day: tuple[str, ...]
    after_office: tuple[str, ...]
    changes: tuple[str, ...]
    before_change: tuple[str, ...]
    after_change: tuple[str, ...]
    procedures: tuple[tuple[str, str], ...]
    procedure_prefixes: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    meanings: dict[str, str]
    alone: dict[str, str]
    labels: dict[str, str]

    @property
    def all_due(self) -> tuple[str, ...]:
        """What makes a label a deadline's where a paper is named."""
        return (*self.due, *self.due_with_paper)

    @property
    def procedure_words(self) -> tuple[str, ...]:
        """What procedures are called, without the sorts they are of."""
        return tuple(word for word, _ in self.procedures)


@cache
def vocabulary() -> Vocabulary:
    """The shipped words; raises SourceError naming the list that is missing or no list of words."""
    file = config_dir() / "notices.toml"
    read = read_toml(file)
    where = file.name
    only_keys(
        read, (*_LISTS, *_LISTS_TOO, *_PAIRS, *_TABLES, "any_paper", "closing", "alone"), where
    )
    lists = {key: _texts(read.get(key), f"{where}.{key}") for key in (*_LISTS, *_LISTS_TOO)}
    tables = {
        name: {
            key: _texts(words, f"{where}.{name}.{key}")
            for key, words in table_at(read.get(name), f"{where}.{name}").items()
        }
        for name in _TABLES
    }
    alone = table_at(read.get("alone"), f"{where}.alone")
    any_paper = read.get("any_paper")
    if not isinstance(any_paper, str):
        raise SourceError(f"{where}.any_paper: a text is needed, not {any_paper!r}")
    meanings = {word: f"-{name}" for name, words in tables["others"].items() for word in words}
    meanings |= {word: paper for paper, words in tables["papers"].items() for word in words}
    return Vocabulary(
        due=lists["due"],
        due_with_paper=lists["due_with_paper"],
        any_paper=any_paper,
        events=frozenset(lists["events"]),
        closing=tuple(
            frozenset(each) for each in _rows(read.get("closing"), f"{where}.closing", None)
        ),
        unstated=lists["unstated"],
        another_day=lists["another_day"],
        after_office=lists["after_office"],
        changes=lists["changes"],
        before_change=lists["before_change"],
        after_change=lists["after_change"],
        procedures=_pairs(read.get("procedures"), f"{where}.procedures"),
        procedure_prefixes=lists["procedure_prefixes"],
        categories=_pairs(read.get("categories"), f"{where}.categories"),
        meanings=meanings,
        alone={word: text_at(alone, word, f"{where}.alone") for word in alone},
        labels={word: name for name, words in tables["labels"].items() for word in words},
    )


def loose(word: str) -> str:
    """The pattern of a word with white space allowed between its characters."""
    return r"\s?".join(re.escape(character) for character in word)


def alternatives(words: Iterable[str]) -> str:
    """The pattern of any of the words, the longest that matches."""
    return "|".join(loose(word) for word in sorted(words, key=len, reverse=True))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Any word of the list ``name`` of the vocabulary."""
    return re.compile(alternatives(getattr(vocabulary(), name)))


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise SourceError(f"{where}: a list of words is needed, not {value!r}")
    return tuple(value)


def _rows(value: object, where: str, length: int | None) -> list[tuple[str, ...]]:
    if not isinstance(value, list):
        raise SourceError(f"{where}: a list of lists is needed, not {value!r}")
    rows = [_texts(each, where) for each in value]
    for each in rows:
        if length is not None and len(each) != length:
            raise SourceError(f"{where}: {length} words are needed, not {each!r}")
    return rows


def _pairs(value: object, where: str) -> tuple[tuple[str, str], ...]:
    return tuple((each[0], each[1]) for each in _rows(value, where, 2))
