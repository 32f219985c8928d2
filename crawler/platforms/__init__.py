"""One module for each kind of website or API; the folder is the registry."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from kazami.errors import KazamiError

NAMES = frozenset(module.name for module in iter_modules(__path__))


class UnknownPlatform(KazamiError):
    """A source names a platform that kazami cannot read."""


def platform(name: str) -> ModuleType:
    """The module that reads ``name``.

    It has ``start(source, wanted) -> Iterator[Follow]``, functions ``parse_…(page, **carry) ->
    Iterator[Answer]``, and ``DELAY``, the seconds between two requests to its host.

    Raises UnknownPlatform naming those that exist.
    """
    if name not in NAMES:
        raise UnknownPlatform(f"no platform {name!r}; there are {', '.join(sorted(NAMES))}")
    return import_module(f"{__name__}.{name}")
