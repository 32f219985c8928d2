"""``kazami crawl``: documents fetched from the sources asked for."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from kazami.document import Kind
from search_cli.opening import settings, store_to_write, today
from search_cli.options import BODY, KIND, SINCE, TERRITORY, UNTIL, TextType, in_order

if TYPE_CHECKING:
    from kazami.settings import Settings
    from kazami.sources import Source


@click.command()
@BODY
@TERRITORY
@KIND
@click.option(
    "--platform", "platforms", type=TextType(), multiple=True, help="Only sources of this platform."
)
@SINCE
@UNTIL
@click.option("--limit", type=click.IntRange(min=1), help="At most N documents of each source.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="Fetch nothing: say what it would ask and how long that takes; without a choice, of all.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json")),
    help="How --dry-run is written.  [default: table]",
)
@click.option(
    "--query", type=TextType(), help="Only speeches with these words; for the Diet (国会)."
)
@click.pass_context
def command(
    ctx: click.Context,
    bodies: tuple[str, ...],
    territories: tuple[frozenset[str], ...],
    kinds: tuple[Kind, ...],
    platforms: tuple[str, ...],
    since: date | None,
    until: date | None,
    limit: int | None,
    query: str | None,
    dry_run: bool,
    format_: str | None,
) -> None:
    """Fetch documents from the sources asked for.

    Name bodies, kinds or platforms: a whole platform is hundreds of councils, and each page is
    asked for politely, one after the other. A second run fetches only what can have changed.
    Stop it with Ctrl-C whenever you like; the next run goes on from there.

    \b
    Example:
      kazami crawl --body 国会 --query リスキリング --since 2024
      kazami crawl --body 高槻市 --since 令和6年度
      kazami crawl --dry-run
    """
    in_order(since, until)
    if format_ and not dry_run:
        raise click.UsageError("--format goes with --dry-run")
    from answers.choosing import NoChoice, chosen_sources, to_fetch

    try:
        sources = chosen_sources(
            bodies,
            kinds,
            platforms,
            territory=frozenset().union(*territories),
            all_of_them=dry_run,
        )
    except NoChoice as error:
        raise click.UsageError(str(error)) from error
    if dry_run:
        if since or until or limit or query:
            raise click.UsageError(
                "--dry-run plans whole sources; leave --since, --until, --limit and --query out"
            )
        click.echo(_planned(settings(ctx), sources, format_ or "table"))
        return
    try:
        choice = to_fetch(sources, query=query)
    except NoChoice as error:
        raise click.UsageError(str(error)) from error
    if choice.left_out:
        click.echo(f"{choice.left_out:,}件の収集元はまだ読めないため省きます", err=True)
    from crawler import Wanted, crawl
    from search_cli.crawl_progress import showing
    from search_cli.layout.report import complaints, report_text
    from search_cli.terminal import style

    ready = settings(ctx)
    wanted = Wanted(today=today(), since=since, until=until, query=query)
    with store_to_write(ready) as store, showing(sys.stderr) as progress:
        report = crawl(store, choice.sources, ready, wanted, limit=limit, progress=progress)
    click.echo(report_text(report, style()))
    for line in complaints(report):
        click.echo(line, err=True)
    ctx.exit(report.exit_code)


def _planned(ready: Settings, sources: list[Source], format_: str) -> str:
    from answers.choosing import cost
    from presenting.plan import plan_json
    from search_cli.layout.plan import plan_text
    from search_cli.terminal import style

    made = cost(ready, sources, today())
    return plan_json(made) if format_ == "json" else plan_text(made, style())
