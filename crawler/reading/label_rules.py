"""By what rule a label was read: from its form, as ``Label.shape`` has it."""

from __future__ import annotations

from functools import cache

from crawler.reading.label_lines import Label
from kazami.reading_rules import SpeakerRule

_OPENING = str.maketrans(dict.fromkeys("（〔［【〈《[{｛", "("))

_FORMS = {
    "(name": SpeakerRule.BRACKET_WHOLE,
    "office(name": SpeakerRule.NAME_IN_BRACKET,
    "seat(name": SpeakerRule.NAME_IN_BRACKET,
    "office(office(name": SpeakerRule.TWO_OFFICES,
    "office(office": SpeakerRule.OFFICES_ONLY,
    "name(office": SpeakerRule.OFFICE_IN_BRACKET,
    "name(x)office": SpeakerRule.INITIAL,
    "name(x)君": SpeakerRule.INITIAL,
    "name君(": SpeakerRule.NOTE_IN_BRACKET,
    "name議員(": SpeakerRule.NOTE_IN_BRACKET,
    "office name(": SpeakerRule.NOTE_IN_BRACKET,
    "office name": SpeakerRule.OFFICE_THEN_NAME,
    "office name?": SpeakerRule.NAME_GUESSED,
    "name office": SpeakerRule.NAME_THEN_OFFICE,
    "nameoffice": SpeakerRule.RUN_TOGETHER,
    "name君": SpeakerRule.COURTESY,
    "name": SpeakerRule.KNOWN_NAME,
    "name?": SpeakerRule.NAME_ALONE,
    "office": SpeakerRule.OFFICE_ALONE,
    "office?": SpeakerRule.UNLISTED_OFFICE,
    "seat": SpeakerRule.SEAT_ALONE,
}


def label_rule(label: Label) -> SpeakerRule:
    """The rule that read ``label``; OTHER_FORM for a form that has none of its own yet."""
    rule = _rule_of(label.shape)
    if rule is SpeakerRule.OFFICE_IN_BRACKET and label.office is None:
        return SpeakerRule.SECOND_OFFICE  # the bracket holds one beside what stands before it
    return rule


@cache
def _rule_of(shape: str) -> SpeakerRule:
    form = shape.translate(_OPENING)
    if form.endswith("+"):
        return SpeakerRule.RUN_INTO_WORDS
    return _FORMS.get(form, SpeakerRule.OTHER_FORM)
