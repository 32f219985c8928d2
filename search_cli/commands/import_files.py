"""``kazami import``: documents from JSONL files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_cli.opening import settings, store_to_write

if TYPE_CHECKING:
    from crawler import ImportReport

SHOWN = 20
"""So many bad lines of a file are told one by one."""


@click.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Read documents from JSONL files.

    A line is a document in kazami's own format, or one utterance of a meeting; the file may be
    gzipped (.gz). A bad line is told by its number and skipped; the exit code is then 1.
    What was imported before and has not changed is left alone.

    \b
    Example:
      kazami import minutes.jsonl.gz
    """
    from crawler import NoTextFile, import_file
    from kazami.bodies import load_bodies
    from presenting.safe_text import one_line
    from search_cli.progress import progress

    now = datetime.now(UTC)
    bad = changed = 0
    with store_to_write(settings(ctx)) as store:
        for path in files:
            name = one_line(str(path))
            try:
                with progress(name) as tell:
                    report = import_file(store, path, load_bodies(), now, tell)
            except NoTextFile as error:
                click.echo(f"kazami: {one_line(str(error))}", err=True)
                bad += 1
                continue
            _complain(name, report)
            click.echo(f"{name}  {_counts(report)}")
            bad += report.bad_lines
            changed += report.outcome.new + report.outcome.changed
    if changed:
        click.echo("次は: kazami index")
    ctx.exit(1 if bad else 0)


def _counts(report: ImportReport) -> str:
    from presenting.units import units

    outcome = report.outcome
    parts = [
        f"新規 {outcome.new:,}",
        f"更新 {outcome.changed:,}",
        f"変更なし {outcome.unchanged:,}",
        f"{report.passages:,}{units(report.kinds).passage}",
    ]
    if report.front_matter:
        parts.append(f"名簿・議題 {report.front_matter:,}行")
    if outcome.corrections_lost:
        parts.append(f"訂正が当てはまらず {outcome.corrections_lost:,}（kazami correct --list）")
    if report.bad_lines:
        parts.append(f"読めない行 {report.bad_lines:,}")
    return " · ".join(parts)


def _complain(name: str, report: ImportReport) -> None:
    from presenting.safe_text import one_line

    for line in report.bad[:SHOWN]:
        click.echo(f"kazami: {name}: line {line.number}: {one_line(line.reason)}", err=True)
    if report.bad_lines > SHOWN:
        click.echo(f"kazami: {name}: {report.bad_lines - SHOWN:,} more bad lines", err=True)
