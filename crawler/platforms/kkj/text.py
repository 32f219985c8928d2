"""The text of a notice: without the frame that leaks in before it, in pieces of a paragraph's size.

ProjectDescription begins with the title repeated, and often with what stands around a page's text
(本文, ページID：0240575更新). It comes in lines, or as one line of a megabyte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST = 600
"""Characters of a piece; a line below is kept whole."""

_SPACE = " \t\r\u3000\xa0"
_FRAME = re.compile(
    r"[\s\u3000]*(?:本文(?:ここから)?|ここから本文(?:です)?[。.]?|"
    r"(?:ページ(?:ID|番号)|記事ID|掲載番号|コンテンツ番号)[：:\s]*[0-9０-９]{3,}|"
    r"(?:更新日|掲載日|公開日|登録日|最終更新日?)[：:\s]*"
    r"(?:[0-9０-９年月日令和平成./\-（）()月火水木金土日]|\s(?=[0-9０-９])){4,24}(?:更新|掲載)?|更新|掲載|"
    r"印刷(?:用ページ)?(?:を表示する|ページ)?|大きな文字で印刷|ツイート|シェアする|"
    r"(?:Facebook|X|LINE)で(?:シェア|送る|ポスト)(?:する)?)(?=[\s\u3000]|更新|ページ|掲載|公開|印刷|<|$)"
)
_SENTENCE = re.compile(r"[。．！？](?=[^」』）)])|[\s\u3000]+")

_GENERIC = re.compile(
    r"令和|平成|[0-9０-９元一二三四五六七八九十]+|年度?|月|日|第|号|回|付け?|"
    r"入札|公告|公示|公募|募集|調達|契約|案件|情報|発注|見積(?:書|り)?(?:合わせ|合せ)?|"
    r"一般|競争|指名|条件|制限|簡易|総合評価(?:落札方式)?|事後審査型?|郵便|電子|随意|型|式|"
    r"(?:公募)?プロポーザル|企画(?:提案|競争)|オープンカウンター(?:方式)?|方式|"
    r"工事|業務|物品|役務|委託|購入|建設|等|及び|および|の|を|に|係る|かかる|関する|ついて|について|"
    r"お知らせ|実施|執行|します|件|一覧|説明書|書|"
    r"[\s\u3000・、。,.（）()「」【】\[\]－―ー~〜～-]"
)
_PROJECT = re.compile(
    r"(?:調達|業務|工事|委託|事業|案件|入札|契約|購入|物品|役務)?(?:件名|(?:の)?名称)|"
    r"(?:工事|業務|委託|事業|件|物品|品|案件|調達)名(?:称)?"
)
_NUMBERED = re.compile(
    r"^(?:[（(]?[0-9０-９一二三四五六七八九十ア-ンａ-ｚa-z]{1,2}[)）．.、\s\u3000])*[\s\u3000]*"
)
_VALUE_END = re.compile(
    r"[\n\r]|[\s\u3000]{2,}|[。]|[\s\u3000](?=[（(]?[0-9０-９]{1,2}[)）．.、\s\u3000])|"
    r"[\s\u3000](?=(?:工事|履行|納入|業務|施工|納品)?(?:場所|箇所|期間|期限|期日|概要|内容|番号|数量)|予定価格|入札|開札)"
)


def blocks_of(title: str, description: str) -> tuple[str, ...]:
    """The pieces of the text without its frame; none where the portal has only the title."""
    return pieces_of(_without_frame(description, title))


def pieces_of(text: str) -> tuple[str, ...]:
    """A text in pieces, in order."""
    pieces: list[str] = []
    for line in text.split("\n"):
        line = line.strip(_SPACE)
        if line:
            pieces += _cut(line)
    return tuple(_joined(pieces))


def title_of(name: str, blocks: tuple[str, ...]) -> tuple[str, str]:
    """The title, and the 件名 with it where the name alone (入札公告) does not say what is bought.

    The second is what is bought: the 件名 of the text or the name.
    """
    name = " ".join(name.split())
    said = ""
    if not name or is_generic(name):
        said = next(filter(None, map(_project, blocks[:20])), "")
    if not said:
        name = name or (blocks[0][:80] if blocks else "")
        return name, "" if is_generic(name) else name
    return f"{name} {said}".strip(), said


def is_generic(name: str) -> bool:
    """Whether it says what sort of notice it is, and not what of."""
    return not _GENERIC.sub("", name)


def _project(block: str) -> str:
    for line in block.split("\n"):
        label = _PROJECT.search(line)
        if label is None or _NUMBERED.sub("", line[: label.start()]).strip(_SPACE + "・"):
            continue
        rest = line[label.end() :].lstrip(_SPACE + ":：】］]）)")
        end = _VALUE_END.search(rest)
        said = (rest[: end.start()] if end else rest).strip(_SPACE)
        if 2 <= len(said) <= 120:
            return said
    return ""


def _without_frame(text: str, title: str) -> str:
    """The text from where it begins; what it repeats of the title is not said twice."""
    text = text.strip()
    title = title.strip()
    start = 0
    while start < len(text):
        if title and text.startswith(title, start):
            end = start + len(title)
        elif (frame := _FRAME.match(text, start)) is not None and frame.end() > start:
            end = frame.end()
        else:
            break
        while end < len(text) and text[end].isspace():
            end += 1
        start = end
    return text[start:]


def _cut(line: str) -> Iterator[str]:
    """A long line in pieces that end with a sentence, or at a space, or where they are full."""
    start = 0
    while len(line) - start > _LONGEST:
        ends = [each.end() for each in _SENTENCE.finditer(line, start, start + _LONGEST)]
        end = next((each for each in reversed(ends) if each - start > _LONGEST // 4), None)
        end = end or start + _LONGEST
        yield line[start:end].strip(_SPACE)
        start = end
    yield line[start:].strip(_SPACE)


def _joined(pieces: list[str]) -> Iterator[str]:
    """Short lines together, with their ends of line, up to the size of a paragraph."""
    held: list[str] = []
    size = 0
    for piece in filter(None, pieces):
        if held and size + len(piece) > _LONGEST:
            yield "\n".join(held)
            held, size = [], 0
        held.append(piece)
        size += len(piece) + 1
    if held:
        yield "\n".join(held)
