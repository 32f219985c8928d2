"""Over random corpora and queries every engine answers what the memory engine answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer.engines.base import Engine, Reader
from indexer.engines.memory import MemoryEngine
from indexer.longer_words import Sought
from indexer.query import (
    And,
    By,
    Field,
    FieldIs,
    Filters,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Readings,
    Sort,
    Substring,
)
from kazami.document import Document, Kind, Passage, Stance
from kazami.periods import Every
from tests.contract.corpus import DOUBTED, FETCHED, SOUND, writing

PIECES = (
    "防災",
    "福祉",
    "人材",
    "育成",
    "学び直し",
    "デジタル",
    "DX",
    "の",
    "、",
    "。",
    "\n",
    " ",
    "2",
    "🏢",
    "バス",
    "ノンステップバス",
    "シャトルバス",
)
TERMS = ("防災", "福祉", "人材", "育成", "学ぶ", "直す", "デジタル", "dx", "の", "2", "鯨")
BUS = Sought("バス", "バス", frozenset({"バス"}), ())
BODIES = ("011002", "102032", "100005")
DAYS = ("2021-03-31", "2021-04-01", "2021-12-31", "2022-01-01", "2023-06-30")
SPEAKERS = (None, "山田太郎", "山田　花子")
ROLES = (None, "市長", "総務部長", "部長")


def sometimes(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2).map(tuple)


texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
texts = texts.filter(lambda text: bool(text.strip()))


TITLES = (
    "第1回定例会",
    "臨時会",
    "入札公告",
    "防災計画の策定業務",
    "人材育成・デジタル",
    "ノンステップバス",
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    kind = draw(st.sampled_from(list(Kind)))
    minutes = kind is Kind.MINUTES
    day = draw(st.sampled_from(DAYS if minutes else (None, *DAYS)))
    fewest = 1 if minutes else 0
    return Document(
        body=draw(st.sampled_from(BODIES)),
        kind=kind,
        platform="t",
        key=draw(st.sampled_from("abcdefgh")),
        title=draw(st.sampled_from(TITLES)),
        date=None if day is None else date.fromisoformat(day),
        fetched=FETCHED,
        passages=tuple(
            Passage(
                key=f"k{order}",
                order=order,
                text=text,
                speaker=draw(st.sampled_from(SPEAKERS)),
                role=draw(st.sampled_from(ROLES)),
                stance=draw(st.sampled_from([None, *Stance])),
            )
            for order, text in enumerate(draw(st.lists(texts, min_size=fewest, max_size=4)), 1)
        ),
        reading=draw(st.sampled_from([None, SOUND, DOUBTED])),
    )


@st.composite
def phrases(draw: st.DrawFn) -> Phrase:
    terms = draw(st.lists(st.sampled_from(TERMS), min_size=1, max_size=3))
    gaps = draw(st.lists(st.integers(1, 3), min_size=len(terms) - 1, max_size=len(terms) - 1))
    if draw(st.booleans()):
        return Phrase((*terms[:-1], terms[-1][:1]), True, tuple(gaps))
    return Phrase(tuple(terms), gaps=tuple(gaps))


sides = st.lists(phrases(), min_size=1, max_size=2).map(tuple)
fields = st.one_of(
    st.builds(FieldIs, st.just(Field.SPEAKER), st.sampled_from(["山田", "花子", "山 田"])),
    st.builds(FieldIs, st.just(Field.ROLE), st.sampled_from(["市長", "*部長", "部*", "*"])),
    st.builds(FieldIs, st.just(Field.STANCE), st.sampled_from([s.value for s in Stance])),
    st.builds(FieldIs, st.just(Field.BODY), st.sampled_from(BODIES)),
    st.builds(FieldIs, st.just(Field.PREF), st.sampled_from(["01", "10"])),
    st.builds(FieldIs, st.just(Field.KIND), st.sampled_from([k.value for k in Kind])),
    st.builds(FieldIs, st.just(Field.TITLE), st.sampled_from(["定例会", "会"])),
)
substrings = st.lists(st.sampled_from(PIECES), min_size=1, max_size=2).map("".join)
nodes: st.SearchStrategy[Node] = st.recursive(
    st.one_of(
        phrases(),
        st.builds(Substring, substrings),
        st.builds(Near, sides, sides, st.integers(1, 6)),
        fields,
    ),
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)
days = st.none() | st.sampled_from(DAYS).map(date.fromisoformat)
filters = st.builds(
    Filters,
    bodies=sometimes(BODIES).map(frozenset),
    prefectures=sometimes(("01", "10")).map(frozenset),
    kinds=st.lists(st.sampled_from(list(Kind)), max_size=2).map(frozenset),
    since=days,
    until=days,
    speakers=sometimes(("山田", "花子")),
    roles=sometimes(("市長", "*部長")),
    stances=st.lists(st.sampled_from(list(Stance)), max_size=2).map(frozenset),
    reading=st.sampled_from(Readings),
)
Step = tuple[list[Document], list[str]]
steps = st.lists(
    st.tuples(
        st.lists(documents(), max_size=6),
        st.lists(st.sampled_from("abcdefgh").map("t:{}".format), max_size=2),
    ),
    min_size=1,
    max_size=4,
)
questions = st.lists(st.tuples(nodes, st.just(Filters()) | filters), min_size=4, max_size=8)


def answers(reader: Reader, node: Node, limits: Filters) -> Iterator[object]:
    """All that can be asked about one query."""
    yield reader.extent(limits)
    yield reader.longer_terms(BUS, limits)
    for sort in Sort:
        for grouped in (False, True):
            for offset, limit in ((0, 3), (2, 50)):
                yield reader.search(
                    node, limits, sort=sort, limit=limit, offset=offset, group_documents=grouped
                )
    for every in (None, *Every):
        for by in (None, *By):
            yield reader.tally(node, limits, every=every, by=by, tokens=True)
            yield reader.tally(None, limits, every=every, by=by, tokens=True)


def written(engine: Engine, steps: list[Step], commits: set[int]) -> Reader:
    """A reader after some documents were put or deleted at each step."""
    writer = writing(engine)
    for number, (documents, deleted) in enumerate(steps):
        writer.put(documents)
        writer.delete(deleted)
        if number in commits:
            writer.commit(number + 1)
    writer.commit(len(steps) + 1)
    writer.close()
    return engine.reader()


# Shrinking would index hundreds of collections more, and a disagreement is read from its query.
NO_SHRINKING = settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])


@settings(NO_SHRINKING, max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=steps, commits=st.sets(st.integers(0, 3)), questions=questions)
def test_engines_agree_on_every_hit_score_and_count(
    make_engine: Callable[[], Engine],
    steps: list[Step],
    commits: set[int],
    questions: list[tuple[Node, Filters]],
) -> None:
    reference = written(MemoryEngine(), steps, commits)
    with written(make_engine(), steps, commits) as reader:
        for node, limits in questions:
            for found, wanted in zip(
                answers(reader, node, limits), answers(reference, node, limits), strict=True
            ):
                assert found == wanted
