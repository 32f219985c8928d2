"""Pages with holes: read from the files in ``pages/``, byte for byte, and filled in.

Each platform has a folder of whole pages and of pieces that come several times in one (a row, a
link). A hole is ``${name}``. A file ends where the page or the piece ends, with or without a line
end. What goes into a hole is escaped by whoever fills it, as the real site escapes it or does not.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

_PAGES = Path(__file__).with_name("pages")


def filled(file: str, /, **holes: object) -> str:
    """``pages/FILE`` with its holes filled; what stands in ``holes`` beyond those is not used.

    Raises KeyError for a hole without a filling.
    """
    return _template(file).substitute(holes)


@cache
def _template(file: str) -> Template:
    return Template((_PAGES / file).read_bytes().decode("utf-8"))
