"""What can be asked of an engine, and what it answers: plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kazami.document import Kind, Stance
from kazami.fields import TEXT_FIELDS, TextField


class Match(StrEnum):
    """How query words match: as tokens, or as a plain substring of the NFKC text."""

    WORD = "word"
    EXACT = "exact"


class Sort(StrEnum):
    """The order of hits; ``indexer.ranking`` says how equal ones go."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Readings(StrEnum):
    """Which documents are looked at: all, or those that were read without doubt."""

    ALL = "all"
    SOUND = "sound"


class Measure(StrEnum):
    """What is counted."""

    PASSAGES = "passages"
    DOCUMENTS = "documents"
    BODIES = "bodies"
    OCCURRENCES = "occurrences"


class By(StrEnum):
    """What a tally can be grouped by, beside the period."""

    PREFECTURE = "prefecture"
    BODY = "body"
    KIND = "kind"
    STANCE = "stance"
    ROLE = "role"
    SEAT = "seat"


class Field(StrEnum):
    """The fields a query can name."""

    SPEAKER = "speaker"
    ROLE = "role"
    SEAT = "seat"
    STANCE = "stance"
    BODY = "body"
    PREF = "pref"
    KIND = "kind"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens at consecutive positions; with ``prefix`` the last is only the beginning of a token.

    ``gaps[i]`` is the distance in positions from term i to term i+1: 1 where they are adjacent,
    more where the query itself has punctuation between the words; what stands at the positions
    between does not matter. Its occurrences are the positions that it starts at; they may overlap.
    ``written`` is how the query words it, which makes no difference to what it finds.
    """

    terms: tuple[str, ...]
    prefix: bool = False
    gaps: tuple[int, ...] = ()
    written: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        if not self.terms or not all(self.terms):
            raise ValueError("a phrase needs terms")
        if not self.gaps:
            object.__setattr__(self, "gaps", (1,) * (len(self.terms) - 1))
        if len(self.gaps) != len(self.terms) - 1 or any(gap < 1 for gap in self.gaps):
            raise ValueError(f"gaps {self.gaps} do not fit terms {self.terms}")


@dataclass(frozen=True, slots=True)
class Substring:
    """A substring of the passage's exact form (``kazami.text``), counted without overlaps."""

    text: str

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError("an empty substring is everywhere")


@dataclass(frozen=True, slots=True)
class Near:
    """An occurrence of ``left`` with one of ``right`` near it, in either order.

    Near is at most ``distance`` positions between the facing ends of the two (adjacent words:
    1); occurrences that overlap are not near each other. The occurrences of a Near are those of
    ``left`` that have a ``right`` near them. Each side is a tuple of alternatives; two that match
    from the same to the same position are one occurrence.
    """

    left: tuple[Phrase, ...]
    right: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class FieldIs:
    """A field's value.

    speaker, role, seat: as ``kazami.fields`` says (``*部長``; ``*`` alone is any). title: the
    folded title contains it. body: a six-digit code. pref: a two-digit code. kind, stance: the
    value. A passage without the field never matches.
    """

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


Leaf = Phrase | Substring | Near
Node = Leaf | FieldIs | And | Or | Not


def leaves(node: Node) -> Iterator[Leaf]:
    """The text leaves that count: those not under a NOT, each once, in reading order."""
    seen: set[Leaf] = set()
    stack: list[Node] = [node]
    while stack:
        at = stack.pop()
        match at:
            case And(nodes) | Or(nodes):
                stack.extend(reversed(nodes))
            case Phrase() | Substring() | Near():
                if at not in seen:
                    seen.add(at)
                    yield at


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which passages are looked at: any of the values within one field, and every field.

    ``bodies`` are six-digit codes, ``prefectures`` two-digit ones; ``since`` and ``until`` are
    both inclusive, and what has no day passes neither; ``speakers``, ``roles`` and ``seats`` match
    as in FieldIs; a ``reading`` that is SOUND leaves out the documents that are doubtful
    (``kazami.document.Document.doubtful``).
    """

    bodies: frozenset[str] = frozenset()
    prefectures: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    since: date | None = None
    until: date | None = None
    speakers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    stances: frozenset[Stance] = frozenset()
    reading: Readings = Readings.ALL

    def texts(self) -> Iterator[tuple[TextField, tuple[str, ...]]]:
        """The declared fields that are asked for, each with its values."""
        for each in TEXT_FIELDS.values():
            values: tuple[str, ...] = vars(self)[each.plural]
            if values:
                yield each, values


class FoundIn(StrEnum):
    """Where the query stands: in a passage, in the title alone, in both, or in fields alone.

    The last is a document without passages, found by its kind, body or title as a field.
    """

    PASSAGE = "passage"
    TITLE = "title"
    BOTH = "both"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found; ``passages`` counts the matching ones of its document when grouped.

    A document that is found without any passage is one hit too: ``passage`` is then the document's
    id and ``passages`` 0. ``in_title``: its title is searched and holds a leaf of the query.
    ``place`` is the engine's own number of it, for the reader that found it.
    """

    passage: str
    document: str
    score: float
    passages: int = 1
    in_title: bool = False
    place: int = field(default=-1, compare=False, repr=False)

    @property
    def found_in(self) -> FoundIn:
        """Where the query stands."""
        if self.passage == self.document:
            return FoundIn.TITLE if self.in_title else FoundIn.FIELDS
        return FoundIn.BOTH if self.in_title else FoundIn.PASSAGE


@dataclass(frozen=True, slots=True)
class Results:
    """Exact totals, and the page of hits asked for.

    ``total`` counts passages; ``titles`` the documents that are found without any, by their title
    or by fields alone. ``documents`` counts those of both.
    """

    total: int
    documents: int
    hits: tuple[Hit, ...]
    titles: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Exact counts of one period and group. What was not asked for is 0.

    ``start`` is the first day of the period, or None without periods; ``group`` is the two-digit
    prefecture code, the six-digit body code, the kind, the stance, or the role or seat as printed
    ("" where a passage has none), or None without groups. ``tokens`` counts the tokens of the
    passages counted. ``occurrences`` is the sum over the query's ``leaves`` in the passages that
    match it. ``documents`` and ``bodies`` count what is found by its title alone, too.
    """

    start: date | None
    group: str | None
    passages: int = 0
    documents: int = 0
    bodies: int = 0
    occurrences: int = 0
    tokens: int = 0


ALL_MEASURES = frozenset(Measure)


class KindExtent(NamedTuple):
    """How much of one kind passes the filters."""

    documents: int
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much lies behind an answer: what passes the filters, whatever the query.

    ``codes`` are those of its bodies, six digits each; ``bodies`` counts them. ``by_kind`` has the
    kinds of its documents, ``doubtful`` counts those of them whose reading is in doubt. ``undated``
    ones have no day, so that ``first`` and ``last`` know nothing of them; they are counted whether
    or not since and until, which they cannot pass, leave them out of ``documents``.
    """

    passages: int
    documents: int
    bodies: int
    first: date | None
    last: date | None
    tokens: int = 0
    codes: frozenset[str] = frozenset()
    by_kind: Mapping[Kind, KindExtent] = field(default_factory=dict)
    doubtful: int = 0
    undated: int = 0

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of the documents."""
        return frozenset(self.by_kind)
