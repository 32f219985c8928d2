"""Of how much of what a source publishes each field is filled: what its health goes by.

What is counted is declared here, by kind. To add a field of passages: a line in ``_PASSAGES``; a
fact is counted as soon as ``kazami.facts`` declares it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kazami.document import Document, Kind, Stance
from kazami.fields import TEXT_FIELDS


@dataclass(frozen=True, slots=True)
class PassageField:
    """A field of passages by its name in ``Passage``; the values in ``empty`` tell nothing."""

    name: str
    label: str
    empty: tuple[str, ...] = ()
    steady: bool = True

    def share(self, document: Document) -> float:
        """The share of the document's passages in which it is filled, 0 to 1."""
        values = [getattr(passage, self.name) for passage in document.passages]
        return sum(each is not None and each not in self.empty for each in values) / len(values)


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a document without its passages: its facts and attachments as JSON."""

    dated: bool
    has_text: bool
    attachments: Sequence[Mapping[str, Any]]
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentField:
    """A field of the document itself. ``told`` gives its share, None where none is expected.

    One that is not ``steady`` comes as the items have it: fewer than usual are nothing lost.
    """

    name: str
    label: str
    told: Callable[[Described], float | None]
    steady: bool = True

    def share(self, document: Document) -> float | None:
        """The share in which it is filled, 0 to 1; None where the document need not have it."""
        return self.told(described(document))


def described(document: Document) -> Described:
    """The document as its fields are told from."""
    from kazami.attachments import attachments_to_json
    from kazami.facts import facts_to_json

    return Described(
        dated=document.date is not None,
        has_text=bool(document.passages),
        attachments=attachments_to_json(document.attachments),
        facts={} if document.facts is None else facts_to_json(document.facts),
    )


def _dated(document: Described) -> float:
    return float(document.dated)


def _has_text(document: Described) -> float:
    return float(document.has_text)


def _attachments_read(document: Described) -> float | None:
    """How many of its attached files were read."""
    if not document.attachments:
        return None
    read = [each for each in document.attachments if each["state"] == "read"]
    return len(read) / len(document.attachments)


def _closes(document: Described) -> float | None:
    """Whether the day that closes a tender is known; one that nobody can offer for needs none."""
    from kazami.facts import Stage, TenderFacts, facts_from_json
    from kazami.procurement import closing

    facts = facts_from_json(TenderFacts, document.facts)
    assert isinstance(facts, TenderFacts)  # that is what was asked for
    if facts.stage is not None and facts.stage.value in (
        Stage.PLANNED,
        Stage.CANCELLED,
        Stage.FAILED,
    ):
        return None
    return float(closing(facts.deadlines) is not None)


def _deadlines(document: Described) -> float:
    return float(any(each["day"] is not None for each in document.facts.get("deadlines", ())))


def _fact(name: str, label: str) -> DocumentField:
    """1 where the document states the fact so that it can be told, else 0."""

    def told(document: Described) -> float:
        stated = document.facts.get(name)
        return float(stated is not None and stated["value"] is not None)

    return DocumentField(name, label, told, steady=name not in _NOW_AND_THEN)


_NOW_AND_THEN = frozenset({"updated", "quarter"})
"""Facts that some items have by their nature: a page that was changed, a purchase to come. A run
that brings none of them has lost nothing."""

_OF_EVERY_NOTICE = (
    DocumentField("date", "日付", _dated),
    DocumentField("text", "本文", _has_text),
    DocumentField("attachments", "添付の読取", _attachments_read),
)

_PASSAGES: dict[Kind, tuple[PassageField, ...]] = {
    Kind.MINUTES: (
        PassageField("speaker", TEXT_FIELDS["speaker"].label),
        PassageField("role", TEXT_FIELDS["role"].label),
        PassageField("stance", "立場", empty=(Stance.OTHER.value,)),
        PassageField("page", "ページ"),
    ),
}


def counted(kind: Kind) -> tuple[PassageField | DocumentField, ...]:
    """What is counted of documents of this kind, in the order in which it is shown."""
    from kazami.facts import FACTS, TenderFacts, declared

    facts = FACTS.get(kind)
    if facts is None:
        return _PASSAGES.get(kind, ())
    fields = [*_OF_EVERY_NOTICE, *(_fact(name, label) for name, _, label in declared(facts))]
    if facts is TenderFacts:
        fields.append(DocumentField("deadlines", "期限", _deadlines))
        fields.append(DocumentField("closes", "締切", _closes))
    return (*_PASSAGES.get(kind, ()), *fields)


@dataclass(frozen=True, slots=True)
class Rate:
    """One field in so many documents: the sum of their shares, and that of the shares' squares.

    Sums, so that runs can be put together; the squares tell how far the documents lie apart.
    """

    documents: float = 0.0
    shares: float = 0.0
    squares: float = 0.0

    @classmethod
    def of(cls, share: float) -> Rate:
        """The rate of one document."""
        return cls(1.0, share, share * share)

    @property
    def mean(self) -> float:
        """The mean share, every document counting alike; 0 of none."""
        return self.shares / self.documents if self.documents else 0.0

    def __add__(self, other: Rate) -> Rate:
        return Rate(
            self.documents + other.documents,
            self.shares + other.shares,
            self.squares + other.squares,
        )

    def times(self, weight: float) -> Rate:
        """The same rate, weighing more or less against others."""
        return Rate(self.documents * weight, self.shares * weight, self.squares * weight)


Rates = Mapping[str, Rate]
"""By the name of the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fills:
    """The rates of what a source's latest runs stored, and those usual before them."""

    latest: Rates
    usual: Rates


def rates_of(documents: Iterable[Document]) -> dict[str, Rate]:
    """The rates of these documents."""
    return together(
        *(
            {
                field.name: Rate.of(share)
                for field in counted(document.kind)
                if (share := field.share(document)) is not None
            }
            for document in documents
        )
    )


def together(*several: Rates) -> dict[str, Rate]:
    """The rates of the documents of all."""
    found: dict[str, Rate] = {}
    for rates in several:
        for name, rate in rates.items():
            found[name] = found.get(name, Rate()) + rate
    return found


def documents_in(rates: Rates) -> float:
    """How many documents they are of."""
    return max((rate.documents for rate in rates.values()), default=0.0)


def fills_from_json(kept: Mapping[str, Any]) -> Fills:
    """What the store kept: ``dataclasses.asdict`` of it."""
    return Fills(
        **{
            part: {name: Rate(**sums) for name, sums in kept[part].items()}
            for part in ("latest", "usual")
        }
    )
