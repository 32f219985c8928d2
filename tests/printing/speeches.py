"""Invented speech: what a chair, a member and an office-holder say, as paragraphs.

Much of it is there to be taken for a speaker's line and to be none: other people's offices, lines
that begin with 市長, lists, headings, days of other things, notes of the stage.
"""

from __future__ import annotations

import random

_TOPIC_WORDS = """
空き家の活用 学校給食の無償化 水道管の更新 除雪の体制 移動販売車 図書館の開館時間
公共施設の統廃合 鳥獣被害の対策 保育士の確保 防災行政無線 ごみの減量 観光案内所
職員の学び直し 小学校の統合 地域公共交通 農地の集約 介護の人材 窓口のデジタル化 公園の遊具
ふるさと納税 消防団の再編 河川の改修 児童館の建て替え 生活道路の舗装 病院の経営
太陽光発電の条例 投票所の見直し 婚活の支援 市場の移転
"""
_TOPICS = tuple(_TOPIC_WORDS.split())
_PLACES = (
    "北町",
    "見本川",
    "例示台",
    "中央地区",
    "東浜",
    "上の原",
    "架空橋",
    "西小学校区",
    "本庁舎",
)
_DAYS = (
    "令和５年12月１日",
    "平成31年４月１日",
    "昨年の９月３０日",
    "2023年6月1日",
    "令和元年５月１日",
    "来る３月２５日",
    "平成二十八年十月一日",
)
_GREETINGS = (
    "おはようございます。",
    "皆さん、こんにちは。",
    "ただいまより質問をさせていただきます。",
    "それでは、通告に従いまして{count}点お伺いいたします。",
    "議長のお許しをいただきましたので、{topic}について質問いたします。",
    "本日最後の質問者となりました。よろしくお願いいたします。",
    "再質問いたします。",
    "ありがとうございました。",
    "はい、{topic}の件です。",
)
_QUESTIONS = (
    "まず初めに、{topic}についてであります。{place}では{day}から取組が始まりましたが、その後の状況はいかがでしょうか。",
    "市長、どのようにお考えでしょうか。",
    "市長におかれましては、{topic}を公約に掲げておられます。実現の見通しを伺います。",
    "教育長にお尋ねいたします。{topic}に関する調査の結果をお示しください。",
    "町長の政治姿勢についてであります。",
    "{office}の御答弁では「検討する」とのことでしたが、いつまでに結論を出されるのでしょうか。",
    "先ほど{office}から、予算は{number}万円との説明がありました。この内訳をお聞かせください。",
    "（１）{topic}の現状について",
    "（２）{place}の今後の計画について",
    "１．{topic}について、次の点を伺います。",
    "　①　{place}の利用者数",
    "　②　{day}以降の見込み",
    "・{topic}の費用と効果",
    "２番目に、{topic}について伺います。",
    "２点目、{place}の件でございますけれども、住民説明会は{day}に開かれたと聞いております。",
    "議長、資料を配付してもよろしいでしょうか。",
    "議員になって{number}日がたちましたが、{topic}の声は絶えません。",
    "番号札の色が分かりにくいとの声を{place}で伺いました。",
    "副市長は現場を御覧になったのか、そして{office}は何と報告したのか、お聞きいたします。",
    "委員長報告にもありましたとおり、{topic}は急務であります。",
    "以上、答弁を求めます。",
    "「{topic}は待ったなしだ」という言葉を{office}が使われたことを、私は重く受け止めています。",
    "答弁は簡潔にお願いいたします。{topic}は{number}年前からの課題です。",
    "質問の３点目に移ります。",
)
_ANSWERS = (
    "お答えいたします。",
    "{topic}についての御質問にお答えいたします。",
    "ただいまの御質問でございますが、{place}につきましては{day}に工事を終えております。",
    "市長の命を受けまして、{topic}の検討会を{number}回開催いたしました。",
    "総務課長に調べさせましたところ、対象は{number}世帯でありました。",
    "（１）の{topic}につきましては、{office}が所管しておりますので、後ほど{office}より答弁いたします。",
    "１点目の{topic}でございますが、令和５年度の実績は{number}件であります。",
    "２点目の{place}についてでありますが、現在のところ計画はございません。",
    "・令和４年度　{number}件",
    "・令和５年度　{number}件",
    "議員御指摘のとおり、{topic}は重要であると認識しております。",
    "議長のお許しがあれば、資料を後日提出いたします。",
    "部長会議でも{topic}を取り上げ、{office}を中心に進めているところでございます。",
    "担当の{office}から補足をさせていただきます。",
    "以上でございます。",
    "以上、答弁といたします。",
    "昨年、{office}が「{topic}を先に進めるべきだ」と申し上げたとおりであります。",
    "会長、副会長には{place}の方が就かれました。",
    "監査の結果につきましては、{day}に公表したところであります。",
)
_PROPOSALS = (
    "議案第{number}号について提案理由を御説明申し上げます。",
    "本案は、{topic}に係る条例の一部を改正するものであります。",
    "施行期日は{day}であります。",
    "詳細につきましては、{office}から説明いたさせます。",
    "よろしく御審議のほどお願い申し上げます。",
)
_CHAIR_RULES = (
    "日程第{number}、会期決定の件を議題といたします。",
    "お諮りいたします。本件は原案のとおり決することに御異議ありませんか。",
    "御異議なしと認めます。よって、そのように決定いたしました。",
    "会議録署名議員に、２番、３番の両議員を指名いたします。",
    "ここで暫時休憩いたします。",
    "休憩前に引き続き会議を開きます。",
    "質疑を終わります。",
    "次の会議は{day}に開きます。",
    "本日の会議を閉じます。",
)
NOTES = (
    "（拍手）",
    "（「異議なし」と呼ぶ者あり）",
    "（「なし」と呼ぶ者あり）",
    "〔賛成者起立〕",
    "（笑声）",
    "（「議長、議事進行」と呼ぶ者あり）",
)
INTERJECTION = "〔「異議なし」と呼ぶ者あり〕"


def question(chance: random.Random, offices: tuple[str, ...]) -> tuple[str, ...]:
    """A member's speech of one to nine paragraphs, here and there with a note."""
    first = _filled(chance, chance.choice(_GREETINGS), offices)
    return (first, *_paragraphs(chance, _QUESTIONS, offices, chance.randint(0, 8)))


def answer(chance: random.Random, offices: tuple[str, ...]) -> tuple[str, ...]:
    """What an office-holder answers, one to seven paragraphs."""
    return _paragraphs(chance, _ANSWERS, offices, chance.randint(1, 7))


def proposal(chance: random.Random, offices: tuple[str, ...]) -> tuple[str, ...]:
    """What the head of the executive says of a bill, or a committee's chair in a report."""
    return tuple(_filled(chance, each, offices) for each in _PROPOSALS)


def ruling(chance: random.Random, offices: tuple[str, ...]) -> tuple[str, ...]:
    """What a chair says that gives the floor to nobody."""
    return _paragraphs(chance, _CHAIR_RULES, offices, chance.randint(1, 2))


def bill(chance: random.Random) -> str:
    """A bill or an item as a heading names it."""
    return f"議案第{_number(chance)}号　{chance.choice(_TOPICS)}に関する条例の制定について"


def topic(chance: random.Random) -> str:
    """What one may speak about."""
    return chance.choice(_TOPICS)


def _paragraphs(
    chance: random.Random, of: tuple[str, ...], offices: tuple[str, ...], count: int
) -> tuple[str, ...]:
    chosen = [_filled(chance, each, offices) for each in chance.sample(of, count)]
    if count > 2 and chance.random() < 0.2:
        chosen.insert(chance.randint(1, count - 1), chance.choice(NOTES))
    return tuple(chosen)


def _filled(chance: random.Random, words: str, offices: tuple[str, ...]) -> str:
    return words.format(
        topic=chance.choice(_TOPICS),
        place=chance.choice(_PLACES),
        day=chance.choice(_DAYS),
        office=chance.choice(offices),
        number=_number(chance),
        count=chance.choice("２３４"),
    )


def _number(chance: random.Random) -> str:
    number = f"{chance.randint(2, 980)}"
    if chance.random() < 0.5:
        return number
    return number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
