"""What sources of notices declare beside their address."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kazami.sources import Source


def declared_hosts(source: Source) -> tuple[str, ...]:
    """The further hosts that pages and files of the source may lie on."""
    hosts = source.options.get("hosts", ())
    return hosts if isinstance(hosts, tuple) else ()


def check_hosts(options: Mapping[str, object]) -> list[str]:
    """One line for each mistake, where ``hosts`` is all that may be said."""
    unknown = [f"unknown option {name!r}" for name in options if name != "hosts"]
    return unknown + wrong_hosts(options.get("hosts", ()))


def wrong_hosts(hosts: object) -> list[str]:
    """One line for each that is no host's name."""
    if not isinstance(hosts, list | tuple) or not all(isinstance(each, str) for each in hosts):
        return ["hosts must be a list of texts"]
    wrong = [each for each in hosts if not re.fullmatch(r"[a-z0-9.-]+", each)]
    return [f"hosts: {each!r} is no host's name" for each in wrong]
