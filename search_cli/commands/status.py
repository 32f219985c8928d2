"""``kazami status``: what is collected, how fresh the index is, what to do next."""

from __future__ import annotations

import click

from search_cli.opening import settings


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show what is collected and how fresh the index is.

    \b
    Example:
      kazami status
    """
    from answers.status import status
    from search_cli.present_status import empty_text, status_text
    from search_cli.terminal import paint

    ready = settings(ctx)
    answer = status(ready)
    if answer is None:
        click.echo(empty_text(ready.data_dir, paint()))
        return
    click.echo(status_text(answer, paint()))
