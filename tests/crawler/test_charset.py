"""Which charset a page is read in, and that nothing is guessed where bytes do not fit."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.charset import WrongCharset, declared, decoded

WORDS = "令和６年第１回定例会の会議録です。"


def page(said: str, codec: str, words: str = WORDS) -> bytes:
    return f"<html><head>{said}</head><body>{words}</body></html>".encode(codec)


def meta(label: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("MS932", "cp932"),
        ("Windows-31J", "cp932"),
        ("ms_kanji", "cp932"),
        ("x-sjis", "cp932"),
        ("cp932", "cp932"),
        ("csWindows31J", "cp932"),
        ("EUC_JP", "euc_jp"),
        ("x-euc-jp", "euc_jp"),
        ("eucJP-ms", "euc_jp"),
        ("CP51932", "euc_jp"),
        ("ISO-2022-JP", "iso2022_jp"),
        ("csISO2022JP", "iso2022_jp"),
        ("utf8", "utf-8"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("UTF-16", "utf-8"),
    ],
)
def test_the_names_of_a_charset_are_those_of_browsers_and_servers(label: str, codec: str) -> None:
    assert WORDS in decoded(page(meta(label), codec))
    assert WORDS in decoded(page("", codec), f'text/html; charset="{label}"')


@pytest.mark.parametrize(
    "said",
    [
        '<script src="/a.js" charset="utf-8"></script>' + meta("Shift_JIS"),
        "<!-- charset=euc-jp -->" + meta("Shift_JIS"),
        '<!-- <meta charset="utf-8"> --><meta charset=shift_jis>',
        "<script>document.write('<meta charset=utf-8>')</script>" + meta("Shift_JIS"),
        '<link rel="x" charset="utf-8" href="/>">' + meta("Shift_JIS"),
        '<meta name="d" content="charset=utf-8">' + meta("Shift_JIS"),
        "<META CONTENT='text/html;CHARSET=Shift_JIS' HTTP-EQUIV=content-type/>",
        "<meta charset = 'x-nonsense'>" + meta("Shift_JIS"),
        "<style>" + " " * 5000 + "</style>" + meta("Shift_JIS"),
    ],
)
def test_only_a_meta_of_the_page_itself_declares(said: str) -> None:
    body = page(said, "cp932")
    assert list(declared(body)) == ["shift_jis"]
    assert WORDS in decoded(body)


def test_a_byte_order_mark_is_before_all_and_is_no_text() -> None:
    for codec in ("utf-8-sig", "utf-16"):
        assert decoded(page(meta("Shift_JIS"), codec), "text/html; charset=euc-jp")[0] == "<"


def test_the_server_is_before_the_page_unless_its_charset_does_not_fit() -> None:
    both = "text/html; charset=Shift_JIS"
    assert WORDS in decoded(page(meta("euc-jp"), "cp932"), both)
    assert WORDS in decoded(page(meta("Shift_JIS"), "cp932"), "text/html; charset=utf-8")
    assert WORDS in decoded(page("", "cp932"), "text/html; charset=ISO-8859-1")


def test_an_xml_declaration_is_the_last_to_ask() -> None:
    start = b'<?xml version="1.0" encoding="EUC-JP"?>'
    assert list(declared(start + page("", "euc_jp"))) == ["euc-jp"]
    assert next(declared(start + page(meta("utf-8"), "utf-8"))) == "utf-8"


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
def test_where_nothing_is_declared_the_bytes_tell(codec: str) -> None:
    assert WORDS in decoded(page("", codec))


KANA = st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x3093), min_size=1)
KANJI = st.text(st.sampled_from("会議録平成令和年第回定例市町村長答弁質問日本東京都道府県"))


@given(KANA, KANJI, st.sampled_from(["utf-8", "cp932", "euc_jp", "iso2022_jp"]))
def test_undeclared_japanese_comes_back(kana: str, kanji: str, codec: str) -> None:
    text = f"<p>{kanji}{kana}</p>"
    assert decoded(text.encode(codec)) == text


def test_euc_jp_has_the_characters_of_the_vendors_as_browsers_do() -> None:
    for lead in range(0xA1, 0xFF):
        for trail in range(0xA1, 0xFF):
            row, cell = lead - 0xA1, trail - 0xA1
            jis = bytes(
                [
                    row // 2 + (0x81 if row < 62 else 0xC1),
                    cell + 0x9F if row % 2 else cell + 0x40 + (cell >= 63),
                ]
            )
            euc = bytes([lead, trail])
            try:
                wanted = jis.decode("cp932")
            except UnicodeDecodeError:
                with pytest.raises(WrongCharset):
                    decoded(euc, "text/html; charset=euc-jp")
            else:
                if "\ue000" <= wanted <= "\uf8ff":
                    continue
                assert decoded(euc, "text/html; charset=euc-jp") == wanted, euc.hex()


def test_what_euc_jp_has_seven_bit_jis_has_too() -> None:
    body = b"\x1b$B2q5D\x2d\x21\x1b(B a \x1b(I\x31\x1b(B"
    assert decoded(body, "text/html; charset=iso-2022-jp") == "会議① a ｱ"


@pytest.mark.parametrize(
    ("body", "content_type", "told"),
    [
        (page(meta("utf-8"), "cp932"), None, "text in utf-8"),
        (page(meta("Shift_JIS"), "utf-8"), None, "text in shift_jis"),
        (page(meta("gb2312"), "gb18030"), None, "a Japanese charset or UTF-8"),
        (b"\x82", None, "text in a Japanese charset or UTF-8"),
        (b"\xef\xbb\xbf\x82", None, "text in utf-8"),
    ],
)
def test_what_fits_nothing_is_not_read(body: bytes, content_type: str | None, told: str) -> None:
    with pytest.raises(WrongCharset) as caught:
        decoded(body, content_type)
    assert caught.value.expected == told


def test_the_usual_charset_is_that_of_pages_that_declare_none() -> None:
    assert decoded("ﾃｽﾄ".encode("cp932"), None, "cp932") == "ﾃｽﾄ"
    assert decoded(WORDS.encode(), None, "cp932") == WORDS
    assert WORDS in decoded(page(meta("euc-jp"), "euc_jp"), None, "cp932")
    assert WORDS in decoded(page(meta("utf-8"), "cp932"), None, "cp932")
    with pytest.raises(WrongCharset, match="text in utf-8"):
        decoded(WORDS.encode("cp932"), "application/json", "utf-8")


@given(st.binary(max_size=300), st.sampled_from([None, "text/html; charset=euc-jp"]))
def test_any_bytes_are_text_or_refused(body: bytes, content_type: str | None) -> None:
    said = []
    try:
        said.append(decoded(body, content_type))
    except WrongCharset as error:
        said.append(str(error))
    assert isinstance(said[0], str)


@pytest.mark.parametrize("piece", [b'<a "', b"<!--", b"<meta ", b"<script>", b"<meta x='\""])
def test_looking_for_the_charset_takes_no_longer_the_worse_the_page_is(piece: bytes) -> None:
    began = time.perf_counter()
    list(declared(piece * (65_536 // len(piece))))
    assert time.perf_counter() - began < 1
