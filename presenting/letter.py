"""The letter that asks an office for permission, ready to send."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date

from answers.letter import Request
from crawler.fetching.hosts import user_agent
from crawler.permission.robots import ROBOT
from kazami.bodies import Body, BodyKind
from kazami.dates import wareki
from kazami.document import Kind
from kazami.sources import Source
from presenting.safe_text import one_line

_WIDTH = 38
"""Full-width characters in a line."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a letter calls the documents of a kind, why they are wanted and what is kept."""

    documents: str
    text: str
    purpose: str
    kept: str
    named_by: str
    office: str = ""


_WORDINGS = {
    Kind.MINUTES: Wording(
        "会議録",
        "発言の本文",
        "地方議会において、どのような課題が、いつ、どのように議論されているかを、会議録の検索および集計に"
        "より調査するため",
        "会議名、開催日、発言の本文、発言者の氏名と役職、掲載ページ",
        "会議名、開催日、発言者",
    ),
    Kind.ANNOUNCEMENT: Wording(
        "お知らせ・報道発表",
        "本文",
        "公的機関が、どのような事業を、いつ、どのように知らせているかを、お知らせの検索および集計により"
        "調査するため",
        "件名、掲載日、本文、添付資料の文字",
        "団体名、件名、掲載日",
        "広報ご担当",
    ),
    Kind.TENDER: Wording(
        "入札公告等",
        "本文",
        "公的機関が、何を、いつ、どのような方法で調達しようとしているかを、公告の検索および集計により"
        "調査し、期限とともに案内するため",
        "件名、公告日、提出期限、契約方法などの公告の内容、添付資料の文字",
        "団体名、件名、公告日",
        "入札・契約事務ご担当",
    ),
    Kind.AWARD: Wording(
        "入札結果",
        "内容",
        "公的機関が、何を、誰から、いくらで調達したかを、入札結果の検索および集計により調査するため",
        "件名、落札日、落札者の名称と法人番号、金額",
        "団体名、件名、落札日",
        "入札・契約事務ご担当",
    ),
}


def letter(source: Source, body: Body, request: Request, today: date) -> str:
    """A letter to the office that publishes the source, in lines of up to 38 characters."""
    wording = _WORDINGS[source.kind]
    lines = [
        wareki(today),
        "",
        f"{office(body, source.kind)}　御中",
        "",
        *(_right(one_line(request.sender)) if request.sender else ()),
        *_right(f"連絡先　{one_line(request.contact)}"),
        "",
        f"　　　　{wording.documents}の自動取得についてのお願い",
        "",
        "拝啓　時下ますますご清栄のこととお慶び申し上げます。",
        *_paragraph(
            f"　このたび、{_publisher(body, source.kind)}がインターネットで公開しておられる"
            f"{wording.documents}を、"
            "下記のとおりプログラムにより取得し、検索および集計に利用させていただきたく、"
            "お願い申し上げます。"
        ),
        *_paragraph(_why(request, wording, source.kind)),
        *_paragraph(
            "　ご多用のところ誠に恐れ入りますが、可否と、可の場合の条件（時間帯、取得の間隔、"
            "事前連絡の要否、本文を第三者に提供することの可否など）をお知らせくださいますよう、"
            "お願い申し上げます。ご不明の点は、上記連絡先までお問い合わせください。"
        ),
        *_right("敬具"),
        "",
        "　　　　　　　　　　　　記",
        "",
        *_items(_points(source, body.full_name, request, wording)),
        *_right("以上"),
    ]
    return "\n".join(lines)


def office(body: Body, kind: Kind) -> str:
    """``群馬県桐生市議会事務局``; of notices ``群馬県桐生市　広報ご担当``."""
    if kind is not Kind.MINUTES:
        return f"{body.full_name}　{_WORDINGS[kind].office}"
    if body.kind == BodyKind.DIET:
        return "国立国会図書館"
    if body.code == "130001":
        return "東京都議会議会局"
    return f"{body.full_name}議会事務局"


def _publisher(body: Body, kind: Kind) -> str:
    if kind is not Kind.MINUTES:
        return "貴機関" if body.kind == BodyKind.NATIONAL else "貴団体"
    return "貴館" if body.kind == BodyKind.DIET else "貴議会"


def _why(request: Request, wording: Wording, kind: Kind) -> str:
    if request.forbidden is not None:
        site = "貴会議録のサイト" if kind is Kind.MINUTES else "このサイト"
        return (
            f"　{site}では、robots.txt により、{wording.text}を収めたページの自動取得が"
            f"制限されております（{wareki(request.forbidden)}現在）。このため、ご許可をいただくまでは"
            "取得いたしません。"
        )
    return (
        "　robots.txt による制限の有無にかかわらず、取得に先立ちご意向を伺いたく、"
        "ご連絡申し上げる次第です。"
    )


def _points(source: Source, name: str, request: Request, wording: Wording) -> list[tuple[str, str]]:
    hours = request.first * request.seconds / 3600
    took = f"延べ約{hours:,.0f}時間" if hours >= 1 else "1時間未満"
    said = "発言" if source.kind is Kind.MINUTES else "本文"
    shared = (
        f"検索結果（{said}の抜粋）と集計（件数、グラフ）を、{wording.named_by}、出典のURLを"
        "明示して利用いたします。"
    )
    if request.pass_on:
        shared += (
            f"あわせて、出典を明示したうえで{wording.documents}の本文を第三者に提供することについても、"
            "可否をお知らせください。"
        )
    else:
        shared += f"{wording.documents}の本文をまとめて第三者に提供することはいたしません。"
    return [
        (
            "目的",
            wording.purpose,
        ),
        ("取得の対象", f"{name}の{wording.documents}（一覧および本文）\n{source.url}"),
        (
            "負荷への配慮",
            (
                f"同時に複数の要求を送らず、応答を受け終えてから{request.delay:g}秒以上の間隔を空け、"
                f"1件ずつ取得いたします。要求の数は、初回がおよそ{_round(request.first):,}件（{took}）、"
                f"その後の更新が1日およそ{_round(request.daily):,}件の見込みです。混雑やエラーを示す応答"
                "（HTTP 429、5xx）を受けたときは、間隔を延ばすか、取得を中止いたします。"
            ),
        ),
        ("時間帯", f"{request.hours}。ご指定があれば、それに従います。"),
        (
            "識別",
            (
                f"要求には User-Agent として {user_agent(request.contact)} を付し、取得元が分かる"
                f"ようにいたします（robots.txt での名称は {ROBOT} です）。"
            ),
        ),
        (
            "保存するもの",
            (f"{wording.kept}、出典のURL、取得日時、および検証のために受信したページの写し"),
        ),
        ("公開の範囲", shared),
        (
            "停止の方法",
            (
                "上記連絡先へのご一報により、直ちに取得を停止いたします。ご希望により、保存した写しも"
                "削除いたします。また、robots.txt の変更を検知したときは自動的に停止し、改めて確認"
                "いたします。"
            ),
        ),
    ]


def _round(count: int) -> int:
    """Two leading figures: it is an estimate."""
    digits = max(0, len(str(count)) - 2)
    return round(count, -digits)


def _items(points: list[tuple[str, str]]) -> list[str]:
    lines = []
    for number, (title, text) in enumerate(points, 1):
        figure = chr(ord("０") + number)
        lines.append(f"{figure}　{title}")
        for part in text.split("\n"):
            lines += [f"　　{line}" for line in _fold(part, _WIDTH - 2)]
        lines.append("")
    return lines


def _paragraph(text: str) -> list[str]:
    return _fold(text, _WIDTH)


def _fold(text: str, width: int) -> list[str]:
    """Lines of ``width`` full-width characters; ASCII words stay whole, 、。） begin no line."""
    lines, line, used = [], "", 0.0
    for piece in _pieces(text):
        long = sum(0.5 if character < "\u0100" else 1.0 for character in piece)
        if line and used + long > width and piece not in "、。）」":
            lines.append(line.rstrip(" "))
            line, used = "", 0.0
            piece = piece.lstrip(" ")
        line += piece
        used += long
    return [*lines, line] if line else lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        if pieces and character < "\u0100" and pieces[-1][-1] < "\u0100" and character != " ":
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _right(text: str) -> list[str]:
    used = sum(0.5 if character < "\u0100" else 1.0 for character in text)
    return [textwrap.indent(text, "　" * max(0, int(_WIDTH - used)))]
