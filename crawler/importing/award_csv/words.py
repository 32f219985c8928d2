"""The words that tables of awards use, from config/award_tables.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kazami.config import ConfigError, config_dir
from kazami.text import fold_name
from kazami.toml_tables import read_toml, table_at

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")


class AwardColumn(StrEnum):
    """What a column of a table of awards holds."""

    NUMBER = "number"
    TITLE = "title"
    DAY = "day"
    AMOUNT = "amount"
    ESTIMATE = "estimate"
    SUPPLIER = "supplier"
    CORPORATE_NUMBER = "corporate_number"
    CATEGORY = "category"
    PROCEDURE = "procedure"
    BODY_CODE = "body_code"
    BODY = "body"
    PREFECTURE = "prefecture"
    ORGANISATION = "organisation"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class AwardWords:
    """``columns``: a folded name → its column and how far behind in the list it stands."""

    columns: Mapping[str, tuple[AwardColumn, int]]
    failed: frozenset[str]
    cancelled: frozenset[str]
    not_stated: frozenset[str]
    bodies: Mapping[str, str]
    methods: Mapping[str, str]


@cache
def award_words() -> AwardWords:
    """The words of the shipped file; raises ConfigError where it is damaged."""
    file = config_dir() / "award_tables.toml"
    read = read_toml(file)
    portal = table_at(read.get("portal"), f"{file}: portal")
    columns: dict[str, tuple[AwardColumn, int]] = {}
    for name, words in table_at(read.get("columns"), f"{file}: columns").items():
        for place, word in enumerate(_list(words, f"{file}: columns.{name}")):
            column = (AwardColumn(name), place)
            if columns.setdefault(fold_name(word), column) != column:
                raise ConfigError(f"{file}: {word} stands there twice")
    outcomes = table_at(read.get("outcomes"), f"{file}: outcomes")

    def folded(name: str) -> frozenset[str]:
        return frozenset(map(fold_name, _list(outcomes.get(name), f"{file}: outcomes.{name}")))

    return AwardWords(
        columns=columns,
        failed=folded("failed"),
        cancelled=folded("cancelled"),
        not_stated=folded("not_stated"),
        bodies=_names(portal.get("bodies"), f"{file}: portal.bodies"),
        methods=_names(portal.get("methods"), f"{file}: portal.methods"),
    )


def column_of(header: str) -> tuple[AwardColumn, int] | None:
    """The column that a printed name means, with how well: 0 is best."""
    folded = fold_name(header)
    known = award_words().columns
    return known.get(folded) or known.get(_BRACKETS.sub("", folded))


def _list(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ConfigError(f"{where}: a list of texts is needed")
    return value


def _names(value: object, where: str) -> dict[str, str]:
    return {key: str(name) for key, name in table_at(value, where).items()}
