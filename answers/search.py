"""Search: hits ready to present, and what was searched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answers.claim import Claim, claim
from answers.corrections import Corrected, corrected, corrected_day
from answers.longer_words import LongerWords, longer_words
from answers.passing_on import PassingOn
from answers.questions import Question
from indexer.citation import citation
from indexer.engines.base import Reader
from indexer.highlight import merged_marks, snippet, whole
from indexer.language import parse
from indexer.query import FoundIn, Hit, Node, Sort
from indexer.spans import Located
from kazami.bodies import Bodies
from kazami.document import Kind, Stance
from kazami.fields import TEXT_FIELDS
from kazami.store import Store, StoredHead, StoredPassage

_TOGETHER = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One passage found, or a document found without any, with what a person must see of it.

    The latter has the document's id, no ``text``, and its title in the snippet. ``found_in`` says
    where the query stands; ``title_marks`` are (start, end) in the title where it is there.
    ``fields`` has a value or None for each of ``kazami.fields``. ``marks`` are (start, end) in
    ``snippet``. ``url`` is the passage's link, else the document's. ``passages`` counts the
    matching ones of the document when hits are grouped. ``missing`` is the day on which the
    document was found gone from its source. ``pass_on``: its text may be given to others; None
    where that was not asked. ``doubtful``: its speakers or its day may have been read wrong.
    ``corrected`` are the fields, and the day, that a person said otherwise than they were read.
    """

    id: str
    document: str
    body: str
    body_name: str
    kind: Kind
    title: str
    date: dt.date | None
    fields: Mapping[str, str | None]
    stance: Stance | None
    page: int | None
    text: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    url: str | None
    citation: str
    score: float
    passages: int
    missing: dt.date | None
    pass_on: bool | None
    doubtful: bool = False
    corrected: tuple[Corrected, ...] = ()
    found_in: FoundIn = FoundIn.PASSAGE
    title_marks: tuple[tuple[int, int], ...] = ()

    @property
    def speaker(self) -> str | None:
        return self.fields["speaker"]

    @property
    def role(self) -> str | None:
        return self.fields["role"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """``total`` passages of ``documents`` documents match; ``hits`` are the page asked for.

    ``titles`` of the documents are found without any passage, by their title or by fields alone.
    ``longer`` are other words that hold one of the query, which it does not find. ``lost`` are
    the ids of hits on this page that the store has no longer: the index is older than the store.
    """

    query: str
    total: int
    documents: int
    hits: tuple[SearchHit, ...]
    lost: tuple[str, ...]
    claim: Claim
    longer: tuple[LongerWords, ...] = ()
    titles: int = 0

    @property
    def found(self) -> int:
        """How many hits there are, when they are not grouped."""
        return self.total + self.titles


def search(
    store: Store,
    reader: Reader,
    question: Question,
    *,
    bodies: Bodies,
    passing_on: PassingOn | None = None,
    sort: Sort = Sort.RELEVANCE,
    limit: int = 20,
    offset: int = 0,
    group_documents: bool = False,
) -> SearchAnswer:
    """The hits of a question, with snippets and citations, and the exact totals.

    Whoever gives texts to others asks ``passing_on`` too; it reads permissions and sources.

    Raises QuerySyntaxError, and WrongQuestion where there is not just one text.
    """
    query, match, filters = question.text, question.match, question.filters
    node = parse(query, match, bodies)
    results = reader.search(
        node, filters, sort=sort, limit=limit, offset=offset, group_documents=group_documents
    )
    stored: dict[str, StoredHead] = {
        **store.passages(hit.passage for hit in results.hits if hit.passage != hit.document),
        **store.heads(hit.document for hit in results.hits if hit.passage == hit.document),
    }
    located = _located(reader, node, results.hits)
    return SearchAnswer(
        query=query,
        total=results.total,
        documents=results.documents,
        hits=tuple(
            _shown(hit, stored[hit.passage], node, bodies, passing_on, found)
            for hit, found in zip(results.hits, located, strict=True)
            if hit.passage in stored
        ),
        lost=tuple(hit.passage for hit in results.hits if hit.passage not in stored),
        claim=claim(reader, filters, match, bodies, store),
        longer=longer_words(reader, [node], question),
        titles=results.titles,
    )


def _located(reader: Reader, node: Node, hits: Sequence[Hit]) -> Iterator[Located | None]:
    """What the index knows of each hit's tokens, some hits at a time: it is larger than a text."""
    for at in range(0, len(hits), _TOGETHER):
        some = hits[at : at + _TOGETHER]
        known = reader.locate(node, some)
        yield from (known.get(hit.passage) for hit in some)


def _shown(
    hit: Hit,
    stored: StoredHead,
    node: Node,
    bodies: Bodies,
    passing_on: PassingOn | None,
    located: Located | None,
) -> SearchHit:
    passage = stored.passage if isinstance(stored, StoredPassage) else None
    body = bodies.get(stored.body)
    if passage is None:
        best = whole(stored.title, node, located)
        told = corrected_day(stored.date, stored.read)
    else:
        best = snippet(passage.text, node, located=located)
        told = corrected(passage, stored.date, stored.read)
    return SearchHit(
        id=hit.passage,
        document=hit.document,
        body=stored.body,
        body_name=body.full_name if body else stored.body,
        kind=stored.kind,
        title=stored.title,
        date=stored.date,
        fields={
            name: None if passage is None else field.of(passage)
            for name, field in TEXT_FIELDS.items()
        },
        stance=None if passage is None else passage.stance,
        page=None if passage is None else passage.page,
        text=passage.text if passage else "",
        snippet=best.text,
        marks=best.marks,
        url=(passage and passage.url) or stored.document_url,
        citation=citation(stored, bodies),
        score=hit.score,
        passages=hit.passages,
        missing=stored.missing,
        pass_on=passing_on.of(stored.source, stored.pass_on) if passing_on else None,
        doubtful=stored.doubtful,
        corrected=told,
        found_in=hit.found_in,
        title_marks=merged_marks(stored.title, node) if hit.in_title else (),
    )
