"""Hits as text for reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from answers.questions import Filters, Match, Sort
from answers.search import SearchAnswer, SearchHit
from kazami.document import Kind
from presenting.claim import claim_line, filters_line, nothing_searched_line
from presenting.corrections import corrected_line
from presenting.labels import FOUND_IN, KINDS, SORTS
from presenting.longer_words import longer_lines
from presenting.names import day_text
from presenting.safe_text import one_line
from presenting.units import units
from search_cli.layout.show import DOUBTFUL, missing_text, who_text
from search_cli.terminal import Style, marked


@dataclass(frozen=True, kw_only=True)
class HitPage:
    """What was asked for beside the query."""

    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    grouped: bool = False


def as_text(answer: SearchAnswer, page: HitPage, style: Style) -> str:
    """A block per hit, between the exact total above and what was searched below."""
    below = (filters_line(page.filters), claim_line(answer.claim))
    foot = [
        *longer_lines(answer.longer, "search"),
        *(style.faint(line) for line in below if line),
    ]
    if not answer.hits:
        return "\n".join([_nothing(answer, page), "", *foot])
    first, last = page.offset + 1, page.offset + len(answer.hits)
    number = len(str(last))
    document = units(answer.claim.kinds).document
    unit = document if page.grouped else "件"
    lines = [
        style.strong(f"「{one_line(answer.query)}」  {answer.found:,}件")
        + f"（{_counts(answer)}）  うち{first:,}–{last:,}{unit}目 · {SORTS[page.sort]}"
    ]
    for rank, hit in enumerate(answer.hits, first):
        lines += ["", *_block(hit, f"{rank:>{number}}", style, grouped=page.grouped)]
    if last < (answer.documents if page.grouped else answer.found):
        lines += ["", style.faint(f"続きは --offset {last}")]
    return "\n".join([*lines, "", *foot])


def _counts(answer: SearchAnswer) -> str:
    """``9会議``; what stands in titles alone apart: ``12段落と本文以外2件、文書9件``."""
    document, passage = units(answer.claim.kinds)
    documents = f"{answer.documents:,}{document}"
    if answer.claim.kinds <= {Kind.MINUTES}:
        return documents
    alone = f"と本文以外{answer.titles:,}件" if answer.titles else ""
    return f"{answer.total:,}{passage}{alone}、文書{documents}"


def _block(hit: SearchHit, rank: str, style: Style, *, grouped: bool) -> list[str]:
    indent = " " * (len(rank) + 2)
    inner = Style(style.colour, style.width and max(20, style.width - len(indent) - 1))
    speaker = who_text(hit, style)
    kind = "" if hit.kind == "minutes" else f" · {KINDS[hit.kind]}"
    lines = [f"{day_text(hit.date)}  {style.strong(one_line(hit.body_name))}{kind}"]
    if hit.title_marks:
        lines += marked(hit.title, hit.title_marks, inner)
    else:
        lines.append(one_line(hit.title))
    if hit.found_in in FOUND_IN:
        lines.append(style.accent(FOUND_IN[hit.found_in]))
    if speaker:
        lines.append(speaker)
    if hit.text:
        lines += marked(hit.snippet, hit.marks, inner)
    if grouped and hit.passages > 1:
        document = units({hit.kind}).document if hit.kind is Kind.MINUTES else "文書"
        lines.append(f"この{document}に{hit.passages:,}件")
    lines.append(one_line(hit.citation))
    if gone := missing_text(hit.missing, hit.kind):
        lines.append(style.warning(gone))
    if hit.doubtful:
        lines.append(style.warning(DOUBTFUL))
    if told := corrected_line(hit.corrected):
        lines.append(style.warning(told))
    if hit.url:
        lines.append(style.faint(one_line(hit.url)))
    lines.append(style.faint(f"kazami show '{one_line(hit.id)}'"))
    return [f"{style.faint(rank)}  {lines[0]}", *(indent + line for line in lines[1:])]


def _nothing(answer: SearchAnswer, page: HitPage) -> str:
    """Why there may be nothing to show, and what to try."""
    query = one_line(answer.query)
    if answer.found:
        return f"「{query}」  {answer.found:,}件。--offset {page.offset:,} はその後ろです。"
    if not answer.claim.documents:
        return (
            f"「{query}」  0件。{nothing_searched_line(answer.claim)}\n"
            "条件を緩めるか、kazami status で収集済みの団体と期間を確かめてください。"
        )
    tries = ["言いかえを OR でつなぐ（学び直し OR リカレント教育）"]
    if page.filters != Filters():
        tries.insert(0, "絞り込みを外す")
    if answer.claim.match is Match.WORD:
        tries.insert(0, "--match exact（文字どおりに探す）")
    return f"「{query}」  0件。試すこと: {'、'.join(tries)}"
