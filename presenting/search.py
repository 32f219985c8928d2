"""Hits for other programs, as JSON and CSV, and for a report, as Markdown."""

from __future__ import annotations

from datetime import date
from functools import partial

from answers.search import SearchAnswer, SearchHit
from kazami.fields import TEXT_FIELDS
from presenting.claim import claim_json, claim_line
from presenting.columns import Code, Column, names_of, values_of
from presenting.corrections import corrected_cell, corrected_json, corrected_line
from presenting.export import in_markdown, link_in_markdown, to_csv, to_json
from presenting.labels import FOUND_IN, STANCES
from presenting.longer_words import longer_json
from presenting.names import day_text
from presenting.safe_text import clean_marked
from presenting.schema import VERSION


def _field(name: str, hit: SearchHit) -> str | None:
    return hit.fields[name]


_COLUMNS: tuple[Column[SearchHit], ...] = (
    Column("id", str, lambda hit: hit.id),
    Column("document", str, lambda hit: hit.document),
    Column("body", Code, lambda hit: Code(hit.body)),
    Column("body_name", str, lambda hit: hit.body_name),
    Column("kind", str, lambda hit: hit.kind.value),
    Column("title", str, lambda hit: hit.title),
    Column("date", date, lambda hit: hit.date),
    *(Column(name, str, partial(_field, name)) for name in TEXT_FIELDS),
    Column("stance", str, lambda hit: hit.stance and hit.stance.value),
    Column("page", int, lambda hit: hit.page),
    Column("text", str, lambda hit: hit.text),
    Column("snippet", str, lambda hit: hit.snippet),
    Column("url", str, lambda hit: hit.url),
    Column("citation", str, lambda hit: hit.citation),
    Column("score", float, lambda hit: hit.score),
    Column("pass_on", bool, lambda hit: bool(hit.pass_on)),
    Column("doubtful", bool, lambda hit: hit.doubtful),
    Column("corrected", str, lambda hit: corrected_cell(hit.corrected)),
    Column("found_in", str, lambda hit: hit.found_in.value),
)
"""Of a row per hit, in CSV and JSON."""
_GROUPED: Column[SearchHit] = Column("passages", int, lambda hit: hit.passages)


def _columns(grouped: bool) -> tuple[Column[SearchHit], ...]:
    return (*_COLUMNS, _GROUPED) if grouped else _COLUMNS


def _as_dict(hit: SearchHit, *, grouped: bool) -> dict[str, object]:
    columns = _columns(grouped)
    values = dict(zip(names_of(columns), values_of(columns, hit), strict=True))
    values["date"] = None if hit.date is None else hit.date.isoformat()
    values["corrected"] = corrected_json(hit.corrected)
    values["marks"] = [list(mark) for mark in hit.marks]
    values["title_marks"] = [list(mark) for mark in hit.title_marks]
    values["missing"] = hit.missing and hit.missing.isoformat()
    return values


def as_json(answer: SearchAnswer, *, grouped: bool) -> str:
    """``marks`` are the found words' places in the snippet, ``[start, end)`` in characters.

    ``title_marks`` are those in the title, where it is searched.
    """
    return to_json(
        {
            "schema": VERSION,
            "query": answer.query,
            "total": answer.total,
            "documents": answer.documents,
            "titles": answer.titles,
            "lost": list(answer.lost),
            "hits": [_as_dict(hit, grouped=grouped) for hit in answer.hits],
            "claim": claim_json(answer.claim),
            "longer_words": longer_json(answer.longer, "search"),
        }
    )


def as_csv(answer: SearchAnswer, *, grouped: bool) -> str:
    """A row per hit, with the keys of the JSON form as header."""
    columns = _columns(grouped)
    return to_csv(names_of(columns), (values_of(columns, hit) for hit in answer.hits))


def as_markdown(answer: SearchAnswer) -> str:
    """A numbered list of quotations with their citations, for pasting into a report."""
    lines = [f"## 「{in_markdown(answer.query)}」 {answer.found:,}件"]
    for rank, hit in enumerate(answer.hits, 1):
        parts = [STANCES[hit.stance] if hit.stance else "", hit.speaker or "", hit.role or ""]
        who = in_markdown("　".join(part for part in parts if part))
        place = in_markdown(hit.body_name)
        lines += ["", f"{rank}. **{place}** {day_text(hit.date)}" + (f"　{who}" if who else "")]
        lines += ["", f"    > {_quotation(hit)}"]
        citation = in_markdown(hit.citation)
        link = link_in_markdown(hit.url or "")
        lines += ["", f"    {f'[{citation}](<{link}>)' if link else citation}"]
        for told in (FOUND_IN.get(hit.found_in), corrected_line(hit.corrected)):
            if told:
                lines += ["", f"    {in_markdown(told)}"]
    lines += ["", in_markdown(claim_line(answer.claim))]
    return "\n".join(lines)


def _quotation(hit: SearchHit) -> str:
    """The snippet on one line, the found words bold."""
    text, marks = clean_marked(hit.snippet, hit.marks)
    parts: list[str] = []
    at = 0
    for first, last in marks:
        parts += [in_markdown_inside(text[at:first]), f"**{in_markdown(text[first:last])}**"]
        at = last
    return "".join([*parts, in_markdown_inside(text[at:])]).strip()


def in_markdown_inside(text: str) -> str:
    """A piece of a line: escaped, its outer spaces kept."""
    return in_markdown(f"x{text}x")[1:-1]
