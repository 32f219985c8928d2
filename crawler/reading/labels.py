"""A speaker's label at the beginning of a line: whose, in which office, where the words begin.

Forms: docs/reading.md.
"""

from __future__ import annotations

from crawler.reading.bracketed_labels import bracketed
from crawler.reading.label_lines import Label, squeeze
from crawler.reading.plain_labels import plain, run_into, told_name_and_office
from crawler.reading.told import NOBODY, Told


def read_label(line: str, begin: int = 0, knows: Told = NOBODY) -> Label | None:
    """The label that begins at ``begin`` in ``line``, with or without brackets; None without one.

    ``knows`` is what the sitting tells of its people.
    """
    squeezed = squeeze(line, begin)
    if not squeezed.text:
        return None
    return (
        bracketed(squeezed, knows)
        or told_name_and_office(squeezed, knows)
        or plain(squeezed, knows)
        or run_into(squeezed, knows)
    )
