"""The ``kazami`` command: the table of commands, and the one place where errors become a line."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kazami import __version__
from kazami.errors import KazamiError
from kazami.garbage import look_less_for_garbage

COMMANDS = {
    "crawl": ("search_cli.commands.crawl", "Fetch documents from the sources asked for."),
    "reparse": ("search_cli.commands.reparse", "Read the documents again from the raw archive."),
    "import": (
        "search_cli.commands.import_files",
        "Read documents from JSONL files, or awards from CSV tables.",
    ),
    "index": ("search_cli.commands.index", "Bring the index up to date with the store."),
    "search": ("search_cli.commands.search", "Show who said what, where and when."),
    "trend": ("search_cli.commands.trend", "Count a topic per month, quarter or year."),
    "tenders": (
        "search_cli.commands.tenders",
        "Show tenders by the day until which an offer can be handed in.",
    ),
    "awards": ("search_cli.commands.awards", "Show who won, how often and for how much."),
    "timeline": (
        "search_cli.commands.timeline",
        "Show what one body said, announced, bought and awarded on a topic, day by day.",
    ),
    "recall": (
        "search_cli.commands.recall",
        "Say which tenders or mentions of a list are here, and of each other one why it is not.",
    ),
    "show": ("search_cli.commands.show", "Show one document, or a passage with its neighbours."),
    "correct": (
        "search_cli.commands.correct",
        "Say who spoke, in which office, or on which day, where it was read wrong.",
    ),
    "sources": (
        "search_cli.commands.sources",
        "List, show or check the sources; ask for and record permissions.",
    ),
    "territories": (
        "search_cli.commands.territories",
        "List the named sets of bodies that --territory takes; with NAME, the bodies of one.",
    ),
    "status": ("search_cli.commands.status", "Show what is collected and how fresh the index is."),
    "demo": ("search_cli.commands.demo", "Try everything on invented towns, offline."),
}
"""Command name → its module, whose ``command`` it is, and the line that ``--help`` shows.

The line stands here so that ``kazami --help`` imports no command.
"""


class _ReaderLeft(Exception):
    """The reader of our output (``head``) has seen enough."""


class Commands(click.Group):
    """A group that imports a command when it is called, and turns known errors into one line.

    Exit codes: 0 fine, 1 a KazamiError or an alarm, 2 wrong usage, 130 interrupted.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "kazami --help lists them"
            ctx.fail(f"no command {printable(args[0])!r}; {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            # Otherwise click ends the process with exit code 1.
            raise _ReaderLeft from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_module, line) in COMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        look_less_for_garbage()
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a character must not end the command.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        sys.exit(_run(super().main, args, prog_name or "kazami", complete_var, extra))


def _run(
    main: Any,
    args: Sequence[str] | None,
    prog_name: str,
    complete_var: str | None,
    extra: dict[str, Any],
) -> int:
    try:
        code = main(args, prog_name, complete_var, standalone_mode=False, **extra)
        sys.stdout.flush()
    except click.Abort:
        return _say("interrupted", 130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.UsageError as error:
        return _say(_usage(error), error.exit_code)
    except (KazamiError, click.ClickException) as error:
        return _say(str(error), 1)
    except (_ReaderLeft, BrokenPipeError):
        # What is still buffered must not raise again when Python flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}{_ADVICE.get(error.errno or 0, '')}", 1)
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    return code if isinstance(code, int) else 0


_ADVICE = {
    errno.ENOSPC: "; free some space and run the command again: nothing stored is lost",
    errno.EACCES: "; choose a data directory of yours with --data",
    errno.EROFS: "; choose a data directory that can be written with --data",
}


def _usage(error: click.UsageError) -> str:
    """What is wrong, and where to read how it is done, on one line."""
    path = error.ctx.command_path if error.ctx else "kazami"
    told = error.format_message().removesuffix(".")
    short = isinstance(error, click.NoSuchOption) and not error.option_name.startswith("--")
    if short and error.ctx and error.ctx.info_name in ("search", "trend"):
        told += "; a query with -, to leave a word out, goes into quotes: 'A -B'"
    return f"{told} (see {path} --help)"


def _say(message: str, code: int) -> int:
    """Print one line on stderr, and give back ``code``."""
    print(f"kazami: {printable(message)}", file=sys.stderr)
    return code


def printable(message: str) -> str:
    """``message`` on one line and without control characters, wherever its text came from."""
    from presenting.safe_text import one_line

    return one_line(message)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with: kazami demo",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="KAZAMI_DATA",
    help="The directory that holds the documents and the index.  [env: KAZAMI_DATA; else the "
    "platform's user data directory]",
)
@click.version_option(__version__, prog_name="kazami", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, data: Path | None) -> None:
    """Who said what, where and when in Japan's local governments, and which topics rise.

    \b
    Example:
      kazami search リスキリング --since 令和4年 --stance answer
      kazami trend リスキリング ＤＸ --every fiscal-year --plot trend.png
    """
    ctx.obj = data
