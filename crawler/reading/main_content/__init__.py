"""The main content of a notice's page: its text without the site's menus, in passages."""

from crawler.reading.main_content.reading import MainContent, main_content

__all__ = ["MainContent", "main_content"]
