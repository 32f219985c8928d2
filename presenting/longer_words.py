"""Other words that hold one of a query, in words and as JSON, with the command that counts them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from typing import Any

from answers.longer_words import LongerWords
from answers.questions import Filters, Readings
from presenting.safe_text import one_line


def longer_lines(longer: Iterable[LongerWords], command: str, *options: str) -> list[str]:
    """Two lines for each word: what is not counted (ノンステップバス), and the command."""
    lines = []
    for each in longer:
        terms = "、".join(map(one_line, each.terms)) + (" など" if each.more else "")
        lines.append(f"「{one_line(each.word)}」を含むほかの語は数えていません: {terms}")
        lines.append(f"  文字どおりに数えるには: {exact_command(each, command, *options)}")
    return lines


def longer_json(longer: Iterable[LongerWords], command: str, *options: str) -> list[dict[str, Any]]:
    return [
        {
            "word": each.word,
            "terms": list(each.terms),
            "more": each.more,
            "exact": exact_command(each, command, *options),
        }
        for each in longer
    ]


def exact_command(each: LongerWords, command: str, *options: str) -> str:
    """What to type for the exact count under the same filters."""
    words = ["kazami", command, *options, *_options(each.exact.filters)]
    return " ".join(map(_quoted, [*words, "--match", "exact", *each.exact.texts]))


def _options(filters: Filters) -> list[str]:
    values: list[tuple[str, Sequence[object]]] = [
        ("body", sorted(filters.bodies)),
        ("pref", sorted(filters.prefectures)),
        ("kind", sorted(filters.kinds)),
        ("since", [filters.since] if filters.since else []),
        ("until", [filters.until] if filters.until else []),
        *((field.name, asked) for field, asked in filters.texts()),
        ("stance", sorted(filters.stances)),
        ("reading", [filters.reading] if filters.reading is not Readings.ALL else []),
    ]
    return [part for name, some in values for value in some for part in (f"--{name}", str(value))]


def _quoted(word: str) -> str:
    """As a shell takes it; Japanese needs no quotation marks."""
    word = one_line(word)
    return word if re.fullmatch(r"[\w@%+=:,./-]+", word) else shlex.quote(word)
