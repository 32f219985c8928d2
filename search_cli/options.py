"""Options that several commands share, and the types that check what is typed."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from answers.questions import Filters, Match, Readings
from kazami.document import Kind, Stance
from kazami.errors import KazamiError
from kazami.fields import TEXT_FIELDS
from presenting.labels import KINDS, STANCES

Command = TypeVar("Command", bound=Callable[..., Any])


class TextType(click.ParamType[str]):
    """Text that is not blank and is valid Unicode."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if any("\ud800" <= character <= "\udfff" for character in value):
            self.fail(f"{value!r} is not valid UTF-8; check the terminal's encoding", param, ctx)
        if not value.strip():
            self.fail("is empty", param, ctx)
        return value


class Day(click.ParamType[date]):
    """A day, or the first (last) day of a month, year, 年度 or quarter in any Japanese way."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self.last = last

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        from kazami.dates import parse_span

        try:
            span = parse_span(value)
        except KazamiError as error:
            self.fail(str(error), param, ctx)
        return span.end if self.last else span.start


class BodyType(click.ParamType[str]):
    """The six-digit code of a body, found from its code or name."""

    name = "code|name"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from kazami.bodies import load_bodies

        try:
            return load_bodies().find(value).code
        except KazamiError as error:
            self.fail(str(error), param, ctx)


class TerritoryType(click.ParamType[frozenset[str]]):
    """The codes of the bodies of a territory, found by its name."""

    name = "territory"

    def convert(
        self,
        value: str | frozenset[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> frozenset[str]:
        if not isinstance(value, str):
            return value
        from kazami.bodies import load_bodies
        from kazami.territories import load_territories

        try:
            found = load_territories(os.environ, load_bodies()).find(value)
        except KazamiError as error:
            self.fail(str(error), param, ctx)
        return frozenset(body.code for body in found.bodies)


class Prefecture(click.ParamType[str]):
    """The two-digit code of a prefecture, found from its code or name."""

    name = "prefecture"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from kazami.bodies import load_bodies

        try:
            return load_bodies().prefecture(value)
        except KazamiError as error:
            self.fail(str(error), param, ctx)


class Picture(click.ParamType[Path]):
    """A file that a picture can be written to, by its suffix."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if path.suffix.lower() not in (".png", ".svg"):
            self.fail(f"{str(path)!r} ends neither in .png nor in .svg", param, ctx)
        if not path.absolute().parent.is_dir():
            self.fail(f"there is no folder {str(path.parent)!r}", param, ctx)
        if path.is_dir():
            self.fail(f"{str(path)!r} is a folder", param, ctx)
        return path


class OneOf(click.Choice[str]):
    """One value of an enumeration. click's own choice of an enumeration takes the names."""

    def __init__(self, values: type[StrEnum]) -> None:
        super().__init__([value.value for value in values], case_sensitive=False)
        self.values = values

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return self.values(super().convert(value, param, ctx))


class Term(click.ParamType[StrEnum]):
    """One value of an enumeration, by its name or by its Japanese label."""

    name = "term"

    def __init__(self, values: type[StrEnum], labels: dict[Any, str]) -> None:
        self.values, self.labels = values, labels

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return f"[{'|'.join(self.values)}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        for term in self.values:
            if value.lower() == term.value or value == self.labels.get(term):
                return term
        known = ", ".join(f"{term.value} ({self.labels[term]})" for term in self.values)
        self.fail(f"{value!r} is none of {known}", param, ctx)


SINCE = click.option(
    "--since",
    type=Day(last=False),
    help="From this day, month or year: 2022-03, 令和4年, 2022年度.",
)
UNTIL = click.option(
    "--until", type=Day(last=True), help="Up to the end of this day, month or year."
)
BODY = click.option(
    "--body",
    "bodies",
    type=BodyType(),
    multiple=True,
    help="Only this body (団体): 桐生市, 102032, 国会.",
)
TERRITORY = click.option(
    "--territory",
    "territories",
    type=TerritoryType(),
    multiple=True,
    help="Only bodies of this territory, or region: 関東 (kazami territories).",
)


def BODIES(command: Command) -> Command:
    """Add ``--body`` and ``--territory``; the command gets the codes of both as ``bodies``."""

    @wraps(command)
    def call(
        *args: Any, bodies: tuple[str, ...], territories: tuple[frozenset[str], ...], **others: Any
    ) -> Any:
        return command(*args, bodies=all_bodies(bodies, territories), **others)

    return BODY(TERRITORY(call))  # type: ignore[return-value]


def all_bodies(bodies: tuple[str, ...], territories: tuple[frozenset[str], ...]) -> tuple[str, ...]:
    """The codes of both, each once."""
    return tuple(dict.fromkeys((*bodies, *sorted(frozenset().union(*territories)))))


PREFECTURES = click.option(
    "--pref",
    "prefectures",
    type=Prefecture(),
    multiple=True,
    help="Only bodies of this prefecture: 群馬県, gunma, 10.",
)
KIND = click.option(
    "--kind", "kinds", type=Term(Kind, KINDS), multiple=True, help="Only this kind of document."
)


def in_order(since: date | None, until: date | None) -> None:
    """Raise a usage error where the span is empty."""
    if since and until and since > until:
        raise click.UsageError(f"--since {since} lies after --until {until}")


def filter_options(command: Command) -> Command:
    """Add the filter options; the command gets ``filters`` and ``match``."""

    @wraps(command)
    def call(
        *args: Any,
        bodies: tuple[str, ...],
        prefectures: tuple[str, ...],
        kinds: tuple[Kind, ...],
        since: date | None,
        until: date | None,
        stances: tuple[Stance, ...],
        reading: Readings,
        **others: Any,
    ) -> Any:
        in_order(since, until)
        filters = Filters(
            bodies=frozenset(bodies),
            prefectures=frozenset(prefectures),
            kinds=frozenset(kinds),
            since=since,
            until=until,
            **{field.plural: others.pop(field.plural) for field in TEXT_FIELDS.values()},
            stances=frozenset(stances),
            reading=reading,
        )
        return command(*args, filters=filters, **others)

    decorators = [
        BODIES,
        PREFECTURES,
        KIND,
        SINCE,
        UNTIL,
        *(
            click.option(f"--{name}", field.plural, type=TextType(), multiple=True, help=field.help)
            for name, field in TEXT_FIELDS.items()
        ),
        click.option(
            "--stance",
            "stances",
            type=Term(Stance, STANCES),
            multiple=True,
            help="Only questions (質問), answers (答弁), …",
        ),
        click.option(
            "--reading",
            type=OneOf(Readings),
            default=Readings.ALL.value,
            show_default=True,
            help="sound: without meetings whose speakers or day may have been read wrong.",
        ),
        click.option(
            "--match",
            type=OneOf(Match),
            default=Match.WORD.value,
            show_default=True,
            help="word: 学び直し finds 学び直す; exact: the letters as typed.",
        ),
    ]
    for decorate in reversed(decorators):
        call = decorate(call)
    return call  # type: ignore[return-value]
