"""``kazami sources``: which body publishes what where, permissions, last runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazami.document import Kind
from search_cli.commands.sources_permission import accept, grant, letter
from search_cli.opening import settings
from search_cli.options import KIND, Prefecture, Words

if TYPE_CHECKING:
    from kazami.sources import Source

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
@click.option(
    "--pref",
    "prefectures",
    type=Prefecture(),
    multiple=True,
    help="Only bodies of this prefecture: 群馬県, gunma, 10.",
)
@KIND
@click.option(
    "--platform", "platforms", type=Words(), multiple=True, help="Only sources of this platform."
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
    type=Words(),
    multiple=True,
    help="Only sources whose last run ended so: ok, alarm, failed, never, …",
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
    from answers.sources import HEALTHS, chosen, known_sources
    from presenting.sources import sources_csv, sources_json
    from search_cli.present_sources import sources_text
    from search_cli.terminal import paint

    for health in healths:
        if health not in HEALTHS:
            raise click.UsageError(f"no health {health!r}; there are {', '.join(HEALTHS)}")
    known = known_sources(settings(ctx))
    _check_platforms(platforms, {each.source.platform for each in known})
    found = chosen(
        known,
        lambda each: not prefectures or each.source.body[:2] in prefectures,
        lambda each: not kinds or each.source.kind in kinds,
        lambda each: not platforms or each.source.platform in platforms,
        lambda each: not standings or each.standing in standings,
        lambda each: not healths or each.health in healths,
        lambda each: _within(each.body.population, min_population, max_population),
    )
    if format_ == "json":
        click.echo(sources_json(found))
    elif format_ == "csv":
        click.echo(sources_csv(found), nl=False)
    else:
        click.echo(sources_text(found, paint()))


@command.command("show")
@click.argument("name", metavar="BODY|SOURCE", type=Words())
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
    """Show the sources of a body, or one source by its id, with what robots.txt says.

    \b
    Example:
      kazami sources show 国会
      kazami sources show 000000/minutes/kokkai
    """
    from answers.sources import known_sources, named
    from crawler.permission.robots_history import FILE, Looks
    from presenting.sources import sources_csv, sources_json
    from search_cli.present_source import source_text
    from search_cli.terminal import paint

    ready = settings(ctx)
    known = known_sources(ready, named(name))
    if format_ == "json":
        click.echo(sources_json(known))
    elif format_ == "csv":
        click.echo(sources_csv(known), nl=False)
    else:
        looks = Looks(ready.data_dir / FILE)
        click.echo("\n\n".join(source_text(each, looks, paint()) for each in known))


@command.command("check")
@click.pass_context
def check(ctx: click.Context) -> None:
    """Check the files of bodies, sources, robots.txt and permissions.

    \b
    Example:
      kazami sources check
    """
    from answers.sources import PERMISSIONS
    from crawler.detection import readable
    from crawler.permission.robots_history import load_facts
    from kazami.bodies import load_bodies
    from kazami.sources import load_permissions, load_sources

    sources = load_sources()
    wrong = [f"{source.id}: {said}" for source in sources for said in _wrong(source)]
    local = {body.code for body in load_bodies().local}
    listed = {source.body for source in sources}
    wrong += [f"{code}: has no source, not even an unknown one" for code in sorted(local - listed)]
    permissions = load_permissions(settings(ctx).data_dir / PERMISSIONS)
    ids = {source.id for source in sources}
    wrong += [
        f"permissions.toml: there is no source {permission}"
        for permission in permissions
        if permission not in ids
    ]
    for line in wrong:
        click.echo(line, err=True)
    unread = sum(readable(source) is not None for source in sources)
    click.echo(
        f"{len(load_bodies()):,} bodies, {len(sources):,} sources ({unread:,} that cannot be read "
        f"yet), {len(load_facts()):,} hosts' robots.txt, {len(permissions):,} permissions: "
        + (f"{len(wrong):,} wrong" if wrong else "all well")
    )
    ctx.exit(1 if wrong else 0)


def _wrong(source: Source) -> list[str]:
    from crawler.detection import wrong_address, wrong_options

    address = wrong_address(source.platform, source.url)
    return [*([address] if address else []), *wrong_options(source)]


@command.command("detect")
@click.argument("url", type=Words())
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
    from search_cli.present_detect import detected

    text, known = detected(url, file)
    click.echo(text)
    if not known:
        click.get_current_context().exit(1)


def _within(residents: int | None, least: int | None, most: int | None) -> bool:
    """Whether a body is of that size; the Diet has no residents and falls under no limit."""
    if residents is None:
        return least is None and most is None
    return (least is None or residents >= least) and (most is None or residents <= most)


def _check_platforms(platforms: tuple[str, ...], known: set[str]) -> None:
    for platform in platforms:
        if platform not in known:
            raise click.UsageError(
                f"no platform {platform!r}; there are {', '.join(sorted(known))}"
            )


for _asking in (letter, grant, accept):
    command.add_command(_asking)
