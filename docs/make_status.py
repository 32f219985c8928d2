"""Writes docs/status.md from sources and saved pages: ``python docs/make_status.py``."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from crawler.detection import readable
from crawler.platform import platform, platforms
from kazami.sources import UNKNOWN, Source, load_sources

HERE = Path(__file__).parent
PAGE = HERE / "status.md"
VERIFIED = HERE / "verified.toml"
PAGES = HERE.parent / "tests" / "pages"

INTRODUCTION = """\
# What each platform can do, and how far that is proven

Written by `python docs/make_status.py` from `config/sources`, `tests/pages` and
`docs/verified.toml`; a test compares the two.

**Bodies** are those whose source names the platform, **readable** those that kazami could read, if
it may: an own page needs options. **Text** says whether robots.txt or the pages themselves forbid
the pages that hold it; then an assembly's permission is needed. **Saved pages** stand in the
repository, and are invented or recorded. **Recorded responses** are real ones that the tests read
and that are kept outside, with the newest day or year that they show. **Live** is the day on which
a crawl was last compared with the real site.
"""

COLUMNS = (
    "platform",
    "bodies",
    "readable",
    "text",
    "saved pages",
    "recorded responses",
    "newest",
    "live",
)
NEVER = "never"


def page() -> str:
    """The whole page."""
    sources = load_sources()
    verified = tomllib.loads(VERIFIED.read_text("utf-8"))
    names = sorted(platforms())
    by_platform = {name: [each for each in sources if each.platform == name] for name in names}
    lines = [
        INTRODUCTION,
        f"| {' | '.join(COLUMNS)} |",
        "|---|---:|---:|---|---|---|---|---|",
    ]
    order = sorted(names, key=lambda name: (-len(by_platform[name]), name))
    lines += [_row(name, by_platform[name], verified.get(name, {})) for name in order]
    unknown = [each for each in sources if each.platform == UNKNOWN]
    addressed = sum(bool(each.url) for each in unknown)
    bodies = len({each.body for each in sources})
    reached = len({each.body for each in sources if readable(each) is None})
    told = (
        f"Of {bodies:,} bodies, {reached:,} have a source that kazami could read. {len(unknown):,}"
        f" sources are `unknown`: for {addressed} an address is known that no platform reads, for"
        f" {len(unknown) - addressed} none."
    )
    lines += [
        "",
        told,
        "",
        "## Not held to recorded responses",
        "",
    ]
    lines += [
        f"- `{name}`: {verified.get(name, {}).get('note', 'nothing is known')}"
        for name in order
        if not verified.get(name, {}).get("recorded")
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, sources: list[Source], verified: dict[str, object]) -> str:
    recorded = verified.get("recorded")
    cells = [
        f"`{name}`",
        f"{len({each.body for each in sources}):,}",
        f"{len({each.body for each in sources if readable(each) is None}):,}",
        "forbidden" if platform(name).robots_forbids_text else "",
        _saved(name),
        ", ".join(map(str, recorded)) if isinstance(recorded, list) and recorded else "none",
        str(verified.get("newest", "")),
        str(verified.get("live", NEVER)),
    ]
    return f"| {' | '.join(cells)} |"


def _saved(name: str) -> str:
    """How many pages are kept, of which origin: 29 invented."""
    origins = Counter(
        str(tomllib.loads(case.read_text("utf-8"))["origin"])
        for case in (PAGES / name).glob("*/case.toml")
    )
    return ", ".join(f"{count} {origin}" for origin, count in sorted(origins.items())) or "none"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
