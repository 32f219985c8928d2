"""Words for the invented minutes: topics in turn, sentences without repetition, slots filled in."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kazami.config import config_dir
from kazami.dates import fiscal_year, fiscal_year_name

_SLOT = re.compile(r"\{(\w+)\}")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def demo_dir() -> Path:
    """The folder of the invented data."""
    return config_dir() / "demo"


@cache
def data() -> dict[str, Any]:
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


def pick(*seed: object, among: int) -> int:
    """A number below ``among`` that depends on the seed alone."""
    packed = "|".join(map(str, seed)).encode()
    return int.from_bytes(hashlib.sha256(packed).digest()[:8]) % among


def wide(text: str) -> str:
    """Its digits full-width."""
    return text.translate(_WIDE)


class InventedWords:
    """What is said in one assembly: it remembers which topic and which sentence is due next."""

    def __init__(self, slug: str) -> None:
        read = data()
        self.slug, self.said = slug, read["assemblies"][slug]
        self.frame, self.topics = read["frame"], read["topics"]
        self.decks: dict[str, tuple[int, list[str]]] = {}
        self.credit: dict[str, int] = dict.fromkeys(self.topics, 0)
        self.filled = 0

    def stage(self, topic: str, day: date) -> dict[str, Any]:
        """A topic as it stands on that day in this assembly: heading, office and sentences."""
        stages = self.topics[topic]["stage"]
        until = [stage.get("until", {}).get(self.slug, date.max) for stage in stages]
        now = next(stage for stage, last in zip(stages, until, strict=True) if day <= last)
        return {**self.topics[topic], **now}

    def pick_topics(self, day: date, used: set[str], count: int) -> list[str]:
        """The next topics in weighted turns: a weight is a share of that year's questions."""
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
            name = max(open_now, key=lambda n: (self.credit[n], pick(self.slug, n, among=999)))
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
                    sentences, key=lambda s: pick(self.slug, deck, rounds, s, among=1 << 32)
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
                return wide(fiscal_year_name(fiscal_year(day)))
            case "nextfy":
                return wide(fiscal_year_name(fiscal_year(day) + 1))
            case "n":
                return self.digits(str(3 + pick(*seed, among=7)))
            case "nn":
                return self.digits(str(12 + pick(*seed, among=47)))
            case "nnn":
                return self.digits(str(105 + pick(*seed, among=880)))
            case "pct":
                tenths = 41 + pick(*seed, among=520)
                return self.digits(f"{tenths // 10}.{tenths % 10}")
            case "yen":
                return self.digits(f"{120 + 10 * pick(*seed, among=85)}") + "万円"
            case "present":
                return self.digits(str(len(self.said["members"]) + 1))
            case "area" | "place" | "school":
                names = self.said[f"{name}s"]
                return str(names[pick(*seed, among=len(names))])
            case _:
                return str(self.said[name])

    def digits(self, number: str) -> str:
        """Numbers as this assembly prints them: all full-width, or only single digits."""
        if self.said["digits"] == "mixed" and len(number) > 1:
            return number
        return number.translate(_WIDE)
