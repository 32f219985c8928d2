"""Who speaks: from a printed label such as ○議長（例示太郎君） to speaker, office and stance."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from crawler.reading.label_lines import Label, fold
from crawler.reading.label_rules import label_rule
from crawler.reading.labels import read_label
from crawler.reading.offices import MEMBERS, is_name, is_office
from crawler.reading.spacing import without_space
from crawler.reading.stance import marked_stance, office_stance, told_stance
from crawler.reading.told import told_of
from kazami.document import Stance
from kazami.evidence import Evidence
from kazami.reading_rules import SpeakerRule, StanceRule

_COURTESY = re.compile(r"(?<=.)(君|さん|氏)$")
_MEMBER = re.compile(r"(?P<name>.+)(?P<office>議員|委員)")


_OFFICE_AND_NAME = re.compile(r"(?P<office>[^（(]+)[（(](?P<name>.+)[）)]")
_IN_BRACKETS = re.compile(r"^[（(](.*)[）)]$")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who holds the floor, as printed but for white space and 君, 議員, 委員 after the name.

    ``seat`` is the 議席番号 that stands in place of an office, or beside the name. ``by`` and
    ``stance_by`` are the rules that told who he is, and his stance.
    """

    speaker: str | None
    role: str | None
    stance: Stance
    seat: str | None = None
    by: SpeakerRule = field(default=SpeakerRule.OTHER_FORM, compare=False)
    stance_by: StanceRule = field(default=StanceRule.UNTOLD, compare=False)

    def evidence(self, printed: str, *place: SpeakerRule) -> Evidence:
        """What shows why it is he: the words as printed, and ``place``, where his label stands."""
        rules = " ".join([each.value for each in (*place, self.by)])
        return Evidence(printed=printed, speaker=rules, stance=self.stance_by.value)

    def marked(self, mark: str, by: StanceRule) -> Speaker:
        """The same with the stance that the mark tells (``marked_stance``), if that is another."""
        stance = marked_stance(mark, self.role, self.stance)
        return self if stance is self.stance else replace(self, stance=stance, stance_by=by)


NOBODY = Speaker(None, None, Stance.OTHER, by=SpeakerRule.NOBODY)
"""Words under which no speaker stands."""


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
    knows = _told(roster)
    squeezed = without_space(label)
    folded = fold(squeezed)
    for end, name, office in knows.leading(folded):
        if end == len(folded) and office not in MEMBERS:
            cut = len(name)
            return _held(squeezed[:cut], squeezed[cut:], SpeakerRule.ROSTER)
    if by_roster := _by_roster(squeezed, present):
        return by_roster
    read = read_label(label, 0, knows)
    rest_is_name = False
    if read is not None and read.name is None and read.office and read.end < len(label):
        name = without_space(label[read.end :])
        if 2 <= len(name) <= 8 and is_name(fold(name)):
            read = replace(read, name=name, end=len(label))
            rest_is_name = True
    if read is None or read.end < len(label) or read.shape in ("name?", "office+"):
        if listed := _OFFICE_AND_NAME.fullmatch(squeezed):
            name = plain_name(listed["name"])
            return _held(name, listed["office"], SpeakerRule.NAME_IN_BRACKET)
        bare = _IN_BRACKETS.sub(r"\1", squeezed)
        stance, told = told_stance(None, bare)
        return Speaker(bare, None, stance, by=SpeakerRule.UNPARTED, stance_by=told)
    own, told = own_stance(read)
    if own is None:
        own, told = told_stance(None, read.name)
    rule = SpeakerRule.REST_AS_NAME if rest_is_name else label_rule(read)
    return Speaker(read.name, read.office or read.seat, own, read.seat, by=rule, stance_by=told)


_told = lru_cache(maxsize=16)(told_of)


def _held(name: str | None, office: str, rule: SpeakerRule) -> Speaker:
    """Whoever holds ``office``, by the rule that parted both."""
    stance, told = told_stance(office, name)
    return Speaker(name, office, stance, by=rule, stance_by=told)


def own_stance(label: Label) -> tuple[Stance | None, StanceRule]:
    """What a label itself tells, None where nothing, and by what: office, verb, 君 alone."""
    if label.seat:
        return Stance.QUESTION, StanceRule.SEAT
    stance = office_stance(label.office, label.name)
    if stance is not None:
        return stance, StanceRule.OFFICE
    if "質" in label.verb:
        return Stance.QUESTION, StanceRule.VERB
    if "答" in label.verb:
        return Stance.ANSWER, StanceRule.VERB
    if label.office is None and label.courtesy:
        # only those who hold no office are printed with nothing but 君
        return Stance.QUESTION, StanceRule.COURTESY
    return None, StanceRule.UNTOLD


def _by_roster(label: str, present: str) -> Speaker | None:
    bare = _COURTESY.sub("", _IN_BRACKETS.sub(r"\1", label))
    for end in range(2, min(len(bare) - 1, 10)):
        name, office = bare[:end], bare[end:]
        if fold(office + name) in present and is_office(fold(office)):
            return _held(name, office, SpeakerRule.ROSTER)
    return _held(None, label, SpeakerRule.ROSTER) if label and label in present.split() else None
