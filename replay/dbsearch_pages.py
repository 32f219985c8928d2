"""Pages of DB-Search with holes, in five skins, shaped after the recorded ones."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass

_LAND = """\
<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">{csrf}
<meta name="robots" content="index,nofollow">
<title>{city}会議録</title>
</head>
<body id="query">
<div class="library"><dl><dt>最近の会議録</dt>
<dd><a href="{base}?Template=list&amp;QueryType=New&amp;Cabinet=1&amp;TermStart=2025-02-20&amp;TermEnd=2025-03-24">第１回定例会</a></dd></dl>
<a href="{base}?Template=search-library">全ての会議録一覧</a></div>
<form action="{base}?Template=list" method="post">{token}<input type="text" name="Phrase[]" size="30"><input type="hidden" name="QueryType" value="New"></form>
<IMG src="https://counter.dbsr.jp/counter.php?ID=0" alt="" width="1" height="1">
</body>
</html>
"""

_LIST = """\
<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">{csrf}
<meta name="robots" content="noindex,nofollow">
<title>{city}会議録 | 検索結果</title>
</head>
<body id="list">
<div class="search-navigation"><a href="{base}?QueryType=New">トップページ</a></div>
{counter}
<div class="current-condition"><a href="{base}?Template=list&amp;TermSelect=Clear">クリア</a> {first} ～ {last}</div>
{pages}
<div class="records">
{rows}
</div>
{pages}
</body>
</html>
"""

FRAMES = """\
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Frameset//EN" "http://www.w3.org/TR/html4/frameset.dtd">
<html lang="ja">
<head>
<meta charset="utf-8">
<script type="text/javascript" src="../js/docFrame.js"></script>
<title>閲覧 | 全文表示 | {city}会議録</title>
</head>
<frameset rows="88,*" border="0" onload="frameInit();">
    <frame src="{base}?Template=doc-all-command" frameborder="0" name="Command" scrolling="auto" noresize>
        <frameset cols="250,*">
            <frame src="{base}?Template=doc-all-voicelist" frameborder="0" name="Voicelist" scrolling="auto">
            <frame src="{base}?Template=doc-page" frameborder="0" name="Page">
        </frameset>
</frameset>
</html>
"""

EXPIRED = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Page Expired</title></head>
<body><div class="code">419</div><div class="message">Page Expired</div></body></html>
"""

_OTOFUKE_DOCUMENT = """\
<!DOCTYPE html>
<html lang="ja">

<head>
    <meta charset="utf-8">{csrf}
    <meta name="robots" content="noindex,nofollow">
    <title>    閲覧 | {city}会議録検索
</title>
</head>

<body class="body-document">
    <section class="command" aria-label="文書情報、文書・発言の移動フレーム">
        <h1 class="command__title">
            <span class="command__docname">{title}</span>
            <span class="command__date">{day}</span>
        </h1>
    </section>
    <p class="menu-count__text">全 <span class="menu-count__all">{count}</span> 発言／<span class="menu-count__hit">0</span> 発言ヒット</p>
    <form method="post" action="{base}" class="menu-form" id="voices_list">
        {token}<input type="hidden" name="DocumentID" value="{id}">
    </form>
    <ul class="page-list" id="page-list">
{voices}
    </ul>
</body>

</html>
"""

_OTOFUKE_VOICE = """\
                                    <li class="voice-block voice_block d-none " data-voice_code="{number}" data-voice-title="{label}">
                    <div class="voice voice-text voice_text" data-voice_code="{number}">
                        <div class="voice__detail voice-detail">
                            {number}:
                        </div>
                        <p class="voice__text">{text}

</p>
                                            </div>
                </li>"""

_SENDAI_DOCUMENT = """\
<!DOCTYPE html>

<html lang="ja">
<head>
<meta charset="utf-8">
<title>文書閲覧 {title} |
すべての発言を表示 |
{city}会議録</title>
</head>
<body class="no-thank-yu">
    <p class="view__title">{title}</p>
    <p class="view__date">開催日: <time>{day}</time></p>
    <p class="view__speaches">文書中の発言: <span class="badge">{count}</span></p>
    <a href="{base}?Template=download&amp;VoiceType=all&amp;DocumentID={id}&amp;Download=yes">テキスト形式</a>
    <section class="voice">
        <ul class="voice__list list-unstyled">
{voices}
            <!--  -->
    </section>
</body>
</html>
"""

_SENDAI_VOICE = """\
                            <!--  -->
                            <li>
                                <div class="row voice__header  hidden-print" role="button" id="VoiceNo{number}">
                                    <div class="voice__name">
                                            <span class="voice__number">{number}: </span>
                                            <span class="voice__title">{label}</span>
                                    </div>
                                </div>
                                <div class="voice__textwrap">
                                    <p class="js-textwrap-container">
                                                <span class="visible-print-block">{number}: </span>{text}

                                            </p>
                                </div>
                            </li>"""

_AOMORI_DOCUMENT = """\
<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<title>閲覧 | 発言内容 | {city}会議録</title>
</head>
<body class="page" id="top">
    <script type="text/javascript">
    <!--
    //set VoiceCurrentNo
    parent.VoiceCurrentNo = '1';
    parent.VoiceType = '{view}';
    //-->
</script>
<div class="page-text">
{voices}
</div>
<div class="page-footer"></div>
</body>
</html>
"""

_AOMORI_VOICE = """\
    <!--  -->
    <div class="page-text__voice" id="VoiceNo{number}">
        <p class="page-text__text border textwrap">
            <!--  -->
            <span class="page-text__number VoiceAnchor" data-voiceno="{number}">{number}</span>
            <!--  -->
            {text}

        </p>
    </div>"""

_OTOFUKE_PAGES = """\
<nav  aria-label="ページ切り替え"  class="pagination">
            <form method="post" action="{base}">
            {token}            <input type="hidden" name="Template" value="list">
            <ul class="paging">
{turns}
            </ul>
        </form>
    </nav>"""


@dataclass(frozen=True)
class Skin:
    """How one generation of the product draws its pages.

    ``template`` opens a document; ``frames`` opens it in a frameset. ``form`` turns the pages of
    a list by a form instead of by links.
    """

    template: str
    query: str
    counter: str
    row: str
    pages: str
    turn: str
    document: str
    voice: str
    absolute: bool = False
    frames: bool = False
    form: bool = False
    land: str = _LAND
    list: str = _LIST


_COUNT_TABLE = '<table summary="ヒット件数"><tr><th>{word}文書数</th><td>{total}</td></tr><tr><th>{word}発言数</th><td>{voices}</td></tr></table>'
_LINK = '<li><a href="{base}?Template=list&amp;Page={number}">{number}</a></li>'

OTOFUKE = Skin(
    template="document",
    query="Template=document&Id={id}#one",
    counter="""<p class="info-list__item info-list__item--hit">
                            検索条件に
                            <span class="color-red">{total}</span> 文書
                            (<span class="color-red">{voices}</span> 発言)
                            が該当しました。
                        </p>""",
    row="""<li class="result-document__item">
    <div class="ans-title">
        <div class="ans-title__number">#{number}</div>
        <div class="ans-title__name">
            <a href="{url}">{title}</a>
        </div>
        <div class="ans-title__date"><span class="ans-title__datetitle">開催日:</span> {day}</div>
    </div>
</li>""",
    pages=_OTOFUKE_PAGES,
    turn='<li class="paging__item"><button class="button button--slim" type="submit" aria-pressed="false" aria-disabled="false" name="Page" value="{number}">{number}<span class="visually-hidden"> ページ</span></button></li>',
    document=_OTOFUKE_DOCUMENT,
    voice=_OTOFUKE_VOICE,
    absolute=True,
    form=True,
)

SENDAI = Skin(
    template="view",
    query="Template=view&amp;VoiceType=all&amp;DocumentID={id}",
    counter='<p>検索条件に <em class="u-color--red">{total}</em> 文書（ <em class="u-color--red">{voices}</em> 発言）が該当しました。</p>',
    row="""<section><div class="row document-list"><h5 class="document-list__title">
    <span class="document-list__number">#{number}</span>
    <a href="{url}">{title}</a></h5>
    <p class="document-list__date">
        開催日:
        <time class="u-font--bold">{day}</time>
    </p></div></section>""",
    pages='<ul class="pagination"><li class="disabled"><span>&lt; 前</span></li>{turns}</ul>',
    turn=_LINK,
    document=_SENDAI_DOCUMENT,
    voice=_SENDAI_VOICE,
)

AOMORI = Skin(
    template="doc-one-frame",
    query="Template=doc-one-frame&amp;VoiceType=onehit&amp;DocumentID={id}",
    counter=_COUNT_TABLE.replace("{word}", "ヒット"),
    row="""<div class="result-doc"><div class="result-title">
    <span class="result-title__number">{number}</span>
    <a class="result-title__name" href="{url}">{title}</a>
    <span class="result-title__date">{day}</span>
</div></div>""",
    pages='<ul class="pagination">{turns}</ul>',
    turn=_LINK,
    document=_AOMORI_DOCUMENT,
    voice=_AOMORI_VOICE,
    frames=True,
)

ITOSHIMA = Skin(
    template="doc-one-frame",
    query=AOMORI.query,
    counter=_COUNT_TABLE.replace("{word}", ""),
    row="""<div class="result__title">
    <span class="result__title__number">{number}</span>
    <a class="result__title__doc" href="{url}">{title}</a>
    <span class="result__title__date"><span class="result__title__date--label">開催日:</span> {day}</span>
</div>""",
    pages='<ul class="result__pagination">{turns}</ul>',
    turn=_LINK,
    document=_AOMORI_DOCUMENT,
    voice=_AOMORI_VOICE,
    frames=True,
)

MIYAWAKA = Skin(
    template="doc-one-frame",
    query="Template=doc-one-frame&amp;VoiceType=OneHit&amp;DocumentID={id}",
    counter='<div class="pageno"><p><span>{total}</span> 件中 {begin} - {end} 件目を表示</p></div>',
    row="""<div class="recordcol"><div class="title">
    <a href="{url}">{title}</a>&nbsp;<span class="date">開催日：{year}年{month}月{mday}日</span>
</div></div>""",
    pages='<div class="pagination"><span class="active"><span>1</span></span>{turns}</div>',
    turn='<span><a href="{base}?Template=list&amp;Page={number}">{number}</a></span>',
    document=_AOMORI_DOCUMENT,
    voice=_AOMORI_VOICE,
    frames=True,
)

SKINS = {
    "otofuke": OTOFUKE,
    "sendai": SENDAI,
    "aomori": AOMORI,
    "itoshima": ITOSHIMA,
    "miyawaka": MIYAWAKA,
}
