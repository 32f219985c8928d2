"""Who speaks: from a printed label such as ○議長（例示太郎君） to speaker, office and stance."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from crawler.reading.candidate_lines import knowing
from crawler.reading.label_lines import Label, fold
from crawler.reading.labels import read_label
from crawler.reading.offices import is_name, is_office
from crawler.reading.spacing import without_space
from crawler.reading.stance import office_stance, stance_of
from kazami.document import Stance

_COURTESY = re.compile(r"(?<=.)(君|さん|氏)$")
_MEMBER = re.compile(r"(?P<name>.+)(?P<office>議員|委員)")


_OFFICE_AND_NAME = re.compile(r"(?P<office>[^（(]+)[（(](?P<name>.+)[）)]")
_IN_BRACKETS = re.compile(r"^[（(](.*)[）)]$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who holds the floor, as printed but for white space and 君, 議員, 委員 after the name.

    ``seat`` is the 議席番号 that stands in place of an office, or beside the name.
    """

    speaker: str | None
    role: str | None
    stance: Stance
    seat: str | None = None


def plain_name(name: str) -> str:
    """A speaker's name without padding and without 君, さん, 氏, 議員 or 委員 after it."""
    name = without_space(name)
    bare = _COURTESY.sub("", name)
    member = _MEMBER.fullmatch(bare)
    return member["name"] if member and member["name"][-1] not in "育査理" else bare


@lru_cache(maxsize=256)
def speaker_of(label: str, roster: str = "") -> Speaker:
    """Read a label that stands alone; ``roster`` is the list of those present.

    All that a line may begin with (``read_label``), and name and office run together where the
    roster has that office before that name. What nobody can part stays one speaker.
    """
    label = label.strip()
    present = without_space(fold(roster))

    knows = knowing((), present)
    squeezed = without_space(label)
    if by_roster := _by_roster(squeezed, present):
        return by_roster
    read = read_label(label, 0, knows)
    if read is not None and read.name is None and read.office and read.end < len(label):
        name = without_space(label[read.end :])
        if 2 <= len(name) <= 8 and is_name(fold(name)):
            read = replace(read, name=name, end=len(label))
    if read is None or read.end < len(label) or read.shape in ("name?", "office+"):
        if listed := _OFFICE_AND_NAME.fullmatch(squeezed):
            name = plain_name(listed["name"])
            return Speaker(name, listed["office"], stance_of(listed["office"], name))
        bare = _IN_BRACKETS.sub(r"\1", squeezed)
        return Speaker(bare, None, stance_of(None, bare))
    stance = own_stance(read) or stance_of(None, read.name)
    return Speaker(read.name, read.office or read.seat, stance, read.seat)


def own_stance(label: Label) -> Stance | None:
    """What a label itself tells: office, verb, 君 after a bare name; None where nothing."""
    stance = Stance.QUESTION if label.seat else office_stance(label.office, label.name)
    if stance is None and label.verb:
        asks, answers = "質" in label.verb, "答" in label.verb
        stance = Stance.QUESTION if asks else Stance.ANSWER if answers else None
    if stance is None and label.office is None and label.courtesy:
        return Stance.QUESTION  # only those who hold no office are printed with nothing but 君
    return stance


def _by_roster(label: str, present: str) -> Speaker | None:
    bare = _COURTESY.sub("", _IN_BRACKETS.sub(r"\1", label))
    for end in range(2, min(len(bare) - 1, 10)):
        name, office = bare[:end], bare[end:]
        if fold(office + name) in present and is_office(fold(office)):
            return Speaker(name, office, stance_of(office, name))
    return Speaker(None, label, stance_of(label)) if label and label in present.split() else None
