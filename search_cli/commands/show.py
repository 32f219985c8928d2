"""``kazami show``: one document, or one passage with its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from answers.opening import store_to_read
from search_cli.opening import settings
from search_cli.options import TextType

if TYPE_CHECKING:
    from kazami.settings import Settings
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
@click.option(
    "--explain",
    is_flag=True,
    help="Show the printed line, and the rules by which speaker, stance and day were read from it; "
    "of a document a table. JSON always has them.",
)
@click.pass_context
def command(ctx: click.Context, id: str, format_: str, explain: bool) -> None:
    """Show one document, or a passage with its neighbours.

    ID is the last line of a hit of kazami search. Quote it: # begins a comment in a shell.

    \b
    Example:
      kazami show 'kokkai:122114260X00320260402#25'
      kazami show kokkai:122114260X00320260402
      kazami show kokkai:122114260X00320260402 --explain
    """
    ready = settings(ctx)
    with store_to_read(ready) as store:
        if format_ == "json":
            click.echo(_json(store, id.strip(), ready))
        else:
            click.echo(_explained(store, id.strip()) if explain else _text(store, id.strip()))


def _json(store: Store, id: str, ready: Settings) -> str:
    from answers.passing_on import PassingOn
    from answers.show import PassageAnswer, show
    from presenting.show import document_json, passage_json

    answer = show(store, id, PassingOn(ready.data_dir))
    return passage_json(answer) if isinstance(answer, PassageAnswer) else document_json(answer)


def _explained(store: Store, id: str) -> str:
    from answers.show import PassageAnswer, show
    from search_cli.layout.explain import explained_document, explained_passage
    from search_cli.terminal import style

    answer = show(store, id)
    if isinstance(answer, PassageAnswer):
        return explained_passage(answer, style())
    return explained_document(answer, style())


def _text(store: Store, id: str) -> str:
    from answers.show import PassageAnswer, show
    from search_cli.layout.show import document_text, passage_text
    from search_cli.terminal import style

    answer = show(store, id)
    if isinstance(answer, PassageAnswer):
        return passage_text(answer.passage, answer.around, answer.citation, style())
    text = document_text(answer.document, answer.missing, style(), answer.read)
    if answer.joined is None:
        return text
    from search_cli.layout.versions import versions_text

    return f"{text}\n\n{versions_text(answer.joined, answer.document.id, style())}"
