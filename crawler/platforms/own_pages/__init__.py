"""A body's own pages: lists of years and sessions that lead to HTML, to PDFs, or to a folder."""

from crawler.platforms.own_pages.html import PLATFORM as HTML
from crawler.platforms.own_pages.pdf import PLATFORM as PDF
from crawler.platforms.own_pages.static_dir import PLATFORM as STATIC_DIR

__all__ = ["HTML", "PDF", "STATIC_DIR"]
