"""The Japanese words that results are labelled with."""

from __future__ import annotations

from answers.questions import By, FoundIn, Measure, Sort
from kazami.document import Kind, Stance
from kazami.fields import TEXT_FIELDS
from kazami.periods import Every

KINDS = {
    Kind.MINUTES: "会議録",
    Kind.ANNOUNCEMENT: "お知らせ",
    Kind.TENDER: "入札公告",
    Kind.AWARD: "落札結果",
}
STANCES = {
    Stance.QUESTION: "質問",
    Stance.ANSWER: "答弁",
    Stance.CHAIR: "議長",
    Stance.OTHER: "その他",
}
FOUND_IN = {FoundIn.TITLE: "件名に一致", FoundIn.BOTH: "件名にも一致", FoundIn.FIELDS: "本文なし"}
"""Where a query stands that is not (only) in the passage shown."""
SORTS = {Sort.RELEVANCE: "関連度順", Sort.NEWEST: "新しい順", Sort.OLDEST: "古い順"}
EVERY = {
    Every.MONTH: "月別",
    Every.QUARTER: "四半期別",
    Every.YEAR: "年別",
    Every.FISCAL_YEAR: "年度別",
}
MEASURES = {
    Measure.PASSAGES: "{passage}数",
    Measure.DOCUMENTS: "{document}数",
    Measure.BODIES: "団体数",
    Measure.OCCURRENCES: "出現回数",
}
TOTALS = {
    Measure.PASSAGES: "全{passage}",
    Measure.DOCUMENTS: "全{document}",
    Measure.BODIES: "全団体",
    Measure.OCCURRENCES: "全語数",
}
"""Both with the words of ``presenting.units`` left open."""
BY = {
    By.PREFECTURE: "都道府県別",
    By.BODY: "団体別",
    By.KIND: "種類別",
    By.STANCE: "立場別",
    **{By(name): f"{field.label}別" for name, field in TEXT_FIELDS.items() if field.grouped},
}
