"""``kazami import``: documents from JSONL files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from search_cli.opening import settings, store_to_write


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Read documents from JSONL files, gzipped (.gz) or not.

    A line is one document in kazami's own format (docs/jsonl.md), or one utterance of a meeting.
    A bad line is reported by its number and skipped; the exit code is then 1.

    \b
    Example:
      kazami import minutes.jsonl.gz
    """
    from crawler.jsonl import import_file

    with store_to_write(settings(ctx)) as store:
        pass
