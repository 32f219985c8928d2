"""Which pages stand in the place of the one that was asked for."""

from __future__ import annotations

import pytest

from crawler.page import Blocked, LostAtSource, Page, TryLater, refuse

URL = "https://www.town.reiji.lg.jp/gikai/1.html"


def refused(body: str, head: str = "", codec: str = "utf-8") -> bool:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    try:
        refuse(Page(URL, html.encode(codec)))
    except Blocked:
        return True
    return False


NOTICE = "このサイトはreCAPTCHAによって保護されており、プライバシーポリシーが適用されます。"
SCRIPT = '<script src="https://captcha.reiji.example/recaptcha/api.js" async></script>'
LOGIN = '<form>ID<input name="id">パスワード<input type="password"><input type="submit"></form>'


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("会議録です", SCRIPT),
        ("会議録です<form>お問い合わせ<div class='g-recaptcha'></div></form>", ""),
        (f"会議録です。{NOTICE}", SCRIPT),
        (f"会議録です{LOGIN}", ""),
        ("会議録です<input type=password>", ""),
        ("会議録です", "<script src='/_Incapsula_Resource?SWJIYLWA=1'></script>"),
        ("○議長（例示花子君）　just a momentと申しました。" + "会議を開きます。" * 60, ""),
        ("会議録です<noscript>Attention Required!</noscript>", ""),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
def test_a_page_that_can_be_read_is_no_refusal(body: str, head: str, codec: str) -> None:
    assert not refused(body, head, codec)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("", "<title>Just a moment...</title>"),
        ("<div id=cf-chl></div>", ""),
        ("<h1>Access Denied</h1>You don't have permission.", ""),
        ("<div class='g-recaptcha'></div>", SCRIPT),
        (f"<form>続けるには確認してください<div class='g-recaptcha'></div></form>{NOTICE}", ""),
        ("Please verify you are human", ""),
        ("セキュリティチェック 画像の文字を入力してください。<img src='captcha.png'>", ""),
        ("<iframe src='/_Incapsula_Resource'>Request unsuccessful.</iframe>", ""),
        ("アクセスが拒否されました。", ""),
        (LOGIN, ""),
        ("ユーザー名とパスワードを入力してください。<input type='password'>", ""),
        (f"<h1>職員ログイン</h1>{LOGIN}", "<title>ログイン</title>"),
        (f"<h1>会議録検索 ログイン</h1>{LOGIN}例示町議会", "<title>例示町議会</title>"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
def test_a_challenge_or_login_is_refused(body: str, head: str, codec: str) -> None:
    assert refused(body, head, codec)


def test_a_refusal_is_told_in_words() -> None:
    with pytest.raises(Blocked, match="asks for a password"):
        refuse(Page(URL, f"<html>{LOGIN}</html>".encode()))


def test_what_is_no_page_is_not_looked_into() -> None:
    refuse(Page(URL, b"%PDF-1.7 just a moment captcha"))
    refuse(Page(URL, b'{"text": "access denied"}'))


def test_half_a_character_at_the_end_of_what_is_looked_at_is_no_matter() -> None:
    body = f"<html><body>会議録です{LOGIN}".encode() + "あ".encode() * 70_000
    refuse(Page(URL, body))


def raised(html: str, codec: str = "utf-8") -> str | None:
    try:
        refuse(Page(URL, html.encode(codec)))
    except (LostAtSource, TryLater) as error:
        return type(error).__name__ if error.said else None
    return None


LINKS = "".join(f"<li><a href='/{n}.pdf'>第{n}号</a>" for n in range(9))


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("ERROR:ファイルの読込みに失敗しました", "LostAtSource"),
        ("<html><body>ERROR：ファイルの読み込みに失敗しました。</body></html>", "LostAtSource"),
        ("<HTML><BODY>該当する発言がありませんでした。<BR></BODY></HTML>", "LostAtSource"),
        ("<html><h1>404</h1>お探しのページは見つかりません。<a href='/'>戻る</a>", "LostAtSource"),
        ("<HTML><TITLE>Server Busy</TITLE>該当する発言がありませんでした。", "TryLater"),
        ("<html><body>ただいま混み合っております</body></html>", "TryLater"),
        ("<html><body>ただいま混み合っています</body></html>", "TryLater"),
        ("<html><body>システムメンテナンス中です。</body></html>", "TryLater"),
        ("<html><body>エラー。しばらくしてからお試しください。</body></html>", "TryLater"),
        ("<html><body>503 Service Unavailable</body></html>", "TryLater"),
        ("<html><body>該当する発言は存在しません</body></html>", None),
        ("<html><body>該当する文書はありません。</body></html>", None),
        (f"<html><body>メンテナンス中の会議録があります。<ul>{LINKS}</ul>", None),
        ("<html><body>○議長　しばらくして再開します。" + "会議を開きます。" * 90, None),
        ('{"message": "Server Busy"}', None),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
def test_the_error_pages_of_systems_are_named(html: str, name: str | None, codec: str) -> None:
    assert raised(html, codec) == name
