"""The text of an element as it stands in a browser."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.main_content.printed import printed


def of(markup: str) -> str:
    return printed(lxml.html.fragment_fromstring(markup, create_parent="div"))


TABLES = {
    "<tr><th>件名</th><td>架空</td></tr><tr><td>甲</td><td><td>丙</tr>": "件名\t架空\n甲\t丙",
    "<tr><th>期限</th><td>申請：１日<br>提案：２日</td></tr>": "期限\t申請：１日　提案：２日",
    "<tr><th>期限</th><td><p>１日</p><ul><li>まで</li></ul></td></tr>": "期限\t１日　まで",
    "<tr><td>左<table><tr><th>甲</th><td>乙</td></table></td><td><h1>題</h1>文</td></tr>": (
        "左\n甲\t乙\n\n題\n文"
    ),
    f"<tr><td>{'長' * 401}</td><td>短</td></tr>": f"{'長' * 401}\n短",
}


@pytest.mark.parametrize(("rows", "text"), TABLES.items())
def test_rows_and_cells(rows: str, text: str) -> None:
    assert of(f"<table>{rows}</table>") == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>架空の件</p><p>二行</p>", "架空の件\n二行"),
        ("<p>一行<br>二行</p>", "一行\n二行"),
        ("<p>折り\n  返し</p>", "折り返し"),
        ("<p>　字下げ</p>", "字下げ"),
        ("<p>質問　６月１日</p>", "質問　６月１日"),
        ("前<h2>見出し</h2>後", "前\n\n見出し\n後"),
        (
            "<dl><dt>審査日</dt><dd>１日</dd><dt>資料</dt><dd><p>甲</p></dd></dl>",
            "審査日\t１日\n資料\n甲",
        ),
        ("<ruby>例示<rt>れいじ</rt></ruby>市<script>x()</script><!-- 註 -->長", "例示市長"),
        ("<pre>１　品名　　架空\n２　期限　　１日</pre>", "１　品名　　架空\n２　期限　　１日"),
        ("<p><s>１日</s>　２日<del></del></p>", "~~１日~~　２日"),
        ("<p>印<button>印刷</button>刷</p>", "印刷"),
        ("", ""),
    ],
)
def test_lines(markup: str, text: str) -> None:
    assert of(markup) == text


def test_what_is_dropped_leaves_what_stands_behind_it() -> None:
    root = lxml.html.fragment_fromstring(
        "<div>前<p class=x>中</p>後<table><tr><td>甲</td><td>乙</td></tr></table></div>"
    )
    dropped = {root.find("p"), next(root.iter("td"))}
    before = lxml.html.tostring(root)
    assert printed(root, dropped) == "前\n後\n乙"
    assert lxml.html.tostring(root) == before


words = st.text(st.sampled_from("例示市の架空公告AZ09「」（）"), min_size=1, max_size=8)
inline = st.sampled_from(["span", "b", "a", "ins", "em"])
blocks = st.sampled_from(
    ["p", "div", "li", "h2", "td", "th", "tr", "table", "dl", "dt", "dd", "pre"]
)


@given(
    st.recursive(
        words,
        lambda inner: st.tuples(inline | blocks, st.lists(inner, max_size=4)).map(
            lambda made: f"<{made[0]}>{'<br>'.join(made[1])}</{made[0]}>"
        ),
        max_leaves=20,
    )
)
def test_every_character_is_kept_in_order(markup: str) -> None:
    root = lxml.html.fragment_fromstring(markup, create_parent="div")
    assert "".join(printed(root).split()) == "".join(root.text_content().split())
