from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest

from kazami.document import Document, Kind, Passage, Stance

PASSAGE = Passage(
    key="1",
    order=1,
    text="○議長（例示一郎君）　開会いたします。",
    speaker="例示一郎",
    role="議長",
    stance=Stance.CHAIR,
    page=3,
    url="https://minutes.example/1",
)
DOCUMENT = Document(
    body="102032",
    kind=Kind.MINUTES,
    platform="kensakusystem",
    key="reiji/R040301A",
    title="令和4年第1回定例会（第1日 3月1日）",
    date=date(2022, 3, 1),
    fetched=datetime(2026, 1, 1, tzinfo=UTC),
    passages=(PASSAGE, dataclasses.replace(PASSAGE, key="2", order=2)),
)


def test_ids_come_from_the_stable_key_of_the_platform() -> None:
    assert DOCUMENT.id == "kensakusystem:reiji/R040301A"
    assert DOCUMENT.passage_id(DOCUMENT.passages[1]) == "kensakusystem:reiji/R040301A#2"


def test_the_id_does_not_change_with_what_the_document_says() -> None:
    assert dataclasses.replace(DOCUMENT, title="別の題名").id == DOCUMENT.id


def test_the_hash_does_not_change_with_the_time_of_fetching() -> None:
    later = dataclasses.replace(DOCUMENT, fetched=datetime(2027, 1, 1, tzinfo=UTC))
    assert later.content_hash == DOCUMENT.content_hash


@pytest.mark.parametrize(
    "change",
    [
        {"title": "別の題名"},
        {"date": date(2022, 3, 2)},
        {"body": "102041"},
        {"kind": Kind.TENDER},
        {"url": "https://minutes.example/"},
        {"front_matter": "出席議員"},
        {"passages": (PASSAGE,)},
        {"passages": (PASSAGE, dataclasses.replace(PASSAGE, key="2", order=3))},
    ],
)
def test_the_hash_changes_with_everything_else(change: dict[str, object]) -> None:
    assert dataclasses.replace(DOCUMENT, **change).content_hash != DOCUMENT.content_hash  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["text", "speaker", "role", "stance", "page", "url"])
def test_the_hash_changes_with_each_part_of_a_passage(field: str) -> None:
    new = {"stance": Stance.ANSWER, "page": 4}.get(field, "別")
    changed = dataclasses.replace(PASSAGE, **{field: new})  # type: ignore[arg-type]
    other = dataclasses.replace(DOCUMENT, passages=(changed, DOCUMENT.passages[1]))
    assert other.content_hash != DOCUMENT.content_hash


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"body": "10203"}, "body code"),
        ({"body": "１０２０３２"}, "body code"),
        ({"kind": "minutes of a sort"}, "no kind"),
        ({"platform": "a:b"}, "platform"),
        ({"platform": ""}, "platform"),
        ({"key": " "}, "key"),
        ({"title": "　"}, "empty title"),
        ({"date": datetime(2022, 3, 1, tzinfo=UTC)}, "no day"),
        ({"fetched": datetime(2022, 3, 1)}, "time zone"),  # noqa: DTZ001
        ({"passages": ()}, "no passage"),
        ({"passages": (PASSAGE, dataclasses.replace(PASSAGE, key="2"))}, "do not rise"),
        ({"passages": (PASSAGE, dataclasses.replace(PASSAGE, order=2))}, "same key"),
    ],
)
def test_a_document_of_nonsense_cannot_be_built(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        dataclasses.replace(DOCUMENT, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": ""}, "without key"),
        ({"order": 0}, "order 0"),
        ({"text": "　\n"}, "empty text"),
        ({"page": 0}, "page 0"),
        ({"speaker": ""}, "empty speaker"),
        ({"role": " "}, "empty role"),
        ({"url": ""}, "empty url"),
        ({"stance": "angry"}, "no stance"),
    ],
)
def test_a_passage_of_nonsense_cannot_be_built(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        dataclasses.replace(PASSAGE, **change)  # type: ignore[arg-type]


def test_values_cannot_be_changed_after_they_are_built() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        DOCUMENT.title = "別の題名"  # type: ignore[misc]
