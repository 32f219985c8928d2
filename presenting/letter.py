"""The letter that asks an assembly's office for permission, ready to send."""

from __future__ import annotations

import textwrap
from datetime import date

from answers.letter import Request
from crawler.fetching.hosts import user_agent
from crawler.permission.robots import ROBOT
from kazami.bodies import Body, BodyKind
from kazami.dates import wareki
from kazami.sources import Source
from presenting.safe_text import one_line

_WIDTH = 38
"""Full-width characters in a line."""


def letter(source: Source, body: Body, request: Request, today: date) -> str:
    """A letter to the office of the body's assembly, in lines of up to 38 characters."""
    name = body.full_name
    lines = [
        wareki(today),
        "",
        f"{office(body)}　御中",
        "",
        *(_right(one_line(request.sender)) if request.sender else ()),
        *_right(f"連絡先　{one_line(request.contact)}"),
        "",
        "　　　　会議録の自動取得についてのお願い",
        "",
        "拝啓　時下ますますご清栄のこととお慶び申し上げます。",
        *_paragraph(
            f"　このたび、{_publisher(body)}がインターネットで公開しておられる会議録を、"
            "下記のとおりプログラムにより取得し、検索および集計に利用させていただきたく、"
            "お願い申し上げます。"
        ),
        *_paragraph(_why(request)),
        *_paragraph(
            "　ご多用のところ誠に恐れ入りますが、可否と、可の場合の条件（時間帯、取得の間隔、"
            "事前連絡の要否、本文を第三者に提供することの可否など）をお知らせくださいますよう、"
            "お願い申し上げます。ご不明の点は、上記連絡先までお問い合わせください。"
        ),
        *_right("敬具"),
        "",
        "　　　　　　　　　　　　記",
        "",
        *_items(_points(source, name, request)),
        *_right("以上"),
    ]
    return "\n".join(lines)


def office(body: Body) -> str:
    """``群馬県桐生市議会事務局``."""
    if body.kind == BodyKind.DIET:
        return "国立国会図書館"
    if body.code == "130001":
        return "東京都議会議会局"
    return f"{body.full_name}議会事務局"


def _publisher(body: Body) -> str:
    return "貴館" if body.kind == BodyKind.DIET else "貴議会"


def _why(request: Request) -> str:
    if request.forbidden is not None:
        return (
            "　貴会議録のサイトでは、robots.txt により、発言の本文を収めたページの自動取得が"
            f"制限されております（{wareki(request.forbidden)}現在）。このため、ご許可をいただくまでは"
            "取得いたしません。"
        )
    return (
        "　robots.txt による制限の有無にかかわらず、取得に先立ちご意向を伺いたく、"
        "ご連絡申し上げる次第です。"
    )


def _points(source: Source, name: str, request: Request) -> list[tuple[str, str]]:
    hours = request.first * request.seconds / 3600
    took = f"延べ約{hours:,.0f}時間" if hours >= 1 else "1時間未満"
    shared = (
        "検索結果（発言の抜粋）と集計（件数、グラフ）を、会議名、開催日、発言者、出典のURLを"
        "明示して利用いたします。"
    )
    if request.pass_on:
        shared += (
            "あわせて、出典を明示したうえで会議録の本文を第三者に提供することについても、"
            "可否をお知らせください。"
        )
    else:
        shared += "会議録の本文をまとめて第三者に提供することはいたしません。"
    return [
        (
            "目的",
            (
                "地方議会において、どのような課題が、いつ、どのように議論されているかを、会議録の"
                "検索および集計により調査するため"
            ),
        ),
        ("取得の対象", f"{name}の会議録（一覧および本文）\n{source.url}"),
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
            (
                "会議名、開催日、発言の本文、発言者の氏名と役職、掲載ページ、出典のURL、取得日時、"
                "および検証のために受信したページの写し"
            ),
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
