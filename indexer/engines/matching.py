"""When a name or an office is the one asked for: said once, for every engine."""

from __future__ import annotations

from collections.abc import Callable

from kazami.text import fold_name

Test = Callable[[str], bool]
"""Asked of a value that went through ``kazami.text.fold_name``."""


def speaker_test(value: str) -> Test:
    """Whether a folded name contains the value."""
    folded = fold_name(value)
    return lambda name: folded in name


def role_test(value: str) -> Test:
    """Whether a folded role is the value, or what stands beside the ``*`` begins or ends it."""
    folded = fold_name(value)
    core = folded.strip("*")
    match folded.startswith("*"), folded.endswith("*"):
        case True, True:
            return lambda role: core in role
        case True, False:
            return lambda role: role.endswith(core)
        case False, True:
            return lambda role: role.startswith(core)
        case _:
            return lambda role: role == core
