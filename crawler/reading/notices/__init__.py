"""From a notice's text to its facts: what it is, what it buys, until when which paper is due."""

from crawler.reading.notices.awards import read_award
from crawler.reading.notices.deadlines import closing
from crawler.reading.notices.files import FileText, read_tender_and_files
from crawler.reading.notices.kinds import kind_of_notice
from crawler.reading.notices.naming import sort_of_category, sort_of_procedure
from crawler.reading.notices.planned import read_planned
from crawler.reading.notices.tender import read_tender

__all__ = [
    "FileText",
    "closing",
    "kind_of_notice",
    "read_award",
    "read_planned",
    "read_tender",
    "read_tender_and_files",
    "sort_of_category",
    "sort_of_procedure",
]
