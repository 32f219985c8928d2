"""Search: hits ready to present, and what was searched."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from answers.claim import Claim, claim
from indexer.citation import citation
from indexer.engines.base import Reader
from indexer.highlight import snippet
from indexer.language import parse
from indexer.query import Filters, Hit, Match, Node, Sort
from kazami.bodies import Bodies
from kazami.document import Kind, Stance
from kazami.store import Store, StoredPassage


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One passage found, with what a person must see of it.

    ``marks`` are (start, end) in ``snippet``. ``url`` is the passage's link, else the
    document's. ``passages`` counts the matching ones of the document when hits are grouped.
    ``missing`` is the day on which the document was found gone from its source.
    """

    id: str
    document: str
    body: str
    body_name: str
    kind: Kind
    title: str
    date: dt.date
    speaker: str | None
    role: str | None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """``total`` passages of ``documents`` documents match; ``hits`` are the page asked for.

    ``lost`` are the ids of hits on this page that the store has no longer: the index is older
    than the store.
    """

    query: str
    total: int
    documents: int
    hits: tuple[SearchHit, ...]
    lost: tuple[str, ...]
    claim: Claim


def search(
    store: Store,
    reader: Reader,
    query: str,
    *,
    match: Match,
    filters: Filters,
    bodies: Bodies,
    sort: Sort = Sort.RELEVANCE,
    limit: int = 20,
    offset: int = 0,
    group_documents: bool = False,
) -> SearchAnswer:
    """The hits of a query, with snippets and citations, and the exact totals.

    Raises QuerySyntaxError.
    """
    node = parse(query, match, bodies)
    results = reader.search(
        node, filters, sort=sort, limit=limit, offset=offset, group_documents=group_documents
    )
    stored = store.passages(hit.passage for hit in results.hits)
    return SearchAnswer(
        query=query,
        total=results.total,
        documents=results.documents,
        hits=tuple(
            _shown(hit, stored[hit.passage], node, bodies)
            for hit in results.hits
            if hit.passage in stored
        ),
        lost=tuple(hit.passage for hit in results.hits if hit.passage not in stored),
        claim=claim(reader, filters, match, bodies),
    )


def _shown(hit: Hit, stored: StoredPassage, node: Node, bodies: Bodies) -> SearchHit:
    passage = stored.passage
    body = bodies.get(stored.body)
    best = snippet(passage.text, node)
    return SearchHit(
        id=hit.passage,
        document=hit.document,
        body=stored.body,
        body_name=body.full_name if body else stored.body,
        kind=stored.kind,
        title=stored.title,
        date=stored.date,
        speaker=passage.speaker,
        role=passage.role,
        stance=passage.stance,
        page=passage.page,
        text=passage.text,
        snippet=best.text,
        marks=best.marks,
        url=passage.url or stored.document_url,
        citation=citation(stored, bodies),
        score=hit.score,
        passages=hit.passages,
        missing=stored.missing,
    )
