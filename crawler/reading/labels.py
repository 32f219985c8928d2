"""A speaker's label at the beginning of a line: whose, in which office, where the words begin.

Forms: docs/reading.md.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.reading.bracketed_labels import bracketed
from crawler.reading.label_lines import CLOSE, OPEN, Label, SqueezedLine, squeeze
from crawler.reading.plain_labels import plain, run_into, told_name_and_office
from crawler.reading.told import NOBODY, Told

_SHORT = 20
"""Whole lines so short are often printed again: 質疑, 休憩."""

_OPEN, _BRACKETS = re.escape(OPEN), re.escape(OPEN + CLOSE)

_ALIKE = re.compile(
    rf"[^{_BRACKETS}\n]{{0,24}}[{_OPEN}][^{_BRACKETS}\n]{{1,24}}[{re.escape(CLOSE)}]"
    rf"[ \u3000]+(?=[^ \u3000{_OPEN}:：])"
)
"""A beginning with a bracket and a gap behind it: what follows makes no difference to its label."""


def read_label(line: str, begin: int = 0, knows: Told = NOBODY) -> Label | None:
    """The label that begins at ``begin`` in ``line``, with or without brackets; None without one.

    ``knows`` is what the sitting tells of its people.
    """
    if knows is NOBODY:
        return _read(squeeze(line, begin), knows)
    if len(line) - begin <= _SHORT:
        printed, end = line[begin:], len(line)
    else:
        alike = _ALIKE.match(line, begin)
        if alike is None:
            return _read(squeeze(line, begin), knows)
        printed, end = alike[0], alike.end()
    if printed in knows.labels:
        known = knows.labels[printed]
        return known and replace(known, end=begin + known.end)
    label = _read(squeeze(line, begin), knows)
    if end == len(line) or (label is not None and label.end == end and label.sure):
        knows.labels[printed] = label and replace(label, end=label.end - begin)
    return label


def _read(squeezed: SqueezedLine, knows: Told) -> Label | None:
    if not squeezed.text:
        return None
    return (
        bracketed(squeezed, knows)
        or told_name_and_office(squeezed, knows)
        or plain(squeezed, knows)
        or run_into(squeezed, knows)
    )
