"""``kazami sources letter|grant|accept``: asking an office, and writing down what it said."""

from __future__ import annotations

from datetime import date

import click

from search_cli.opening import settings, today
from search_cli.options import Day, TextType

_ONE = click.argument("name", metavar="BODY|SOURCE", type=TextType())


@click.command("letter")
@_ONE
@click.option("--from", "sender", type=TextType(), help="Who writes; the contact where left out.")
@click.option("--hours", type=TextType(), help="Hours that you propose: 20:00-06:00 (Japan time).")
@click.option("--redistribute", is_flag=True, help="Ask too whether the texts may be passed on.")
@click.pass_context
def letter(
    ctx: click.Context, name: str, sender: str | None, hours: str | None, redistribute: bool
) -> None:
    """Print the letter (Japanese) that asks an office for permission.

    A body's name means its minutes, and the letter goes to its assembly; for announcements, tenders
    and awards give the source's id (kazami sources show BODY).

    \b
    Example:
      kazami sources letter 桐生市 --from '例示研究所 例示花子' > letter.txt
    """
    from answers.letter import letter_request
    from presenting.letter import letter as letter_text

    day = today()
    asked = letter_request(
        settings(ctx), name, sender=sender, hours=hours, pass_on=redistribute, today=day
    )
    click.echo(letter_text(asked.source, asked.body, asked.request, day))


@click.command("grant")
@_ONE
@click.option("--by", "granted_by", type=TextType(), required=True, help="Who answered.")
@click.option("--on", "granted_on", type=Day(last=False), required=True, help="The day of it.")
@click.option("--hours", type=TextType(), help="Only at these hours, Japan time: 20:00-06:00.")
@click.option("--days", type=TextType(), help="Only on these weekdays: sat,sun.")
@click.option(
    "--delay", type=click.FloatRange(0, 3600), help="At least so many seconds between requests."
)
@click.option("--redistribute", is_flag=True, help="The texts may be passed on, too.")
@click.option("--refused", is_flag=True, help="The answer is no: nothing is fetched.")
@click.option("--contact", type=TextType(), help="Where their office is reached.")
@click.option("--notice", type=TextType(), help="What they want to be told before a run.")
@click.option("--note", type=TextType(), help="Anything else.")
@click.pass_context
def grant(
    ctx: click.Context,
    name: str,
    granted_by: str,
    granted_on: date,
    hours: str | None,
    days: str | None,
    delay: float | None,
    redistribute: bool,
    refused: bool,
    contact: str | None,
    notice: str | None,
    note: str | None,
) -> None:
    """Record an office's answer in your own permissions.toml.

    It is about one source: a body's name means its minutes, those of other kinds have an id. An
    earlier answer stays in the file as a comment. A robots.txt that changed is accepted with it.

    \b
    Example:
      kazami sources grant 桐生市 --by 議会事務局議事課 --on 2026-08-02 --hours 20:00-06:00
      kazami sources grant 桐生市 --by 議会事務局議事課 --on 2026-08-02 --refused
    """
    import crawler
    from answers.sources import other_sources, the_one
    from kazami.permission import PERMISSIONS, Permission, parse_days, parse_hours
    from presenting.labels import KINDS

    ready, source, day = settings(ctx), the_one(name), today()
    if granted_on > day:
        raise click.UsageError(f"--on {granted_on} lies in the future")
    if refused and (redistribute or hours or days or delay is not None):
        raise click.UsageError("--refused goes with no conditions")
    permission = Permission(
        source=source.id,
        granted_by=granted_by,
        granted_on=granted_on,
        hours=parse_hours(hours or "", "--hours"),
        days=parse_days([part.strip() for part in days.split(",")], "--days") if days else None,
        minimum_delay=delay,
        contact=contact or "",
        notice=notice or "",
        fetch=not refused,
        redistribute=redistribute,
        notes=note or "",
    )
    earlier = crawler.grant(ready, source, permission, day)
    word = "refused" if refused else "granted"
    click.echo(
        f"{source.id} ({KINDS[source.kind]}): {word} by {granted_by} on {granted_on}, in "
        f"{ready.data_dir / PERMISSIONS}"
        + (f"; the answer of {earlier.granted_on} stays there as a comment" if earlier else "")
    )
    if others := other_sources(source):
        told = ", ".join(f"{each.id} ({KINDS[each.kind]})" for each in others)
        click.echo(f"not about its other sources: {told}")


@click.command("accept")
@_ONE
@click.pass_context
def accept(ctx: click.Context, name: str) -> None:
    """Go on with a source that waits for your word on its robots.txt.

    What it says now is obeyed from then on, for every source of that host. A body's name means all
    of its sources that wait.

    \b
    Example:
      kazami sources show 桐生市
      kazami sources accept 桐生市
    """
    import crawler
    from answers.sources import those_that_wait
    from presenting.labels import KINDS

    ready = settings(ctx)
    for source in those_that_wait(ready, name):
        accepted = crawler.accept(ready, source)
        says = "allows" if accepted.allows else "forbids"
        pace = f", {accepted.delay:,.0f} s apart" if accepted.delay else ""
        click.echo(
            f"{accepted.origin}/robots.txt of {accepted.seen} accepted: it {says} the text of "
            f"{source.id} ({KINDS[source.kind]}){pace}"
        )
