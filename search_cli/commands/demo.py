"""``kazami demo``: everything tried on invented towns."""

from __future__ import annotations

from search_cli.demo import command

__all__ = ["command"]
