"""``kazami trend``: how a topic rises and spreads."""

from __future__ import annotations

from pathlib import Path

import click

from answers.opening import store_to_read
from answers.questions import By, Filters, Match, Measure, Question
from kazami.periods import Every
from search_cli.opening import index_to_read, settings, today
from search_cli.options import OneOf, Picture, TextType, filter_options


@click.command()
@click.argument("queries", nargs=-1, required=True, metavar="QUERY...", type=TextType())
@click.option(
    "--every",
    type=OneOf(Every),
    default=Every.YEAR.value,
    show_default=True,
    help="The periods; fiscal-year is 年度, April to March.",
)
@click.option(
    "--measure",
    type=OneOf(Measure),
    default=Measure.PASSAGES.value,
    show_default=True,
    help="What is counted: passages (発言), documents (会議), bodies (団体), occurrences.",
)
@click.option(
    "--per",
    type=click.Choice(["none", "share", "million-tokens"]),
    help="What the count is divided by.  [default: share; million-tokens for occurrences]",
)
@click.option(
    "--by",
    type=OneOf(By),
    help="A series for each of these, within one --kind.  "
    "[default: kind, where documents of several kinds are there]",
)
@filter_options
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
    queries: tuple[str, ...],
    every: Every,
    measure: Measure,
    per: str | None,
    by: By | None,
    filters: Filters,
    match: Match,
    form: str,
    plot: Path | None,
) -> None:
    """Count a topic per month, quarter or year.

    Each QUERY becomes a series; in quotes where it has spaces. Counts are exact, and divided by
    what was said at all, so that a growing archive is no trend. A silent period is a zero; one
    without any document is データなし; one that is not over is 途中.

    \b
    Example:
      kazami trend リスキリング ＤＸ --every fiscal-year --plot trend.png
      kazami trend 防災 --by prefecture --measure bodies --since 2020 --format csv > trend.csv
    """
    from answers.trend import Per, TrendError, per_of, trend

    try:
        divided = per_of(measure, Per(per) if per else None)
    except TrendError as error:
        raise click.UsageError(str(error)) from error
    from kazami.bodies import load_bodies
    from presenting import trend as present
    from search_cli.layout.trend import as_text
    from search_cli.terminal import style

    ready = settings(ctx)
    with store_to_read(ready) as store, index_to_read(ready, store) as reader:
        answer = trend(
            reader,
            Question(texts=queries, match=match, filters=filters),
            every=every,
            measure=measure,
            per=divided,
            by=by,
            today=today(),
            bodies=load_bodies(),
            store=store,
        )
    if plot is not None:
        from presenting.plot import write_plot

        write_plot(answer, present.series_names(answer), present.foot(answer, filters), plot)
        click.echo(f"図を書きました: {plot}", err=True)
    match form:
        case "json":
            click.echo(present.as_json(answer))
        case "csv":
            click.echo(present.as_csv(answer), nl=False)
        case _:
            click.echo(as_text(answer, filters, style()))
