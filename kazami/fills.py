"""Of how much of what a source publishes each field is filled: what its health goes by.

What is counted is declared here, by kind. To add a field of passages: a line in ``_PASSAGES``; a
fact is counted as soon as ``kazami.facts`` declares it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

    def share(self, document: Document) -> float:
        """The share of the document's passages in which it is filled, 0 to 1."""
        values = [getattr(passage, self.name) for passage in document.passages]
        return sum(each is not None and each not in self.empty for each in values) / len(values)


@dataclass(frozen=True, slots=True)
class FactField:
    """A fact of a document, by its name in ``kazami.facts``; ``deadlines`` is one."""

    name: str
    label: str

    def share(self, document: Document) -> float:
        """1 where the document states it so that it can be told, else 0."""
        if document.facts is None:
            return 0.0
        from kazami.facts import facts_to_json

        return self.share_of(facts_to_json(document.facts))

    def share_of(self, facts: Mapping[str, Any] | None) -> float:
        """The same of facts as the store keeps them."""
        stated = (facts or {}).get(self.name)
        if isinstance(stated, list):
            return float(any(each["day"] is not None for each in stated))
        return float(stated is not None and stated["value"] is not None)


_PASSAGES: dict[Kind, tuple[PassageField, ...]] = {
    Kind.MINUTES: (
        PassageField("speaker", TEXT_FIELDS["speaker"].label),
        PassageField("role", TEXT_FIELDS["role"].label),
        PassageField("stance", "立場", empty=(Stance.OTHER.value,)),
        PassageField("page", "ページ"),
    ),
}


def counted(kind: Kind) -> tuple[PassageField | FactField, ...]:
    """What is counted of documents of this kind, in the order in which it is shown."""
    from kazami.facts import FACTS, TenderFacts, declared

    facts = FACTS.get(kind)
    named = [] if facts is None else [FactField(name, label) for name, _, label in declared(facts)]
    if facts is TenderFacts:
        named.append(FactField("deadlines", "期限"))
    return (*_PASSAGES.get(kind, ()), *named)


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
            {field.name: Rate.of(field.share(document)) for field in counted(document.kind)}
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
