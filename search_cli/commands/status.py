"""``kazami status``: what is collected, how fresh the index is, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from answers.opening import store_if_any
from kazami.errors import KazamiError
from search_cli.opening import settings

if TYPE_CHECKING:
    from kazami.settings import Settings
    from search_cli.present_status import IndexState


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show what is collected and how fresh the index is.

    \b
    Example:
      kazami status
    """
    from search_cli.present_status import empty_text, status_text
    from search_cli.terminal import paint

    ready = settings(ctx)
    store = store_if_any(ready)
    if store is None:
        click.echo(empty_text(ready.data_dir, paint()))
        return
    with store:
        extent = store.extent()
        if not extent.documents:
            click.echo(empty_text(ready.data_dir, paint()))
            return
        index = _index_state(ready, store.last_change())
        click.echo(
            status_text(
                ready.data_dir,
                extent,
                store.counts_by_body(),
                list(store.source_runs().values()),
                index,
                paint(),
            )
        )


def _index_state(settings: Settings, last_change: int) -> IndexState:
    from indexer.engines.registry import open_reader
    from indexer.query import By, Filters, Measure
    from search_cli.present_status import IndexState

    counted = frozenset({Measure.PASSAGES, Measure.DOCUMENTS})
    try:
        with open_reader(settings) as reader:
            kinds = reader.tally(None, Filters(), by=By.KIND, measures=counted)
            return IndexState(waiting=last_change - reader.change, kinds=tuple(kinds))
    except KazamiError as error:
        return IndexState(problem=str(error))
