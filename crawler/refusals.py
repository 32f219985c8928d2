"""Pages that stand in the place of the one that was asked for: challenges, logins, errors."""

from __future__ import annotations

import codecs
import re

_LOOKED_AT = 200_000
"""Bytes; the scripts of a frame come first, and a page that is only a challenge is short."""

_HTML = (b"<!doctype", b"<html", b"<head", b"<body", b"<title")

_SAID = re.compile(
    "just a moment|checking your browser|attention required|request rejected|"
    "access ?(?:is |was )?denied|"
    "(?:you are|you're) (?:a )?human|not a robot|(?:solve|complete) the captcha|"
    "ロボットではありません|人間であることを確認|アクセス[がを]拒否",
    re.IGNORECASE,
)
"""What firewalls say to a reader: in the title, or on a page that says little else."""

_MARKS = re.compile(
    rb"cf-chl|_cf_chl_opt|incapsula|captcha|cf-turnstile|type\s*=\s*[\"']?password", re.IGNORECASE
)
"""What stands in the code of such pages, and in the frame of many others."""

_IN_MARKS = (b"cf-chl", b"_cf_chl_opt", b"incapsula", b"captcha", b"cf-turnstile", b"password")
"""One of these is in every mark; looking for them alone is many times faster."""

_NOTICE = "recaptcha"
"""このサイトはreCAPTCHAによって保護されており…: a sentence in the frame of readable pages."""

_NAMES_A_LOGIN = re.compile("ログイン|サインイン|認証|log ?in|sign ?in", re.IGNORECASE)

_OF_A_GATE = re.compile(
    r"(?:会員|職員|議員|管理者?)?(?:専用)?(?:ページ|画面|サイト)?(?:へ|に|の)?"
    r"(?:ログイン|サインイン|認証|log ?in|sign ?in)(?:画面|ページ|フォーム)?|してください|"
    r"(?:ユーザー?|会員|利用者)?(?:ID|名|番号)|パスワード|password|user ?(?:name|id)|"
    r"セキュリティ(?:チェック|確認)|画像(?:認証|の?(?:文字|数字))|ロボット|"
    r"[とをはのがにへ、。:：!！?？・|/>»\s\-–]|入力してください|必要です|忘れた(?:方|場合)|こちら|送信|次へ",
    re.IGNORECASE,
)

"""What a page says that wants a password or a captcha and holds nothing else."""

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|iframe)\b.*?(?:</\1\s*>|\Z)", re.I | re.S
)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)(?:</h1|\Z)", re.I | re.S)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)(?:</title|\Z)", re.I | re.S)
_FORM = re.compile(r"<form\b.*?(?:</form\s*>|\Z)", re.I | re.S)
_TAG = re.compile(r"<[^>]*(?:>|\Z)")

_LATER = re.compile(
    r"server (?:is )?(?:too )?busy|service (?:temporarily )?unavailable|メンテナンス(?:中|のため)|"
    r"混[みん]?[合雑](?:って|して)|アクセスが集中|しばらく(?:して|経って|たって)|時間を?(?:あけて|おいて)",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"ファイルの読み?込み?に失敗|該当する発言がありません|"
    r"(?:ページ|ファイル)[はが](?:ありません|存在しません|見つかりません)"
)
"""VOICES says 該当する発言がありません of a sitting that it lists and lacks, and of a year
without any 該当する発言は存在しません."""

_SHORT = 400
"""Characters that a reader sees; the pages of the common firewalls say less."""

_LONGEST = 20_000
"""Bytes of a refusal without any of the marks, and of an error page."""

_LINK = re.compile(r"<a\b", re.IGNORECASE)
_MOST_LINKS = 3
"""On an error page: to the top, back, to the office. A list has more."""


def reason(body: bytes) -> str | None:
    """How the page refuses us, *says 'just a moment'*; None where it can be read."""
    start = body[:_LOOKED_AT]
    if not any(tag in start[:20_000].lower() for tag in _HTML):
        return None
    small = start.lower()
    mark = _MARKS.search(start) if any(each in small for each in _IN_MARKS) else None
    if not mark and len(body) > _LONGEST:
        return None
    page = _decoded(start)
    if not mark and not _SAID.search(page):
        return None
    seen = _UNSEEN.sub(" ", page)
    found = _TITLE.search(seen)
    title = _words(found[1]) if found else ""
    seen = _TITLE.sub(" ", seen)
    everything = _words(seen)
    said = _SAID.search(title) or (_SAID.search(everything) if len(everything) < _SHORT else None)
    if said:
        return f"says {said[0].lower()!r}"
    if not mark:
        return None
    heading = _HEADING.search(seen)
    called = f"{title} {_words(heading[1]) if heading else ''}"
    sentences = re.split("[。.]", _words(_FORM.sub(" ", seen)))
    beside = "".join(each for each in sentences if _NOTICE not in each.lower())
    wants_login = _NAMES_A_LOGIN.search(called) and len(beside) < _SHORT
    if wants_login or not _OF_A_GATE.sub("", beside):
        code = mark[0].decode("ascii").lower()
        return "asks for a password" if code.startswith("type") else f"is only {code!r}"
    return None


_MAY_BE_SAID = re.compile(
    "unusual traffic|not authorized|too many requests|under maintenance|"
    "enable (?:javascript|cookies)",
    re.IGNORECASE,
)


def may_refuse(page: str) -> str | None:
    """The first sign of a challenge, a login or a busy server, frame and all; None without any.

    For who must not take a refusal for an answer; ``reason`` is for pages that are to be read.
    """
    if mark := _MARKS.search(page.encode("utf-8", "replace")):
        return mark[0].decode("ascii").lower()
    seen = _UNSEEN.sub(" ", page)
    if said := _SAID.search(page) or _LATER.search(seen) or _MAY_BE_SAID.search(page):
        return " ".join(said[0].split()).lower()
    called = " ".join(found[1] for what in (_TITLE, _HEADING) for found in what.finditer(seen))
    login = _NAMES_A_LOGIN.search(called)
    return login[0] if login else None


def says_later(body: bytes) -> str | None:
    """The words of a page that only says that the site is busy or being mended."""
    return _says(body, _LATER)


def says_lost(body: bytes) -> str | None:
    """The words of a page that only says that the site lacks what was asked for."""
    return _says(body, _LOST)


def _says(body: bytes, what: re.Pattern[str]) -> str | None:
    if len(body) > _LONGEST or body.lstrip()[:1] in (b"{", b"[") or body.startswith(b"%PDF"):
        return None
    page = _decoded(body)
    if not what.search(page) or len(_LINK.findall(page)) > _MOST_LINKS:
        return None
    words = _words(_UNSEEN.sub(" ", page))
    found = what.search(words)
    return words[:60] if found and len(words) < _SHORT else None


def _words(html: str) -> str:
    return " ".join(_TAG.sub(" ", html).split())


def _decoded(start: bytes) -> str:
    """Good enough to see whether it says anything; half a character at the end is no matter."""
    for encoding in ("utf-8", "euc_jp", "cp932"):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(start)
        except UnicodeDecodeError:
            continue
    return start.decode("cp932", "replace")
