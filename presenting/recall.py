"""What is here of a list and why not the rest, for other programs, and the words for causes."""

from __future__ import annotations

from datetime import date

from answers.recall import Cause, RecallAnswer, Recalled
from presenting.columns import Code, Column, names_of, values_of
from presenting.export import to_csv, to_json
from presenting.safe_text import one_line
from presenting.schema import VERSION

CAUSES = {
    Cause.UNKNOWN_BODY: "団体名が分かりません",
    Cause.NOT_CRAWLED: "この団体は集めていません",
    Cause.NO_PERMISSION: "許可がなく集められません",
    Cause.OUTSIDE_PERIOD: "集めた期間の外です",
    Cause.NO_TEXT: "本文を読めない文書（画像のPDFなど）に含まれるかもしれません",
    Cause.UNKNOWN_WORDS: "集めたどの文書にもないことばがあります",
    Cause.NOT_FOUND: "集めた中に見当たりません",
}


def cause_text(line: Recalled) -> str:
    """The cause with what it was seen from."""
    assert line.cause is not None  # it was missed
    told = CAUSES[line.cause]
    match line.cause:
        case Cause.UNKNOWN_BODY:
            return f"{told}: {one_line(line.known.named or '')}"
        case Cause.OUTSIDE_PERIOD:
            return f"{told}: {line.first}〜{line.last}"
        case Cause.UNKNOWN_WORDS:
            return f"{told}: {'、'.join(map(one_line, line.words))}"
        case Cause.NO_TEXT:
            more = f" ほか{len(line.textless) - 1:,}件" if len(line.textless) > 1 else ""
            return f"{told}: {one_line(line.textless[0])}{more}"
        case _:
            return told


_COLUMNS: tuple[Column[Recalled], ...] = (
    Column("line", int, lambda each: each.known.line),
    Column("asked", str, lambda each: each.known.title),
    Column("asked_body", Code, lambda each: Code(each.known.body or each.known.named or "")),
    Column("asked_day", date, lambda each: each.known.day),
    Column("found", bool, lambda each: each.document is not None),
    Column("document", str, lambda each: each.document),
    Column("passage", str, lambda each: each.passage),
    Column("title", str, lambda each: each.title),
    Column("date", date, lambda each: each.day),
    Column("url", str, lambda each: each.url),
    Column("others", int, lambda each: each.others),
    Column("cause", str, lambda each: each.cause and each.cause.value),
    Column("reason", str, lambda each: cause_text(each) if each.cause else None),
)
"""Of a row per line of the list, in CSV and JSON."""


def as_json(answer: RecallAnswer) -> str:
    """Every line of the list in its order."""
    return to_json(
        {
            "schema": VERSION,
            "asked": len(answer.lines),
            "found": answer.found,
            "causes": {cause.value: count for cause, count in sorted(answer.causes.items())},
            "kinds": sorted(answer.kinds),
            "indexed": answer.indexed,
            "lines": [_as_dict(line) for line in answer.lines],
        }
    )


def _as_dict(line: Recalled) -> dict[str, object]:
    values = dict(zip(names_of(_COLUMNS), values_of(_COLUMNS, line), strict=True))
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def as_csv(answer: RecallAnswer) -> str:
    """A row per line of the list, with the keys of the JSON form as header."""
    return to_csv(names_of(_COLUMNS), (values_of(_COLUMNS, line) for line in answer.lines))
