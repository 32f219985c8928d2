"""The baseline: an index that Whoosh's own writer makes of the same tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index

from indexer.engines import whoosh_index  # noqa: F401 - silences Whoosh's warnings on import
from kazami.document import Document


class Made(analysis.Tokenizer):  # type: ignore[misc]
    """Hands over tokens that were made before; "" takes a position and is left out."""

    def __call__(self, value: Sequence[str], **_: Any) -> Iterator[analysis.Token]:
        token = analysis.Token()
        token.boost = 1.0
        for position, text in enumerate(value):
            if text:
                token.text = text
                token.pos = position
                yield token


class MadeText(fields.TEXT):  # type: ignore[misc]
    def index(self, value: Sequence[str], **options: Any) -> Iterator[Any]:
        options.setdefault("mode", "index")
        for text, freq, weight, packed in self.format.word_values(
            _Tokens(value), lambda tokens, **_: Made()(tokens.found), **options
        ):
            yield text.encode(), freq, weight, packed


class _Tokens:
    """Not a list: Whoosh would number the positions of a list itself."""

    def __init__(self, found: Sequence[str]) -> None:
        self.found = found


def write(folder: Path, documents: Sequence[Document], tokens: Sequence[Sequence[str]]) -> None:
    """Index the passages, whose tokens come in the same order."""
    schema = fields.Schema(
        document=fields.ID(unique=True),
        text=MadeText(analyzer=Made()),
        date=fields.NUMERIC(int, bits=32, signed=False, sortable=True),
    )
    folder.mkdir(parents=True, exist_ok=True)
    writer = index.create_in(str(folder), schema).writer(limitmb=512)
    made = iter(tokens)
    for document in documents:
        day = document.date.year * 10000 + document.date.month * 100 + document.date.day
        for _ in document.passages:
            writer.add_document(document=document.id, text=next(made), date=day)
    writer.commit()


def open_plain(folder: Path) -> Any:
    return index.open_dir(str(folder))
