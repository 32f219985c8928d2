"""When a printed name, office or seat is the one asked for: said once, for every engine."""

from __future__ import annotations

from collections.abc import Callable

from kazami.fields import Matching, TextField
from kazami.text import fold_name

Test = Callable[[str], bool]
"""Asked of a value that went through ``kazami.text.fold_name``."""


def fits(field: TextField, value: str) -> Test:
    """Whether a folded value of the field is the one asked for, as the field matches."""
    folded = fold_name(value)
    if field.matching is Matching.CONTAINS:
        return lambda printed: folded in printed
    core = folded.strip("*")
    match folded.startswith("*"), folded.endswith("*"):
        case True, True:
            return lambda printed: core in printed
        case True, False:
            return lambda printed: printed.endswith(core)
        case False, True:
            return lambda printed: printed.startswith(core)
        case _:
            return lambda printed: printed == core
