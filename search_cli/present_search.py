"""Hits as text for reading, as JSON, CSV and Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from answers.search import SearchAnswer, SearchHit
from indexer.query import Filters, Match, Sort
from presenting.claim import claim_json, claim_line, filters_line
from presenting.export import in_markdown, link_in_markdown, to_csv, to_json
from presenting.labels import KINDS, SORTS, STANCES
from presenting.safe_text import clean_marked, one_line
from search_cli.present_show import day_text, missing_text, who_text
from search_cli.terminal import Paint, marked


@dataclass(frozen=True, kw_only=True)
class Page:
    """What was asked for beside the query."""

    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    grouped: bool = False


def as_text(answer: SearchAnswer, page: Page, look: Paint) -> str:
    """A block per hit, between the exact total above and what was searched below."""
    foot = [
        look.faint(line) for line in (filters_line(page.filters), claim_line(answer.claim)) if line
    ]
    if not answer.hits:
        return "\n".join([_nothing(answer, page), "", *foot])
    first, last = page.offset + 1, page.offset + len(answer.hits)
    number = len(str(last))
    unit = "会議" if page.grouped else "件"
    lines = [
        look.strong(f"「{one_line(answer.query)}」  {answer.total:,}件")
        + f"（{answer.documents:,}会議）  うち{first:,}–{last:,}{unit}目 · {SORTS[page.sort]}"
    ]
    for rank, hit in enumerate(answer.hits, first):
        lines += ["", *_block(hit, f"{rank:>{number}}", look, grouped=page.grouped)]
    if last < (answer.documents if page.grouped else answer.total):
        lines += ["", look.faint(f"続きは --offset {last}")]
    return "\n".join([*lines, "", *foot])


def _block(hit: SearchHit, rank: str, look: Paint, *, grouped: bool) -> list[str]:
    indent = " " * (len(rank) + 2)
    inner = Paint(look.colour, look.width and max(20, look.width - len(indent) - 1))
    speaker = who_text(hit, look)
    kind = "" if hit.kind == "minutes" else f" · {KINDS[hit.kind]}"
    lines = [f"{day_text(hit.date)}  {look.strong(one_line(hit.body_name))}{kind}"]
    lines.append(one_line(hit.title))
    if speaker:
        lines.append(speaker)
    lines += marked(hit.snippet, hit.marks, inner)
    if grouped and hit.passages > 1:
        lines.append(f"この会議に{hit.passages:,}件")
    lines.append(one_line(hit.citation))
    if gone := missing_text(hit.missing):
        lines.append(look.warning(gone))
    if hit.url:
        lines.append(look.faint(one_line(hit.url)))
    lines.append(look.faint(f"kazami show '{one_line(hit.id)}'"))
    return [f"{look.faint(rank)}  {lines[0]}", *(indent + line for line in lines[1:])]


def _nothing(answer: SearchAnswer, page: Page) -> str:
    """Why there may be nothing to show, and what to try."""
    query = one_line(answer.query)
    if answer.total:
        return f"「{query}」  {answer.total:,}件。--offset {page.offset:,} はその後ろです。"
    if not answer.claim.passages:
        return (
            f"「{query}」  0件。この条件の文書は収集されていません"
            "（話されなかったとは言えません）。\n"
            "条件を緩めるか、kazami status で収集済みの団体と期間を確かめてください。"
        )
    tries = ["言いかえを OR でつなぐ（学び直し OR リカレント教育）"]
    if page.filters != Filters():
        tries.insert(0, "絞り込みを外す")
    if answer.claim.match is Match.WORD:
        tries.insert(0, "--match exact（文字どおりに探す）")
    return f"「{query}」  0件。試すこと: {'、'.join(tries)}"


def _as_dict(hit: SearchHit, *, grouped: bool) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": hit.id,
        "document": hit.document,
        "body": hit.body,
        "body_name": hit.body_name,
        "kind": hit.kind,
        "title": hit.title,
        "date": hit.date.isoformat(),
        "speaker": hit.speaker,
        "role": hit.role,
        "stance": hit.stance,
        "page": hit.page,
        "text": hit.text,
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
        "url": hit.url,
        "citation": hit.citation,
        "score": hit.score,
        "missing": hit.missing and hit.missing.isoformat(),
    }
    if grouped:
        values["passages"] = hit.passages
    return values


def as_json(answer: SearchAnswer, *, grouped: bool) -> str:
    """``marks`` are the found words' places in the snippet, ``[start, end)`` in characters."""
    return to_json(
        {
            "query": answer.query,
            "total": answer.total,
            "documents": answer.documents,
            "lost": list(answer.lost),
            "hits": [_as_dict(hit, grouped=grouped) for hit in answer.hits],
            "claim": claim_json(answer.claim),
        }
    )


def as_csv(answer: SearchAnswer, *, grouped: bool) -> str:
    """A row per hit, with the keys of the JSON form as header."""
    header = [
        "id",
        "document",
        "body",
        "body_name",
        "kind",
        "title",
        "date",
        "speaker",
        "role",
        "stance",
        "page",
        "text",
        "snippet",
        "url",
        "citation",
        "score",
        *(["passages"] if grouped else []),
    ]
    rows = (_as_dict(hit, grouped=grouped) for hit in answer.hits)
    return to_csv(header, ([row[name] for name in header] for row in rows))


def as_markdown(answer: SearchAnswer) -> str:
    """A numbered list of quotations with their citations, for pasting into a report."""
    lines = [f"## 「{in_markdown(answer.query)}」 {answer.total:,}件"]
    for rank, hit in enumerate(answer.hits, 1):
        parts = [STANCES[hit.stance] if hit.stance else "", hit.speaker or "", hit.role or ""]
        who = in_markdown("　".join(part for part in parts if part))
        place = in_markdown(hit.body_name)
        lines += ["", f"{rank}. **{place}** {day_text(hit.date)}" + (f"　{who}" if who else "")]
        lines += ["", f"    > {_quotation(hit)}"]
        citation = in_markdown(hit.citation)
        link = link_in_markdown(hit.url or "")
        lines += ["", f"    {f'[{citation}](<{link}>)' if link else citation}"]
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
