"""What a person corrects in a reading: speaker, office, seat, day; and the stance that follows."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from crawler.permission.standing import JAPAN
from crawler.reading.stance import office_stance
from kazami.dates import era_year
from kazami.document import Kind, Passage, Stance
from kazami.errors import KazamiError
from kazami.fields import TEXT_FIELDS

if TYPE_CHECKING:
    from kazami.store import Correction, Store

LONGEST = 200
"""Characters of a corrected field."""

_UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that steer and print nothing."""


class WrongCorrection(KazamiError):
    """What a person gives as right cannot be."""


def correct(
    store: Store,
    id: str,
    fields: Mapping[str, str | None],
    day: date | None = None,
    *,
    now: datetime,
) -> list[Correction]:
    """Keep what a person says of a passage's fields and of its document's day, in one transaction.

    ``fields`` are of ``kazami.fields``, None for nothing; ``day`` goes with the id of the document
    or of a passage. A corrected office changes the stance too, where the office tells one and the
    stance read was not told by something else. Returns what is kept of these ids now.

    Raises WrongCorrection, NothingToCorrect for an unknown id, StoreError.
    """
    document, apart, _ = id.rpartition("#")
    if not apart:
        document = id
    if not fields and day is None:
        raise WrongCorrection(f"{id}: nothing is corrected; say what is right")
    if fields and not apart:
        raise WrongCorrection(
            f"{id} is a whole document; give {' and '.join(fields)} of one passage, such as {id}#1"
        )
    if day is not None:
        _check_day(day, now)
    values = {name: _checked(name, value) for name, value in fields.items()}
    with store.together():
        if day is not None:
            store.correct(document, {"day": day.isoformat()}, given=now)
        if values:
            stance = _stance(store, id, values)
            # One that followed from an earlier correction of the office goes with that.
            follows = stance.value if stance else None
            told = values | ({"stance": follows} if follows else {})
            store.correct(id, told, given=now, without=("stance",))
        ids = ({id} if values else set()) | ({document} if day else set())
        return [each for each in store.corrections(document) if each.id in ids]


def take_back(store: Store, id: str) -> list[Correction]:
    """Forget the corrections with this id; returns them. Raises NothingToCorrect, StoreError."""
    return store.take_back(id)


def _stance(store: Store, id: str, values: Mapping[str, str | None]) -> Stance | None:
    """The stance that the office tells as it is corrected; None where what was read stays."""
    document, _, key = id.rpartition("#")
    whole = store.document_as_read(document)
    read = next((each for each in whole.passages if each.key == key), None) if whole else None
    if whole is None or read is None:
        return None  # the store says which of the two is not there
    told = {
        each.field: each.value
        for each in store.corrections(document)
        if each.id == id and each.placed and each.field in TEXT_FIELDS
    } | dict(values)
    if whole.kind is not Kind.MINUTES or "role" not in told:
        return None
    return _followed(read, replace(read, **told))  # type: ignore[arg-type]


def _followed(read: Passage, told: Passage) -> Stance | None:
    """A sitting that marks who asks and who answers, whatever the office, is still believed."""
    own = office_stance(read.role, read.speaker)
    if own is not None and read.stance is not None and own is not read.stance:
        return None
    return office_stance(told.role, told.speaker)


def _checked(name: str, value: str | None) -> str | None:
    if name not in TEXT_FIELDS:
        raise WrongCorrection(f"{name} cannot be corrected; there are {', '.join(TEXT_FIELDS)}")
    if value is None:
        return None
    plain = value.strip()
    if not plain:
        raise WrongCorrection(f"{name} is blank; where there is none, write nothing at all: ''")
    if any(unicodedata.category(character) in _UNPRINTED for character in plain):
        raise WrongCorrection(f"{name} {plain!r} holds a character that is not printed")
    if len(plain) > LONGEST:
        raise WrongCorrection(f"{name} has {len(plain):,} characters; {LONGEST} are the most")
    return plain


def _check_day(day: date, now: datetime) -> None:
    if day > now.astimezone(JAPAN).date():
        raise WrongCorrection(f"{day} is still to come: no sitting was on that day")
    era_year(day)  # raises DateError before 明治, when no assembly sat
