"""All real awards as tables, imported, counted and indexed; suppliers merged by name.

python -m benchmarks.awards
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.processes import KAZAMI, run
from kazami.bodies import UnknownBody, load_bodies
from kazami.store import AwardFilter, open_folder
from kazami.suppliers import Printed, Suppliers, corporate_number, read_name

SHARED = Path(__file__).resolve().parents[2] / "shared"
LAYOUTS = ("portal", "town", "codes")
ROWS_A_SECOND, ANSWER_SECONDS = 5_000, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class RealAward:
    """One award of the corpus, as it says itself."""

    prefecture: str
    prefecture_code: str
    code: str
    body: str
    department: str
    title: str
    day: str
    amount: int
    procedure: str
    category: str
    supplier: str
    number: str


@cache
def real_awards(shared: Path) -> list[RealAward]:
    bodies = load_bodies()
    prefecture_code = cache(bodies.prefecture)
    codes: dict[tuple[str, str], str] = {}
    found = []
    with gzip.open(shared / "corpus/docs/award_local_government.jsonl.gz", "rt", "utf-8") as file:
        for line in file:
            row = json.loads(line)
            more, body = row["extra"], row["municipality"]
            prefecture = more["pref"]
            if (prefecture, body) not in codes:
                try:
                    codes[prefecture, body] = bodies.find(
                        body if body == prefecture else prefecture + body
                    ).code
                except UnknownBody:  # water boards and corporations: no table lists them
                    codes[prefecture, body] = bodies.find(prefecture).code
            found.append(
                RealAward(
                    prefecture=prefecture,
                    prefecture_code=prefecture_code(prefecture),
                    code=codes[prefecture, body],
                    body=body,
                    department=more["dept"],
                    title=row["title"],
                    day=row["published"],
                    amount=int(more["amount"] or 0),
                    procedure=more["method"],
                    category=more["category"],
                    supplier=more["winner_name"],
                    number=more["corporate_no"],
                )
            )
    return found


def write(folder: Path, awards: Sequence[RealAward], layout: str, charset: str) -> Path:
    """The awards as a table: 調達ポータル's columns, or two ways in which towns print them."""
    path = folder / f"{layout}-{charset}.csv"
    with path.open("w", encoding=charset, newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_ALL if layout == "portal" else csv.QUOTE_MINIMAL)
        if layout == "town":
            out.writerow(["令和8年度 入札結果"])
            out.writerow(
                [
                    *("都道府県", "発注機関", "担当課", "件名", "区分", "入札方式", "開札日"),
                    *("落札者", "法人番号", "落札金額（円）"),
                ]
            )
        if layout == "codes":
            out.writerow(
                ["団体コード", "工事番号", "工事・業務名", "契約年月日", "契約の相手方", "契約金額"]
            )
        out.writerows(_row(each, at, layout) for at, each in enumerate(awards))
    return path


def _row(award: RealAward, at: int, layout: str) -> list[str]:
    year, month, day = map(int, award.day.split("-"))
    if layout == "portal":
        return [
            *(f"{at:019}", award.title, award.day, f"{award.amount}.00", award.procedure),
            *(award.code, award.supplier, award.number),
        ]
    if layout == "town":
        return [
            *(award.prefecture, award.body, award.department, award.title, award.category),
            *(award.procedure, f"令和{year - 2018}年{month}月{day}日", award.supplier),
            *(award.number, f"{award.amount:,}"),
        ]
    wide = str(award.amount).translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    return [
        award.code,
        f"{at:08}",
        award.title,
        f"{year}/{month}/{day}",
        award.supplier,
        f"￥{wide}",
    ]


def totals_of(amounts: Iterable[tuple[str, int]]) -> dict[str, tuple[int, int]]:
    """How many and how much, by prefecture."""
    totals: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for name, amount in amounts:
        count, total = totals[name]
        totals[name] = (count + 1, total + amount)
    return dict(totals)


@dataclass(frozen=True, slots=True)
class Merged:
    """Pairs of awards that were taken for one supplier's by name, against their valid numbers.

    Joint ventures, which carry a member's number or none, are left out.
    """

    pairs: int
    right: int
    true: int
    invalid: int

    @property
    def precision(self) -> float:
        return self.right / self.pairs

    @property
    def recall(self) -> float:
        return self.right / self.true


def merged_by_name(awards: Iterable[RealAward], half: int | None = None) -> Merged:
    """Hide the numbers and merge; of one half of the companies, by the sha of their number."""
    rows = []
    invalid = 0
    for each in awards:
        valid, read = corporate_number(each.number), read_name(each.supplier)
        invalid += bool(each.number) and valid is None
        if valid is None or read is None or read.joint:
            continue
        if half is None or int(hashlib.sha256(valid.encode()).hexdigest()[0], 16) % 2 == half:
            rows.append((valid, each.prefecture_code, read, each.supplier))
    known = Suppliers(
        Printed(read.key, None, prefecture, name, read.branch, 1, None)
        for _, prefecture, read, name in rows
    )
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    true: Counter[str] = Counter()
    for valid, prefecture, read, _ in rows:
        groups[known.identity(read.key, None, prefecture)][valid] += 1
        true[valid] += 1
    return Merged(
        pairs=sum(_pairs(group.total()) for group in groups.values()),
        right=sum(_pairs(count) for group in groups.values() for count in group.values()),
        true=sum(map(_pairs, true.values())),
        invalid=invalid,
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def main() -> None:
    awards = real_awards(SHARED)
    for name, half in (("developed on", 0), ("held out", 1), ("all", None)):
        found = merged_by_name(awards, half)
        print(
            f"by name, {name}: {found.pairs:,} pairs, precision {found.precision:.4f}, "
            f"recall {found.recall:.4f}"
        )
    expected = totals_of((each.prefecture_code, each.amount) for each in awards)
    folder = Path(tempfile.mkdtemp(prefix="kazami-bench-"))
    try:
        for layout in LAYOUTS:
            for charset in ("cp932", "utf-8-sig"):
                path = write(folder, awards, layout, charset)
                data = folder / "data"
                shutil.rmtree(data, ignore_errors=True)
                took = run(*KAZAMI, "--data", str(data), "import", str(path))
                with open_folder(data) as store:
                    rows = store.award_figures(AwardFilter(), "body")
                found_totals = totals_of((body[:2], amount or 0) for _, amount, body in rows)
                print(
                    f"{path.name}: {len(awards) / took.seconds:,.0f} rows/s "
                    f"(wanted ≥ {ROWS_A_SECOND:,}), {took.megabytes:.0f} MB, "
                    f"{len(rows):,} of {len(awards):,} rows, totals per prefecture "
                    f"{'equal' if found_totals == expected else 'DIFFER'}"
                )
        started = min(run(*KAZAMI, "--help").seconds for _ in range(3))
        for asked in ((), ("--by", "supplier"), ("--by", "body"), ("清掃", "--by", "supplier")):
            best = min(
                run(*KAZAMI, "--data", str(data), "awards", *asked).seconds for _ in range(5)
            )
            print(
                f"kazami awards {' '.join(asked)}: {best:.2f} s, {best - started:.2f} beyond "
                f"kazami --help (wanted ≤ {ANSWER_SECONDS})"
            )
        began = time.perf_counter()
        took = run(*KAZAMI, "--data", str(data), "index")
        print(f"kazami index: {time.perf_counter() - began:.1f} s, {took.megabytes:.0f} MB")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
