"""The query language: one parser for every engine, the command line and the web.

==================================  ==============================================================
``リスキリング 職員``, ``A AND B``  both in one passage
``A OR B``, ``A | B``               either
``-A``, ``NOT A``                   not in the passage
``"A B"``                           in this order, everything in it literal, operators too
``A NEAR/5 B``                      at most five positions apart, in either order
``デジタル*``                       words that begin so
``speaker:田中``                    fields: speaker role seat stance body pref kind title
``( )``                             first
==================================  ==============================================================

NOT binds before NEAR, NEAR before AND, AND before OR. Operators are upper case; full-width forms
(ＡＮＤ, （, ＂, ：, －, the ideographic space) and “ ” mean the same. 「 and 」 are no quotation
marks: they stand in the text itself, and in a query they are what they are there, punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from indexer.query import And, Field, FieldIs, Match, Near, Node, Not, Or, Phrase, Substring
from indexer.tokens import prefix_phrases, query_phrases
from kazami.bodies import Bodies
from kazami.document import Kind, Stance
from kazami.errors import KazamiError
from kazami.fields import TEXT_FIELDS, Matching
from kazami.text import exact_form, fold_name

_DEEPEST = 50
_FARTHEST = 1000

_NARROW = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {0x3000: " ", 0x201C: '"', 0x201D: '"', 0x2212: "-"}
)
"""One character for one, so that columns stay: for finding operators, never for the words."""

_WORD_END = re.compile(r'[\s()|"]|$')
_FIELD = re.compile(r"([A-Za-z]+):")

_Value = TypeVar("_Value", bound=StrEnum)


class QuerySyntaxError(KazamiError):
    """A query that cannot be understood; ``column`` counts characters from 1."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(f"query, column {column}: {message}")
        self.column = column


def parse(text: str, match: Match, bodies: Bodies) -> Node:
    """The query as a tree; with ``Match.EXACT`` its words are substrings of the exact form.

    Raises QuerySyntaxError.
    """
    parser = _Parser(_symbols(text), match, bodies)
    if parser.at.sort is _Sort.END:
        raise QuerySyntaxError(1, "it is empty; give at least one word")
    node = parser.either(0)
    if parser.at.sort is _Sort.CLOSE:
        raise QuerySyntaxError(parser.at.column, "this ) closes nothing")
    return node


class _Sort(StrEnum):
    OPEN = "("
    CLOSE = ")"
    OR = "OR"
    AND = "AND"
    NOT = "NOT"
    NEAR = "NEAR"
    WORD = "word"
    QUOTED = "quoted"
    FIELD = "field"
    END = "the end"


@dataclass(frozen=True, slots=True)
class _Symbol:
    """``text`` as written, of a NEAR in narrow characters; of a FIELD its name."""

    sort: _Sort
    column: int
    text: str = ""


_KEYWORDS = {"AND": _Sort.AND, "OR": _Sort.OR, "NOT": _Sort.NOT}
_SIGNS = {"(": _Sort.OPEN, ")": _Sort.CLOSE, "|": _Sort.OR}


def _symbols(text: str) -> list[_Symbol]:
    """The query cut into words and operators, ending with END."""
    narrow = text.translate(_NARROW)
    out: list[_Symbol] = []
    at = 0
    while at < len(text):
        sign, column = narrow[at], at + 1
        if sign.isspace():
            at += 1
        elif sign in _SIGNS:
            out.append(_Symbol(_SIGNS[sign], column, text[at]))
            at += 1
        elif sign == '"':
            close = narrow.find('"', at + 1)
            if close < 0:
                raise QuerySyntaxError(column, "this quotation mark is never closed")
            out.append(_Symbol(_Sort.QUOTED, column, text[at + 1 : close]))
            at = close + 1
        elif sign == "-":
            out.append(_Symbol(_Sort.NOT, column, text[at]))
            at += 1
            if at == len(text) or narrow[at].isspace() or narrow[at] in ")|":
                raise QuerySyntaxError(column, "- needs a word right after it")
        elif field := _FIELD.match(narrow, at):
            out.append(_Symbol(_Sort.FIELD, column, field[1]))
            at = field.end()
            if at == len(text) or (_WORD_END.match(narrow, at) and narrow[at] != '"'):
                raise QuerySyntaxError(column, f"{field[1]}: needs a value right after the colon")
            if narrow[at] != '"':
                end = _word_end(narrow, at)
                out.append(_Symbol(_Sort.WORD, at + 1, text[at:end]))
                at = end
        else:
            end = _word_end(narrow, at)
            out.append(_word(text[at:end], narrow[at:end], column))
            at = end
    out.append(_Symbol(_Sort.END, len(text) + 1))
    return out


def _word_end(narrow: str, at: int) -> int:
    found = _WORD_END.search(narrow, at)
    return found.start() if found else len(narrow)


def _word(written: str, narrow: str, column: int) -> _Symbol:
    """A bare word, or the operator that it is."""
    if sort := _KEYWORDS.get(narrow):
        return _Symbol(sort, column, written)
    if narrow == "NEAR" or narrow.startswith("NEAR/"):
        distance = narrow[5:]
        if not (distance.isascii() and distance.isdigit() and len(distance) <= 9):
            raise QuerySyntaxError(column, "NEAR needs a distance in words, as in NEAR/5")
        if not 1 <= int(distance) <= _FARTHEST:
            raise QuerySyntaxError(column, f"the distance of NEAR is 1 to {_FARTHEST}")
        return _Symbol(_Sort.NEAR, column, narrow)
    if narrow[0] == "#":
        raise QuerySyntaxError(
            column, "topics (#) come in a later version; write their words with OR between them"
        )
    return _Symbol(_Sort.WORD, column, written)


class _Parser:
    """Recursive descent; ``depth`` counts open parentheses and negations."""

    def __init__(self, symbols: list[_Symbol], match: Match, bodies: Bodies) -> None:
        self._symbols = iter(symbols)
        self._match = match
        self._bodies = bodies
        self.at = next(self._symbols)

    def _take(self) -> _Symbol:
        taken = self.at
        self.at = next(self._symbols, taken)
        return taken

    def either(self, depth: int) -> Node:
        nodes = [self._all(depth)]
        while self.at.sort is _Sort.OR:
            self._take()
            nodes.append(self._all(depth))
        return Or(tuple(nodes)) if len(nodes) > 1 else nodes[0]

    def _all(self, depth: int) -> Node:
        nodes = [self._near(depth)]
        while self.at.sort not in (_Sort.OR, _Sort.CLOSE, _Sort.END):
            if self.at.sort is _Sort.AND:
                self._take()
            nodes.append(self._near(depth))
        return And(tuple(nodes)) if len(nodes) > 1 else nodes[0]

    def _near(self, depth: int) -> Node:
        first = self.at.column
        node = self._unary(depth)
        if self.at.sort is not _Sort.NEAR:
            return node
        operator = self._take()
        if self._match is Match.EXACT:
            raise QuerySyntaxError(operator.column, "NEAR counts words; use --match word for it")
        second = self.at.column
        near = Near(
            _alternatives(node, first),
            _alternatives(self._unary(depth), second),
            int(operator.text.removeprefix("NEAR/")),
        )
        if self.at.sort is _Sort.NEAR:
            raise QuerySyntaxError(
                self.at.column, "NEAR joins two words; write (A NEAR/5 B) (B NEAR/5 C) for three"
            )
        return near

    def _unary(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise QuerySyntaxError(self.at.column, f"nested more than {_DEEPEST} deep")
        symbol = self._take()
        match symbol.sort:
            case _Sort.NOT:
                return Not(self._unary(depth + 1))
            case _Sort.OPEN:
                node = self.either(depth + 1)
                if self.at.sort is not _Sort.CLOSE:
                    raise QuerySyntaxError(symbol.column, "this ( is never closed")
                self._take()
                return node
            case _Sort.WORD:
                return self._word(symbol)
            case _Sort.QUOTED:
                return self._text(symbol)
            case _Sort.FIELD:
                return self._field(symbol, self._take())
            case _Sort.END:
                raise QuerySyntaxError(symbol.column, "a word is missing at the end")
            case _:
                raise QuerySyntaxError(symbol.column, f"a word is missing before {symbol.text!r}")

    def _word(self, symbol: _Symbol) -> Node:
        word = symbol.text.rstrip("*＊")
        if re.search("[*＊]", word) or len(symbol.text) - len(word) > 1 or not word:
            raise QuerySyntaxError(
                symbol.column, "* stands for the rest of a word: write it once, at the end"
            )
        if word == symbol.text or self._match is Match.EXACT:
            return self._text(_Symbol(symbol.sort, symbol.column, word))
        return _any_of(prefix_phrases(word), symbol)

    def _text(self, symbol: _Symbol) -> Node:
        if self._match is Match.EXACT:
            text = exact_form(symbol.text)
            if not text.strip():
                raise _nothing(symbol)
            return Substring(text)
        return _any_of(query_phrases(symbol.text), symbol)

    def _field(self, name: _Symbol, value: _Symbol) -> Node:
        field = _one_of(
            Field,
            name.text,
            name.column,
            f"there is no field {name.text}:",
            "; quote it to search for the text",
        )
        text, column = value.text, value.column
        match field:
            case Field.BODY:
                return FieldIs(field, _known(self._bodies.find, text, column).code)
            case Field.PREF:
                return FieldIs(field, _known(self._bodies.prefecture, text, column))
            case Field.KIND:
                return FieldIs(field, _one_of(Kind, text, column, f"there is no kind {text!r}"))
            case Field.STANCE:
                return FieldIs(field, _one_of(Stance, text, column, f"there is no stance {text!r}"))
            case _:  # a title, or a text field (kazami.fields)
                folded = fold_name(text)
                if not folded:
                    raise _nothing(value)
                declared = TEXT_FIELDS.get(field)
                pattern = declared is not None and declared.matching is Matching.PATTERN
                if "*" in (folded.strip("*") if pattern else folded):
                    where = f"at the ends of a {field}" if pattern else f"in {_PATTERNS}"
                    raise QuerySyntaxError(column, f"* can only stand {where}")
                return FieldIs(field, folded)


_PATTERNS = " or ".join(
    f"a {field.name}" for field in TEXT_FIELDS.values() if field.matching is Matching.PATTERN
)


def _any_of(phrases: tuple[Phrase, ...], symbol: _Symbol) -> Node:
    if not phrases:
        raise _nothing(symbol)
    worded = tuple(replace(phrase, written=symbol.text) for phrase in phrases)
    return Or(worded) if len(worded) > 1 else worded[0]


def _alternatives(node: Node, column: int) -> tuple[Phrase, ...]:
    """One side of a NEAR."""
    match node:
        case Phrase():
            return (node,)
        case Or(nodes):
            return tuple(phrase for each in nodes for phrase in _alternatives(each, column))
    raise QuerySyntaxError(column, "NEAR stands between words, phrases, or (A OR B) of these")


def _nothing(symbol: _Symbol) -> QuerySyntaxError:
    return QuerySyntaxError(
        symbol.column,
        f"nothing to search for in {symbol.text!r}; punctuation is found with --match exact",
    )


_Found = TypeVar("_Found")


def _known(find: Callable[[str], _Found], text: str, column: int) -> _Found:
    """What the registry of bodies says, its refusal with the column."""
    try:
        return find(text)
    except KazamiError as error:
        raise QuerySyntaxError(column, str(error)) from error


def _one_of(values: type[_Value], text: str, column: int, complaint: str, hint: str = "") -> _Value:
    """The value written as ``text``, or a refusal that names the nearest ones."""
    written = text.translate(_NARROW).lower()
    try:
        return values(written)
    except ValueError:
        import difflib  # only a mistake needs it

        known: Iterable[str] = [value.value for value in values]
        near = difflib.get_close_matches(written, known, n=2)
        advice = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
        raise QuerySyntaxError(column, f"{complaint}; {advice}{hint}") from None
