"""Writes docs/status.md from sources and saved pages: ``python docs/make_status.py``."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from crawler.detection import readable
from crawler.platform import platform, platforms
from kazami.document import Kind
from kazami.sources import UNKNOWN, Source, load_sources

HERE = Path(__file__).parent
PAGE = HERE / "status.md"
VERIFIED = HERE / "verified.toml"
PAGES = HERE.parent / "tests" / "pages"

INTRODUCTION = """\
# What each platform can do, and how far that is proven

Written by `python docs/make_status.py` from `config/sources`, `tests/pages` and
`docs/verified.toml`; a test compares the two.

**Bodies** are those whose source names the platform. *Proven on recorded pages*: the tests read
recorded pages of this system, so that kazami reads the body's if it may. *Configured, unproven*:
kazami could read it by what is written down, and no page of its kind was ever read; each council's
own pages are a kind of their own. *Cannot*: without options, or with a `doubt`, such as a council
that prints no mark before its speakers; it counts once one of its sittings was read; or where the
address is `unproven`. **Text** says
whether robots.txt or the pages themselves forbid the pages that hold it; then an assembly's
permission is needed. **Saved pages** stand in the repository, and are invented or recorded.
**Recorded responses** are real ones that the tests read and that are kept outside, with the newest
day or year that they show. **Live** is the day on which a crawl was last compared with the real
site.
"""

COLUMNS = (
    "platform",
    "bodies",
    "proven on recorded pages",
    "configured, unproven",
    "cannot",
    "text",
    "saved pages",
    "recorded responses",
    "newest",
    "live",
)
NEVER = "never"

PROOFS = PROVEN, CONFIGURED, CANNOT = "proven", "configured", "cannot"
"""The best first."""


def page() -> str:
    """The whole page."""
    sources = load_sources()
    verified = tomllib.loads(VERIFIED.read_text("utf-8"))
    names = sorted(platforms())
    by_platform = {name: [each for each in sources if each.platform == name] for name in names}
    lines = [
        INTRODUCTION,
        f"| {' | '.join(COLUMNS)} |",
        "|---|---:|---:|---:|---:|---|---|---|---|---|",
    ]
    order = sorted(names, key=lambda name: (-len(by_platform[name]), name))
    lines += [_row(name, by_platform[name], verified) for name in order]
    unknown = [each for each in sources if each.platform == UNKNOWN and each.kind is Kind.MINUTES]
    addressed = sum(bool(each.url) for each in unknown)
    proofs: dict[str, set[str]] = {}
    for each in sources:
        if each.kind is Kind.MINUTES:
            proofs.setdefault(each.body, set()).add(_proof(each, verified))
    best = Counter(min(found, key=PROOFS.index) for found in proofs.values())
    told = (
        f"Minutes: of {len(proofs):,} bodies, {best[PROVEN]:,} have a source of a system that is"
        " proven on recorded pages (whether it may be asked is another question),"
        f" {best[CONFIGURED]:,} one that is configured and unproven,"
        f" {best[CANNOT]:,} none that kazami could read."
        f" {len(unknown):,} sources are `unknown`: for {addressed} an address is known that no"
        f" platform reads, for {len(unknown) - addressed} none."
    )
    others = [_of_kind(kind, sources, verified) for kind in Kind if kind is not Kind.MINUTES]
    lines += [
        "",
        told,
        *(line for each in others if each for line in ("", each)),
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


def _of_kind(
    kind: Kind, sources: Iterable[Source], verified: Mapping[str, Mapping[str, object]]
) -> str:
    """How many bodies have a source of announcements, tenders or awards; empty where none has."""
    of_it = [each for each in sources if each.kind is kind]
    proofs = Counter(_proof(each, verified) for each in of_it)
    if not of_it:
        return ""
    bodies = len({each.body for each in of_it})
    systems = sum(bool(each.system) for each in of_it)
    return (
        f"{kind.value.capitalize()}s: {bodies:,} bodies have a source of"
        f" them: {proofs[PROVEN]:,} proven, {proofs[CONFIGURED]:,} configured and unproven,"
        f" {proofs[CANNOT]:,} that may not or cannot be read, among them"
        f" {sum(bool(each.unproven) for each in of_it):,} whose address may be somebody else's"
        + (f" and {systems:,} electronic bidding systems, some shared by many" if systems else "")
        + "."
    )


def _proof(source: Source, verified: Mapping[str, Mapping[str, object]]) -> str:
    """How far it is known that kazami reads the source."""
    if readable(source) is not None or source.doubt:
        return CANNOT
    recorded = verified.get(source.platform, {}).get("recorded")
    return PROVEN if recorded and not platform(source.platform).cost.own_pages else CONFIGURED


def _row(name: str, sources: list[Source], verified: Mapping[str, Mapping[str, object]]) -> str:
    said = verified.get(name, {})
    recorded = said.get("recorded")
    proofs = Counter(_proof(each, verified) for each in sources)
    cells = [
        f"`{name}`",
        f"{len({each.body for each in sources}):,}",
        *(f"{proofs[each]:,}" for each in PROOFS),
        "forbidden" if platform(name).robots_forbids_text else "",
        _saved(name),
        ", ".join(map(str, recorded)) if isinstance(recorded, list) and recorded else "none",
        str(said.get("newest", "")),
        str(said.get("live", NEVER)),
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
