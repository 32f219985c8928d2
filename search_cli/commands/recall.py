"""``kazami recall``: which of the tenders that somebody knows are here, and why not the others."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from answers.opening import store_to_read
from kazami.document import Kind
from search_cli.opening import index_if_any, settings
from search_cli.options import KIND


@click.command()
@click.argument(
    "list_", metavar="LIST", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path)
)
@KIND
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="For reading, for programs, for Excel.",
)
@click.pass_context
def command(ctx: click.Context, list_: Path, kinds: tuple[Kind, ...], form: str) -> None:
    """Say which tenders or mentions of a list are here, and of each other one why it is not.

    LIST is a CSV file (UTF-8 or Shift_JIS) with the columns title, body and day (件名, 団体,
    公告日), of which only the first is needed, or a text with a title on each line; - reads what is
    pasted. Titles are compared folded (width, spaces, ㈱, the form of a year, words like 公告), but
    another town, year or number is another tender. --kind minutes looks for what was said.

    \b
    Example:
      kazami recall known.csv
      kazami recall known.csv --format csv > missed.csv
    """
    from answers.recall import TITLED, recall
    from answers.recall_list import read_list
    from kazami.bodies import load_bodies
    from presenting import recall as present
    from search_cli.layout.recall import as_text
    from search_cli.terminal import style

    known = read_list(_bytes_of(list_), load_bodies())
    ready = settings(ctx)
    with ExitStack() as opened:
        store = opened.enter_context(store_to_read(ready))
        index = index_if_any(ready, store)
        reader = None if index is None else opened.enter_context(index)
        answer = recall(
            store, ready, known, reader=reader, kinds=frozenset(kinds) if kinds else TITLED
        )
    match form:
        case "json":
            click.echo(present.as_json(answer))
        case "csv":
            click.echo(present.as_csv(answer), nl=False)
        case _:
            click.echo(as_text(answer, style()))


def _bytes_of(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    return path.read_bytes()
