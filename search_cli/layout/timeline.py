"""A timeline as text for reading."""

from __future__ import annotations

from collections.abc import Iterator

from answers.timeline import Event, EventKind, TimelineAnswer
from kazami.document import Kind
from presenting.claim import claim_line, nothing_searched_line
from presenting.safe_text import one_line
from presenting.timeline import EVENTS
from search_cli.layout.show import DOUBTFUL, missing_text
from search_cli.terminal import Style, marked, pad

_INDENT = 22
_WIDEST = 10


def as_text(answer: TimelineAnswer, style: Style) -> str:
    """A block per event under its day, between the sums above and what was searched below."""
    heading = f"{answer.body_name}「{one_line(answer.query)}」  {len(answer.events):,}件"
    lines = [style.strong(heading)]
    counts = [
        f"{word} {count:,}"
        for kind, word in EVENTS.items()
        if (count := sum(event.kind is kind for event in answer.events))
    ]
    if counts:
        lines.append(" · ".join(counts))
    for event in answer.events:
        lines += ["", *_block(event, style)]
    if not answer.events:
        searched = bool(answer.claim.documents)
        lines.append("該当なし" if searched else nothing_searched_line(answer.claim))
    if answer.lost:
        lines += ["", f"{answer.lost:,}件は差し替えられ、表示できません: kazami index"]
    if answer.repeated:
        told = (
            f"同じページを載せたフィードやポータルの {answer.repeated:,}件は、重ねて出していません"
        )
        lines += ["", style.faint(told)]
    return "\n".join([*lines, "", style.faint(claim_line(answer.claim))])


def _block(event: Event, style: Style) -> Iterator[str]:
    day = str(event.day or "日付なし")
    word = EVENTS[event.kind]
    head = f"{pad(day, 10)}  {style.accent(pad(word, _WIDEST))}{one_line(event.title)}"
    yield f"{head}{style.strong('  ← 初出') if event.first else ''}"
    inner = Style(style.colour, style.width and max(20, style.width - _INDENT - 1))
    for line in _lines(event, inner):
        yield f"{' ' * _INDENT}{line}"


def _lines(event: Event, style: Style) -> Iterator[str]:
    who = "  ".join(one_line(each) for each in (event.speaker, event.role) if each)
    more = f"（ほか{event.passages - 1:,}発言）" if event.passages > 1 else ""
    if who or more:
        yield f"{who}{more}"
    if event.snippet:
        yield from marked(event.snippet, event.marks, style)
    if event.closes:
        yield f"締切 {event.closes}"
    elif event.kind in (EventKind.NOTICE, EventKind.CORRECTION):
        yield "締切不明"
    if event.supplier or event.amount:
        amount = f"{event.amount:,}円" if event.amount else ""
        yield "  ".join(part for part in (one_line(event.supplier or ""), amount) if part)
    if gone := missing_text(event.missing, Kind.MINUTES):  # of the others it is not told
        yield style.warning(gone)
    if event.doubtful:
        yield style.warning(DOUBTFUL)
    if event.url:
        yield style.faint(one_line(event.url))
    yield style.faint(f"kazami show '{one_line(event.id)}'")
