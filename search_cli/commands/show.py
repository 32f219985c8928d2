"""``kazami show``: one document, or one passage with its neighbours."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import click

from answers.opening import store_to_read
from kazami.errors import KazamiError
from search_cli.opening import settings
from search_cli.options import Words

if TYPE_CHECKING:
    from kazami.store import Store

AROUND = 2
"""How many neighbours a passage is shown with, on either side."""


class UnknownId(KazamiError):
    """Neither a document nor a passage has this id."""


@click.command()
@click.argument("id", type=Words())
@click.pass_context
def command(ctx: click.Context, id: str) -> None:
    """Show one document, or a passage with its neighbours.

    ID is the last line of a hit of kazami search. Quote it: # begins a comment in a shell.

    \b
    Example:
      kazami show 'kokkai:122114260X00320260402#25'
      kazami show kokkai:122114260X00320260402
    """
    with store_to_read(settings(ctx)) as store:
        click.echo(_found(store, id.strip()))


def _found(store: Store, id: str) -> str:
    from indexer.citation import citation
    from search_cli.present_show import document_text, passage_text
    from search_cli.terminal import paint

    if "#" in id:
        passage = store.passage(id)
        if passage is None:
            raise UnknownId(_unknown_passage(store, id))
        around = store.neighbours(id, AROUND, AROUND)
        return passage_text(passage, around, citation(passage), paint())
    document = store.document(id)
    if document is None:
        raise UnknownId(_unknown_document(store, id))
    first = store.passage(document.passage_id(document.passages[0]))
    return document_text(document, first.missing if first else None, paint())


def _unknown_passage(store: Store, id: str) -> str:
    document_id, _, key = id.rpartition("#")
    document = store.document(document_id)
    if document is None:
        return _unknown_document(store, document_id)
    first, last = document.passages[0].key, document.passages[-1].key
    return f"{document_id} has no passage #{key}; they run from #{first} to #{last}"


def _unknown_document(store: Store, id: str) -> str:
    known = [known for source in store.source_runs() for known in store.documents_of(source)]
    nearest = max(known, key=lambda other: _alike(other, id), default="")
    if _alike(nearest, id) > len(id) // 2:
        return f"there is no document {id}; did you mean {nearest}?"
    return f"there is no document {id}; kazami search prints the id of every hit"


def _alike(one: str, other: str) -> int:
    """With how many characters both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
