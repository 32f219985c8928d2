"""What was not counted, and the command that does."""

from __future__ import annotations

from datetime import date

import pytest

from answers.longer_words import LongerWords
from answers.questions import Filters, Match, Question, Readings
from kazami.document import Kind, Stance
from presenting.longer_words import exact_command, longer_json, longer_lines


def longer(text: str = "バス", **filters: object) -> LongerWords:
    return LongerWords(
        word="バス",
        terms=("ノンステップバス", "シャトル\x1b[31mバス"),
        more=True,
        exact=Question(texts=(text,), match=Match.EXACT, filters=Filters(**filters)),  # type: ignore[arg-type]
    )


def test_two_lines_say_what_is_not_counted_and_how_to_count_it() -> None:
    assert longer_lines([longer()], "search") == [
        "「バス」を含むほかの語は数えていません: ノンステップバス、シャトルバス など",
        "  文字どおりに数えるには: kazami search --match exact バス",
    ]


def test_json_has_the_same() -> None:
    (found,) = longer_json([longer()], "trend", "--every", "month")
    assert found == {
        "word": "バス",
        "terms": ["ノンステップバス", "シャトル\x1b[31mバス"],
        "more": True,
        "exact": "kazami trend --every month --match exact バス",
    }


@pytest.mark.parametrize(
    ("filters", "options"),
    [
        ({"bodies": frozenset({"102032", "011002"})}, "--body 011002 --body 102032"),
        ({"prefectures": frozenset({"10"})}, "--pref 10"),
        ({"kinds": frozenset({Kind.TENDER})}, "--kind tender"),
        (
            {"since": date(2022, 4, 1), "until": date(2023, 3, 31)},
            "--since 2022-04-01 --until 2023-03-31",
        ),
        (
            {"roles": ("*部長", "市長"), "seats": ("８番",)},
            "--role '*部長' --role 市長 --seat ８番",
        ),
        ({"speakers": ("例示 花子",)}, "--speaker '例示 花子'"),
        ({"stances": frozenset({Stance.ANSWER})}, "--stance answer"),
        ({"reading": Readings.SOUND}, "--reading sound"),
    ],
)
def test_the_command_keeps_the_filters(filters: dict[str, object], options: str) -> None:
    command = exact_command(longer(**filters), "search")
    assert command == f"kazami search {options} --match exact バス"


def test_the_command_quotes_what_a_shell_would_take_apart() -> None:
    assert exact_command(longer(text='"Wi-Fi"'), "search").endswith("""--match exact '"Wi-Fi"'""")
    assert exact_command(longer(text="a;b"), "search").endswith("--match exact 'a;b'")
