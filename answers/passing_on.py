"""Passing on: whether the texts of stored documents may be given to others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kazami.errors import KazamiError

if TYPE_CHECKING:
    from kazami.permission import Permission


class PassingOn:
    """Whoever serves texts to others asks this; reading on one's own machine never does.

    What a source published goes by the source (``kazami.permission.may_pass_on``), what was
    imported by its own word. A source that is not registered any more, and a file of permissions
    or sources that cannot be read, are no.
    """

    def __init__(self, data: Path, sources: Path | None = None) -> None:
        """By the permissions in ``data`` and the configured sources, or those in ``sources``."""
        self._data, self._folder = data, sources
        self._permissions: dict[str, Permission] | None = None
        self._known: dict[str, bool] = {}

    def of(self, source: str | None, stated: bool) -> bool:
        """``source`` is the id of the document's source, ``stated`` the word of its import."""
        if source is None:
            return stated
        if source not in self._known:
            self._known[source] = self._says(source)
        return self._known[source]

    def _says(self, id: str) -> bool:
        # What was imported needs neither file, and a search should start fast.
        from kazami.permission import PERMISSIONS, load_permissions, may_pass_on
        from kazami.sources import sources_of

        try:
            if self._permissions is None:
                self._permissions = load_permissions(self._data / PERMISSIONS)
            found = [each for each in sources_of([id[:6]], self._folder) if each.id == id]
        except KazamiError:
            return False
        return any(may_pass_on(source, self._permissions.get(id)) for source in found)
