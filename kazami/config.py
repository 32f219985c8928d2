"""Where the shipped data (bodies, sources, defaults) lies."""

from __future__ import annotations

import os
from pathlib import Path

from kazami.errors import KazamiError

_PACKAGE = Path(__file__).resolve().parent


class ConfigError(KazamiError):
    """The shipped data is missing or damaged."""


def config_dir() -> Path:
    """The folder of the shipped data.

    ``$KAZAMI_CONFIG``, else ``_config`` beside this file (an installed wheel), else ``config`` of
    the checkout. Raises ConfigError where none of them is a folder.
    """
    named = os.environ.get("KAZAMI_CONFIG")
    if named:
        if not Path(named).is_dir():
            raise ConfigError(f"KAZAMI_CONFIG names {named}, which is no folder")
        return Path(named)
    for candidate in (_PACKAGE / "_config", _PACKAGE.parent / "config"):
        if candidate.is_dir():
            return candidate
    raise ConfigError(f"no config folder beside {_PACKAGE}; install kazami again")
