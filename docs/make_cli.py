"""Writes docs/cli.md from the help texts: ``python docs/make_cli.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from search_cli.main import main

PAGE = Path(__file__).with_name("cli.md")
INTRODUCTION = """\
# The command line

Written from the commands' own help by `python docs/make_cli.py`; a test compares the two.

Results go to standard output, progress and notes to standard error. Exit codes: 0 fine; 1 an
error, or an alarm (an unhealthy crawl, bad lines skipped at import); 2 wrong usage; 130
interrupted. Dates are read as public bodies write them: `2022-03-01`, `令和4年3月1日`, `R4.3`,
`2022年度`, `2022-Q1`; `--since` takes the first day of what is named, `--until` the last.

CSV begins with a byte order mark, so that Excel reads it as UTF-8, and a text that a spreadsheet
would take for a formula is prefixed by `'`. A code (of a body or a prefecture) is written
`="011002"`, which a spreadsheet shows as the text 011002; bare digits would lose their first 0.
JSON keeps texts as published and codes as they are.
"""


def helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """The command and all below it: what is typed, and its help."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from helps(below, click.Context(below, parent=context, info_name=name))


def page() -> str:
    """The whole page."""
    context = click.Context(main, info_name="kazami", terminal_width=80, **main.context_settings)
    parts = [INTRODUCTION]
    for path, help in helps(main, context):
        parts.append(f"## {path}\n\n```text\n{help.rstrip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
