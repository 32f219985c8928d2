"""``kazami sources``: which body publishes what where, permissions, last runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kazami.errors import KazamiError
from search_cli.opening import settings, store_if_any
from search_cli.options import Words

if TYPE_CHECKING:
    from kazami.settings import Settings
    from kazami.sources import Permission
    from kazami.store import SourceRun


class NoSource(KazamiError):
    """No source belongs to what was named."""


@click.group(invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List, show or check the sources.

    \b
    Example:
      kazami sources
      kazami sources show 国会
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@command.command("list")
@click.pass_context
def list_(ctx: click.Context) -> None:
    """List every source: body, kind, platform, permission, last run.

    \b
    Example:
      kazami sources list
    """
    from kazami.sources import load_sources
    from search_cli.present_sources import sources_text
    from search_cli.terminal import paint

    ready = settings(ctx)
    click.echo(sources_text(load_sources(), _permissions(ready), _last_runs(ready), paint()))


@command.command("show")
@click.argument("name", metavar="BODY|SOURCE", type=Words())
@click.pass_context
def show(ctx: click.Context, name: str) -> None:
    """Show the sources of a body, or one source by its id.

    \b
    Example:
      kazami sources show 国会
      kazami sources show 000000/minutes/kokkai
    """
    from kazami.bodies import load_bodies
    from kazami.sources import load_sources
    from search_cli.present_sources import source_text
    from search_cli.terminal import paint

    chosen = [source for source in load_sources() if source.id == name]
    if not chosen:
        body = load_bodies().find(name.partition("/")[0])
        chosen = [source for source in load_sources() if source.body == body.code]
        if "/" in name or not chosen:
            known = ", ".join(source.id for source in chosen) or "none yet; see kazami sources list"
            raise NoSource(f"no source {name}; {body.full_name} has: {known}")
    ready = settings(ctx)
    permissions, runs = _permissions(ready), _last_runs(ready)
    texts = [
        source_text(source, permissions.get(source.id), runs.get(source.id), paint())
        for source in chosen
    ]
    click.echo("\n\n".join(texts))


@command.command("check")
@click.pass_context
def check(ctx: click.Context) -> None:
    """Check the files of bodies, sources and permissions.

    \b
    Example:
      kazami sources check
    """
    from crawler.platforms import NAMES
    from kazami.bodies import load_bodies
    from kazami.sources import load_sources

    sources = load_sources()
    for source in sources:
        if source.platform not in NAMES:
            known = ", ".join(sorted(NAMES))
            raise NoSource(f"{source.id}: no platform is called {source.platform}; known: {known}")
    permissions = _permissions(settings(ctx))
    ids = {source.id for source in sources}
    for permission in permissions:
        if permission not in ids:
            raise NoSource(f"permissions.toml: there is no source {permission}")
    click.echo(
        f"{len(load_bodies()):,} bodies, {len(sources):,} sources, "
        f"{len(permissions):,} permissions: all well"
    )


def _permissions(settings: Settings) -> dict[str, Permission]:
    from kazami.sources import load_permissions

    return load_permissions(settings.data_dir / "permissions.toml")


def _last_runs(settings: Settings) -> dict[str, SourceRun]:
    store = store_if_any(settings)
    if store is None:
        return {}
    with store:
        return store.source_runs()
