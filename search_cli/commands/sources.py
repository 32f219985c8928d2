"""``kazami sources``: which body publishes what where, permissions, last runs."""

from __future__ import annotations

from pathlib import Path

import click

from kazami.document import Kind
from search_cli.commands.sources_permission import accept, grant, letter
from search_cli.opening import settings
from search_cli.options import KIND, PREFECTURES, TERRITORY, TextType

_STANDINGS = ("allowed", "granted", "needs-permission", "refused", "suspended", "unknown")


@click.group(invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List, show or check the sources; ask for and record permissions.

    \b
    Example:
      kazami sources
      kazami sources show 国会
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@command.command("list")
@PREFECTURES
@TERRITORY
@KIND
@click.option(
    "--platform", "platforms", type=TextType(), multiple=True, help="Only sources of this platform."
)
@click.option(
    "--permission",
    "standings",
    type=click.Choice(_STANDINGS),
    multiple=True,
    help="Only sources that stand so.",
)
@click.option(
    "--health",
    "healths",
    type=TextType(),
    multiple=True,
    help="Only sources whose last run ended so: ok, alarm, failed, never, …; or doubtful.",
)
@click.option("--min-population", type=click.IntRange(min=0), help="At least N residents.")
@click.option("--max-population", type=click.IntRange(min=0), help="At most N residents.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json", "csv")),
    default="table",
    show_default=True,
    help="How the list is written.",
)
@click.pass_context
def list_(
    ctx: click.Context,
    prefectures: tuple[str, ...] = (),
    territories: tuple[frozenset[str], ...] = (),
    kinds: tuple[Kind, ...] = (),
    platforms: tuple[str, ...] = (),
    standings: tuple[str, ...] = (),
    healths: tuple[str, ...] = (),
    min_population: int | None = None,
    max_population: int | None = None,
    format_: str = "table",
) -> None:
    """List the sources: body, kind, platform, permission, last run.

    \b
    Example:
      kazami sources list --pref 群馬県
      kazami sources list --permission needs-permission --min-population 200000
      kazami sources list --platform unknown --format csv
    """
    from answers.sources import NoSource, SourceFilters, chosen, known_sources
    from presenting.sources import sources_csv, sources_json
    from search_cli.layout.sources import sources_text
    from search_cli.terminal import style

    wanted = SourceFilters(
        bodies=frozenset().union(*territories),
        prefectures=prefectures,
        kinds=kinds,
        platforms=platforms,
        standings=standings,
        healths=healths,
        least=min_population,
        most=max_population,
    )
    try:
        found = chosen(known_sources(settings(ctx)), wanted)
    except NoSource as error:
        raise click.UsageError(str(error)) from error
    if format_ == "json":
        click.echo(sources_json(found))
    elif format_ == "csv":
        click.echo(sources_csv(found), nl=False)
    else:
        click.echo(sources_text(found, style()))


@command.command("show")
@click.argument("name", metavar="BODY|SOURCE", type=TextType())
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json", "csv")),
    default="table",
    show_default=True,
    help="How it is written.",
)
@click.pass_context
def show(ctx: click.Context, name: str, format_: str) -> None:
    """Show the sources of a body, or one source by its id.

    With what robots.txt says, how the last run ended, and how much of each field is filled.

    \b
    Example:
      kazami sources show 国会
      kazami sources show 000000/minutes/kokkai
    """
    from answers.robots import robots
    from answers.sources import fills_of, known_sources, named
    from presenting.sources import sources_csv, sources_json
    from search_cli.layout.source import source_text
    from search_cli.terminal import style

    ready = settings(ctx)
    known = known_sources(ready, named(name))
    if format_ == "json":
        click.echo(sources_json(known))
    elif format_ == "csv":
        click.echo(sources_csv(known), nl=False)
    else:
        texts = (
            source_text(each, robots(ready, each.source), fills_of(ready, each.source), style())
            for each in known
        )
        click.echo("\n\n".join(texts))


@command.command("check")
@click.pass_context
def check(ctx: click.Context) -> None:
    """Check the files of bodies, sources, robots.txt and permissions.

    \b
    Example:
      kazami sources check
    """
    from answers.source_check import check_sources

    answer = check_sources(settings(ctx))
    for line in answer.wrong:
        click.echo(line, err=True)
    click.echo(
        f"{answer.bodies:,} bodies, {answer.sources:,} sources ({answer.unread:,} that cannot be "
        f"read yet), {answer.hosts:,} hosts' robots.txt, {answer.permissions:,} permissions: "
        + (f"{len(answer.wrong):,} wrong" if answer.wrong else "all well")
    )
    ctx.exit(1 if answer.wrong else 0)


@command.command("detect")
@click.argument("url", type=TextType())
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help="The page as you saved it: its text is looked at too.",
)
def detect(url: str, file: Path | None) -> None:
    """Name the platform of an address, or of a page saved from there. Fetches nothing.

    \b
    Example:
      kazami sources detect https://ssp.kaigiroku.net/tenant/kiryu/MinuteSearch.html
      kazami sources detect https://www.example.lg.jp/gikai/ --file page.html
    """
    from answers.detected import detected
    from search_cli.layout.detect import detected_text

    answer = detected(url, file)
    click.echo(detected_text(answer))
    if not answer.known:
        click.get_current_context().exit(1)


for _asking in (letter, grant, accept):
    command.add_command(_asking)
