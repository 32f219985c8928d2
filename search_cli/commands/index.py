"""``kazami index``: the index brought up to date with the store."""

from __future__ import annotations

import click

from answers.opening import NothingCollected, store_if_any
from search_cli.opening import settings


@click.command()
@click.option(
    "--rebuild", is_flag=True, help="Make a new index, and switch to it once it is whole."
)
@click.pass_context
def command(ctx: click.Context, rebuild: bool) -> None:
    """Bring the index up to date with the store.

    It can be stopped at any time; the next run goes on from there. A second one waits for the
    first. Searches meanwhile see the last state that was whole.

    \b
    Example:
      kazami index
    """
    from indexer import index
    from search_cli.progress import progress

    ready = settings(ctx)
    opened = store_if_any(ready)  # one of an older version is brought to today's
    if opened is None:
        raise NothingCollected(ready.data_dir)
    with opened as store:
        if not store.last_change():
            raise NothingCollected(ready.data_dir)
        with progress("索引を作成中") as tell:
            report = index(
                ready,
                store,
                rebuild=rebuild,
                progress=tell,
                waiting=lambda told: click.echo(f"kazami: {told}", err=True),
            )
    if not report.lasting:
        click.echo(
            f"engine = {ready.engine} は索引を保存せず、検索のたびに作ります。"
            "このコマンドですることはありません。"
        )
        return
    if not report.documents:
        click.echo("索引は最新です。")
        return
    from presenting.units import units

    passage = units(report.kinds).passage
    click.echo(
        f"{report.documents:,}件の文書（{report.passages:,}{passage}）を索引に入れました"
        f"（{report.seconds:.1f}秒）。次は: kazami search リスキリング"
    )
