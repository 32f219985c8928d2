"""Whether a page came whole: one that was cut off looks like any other until its end."""

from __future__ import annotations

from crawler.page import Page, PageChanged, refuse


def check_ended(page: Page, encoding: str) -> None:
    """Refuse what is no page (Blocked), and HTML whose end is missing (PageChanged)."""
    refuse(page)
    if not page.body.rstrip().lower().endswith(b"</html>"):
        raise PageChanged(page.url, "a whole page", page.excerpt(encoding))
