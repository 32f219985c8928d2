"""The query language: what it means, and what it says about mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.language import QuerySyntaxError, parse
from indexer.query import (
    And,
    Field,
    FieldIs,
    Leaf,
    Match,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Substring,
)
from indexer.tokens import query_phrase
from kazami.bodies import load_bodies
from kazami.text import exact_form


def word(text: str) -> Phrase:
    phrase = query_phrase(text)
    assert phrase is not None
    return phrase


A, B, C, D = (word(each) for each in ("防災", "福祉", "教育", "観光"))


def read(text: str, match: Match = Match.WORD) -> Node:
    return parse(text, match, load_bodies())


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("防災", A),
        (" 防災　福祉 ", And((A, B))),
        ("防災 AND 福祉", And((A, B))),
        ("防災 福祉 AND 教育", And((A, B, C))),
        ("防災 OR 福祉", Or((A, B))),
        ("防災|福祉|教育", Or((A, B, C))),
        ("防災 福祉 OR 教育 観光", Or((And((A, B)), And((C, D))))),
        ("防災 (福祉 OR 教育)", And((A, Or((B, C))))),
        ("防災(福祉)教育", And((A, B, C))),
        ("-防災", Not(A)),
        ("NOT 防災", Not(A)),
        ("NOT NOT 防災", Not(Not(A))),
        ("防災 -福祉", And((A, Not(B)))),
        ("防災 NOT 福祉", And((A, Not(B)))),
        ("防災 OR NOT 福祉 教育", Or((A, And((Not(B), C))))),
        ("-(防災 OR 福祉)", Not(Or((A, B)))),
        ("防災 NEAR/5 福祉", Near((A,), (B,), 5)),
        ("防災 NEAR/1 福祉 教育", And((Near((A,), (B,), 1), C))),
        ("NOT 防災 OR 教育", Or((Not(A), C))),
        ("防災 NEAR/3 (福祉 OR 教育)", Near((A,), (B, C), 3)),
        ("(防災 OR (福祉|教育)) NEAR/1000 観光", Near((A, B, C), (D,), 1000)),
        ("-(防災 NEAR/2 福祉)", Not(Near((A,), (B,), 2))),
        ("デジタル*", Phrase(("デジタル",), prefix=True)),
        ('"人材の育成"', word("人材の育成")),
        ('"防災 福祉"', Phrase(("防災", "福祉"))),
        ('"防災 OR (福祉) -教育*"', word("防災 OR (福祉) -教育*")),
        ('防災"福祉"教育', And((A, B, C))),
        ("データ", word("データ")),
        ("CO-2", word("CO-2")),
        ("10:30", word("10:30")),
        ("「防災」", A),
        ("C#", word("C#")),
        ("or", word("or")),
        ("ORDER", word("ORDER")),
    ],
)
def test_a_query_means_this_tree(text: str, node: Node) -> None:
    assert read(text) == node


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("防災　ＡＮＤ　福祉", "防災 AND 福祉"),
        ("防災　ＯＲ　福祉", "防災 OR 福祉"),
        ("防災｜福祉", "防災|福祉"),
        ("－防災　ＮＯＴ　福祉", "-防災 NOT 福祉"),
        ("−防災", "-防災"),
        ("（防災　｜　福祉）　教育", "(防災 | 福祉) 教育"),
        ("防災　ＮＥＡＲ／５　福祉", "防災 NEAR/5 福祉"),
        ("デジタル＊", "デジタル*"),
        ("“防災 福祉”", '"防災 福祉"'),
        ("＂防災 福祉＂", '"防災 福祉"'),
        ("ｋｉｎｄ：ｔｅｎｄｅｒ", "kind:tender"),
        ("ｒｏｌｅ：＊部長", "role:*部長"),
        ("Speaker:田中", "speaker:田中"),
    ],
)
def test_full_width_forms_mean_the_same(wide: str, narrow: str) -> None:
    assert read(wide) == read(narrow)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("speaker:田　中", Field.SPEAKER, "田"),
        ('speaker:"田　中"', Field.SPEAKER, "田中"),
        ("role:市長", Field.ROLE, "市長"),
        ("role:*部長", Field.ROLE, "*部長"),
        ("role:*", Field.ROLE, "*"),
        ("stance:answer", Field.STANCE, "answer"),
        ("stance:ANSWER", Field.STANCE, "answer"),
        ("body:桐生市", Field.BODY, "102032"),
        ("body:102032", Field.BODY, "102032"),
        ("body:国会", Field.BODY, "000000"),
        ("pref:群馬県", Field.PREF, "10"),
        ("kind:award", Field.KIND, "award"),
        ("title:第１回定例会", Field.TITLE, "第1回定例会"),
    ],
)
def test_a_field_has_its_value(text: str, field: Field, value: str) -> None:
    node = read(text)
    first = node.nodes[0] if isinstance(node, And) else node
    assert first == FieldIs(field, value)
    assert read(f"-{text.split('　')[0]}") if "　" not in text else True


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("ＤＸ", Substring("DX")),
        ("学び直し 支援", And((Substring("学び直し"), Substring("支援")))),
        ('"学び 直し"', Substring("学び 直し")),
        ('"、"', Substring("、")),
        ("デジタル*", Substring("デジタル")),
        ("-DX role:市長", And((Not(Substring("DX")), FieldIs(Field.ROLE, "市長")))),
    ],
)
def test_exact_words_are_substrings_of_the_exact_form(text: str, node: Node) -> None:
    assert read(text, Match.EXACT) == node


@pytest.mark.parametrize(
    ("text", "column", "part"),
    [
        ("", 1, "empty"),
        ("　 ", 1, "empty"),
        ("防災 OR", 6, "missing at the end"),
        ("OR 防災", 1, "missing before 'OR'"),
        ("防災 ＯＲ ＯＲ 福祉", 7, "missing before 'ＯＲ'"),
        ("AND", 1, "missing before 'AND'"),
        ("NOT", 4, "missing at the end"),
        ("(防災", 1, "never closed"),
        ("防災 （福祉 （教育）", 4, "never closed"),
        ("防災)", 3, "closes nothing"),
        ("()", 2, "missing before ')'"),
        ('防災 "福祉', 4, "never closed"),
        ("- 防災", 1, "right after it"),
        ("防災 -", 4, "right after it"),
        ("、", 1, "nothing to search for in '、'"),
        ('防災 "。"', 4, "nothing to search for"),
        ('""', 1, "nothing to search for"),
        ("、*", 1, "nothing to search for"),
        ("*化", 1, "at the end"),
        ("デ*タル", 1, "at the end"),
        ("デジタル**", 1, "at the end"),
        ("*", 1, "at the end"),
        ("防災 NEAR 福祉", 4, "NEAR/5"),
        ("防災 NEAR/x 福祉", 4, "NEAR/5"),
        ("防災 NEAR/0 福祉", 4, "1 to 1000"),
        ("防災 NEAR/1001 福祉", 4, "1 to 1000"),
        ("防災 NEAR/99999999999999999999 福祉", 4, "NEAR/5"),
        ("防災 NEAR/5", 10, "missing at the end"),
        ("NEAR/5 防災", 1, "missing before 'NEAR/5'"),
        ("防災 NEAR/5 -福祉", 11, "stands between words"),
        ("防災 NEAR/5 (福祉 教育)", 11, "stands between words"),
        ("role:市長 NEAR/5 福祉", 1, "stands between words"),
        ("防災 NEAR/5 福祉 NEAR/5 教育", 14, "joins two words"),
        ("#リスキリング", 1, "later version"),
        ("防災 ＃リスキリング", 4, "later version"),
        ("spaker:田中", 1, "did you mean speaker?"),
        ("https://example.jp", 1, "quote it"),
        ("role:", 1, "needs a value"),
        ("role: 市長", 1, "needs a value"),
        ("role:(市長)", 1, "needs a value"),
        ('speaker:" "', 9, "nothing to search for"),
        ("role:市*長", 6, "ends of a role"),
        ("speaker:田*", 9, "in a role"),
        ("防災 stance:anser", 11, "did you mean answer?"),
        ("stance:質", 8, "question, answer, chair, other"),
        ("kind:tendr", 6, "did you mean tender?"),
        ("body:府中市", 6, "132063"),
        ("body:桐生氏", 6, "桐生市"),
        ("pref:埼玉件", 6, "埼玉"),
        ("(" * 60 + "防災" + ")" * 60, 52, "deep"),
        ("-" * 3000 + "防災", 52, "deep"),
    ],
)
def test_a_mistake_gets_one_line_with_its_column(text: str, column: int, part: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        read(text)
    message = str(caught.value)
    assert caught.value.column == column
    assert message.startswith(f"query, column {column}: ")
    assert part in message
    assert "\n" not in message


def test_near_has_no_meaning_for_substrings() -> None:
    with pytest.raises(QuerySyntaxError, match="--match word"):
        read("防災 NEAR/5 福祉", Match.EXACT)


def test_blanks_alone_are_nothing_even_exactly() -> None:
    with pytest.raises(QuerySyntaxError, match="nothing to search for"):
        read('"　"', Match.EXACT)


PIECES = (
    '防災 ＤＸ AND OR NOT NEAR/3 ＮＥＡＲ／２ ( ) （ ） " “ | - － * ＊'
    " role: speaker： title: body: 桐生市 kind: award # 、 ー : /"
)
pieces = st.sampled_from([*PIECES.split(), " ", "　", "\n", "\x00", 'kind:"'])


@settings(max_examples=400, deadline=None)
@given(
    text=st.text(max_size=30) | st.lists(pieces, max_size=14).map("".join),
    match=st.sampled_from(Match),
)
def test_any_text_is_a_query_or_a_mistake_on_one_line(text: str, match: Match) -> None:
    mistake = None
    try:
        parse(text, match, load_bodies())
    except QuerySyntaxError as error:
        mistake = error
    assert mistake is None or 1 <= mistake.column <= len(text) + 1
    assert mistake is None or "\n" not in str(mistake)


Written = tuple[str, Node]
WORDS = ("防災", "学び直し", "ＤＸ", "人材育成", "市長")


def _leaf(draw: st.DrawFn, match: Match) -> tuple[str, Leaf]:
    text = draw(st.sampled_from(WORDS))
    node = Substring(exact_form(text)) if match is Match.EXACT else word(text)
    return (f'"{text}"' if draw(st.booleans()) else text), node


@st.composite
def written(draw: st.DrawFn, match: Match, depth: int = 3) -> Written:
    """A query in brackets where needed, and the tree that it must mean."""
    sort = draw(st.sampled_from(["leaf", "leaf", "field", "not", "and", "or", "near"]))
    if sort == "near" and match is Match.WORD:
        (left, a), (right, b) = _leaf(draw, match), _leaf(draw, match)
        assert isinstance(a, Phrase)
        assert isinstance(b, Phrase)
        return f"({left} NEAR/4 {right})", Near((a,), (b,), 4)
    if depth and sort == "not":
        text, node = draw(written(match, depth - 1))
        return draw(st.sampled_from(["-", "NOT ", "－"])) + text, Not(node)
    if depth and sort in ("and", "or"):
        inner = draw(st.lists(written(match, depth - 1), min_size=2, max_size=3))
        by = [" ", " AND ", "　"] if sort == "and" else ["|", " OR ", " ＯＲ "]
        text = draw(st.sampled_from(by)).join(text for text, _ in inner)
        nodes = tuple(node for _, node in inner)
        return f"({text})", And(nodes) if sort == "and" else Or(nodes)
    if sort == "field":
        return "role:*部長", FieldIs(Field.ROLE, "*部長")
    return _leaf(draw, match)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), match=st.sampled_from(Match))
def test_what_is_written_is_read(data: st.DataObject, match: Match) -> None:
    text, node = data.draw(written(match))
    assert read(text, match) == node
