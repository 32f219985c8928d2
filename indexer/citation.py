"""The citation of a passage or a document, ready to paste."""

from __future__ import annotations

import datetime as dt
import re

from kazami.bodies import DIET, Bodies, Body, load_bodies
from kazami.dates import YEAR_BEFORE, wareki
from kazami.store import StoredHead, StoredPassage
from kazami.text import exact_form

_YEAR = re.compile(r"(明治|大正|昭和|平成|令和|)(\d{1,4}|元)年")


def citation(stored: StoredHead, bodies: Bodies | None = None) -> str:
    """『埼玉県令和4年2月定例会3月1日-05号』 p.423

    Between 『』 the body's full name and the title as published, its white space made single
    and 『』 in it 「」. The name is left out as far as the title begins with it (東京都…,
    高槻市議会… gets 大阪府 only), and for the Diet where the title names it or a house. After
    it in （） the day, 令和4年3月1日, unless the title holds its year, month and day. Last the
    printed page, where the source gives one.
    """
    body = (bodies or load_bodies()).get(stored.body)
    title = " ".join(stored.title.split()).replace("『", "「").replace("』", "」")
    on = stored.date
    day = "" if on is None or _holds(title, on) else f"（{wareki(on)}）"
    printed = stored.passage.page if isinstance(stored, StoredPassage) else None
    page = f" p.{printed}" if printed else ""
    return f"『{_publisher(title, body)}{title}』{day}{page}"


def _publisher(title: str, body: Body | None) -> str:
    """What must stand before the title so that it names the body."""
    if body is None or title.startswith(body.full_name):
        return ""
    if body.code == DIET:
        return "" if re.search("国会|[衆参]議院", title) else body.full_name
    return body.prefecture if title.startswith(body.name) else body.full_name


def _holds(title: str, day: dt.date) -> bool:
    """Whether the title says which year, and which month and day."""
    plain = exact_form(title).replace(" ", "")
    years = {
        (1 if year == "元" else int(year)) + YEAR_BEFORE.get(era, 0)
        for era, year in _YEAR.findall(plain)
    }
    return day.year in years and bool(re.search(rf"(?<!\d)0?{day.month}月0?{day.day}日", plain))
