"""What an answer stands on, in words: so that zero can be told from nothing collected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from answers.claim import Claim
from answers.questions import Filters, Match, Readings
from kazami.bodies import load_bodies
from kazami.document import Kind
from presenting.labels import KINDS, STANCES
from presenting.safe_text import one_line
from presenting.units import units

_PLACES = 10
"""So many bodies are named."""


def claim_line(claim: Claim) -> str:
    """``検索対象: 1団体 / 1,788団体 · 468会議 · 128,393発言 · 2003-03-04〜2025-12-19``.

    Where not only minutes were searched, each kind has its own figures: ``お知らせ 12件 40段落``.
    """
    bodies = bodies_text(claim.bodies, claim.bodies_of, claim.diet, claim.invented, claim.national)
    parts = [bodies, *_searched(claim)]
    if claim.since and claim.until:
        parts.append(f"{claim.since}〜{claim.until}")
    if claim.undated:
        count = f"日付なし {claim.undated:,}件"
        parts.append(f"{count}を除く" if claim.dated else f"うち{count}")
    if claim.match is Match.EXACT:
        parts.append("文字どおりの一致")
    if claim.corrected:
        parts.append(f"訂正 {claim.corrected:,}件を含む")
    if claim.not_searched:
        parts.append(f"未収集: {places_text(claim.not_searched)}")
    return f"検索対象: {' · '.join(parts)}"


def _searched(claim: Claim) -> list[str]:
    if claim.kinds <= {Kind.MINUTES}:
        document, passage = units(claim.kinds)
        return [
            f"{claim.documents:,}{document}{_doubt(claim)}",
            f"{claim.passages:,}{passage}",
        ]
    return [
        f"{kind_text(kind, *claim.by_kind[kind])}{_doubt(claim) if kind is Kind.MINUTES else ''}"
        for kind in Kind
        if kind in claim.by_kind
    ]


def kind_text(kind: Kind, documents: int, passages: int) -> str:
    """``お知らせ 12件 40段落``; what has no passage, like an award, says no 0."""
    document, passage = units({kind})
    said = f" {passages:,}{passage}" if passages else ""
    return f"{KINDS[kind]} {documents:,}{document}{said}"


def _doubt(claim: Claim) -> str:
    """How many documents were read in doubt: of those searched, or left out."""
    if claim.reading is Readings.SOUND:
        return f"（読み取りに疑義のある{claim.doubtful:,}件を除く）"
    return f"（うち読み取りに疑義 {claim.doubtful:,}件）" if claim.doubtful else ""


def nothing_searched(claim: Claim) -> str:
    """Why an answer searched no passage."""
    if _all_left_out(claim):
        return f"この条件の文書（{claim.doubtful:,}件）はどれも読み取りに疑義があり、除かれました"
    return "この条件の文書は収集されていません"


def nothing_searched_line(claim: Claim) -> str:
    """The same as a sentence, with what follows from it."""
    hint = "--reading all で数えます" if _all_left_out(claim) else "話されなかったとは言えません"
    return f"{nothing_searched(claim)}（{hint}）。"


def _all_left_out(claim: Claim) -> bool:
    return claim.reading is Readings.SOUND and not claim.documents and claim.doubtful > 0


def bodies_text(local: int, of: int, diet: bool, invented: int, national: int) -> str:
    """``1団体と国会 / 1,788団体``; what is none of the 1,788 stands apart.

    That are the demo's bodies (``架空の3団体``) and the state's organs (``国の9機関``).
    """
    parts = []
    if local or not (diet or invented or national):
        parts.append(f"{local:,}団体{'と国会' if diet else ''} / {of:,}団体")
    elif diet:
        parts.append("国会")
    if national:
        parts.append(f"国の{national:,}機関")
    if invented:
        parts.append(f"架空の{invented:,}団体")
    return "と".join(parts)


def claim_json(claim: Claim) -> dict[str, Any]:
    return {
        "documents": claim.documents,
        "passages": claim.passages,
        "bodies": claim.bodies,
        "bodies_of": claim.bodies_of,
        "diet": claim.diet,
        "invented": claim.invented,
        "national": claim.national,
        "since": claim.since and claim.since.isoformat(),
        "until": claim.until and claim.until.isoformat(),
        "match": claim.match,
        "not_searched": list(claim.not_searched),
        "kinds": sorted(claim.kinds),
        "by_kind": [
            {"kind": kind.value, **claim.by_kind[kind]._asdict()}
            for kind in Kind
            if kind in claim.by_kind
        ],
        "undated": claim.undated,
        "corrected": claim.corrected,
        "doubtful": claim.doubtful,
        "reading": claim.reading.value,
    }


def filters_line(filters: Filters) -> str | None:
    """``絞り込み: 群馬県 · 答弁 · 2022-01-01から``; None without filters."""
    places = sorted(filters.prefectures | filters.bodies)
    parts = [places_text(places)] if places else []
    parts += [KINDS[kind] for kind in sorted(filters.kinds)]
    parts += [STANCES[stance] for stance in sorted(filters.stances)]
    parts += [f"{field.label} {one_line(v)}" for field, asked in filters.texts() for v in asked]
    if filters.reading is Readings.SOUND:
        parts.append("読み取りに疑義なし")
    if filters.since:
        parts.append(f"{filters.since}から")
    if filters.until:
        parts.append(f"{filters.until}まで")
    return f"絞り込み: {' · '.join(parts)}" if parts else None


def places_text(codes: Sequence[str]) -> str:
    """``群馬県桐生市、東京都``; of a whole territory the first: ``…、ほか318団体``."""
    names = [_place(code) for code in codes[:_PLACES]]
    more = len(codes) - len(names)
    return "、".join([*names, *([f"ほか{more:,}団体"] if more else [])])


def _place(code: str) -> str:
    bodies = load_bodies()
    if len(code) == 2:
        return bodies.prefecture_name(code)
    body = bodies.get(code)
    return body.full_name if body else code
