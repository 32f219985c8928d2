"""``kazami timeline``: what became of one topic in one body."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from answers.opening import store_to_read
from answers.questions import Filters, Match, Question
from search_cli.opening import index_to_read, settings
from search_cli.options import SINCE, UNTIL, BodyType, OneOf, Picture, TextType, in_order


@click.command()
@click.argument("query", type=TextType())
@click.option(
    "--body", "body", type=BodyType(), required=True, help="Of this body (団体): 桐生市, 102032."
)
@SINCE
@UNTIL
@click.option(
    "--match",
    type=OneOf(Match),
    default=Match.WORD.value,
    show_default=True,
    help="word: 学び直し finds 学び直す; exact: the letters as typed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="For reading, for programs, for Excel.",
)
@click.option("--plot", type=Picture(), metavar="FILE", help="Draw it too, as .png or .svg.")
@click.pass_context
def command(
    ctx: click.Context,
    query: str,
    body: str,
    since: date | None,
    until: date | None,
    match: Match,
    form: str,
    plot: Path | None,
) -> None:
    """Show what one body said, announced, bought and awarded on a topic, day by day.

    QUERY is as in kazami search. Of a sitting, its questions are one line and its answers another.
    What has no day stands at the end.

    \b
    Example:
      kazami timeline --body 桐生市 'デマンド交通 OR 乗合タクシー'
      kazami timeline --body 102032 防災アプリ --plot line.svg
    """
    in_order(since, until)
    from answers.timeline import timeline
    from kazami.bodies import load_bodies
    from presenting import timeline as present
    from search_cli.layout.timeline import as_text
    from search_cli.terminal import style

    ready = settings(ctx)
    question = Question(texts=(query,), match=match, filters=Filters(since=since, until=until))
    with store_to_read(ready) as store, index_to_read(ready, store) as reader:
        answer = timeline(store, reader, question, body, bodies=load_bodies())
    if plot is not None:
        from presenting.claim import claim_line
        from presenting.plot import draw
        from presenting.timeline_chart import timeline_chart

        draw(timeline_chart(answer, [claim_line(answer.claim)]), plot)
        click.echo(f"図を書きました: {plot}", err=True)
    match form:
        case "json":
            click.echo(present.as_json(answer))
        case "csv":
            click.echo(present.as_csv(answer), nl=False)
        case _:
            click.echo(as_text(answer, style()))
