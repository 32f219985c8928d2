"""What is here of a list, as text for reading."""

from __future__ import annotations

from collections.abc import Iterator

from answers.recall import RecallAnswer, Recalled
from presenting.labels import KINDS
from presenting.recall import CAUSES, cause_text
from presenting.safe_text import one_line
from search_cli.terminal import Style


def as_text(answer: RecallAnswer, style: Style) -> str:
    """The sums, then what is missed with its cause, then what is found with its link."""
    asked, found = len(answer.lines), answer.found
    lines = [style.strong(f"{asked:,}件のうち{found:,}件があります（{found / asked:.0%}）")]
    lines += [f"  {count:,}件  {CAUSES[cause]}" for cause, count in answer.causes.most_common()]
    missed = [line for line in answer.lines if line.cause is not None]
    if missed:
        lines += ["", style.strong("ないもの")]
        lines += [text for line in missed for text in _missed(line, style)]
    there = [line for line in answer.lines if line.cause is None]
    if there:
        lines += ["", style.strong("あるもの")]
        lines += [text for line in there for text in _found(line, style)]
    kinds = "、".join(KINDS[kind] for kind in sorted(answer.kinds, key=list(KINDS).index))
    texts = "題名と本文" if answer.indexed else "題名だけ（本文は kazami index の後に）"
    lines += ["", style.faint(f"照合した種類: {kinds} · {texts}")]
    return "\n".join(lines)


def _missed(line: Recalled, style: Style) -> Iterator[str]:
    yield f"{line.known.line:>4}  {one_line(line.known.title)}"
    yield f"      {style.warning(cause_text(line))}"


def _found(line: Recalled, style: Style) -> Iterator[str]:
    yield f"{line.known.line:>4}  {one_line(line.known.title)}"
    if line.passage is not None:
        yield "      本文にあります"
    elif line.title and one_line(line.title) != one_line(line.known.title):
        yield f"      → {one_line(line.title)}"
    if line.others:
        yield f"      ほかに{line.others:,}件も当てはまります"
    if line.url:
        yield f"      {style.faint(one_line(line.url))}"
    show = f"kazami show '{one_line(line.passage or line.document or '')}'"
    yield f"      {style.faint(show)}"
