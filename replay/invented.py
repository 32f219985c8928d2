"""An invented assembly site: sittings of bodies that do not exist, the same on every machine.

The sentences are data, in ``config/demo``. This module chooses among them with a hash, never with
a random number, so that a test can count in its own way what the demo must find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from kazami.document import Document, Kind, Passage, Stance
from replay.invented_words import InventedWords, data, pick, wide
from replay.kensakusystem import file_name, year_label

PLATFORM = "kensakusystem"
LAST = date(2025, 12, 31)
_SESSIONS = ((3, 1), (6, 2), (9, 3), (12, 4))
_TWO_DAYS = {("reiji", 2020), ("reiji", 2022), ("kakuu", 2024)}
_MADE = datetime(2026, 1, 5, tzinfo=UTC)
_LETTERS_ON_A_PAGE = 900


@dataclass(frozen=True, kw_only=True)
class PlannedSitting:
    """One day of one invented assembly, before anything was said."""

    assembly: str
    day: date
    session: int
    number: int
    committee: str | None = None

    @property
    def file(self) -> str:
        """The site's own name of it: era, year, month, day and a letter (``R040301A``)."""
        return file_name(self.day, 1 if self.committee else 0)

    @property
    def title(self) -> str:
        """As kensakusystem pads it: ``令和 4年第1回定例会（第1日 3月 1日）``."""
        when = f"{self.day.month:2}月{self.day.day:2}日"
        if self.committee:
            return f"{year_label(self.day)}{self.committee}（{when}）"
        return f"{year_label(self.day)}第{self.session}回定例会（第{self.number}日{when}）"


@dataclass(frozen=True)
class Spoken:
    """One utterance before it has its place in a document."""

    stance: Stance
    role: str
    speaker: str
    text: str


def assemblies() -> dict[str, str]:
    """The site's folder of each invented assembly → the code of its body."""
    return {slug: said["body"] for slug, said in data()["assemblies"].items()}


@cache
def invented_documents() -> tuple[Document, ...]:
    """Every sitting of the assemblies, by body and day, as kensakusystem prints it.

    They are the same in every process.
    """
    return tuple(
        document for slug in data()["assemblies"] for document in _Minutes(slug).documents()
    )


class _Minutes:
    """Writes the minutes of one assembly, day after day, so that sentences do not come twice."""

    def __init__(self, slug: str) -> None:
        self.slug, self.words = slug, InventedWords(slug)
        self.said = self.words.said
        self.misprints = [m for m in data()["misprints"] if m["assembly"] == slug]
        self.speakers = 0

    def documents(self) -> Iterator[Document]:
        for sitting in self.sittings():
            yield self.document(sitting)

    def sittings(self) -> Iterator[PlannedSitting]:
        begins: date = self.said["begins"]
        committee = self.said.get("committee")
        for year in range(begins.year, LAST.year + 1):
            for month, session in _SESSIONS:
                first = date(year, month, 1 + pick(self.slug, year, month, among=6))
                first += timedelta(days=(1 - first.weekday()) % 7)  # a Tuesday
                if date(year, month, 1) < begins.replace(day=1):
                    continue
                days = 2 if month == 3 and (self.slug, year) in _TWO_DAYS else 1
                for number in range(1, days + 1):
                    day = first + timedelta(days=7 * (number - 1))
                    yield PlannedSitting(
                        assembly=self.slug, day=day, session=session, number=number
                    )
                if committee and month == 9 and year in committee["years"]:
                    yield PlannedSitting(
                        assembly=self.slug,
                        day=first + timedelta(days=9),
                        session=session,
                        number=1,
                        committee=committee["name"],
                    )

    def document(self, sitting: PlannedSitting) -> Document:
        spoken = list((self.committee if sitting.committee else self.plenary)(sitting))
        return Document(
            body=self.said["body"],
            kind=Kind.MINUTES,
            platform=PLATFORM,
            key=f"{self.slug}/{sitting.file}",
            title=sitting.title,
            date=sitting.day,
            fetched=_MADE,
            front_matter=self.front_matter(sitting).strip(),
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
                stance=one.stance,
                page=before // _LETTERS_ON_A_PAGE + 2,
            )
            before += len(text)

    def misprinted(self, sitting: PlannedSitting, spoken: list[Spoken]) -> list[Spoken]:
        for misprint in self.misprints:
            if misprint["sitting"] != sitting.day:
                continue
            at = next(i for i, one in enumerate(spoken) if misprint["meant"] in one.text)
            text = spoken[at].text.replace(misprint["meant"], misprint["printed"], 1)
            spoken[at] = replace(spoken[at], text=text)
        return spoken

    # What is said, in order.

    def plenary(self, sitting: PlannedSitting) -> Iterator[Spoken]:
        day, chair = sitting.day, self.chair(sitting.day)
        yield self.by_chair(chair, day, "open", "agenda")
        if day.month == 3 and sitting.number == 1:
            yield self.by_chair(chair, day, "no_objection")
            yield self.by_chair(chair, day, "no_objection_2")
            yield self.by_chair(chair, day, "speech_call")
            yield self.speech(day)
        yield self.by_chair(chair, day, "begin_questions")
        used: set[str] = set()
        members = self.said.get("questions", 3) + pick(self.slug, day, "members", among=2)
        for turn in range(members):
            yield from self.member(sitting, chair, used)
            if turn == members // 2 - 1:
                yield self.by_chair(chair, day, "recess")
        yield self.by_chair(chair, day, "close")

    def speech(self, day: date) -> Spoken:
        paragraphs = [self.words.line("speech", day)]
        for name in self.words.pick_topics(day, set(), 4):
            heading = self.words.stage(name, day)["heading"]
            said = [self.words.line("speech_topic", day, heading=heading)]
            said += self.sentences(name, "mayor", 1, day)
            said += self.sentences(name, "answer", 1, day)
            paragraphs.append("".join(said))
        paragraphs.append(self.words.line("speech_end", day))
        return Spoken(
            Stance.ANSWER, self.said["mayor"], self.said["leader"], _paragraphs(paragraphs)
        )

    def member(self, sitting: PlannedSitting, chair: str, used: set[str]) -> Iterator[Spoken]:
        day = sitting.day
        number, name = self.next_speaker(chair)
        words: dict[str, str] = {
            "member": f"{number}番、{name}議員",
            "number": number,
            "speaker": name,
        }
        role = f"{number}番"
        topics = self.words.pick_topics(day, used, 2)
        yield self.by_chair(chair, day, "next_member", **words)
        yield Spoken(Stance.QUESTION, role, name, self.question(day, topics, words))
        yield self.by_chair(chair, day, "call", office=self.said["mayor"])
        yield Spoken(
            Stance.ANSWER, self.said["mayor"], self.said["leader"], self.mayor(day, topics, words)
        )
        for topic in topics:
            office, official = self.official(topic)
            yield self.by_chair(chair, day, "call", office=office)
            yield Spoken(Stance.ANSWER, office, official, self.answer(day, topic))
        yield self.by_chair(chair, day, "again_call", **words)
        topic = topics[pick(day, name, among=len(topics))]
        again = [self.words.line("thanks", day), *self.sentences(topic, "again", 1, day)]
        yield Spoken(Stance.QUESTION, role, name, _paragraphs(again))
        office, official = self.official(topic)
        yield self.by_chair(chair, day, "call", office=office)
        reply = self.sentences(topic, "reply", 1, day)
        yield Spoken(
            Stance.ANSWER, office, official, "".join([*reply, self.words.line("answer_end", day)])
        )
        yield Spoken(Stance.QUESTION, role, name, self.words.line("last_word", day))
        yield self.by_chair(chair, day, "end_member", **words)

    def question(self, day: date, topics: Sequence[str], words: Mapping[str, str]) -> str:
        paragraphs = [self.words.line("greeting", day, **words)]
        for place, name in enumerate(topics):
            heading = self.words.stage(name, day)["heading"]
            line = "topic_next" if place else "topic_first"
            paragraphs.append(self.words.line(line, day, heading=heading))
            premises = self.sentences(name, "premise", 2 + pick(day, name, among=2), day)
            paragraphs.append(premises[0])
            paragraphs.append(self.words.line("join", day) + "".join(premises[1:]))
            asks = self.sentences(name, "ask", 1 + pick(name, day, among=2), day)
            paragraphs.append(self.words.line("lead_in", day) + "".join(asks))
        paragraphs.append(self.words.line("end_question", day))
        return _paragraphs(paragraphs)

    def mayor(self, day: date, topics: Sequence[str], words: Mapping[str, str]) -> str:
        paragraphs = [self.words.line("answer_first", day, **words)]
        for name in topics:
            paragraphs += self.sentences(name, "mayor", 1, day)
        paragraphs.append(self.words.line("answer_end", day))
        return _paragraphs(paragraphs)

    def answer(self, day: date, topic: str) -> str:
        heading = self.words.stage(topic, day)["heading"]
        facts = self.sentences(topic, "answer", 2 + pick(topic, day, among=2), day)
        return _paragraphs(
            [
                self.words.line("answer_office", day, heading=heading) + facts[0],
                *facts[1:],
                self.words.line("answer_end", day),
            ]
        )

    def committee(self, sitting: PlannedSitting) -> Iterator[Spoken]:
        day, said = sitting.day, self.said["committee"]
        chair = said["chair"]

        def presiding(line: str, **words: str) -> Spoken:
            return Spoken(Stance.CHAIR, "委員長", chair, self.words.line(line, day, **words))

        yield presiding("committee_open", committee=said["name"])
        for topic in said["topics"]:
            heading = self.words.stage(topic, day)["heading"]
            office, official = self.official(topic)
            yield presiding("committee_topic", heading=heading)
            yield Spoken(Stance.ANSWER, office, official, self.answer(day, topic))
            yield presiding("committee_ask")
            _, name = self.next_speaker(chair)
            yield Spoken(
                Stance.QUESTION, "委員", name, "".join(self.sentences(topic, "ask", 1, day))
            )
            reply = self.sentences(topic, "reply", 1, day)
            yield Spoken(Stance.ANSWER, office, official, "".join(reply))
        yield presiding("committee_close")

    def front_matter(self, sitting: PlannedSitting) -> str:
        day = sitting.day
        weekday = "月火水木金土日"[day.weekday()]
        council = f"{self.said['name']}議会"
        roster = [f"　　{wide(str(n))}番　　{name}" for n, name in self.said["members"]]
        officers = {
            f"　　{office}　　{name}": None for office, name in self.said["offices"].values()
        }
        when = f"{year_label(day).replace(' ', '')}{day.month}月{day.day}日（{weekday}曜日）"
        return "\n".join(
            [
                f"　　　　　{council}会議録",
                "",
                f"　{data()['notice']}",
                "",
                f"１　日時　{wide(when)}",
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

    def official(self, topic: str) -> tuple[str, str]:
        """The office that answers for a topic, and who holds it."""
        office, name = self.said["offices"][self.words.topics[topic]["office"]]
        return office, name

    def sentences(self, topic: str, part: str, count: int, day: date) -> list[str]:
        return self.words.take(f"{topic}/{part}", self.words.stage(topic, day)[part], count, day)

    def by_chair(self, name: str, day: date, *lines: str, **words: str) -> Spoken:
        said = [self.words.line(line, day, **words) for line in lines]
        return Spoken(Stance.CHAIR, "議長", name, _paragraphs(said))

    def next_speaker(self, chair: str) -> tuple[str, str]:
        members = [(number, name) for number, name in self.said["members"] if name != chair]
        number, name = members[self.speakers % len(members)]
        self.speakers += 1
        return wide(str(number)), name


def _paragraphs(paragraphs: Sequence[str]) -> str:
    return "\n　".join(paragraphs)


def _wrapped(text: str, width: int) -> str:
    """Lines cut after ``width`` characters, in the middle of words, as some minutes print them."""
    return "\n".join(
        "\n".join(line[i : i + width] for i in range(0, len(line), width))
        for line in text.split("\n")
    )
