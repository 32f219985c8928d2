"""``kazami show``: one document, or one passage with its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from answers.opening import store_to_read
from answers.passing_on import PassingOn
from search_cli.opening import settings
from search_cli.options import TextType

if TYPE_CHECKING:
    from kazami.store import Store


@click.command()
@click.argument("id", type=TextType())
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="For reading, for programs.",
)
@click.pass_context
def command(ctx: click.Context, id: str, format_: str) -> None:
    """Show one document, or a passage with its neighbours.

    ID is the last line of a hit of kazami search. Quote it: # begins a comment in a shell.

    \b
    Example:
      kazami show 'kokkai:122114260X00320260402#25'
      kazami show kokkai:122114260X00320260402
    """
    with store_to_read(settings(ctx)) as store:
        click.echo(_found(store, id.strip(), format_, PassingOn(settings(ctx).data_dir)))


def _found(store: Store, id: str, format_: str, leave: PassingOn) -> str:
    from answers.show import PassageAnswer, show
    from presenting.show import document_json, passage_json
    from search_cli.layout.show import document_text, passage_text
    from search_cli.terminal import style

    answer = show(store, id, leave)
    if isinstance(answer, PassageAnswer):
        if format_ == "json":
            return passage_json(answer)
        return passage_text(answer.passage, answer.around, answer.citation, style())
    if format_ == "json":
        return document_json(answer)
    return document_text(answer.document, answer.missing, style())
