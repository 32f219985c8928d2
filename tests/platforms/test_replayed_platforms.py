"""One sitting on every platform: who asks and who answers comes back, and an exchange is noticed.

The replay servers take mark and label from the document's own stance, office and name, never from
the reader. Where the reader goes by the office, the server prints ○ before everybody, and the
exchange is made in what an office means. Where it goes by the mark (◆, ◎), a committee's chair who
reports is marked as one who asks: reading his office instead would be noticed too. A body's own
pages are read both ways, by what they print.

Real meetings cannot show an exchange by the office: their stance comes from it when they are
imported, by the very function that is tried here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.page import Found
from crawler.platform import platforms
from crawler.reading import stance as reading
from kazami.document import Document, Kind, Passage, Stance
from replay import ReplayServer
from replay.amivoice import City
from replay.dbsearch import Council
from replay.discussnet import DiscussnetHost
from replay.domino import NotesDatabase
from replay.kokkai import Diet
from replay.own_pages import OwnPages
from replay.server import Site
from replay.static_dir import Folder
from replay.voices import Voices
from replay.wakayama import INDEX, Assembly

Walk = Callable[..., Any]
Speaker = tuple[str | None, str | None, Stance | None]

DAY = date(2025, 2, 25)

IN_OFFICE: tuple[Speaker, ...] = (
    ("例示花子", "議長", Stance.CHAIR),
    ("例示太郎", "１番", Stance.QUESTION),
    ("見本一郎", "市長", Stance.ANSWER),
    ("見本二郎", "総務部長", Stance.ANSWER),
    ("例示次郎", "２番", Stance.QUESTION),
    ("見本三郎", "議会事務局長", Stance.OTHER),
)
MEMBER: Speaker = ("例示三郎", None, Stance.QUESTION)
"""Printed with 君 and no office."""

REPORTING: Speaker = ("例示四郎", "総務委員長", Stance.QUESTION)
"""He does not preside; only a mark can say so."""


@dataclass(frozen=True)
class Served:
    """How one platform serves a sitting, and by what its reader tells who asks."""

    sites: Callable[[Document], Mapping[str, Site]]
    place: str
    title: str
    decided_by: str = "office"
    speakers: tuple[Speaker, ...] = (*IN_OFFICE, MEMBER)
    options: Mapping[str, tuple[str, ...]] | None = None

    def document(self) -> Document:
        passages = tuple(
            Passage(
                key=str(order),
                order=order,
                text=f"{order}番目の発言です。",
                speaker=speaker,
                role=role,
                stance=stance,
            )
            for order, (speaker, role, stance) in enumerate(self.speakers, start=1)
        )
        return Document(
            body="102032",
            kind=Kind.MINUTES,
            platform="replay",
            key="reiji/1",
            title=self.title,
            date=DAY,
            fetched=datetime(2026, 8, 2, tzinfo=UTC),
            passages=passages,
        )


def own_pages(form: str, *, marked: bool) -> Served:
    return Served(
        lambda held: OwnPages("reiji", [held], form, marked=marked).sites,
        "/reiji/kaigiroku/",
        "令和７年第１回定例会",
        decided_by="mark" if marked else "office",
        speakers=(*IN_OFFICE, MEMBER, *([REPORTING] if marked else [])),
        options={
            "documents": (f"http://127.0.0.1:*/reiji/files/*.{form}",),
            "pages": ("http://127.0.0.1:*/reiji/kaigiroku/*",),
        },
    )


SERVED = {
    "amivoice": Served(
        lambda held: {"reiji": City("reiji", [held])}, "/reiji/usr/", "令和７年第１回定例会"
    ),
    "dbsearch": Served(
        lambda held: {"reiji": Council("reiji", [held])},
        "/reiji/",
        "令和７年第１回定例会（第１号）",
        speakers=IN_OFFICE,
    ),
    "discussnet": Served(
        lambda held: DiscussnetHost({"reiji": [held]}).sites,
        "/tenant/reiji/SpMinuteSearch.html",
        "令和７年第１回定例会 02月25日－01号",
        decided_by="mark",
        speakers=(*IN_OFFICE, MEMBER, REPORTING),
    ),
    "domino": Served(
        lambda held: {"all": NotesDatabase("ggiji", [held])},
        "/all/ggiji.nsf",
        "令和7年2月静岡県議会定例会\u3000第1号",
    ),
    "html_minutes": own_pages("html", marked=False),
    "html_minutes, marked": own_pages("html", marked=True),
    "kensakusystem": Served(
        lambda held: {}, "/reiji/", "令和 7年第1回定例会（第1号 2月25日）", speakers=IN_OFFICE
    ),
    "kokkai": Served(
        lambda held: {"api": Diet([held])}, "/api/", "第217回国会 参議院 本会議 第1号"
    ),
    "pdf_minutes": own_pages("pdf", marked=False),
    "pdf_minutes, marked": own_pages("pdf", marked=True),
    "static_dir": Served(
        lambda held: {"kensaku": Folder([held])}, "/kensaku/mokuji.html", "第１回定例会"
    ),
    "voices": Served(
        lambda held: {"voices": Voices([held])},
        "/voices/",
        "令和７年第１回定例会 02月25日-01号",
        decided_by="mark",
        speakers=(*IN_OFFICE, REPORTING),
    ),
    "wakayama": Served(
        lambda held: {"gijiroku": Assembly([held])},
        f"/gijiroku/{INDEX}.html",
        "令和７年第１回定例会",
    ),
}


def test_every_platform_is_served_here() -> None:
    of_minutes = {name for name, each in platforms().items() if Kind.MINUTES in each.revisit}
    assert {name.partition(",")[0] for name in SERVED} == of_minutes


def read(name: str, document: Document, walk: Walk) -> Found:
    """The document as the platform's reader gives it from the replayed site."""
    served = SERVED[name]
    tenants = {"reiji": [document]} if name == "kensakusystem" else None
    with ReplayServer(tenants, sites=served.sites(document)) as server:
        options = {
            option: tuple(each.replace(":*", f":{server.url.rpartition(':')[2]}") for each in given)
            for option, given in (served.options or {}).items()
        }
        found: Found
        [found] = walk(
            name.partition(",")[0],
            f"{server.url}{served.place}",
            options=options,
            since=date(2025, 1, 1),
        ).found
    return found


def speakers_read(name: str, walk: Walk) -> tuple[Speaker, ...]:
    found = read(name, SERVED[name].document(), walk)
    return tuple((each.speaker, each.role, each.stance) for each in found.passages)


@pytest.mark.parametrize("name", SERVED)
def test_everybody_comes_back_with_the_stance_that_was_served(name: str, walk: Walk) -> None:
    assert speakers_read(name, walk) == SERVED[name].speakers


@pytest.mark.parametrize("name", SERVED)
def test_what_looks_like_markup_or_a_hole_is_text(name: str, walk: Walk) -> None:
    document = SERVED[name].document()
    hostile = "<b>${title}&amp;$slug</b>。"
    first, *others = document.passages
    document = replace(document, passages=(replace(first, text=hostile), *others))
    assert read(name, document, walk).passages[0].text == hostile


EXCHANGED = {Stance.QUESTION: Stance.ANSWER, Stance.ANSWER: Stance.QUESTION}
OFFICE, MARK = reading.office_stance, reading.marked_stance


def exchanged(stance: Stance) -> Stance:
    return EXCHANGED.get(stance, stance)


def by_office(role: str | None, speaker: str | None = None) -> Stance | None:
    stance = OFFICE(role, speaker)
    return None if stance is None else exchanged(stance)


def by_mark(mark: str, role: str | None, own: Stance) -> Stance:
    stance = MARK(mark, role, own)
    return exchanged(stance) if mark in "◆◎" else stance


def by_no_mark(mark: str, role: str | None, own: Stance) -> Stance:
    return own


FAULTS: dict[str, dict[object, object]] = {
    "office": {OFFICE: by_office},
    "mark": {MARK: by_mark},
    "mark not read": {MARK: by_no_mark},
}


@pytest.fixture
def reader_with(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put a fault into the reader, wherever a module of it holds the decision by name."""

    def forget() -> None:
        for module in modules():
            for held in list(vars(module).values()):
                if callable(getattr(held, "cache_clear", None)):
                    held.cache_clear()

    def put(fault: str) -> None:
        for module in modules():
            for name, held in list(vars(module).items()):
                for right, wrong in FAULTS[fault].items():
                    if held is right:
                        monkeypatch.setattr(module, name, wrong)
        forget()

    yield put
    monkeypatch.undo()
    forget()


def modules() -> list[Any]:
    return [each for name, each in list(sys.modules.items()) if name.startswith("crawler.")]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (name, fault)
        for name, served in SERVED.items()
        for fault in FAULTS
        if fault.startswith(served.decided_by)
    ],
)
def test_an_exchange_of_question_and_answer_is_noticed(
    name: str, fault: str, walk: Walk, reader_with: Callable[[str], None]
) -> None:
    assert speakers_read(name, walk) == SERVED[name].speakers
    reader_with(fault)
    wrong, served = speakers_read(name, walk), SERVED[name].speakers
    assert [each[:2] for each in wrong] == [each[:2] for each in served]
    assert [each[2] for each in wrong] != [each[2] for each in served]
