"""Labels that the print breaks over two lines: for want of room, or in the middle of a name."""

from __future__ import annotations

from crawler.reading.candidate_lines import (
    BLANK,
    HEADING,
    SYMBOLS,
    Following,
    is_full,
    line_from,
    next_line,
)
from crawler.reading.label_lines import BREAK, Label, fold
from crawler.reading.labels import read_label
from crawler.reading.spacing import without_space
from crawler.reading.told import Told

_LONGEST = 46
"""Characters from where a label begins to the line's end, if the label goes on in the next."""

_SHORT = 8


def read_over_break(
    text: str, begin: int, line: str, at: int, knows: Told, following: Following
) -> tuple[str, Label | None]:
    """The label at ``at`` of the line from ``begin`` on, and that line: with the next one, where
    the label is broken over both.

    Only where a part of a name or an office stands before the break, or its bracket behind it.
    """
    label = read_label(line, at, knows)
    rest = line[at:]
    start = text.rfind("\n", max(0, begin - 3 * following.width), begin) + 1 or begin
    full = is_full(text[start : begin + len(line)], following)
    if len(rest) > _LONGEST or not (full or len(rest) <= _SHORT):
        return line, label
    if label is not None and _ends_within(label, line, _SHORT if full else 0):
        return line, label
    if label is not None and label.sure and label.office and not full:
        return line, label  # a whole one above the speech
    below_at = next_line(text, begin + len(line))
    after = line_from(text, below_at)
    if not after.strip(BLANK) or after.lstrip(BLANK)[0] in SYMBOLS:
        return line, label
    whole = line + BREAK * (below_at - begin - len(line)) + after
    joined = read_label(whole, at, knows)
    if joined is None or not joined.sure or joined.end <= len(line):
        return line, label
    before = without_space(fold(rest))
    marked = line[:at].strip(BLANK)[-1:] in SYMBOLS
    if not _is_told(joined, knows):
        below = read_label(after, len(after) - len(after.lstrip(BLANK)), knows)
        whole_below = below is not None and below.sure and _is_told(below, knows)
        if whole_below or not marked or HEADING.match(before):
            return line, label  # a heading, and below it a whole label
    if _is_broken(before, after, joined, knows, full):
        return whole, joined
    return line, label


def _is_told(joined: Label, knows: Told) -> bool:
    """Whether the roster, the chair or other lines tell of whom a label names."""
    name, office = (without_space(fold(each or "")) for each in (joined.name, joined.office))
    return name in knows.names or name in knows.people or (not name and office in knows.offices)


def _ends_within(label: Label, line: str, but: int) -> bool:
    """Whether space or a bracket ends the label before the line does, ``but`` for a few letters."""
    end = label.end
    if len(line.rstrip(BLANK)) - end <= (but if label.name is None else 0):
        return False
    return line[end] in BLANK or line[end - 1] in BLANK or fold(line[end - 1]) == ")"


def _is_broken(before: str, after: str, joined: Label, knows: Told, full: bool) -> bool:
    """Whether the break parts a word of the label; in a line that is not full, a name."""
    name, office = (without_space(fold(each or "")) for each in (joined.name, joined.office))
    if not before or fold(after.lstrip(BLANK)[:1]) == "(":
        return True
    if knows.serves(before) and len(before) > 1:  # 議長職務代理, and 者（例示花子君） below
        goes_on = office.startswith(before) and office != before
        return full and goes_on and bool(name and joined.courtesy)
    if not full:
        return name != before and f"{name}{office}".startswith(before) and len(name) > 1
    for whole in (name, office, name + office, office + name):
        if whole.startswith(before) and whole != before:
            return whole == name or knows.serves(office) or (name, office) in knows.pairs
    return False
