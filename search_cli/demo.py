"""``kazami demo``: four invented towns, their minutes and notices crawled, indexed and asked."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import ExitStack, contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kazami.errors import KazamiError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler import Report
    from kazami.settings import Settings
    from kazami.sources import Source
    from kazami.store import Store
    from replay.invented_sites import Town
    from replay.server import ReplayServer

DIRECTORY = Path("demo-data")
_TODAY = date(2026, 6, 1)
"""Half a year after the last invented sitting: all of them are settled, on any calendar.

The offices' deadlines are counted from here, and asked for as of this day: they do not age.
"""

_OFFICE = "例示議会事務局"
_NOTE = "見本のための架空の許可です (invented, like everything in the demo)"

_INVENTED = "99"
"""The prefecture code of the invented bodies."""

_OPEN = (
    "役所のお知らせ（フィード）、公告と結果（一覧、ページ、添付）、官公需情報ポータルは禁じられていません。",
    "(Feeds, lists of tenders and results, and the procurement portal are open to robots.)",
)


class NotOurs(KazamiError):
    """The directory holds what somebody collected."""

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"{data} holds real documents, and the demo's are invented; give another directory: "
            "kazami --data demo-data demo"
        )


class PortTaken(KazamiError):
    """The address at which the demo's notices were collected cannot be served again."""

    def __init__(self, port: int, data: Path) -> None:
        super().__init__(
            f"another program uses port {port}, at which the notices in {data} were collected; "
            f"stop it, or delete {data} and run the demo again"
        )


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Try everything on invented towns, offline.

    A small site on this machine serves the minutes of four invented bodies in the protocols of four
    real minutes systems, what their offices announce, tender and award, and the procurement portal.
    All is fetched, indexed, searched and counted with the same commands that serve for real ones.
    Everything lands in ./demo-data, or in --data where given.

    \b
    Example:
      kazami demo
      kazami --data demo-data search 生成ＡＩ --stance answer
    """
    root = ctx.find_root()
    if root.get_parameter_source("data") is not ParameterSource.COMMANDLINE:
        root.obj = DIRECTORY
    data: Path = root.obj
    from search_cli.opening import settings

    ready = settings(ctx)
    _refuse_real(ready)
    _say(
        "風見 kazami のお試し: 架空の四市町村の会議録、お知らせ、公告、落札結果を集め、尋ねます。",
        "Four invented towns, served by this machine: the internet is not asked.",
    )
    _heading(1, "集める", "crawl")
    report = _crawl(ready)
    if not report.ok:
        ctx.exit(report.exit_code)
    _heading(2, "索引を作る", "index")
    _run(ctx, data, "index")
    _heading(3, "誰が、いつ、何と答えたか", "search")
    _run(ctx, data, "search", "リスキリング", "--stance", "answer", "--limit", "3")
    _heading(4, "どう広がったか", "trend")
    picture = data / "trend.png"
    words = ("リスキリング", "学び直し", "ＤＸ")
    said = ("--kind", "minutes", "--every", "year", "--per", "share", "--plot", str(picture))
    _run(ctx, data, "trend", *words, *said)
    as_of = ("--as-of", _TODAY.isoformat())
    _heading(5, "いま応募できる公告", "tenders")
    _run(ctx, data, "tenders", "--open", "--pref", "例示県", *as_of, "--limit", "3")
    _heading(6, "誰が、いくらで受けたか", "awards")
    _run(ctx, data, "awards", "--by", "supplier")
    _heading(7, "質問から契約まで", "timeline")
    _run(ctx, data, "timeline", "--body", "架空市", "リスキリング", "--until", "2023-08")
    _heading(8, "次に", "next")
    click.echo(_next(data, picture))


def _refuse_real(settings: Settings) -> None:
    from answers.opening import store_if_any

    store = store_if_any(settings)
    if store is None:
        return
    with store:
        if any(not code.startswith(_INVENTED) for code in store.counts_by_body()):
            raise NotOurs(settings.data_dir)


def _crawl(settings: Settings) -> Report:
    """Serve the invented sites, and fetch them as any other; a second time there is nothing new."""
    from crawler import Wanted, crawl
    from replay.invented_offices import offices
    from replay.invented_sites import towns
    from search_cli.crawl_progress import showing
    from search_cli.layout.report import complaints, report_text
    from search_cli.opening import store_to_write
    from search_cli.terminal import style

    invented, halls = towns(), offices(_TODAY)
    with (
        store_to_write(settings) as store,
        _serving(store, invented, settings.data_dir) as server,
    ):
        halls.open(server)
        minutes = [town.source(server) for town in invented]
        sources = [*minutes, *halls.sources(server)]
        _say(*_permit(settings, minutes, server.url), *_OPEN)
        with showing(sys.stderr) as progress:
            report = crawl(
                store,
                sources,
                settings,
                Wanted(today=_TODAY),
                progress=progress,
            )
    click.echo(report_text(report, style()))
    for line in complaints(report):
        click.echo(line, err=True)
    if report.ok and not any(source.found for source in report.sources):
        click.echo("新しいものはありません。取得済みのものは、もう一度取りに行きません。")
    return report


@contextmanager
def _serving(store: Store, invented: Sequence[Town], data: Path) -> Iterator[ReplayServer]:
    """The server of the towns, on the port of the first run: notices are known by their address.

    Raises PortTaken where another program has it.
    """
    from replay.invented_sites import serving

    notices = (
        re.search(r"127\.0\.0\.1:(\d+)/", id)
        for town in invented
        for id in store.documents_of(f"{town.body}/announcement/feed")
    )
    port = next((int(found[1]) for found in notices if found), 0)
    with ExitStack() as stack:
        try:
            server = stack.enter_context(serving(invented, port))
        except OSError as error:
            raise PortTaken(port, data) from error
        yield server


def _permit(settings: Settings, sources: Sequence[Source], site: str) -> Iterator[str]:
    """Record an invented permission where the text is forbidden and no answer is known.

    Says what robots.txt forbids, and who permits it.
    """
    from answers.sources import robots_forbids_text
    from crawler import grant
    from kazami.permission import PERMISSIONS, Permission, load_permissions
    from presenting.names import body_name

    file = settings.data_dir / PERMISSIONS
    answers = load_permissions(file)
    yield f"四つの議会は、四つの異なる会議録システムを使っています。{site}/robots.txt によれば:"
    for source in sources:
        name = f"  {body_name(source.body)}  {source.platform:<13}  "
        if not robots_forbids_text(source):
            yield f"{name}本文を取ってよい"
            continue
        answer = answers.get(source.id)
        if answer is None:
            answer = Permission(
                source=source.id, granted_by=_OFFICE, granted_on=_TODAY, fetch=True, notes=_NOTE
            )
            grant(settings, source, answer, _TODAY)
        yield f"{name}本文は禁止 → {answer.granted_by}の{'許可' if answer.fetch else '断り'}"
    yield f"禁じられた本文は、許可を記録した所だけ取ります。その記録（架空）: {file}"
    yield "(Text that robots.txt forbids is fetched only where a permission is recorded, as here.)"


def _run(ctx: click.Context, data: Path, name: str, *args: str) -> None:
    """Run another command as if it had been typed, and show how to type it."""
    from search_cli.main import COMMANDS

    click.secho(f"$ {_typed(data, name, *args)}", bold=True)
    other: click.Command = import_module(COMMANDS[name][0]).command
    with other.make_context(name, list(args), parent=ctx.find_root()) as below:
        other.invoke(below)


def _typed(data: Path, *words: str) -> str:
    """The command line; Japanese words stay unquoted, as a person would type them."""
    return " ".join(
        shlex.quote(word) if re.search(r"[\s()|*'\"]", word) else word
        for word in ("kazami", "--data", str(data), *words)
    )


def _say(*lines: str) -> None:
    for line in lines:
        click.echo(line)


def _heading(number: int, japanese: str, english: str) -> None:
    click.echo()
    click.secho(f"── {number} {japanese} ({english}) " + "─" * (50 - 2 * len(japanese)), fg="cyan")


def _next(data: Path, picture: Path) -> str:
    return f"""\
図は {picture} にあります。続けて試せます:
  kazami --data {data} search 'ヤングケアラー OR 生成ＡＩ' --group document
  kazami --data {data} trend 新型コロナ 防災 --kind minutes --every quarter --per share
  kazami --data {data} tenders --deadline-within 14d --as-of {_TODAY} --format ics
  kazami --data {data} timeline --body 例示市 リスキリング --plot timeline.png

本物を集めるには (for real ones; say once who you are):
  export KAZAMI_CONTACT=you@example.org
  kazami crawl --body 国会 --query リスキリング --since 令和6年
  kazami crawl --body 高槻市 --since 令和7年度
  kazami index && kazami search リスキリング
相手のサイトには、一つずつ、間をあけて取りに行きます。robots.txt が禁じる所は、その議会の許可を
記録するまで取りません（kazami sources letter で頼み、kazami sources grant で記録します）。
まとめて集める前に、議会事務局へ一報を。
(One request at a time, with pauses; what robots.txt forbids needs that assembly's permission.)"""
