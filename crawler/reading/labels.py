"""A speaker's label at the beginning of a line: whose, in which office, where the words begin.

Forms: docs/reading.md.
"""

from __future__ import annotations

from collections.abc import Callable

from crawler.reading.bracketed_labels import bracketed
from crawler.reading.label_lines import Label, squeeze
from crawler.reading.plain_labels import plain, run_into


def read_label(
    line: str, begin: int = 0, knows: Callable[[str], bool] = lambda name: False
) -> Label | None:
    """The label that begins at ``begin`` in ``line``, with or without brackets; None without one.

    ``knows`` says of a name whether it is a speaker's elsewhere in the sitting or in its roster.
    """
    squeezed = squeeze(line, begin)
    if not squeezed.text:
        return None
    return bracketed(squeezed, knows) or plain(squeezed, knows) or run_into(squeezed, knows)
