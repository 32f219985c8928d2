"""``kazami reparse``: documents read again from the raw archive."""

from __future__ import annotations

import sys

import click

from search_cli.opening import settings, store_to_write


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Read the documents again from the raw archive.

    For a better parser: nothing is fetched, and ids stay what they were.

    \b
    Example:
      kazami reparse
    """
    from crawler import reparse
    from search_cli.crawl_progress import showing
    from search_cli.layout.report import complaints, report_text
    from search_cli.terminal import style

    ready = settings(ctx)
    with store_to_write(ready) as store, showing(sys.stderr) as progress:
        report = reparse(store, ready.data_dir, progress=progress)
    click.echo(report_text(report, style()))
    for line in complaints(report):
        click.echo(line, err=True)
    ctx.exit(report.exit_code)
