from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from kazami.garbage import look_less_for_garbage

_RUN = """
import atexit, gc, tempfile
from kazami.garbage import look_less_for_garbage
class Alive:
    def __init__(self): self.circle = self
    def __del__(self): print("taken apart")
left = Alive()
look_less_for_garbage()
left_folder = tempfile.TemporaryDirectory()
atexit.register(print, "registered")
passing = Alive()
del passing
gc.collect()
print(left_folder.name)
"""


def test_at_its_end_a_process_is_not_taken_apart_but_ends_what_has_an_end() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _RUN], capture_output=True, text=True, check=True
    )
    garbage, folder, last = done.stdout.splitlines()
    assert garbage == "taken apart", "before the end, garbage is still collected"
    assert last == "registered"
    assert not Path(folder).exists()


def test_nothing_is_kept_before_the_end() -> None:
    frozen = gc.get_freeze_count()
    look_less_for_garbage()
    assert gc.get_freeze_count() == frozen
