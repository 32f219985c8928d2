"""How time grows with what is read: by a ratio, which a slow machine leaves as it is."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

LINEAR = 9.0
"""The most that four times the work may take: linear work takes four times, quadratic sixteen."""


def growth(work: Callable[[int], object], size: int) -> float:
    """The time of ``work(4 * size)`` by that of ``work(size)``, each the best of three."""
    return _seconds(work, 4 * size) / _seconds(work, size)


def _seconds(work: Callable[[int], object], size: int) -> float:
    taken = []
    gc.disable()  # a collection looks at all that other tests left
    try:
        for _ in range(3):
            began = time.process_time()
            work(size)
            taken.append(time.process_time() - began)
    finally:
        gc.enable()
    return max(min(taken), 1e-6)
