"""Bytes of a page to text, as browsers do it: https://encoding.spec.whatwg.org, and the prescan of
https://html.spec.whatwg.org/#determining-the-character-encoding.

Other than browsers we take no byte that does not belong to the charset for U+FFFD: where what one
place declares (byte order mark, HTTP, <meta>) does not fit, the next one is tried, and then the
page is not read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping

from webencodings import lookup

from kazami.errors import KazamiError

_SCANNED = 65_536
"""Bytes in which a <meta> is looked for. Browsers look first at 1,024, then as far as they read."""

_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le"}

_COMMON = {
    "cp932": "shift_jis",
    "csshiftjis": "shift_jis",
    "cswindows31j": "shift_jis",
    "mscp932": "shift_jis",
    "sjis-win": "shift_jis",
    "windows-932": "shift_jis",
    "x-ms-cp932": "shift_jis",
    "cp51932": "euc-jp",
    "euc": "euc-jp",
    "euc-jp-ms": "euc-jp",
    "eucjp": "euc-jp",
    "eucjp-ms": "euc-jp",
    "eucjp-win": "euc-jp",
    "eucjpms": "euc-jp",
    "jis": "iso-2022-jp",
    "cp50220": "iso-2022-jp",
    "cp50221": "iso-2022-jp",
    "utf8n": "utf-8",
}
"""Names that servers and editors write and the standard does not have."""

_BY_THEIR_BYTES = ("iso-2022-jp", "utf-8", "euc-jp", "shift_jis")
"""The first of these that fits without a wrong byte is right. Other text is never UTF-8 by chance.
Shift_JIS is never EUC-JP, because its kana are not; EUC-JP is often Shift_JIS, of half-width kana,
and so must be asked before it."""

_INSIDE = rb"(?:[^>\"']|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))*+"
_TAG = re.compile(
    # Each of these ends with the page at the latest, so that no byte is looked at twice.
    rb"<!--(?:>|->|.*?(?:-->|\Z))"
    # Browsers' prescan looks into scripts too, and takes a <meta> that one would write for one of
    # the page.
    rb"|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\b|\Z)"
    rb"|<(?P<name>meta|base)(?=[\s/])(?P<attributes>" + _INSIDE + rb")(?:>|\Z)"
    rb"|<[/a-z]" + _INSIDE + rb"(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    rb"([^\s=>\"'/]++)\s*+(?:=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s>]++)))?", re.DOTALL
)
_CHARSET = re.compile(rb"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']+)[\"']")
_ESCAPES = re.compile(rb"\x1b(?:\([BJI]|\$[@B]|\$\(D)")


class WrongCharset(KazamiError):
    """The bytes are of no charset that the page may be in: what was expected, and what is there."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected, self.found = expected, found


def decoded(body: bytes, content_type: str | None = None, usual: str = "") -> str:
    """The text of a page, without its byte order mark.

    ``usual`` is the charset of a system's pages (Python's name of it), which stands where they
    declare none or one that does not fit. Raises WrongCharset.
    """
    for bom, codec in _BOMS.items():
        if body.startswith(bom):
            try:
                return body[len(bom) :].decode(codec)
            except UnicodeDecodeError as error:
                what = f"byte {error.start + len(bom)} of another encoding"
                raise WrongCharset(f"text in {codec}", what) from error
    names = dict.fromkeys(declared(body, content_type))
    fitting = [name for name in names if name in _DECODERS]
    strange = [name for name in names if name not in (*_DECODERS, "windows-1252")]
    if not fitting and strange:
        raise WrongCharset("a Japanese charset or UTF-8", strange[0])
    # windows-1252 (iso-8859-1, us-ascii) is what servers say of everything: nothing is declared.
    expected = usual or (fitting[0] if fitting else "a Japanese charset or UTF-8")
    tried = [*(fitting or ["utf-8"]), usual] if usual else fitting or _BY_THEIR_BYTES
    problem = None
    for name in tried:
        try:
            return _strictly(body, name)
        except UnicodeDecodeError as error:
            if name in (expected, tried[-1]):
                problem = problem or error
    assert problem is not None
    raise WrongCharset(f"text in {expected}", f"byte {problem.start} of another encoding")


def declared(body: bytes, content_type: str | None = None) -> Iterator[str]:
    """The charsets that HTTP, <meta> and the XML declaration name, in this order.

    By the names of the standard; a name that is none is passed over, as browsers do.
    """
    said = [_charset_in((content_type or "").encode("ascii", "replace"))]
    said += (_of_meta(attributes) for name, attributes in tags(body[:_SCANNED]) if name == b"meta")
    xml = _XML.match(body[:1024])
    said.append(xml[1] if xml else None)
    for label in said:
        name = _named(label)
        if name is not None:
            yield name


def tags(start: bytes) -> Iterator[tuple[bytes, Mapping[bytes, bytes]]]:
    """The <meta> and <base> of a page, with their attributes; not those in comments and scripts."""
    for tag in _TAG.finditer(start):
        if tag["name"]:
            attributes: dict[bytes, bytes] = {}
            for name, *values in _ATTRIBUTE.findall(tag["attributes"]):
                attributes.setdefault(name.lower(), b"".join(values))
            yield tag["name"].lower(), attributes


def _of_meta(attributes: Mapping[bytes, bytes]) -> bytes | None:
    if b"charset" in attributes:
        return attributes[b"charset"]
    if attributes.get(b"http-equiv", b"").rstrip(b"/").lower() == b"content-type":
        return _charset_in(attributes.get(b"content", b""))
    return None


def _charset_in(text: bytes) -> bytes | None:
    found = _CHARSET.search(text)
    return b"".join(group or b"" for group in found.groups()) if found else None


def _named(label: bytes | None) -> str | None:
    """The standard's name of a charset; a page whose <meta> can be read is not in UTF-16."""
    plain = (label or b"").decode("ascii", "replace").strip().rstrip("/").lower()
    encoding = lookup(plain) or lookup(plain.replace("_", "-"))
    name = encoding.name if encoding else _COMMON.get(plain.replace("_", "-"))
    return "utf-8" if name in ("utf-16le", "utf-16be") else name


def _strictly(body: bytes, name: str) -> str:
    return _DECODERS[name](body) if name in _DECODERS else body.decode(name)


_VENDORS = "kazami.cp51932"
_OF_MICROSOFT = str.maketrans("〜‖−¢£¬—", "～∥－￠￡￢―")


def _vendors_row(error: UnicodeError) -> tuple[str, int]:
    """The characters of NEC and IBM (①, ㈱, 髙), which browsers read and strict EUC-JP has not."""
    assert isinstance(error, UnicodeDecodeError)
    pair = error.object[error.start : error.start + 2]
    if len(pair) == 2 and min(pair) >= 0xA1 and max(pair) <= 0xFE:
        row, cell = pair[0] - 0xA1, pair[1] - 0xA1
        lead = row // 2 + (0x81 if row < 62 else 0xC1)
        trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell >= 63)
        try:
            return bytes([lead, trail]).decode("cp932"), error.start + 2
        except UnicodeDecodeError:
            raise error from None
    raise error


codecs.register_error(_VENDORS, _vendors_row)


def _euc_jp(body: bytes) -> str:
    return body.decode("euc_jp", _VENDORS).translate(_OF_MICROSOFT)


def _iso_2022_jp(body: bytes) -> str:
    """By way of EUC-JP, for the same characters; the seven bits say which set they are of."""
    parts: list[bytes] = []
    start, state = 0, b"\x1b(B"
    for escape in [*_ESCAPES.finditer(body), None]:
        part = body[start : escape.start() if escape else len(body)]
        if not part.isascii() or b"\x1b" in part:
            raise UnicodeDecodeError("iso-2022-jp", body, start, start + 1, "not of seven bits")
        parts.append(_in_euc(part, state))
        if escape is not None:
            start, state = escape.end(), escape[0]
    return _euc_jp(b"".join(parts))


def _in_euc(part: bytes, state: bytes) -> bytes:
    if state in (b"\x1b(B", b"\x1b(J"):
        return part
    lead, size = {b"\x1b(I": (b"\x8e", 1), b"\x1b$(D": (b"\x8f", 2)}.get(state, (b"", 2))
    return re.sub(
        rb"[\x21-\x7e]{%d}" % size,
        lambda found: lead + bytes(byte | 0x80 for byte in found[0]),
        part,
    )


_DECODERS: Mapping[str, Callable[[bytes], str]] = {
    "utf-8": lambda body: body.decode("utf-8"),
    "utf-8-sig": lambda body: body.decode("utf-8"),
    # Windows code page 932 is what every page means that says Shift_JIS.
    "shift_jis": lambda body: body.decode("cp932"),
    "cp932": lambda body: body.decode("cp932"),
    "euc-jp": _euc_jp,
    "iso-2022-jp": _iso_2022_jp,
}
