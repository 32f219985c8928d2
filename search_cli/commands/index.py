"""``kazami index``: the index brought up to date with the store."""

from __future__ import annotations

import click

from search_cli.opening import NothingCollected, settings, store_to_read


@click.command()
@click.option("--rebuild", is_flag=True, help="Make a new index and switch to it when it is whole.")
@click.pass_context
def command(ctx: click.Context, rebuild: bool) -> None:
    """Bring the index up to date with the store.

    It can be stopped at any time; the next run goes on. Searches meanwhile see the old state.

    \b
    Example:
      kazami index
    """
