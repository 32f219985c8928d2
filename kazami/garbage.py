"""How often Python looks for garbage, which few of our objects ever become."""

from __future__ import annotations

import atexit
import gc


def look_less_for_garbage() -> None:
    """For the rest of the process: what imports made lives to its end, and ends with it.

    Looking through all of it again and again costs a search a twelfth of its time, a crawl, which
    has imported Scrapy, a tenth, and a worker that tokenizes a fortieth. Taking it apart at the
    very end, object by object, would cost a search another eighth, for memory that the system
    takes back at once; what was registered with ``atexit`` is done all the same.
    """
    gc.set_threshold(50_000, 20, 50)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
