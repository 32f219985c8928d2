"""A notice's text in the pieces that state one thing each, with the headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kazami.text import Mapped, exact_form, exact_form_with_offsets

LONGEST = 4_000
"""Characters of a piece; a longer one is cut, so that no pattern meets a megabyte in one line."""

_CELLS = re.compile(r"\t|\s[|｜]\s?|^[|｜]|[|｜]$|(?<=\S)[|｜](?=\S)")
_SPACES = re.compile(r"[ \u3000\u00a0\r\x0b\x0c]+")
_NUMBER = r"[0-9０-９]"
_NO_REFERENCE = rf"(?!※\s?{_NUMBER}{{1,2}}\s?(?:$|[、,※]))"
"""A mark that refers to a footnote ends its line; with words behind it the footnote begins."""
_CUTS = re.compile(
    rf"(?<=。)(?![）)」』])|\s/\s|\s／\s|(?<=\S)\s(?=[(（]{_NUMBER}{{1,2}}[)）])"
    rf"|(?<=[^\s(（第のび及、上下記])(?=[(（]{_NUMBER}{{1,2}}[)）])(?<!{_NUMBER}[条項号])"
    r"|\s?-\s[0-9]{1,3}\s-\s?|(?<=\S)\s(?={_NO_REFERENCE}[※◎●■◆○◇【])|(?<=[。)）])(?={_NO_REFERENCE}[※◎●■◆])|(?<=[^0-9０-９①-⑳])(?=[①-⑳])"
)
_GLUED_HEADING = re.compile(
    rf"(?<=[^0-9０-９\s第.．])\s?(?={_NUMBER}{{1,2}}[.．\s]\s?[一-龥ァ-ヶ])(?!{_NUMBER}{{1,2}}\s?"
    r"[年月日時分円万千億百人名者条項号件棟階に箇か級種回部枚台社式次以か])"
)
_PORTAL = (
    "調達案件番号",
    "調達種別",
    "分類",
    "調達案件名称",
    "公開開始日",
    "公開終了日",
    "調達機関所在地",
    "調達機関",
    "調達品目分類",
    "公告内容",
)
"""The labels that 調達ポータル prints without a space between label and value."""
_PORTAL_LABEL = re.compile("|".join(_PORTAL))

_SIDE_BY_SIDE = re.compile(
    r"(?<=\S)[ \u3000]{2,}(?=(?:履行期限|履行期間|履行場所|納入場所|工期|予定価格)[\s:：])"
)
"""Two labels in one line, far apart: 契約予定 10/1　　履行期限 R10.3.24."""

_LEVELS = (
    re.compile(
        r"(?:第\s?)?\d{1,2}\s?[.、:\s](?!\d)|\d{1,2}(?=[一-龥])(?!\d{0,2}[年月日時分円])|[■◆●◎□◇【〔<●]"
    ),
    re.compile(r"\(\d{1,2}\)"),
    re.compile(r"[ア-ン]\s|\([ア-ン]\)|[①-⑳]|\d{1,2}\)|・"),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: ``text`` and ``cells`` in NFKC, ``raw`` as printed; of no row one cell.

    ``headings`` are those above it, the nearest first. ``level`` is its own place among numbered
    pieces, 3 where it bears no number.
    """

    raw: str
    text: str
    cells: tuple[str, ...]
    raw_cells: tuple[str, ...]
    headings: tuple[str, ...] = ()
    level: int = 3

    def words(self, begin: int = 0, end: int | None = None) -> str:
        """The printed words of ``text[begin:end]``, white space as one blank."""
        if begin == 0 and end is None:
            return self.raw.strip()
        mapped: Mapped = exact_form_with_offsets(self.raw)
        stop = len(self.text) if end is None else end
        first, last = mapped.source(self.raw, begin, stop)
        return self.raw[first:last].strip()


@dataclass(slots=True)
class _Headings:
    above: list[str] = field(default_factory=lambda: ["", "", ""])

    def see(self, raw: str, text: str) -> tuple[int, tuple[str, ...]]:
        circled = "①" <= raw[:1] <= "⑳"  # in NFKC a plain figure
        for level, pattern in enumerate(_LEVELS):
            if circled and level < 2:
                continue
            if circled or pattern.match(text):
                above = tuple(each for each in reversed(self.above[:level]) if each)
                self.above[level:] = [text[:80], *[""] * (2 - level)]
                return level, above
        return 3, tuple(each for each in reversed(self.above) if each)


def segments(blocks: Iterable[str], listed: Mapping[str, str] | None = None) -> list[Statement]:
    """The pieces of the blocks in order, those of ``listed`` as rows before them."""
    headings = _Headings()
    found = [_row((label, value)) for label, value in (listed or {}).items() if value.strip()]
    for raw, cells in _joined(list(_lines(blocks))):
        text = exact_form(raw)
        level, above = headings.see(raw, text.strip())
        found.append(Statement(raw, text, tuple(map(exact_form, cells)), cells, above, level))
    return found


def _row(cells: Sequence[str]) -> Statement:
    raw = tuple(_SPACES.sub(" ", each).strip() for each in cells)
    whole = " | ".join(raw)
    return Statement(whole, exact_form(whole), tuple(map(exact_form, raw)), raw)


def _lines(blocks: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for block in blocks:
        text = _SIDE_BY_SIDE.sub("\n", _portal(block).replace("\u2028", "\n"))
        for whole in text.split("\n"):
            line = whole.strip(" \u3000\r")
            if "\t" not in line.strip():  # indented, and no row
                line = line.strip()
            cells = tuple(_SPACES.sub(" ", each).strip() for each in _CELLS.split(line))
            if len([each for each in cells if each]) > 1 or (len(cells) > 1 and any(cells)):
                row = cells if "\t" in line else _trimmed(cells)
                yield " | ".join(row), row
                continue
            for piece in _pieces(_SPACES.sub(" ", line).strip()):
                yield piece, (piece,)


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells that the bars at a row's ends leave."""
    begin = 1 if not cells[0] and len(cells) > 2 else 0
    end = len(cells) - 1 if not cells[-1] and len(cells) - begin > 2 else len(cells)
    return cells[begin:end]


def _portal(block: str) -> str:
    if not block.lstrip()[:400].count("調達案件番号") or "公告内容" not in block:
        return block
    head, mark, rest = block.partition("公告内容")
    return _PORTAL_LABEL.sub(lambda found: f"\n{found[0]}\t", head) + "\n" + rest if mark else block


def _pieces(line: str) -> Iterator[str]:
    if not line:
        return
    long = len(line) > 150
    for piece in _CUTS.split(line):
        for part in _GLUED_HEADING.split(piece) if long else (piece,):
            part = part.strip()
            for at in range(0, len(part), LONGEST):
                yield part[at : at + LONGEST]


_FIGURES = "0-9０-９元一二三四五六七八九十〇"
_ENDS_OPEN = re.compile(r"(?:から|より|[~〜～―→⇒－-])\s?(?:\([^()]{0,20}\))?$")
_STARTS_OPEN = re.compile(r"^\s?(?:から|より|[~〜～→⇒至]|まで)")
_A_DAY = re.compile(r"[日0-9０-９)）分時午]")


def _joined(
    lines: Sequence[tuple[str, tuple[str, ...]]],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """With a range that was torn over lines put together again."""
    held: tuple[str, tuple[str, ...]] | None = None
    joins = 0
    for raw, cells in lines:
        if (
            held is not None
            and joins < 3
            and len(cells) == 1
            and len(raw) < 200
            and _torn(held[0], raw)
        ):
            whole = f"{held[0]} {raw}"
            held = (whole, (*held[1][:-1], f"{held[1][-1]} {raw}"))
            joins += 1
            continue
        if held is not None:
            yield held
        held, joins = (raw, cells), 0
    if held is not None:
        yield held


def _torn(above: str, below: str) -> bool:
    if re.search(r"[0-9０-９年月]月?\s?$", above) and re.match(
        r"\s?[0-9０-９]{1,2}\s?[月日]", below
    ):
        return bool(re.search(r"[月年]\s?$", above))
    if re.search(r"[0-9０-９]\s?日$", above) and re.match(r"[(（][月火水木金土日]", below):
        return True
    if not re.search(rf"[{_FIGURES}]", above[-30:]):
        return False
    if re.match(r"[(（][0-9０-９]{1,2}[)）]", below):
        return False
    if not re.search(rf"[{_FIGURES}]\s?[年月日時/.:：-]", below[:24]):
        return False
    return bool(
        (_ENDS_OPEN.search(above) and _A_DAY.search(above[-14:]))
        or (_STARTS_OPEN.search(below) and re.search(r"[日時]", above[-16:]))
    )
