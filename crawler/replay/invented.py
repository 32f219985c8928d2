"""An invented assembly site: sittings of bodies that do not exist, the same on every machine.

The sentences are data, in ``config/demo``. This module chooses among them with a hash, never with
a random number, so that a test can count in its own way what the demo must find.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from crawler.stance import stance_of
from kazami.config import config_dir
from kazami.dates import fiscal_year
from kazami.document import Document, Kind, Passage

PLATFORM = "kensakusystem"
LAST = date(2025, 12, 31)
_SESSIONS = ((3, 1), (6, 2), (9, 3), (12, 4))
_TWO_DAYS = {("reiji", 2020), ("reiji", 2022), ("kakuu", 2024)}
_MADE = datetime(2026, 1, 5, tzinfo=UTC)
_LETTERS_ON_A_PAGE = 900
_SLOT = re.compile(r"\{(\w+)\}")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One day of one invented assembly, before anything was said."""

    assembly: str
    day: date
    session: int
    number: int
    committee: str | None = None

    @property
    def file(self) -> str:
        """The site's own name of it: era, year, month, day and a letter (``R040301A``)."""
        letter, year = ("R", self.day.year - 2018) if self.day >= date(2019, 5, 1) else ("H", 31)
        return f"{letter}{year:02}{self.day:%m%d}{'B' if self.committee else 'A'}"

    @property
    def title(self) -> str:
        """As kensakusystem writes it, with its padding: ``令和 4年第1回定例会（第1日 3月 1日）``."""
        when = f"{self.day.month:2}月{self.day.day:2}日"
        if self.committee:
            return f"{_era_year(self.day)}{self.committee}（{when}）"
        return f"{_era_year(self.day)}第{self.session}回定例会（第{self.number}日{when}）"


@dataclass(frozen=True)
class Spoken:
    """One utterance before it has its place in a document."""

    role: str
    speaker: str
    text: str


def demo_dir() -> Path:
    """The folder of the invented data."""
    return config_dir() / "demo"


def bodies_file() -> Path:
    """The invented bodies, in the shape of ``config/bodies.csv``."""
    return demo_dir() / "bodies.csv"


def assemblies() -> dict[str, str]:
    """The site's folder of each invented assembly → the code of its body."""
    return {slug: said["body"] for slug, said in _data()["assemblies"].items()}


@cache
def invented_documents() -> tuple[Document, ...]:
    """Every sitting of the three assemblies, by body and day; the same in every process."""
    return tuple(
        document for slug in _data()["assemblies"] for document in _Minutes(slug).documents()
    )


@cache
def _data() -> dict[str, Any]:
    """``config/demo`` read: assemblies, misprints, frame and topics."""
    folder = demo_dir()

    def toml(path: Path) -> dict[str, Any]:
        return tomllib.loads(path.read_text("utf-8"))

    assemblies = toml(folder / "assemblies.toml")
    return {
        "notice": assemblies.pop("notice"),
        "misprints": assemblies.pop("misprint"),
        "assemblies": assemblies,
        "frame": toml(folder / "frame.toml"),
        "topics": {path.stem: toml(path) for path in sorted((folder / "topics").glob("*.toml"))},
    }


def _pick(*seed: object, among: int) -> int:
    """A number below ``among`` that depends on the seed alone."""
    packed = "|".join(map(str, seed)).encode()
    return int.from_bytes(hashlib.sha256(packed).digest()[:8]) % among


def _era_year(day: date) -> str:
    if day < date(2019, 5, 1):
        return f"平成{day.year - 1988}年"
    return "令和元年" if day.year == 2019 else f"令和{day.year - 2018:2}年"


def _fiscal(year: int) -> str:
    if year < 2019:
        return "平成３０年度"
    return "令和元年度" if year == 2019 else f"令和{year - 2018}年度".translate(_WIDE)


class _Minutes:
    """Writes the minutes of one assembly, day after day, so that sentences do not come twice."""

    def __init__(self, slug: str) -> None:
        data = _data()
        self.slug, self.said = slug, data["assemblies"][slug]
        self.frame, self.topics, self.notice = data["frame"], data["topics"], data["notice"]
        self.misprints = [m for m in data["misprints"] if m["assembly"] == slug]
        self.decks: dict[str, tuple[int, list[str]]] = {}
        self.credit: dict[str, int] = dict.fromkeys(self.topics, 0)
        self.speakers = 0
        self.filled = 0

    def documents(self) -> Iterator[Document]:
        for sitting in self.sittings():
            yield self.document(sitting)

    def sittings(self) -> Iterator[Sitting]:
        begins: date = self.said["begins"]
        committee = self.said.get("committee")
        for year in range(begins.year, LAST.year + 1):
            for month, session in _SESSIONS:
                first = date(year, month, 1 + _pick(self.slug, year, month, among=6))
                first += timedelta(days=(1 - first.weekday()) % 7)  # a Tuesday
                if date(year, month, 1) < begins.replace(day=1):
                    continue
                days = 2 if month == 3 and (self.slug, year) in _TWO_DAYS else 1
                for number in range(1, days + 1):
                    day = first + timedelta(days=7 * (number - 1))
                    yield Sitting(assembly=self.slug, day=day, session=session, number=number)
                if committee and month == 9 and year in committee["years"]:
                    yield Sitting(
                        assembly=self.slug,
                        day=first + timedelta(days=9),
                        session=session,
                        number=1,
                        committee=committee["name"],
                    )

    def document(self, sitting: Sitting) -> Document:
        if sitting.committee:
            spoken = list(self.committee(sitting))
        else:
            spoken = list(self.plenary(sitting))
        return Document(
            body=self.said["body"],
            kind=Kind.MINUTES,
            platform=PLATFORM,
            key=f"{self.slug}/{sitting.file}",
            title=sitting.title,
            date=sitting.day,
            fetched=_MADE,
            front_matter=self.front_matter(sitting),
            passages=tuple(self.passages(self.misprinted(sitting, spoken))),
        )

    def passages(self, spoken: Sequence[Spoken]) -> Iterator[Passage]:
        before = 0
        for order, one in enumerate(spoken, 1):
            text = _wrapped(one.text, self.said["wrap"]) if "wrap" in self.said else one.text
            yield Passage(
                key=str(order),
                order=order,
                text=text,
                speaker=one.speaker,
                role=one.role,
                stance=stance_of(one.role),
                page=before // _LETTERS_ON_A_PAGE + 2,
            )
            before += len(text)

    def misprinted(self, sitting: Sitting, spoken: list[Spoken]) -> list[Spoken]:
        for misprint in self.misprints:
            if misprint["sitting"] != sitting.day:
                continue
            at = next(i for i, one in enumerate(spoken) if misprint["meant"] in one.text)
            text = spoken[at].text.replace(misprint["meant"], misprint["printed"], 1)
            spoken[at] = Spoken(spoken[at].role, spoken[at].speaker, text)
        return spoken

    # What is said, in order.

    def plenary(self, sitting: Sitting) -> Iterator[Spoken]:
        day, chair = sitting.day, self.chair(sitting.day)
        yield self.by_chair(chair, day, "open", "agenda")
        if day.month == 3 and sitting.number == 1:
            yield self.by_chair(chair, day, "no_objection")
            yield self.by_chair(chair, day, "no_objection_2")
            yield self.by_chair(chair, day, "speech_call")
            yield self.speech(day)
        yield self.by_chair(chair, day, "begin_questions")
        used: set[str] = set()
        members = 3 + _pick(self.slug, day, "members", among=2)
        for turn in range(members):
            yield from self.member(sitting, chair, used)
            if turn == members // 2 - 1:
                yield self.by_chair(chair, day, "recess")
        yield self.by_chair(chair, day, "close")

    def speech(self, day: date) -> Spoken:
        paragraphs = [self.line("speech", day)]
        for name in self.pick_topics(day, set(), 4):
            stage = self.stage(name, day)
            heading = stage.get("heading", self.topics[name]["heading"])
            said = [self.line("speech_topic", day, heading=heading)]
            said += self.take(f"{name}/mayor", stage["mayor"], 1, day)
            said += self.take(f"{name}/answer", stage["answer"], 1, day)
            paragraphs.append("".join(said))
        paragraphs.append(self.line("speech_end", day))
        return Spoken(self.said["mayor"], self.said["leader"], _paragraphs(paragraphs))

    def member(self, sitting: Sitting, chair: str, used: set[str]) -> Iterator[Spoken]:
        day = sitting.day
        number, name = self.next_speaker(chair)
        words = {"member": f"{number}番、{name}議員", "number": number, "speaker": name}
        words = {key: value.translate(_WIDE) for key, value in words.items()}
        role = f"{number}番".translate(_WIDE)
        topics = self.pick_topics(day, used, 2)
        yield self.by_chair(chair, day, "next_member", **words)
        yield Spoken(role, name, self.question(day, topics, words))
        yield self.by_chair(chair, day, "call", office=self.said["mayor"])
        yield Spoken(self.said["mayor"], self.said["leader"], self.mayor(day, topics, words))
        for topic in topics:
            office, official = self.said["offices"][self.topics[topic]["office"]]
            yield self.by_chair(chair, day, "call", office=office)
            yield Spoken(office, official, self.answer(day, topic))
        yield self.by_chair(chair, day, "again_call", **words)
        topic = topics[_pick(day, name, among=len(topics))]
        stage = self.stage(topic, day)
        yield Spoken(
            role,
            name,
            _paragraphs(
                [self.line("thanks", day), *self.take(f"{topic}/again", stage["again"], 1, day)]
            ),
        )
        office, official = self.said["offices"][self.topics[topic]["office"]]
        yield self.by_chair(chair, day, "call", office=office)
        reply = self.take(f"{topic}/reply", stage["reply"], 1, day)
        yield Spoken(office, official, "".join([*reply, self.line("answer_end", day)]))
        yield Spoken(role, name, self.line("last_word", day))
        yield self.by_chair(chair, day, "end_member", **words)

    def question(self, day: date, topics: Sequence[str], words: Mapping[str, str]) -> str:
        paragraphs = [self.line("greeting", day, **words)]
        for place, name in enumerate(topics):
            stage = self.stage(name, day)
            heading = stage.get("heading", self.topics[name]["heading"])
            line = "topic_next" if place else "topic_first"
            paragraphs.append(self.line(line, day, heading=heading))
            premises = self.take(
                f"{name}/premise", stage["premise"], 2 + _pick(day, name, among=2), day
            )
            paragraphs.append(premises[0])
            paragraphs.append(self.line("join", day) + "".join(premises[1:]))
            asks = self.take(f"{name}/ask", stage["ask"], 1 + _pick(name, day, among=2), day)
            paragraphs.append(self.line("lead_in", day) + "".join(asks))
        paragraphs.append(self.line("end_question", day))
        return _paragraphs(paragraphs)

    def mayor(self, day: date, topics: Sequence[str], words: Mapping[str, str]) -> str:
        paragraphs = [self.line("answer_first", day, **words)]
        for name in topics:
            paragraphs += self.take(f"{name}/mayor", self.stage(name, day)["mayor"], 1, day)
        paragraphs.append(self.line("answer_end", day))
        return _paragraphs(paragraphs)

    def answer(self, day: date, topic: str) -> str:
        stage = self.stage(topic, day)
        heading = stage.get("heading", self.topics[topic]["heading"])
        facts = self.take(f"{topic}/answer", stage["answer"], 2 + _pick(topic, day, among=2), day)
        return _paragraphs(
            [
                self.line("answer_office", day, heading=heading) + facts[0],
                *facts[1:],
                self.line("answer_end", day),
            ]
        )

    def committee(self, sitting: Sitting) -> Iterator[Spoken]:
        day, said = sitting.day, self.said["committee"]
        chair = said["chair"]

        def presiding(line: str, **words: str) -> Spoken:
            return Spoken("委員長", chair, self.line(line, day, **words))

        yield presiding("committee_open", committee=said["name"])
        for topic in said["topics"]:
            stage = self.stage(topic, day)
            heading = stage.get("heading", self.topics[topic]["heading"])
            office, official = self.said["offices"][self.topics[topic]["office"]]
            yield presiding("committee_topic", heading=heading)
            yield Spoken(office, official, self.answer(day, topic))
            yield presiding("committee_ask")
            _, name = self.next_speaker(chair)
            yield Spoken("委員", name, "".join(self.take(f"{topic}/ask", stage["ask"], 1, day)))
            reply = self.take(f"{topic}/reply", stage["reply"], 1, day)
            yield Spoken(office, official, "".join(reply))
        yield presiding("committee_close")

    def front_matter(self, sitting: Sitting) -> str:
        day = sitting.day
        weekday = "月火水木金土日"[day.weekday()]
        council = f"{self.said['name']}議会"
        roster = [f"　　{n}番　　{name}".translate(_WIDE) for n, name in self.said["members"]]
        officers = {
            f"　　{office}　　{name}": None for office, name in self.said["offices"].values()
        }
        when = f"{_era_year(day).replace(' ', '')}{day.month}月{day.day}日（{weekday}曜日）"
        return "\n".join(
            [
                f"　　　　　{council}会議録",
                "",
                f"　{self.notice}",
                "",
                f"１　日時　{when.translate(_WIDE)}",
                "２　出席議員",
                *roster,
                "３　説明のため出席した者",
                f"　　{self.said['mayor']}　　{self.said['leader']}",
                *officers,
                "４　議事日程",
                "　　第１　" + ("所管の事務の調査" if sitting.committee else "一般質問"),
            ]
        )

    # Who speaks, about what, in which words.

    def chair(self, day: date) -> str:
        names = [chair["name"] for chair in self.said["chairs"] if chair["from"] <= day]
        return str(names[-1])

    def by_chair(self, name: str, day: date, *lines: str, **words: str) -> Spoken:
        said = [self.line(line, day, **words) for line in lines]
        return Spoken("議長", name, _paragraphs(said))

    def next_speaker(self, chair: str) -> tuple[str, str]:
        members = [(number, name) for number, name in self.said["members"] if name != chair]
        number, name = members[self.speakers % len(members)]
        self.speakers += 1
        return str(number), name

    def stage(self, topic: str, day: date) -> dict[str, Any]:
        """The sentences of a topic as it stands on that day in this assembly."""
        stages = self.topics[topic]["stage"]
        for stage in stages:
            if "until" not in stage or day <= stage["until"][self.slug]:
                return dict(stage)
        return dict(stages[-1])

    def pick_topics(self, day: date, used: set[str], count: int) -> list[str]:
        """The next topics in smooth weighted turns: a weight is a share of that year's questions."""
        picked: list[str] = []
        while len(picked) < count:
            open_now = {
                name: topic["weight"][str(day.year)]
                for name, topic in self.topics.items()
                if name not in used
                and topic["weight"][str(day.year)]
                and day >= topic.get("first", {}).get(self.slug, day)
            }
            for name, weight in open_now.items():
                self.credit[name] += weight
            name = max(open_now, key=lambda n: (self.credit[n], _pick(self.slug, n, among=999)))
            self.credit[name] -= sum(open_now.values())
            used.add(name)
            picked.append(name)
        return picked

    def line(self, name: str, day: date, **words: str) -> str:
        return self.take(name, self.frame[name], 1, day, words)[0]

    def take(
        self,
        deck: str,
        sentences: Sequence[str],
        count: int,
        day: date,
        words: Mapping[str, str] | None = None,
    ) -> list[str]:
        """``count`` sentences, filled in; none comes again before all of them were used."""
        deck = f"{deck}/{sentences[0]}"
        rounds, left = self.decks.get(deck, (0, []))
        taken: list[str] = []
        while len(taken) < min(count, len(sentences)):
            if not left:
                rounds += 1
                left = sorted(
                    sentences, key=lambda s: _pick(self.slug, deck, rounds, s, among=1 << 32)
                )
            fresh = next((s for s in left if s not in taken), None)
            if fresh is None:
                left = []
                continue
            left.remove(fresh)
            taken.append(fresh)
        self.decks[deck] = (rounds, left)
        return [self.fill(sentence, day, words or {}) for sentence in taken]

    def fill(self, sentence: str, day: date, words: Mapping[str, str]) -> str:
        self.filled += 1
        seed = (self.slug, self.filled)
        return _SLOT.sub(
            lambda slot: self.slot(slot[1], day, words, (*seed, slot.start())), sentence
        )

    def slot(self, name: str, day: date, words: Mapping[str, str], seed: tuple[object, ...]) -> str:
        if name in words:
            return words[name]
        match name:
            case "fy":
                return _fiscal(fiscal_year(day))
            case "nextfy":
                return _fiscal(fiscal_year(day) + 1)
            case "n":
                return self.digits(str(3 + _pick(*seed, among=7)))
            case "nn":
                return self.digits(str(12 + _pick(*seed, among=47)))
            case "nnn":
                return self.digits(str(105 + _pick(*seed, among=880)))
            case "pct":
                tenths = 41 + _pick(*seed, among=520)
                return self.digits(f"{tenths // 10}.{tenths % 10}")
            case "yen":
                return self.digits(f"{120 + 10 * _pick(*seed, among=85)}") + "万円"
            case "present":
                return self.digits(str(len(self.said["members"]) + 1))
            case "area" | "place" | "school":
                names = self.said[f"{name}s"]
                return str(names[_pick(*seed, among=len(names))])
            case _:
                return str(self.said[name])

    def digits(self, number: str) -> str:
        """Numbers as this assembly prints them: all full-width, or only single digits."""
        if self.said["digits"] == "mixed" and len(number) > 1:
            return number
        return number.translate(_WIDE)


def _paragraphs(paragraphs: Sequence[str]) -> str:
    return "\n　".join(paragraphs)


def _wrapped(text: str, width: int) -> str:
    """Lines cut after ``width`` characters, in the middle of words, as some minutes print them."""
    return "\n".join(
        "\n".join(line[i : i + width] for i in range(0, len(line), width))
        for line in text.split("\n")
    )
