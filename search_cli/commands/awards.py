"""``kazami awards``: who won, how often and for how much."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from answers.awards import AwardsBy
from answers.opening import store_to_read
from search_cli.opening import settings
from search_cli.options import BODIES, PREFECTURES, SINCE, UNTIL, OneOf, TextType, in_order

SHOWN = 20
"""So many groups or awards are shown for reading."""


@click.command()
@click.argument("query", nargs=-1, metavar="[QUERY]", type=TextType())
@click.option("--by", type=OneOf(AwardsBy), help="A row for each of these.")
@BODIES
@PREFECTURES
@SINCE
@UNTIL
@click.option(
    "--category",
    "categories",
    multiple=True,
    type=TextType(),
    help="Only where the printed category (種別) holds this: 工事, 役務.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    help=f"So many rows.  [default: {SHOWN} for reading, else all]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "ocds"]),
    default="table",
    show_default=True,
    help="For reading, for programs, for Excel, as OCDS 1.1.",
)
@click.pass_context
def command(
    ctx: click.Context,
    query: tuple[str, ...],
    by: AwardsBy | None,
    bodies: tuple[str, ...],
    prefectures: tuple[str, ...],
    since: date | None,
    until: date | None,
    categories: tuple[str, ...],
    limit: int | None,
    form: str,
) -> None:
    """Show who won, how often and for how much.

    QUERY is sought in titles, suppliers and numbers, as its letters stand: '清掃 OR 警備',
    '橋りょう -点検'. Without --by the latest awards are listed. Amounts are in yen; those not
    stated, 不調 and 中止 are counted apart, joint ventures are none of their members.

    \b
    Example:
      kazami awards 清掃 --by supplier --pref 静岡県
      kazami awards --by fiscal-year --body 桐生市 --format csv > awards.csv
    """
    from answers.awards import awards
    from answers.versions import first_versions
    from kazami.bodies import load_bodies
    from kazami.store import AwardFilter
    from presenting import awards as present
    from search_cli.layout.awards import as_text
    from search_cli.terminal import style

    in_order(since, until)
    if form == "ocds" and by is not None:
        raise click.UsageError("--format ocds lists awards one by one; leave --by out")
    asked = AwardFilter(
        bodies=frozenset(bodies),
        prefectures=frozenset(prefectures),
        categories=categories,
        since=since,
        until=until,
    )
    reading = form == "table"
    with store_to_read(settings(ctx)) as store:
        answer = awards(
            store,
            asked,
            load_bodies(),
            query=" ".join(query) or None,
            by=by,
            limit=SHOWN if reading and limit is None else limit,
        )
        processes = first_versions(store, answer.latest) if form == "ocds" else {}
    match form:
        case "json":
            click.echo(present.as_json(answer))
        case "csv":
            click.echo(present.as_csv(answer), nl=False)
        case "ocds":
            from presenting.ocds import awards_package

            package = awards_package(answer.latest, processes, datetime.now(UTC))
            click.echo(
                f"{package.releases:,}件、日付のない{package.undated:,}件は省きました", err=True
            )
            click.echo(package.text)
        case _:
            click.echo(as_text(answer, asked, style()))
