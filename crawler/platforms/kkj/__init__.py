"""官公需情報ポータルサイト (www.kkj.go.jp): what state and towns buy, by its published API.

Signature: ``/api/`` answers ``<Results>`` with ``<SearchHits>``. Written after guide 1.1 of
2016-05-27 and never checked against the real site. It asks for no key and names no pause; its
clients take a second. One source holds the notices of all bodies: each document says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crawler.page import Answer, Follow, Incomplete, Listed, Page, Wanted
from crawler.platform import Cost, Platform, Revisit, Signature
from crawler.platforms.kkj.notice import read_notice
from crawler.platforms.kkj.portal_answer import read_answer
from crawler.platforms.kkj.slices import CATEGORIES, MOST, PREFECTURES, STATE, Slice, slices
from kazami.document import Kind
from kazami.sources import Expect, Source


def start(source: Source, wanted: Wanted) -> Iterator[Follow]:
    """A page for each month and area; what a run asks again is what its listings cannot settle."""
    asked = source.options.get("areas")
    areas = asked if isinstance(asked, tuple) else (*PREFECTURES, STATE)
    for each in slices(areas, wanted):
        yield _page(source.url, each)


def parse_notices(
    page: Page, *, api: str, documents: Sequence[str], **asked: object
) -> Iterator[Answer]:
    """The notices of an answer; what to ask next where more fit the question than came.

    Raises PageChanged, TryLater and PortalError as ``read_answer``. A record that cannot be read
    costs itself.
    """
    part = Slice(documents=tuple(documents), **asked)  # type: ignore[arg-type]
    answer = read_answer(page)
    came = len(answer.records) + len(answer.unreadable)
    records = answer.records
    full = not part.category and part.count == came < answer.hits
    if full:
        # What came comes again in the halves, or by its category where it has one.
        halved = bool(part.halves())
        records = tuple(each for each in records if not halved and not each.get("Category"))
    keys = []
    wrong = list(answer.unreadable)
    for record in records:
        try:
            found = read_notice(record)
        except ValueError as error:
            wrong.append(f"{page.url}: a record that cannot be read: {error}")
            continue
        keys.append(found.key)
        yield found
    if not full:
        yield from map(Incomplete, wrong)
    if part.category:
        known = tuple(dict.fromkeys((*part.documents, *keys)))
        yield from _next_part(
            api, replace(part, documents=known, counted=part.counted + answer.hits)
        )
    elif came == answer.hits:
        yield Listed(name=part.name, documents=tuple(keys))
    elif full:
        yield from _cut(api, replace(part, documents=tuple(keys)), answer.hits)
    else:
        # The portal gives less than it could: to ask for less brings no more.
        yield _incomplete(part, answer.hits, came)


def finer(follow: Follow) -> Iterator[Answer]:
    """What to ask where an answer is larger than may be taken."""
    asked = dict(follow.cb_kwargs)
    api = str(asked.pop("api"))
    part = Slice(**{**asked, "documents": tuple(asked["documents"])})  # type: ignore[arg-type]
    if not part.category:
        yield from _cut(api, part, None)
    elif part.count > 1:
        yield _page(api, replace(part, count=max(1, part.count // 4)))
    else:
        yield Incomplete(f"{part.name}: a notice of category {part.category} is too large")
        yield from _next_part(api, part)


def _cut(api: str, part: Slice, hits: int | None) -> Iterator[Answer]:
    """Halves of its days, or the categories of its day."""
    halves = part.halves()
    if not halves:
        yield _page(api, replace(part, category=CATEGORIES[0], whole=hits))
        return
    yield Listed(name=part.name, listings=tuple(half.name for half in halves))
    for half in halves:
        yield _page(api, half)


def _next_part(api: str, part: Slice) -> Iterator[Answer]:
    """The next category of a day, or after the last what the day's listing is.

    A day of which some are missing is no listing: it is asked for again in every run.
    """
    following = CATEGORIES.index(part.category) + 1
    if following < len(CATEGORIES):
        yield _page(api, replace(part, category=CATEGORIES[following], count=MOST))
        return
    whole = part.counted if part.whole is None else part.whole
    if part.whole is None:
        yield Incomplete(
            f"{part.name}: too large to be asked for whole; of its notices without a category "
            "nothing is known"
        )
    if whole > len(part.documents):
        yield _incomplete(part, whole, len(part.documents))
    elif part.whole is not None:
        yield Listed(name=part.name, documents=part.documents)


def _incomplete(part: Slice, whole: int, came: int) -> Incomplete:
    return Incomplete(
        f"{part.name}: the portal has {whole:,} notices and gave {came:,}; {whole - came:,} are "
        "missing and cannot be asked for"
    )


def _page(api: str, part: Slice) -> Follow:
    whole = not part.category
    return Follow(
        url=part.address(api),
        parse=parse_notices,
        key=part.key,
        cb_kwargs={"api": api, **part.arguments()},
        listing=part.name if whole else None,
        newest=part.newest if whole else None,
    )


def wrong_options(options: Mapping[str, object]) -> list[str]:
    """``areas``: codes of prefectures, and ``state``."""
    wrong = [f"unknown option {name!r}; known: areas" for name in options if name != "areas"]
    areas = options.get("areas", ())
    if not isinstance(areas, tuple):
        return [*wrong, "areas: a list of texts is needed, like ['10', 'state']"]
    return wrong + [
        f"areas: {each!r} is neither the code of a prefecture (10) nor {STATE!r}"
        for each in areas
        if not re.fullmatch("[0-9]{2}", each, re.ASCII) and each != STATE
    ]


PLATFORM = Platform(
    name="kkj",
    delay=1.0,
    signature=Signature(
        entry=r"https?://www\.kkj\.go\.jp/api/",
        page=r"www\.kkj\.go\.jp/",
    ),
    # Two for days to come and 48 for all that is older; 48 areas each month, and the cuts of those
    # that do not fit: some 13,000 notices a month, 1,000 at once.
    cost=Cost(run=200, year=12 * 75, sitting=0, first_year=2021, months=2),
    start=start,
    parsers=(parse_notices,),
    wrong_options=wrong_options,
    # A notice is found by the day on it or that of the portal's visit, some days later.
    revisit={Kind.TENDER: Revisit(months=1)},
    expect=Expect(at_least=1000, newest_within_days=30),
    finer=finer,
    # An answer of 20 MB (max_response_mb) holds a thousand notices, read at about 1 MB/s.
    seconds_to_read=180.0,
)
