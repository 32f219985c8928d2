"""``kazami status``: what is collected, how fresh the index is, what to do next."""

from __future__ import annotations

import click

from search_cli.opening import settings


@click.command()
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="For reading, for programs.",
)
@click.pass_context
def command(ctx: click.Context, format_: str) -> None:
    """Show what is collected and how fresh the index is.

    \b
    Example:
      kazami status
    """
    from answers.status import status
    from presenting.status import status_json
    from search_cli.layout.status import empty_text, status_text
    from search_cli.terminal import style

    ready = settings(ctx)
    answer = status(ready)
    if format_ == "json":
        click.echo(status_json(ready.data_dir, answer))
        return
    if answer is None:
        click.echo(empty_text(ready.data_dir, style()))
        return
    click.echo(status_text(answer, style()))
