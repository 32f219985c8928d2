"""How fast an answer of the procurement portal is read: megabytes and notices a second.

``python benchmarks/parse_kkj.py [--notices 1000]``; the notices are invented.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import date

from crawler.page import Found, Page
from crawler.platforms.kkj import parse_notices
from crawler.platforms.kkj.slices import Slice
from replay.kkj import ProcurementPortal
from replay.kkj_notices import portal_notices
from replay.town_office import slugs, town_office

TODAY = date(2026, 6, 1)
LEAST = 0.3
"""Megabytes a second: an answer of 20 MB within the 180 seconds that a page of it may take, with
room for a slow machine."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=1000)
    count = parser.parse_args(arguments).notices
    offices = [town_office(slug, TODAY) for slug in slugs()]
    towns = [each for each in portal_notices(offices, TODAY) if len(each.text) < 100_000]
    portal = ProcurementPortal((towns * (count // len(towns) + 1))[:count], TODAY)
    body = portal.answer("GET", "/api/?LG_Code=99&Count=1000", b"", {}).body
    page = Page("https://www.kkj.go.jp/api/?LG_Code=99", body, "text/xml")
    part = Slice(areas="99", first="2026-05-01", last="2026-05-31")
    began = time.process_time()
    answers = list(parse_notices(page, api=page.url, **part.arguments()))
    took = time.process_time() - began
    read = sum(isinstance(each, Found) for each in answers)
    speed = len(body) / 1e6 / took
    print(f"{read} notices, {len(body) / 1e6:.1f} MB: {speed:.2f} MB/s, {read / took:.0f} a second")
    return 0 if speed >= LEAST else 1


if __name__ == "__main__":
    raise SystemExit(main())
