"""The grades (等級, 格付) that may take part, where a notice names any."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.reading.notices.segments import Statement
from kazami.facts import Fact

_ONE = r"[「『\"']?[A-DS](?![A-Za-z0-9])[」』\"']?"
_SEVERAL = (
    rf"{_ONE}(?:(?:等級|級|ランク)?\s?(?:、|,|・|又は|または|若しくは|及び|~|から)\s?{_ONE}){{0,4}}"
)
_GRADES = re.compile(
    rf"(?<![A-Za-z])(?P<grades>{_SEVERAL})\s?(?:級|等級|ランク|の?(?:いずれかの)?(?:等級|ランク|格付))"
    rf"|(?:格付け?|等級|ランク)(?:が|は|の|:|\s|区分)*(?P<after>{_SEVERAL})"
)


def grades(pieces: Sequence[Statement]) -> Fact[str] | None:
    """The grades as ``A・B``, from the first words that name them."""
    for piece in pieces:
        if found := _GRADES.search(piece.text[:400]):
            printed = found["grades"] or found["after"]
            letters = re.findall(r"[A-DS]", printed)
            if re.search("~|から", printed) and len(letters) == 2:
                scale = "SABCD"
                first, last = sorted(map(scale.index, letters))
                letters = list(scale[first : last + 1])
            return Fact("・".join(sorted(set(letters), key="SABCD".index)), piece.words()[:200])
    return None
