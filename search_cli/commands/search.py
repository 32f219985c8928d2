"""``kazami search``: who said what, where and when."""

from __future__ import annotations

import click

from answers.opening import store_to_read
from answers.questions import Filters, Match, Question, Sort
from search_cli.opening import index_to_read, settings
from search_cli.options import OneOf, TextType, filter_options


@click.command()
@click.argument("query", nargs=-1, required=True, metavar="QUERY", type=TextType())
@filter_options
@click.option(
    "--sort",
    type=OneOf(Sort),
    default=Sort.RELEVANCE.value,
    show_default=True,
    help="The order of hits.",
)
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="So many hits."
)
@click.option(
    "--offset", type=click.IntRange(min=0), default=0, help="Leave out so many hits before them."
)
@click.option(
    "--group",
    type=click.Choice(["document"]),
    help="document: each meeting once, as its best passage; --limit counts meetings.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "md"]),
    default="table",
    show_default=True,
    help="For reading, for programs, for Excel, for a report.",
)
@click.pass_context
def command(
    ctx: click.Context,
    query: tuple[str, ...],
    filters: Filters,
    match: Match,
    sort: Sort,
    limit: int,
    offset: int,
    group: str | None,
    form: str,
) -> None:
    """Show who said what, where and when.

    QUERY is one argument, in quotes where it has spaces: 'リスキリング 職員' (both in one
    passage), 'A OR B', 'A -B', '"literal order"', 'A NEAR/5 B', 'デジタル*', '(…)',
    'speaker:… role:… title:…'. See docs/query-language.md.

    \b
    Example:
      kazami search リスキリング --since 令和4年 --stance answer
      kazami search 'リスキリング OR 学び直し' --pref 群馬県 --sort newest --format csv > hits.csv
    """
    if len(query) > 1:
        raise click.UsageError(f"QUERY is one argument; put it in quotes: '{' '.join(query)}'")
    from answers.passing_on import PassingOn
    from answers.search import search
    from kazami.bodies import load_bodies
    from presenting import search as present
    from search_cli.layout.search import HitPage, as_text
    from search_cli.terminal import style

    ready = settings(ctx)
    grouped = group is not None
    with store_to_read(ready) as store, index_to_read(ready, store) as reader:
        answer = search(
            store,
            reader,
            Question(texts=query, match=match, filters=filters),
            bodies=load_bodies(),
            # Words on one's own terminal are given to nobody, and the registry need not be read.
            passing_on=PassingOn(ready.data_dir) if form in ("json", "csv") else None,
            sort=sort,
            limit=limit,
            offset=offset,
            group_documents=grouped,
        )
    if answer.lost:
        click.echo(f"{len(answer.lost):,}件は差し替えられ、表示できません: kazami index", err=True)
    match form:
        case "json":
            click.echo(present.as_json(answer, grouped=grouped))
        case "csv":
            click.echo(present.as_csv(answer, grouped=grouped), nl=False)
        case "md":
            click.echo(present.as_markdown(answer))
        case _:
            shown = HitPage(filters=filters, sort=sort, offset=offset, grouped=grouped)
            click.echo(as_text(answer, shown, style()))
