"""How the generations of DB-Search differ: five skins, shaped after the recorded ones."""

from __future__ import annotations

from dataclasses import dataclass

from replay.templates import filled


@dataclass(frozen=True)
class Skin:
    """How one generation of the product draws its pages.

    ``template`` opens a document, by the link ``query``; ``frames`` opens it in a frameset.
    ``form`` turns the pages of a list by a form instead of by links. ``reads`` is the skin whose
    pages of text it has, where those are not its own.
    """

    name: str
    template: str
    query: str
    absolute: bool = False
    frames: bool = False
    form: bool = False
    reads: str = ""

    def link(self, id: int) -> str:
        """The query that opens a document, as a list escapes it."""
        return self.query.format(id=id)

    def drawn(self, piece: str, /, **holes: object) -> str:
        """One of the skin's own pieces: counter, row, pages, turn, document or voice."""
        own = (piece in ("document", "voice") and self.reads) or self.name
        return filled(f"dbsearch/{own}/{piece}.html", **holes)


OTOFUKE = Skin(
    "otofuke", template="document", query="Template=document&Id={id}#one", absolute=True, form=True
)

SENDAI = Skin(
    "sendai", template="view", query="Template=view&amp;VoiceType=all&amp;DocumentID={id}"
)

AOMORI = Skin(
    "aomori",
    template="doc-one-frame",
    query="Template=doc-one-frame&amp;VoiceType=onehit&amp;DocumentID={id}",
    frames=True,
)

ITOSHIMA = Skin(
    "itoshima", template="doc-one-frame", query=AOMORI.query, frames=True, reads="aomori"
)

MIYAWAKA = Skin(
    "miyawaka",
    template="doc-one-frame",
    query="Template=doc-one-frame&amp;VoiceType=OneHit&amp;DocumentID={id}",
    frames=True,
    reads="aomori",
)

SKINS = {skin.name: skin for skin in (OTOFUKE, SENDAI, AOMORI, ITOSHIMA, MIYAWAKA)}
