"""``kazami correct``: what a person says in place of what was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from answers.opening import NothingCollected, store_if_any, store_to_read
from kazami.errors import KazamiError
from kazami.fields import TEXT_FIELDS
from search_cli.opening import settings
from search_cli.options import BODIES, TextType

if TYPE_CHECKING:
    from kazami.store import Store


class _ExactDay(click.ParamType[date]):
    """A day in any Japanese way, and neither a month nor a year."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        from kazami.dates import parse_date

        try:
            return parse_date(value)
        except KazamiError as error:
            self.fail(str(error), param, ctx)


def _field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, field in reversed(TEXT_FIELDS.items()):
        told = f"The {name} ({field.label}) that is right; '' where there is none."
        command = click.option(f"--{name}", name, metavar="TEXT", help=told)(command)
    return command


@click.command()
@click.argument("id", required=False, type=TextType())
@_field_options
@click.option("--day", type=_ExactDay(), help="The day that is right: 2022-03-01, 令和4年3月1日.")
@click.option("--undo", is_flag=True, help="Take back what was corrected of ID.")
@click.option("--list", "list_", is_flag=True, help="List all corrections, and whether they stand.")
@BODIES
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json", "csv")),
    default="table",
    show_default=True,
    help="How the list is written.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    id: str | None,
    day: date | None,
    undo: bool,
    list_: bool,
    bodies: tuple[str, ...],
    format_: str,
    **fields: str | None,
) -> None:
    """Say who spoke, in which office, or on which day, where it was read wrong.

    ID is the last line of a hit of kazami search. The office changes the stance too. What you say
    stands in every answer, marked 訂正済 beside what was read, until you take it back: no new
    fetch and no reparse undoes it. A day is its whole document's. Then run kazami index.

    \b
    Example:
      kazami correct 'kokkai:122114260X00320260402#25' --speaker 例示花子 --role 総務部長
      kazami correct kokkai:122114260X00320260402 --day 令和8年4月2日
      kazami correct 'kokkai:122114260X00320260402#25' --undo
      kazami correct --list
    """
    told = {name: value or None for name, value in fields.items() if value is not None}
    if list_:
        if id is not None or told or day or undo:
            raise click.UsageError("--list goes with --body and --format only")
        _list(ctx, bodies, format_)
        return
    if bodies or format_ != "table":
        raise click.UsageError("--body and --format go with --list only")
    if id is None:
        raise click.UsageError("say which: the ID of a passage or document, or --list")
    if undo and (told or day):
        raise click.UsageError("--undo takes back all that was corrected of ID, and goes alone")
    if not (undo or told or day):
        options = ", ".join(f"--{name}" for name in (*TEXT_FIELDS, "day"))
        raise click.UsageError(f"say what is right: {options}; or --undo")
    with _store(ctx) as store:
        click.echo(_undone(store, id.strip()) if undo else _given(store, id.strip(), told, day))


def _store(ctx: click.Context) -> Store:
    ready = settings(ctx)
    store = store_if_any(ready)
    if store is None:
        raise NothingCollected(ready.data_dir)
    return store


def _given(store: Store, id: str, fields: dict[str, str | None], day: date | None) -> str:
    import crawler
    from answers.show import show
    from search_cli.layout.corrections import given_text
    from search_cli.terminal import style

    show(store, id)  # of an id that is not there it knows the nearest
    return given_text(crawler.correct(store, id, fields, day, now=datetime.now(UTC)), style())


def _undone(store: Store, id: str) -> str:
    import crawler
    from search_cli.layout.corrections import taken_back_text
    from search_cli.terminal import style

    return taken_back_text(id, crawler.take_back(store, id), style())


def _list(ctx: click.Context, bodies: tuple[str, ...], format_: str) -> None:
    from answers.corrections import corrections
    from presenting.corrections import corrections_csv, corrections_json
    from search_cli.layout.corrections import corrections_text
    from search_cli.terminal import style

    with store_to_read(settings(ctx)) as store:
        answer = corrections(store, bodies)
    if format_ == "json":
        click.echo(corrections_json(answer))
    elif format_ == "csv":
        click.echo(corrections_csv(answer), nl=False)
    else:
        click.echo(corrections_text(answer, style()))
