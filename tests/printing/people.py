"""Invented people: surnames, given names, and the offices that sit in a council's hall.

Surnames and given names are lists that chance puts together. Many are chosen because a letter of
theirs means something in minutes (番場, 君塚, 長, 会田, 登, 続), offices because no list has them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_SURNAMES = """
林 森 東 原 関 南 北 西 堀 谷 星 泉 長 岸 辻 番 畑 沖 乾 旭 小野 番場 副島 君塚 君島 会田 市村
町田 村越 長田 監物 議野 部坂 局沢 課川 答野 助川 次山 参木 理川 技村 佐伯 大沼 久我 鴨居 石堂
芹沢 南雲 柴崎 荒巻 戸川 神代 三枝 早乙女 五十嵐 一番合瀬 佐々木 長谷川 日下部 小早川 勅使河原
さんのへ たぞえ こいで いずみ マキノ 八重樫 髙橋 髙﨑 渡邊 齋藤 葛西 淵上 栁沢 四十万 百目鬼
委文
"""
SURNAMES = tuple(_SURNAMES.split())
_GIVEN = """
一 誠 実 登 進 薫 肇 望 明 続 勉 満 太一 健司 幸子 君江 正長 市子 議子 信一 和也 真由 芳江 長治
美咲 弘 健太郎 久美子 龍之介 真理子 宗一郎 佐和子 さくら ひろし まさのぶ ゆうた あかり みどり
ほのか カレン リサ ケンジ 悠 八重 十三 千代 三郎 五百子 寿々 なな子 ゆう子 りょう 伊佐雄 喜代治
"""
GIVEN = tuple(_GIVEN.split())
_COMMON_OFFICES = """
副市長 教育長 総務部長 企画部長 財政課長 総務課長 福祉部長 建設課長 税務課長 住民課長 教育部長
水道局長 消防長 市民生活部長 産業経済部長 健康福祉課長 子育て支援課長 会計管理者 教育次長
"""
COMMON_OFFICES = tuple(_COMMON_OFFICES.split())
_RARE_OFFICES = """
地域包括支援センター長 給食センター長 企画官 参与 技監 理事 監 危機管理監 市場長 事業管理者
副教育長 病院事業管理者 総務室長兼務選挙管理委員会書記長 防災室長兼務 公安委員長 選挙管理委員長
農業委員会会長 代表監査委員 監査委員 病院事務長 副収入役 収入役 出納室長 図書館長 支所長 統括監
デジタル推進官 総務部参事 建設部技術次長 上下水道担当理事 政策審議監 園長 財産区管理会会長
消防団長 農林水産部次長兼農政課長 交通政策担当部長 教育委員会委員長職務代理者 主幹
こども未来局長
"""
RARE_OFFICES = tuple(_RARE_OFFICES.split())
STAFF_OFFICES = ("事務局長", "議会事務局長", "議事部長", "書記", "議事調査課長")
ACTING_CHAIRS = ("副議長", "議長職務代理者", "臨時議長", "仮議長", "年長議員")
REPORTERS = ("総務常任委員長", "議会運営委員長", "予算特別委員長", "厚生文教分科会長")
PARTIES = ("例示党", "架空クラブ", "無所属", "仮の会", "見本市民ネット")
HEADS = ("市長", "町長", "村長", "区長", "知事")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the hall, with an office or a seat or both; ``party`` is a member's."""

    surname: str
    given: str
    office: str | None = None
    seat: str | None = None
    party: str | None = None

    @property
    def name(self) -> str:
        """Surname and given name without a space."""
        return self.surname + self.given


def people(chance: random.Random, count: int) -> list[Person]:
    """Invented people of whom no two share a surname, so that a surname alone names one."""
    return [Person(surname, chance.choice(GIVEN)) for surname in chance.sample(SURNAMES, count)]


def seat(number: int, style: str = "full") -> str:
    """A seat's number as minutes print it: ``full`` ２５番, ``half`` 25番, ``mixed`` ８番 and 25番,
    ``kanji`` 二十五番, ``digits`` 二五番."""
    if style == "full" or (style == "mixed" and number < 10):
        return f"{number}".translate(str.maketrans("0123456789", "０１２３４５６７８９")) + "番"
    if style in ("half", "mixed"):
        return f"{number}番"
    kanji = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if style == "digits":
        return "".join(kanji[int(digit)] for digit in str(number)) + "番"
    return (
        ("" if tens == 0 else "十" if tens == 1 else f"{kanji[tens]}十")
        + (kanji[ones] if ones else "")
        + "番"
    )
