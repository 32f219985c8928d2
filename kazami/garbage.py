"""How often Python looks for garbage, which few of our objects ever become."""

from __future__ import annotations

import gc


def look_less_for_garbage() -> None:
    """For the rest of the process: what imports made lives to its end.

    Looking through all of it again and again costs a search a twelfth of its time, a crawl, which
    has imported Scrapy, a tenth, and a worker that tokenizes a fortieth.
    """
    gc.set_threshold(50_000, 20, 50)
