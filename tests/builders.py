"""What tests of several rooms build with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.page import Parse
from crawler.platform import platform
from kazami.document import Document
from kazami.facts import facts_to_json
from kazami.fields import TEXT_FIELDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "tests" / "pages"
"""Saved pages: a folder for every platform, in it one for every case."""


def parser_of(name: str, parser: str) -> Parse:
    """A platform's parser by its name, as saved cases give it."""
    found = platform(name).parser(parser)
    assert found is not None, f"{name} has no {parser}"
    return found


def saved(case: str) -> bytes:
    """The page of a case, such as ``domino/view``."""
    return (PAGES / case / "page.bin").read_bytes()


def document_to_json(document: Document) -> dict[str, Any]:
    """The line of docs/import-format.md for a document; fields that are absent are left out."""
    whole: dict[str, Any] = {
        "body": document.body,
        "kind": document.kind.value,
        "platform": document.platform,
        "key": document.key,
        "title": document.title,
        "date": None if document.date is None else document.date.isoformat(),
        "fetched": document.fetched.isoformat(),
        "url": document.url,
        "front_matter": document.front_matter or None,
        "facts": None if document.facts is None else facts_to_json(document.facts),
        "pass_on": document.pass_on or None,
        "passages": [
            _present(
                {
                    "key": passage.key,
                    "order": passage.order,
                    **{name: field.of(passage) for name, field in TEXT_FIELDS.items()},
                    "stance": None if passage.stance is None else passage.stance.value,
                    "page": passage.page,
                    "url": passage.url,
                    "text": passage.text,
                    "part": passage.part,
                }
            )
            for passage in document.passages
        ],
    }
    return _present(whole)


def _present(value: dict[str, Any]) -> dict[str, Any]:
    return {name: each for name, each in value.items() if each is not None}
