"""``kazami tenders``: which tenders can still be bid for, and until when."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

import click

from answers.opening import store_to_read
from search_cli.opening import index_to_read, settings
from search_cli.options import BODIES, PREFECTURES, Day, TextType

_LIMIT = 50


class Within(click.ParamType[timedelta]):
    """A number of days or weeks: 14d, 2w."""

    name = "days"

    def convert(
        self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"([0-9]{1,4})([dw日]?)", value.strip())
        if found is None:
            self.fail(f"{value!r} is no number of days; write 14d, or 2w for two weeks", param, ctx)
        return timedelta(days=int(found[1]) * (7 if found[2] == "w" else 1))


@click.command()
@click.argument("query", required=False, type=TextType())
@click.option("--open", "only_open", is_flag=True, help="Only those that are open beyond doubt.")
@click.option(
    "--deadline-within", "within", type=Within(), help="Only open ones that close so soon: 14d, 2w."
)
@click.option(
    "--category",
    "categories",
    type=TextType(),
    multiple=True,
    help="Only this category, as printed: 役務, 物品, 工事.",
)
@click.option(
    "--min-amount",
    type=click.IntRange(min=0),
    help="Only with a stated budget or 予定価格 of so many yen.",
)
@BODIES
@PREFECTURES
@click.option("--all", "over", is_flag=True, help="Closed, cancelled and failed ones too.")
@click.option("--as-of", type=Day(last=False), help="As it was at the beginning of this day.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"So many.  [default: {_LIMIT} in a table, else all]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "ics", "ocds"]),
    default="table",
    show_default=True,
    help="For reading, for programs, for Excel, for a calendar, as OCDS 1.1.",
)
@click.pass_context
def command(
    ctx: click.Context,
    query: str | None,
    only_open: bool,
    within: timedelta | None,
    categories: tuple[str, ...],
    min_amount: int | None,
    bodies: tuple[str, ...],
    prefectures: tuple[str, ...],
    over: bool,
    as_of: date | None,
    limit: int | None,
    form: str,
) -> None:
    """Show tenders by the day until which an offer can be handed in.

    QUERY is as in kazami search. A tender whose closing day cannot be told is 締切不明, never open.
    Closed ones come with --all only. Days are read from what is published: look there before you
    rely on one.

    \b
    Example:
      kazami tenders 清掃 --open --pref 群馬県
      kazami tenders --deadline-within 14d --category 役務 --format ics > deadlines.ics
    """
    if over and (only_open or within is not None):
        raise click.UsageError("--all does not go with --open or --deadline-within")
    from answers.bidding_systems import unread_systems
    from answers.tenders import TenderQuestion, moment, tenders
    from kazami.bodies import load_bodies
    from kazami.document import Kind
    from presenting.tenders import unread_line

    ready = settings(ctx)
    question = TenderQuestion(
        query=query,
        bodies=frozenset(bodies),
        prefectures=frozenset(prefectures),
        categories=categories,
        min_amount=min_amount,
        only_open=only_open,
        within=within,
        over=over,
    )
    with ExitStack() as opened:
        store = opened.enter_context(store_to_read(ready))
        reader = None
        if query is not None:
            reader = opened.enter_context(index_to_read(ready, store))
        answer = tenders(
            store,
            question,
            at=moment(as_of, datetime.now(UTC)),
            bodies=load_bodies(),
            reader=reader,
            unread=unread_systems(
                ready, Kind.TENDER, bodies=question.bodies, prefectures=question.prefectures
            ),
            limit=limit or (_LIMIT if form == "table" else None),
        )
    if form in ("csv", "ics") and answer.unread:
        click.echo(unread_line(answer), err=True)
    match form:
        case "json":
            from presenting.tenders import as_json

            click.echo(as_json(answer))
        case "csv":
            from presenting.tenders import as_csv

            click.echo(as_csv(answer), nl=False)
        case "ocds":
            from presenting.ocds import tenders_package

            package = tenders_package(answer)
            click.echo(
                f"{package.releases:,}件、日付のない{package.undated:,}件は省きました", err=True
            )
            click.echo(package.text)
        case "ics":
            from presenting.calendar import as_calendar

            made = as_calendar(answer)
            click.echo(f"期限 {made.events:,}件、不明 {made.unknown:,}件は省きました", err=True)
            click.echo(made.text, nl=False)
        case _:
            from search_cli.layout.tenders import as_text
            from search_cli.terminal import style

            click.echo(as_text(answer, style()))
