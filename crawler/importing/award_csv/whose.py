"""Whose award a row is: a local body by code or name, an organ of the state by its 府省コード."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from crawler.importing.award_csv.words import award_words
from crawler.importing.document_json import NotADocument
from kazami.bodies import UNKNOWN_BODY, Bodies, UnknownBody, is_national, unknown_body

_STATE = re.compile(r"[A-Z][0-9A-Z]")
_METHOD = re.compile(r"80[0-9]{5}")


@dataclass(frozen=True, slots=True)
class Whose:
    """``code`` is the body's; ``name`` is what is printed where it is no local body.

    ``known`` is false for one that no table knows: all of these of one prefecture have one code.
    """

    code: str
    name: str | None = None
    known: bool = True


def state_body(bodies: Bodies, name: str) -> Whose:
    """An organ of the state by its name."""
    for each in (name, f"{name}事務局"):  # 衆議院 buys through its office
        with suppress(UnknownBody):
            code = bodies.find(each).code
            if is_national(code):
                return Whose(code, name)
    return Whose(UNKNOWN_BODY, name, known=False)


@lru_cache(4096)
def portal_body(bodies: Bodies, fifth: str, sixth: str) -> tuple[Whose, str]:
    """Whose award a row of 調達ポータル is, and the code of its procedure.

    The file's specification puts 府省コード before 入札方式コード; a 団体コード in either place is
    that of a local body. A code that no table knows is kept under *unknown body*.
    """
    for code, other in ((sixth, fifth), (fifth, sixth)):
        if len(code) == 6 and code.isdigit() and bodies.get(code) is not None:
            return Whose(code), other
    for code, other in ((fifth, sixth), (sixth, fifth)):
        if code in award_words().bodies:
            return state_body(bodies, award_words().bodies[code]), other
    for code, other in ((fifth, sixth), (sixth, fifth)):
        if _STATE.fullmatch(code):
            return Whose(UNKNOWN_BODY, f"府省コード {code}", known=False), other
    code, other = (sixth, fifth) if _METHOD.fullmatch(fifth) else (fifth, sixth)
    return Whose(UNKNOWN_BODY, f"機関コード {code or '－'}", known=False), other


@lru_cache(4096)
def named_body(bodies: Bodies, code: str, prefecture: str, name: str) -> Whose:
    """The body of a row that names it.

    One that no table knows (a water board, a road corporation) is kept where its prefecture is
    stated. Raises NotADocument for another, and for a code that is none.
    """
    if code in award_words().bodies:
        return state_body(bodies, award_words().bodies[code])
    if name in award_words().bodies.values():
        return state_body(bodies, name)
    errors: list[UnknownBody] = []
    name = " ".join(name.split())
    for text in _names(code, prefecture, name):
        try:
            return Whose(bodies.find(text).code)
        except UnknownBody as error:
            errors.append(error)
    if name and not code:
        for text in (prefecture, name[:3], name[:4]):
            try:
                return Whose(unknown_body(bodies.prefecture(text)), name, known=False)
            except UnknownBody:
                continue
    raise NotADocument(str(errors[0]) if errors else "it names no body")


def _names(code: str, prefecture: str, name: str) -> Sequence[str]:
    """What to look for, in turn; a department may stand behind the name (桐生市 財政課)."""
    if code:
        return [code]
    first = name.split()[0] if name.split() else ""
    short = [each for each in (name, first) if each and each != prefecture]
    whole = [prefecture + each for each in short if prefecture and not each.startswith(prefecture)]
    return list(dict.fromkeys([*whole, *short] or [prefecture] * bool(prefecture)))
