"""``kazami crawl``: documents fetched from the sources asked for."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from kazami.document import Kind
from search_cli.opening import settings, store_to_write, today
from search_cli.options import BODIES, KIND, SINCE, UNTIL, Words, in_order

if TYPE_CHECKING:
    from kazami.settings import Settings
    from kazami.sources import Source

ASKABLE = "kokkai"
"""The platform that answers a query; the others can only be read as a whole."""


@click.command()
@BODIES
@KIND
@click.option(
    "--platform", "platforms", type=Words(), multiple=True, help="Only sources of this platform."
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
@click.option("--query", type=Words(), help="Only speeches with these words; for the Diet (国会).")
@click.pass_context
def command(
    ctx: click.Context,
    bodies: tuple[str, ...],
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
    sources = _chosen(bodies, kinds, platforms, all_of_them=dry_run)
    if dry_run:
        if since or until or limit or query:
            raise click.UsageError(
                "--dry-run plans whole sources; leave --since, --until, --limit and --query out"
            )
        click.echo(_planned(settings(ctx), sources, format_ or "table"))
        return
    if query is not None and any(source.platform != ASKABLE for source in sources):
        raise click.UsageError(
            "--query goes with the Diet only, whose API can be asked; add --body 国会, "
            "or leave --query out and search what was fetched"
        )
    sources = _readable(sources)
    from crawler.page import Wanted
    from crawler.running.crawl import crawl
    from crawler.running.events import showing
    from search_cli.present_report import complaints, report_text
    from search_cli.terminal import paint

    ready = settings(ctx)
    wanted = Wanted(today=today(), since=since, until=until, query=query)
    with store_to_write(ready) as store, showing(sys.stderr) as progress:
        report = crawl(store, sources, ready, wanted, limit=limit, progress=progress)
    click.echo(report_text(report, paint()))
    for line in complaints(report):
        click.echo(line, err=True)
    ctx.exit(report.exit_code)


def _planned(ready: Settings, sources: list[Source], format_: str) -> str:
    from answers.sources import known_sources
    from crawler.running.cost import plan
    from presenting.plan import plan_json
    from search_cli.present_plan import plan_text
    from search_cli.terminal import paint

    known = known_sources(ready, sources)
    made = plan(
        sources,
        {each.source.id: each.standing for each in known},
        {each.source.id: each.permission for each in known if each.permission},
        {each.body.code: each.body for each in known},
        today=today(),
        months=ready.recheck_months,
    )
    return plan_json(made) if format_ == "json" else plan_text(made, paint())


def _readable(sources: list[Source]) -> list[Source]:
    """Those that kazami can read; on stderr how many are left out."""
    from crawler.detection import readable

    reasons = [readable(source) for source in sources]
    if all(reasons):
        one = sources[0]
        raise click.UsageError(
            f"{one.id} cannot be fetched: {reasons[0]}; kazami sources show {one.body} says more"
        )
    if left := sum(reason is not None for reason in reasons):
        click.echo(f"{left:,}件の収集元はまだ読めないため省きます", err=True)
    return [source for source, reason in zip(sources, reasons, strict=True) if reason is None]


def _chosen(
    bodies: tuple[str, ...],
    kinds: tuple[Kind, ...],
    platforms: tuple[str, ...],
    *,
    all_of_them: bool,
) -> list[Source]:
    from kazami.bodies import load_bodies
    from kazami.sources import load_sources

    sources = load_sources()
    if not (bodies or kinds or platforms or all_of_them):
        raise click.UsageError(
            f"there are {len(sources):,} sources; say which: --body 桐生市, --body 国会, "
            "--platform kensakusystem or --kind minutes (kazami sources lists them)"
        )
    known = sorted({source.platform for source in sources})
    for platform in platforms:
        if platform not in known:
            raise click.UsageError(f"no platform {platform!r}; there are {', '.join(known)}")
    for body in bodies:
        if all(source.body != body for source in sources):
            found = load_bodies().get(body)
            raise click.UsageError(
                f"there is no source for {found.full_name if found else body} ({body}) yet; "
                "kazami sources lists those there are"
            )
    chosen = [
        source
        for source in sources
        if (not bodies or source.body in bodies)
        and (not kinds or source.kind in kinds)
        and (not platforms or source.platform in platforms)
    ]
    if not chosen:
        raise click.UsageError("no source fits all of --body, --kind and --platform")
    return chosen
