"""Places that a title may name, and others in their stead."""

from __future__ import annotations

import re
from random import Random

# The prefectures, and the municipalities of 沖縄県, whose titles are altered. Without 東村, which
# ends other names; a prefecture without a second of its kind (都, 道) is left as it is.
_NAMES = """
青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 神奈川県 新潟県 富山県
石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県
鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県
宮崎県 鹿児島県 沖縄県
那覇市 宜野湾市 石垣市 浦添市 名護市 糸満市 沖縄市 豊見城市 うるま市 宮古島市 南城市
国頭村 大宜味村 今帰仁村 本部町 恩納村 宜野座村 金武町 伊江村 読谷村 嘉手納町 北谷町 北中城村 中城村
西原町 与那原町 南風原町 渡嘉敷村 座間味村 粟国村 渡名喜村 南大東村 北大東村 伊平屋村 伊是名村
久米島町 八重瀬町 多良間村 竹富町 与那国町
"""
_PLACES = _NAMES.split()
# The longest first: 中城村 ends 北中城村. 沖縄市町村 would be all its municipalities.
_NAMED = re.compile(f"(?:{'|'.join(sorted(_PLACES, key=len, reverse=True))})(?!町村)")


def another_place(title: str, rng: Random) -> str:
    """The title with one of the places that it names, wherever it stands, become another one.

    Another of the same kind that the title does not name.
    """
    named = list(dict.fromkeys(_NAMED.findall(title)))
    if not named:
        return title
    place = rng.choice(named)
    others = [name for name in _PLACES if name[-1] == place[-1] and name not in title]
    other = rng.choice(others)
    return _NAMED.sub(lambda found: other if found[0] == place else found[0], title)
