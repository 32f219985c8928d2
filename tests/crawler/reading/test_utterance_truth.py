"""Speakers and stances as read off printed markers, held to the fields that the sources keep.

300 utterances are drawn by a fixed seed, as many of each sort of source. What is read is only the
line as it is printed; what it must agree with is another field of the same record. Where a source
has no field for the stance, the office in its own field says it, by rules far simpler than ours.
``pytest -rP tests/crawler/reading/test_utterance_truth.py`` prints the figures.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml.html import document_fromstring

from crawler.reading.speakers import speaker_of
from crawler.reading.stance import marked_stance
from crawler.reading.turns import leading
from crawler.reading.utterances import marked
from kazami.document import Stance

pytestmark = pytest.mark.corpus

DRAWN = 300
SEED = 20260802
LEAST = 0.98


@dataclass(frozen=True)
class Told:
    """An utterance as printed, with whom and what the source says it is by its own fields."""

    printed: str
    speaker: str
    office: str
    stance: Stance


def squeezed(text: str) -> str:
    return "".join(text.split())


def by_office(office: str) -> Stance:
    """The stance of an office that a source names, for offices that occur in these records."""
    if re.search(
        "事務局|議会局|議事課|書記長?$|(?<!政府)参考人$|事務総長$|^(?:衆議院|参議院)", office
    ):
        return Stance.OTHER
    if re.search("監査委員|教育委員|選挙管理|農業委員", office):
        return Stance.ANSWER
    if re.search("議長$|委員長$|座長$|会長$", office):
        return Stance.CHAIR
    if not office or re.search("番$|議員$|委員$", office):
        return Stance.QUESTION
    return Stance.ANSWER


def bare(label: str) -> str:
    """A label without brackets or spaces."""
    return re.sub("[（）()]", "", squeezed(label))


def parted(field: str) -> tuple[str, str]:
    """Name and office of 議長（例示花子君）, 例示花子議長 or 委員長, in a field of its own."""
    field = squeezed(field).translate(str.maketrans("()", "（）"))
    office, bracket, name = field.partition("（")
    if bracket and name.endswith("）"):
        name = name.removesuffix("）")
        inside = re.fullmatch("(?P<name>.*?)(?P<office>議長|副?区長|教育長|教育委員|議員)", name)
        if not office and inside:
            return inside["name"], inside["office"]
        return re.sub("(?:君|議員|さん)$", "", name), office
    alone = re.fullmatch(
        "(?P<name>.+?)(?P<office>副?議長|区長|教育長|教育委員|議員|委員長|委員)", field
    )
    if alone:
        return alone["name"], alone["office"]
    return "", field


def corpus(shared: Path) -> Iterator[Told]:
    """Printed ○議長（例示花子君） by 桐生市, ○例示委員長 by 品川区; the Diet's are whole."""
    with gzip.open(shared / "corpus/sample/minutes.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            speaker, office, text = row["speaker"], row["role"], row["text"]
            if not speaker or office in ("名簿", "議題") or speaker == "会議録情報":
                continue
            printed = text
            if row["source"] != "diet_speeches":
                label = f"{office}（{speaker}君）" if office and office not in speaker else speaker
                printed = f"○{label}　{text}"
            elif not re.match(r"○\S{1,30}[ \u3000]", text):
                continue  # some rows have lost the space that ends a marker
            if office in ("質疑", "質疑続行", "討論"):  # what is done, not who does it
                continue
            yield Told(printed, speaker, office or "", by_office(office or ""))


def discussnet(shared: Path) -> Iterator[Told]:
    """``title`` and ``minute_type_code``, beside a body that begins with the marker."""
    stances = {4: Stance.CHAIR, 5: Stance.QUESTION, 6: Stance.ANSWER}
    for file in sorted((shared / "samples/discussnet").glob("*/minute.json")):
        for block in json.loads(file.read_bytes())["tenant_minutes"]:
            if block["minute_type_code"] in stances:
                body = re.sub("<[^>]*>", "", block["body"]).strip()
                speaker, office = parted(block["title"])
                yield Told(body, speaker, office, stances[block["minute_type_code"]])


def dbsearch(shared: Path) -> Iterator[Told]:
    """``data-voice-title`` or ``voice__title``, beside the text that prints the marker itself."""
    folder = shared / "samples/dbsearch"
    for name in ("template-view/detail.html", "document-id/detail.html"):
        text = re.sub(r"<br\s*/?>", "\n", (folder / name).read_text("utf-8"))
        tree = document_fromstring(text)
        titles = [box.get("data-voice-title") for box in tree.find_class("voice-block")]
        said = [box.text_content() for box in tree.find_class("voice__text")]
        if not titles:
            titles = [box.text_content().strip() for box in tree.find_class("voice__title")]
            said = [box.text_content() for box in tree.find_class("js-textwrap-container")]
        assert len(titles) == len(said) > 40
        for title, body in zip(titles, said, strict=True):
            body = re.sub(r"^\s*\d+:\s*", "", body)
            if not re.search("^[ \u3000]*◯", body, re.MULTILINE):
                continue  # votes, which nobody speaks
            speaker, office = parted(title.lstrip("◯"))
            yield Told(body.strip(), speaker, office, by_office(office))


def voices(shared: Path) -> Iterator[Told]:
    """The side bar's 委員長(例示) and its mark, printed ○例示　委員長 in two of three cities."""
    for folder in ("standard", "asp", "self-hosted-voices"):
        text = (shared / "samples/voices" / folder / "sidebar.html").read_text("utf-8")
        for row in document_fromstring(text).iter("tr"):
            cells = [squeezed(cell.text_content()) for cell in row.iter("td")]
            if len(cells) < 4 or cells[2] not in ("○", "◆", "◎"):
                continue
            speaker, office = parted(cells[3])
            label = cells[3].translate(str.maketrans("()", "（）"))
            if folder != "self-hosted-voices" and speaker and office:
                label = f"{speaker}　{office}"
            asks = {"◆": Stance.QUESTION, "◎": Stance.ANSWER}
            stance = by_office(office)  # ◎ stands before the assembly's own staff, too
            if stance is not Stance.OTHER:
                stance = asks.get(cells[2], stance)
            yield Told(f"{cells[2]}{label}　次の件です。", speaker, office, stance)


def kensakusystem(shared: Path) -> Iterator[Told]:
    """The list of speakers, beside the stored text that prints their markers in the same order."""
    for folder in ("cgi", "index-html", "sapphire"):
        place = shared / "samples/kensakusystem" / folder
        tree = document_fromstring((place / "speakers.html").read_text("utf-8"))
        rows = [squeezed(row.text_content()) for row in tree.iter("tr")]
        listed = [
            found[1] for row in rows if (found := re.fullmatch(r"No\.\d+(?:P\.\d+)?(.+)", row))
        ]
        text = (place / "statements.txt").read_text("utf-8")
        lines = iter(re.findall(r"^[○〇].*$", text, re.MULTILINE))
        for field in listed:
            line = next(line for line in lines if bare(field) in bare(line[:50]))
            speaker, office = parted(field)
            yield Told(line, speaker, office, by_office(office))


def kokkai(shared: Path) -> Iterator[Told]:
    """``speaker``, ``speakerPosition`` and ``speakerRole``, beside a speech with its marker."""
    for file in sorted((shared / "samples/kokkai/kokkai_voice").glob("*.json")):
        for record in json.loads(file.read_bytes())["speechRecord"]:
            if record["speaker"] == "会議録情報":
                continue
            office = record["speakerPosition"] or ""
            stance = Stance.OTHER if record["speakerRole"] else by_office(office)
            if not office and re.match(r"○\S*(?:議長|会長|委員長)[（\u3000]", record["speech"]):
                stance = Stance.CHAIR  # whose position the API leaves empty
            yield Told(record["speech"].replace("\r", ""), record["speaker"], office, stance)


SOURCES: dict[str, Callable[[Path], Iterator[Told]]] = {
    each.__name__: each for each in (corpus, discussnet, dbsearch, voices, kensakusystem, kokkai)
}


def disagreement(told: Told) -> str | None:
    """What the printed line says that the source's fields do not; None where they agree."""
    turn = leading(told.printed)
    if turn is None:
        found = marked(told.printed, told.printed[:1] if told.printed[:1] in "○◯〇◆◎" else "◯")
        turn = found[1] if found else None
    if turn is None:
        return "no speaker found"
    who = speaker_of(turn.label)
    stance = marked_stance(turn.mark, who.role, who.stance)
    name = squeezed(who.speaker or "")
    field = squeezed(re.sub("(?<=.)(?:君|さん)$", "", told.speaker))
    # A line may print the family name alone, with 山田（瑛） to tell two apart; a field the whole.
    family = re.sub("（.*）$", "", name)
    same = name + (who.role or "") in (field, field + told.office) or name == field
    if not (same or (family and field.startswith(family)) or (not field and not name)):
        return f"{who.speaker!r} {who.role!r} is not {told.speaker!r} {told.office!r}"
    return None if stance is told.stance else f"{who} is not {told.stance} ({told.office})"


@pytest.fixture(scope="module")
def told(shared: Path) -> dict[str, list[Told]]:
    return {name: list(source(shared)) for name, source in SOURCES.items()}


def agree(name: str, records: list[Told]) -> list[Any]:
    wrong = [(each, said) for each in records if (said := disagreement(each))]
    right = 1 - len(wrong) / len(records)
    print(f"{name}: {len(records)} utterances, {right:.2%} agree")
    for each, said in wrong[:8]:
        print(f"  {squeezed(each.printed)[:24]}…: {said}")
    return wrong


def test_of_300_drawn_utterances_98_in_100_agree(told: dict[str, list[Told]]) -> None:
    chance = random.Random(SEED)
    drawn = [
        each
        for records in told.values()
        for each in chance.sample(records, min(DRAWN // len(told), len(records)))
    ]
    rest = [each for records in told.values() for each in records if each not in drawn]
    drawn += chance.sample(rest, DRAWN - len(drawn))
    assert len(drawn) == DRAWN
    assert len(agree("drawn", drawn)) <= DRAWN * (1 - LEAST)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_of_all_utterances_of_each_source_as_many_agree(
    told: dict[str, list[Told]], name: str
) -> None:
    assert len(told[name]) >= 60
    assert len(agree(name, told[name])) <= len(told[name]) * (1 - LEAST)
