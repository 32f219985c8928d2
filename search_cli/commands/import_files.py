"""``kazami import``: documents from JSONL files, awards from CSV."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_cli.opening import settings, store_to_write
from search_cli.options import BodyType

if TYPE_CHECKING:
    from crawler import AwardReport, ImportReport

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
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "award-csv"]),
    help="What the files are.  [default: award-csv where the name ends in .csv, else jsonl]",
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="award-csv: which column holds what, as TOML (docs/awards.md).",
)
@click.option(
    "--body",
    type=BodyType(),
    help="award-csv: whose awards they are, where no column says it.",
)
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    form: str | None,
    mapping: Path | None,
    body: str | None,
) -> None:
    """Read documents from JSONL files, or awards from CSV tables.

    A line of JSONL is a document in kazami's own format, or one utterance of a meeting; the file
    may be gzipped (.gz). A CSV table of awards is 調達ポータル's open data or a town's own, in
    UTF-8 or Shift_JIS. A bad line is told by its number and skipped; the exit code is then 1.
    What was imported before and has not changed is left alone.

    \b
    Example:
      kazami import minutes.jsonl.gz
      kazami import successful_bid_record_info_all_2026.csv
      kazami import 入札結果.csv --body 桐生市
    """
    from crawler import NoTextFile, import_awards, import_file, read_mapping
    from kazami.bodies import load_bodies
    from presenting.safe_text import one_line
    from search_cli.progress import progress

    now = datetime.now(UTC)
    bad = changed = 0
    mapped = None if mapping is None else read_mapping(mapping)
    with store_to_write(settings(ctx)) as store:
        for path in files:
            name = one_line(str(path))
            of_awards = form == "award-csv" or (form is None and path.suffix.lower() == ".csv")
            if not of_awards and (mapped is not None or body is not None):
                raise click.UsageError(f"--mapping and --body go with award-csv; {name} is none")
            try:
                with progress(name) as tell:
                    report: ImportReport
                    if of_awards:
                        report = awards = import_awards(
                            store, path, load_bodies(), now, tell, mapping=mapped, body=body
                        )
                    else:
                        report, awards = import_file(store, path, load_bodies(), now, tell), None
            except NoTextFile as error:
                click.echo(f"kazami: {one_line(str(error))}", err=True)
                bad += 1
                continue
            _complain(name, report)
            click.echo(f"{name}  {_counts(report) if awards is None else _award_counts(awards)}")
            if awards is not None and awards.unused:
                click.echo(f"  使わなかった列: {'、'.join(map(one_line, awards.unused))}")
            bad += report.bad_lines
            changed += report.outcome.new + report.outcome.changed
    if changed:
        click.echo("次は: kazami index")
    ctx.exit(1 if bad else 0)


def _award_counts(report: AwardReport) -> str:
    outcome = report.outcome
    parts = [
        f"{report.rows:,}行",
        f"新規 {outcome.new:,}",
        f"更新 {outcome.changed:,}",
        f"変更なし {outcome.unchanged:,}",
    ]
    counted = (
        ("取り込めない行", report.bad_lines),
        ("不調・落札者なし", report.failed),
        ("中止", report.cancelled),
        ("金額の記載なし", report.not_stated),
        ("法人番号の誤り", report.invalid_numbers),
        ("不明な機関", report.unknown_bodies),
    )
    return " · ".join([*parts, *(f"{label} {count:,}" for label, count in counted if count)])


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
