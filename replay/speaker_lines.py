"""How a line begins with which a speaker opens, from the document's own fields.

Most pages say nowhere but in the line itself who speaks: ○議長（例示花子君）, then a space, then
what was said. So a text cannot be told from two where a line inside of it begins in the same way.
"""

from __future__ import annotations

import re

from kazami.document import Document, Passage, Stance
from replay.replies import ReplayError

_MARKS = "○〇◯◎●◆"
_BY_STANCE = {Stance.QUESTION: "◆", Stance.ANSWER: "◎"}
_SECOND_SPEAKER = re.compile(rf"^[ \u3000]*[{_MARKS}][ \u3000]*[^\s。、]+\u3000", re.MULTILINE)
_BRACKET = re.compile(r"[（()）]")


def stance_mark(passage: Passage) -> str:
    """◆ before members, ◎ before the executive, ○ before the chair and everybody else."""
    return _BY_STANCE.get(passage.stance or Stance.OTHER, "○")


def speaker_label(document: Document, passage: Passage, courtesy: str = "君") -> str:
    """議長（例示花子君）, 議長 where no name is known, 例示太郎君 where no office is.

    ``courtesy`` follows a name in brackets; a name alone is always followed by 君. Raises
    ReplayError where neither is known.
    """
    name, role = passage.speaker, passage.role
    if not (name or role):
        raise ReplayError(f"{document.key}#{passage.key}: nobody said this")
    if name and role:
        return f"{role}（{name}{courtesy}）"
    return role or f"{name}君"


def refuse_second_speakers(document: Document, *, front_matter: bool = True) -> None:
    """Raise ReplayError where a reader of the print alone would see another speaker than there is.

    That is a line that begins as these pages begin what somebody says, in a text or (where
    ``front_matter``) before the first one; a text that brings a marker of its own, with the
    speaker's surname in it; and a name with a bracket in it, because here a bracket parts an
    office from a name.
    """
    if front_matter and _SECOND_SPEAKER.search(document.front_matter):
        raise ReplayError(f"{document.key}: a line before the first speaker looks like a speaker")
    for passage in document.passages:
        where = f"{document.key}#{passage.key}"
        text = passage.text.strip()
        name = passage.speaker or passage.role or ""
        own_marker = text[0] in _MARKS and text.lstrip(_MARKS).startswith(name[:2])
        if own_marker or _SECOND_SPEAKER.search(text):
            raise ReplayError(f"{where}: a line in it looks like a speaker")
        if not passage.role and _BRACKET.search(name):
            raise ReplayError(f"{where}: the bracket in {name!r} looks like a speaker's name")
