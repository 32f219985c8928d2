"""The documentation says what is there: commands, settings, links, error lines."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from crawler.platform import platforms
from indexer.language import QuerySyntaxError, parse
from indexer.query import Match
from kazami.bodies import load_bodies
from search_cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "config").glob("*.md")])
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text("utf-8") for page in PAGES}


def typed(text: str) -> list[str]:
    """Every ``kazami …`` that stands on a line of its own in a code block."""
    lines = []
    for block in re.findall(r"```(?:console|sh)\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            for part in line.removeprefix("$ ").split(" && "):
                if re.match(r"kazami( |$)", part):
                    lines.append(re.sub(r"\s+[#>] .*", "", part).strip())
    return lines


TYPED = sorted({(page, line) for page, text in TEXTS.items() for line in typed(text)})


def anchors(text: str) -> set[str]:
    """The anchors that a forge makes of headings."""
    return {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented_in_both_languages(name: str) -> None:
    assert re.search(rf"kazami (--data \S+ )?{name}\b", TEXTS["README.md"])
    assert re.search(rf"kazami (--data \S+ )?{name}\b", TEXTS["README.ja.md"])


def test_there_are_commands_to_check() -> None:
    assert len(TYPED) > 10


@pytest.mark.parametrize(("page", "line"), TYPED)
def test_every_command_line_can_be_typed(page: str, line: str) -> None:
    words = shlex.split(line)[1:]
    with main.make_context("kazami", words) as above:
        name, command, rest = main.resolve_command(above, [*above._protected_args, *above.args])
        assert command is not None, page
        check(command, str(name), rest, above)


def check(command: click.Command, name: str, words: list[str], above: click.Context) -> None:
    """Read the arguments without running anything; a usage error fails the test."""
    with command.make_context(name, words, parent=above) as context:
        if isinstance(command, click.Group) and context._protected_args:
            below, found, rest = command.resolve_command(
                context, [*context._protected_args, *context.args]
            )
            assert found is not None
            check(found, str(below), rest, context)


@pytest.mark.parametrize(
    "setting", sorted(tomllib.loads((ROOT / "config" / "defaults.toml").read_text("utf-8")))
)
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`{setting}`" in TEXTS["docs/settings.md"]


@pytest.mark.parametrize("name", sorted(platforms()))
def test_every_platform_is_documented(name: str) -> None:
    assert f"`{name}`" in TEXTS["docs/adding-a-source.md"]


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_links_between_pages_resolve(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text("utf-8")), target


ROWS = [
    row
    for row in re.findall(r"^\| `(.*?)` \| `(.*?)` \|$", TEXTS["docs/query-language.md"], re.M)
    if row[1].startswith("query, column")
]


@pytest.mark.parametrize(("query", "answer"), ROWS)
def test_mistakes_in_a_query_are_answered_as_documented(query: str, answer: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query, Match.WORD, load_bodies())
    assert str(caught.value).startswith(answer)


def test_there_are_mistakes_to_check() -> None:
    assert len(ROWS) >= 8


@pytest.mark.parametrize("page", sorted(TEXTS))
def test_no_page_names_a_path_of_the_writers_machine(page: str) -> None:
    assert not re.search(r"/(home|root|tmp|work|Users)/", TEXTS[page])
