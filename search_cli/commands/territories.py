"""``kazami territories``: the named sets of bodies."""

from __future__ import annotations

import os

import click

from search_cli.options import TextType


@click.command()
@click.argument("name", required=False, type=TextType())
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="For reading, for programs.",
)
def command(name: str | None, format_: str) -> None:
    """List the named sets of bodies that --territory takes; with NAME, the bodies of one.

    Yours stand in territories.toml beside kazami.toml, a table for each:

    \b
      ["北関東の市"]
      regions = ["北関東"]          # or prefectures = ["群馬県"]
      kinds = ["city"]              # prefecture, city, ward, town, village
      min_population = 50000        # and max_population
      bodies = ["足利市"]           # beside them
      except = ["前橋市"]           # but not these

    \b
    Example:
      kazami territories
      kazami territories 北関東
    """
    from kazami.bodies import load_bodies
    from kazami.territories import load_territories
    from presenting.territories import as_json
    from search_cli.layout.territories import list_text, one_text
    from search_cli.terminal import style

    known = load_territories(os.environ, load_bodies())
    chosen = None if name is None else known.find(name)
    if format_ == "json":
        click.echo(as_json(known if chosen is None else [chosen]))
    elif chosen is None:
        click.echo(list_text(known, style()))
    else:
        click.echo(one_text(chosen, style()))
