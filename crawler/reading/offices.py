"""Offices and seats as minutes print them before a speaker's name, after it, or alone."""

from __future__ import annotations

import re
from functools import lru_cache

SEAT = r"(?:[0-9]{1,3}|[一二三四五六七八九十百〇]{1,4})番"
"""A 議席番号, in folded text without space."""

TOP = (
    r"年長の?議員|(?:(?:臨時|仮|副)?議長|(?:臨時|副)?(?:小|分科会?)?委員長|分科会長|副?座長|副?会長)"
    r"(?:職務)?(?:代理者?|代行者?)?|(?:副?知事|副?[市区町村]長|副?企業長|副?管理者)(?:職務代理者)?|"
    r"(?:副教育|教育次|教育)長|教育委員長?|(?:代表)?監査委員|助役|副?収入役|副?出納長|会計管理者|"
    r"国務大臣|副大臣|大臣政務官|政府参考人|事務総長|参考人|公述人|証人|会長代理"
)
"""The few offices that stand at the top and need no department before them."""

MEMBER = r"議員|委員"
MEMBERS = ("議員", "委員")
COMMISSIONS = ("監査", "教育", "専門")
"""Before 委員 these are an office and no name."""

_BARE = (
    r"市場長|(?:部|課|局|室|次|所|支所|係|館|園|院|校|場|署|隊|団|班|本部|センター|事務局|事務)長|課長補佐|"
    r"主幹|主査|主任|主事|係員|参事|副?参与|副?理事|技監|技師|副?理事長|企画官|調整官|指導官|管理官|"
    r"書記長?|事務局(?:次長|職員|書記|主査|係長)|事務職員|危機管理監|専門官|専門員|政策監|[統総]括監|監|監理官|審議員|次長|局次長|部次長|室次長|統括|"
    r"副(?:部|課|局|室|所|館|園|院|校|団|本部)長|(?:担当|事業|総括|総務)(?:部|課|室|局)?長"
)
"""Offices that follow a department, or a family name."""

_LAST = "長員者役官臣監人事与幹査任師佐理行当括記問授士外務扱得番"

LAST = frozenset(_LAST)
"""How offices and seats end: most words are told from them by their last letter."""

_TAIL = (
    r"(?:兼務|併任|兼任|事務取扱|心得|(?:職務)?代理者?|(?:職務)?代行者?|"
    rf"兼(?![務任])[^()をにがは]{{1,19}}[{_LAST}])?"
)

_SUFFIX = (
    r"(?:長|監|官|役|大臣|総監|者|人|参事|参与|理事|主幹|主査|主任|主事|技師|補佐|代理|代行|担当|統括|書記|"
    r"職員|局員|専門員|審議員|説明員|[納導談査]員|幹事|顧問|番外|委員|議員|教授|弁護士|会計士|税理士)"
)

_DEPARTMENT = (
    r"総務|総合|企画|財政|財務|財産|税務|課税|収税|収納|納税|資産|住民|町民|市民|村民|区民|県民|府民|都民|"
    r"道民|国民|民生|福祉|社会|保健|健康|医療|看護|介護|長寿|高齢|障[害が]|子ども|子供|こども|子育て|児童|"
    r"家庭|教育|学校|学務|学事|指導|生涯|青少年|建設|建築|土木|都市|道路|河川|公園|緑(?![川山田野])|用地|住宅|水道|上水|"
    r"上下水|下水|簡易水道|浄水|環境|衛生|清掃|廃棄|資源|循環|ごみ|産業|農林|農政|農業|農地|農村|林務|林業|"
    r"森林|水産|漁港|畜産|耕地|商工|商業|労働|雇用|観光|経済|地域|地方|まち|むら|ふるさと|政策|戦略|会計|出納|"
    r"計画|魅力|広域|連携|安全|安心|相談|支援|活力|創造|創生|特命|市街|復興|震災|景観|保育|幼児|食|動物|母子|"
    r"議会|議事|消防|防災|危機|警防|予防|警察|生活安全|病院|診療|管財|契約|用度|検査|人事|職員|情報|ＤＸ|DX|"
    r"IT|ICT|デジタル|電算|統計|交通|国保|保険|年金|生活|戸籍|施設|営繕|文化|スポーツ|体育|図書|公民|給食|"
    r"支所|出張所|振興|広報|広聴|秘書|行政|行革|改革|経営|監査|選挙|空港|港湾|国土|移住|定住|未来|共生|共創|"
    r"協働|男女|人権|女性|同和|国際|交流|法務|文書|庁舎|地籍|区画|開発|整備|再生|推進|調整|基盤|事業|競艇|競輪|"
    r"競馬|公営|企業|電気|ガス|管理|業務|営業|工務|技術|研究|試験|大学|博物|美術|中央|東部|西部|南部|北部|"
    r"厚生|文教|予算|決算|議会運営|常任|特別|産建|総文|文厚|建経|人材|人財|災害|小中|新?庁舎|オリンピック|商業|ものづくり|くらし|暮らし|"
    r"副市長|知事|市長|町長|村長|区長|教育委員|選挙管理|農業委員|公平委員|固定資産評価|公安委員|人事委員|監査委員"
)

_WORDS = r"(?:(?!を|した|する|出席|について|権限)[^()、。]){0,24}?"

_NOT_AN_OFFICE = re.compile(
    r"者あり|[るたの](?:者|人|議員|委員)$|[0-9]+[人名]$|[をがは、。○〇◯●×△□■]|について|に(?:関|係|対|応|お)|"
    r"^(?:出席|欠席|応招|不応招|説明のため|職務のため|紹介|傍聴|遅参|早退|署名|会議録署名|議案|請願|陳情)"
)

IS_SEAT = re.compile(rf"(?P<seat>{SEAT})(?:{MEMBER})?")
IS_TOP = re.compile(rf"(?:{TOP}){_TAIL}")
TOP_AT = re.compile(rf"(?:{TOP}){_TAIL}|{MEMBER}")
IS_BARE = re.compile(rf"(?:{_BARE}){_TAIL}")
_BRANCH = r"[^()]{1,5}(?:総合支所|支所|出張所|市民センター|振興局|土木事務所)"
_OF_DEPARTMENT = re.compile(rf"(?:{_DEPARTMENT}|{_BRANCH}){_WORDS}{_SUFFIX}{_TAIL}")
_BEGINS_AS_DEPARTMENT = re.compile(_DEPARTMENT)
_ANY = re.compile(rf"[^()]{{1,30}}{_SUFFIX}{_TAIL}|監|番外")
_NAMED_TOP = re.compile(rf"(?P<name>.{{1,8}}?)(?P<office>(?:{TOP}){_TAIL})")
_NAMED_BARE = re.compile(rf"(?P<name>.{{1,8}}?)(?P<office>(?!支所長)(?:{_BARE}){_TAIL})")
_NAMED_DEPARTMENT = re.compile(
    rf"(?P<name>.{{1,8}}?)(?P<office>(?:副|元)?(?:{_DEPARTMENT}){_WORDS}{_SUFFIX}{_TAIL})"
)
_NO_SURNAME = re.compile(
    r"[副仮前元新現大中小両各同本正全総次支会部課局室係所館園校場署班区議学社協主当旧]|.+[副会課局室係署班]|"
    r".*(?:臨時|筆頭|審査|調査|検討|協議|委員|審議|組合|連合|連盟|団体|商工|クラブ|自治|町内|法人|大学|"
    r"病院|分科|特別|常任|運営|代表|主任|専門|統括|担当|事務|技術|政策|施策|危機管理|センター|[0-9])"
)
"""What stands before 委員長 or 課長 and is no family name: 副, 各, 特別, 選挙管理委員会."""

_NO_NAME = re.compile(
    r"職務|代理|代行|心得|事務|者$|担当|委員会|審議会|協議会|協会|組合|クラブ|連合|連盟|団体|議会|学会|商工会|"
    r"応招|出席|欠席|傍聴|署名|請願|陳情|その他|開会日|休憩|再開|異議|質疑|暫時|採決|散会|閉会|開会|開議|"
    r"以上|本日|日程|起立|賛成|反対|討論|答弁|質問|登壇|議案|次回|続行|継続|について|ただいま|これより|それでは|"
    r"[\u3400-\u9fff](?:です|ます|ません|する|した|して|から|まで|では|には|とは)|いたし|ござい|^[おご][\u3400-\u9fff]|御"
)
_NO_NAME_IN_KANA = re.compile(
    r"はい|ええ|いえ|いいえ|なお|また|まず|さて|では|どうぞ|いかが|よって|そして|しかし|ほか|します|です|ます|"
    r"あり|なし|こと|もの|とおり|おはよう|ありがとう|そう|それ|これ|もう|ちょっと|あと"
)
_NAME = re.compile(
    r"[^\s()\[\]「」『』、。,.:;!?！？0-9○〇◯◎●◆△▲□■×＊*・…―─－-]{1,12}(?:\([^()]{1,3}\))?"
)


_SAYS = ("答弁", "質問", "質疑")
"""These follow an office and are no part of it."""


def may_end_office(words: str) -> bool:
    """Whether words end as an office may."""
    return words[-1:] in LAST


def is_office(words: str) -> bool:
    """Whether ``words``, folded and without space, read as an office, known or not."""
    return may_end_office(words) and (_is_known(words) or _may_be(words))


@lru_cache(maxsize=8192)
def _may_be(words: str) -> bool:
    if words.endswith(_SAYS):
        return False
    return _ANY.fullmatch(words) is not None and _NOT_AN_OFFICE.search(words) is None


def is_known_office(words: str) -> bool:
    """Whether they are an office that needs no name beside it to be one."""
    return may_end_office(words) and _is_known(words)


@lru_cache(maxsize=8192)
def _is_known(words: str) -> bool:
    return not words.endswith(_SAYS) and any(
        known.fullmatch(words) is not None for known in (IS_TOP, IS_BARE, _OF_DEPARTMENT, IS_SEAT)
    )


def is_department(words: str) -> bool:
    """Whether they begin like a department, as no person's name does."""
    return _BEGINS_AS_DEPARTMENT.match(words) is not None


ONE_SCRIPT = r"[\u3400-\u9fff々]+|[ァ-ヶー]+|[ぁ-ん]{2,}"
"""As family and given names are mostly written."""


@lru_cache(maxsize=8192)
def is_name(words: str) -> bool:
    """Whether they can be a person's name; what assemblies say all the time cannot."""
    return (
        _NAME.fullmatch(words) is not None
        and _NO_NAME.search(words) is None
        and _NO_NAME_IN_KANA.fullmatch(words) is None
    )


def is_printed_name(words: str) -> bool:
    """Whether they can stand for a name in a roster, which a given and a family name bear out."""
    return _NAME.fullmatch(words) is not None


def is_no_surname(words: str) -> bool:
    """Whether they stand before 委員長 or 課長 and are no family name: 副, 特別, 選挙管理委員会."""
    return _NO_SURNAME.fullmatch(words) is not None


def parted(words: str) -> tuple[str, str] | None:
    """Name and office of 例示太郎総務課長, where both follow each other without a space.

    Only where the office tells by itself where it begins: one of the top, one with a department
    that assemblies have, or 課長 after a family name. None else.
    """
    return _parted(words) if may_end_office(words) else None


@lru_cache(maxsize=8192)
def _parted(words: str) -> tuple[str, str] | None:
    if is_known_office(words) or words.endswith(_SAYS):
        return None
    for pattern in (_NAMED_DEPARTMENT, _NAMED_TOP, _NAMED_BARE):
        found = pattern.fullmatch(words)
        if found is None or not is_name(found["name"]) or is_no_surname(found["name"]):
            continue
        return found["name"], found["office"]
    return None
